"""Everything on one machine: a Prefect server, what is deployed on it, and a worker (``make server``).

``python -m flows.serve`` runs until it is told to end (Ctrl-C, SIGTERM) or one of the two ends; then
both end. ``python -m flows.serve deploy`` only sets up the server of ``PREFECT_API_URL``. The server's files are in ``PREFECT_HOME``, its database there too, or where
``PREFECT_API_DATABASE_CONNECTION_URL`` says. Nothing here asks an outside host.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from platformdirs import user_data_dir

from flows import batching, embedded
from flows.private_server import NO_TELEMETRY
from socialaudit.errors import SocialAuditError

if TYPE_CHECKING:
    from collections.abc import Callable

POOL = "socialaudit"
LIMIT = "2"
"""Runs at a time: each batch has a council at work, and starting one takes a core for seconds."""
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class NotDeployed(SocialAuditError):
    """The server could not be set up; the words say why."""


def main(*arguments: str) -> int:
    """Serve until told to end; the exit status: 0 told to end, 1 something ended by itself, 2 usage."""
    if arguments not in {(), ("deploy",)}:
        _say("usage: python -m flows.serve [deploy]")
        return 2
    if arguments:
        return _told(deploy)
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, _end)
    try:
        councils = batching.everybody()
    except SocialAuditError as fault:
        _say(str(fault))
        return 2
    os.environ.update(environment())
    with ExitStack() as until_told:
        return _told(lambda: _serve(until_told, len(councils)))


def deploy() -> int:
    """Set up a server: the work pool, every deployment, limits and automations. Raises ``NotDeployed``."""
    _run("prefect", "--no-prompt", "work-pool", "create", POOL, "--type", "process", "--overwrite")
    _run("prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(deployments()))
    _run("flows.provision")
    return 0


def _told(work: Callable[[], int]) -> int:
    """The exit status of some work; what stops it is told in one line."""
    try:
        return work()
    except SocialAuditError as fault:
        _say(str(fault))
        return 1


def environment() -> dict[str, str]:
    """What the server, the worker and its runs are given; what the operator set stands."""
    chosen = {
        **NO_TELEMETRY,
        "PREFECT_HOME": str(Path(user_data_dir("socialaudit")) / "prefect-server"),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": "4200",
        **os.environ,
    }
    host, port = chosen["PREFECT_SERVER_API_HOST"], chosen["PREFECT_SERVER_API_PORT"]
    return {**chosen, "PREFECT_API_URL": f"http://{host}:{port}/api"}


def deployments() -> Path:
    """The file of deployments that comes with us, in a checkout and in the wheel."""
    inside = Path(str(files("flows"))) / "prefect.yaml"
    return inside if inside.is_file() else inside.parents[1] / "prefect.yaml"


def _serve(until_told: ExitStack, councils: int) -> int:
    home, address = Path(os.environ["PREFECT_HOME"]), os.environ["PREFECT_API_URL"]
    home.mkdir(parents=True, exist_ok=True)
    if _answers(address):
        raise NotDeployed(f"something answers at {address} already; set PREFECT_SERVER_API_PORT")
    log = home / embedded.LOG
    _say(f"starting Prefect's server, which takes half a minute; its log is {log}")
    server = _start(until_told, log, "flows.private_server")
    embedded.wait(server, address, log)
    deploy()
    worker = _start(
        until_told,
        None,
        "prefect",
        "--no-prompt",
        "worker",
        "start",
        "--pool",
        POOL,
        "--limit",
        LIMIT,
    )
    page = address.removesuffix("/api")
    _say(f"ready: {councils} councils, Mondays at six; {page}/deployments; Ctrl-C ends it")
    while server.poll() is None and worker.poll() is None:
        time.sleep(0.5)
    _say(f"the {'worker' if server.poll() is None else 'server'} ended by itself")
    return 1


def _answers(address: str) -> bool:
    where = urlsplit(address)
    try:
        socket.create_connection((where.hostname, where.port), timeout=1).close()
    except OSError:
        return False
    return True


def _start(until_told: ExitStack, log: Path | None, *module: str) -> subprocess.Popen[bytes]:
    """A process that ends when we do; what it says goes to the log, or on our screen."""
    said = until_told.enter_context(log.open("ab")) if log else None
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and fixed arguments
        [sys.executable, "-m", *module],
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=said,
        start_new_session=True,  # Ctrl-C is ours to hear: the worker ends before the server
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - no thread is running yet
    )
    until_told.callback(embedded.stop, child)
    return child


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


def _run(*module: str) -> None:
    """Run a module of Python's to its end. Raises ``NotDeployed`` with what it said."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and fixed arguments
        [sys.executable, "-m", *module],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    if done.returncode:
        raise NotDeployed(f"{' '.join(module)} failed:\n{done.stdout}")


def _end(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
