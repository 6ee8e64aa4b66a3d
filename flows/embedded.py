"""A Prefect server of our own for one command, on loopback, when the user has none.

Prefect's automatic ephemeral server times out on a first run of a slow machine and outlives a
killed parent. This one is a child that the kernel ends with us (Linux), started before Prefect is
imported. ``create_app`` and the ``PREFECT__`` names are Prefect's internals: one smoke test covers
them. Recipe and figures: docs/adr/0005-embedded-prefect.md.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock

from socialaudit.errors import SocialAuditError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STARTUP_SECONDS = 180
"""A first start migrates Prefect's database: 20 to 40 s were measured on two slow cores."""
LOG = "server.log"
_QUIET = {
    "PREFECT_SERVER_UI_ENABLED": "0",
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


_SILENT = {
    # Our own log and errors say what went wrong; Prefect would add pages of its own frames, and
    # complain that the server it sends them to has gone.
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}


_ours: set[str] = set()


def is_ours(address: str) -> bool:
    """Whether an API address is of a server that ``server`` started in this process."""
    return address in _ours


class ServerNotStarted(SocialAuditError):
    """A Prefect server stopped, or did not answer in time."""


@contextmanager
def server(home: Path) -> Iterator[str]:
    """Prefect's API address: the user's ``PREFECT_API_URL``, or a server of ours until the end.

    ``home`` keeps Prefect's files; two commands on one home wait for each other. Must be entered
    before Prefect is imported. Raises ``ServerNotStarted``.
    """
    if given := os.environ.get("PREFECT_API_URL"):
        yield given
        return
    with ExitStack() as ending:
        ending.callback(_restore, dict(os.environ))
        try:
            home.mkdir(parents=True, exist_ok=True)
            ending.enter_context(FileLock(home / "lock"))
            os.environ.update({**_SILENT, **os.environ}, PREFECT_HOME=str(home))
            child, url = _start(home)
        except OSError as fault:
            raise ServerNotStarted(f"cannot start Prefect in {home}: {fault.strerror}") from None
        ending.callback(stop, child)
        wait(child, url, home / LOG)
        os.environ["PREFECT_API_URL"] = url
        _ours.add(url)
        yield url


def _restore(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def _start(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "flows.embedded_server", str(port), str(os.getpid())]
    with (home / LOG).open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
            command,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    return child, f"http://127.0.0.1:{port}/api"


def wait(child: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until a Prefect server answers at its API address. Raises ``ServerNotStarted``."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise ServerNotStarted(f"the Prefect server stopped while it started; {log} says why")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=1):  # noqa: S310 - our own loopback address
                return
        except OSError:
            time.sleep(0.1)
    raise ServerNotStarted(
        f"the Prefect server did not answer in {STARTUP_SECONDS} s; {log} may say why"
    )


def stop(child: subprocess.Popen[bytes]) -> None:
    """End a process: it is asked to, and killed if it has not ended in ten seconds."""
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
