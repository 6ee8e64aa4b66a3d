"""Real processes that a test starts, kills and starts again, all of them marked as its own."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[2]
MARK = "FAULTS_MACHINE"
_SERVICE = 'while :; do "$@"; sleep 5; done'
"""What a service manager does with a service that ends: start it again."""


@dataclass
class Machine:
    """A command and everything that it starts, as one machine that can be switched off."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    _parent: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Switch it on."""
        with self.log.open("ab") as log:
            self._parent = subprocess.Popen(  # noqa: S603 - commands of our own
                ["/bin/sh", "-c", _SERVICE, "sh", *self.command],
                env={**os.environ, **self.environment, MARK: self.name},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def fill_disk(self, free: int) -> None:
        """Let no file that a process of it writes become larger; ``RLIM_INFINITY`` makes room again."""
        for pid in self._processes():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (free, resource.RLIM_INFINITY))

    def lose(self) -> None:
        """Kill (SIGKILL) every process of it, until none is left."""
        while found := list(self._processes()):
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        if self._parent:
            self._parent.wait()

    def _processes(self) -> Iterator[int]:
        mark = f"{MARK}={self.name}".encode()
        for path in Path("/proc").glob("[0-9]*"):
            try:
                marked = mark in (path / "environ").read_bytes().split(b"\0")
                if marked and (path / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    yield int(path.name)
            except (OSError, ValueError):
                continue


def wait_until(what: str, true: Callable[[], bool], seconds: float, every: float = 0.25) -> float:
    """Wait for it; how many seconds that took. Fails with ``what`` it waited for."""
    begun = time.monotonic()
    while not true():
        took = time.monotonic() - begun
        assert took < seconds, f"not within {seconds} s: {what}"
        time.sleep(every)
    return time.monotonic() - begun
