"""How far each council's weekly reports have come: the one question that is about all councils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.finding import RunKind, Status
from socialaudit.store.outbox import Event
from socialaudit.store.tables import closings, deliveries, findings, outbox, runs

if TYPE_CHECKING:
    from datetime import datetime

_ENDED = (Event.SENT.value, Event.REFUSED.value)


def reported(tx: sa.Connection, *, mailed: bool) -> dict[str, datetime]:
    """The end of the newest week of which each council's report is done, by council.

    Done is: the run closed and, where reports are ``mailed``, a message to each reader accepted or
    refused for good. Councils without such a week are left out.
    """
    waiting = sa.exists().where(
        outbox.c.run == runs.c.run,
        ~sa.exists().where(
            deliveries.c.run == outbox.c.run,
            deliveries.c.recipient == outbox.c.recipient,
            deliveries.c.event.in_(_ENDED),
        ),
    )
    written = sa.exists().where(outbox.c.run == runs.c.run)
    wanted = (
        sa.select(runs.c.council, sa.func.max(runs.c.until).label("until"))
        .join(closings, closings.c.run == runs.c.run)
        .where(runs.c.kind == RunKind.WEEKLY.value)
        .where(sa.and_(written, ~waiting) if mailed else sa.true())
        .group_by(runs.c.council)
    )
    return {row.council: row.until for row in tx.execute(wanted)}


@dataclass(frozen=True, slots=True)
class Newest:
    """A council's newest closed weekly run: the end of its week, what is to do, mail that waits."""

    run: str
    until: datetime
    version: str
    to_do: int
    undelivered: int


def newest(tx: sa.Connection) -> dict[str, Newest]:
    """The newest closed weekly run of each council, by council. Mail of any run counts as waiting."""
    closed = (
        sa.select(runs.c.council, sa.func.max(runs.c.until).label("until"))
        .join(closings, closings.c.run == runs.c.run)
        .where(runs.c.kind == RunKind.WEEKLY.value)
        .group_by(runs.c.council)
        .subquery()
    )
    weekly = (
        sa.select(runs)
        .join(closed, sa.and_(closed.c.council == runs.c.council, closed.c.until == runs.c.until))
        .where(runs.c.kind == RunKind.WEEKLY.value)
    )
    waiting = _waiting(tx)
    last = {row.council: row for row in tx.execute(weekly)}
    return {
        council: Newest(
            run=row.run,
            until=row.until,
            version=row.version,
            to_do=_to_do(tx, row.run),
            undelivered=waiting.get(council, 0),
        )
        for council, row in last.items()
    }


def _waiting(tx: sa.Connection) -> dict[str, int]:
    ended = sa.exists().where(
        deliveries.c.run == outbox.c.run,
        deliveries.c.recipient == outbox.c.recipient,
        deliveries.c.event.in_(_ENDED),
    )
    wanted = sa.select(outbox.c.council, sa.func.count().label("n")).where(~ended)
    return {row.council: row.n for row in tx.execute(wanted.group_by(outbox.c.council))}


def _to_do(tx: sa.Connection, run: str) -> int:
    wanted = sa.select(sa.func.count()).where(
        findings.c.run == run,
        findings.c.status.in_([status.value for status in Status if status.to_do]),
        findings.c.body["excused"].as_string() == "",
    )
    return tx.scalar(wanted) or 0
