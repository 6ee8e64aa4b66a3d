"""Retention: bodies are emptied when their time is over, digests stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.store.outbox import Event
from socialaudit.store.tables import (
    closings,
    deliveries,
    findings,
    outbox,
    records,
    runs,
    sightings,
)

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many bodies were emptied."""

    records: int
    evidence: int
    messages: int


def purge(
    tx: sa.Connection, council: str, now: datetime, *, records_days: int, evidence_days: int
) -> Emptied:
    """Empty what was last seen longer ago than its days.

    ``records_days`` is for every record and sent message, ``evidence_days`` for records that a
    finding cites and for what findings quote of them.
    """
    ordinary, cited = now - timedelta(days=records_days), now - timedelta(days=evidence_days)
    evidence = _old_evidence(tx, council, cited)
    emptied = _records(tx, council, ordinary, cited)
    return Emptied(emptied, evidence, _messages(tx, council, ordinary))


def _records(tx: sa.Connection, council: str, ordinary: datetime, cited: datetime) -> int:
    last_seen = (
        sa.select(sa.func.max(sightings.c.captured_at))
        .join(runs, runs.c.run == sightings.c.run)
        .where(runs.c.council == council, sightings.c.key == records.c.key)
        .scalar_subquery()
    )
    mine = sa.and_(records.c.council == council, records.c.body.is_not(sa.null()))
    key = findings.c.body["subject"]["key"].as_string()
    citing = sa.exists().where(findings.c.council == council, key == records.c.key)
    over = sa.or_(last_seen < cited, sa.and_(last_seen < ordinary, ~citing))
    return tx.execute(records.update().where(mine, over).values(body=None, payload=None)).rowcount


def _old_evidence(tx: sa.Connection, council: str, before: datetime) -> int:
    closed = sa.select(closings.c.run).where(
        closings.c.council == council, closings.c.finished_at < before
    )
    over = sa.and_(findings.c.run.in_(closed), findings.c.evidence.is_not(sa.null()))
    return tx.execute(findings.update().where(over).values(evidence=None)).rowcount


def _messages(tx: sa.Connection, council: str, before: datetime) -> int:
    done = sa.exists().where(
        deliveries.c.run == outbox.c.run,
        deliveries.c.recipient == outbox.c.recipient,
        deliveries.c.event.in_([Event.SENT.value, Event.REFUSED.value]),
    )
    over = sa.and_(
        outbox.c.council == council,
        outbox.c.created_at < before,
        outbox.c.message != b"",
        done,
    )
    return tx.execute(outbox.update().where(over).values(message=b"")).rowcount
