"""The only place that speaks SQL: SQLite by default, PostgreSQL by address.

``Store.open`` brings the schema up to date. Work in ``with store.begin() as tx`` blocks: all of a
block is kept or none of it. The other modules of this package take that transaction.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock

from socialaudit.errors import StoreError, StoreUnreachable
from socialaudit.store import claims

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALIVE = {
    "connect_timeout": 20,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 6,
    "tcp_user_timeout": 90_000,
    "options": "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=6"
    " -c tcp_user_timeout=90000",
}
"""A machine that loses its power says no goodbye: either side notices after 90 s, not after hours.

Until then PostgreSQL keeps the claims of a lost worker, and a run waits for a lost server.
"""
_NAME_COUNCIL = sa.text("SELECT set_config('socialaudit.council', :council, true)")


class Store:
    """An open audit store: of all councils, or ``of`` one.

    On PostgreSQL the store of one council sees and writes no other's rows, whatever is asked of it.
    """

    def __init__(self, engine: sa.Engine, council: str = "") -> None:
        self._engine = engine
        self._council = council
        self._holder: sa.Connection | None = None

    @classmethod
    def open(cls, url: str) -> Store:
        """Open the store at an SQLAlchemy address, creating or upgrading its schema.

        Raises ``StoreError``; the message names the place without a password.
        """
        address = sa.make_url(url)
        try:
            engine = _engine(address)
            _upgrade(engine, address)
        except (sa.exc.SQLAlchemyError, OSError) as fault:
            raise _error(fault)(
                f"cannot open the store {_place(address)}: {_cause(fault)}"
            ) from None
        return cls(engine)

    def of(self, council: str) -> Store:
        """The same store, for one council. Closing either closes both."""
        return Store(self._engine, council)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """One transaction. Raises ``StoreError`` for faults of the database.

        A server that was away in between has forgotten the claim: then ``StoreUnreachable``, although
        a new connection would do, so that nobody goes on beside whoever claimed it next.
        """
        try:
            if self._holder is not None:
                self._holder.execute(sa.text("SELECT 1"))
            with self._engine.begin() as tx:
                if self._council and tx.dialect.name == "postgresql":
                    tx.execute(_NAME_COUNCIL, {"council": self._council})
                yield tx
        except sa.exc.DBAPIError as fault:
            raise _error(fault)(
                f"cannot use the store {_place(self._engine.url)}: {_cause(fault)}"
            ) from None

    @contextmanager
    def claim(self, council: str, wait: float = 0) -> Iterator[None]:
        """Hold a council for one run of this process, until the end or its death.

        Raises ``Busy`` when another process holds it and does not let go within ``wait`` seconds.
        """
        try:
            with claims.claimed(self._engine, council, wait) as self._holder:
                yield
        except sa.exc.DBAPIError as fault:
            raise _error(fault)(
                f"cannot use the store {_place(self._engine.url)}: {_cause(fault)}"
            ) from None
        finally:
            self._holder = None

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _engine(address: sa.URL) -> sa.Engine:
    if address.get_backend_name() != "sqlite":
        alive = {name: value for name, value in _ALIVE.items() if name not in address.query}
        return sa.create_engine(address, pool_pre_ping=True, connect_args=alive)
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(address, connect_args={"timeout": 30})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver must not begin or commit on its own
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _upgrade(engine: sa.Engine, address: sa.URL) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == head:
            return
    if address.get_backend_name() == "sqlite" and address.database:
        with FileLock(f"{address.database}.upgrade"):
            _run_migrations(engine, config)
    else:
        _run_migrations(engine, config)


def _run_migrations(engine: sa.Engine, config: Config) -> None:
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7306031)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _error(fault: Exception) -> type[StoreError]:
    """Which error a fault of the database is."""
    lost = isinstance(fault, sa.exc.DBAPIError) and fault.connection_invalidated
    refused = (
        isinstance(fault, sa.exc.OperationalError) and "sqlite" not in type(fault.orig).__module__
    )
    return StoreUnreachable if lost or refused else StoreError


def _place(address: sa.URL) -> str:
    return address.render_as_string(hide_password=True)


def _cause(fault: Exception) -> str:
    text = str(getattr(fault, "orig", None) or fault).split("\n")[0]
    return text[:200]
