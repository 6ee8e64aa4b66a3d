"""A county in small: PostgreSQL, Redis, a Prefect server, workers, and the demo town's platforms."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import psycopg

from socialaudit.store import Store
from tests.faults.processes import ROOT, Machine, wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from demo.world import World

POOL = "socialaudit"
SILENCE = 45
"""Prefect sends a heartbeat every 30 s and not oftener; in earnest the silence is 120 s."""
PENDING = 60
"""Three processes start in ten seconds on two idle cores; in earnest it is five minutes."""
PREFECT = [sys.executable, "-m", "prefect"]
_POSTGRESQL = "-c listen_addresses=127.0.0.1 -p {} -k {} -c max_connections=200"


@dataclass
class Stack:
    """All of it. ``folder`` may be read by everybody: PostgreSQL has a user of its own."""

    folder: Path
    world: World
    ports: tuple[int, int, int]
    machines: list[Machine] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("councils", "homes", "redis"):
            (self.folder / name).mkdir()
        pg, redis, prefect = self.ports
        self.binaries = Path(os.environ["SOCIALAUDIT_TEST_POSTGRESQL_BIN"])
        self.database = f"postgresql+psycopg://audit@127.0.0.1:{pg}/audit"
        self.api = f"http://127.0.0.1:{prefect}/api"
        self.client = httpx.Client(base_url=self.api, timeout=30)
        self.redis = self._machine(
            "redis",
            [
                "redis-server",
                "--port",
                str(redis),
                "--save",
                "",
                "--dir",
                str(self.folder / "redis"),
            ],
        )
        self.server = self._machine(
            "prefect",
            [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(prefect)],
            PREFECT_API_DATABASE_CONNECTION_URL=f"postgresql+asyncpg://audit@127.0.0.1:{pg}/prefect",
            PREFECT_MESSAGING_BROKER="prefect_redis.messaging",
            PREFECT_MESSAGING_CACHE="prefect_redis.messaging",
            PREFECT_SERVER_EVENTS_CAUSAL_ORDERING="prefect_redis.ordering",
            PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE="prefect_redis.lease_storage",
            PREFECT_REDIS_MESSAGING_URL=f"redis://127.0.0.1:{redis}/0",
            PREFECT_SERVER_DOCKET_URL=f"redis://127.0.0.1:{redis}/1",
            # What starts here starts because of a fault, not because it is ten past the hour.
            PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED="false",
        )

    def environment(self) -> dict[str, str]:
        """What every process of ours is given."""
        return {
            **self.world.environment(),
            "PYTHONPATH": str(ROOT),
            "PREFECT_API_URL": self.api,
            "PREFECT_WORKER_QUERY_SECONDS": "2",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "TZ": "Europe/London",
            "SOCIALAUDIT_DATABASE_URL": self.database,
            "SOCIALAUDIT_COUNCILS": str(self.folder / "councils"),
        }

    def _machine(self, name: str, command: Sequence[str], **more: str) -> Machine:
        home = self.folder / "homes" / name
        home.mkdir()
        machine = Machine(
            name,
            command,
            {**self.environment(), "PREFECT_HOME": str(home), "XDG_DATA_HOME": str(home), **more},
            self.folder / f"{name}.log",
        )
        self.machines.append(machine)
        return machine

    @contextmanager
    def running(self) -> Iterator[Stack]:
        """Everything but workers is up, deployed and provisioned, until the end."""
        try:
            self._make_databases()
            self.redis.start()
            self.server.start()
            self.wait_for_server()
            self.command("prefect", "work-pool", "create", POOL, "--type", "process")
            self.command("prefect", "--no-prompt", "deploy", "--all")
            self.provision(SILENCE, PENDING)
            yield self
        finally:
            self.client.close()
            for machine in reversed(self.machines):
                machine.lose()
            self.postgresql("stop")

    def wait_for_server(self) -> None:
        """Until Prefect answers."""
        wait_until("Prefect's server", self._answers, 180)

    def _answers(self) -> bool:
        try:
            return self.client.get("/health").is_success
        except httpx.HTTPError:
            return False

    def provision(self, silence: int, pending: int) -> None:
        """The automations, with other times than in earnest."""
        self.command("flows.provision", "--silence", str(silence), "--pending", str(pending))

    def command(self, module: str, *arguments: str) -> str:
        """A command of the operating guide."""
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **self.environment(), "PREFECT_HOME": str(self.folder / "homes")},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _make_databases(self) -> None:
        pg = self.folder / "pg"
        pg.mkdir()
        if not os.geteuid():
            shutil.chown(pg, "postgres")
        options = ["-U", "audit", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._as_owner("initdb", "-D", str(pg / "db"), *options)
        self.postgresql("start")
        with closing(self.admin("postgres")) as admin:
            admin.execute("CREATE DATABASE prefect")
            admin.execute("CREATE DATABASE audit")
        with closing(self.admin("prefect")) as admin:
            admin.execute("CREATE EXTENSION pg_trgm")
        Store.open(self.database).close()

    def postgresql(self, what: str) -> None:
        """Start it, or stop it as a machine that loses its power."""
        pg = self.folder / "pg"
        extra = (
            ["-m", "immediate"]
            if what == "stop"
            else ["-l", str(pg / "log"), "-o", _POSTGRESQL.format(self.ports[0], pg)]
        )
        self._as_owner("pg_ctl", "-D", str(pg / "db"), "-s", "-w", *extra, what)

    def _as_owner(self, program: str, *arguments: str) -> None:
        user = [] if os.geteuid() else ["runuser", "-u", "postgres", "--"]
        subprocess.run(  # noqa: S603 - PostgreSQL's own programs
            [*user, str(self.binaries / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )

    def admin(self, database: str = "audit") -> psycopg.Connection[Any]:
        """A connection of the tests' own."""
        address = f"postgresql://audit@127.0.0.1:{self.ports[0]}/{database}"
        return psycopg.connect(address, autocommit=True)

    def lose_workers(self) -> None:
        """Switch off every machine with a worker."""
        for machine in self.machines[2:]:
            machine.lose()

    def worker(self, limit: int = 2) -> Machine:
        """A new machine with a worker, switched on."""
        name = f"worker-{len(self.machines)}"
        command = [
            *PREFECT,
            "worker",
            "start",
            "--pool",
            POOL,
            "--name",
            name,
            "--limit",
            str(limit),
        ]
        return self.machine(name, command)

    def machine(self, name: str, command: Sequence[str]) -> Machine:
        """A new machine that does this, switched on."""
        machine = self._machine(name, command)
        machine.start()
        return machine
