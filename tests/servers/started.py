"""Real servers, started by their own scripts for as long as the tests need them."""

from __future__ import annotations

import json
import socket
import subprocess
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def free_ports(count: int) -> list[int]:
    """Ports of this machine on which nothing listens."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@contextmanager
def started(name: str, folder: Path, ports: int = 1) -> Iterator[dict[str, Any]]:
    """The server that ``NAME.sh`` starts, all of it in ``folder``; what the script tells of it."""
    script = ["bash", str(HERE / f"{name}.sh")]
    try:
        told = subprocess.run(  # noqa: S603 - a script of our own
            [*script, "start", str(folder), *map(str, free_ports(ports))],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            timeout=240,
        )
        yield json.loads(told.stdout.splitlines()[-1])
    finally:
        subprocess.run(  # noqa: S603 - likewise
            [*script, "stop", str(folder)], check=False, timeout=60
        )
