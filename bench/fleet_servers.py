"""PostgreSQL and Prefect for the fleet's benchmark: each a child of ours, in a folder, on loopback.

Two PostgreSQL servers, one for Prefect and one for the audit store, so that what each uses and how
each grows can be told apart.
"""

from __future__ import annotations

import os
import pwd
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import sqlalchemy as sa

from flows.shared_limits import PREFIX, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

POOL = "socialaudit"
ROOT = Path(__file__).parents[1]
START = 180
"""Seconds in which a server must answer."""
PLENTY = 1_000_000
"""Places of a shared limit, so that each is asked for and none waited for."""


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL server of ours."""

    pid: int
    port: int

    def address(self, name: str, driver: str = "psycopg") -> str:
        """The address of one of its databases."""
        return f"postgresql+{driver}://bench@127.0.0.1:{self.port}/{name}"

    def do(self, *statements: str, name: str = "postgres") -> Any:
        """Run statements, each on its own; what the last one answers."""
        engine = sa.create_engine(self.address(name), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                done = [connection.execute(sa.text(statement)) for statement in statements]
                return done[-1].scalar() if done[-1].returns_rows else None
        finally:
            engine.dispose()

    def size(self, name: str) -> float:
        """Bytes of a database on the disk."""
        return float(self.do("CHECKPOINT", f"SELECT pg_database_size('{name}')"))


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """A new server with everything at its defaults, until the end."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    if not programs:
        raise SystemExit("install PostgreSQL: its programs are not in /usr/lib/postgresql")
    owner = _owner()
    folder.mkdir()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    made = ["initdb", "-D", str(folder / "db"), "-U", "bench", "-A", "trust", "-E", "UTF8"]
    subprocess.run(  # noqa: S603 - a program of PostgreSQL's own folder
        [str(programs[-1] / made[0]), *made[1:], "--locale=C.UTF-8"],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        **owner,
    )
    port = free_port()
    running = [str(programs[-1] / "postgres"), "-D", str(folder / "db"), "-p", str(port)]
    options = ["-k", str(folder), "-c", "listen_addresses=127.0.0.1"]
    with _child([*running, *options], folder, folder / "log", end=signal.SIGINT, **owner) as pid:
        database = Database(pid, port)
        _wait(lambda: database.do("SELECT 1"))
        yield database


def _owner() -> dict[str, Any]:
    """Whom PostgreSQL runs as: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    found = pwd.getpwnam("postgres")
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


@dataclass(frozen=True, slots=True)
class Prefect:
    """A Prefect server of ours, and the environment in which its commands and workers run."""

    pid: int
    url: str
    environment: Mapping[str, str]

    def ask(self, path: str, body: Any = None, method: str = "") -> Any:
        """What its API answers: a POST with a body, else a GET."""
        how = method or ("GET" if body is None else "POST")
        answer = httpx.request(how, f"{self.url}{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def every(self, kind: str, wanted: dict[str, Any]) -> list[dict[str, Any]]:
        """Everything that a filter finds, over its pages of 200."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.ask(f"/{kind}/filter", {**wanted, "limit": 200, "offset": len(found)})
            found += page
            if len(page) < 200:  # noqa: PLR2004 - the most that Prefect answers
                return found

    def command(self, *arguments: str) -> None:
        """One of our interpreter's modules, in the checkout."""
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", *arguments],
            check=False,
            cwd=ROOT,
            env=dict(self.environment),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")


@contextmanager
def prefect(folder: Path, database: Database, settings: Mapping[str, str]) -> Iterator[Prefect]:
    """A server with pool, deployments, limits and automations, as docs/operating.md makes one."""
    folder.mkdir()
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {
        **os.environ,
        **settings,
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    }
    database.do("CREATE DATABASE prefect")
    database.do("CREATE EXTENSION pg_trgm", name="prefect")
    stored = {"PREFECT_API_DATABASE_CONNECTION_URL": database.address("prefect", "asyncpg")}
    starting = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    with _child(starting, ROOT, folder / "server.log", env={**environment, **stored}) as pid:
        _wait(lambda: urllib.request.urlopen(f"{url}/health", timeout=5).close())  # noqa: S310 - our own loopback address
        server = Prefect(pid, url, environment)
        server.command("prefect", "work-pool", "create", POOL, "--type", "process")
        server.command("prefect", "--no-prompt", "deploy", "--all")
        for platform in SHARED:
            limit = {"name": PREFIX + platform, "limit": PLENTY, "slot_decay_per_second": PLENTY}
            server.ask("/v2/concurrency_limits/", limit)
        server.command("flows.provision")
        yield server


@contextmanager
def worker(server: Prefect, folder: Path, name: str) -> Iterator[int]:
    """A worker that runs one flow run at a time, once it is there; its process."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL]
    options = ["--name", name, "--limit", "1"]
    log = folder / f"{name}.log"
    with _child([*command, *options], ROOT, log, env=dict(server.environment)) as pid:
        _wait(lambda: log.read_text("utf-8").index("started!"))
        yield pid


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _child(
    command: list[str],
    where: Path,
    log: Path,
    *,
    end: signal.Signals = signal.SIGTERM,
    **options: Any,
) -> Iterator[int]:
    with log.open("wb") as said:
        child = subprocess.Popen(  # noqa: S603 - the fixed commands above
            command, cwd=where, stdin=subprocess.DEVNULL, stdout=said, stderr=said, **options
        )
        try:
            yield child.pid
        finally:
            child.send_signal(end)
            with suppress(subprocess.TimeoutExpired):
                child.wait(20)
            child.kill()
            child.wait()


def _wait(ready: Any) -> None:
    """Until it raises nothing."""
    until = time.monotonic() + START
    while True:
        try:
            ready()
        except (OSError, ValueError, sa.exc.OperationalError) as fault:
            if time.monotonic() > until:
                raise SystemExit(f"no answer within {START} s: {fault}") from None
            time.sleep(0.2)
        else:
            return
