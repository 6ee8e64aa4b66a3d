"""The demo town's platforms for many councils, in a process of their own.

``python -m bench.fleet_towns FOLDER COUNCILS`` writes a council file for each (their three accounts
and their website are the same town's), prints the settings as JSON, and then obeys lines of two words: which Monday
of the demo's manifest to show, and the seconds that each answer waits.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from demo import manifest
from demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

ACCOUNTS = ("facebook", "x", "youtube")


def named(number: int) -> str:
    """The id of a council: ``town-007``."""
    return f"town-{number:03d}"


def council_of(text: str, council: str) -> str:
    """The demo's council file for another council, with ``ACCOUNTS`` and the website alone."""
    head, *accounts = text.split("[[account]]")
    head = re.sub(r"(?m)^id = .*$", f'id = "{council}"', head, count=1)
    kept = [a for a in accounts if any(f'platform = "{name}"' in a for name in ACCOUNTS)]
    return "[[account]]".join([head, *kept])


class Towns:
    """The process: what it told of its settings, and how it is told what to show."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self._child = child
        self.settings: dict[str, str] = json.loads(self._line())

    def show(self, monday: str, latency: float) -> None:
        """Show one of the manifest's Mondays (``first``, ``weekly``), each answer so late."""
        assert self._child.stdin is not None  # noqa: S101 - opened as a pipe below
        self._child.stdin.write(f"{monday} {latency}\n")
        self._child.stdin.flush()
        self._line()

    def _line(self) -> str:
        assert self._child.stdout is not None  # noqa: S101 - likewise
        line = self._child.stdout.readline()
        if not line:
            raise SystemExit("the towns' process has ended")
        return line


@contextmanager
def towns(folder: Path, councils: int) -> Iterator[Towns]:
    """The process, until the end."""
    command = [sys.executable, "-m", "bench.fleet_towns", str(folder), str(councils)]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        try:
            yield Towns(child)
        finally:
            child.terminate()


def main(folder: Path, councils: int) -> None:
    """Serve until the end of the input."""
    folder.mkdir(parents=True)
    with World(folder, manifest.load().first).running() as world:
        text = world.council_file().read_text("utf-8")
        files = folder / "councils"
        files.mkdir()
        for sheet in folder.glob("*.csv"):
            sheet.rename(files / sheet.name)
        for n in range(councils):
            (files / f"{named(n)}.toml").write_text(council_of(text, named(n)), "utf-8")
        told = {**world.environment(), "SOCIALAUDIT_COUNCILS": str(files.resolve())}
        print(json.dumps(told), flush=True)
        for line in sys.stdin:
            monday, latency = line.split()
            moment: datetime = getattr(manifest.load(), monday)
            world.at(moment)
            for server in world.servers.values():
                server.latency = float(latency)
                server.log.clear()
            print("shown", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
