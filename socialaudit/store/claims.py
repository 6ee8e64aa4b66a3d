"""One run of a council at a time, whichever process or machine it is in.

A claim ends with its holder: on PostgreSQL it is an advisory lock of a connection, on SQLite a lock
on a file beside the database. Nothing is left to be cleared up after a death.
"""

from __future__ import annotations

import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import sqlalchemy as sa
from filelock import FileLock, Timeout

from socialaudit.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator

POLL = 0.5
"""Seconds between two attempts on PostgreSQL, whose locks have no time limit of their own."""
_SPACE = 7306032  # the first half of our advisory locks' keys; 7306031 is the migrations'


@contextmanager
def claimed(engine: sa.Engine, council: str, wait: float = 0) -> Iterator[sa.Connection | None]:
    """Hold a council until the end of the block. Raises ``Busy`` after ``wait`` seconds.

    Yields the connection that holds it on PostgreSQL: when that is lost, so is the claim.
    """
    if engine.dialect.name == "postgresql":
        with _advisory(engine, council, wait) as holder:
            yield holder
    elif engine.url.database:
        try:
            held = FileLock(f"{engine.url.database}.{council}.lock").acquire(timeout=wait)
        except Timeout:
            raise _busy(council) from None
        with held:
            yield None
    else:
        yield None


@contextmanager
def _advisory(engine: sa.Engine, council: str, wait: float) -> Iterator[sa.Connection]:
    key = {"space": _SPACE, "council": council}
    taking = sa.text("SELECT pg_try_advisory_lock(:space, hashtext(:council))")
    until = time.monotonic() + wait
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        while not connection.scalar(taking, key):
            if time.monotonic() >= until:
                raise _busy(council)
            time.sleep(POLL)
        yield connection
    finally:
        with suppress(sa.exc.DBAPIError):  # a server that is gone holds nothing
            connection.invalidate()
            connection.close()


def _busy(council: str) -> Busy:
    return Busy(f"another run of {council} is at work")
