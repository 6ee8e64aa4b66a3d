"""Messages to send, written before sending, and the log of what became of them.

SMTP cannot promise exactly one copy: a death between the final dot and the committed answer leaves
a message in state *sending*. It is then sent again with the same Message-ID, and logged.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.store.tables import deliveries, outbox

if TYPE_CHECKING:
    from datetime import datetime


class Event(StrEnum):
    """What happened to a message."""

    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"  # not accepted now, to be tried again
    REFUSED = "refused"  # not accepted for good


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one reader. ``doubtful``: an earlier attempt may have succeeded unnoticed."""

    run: str
    recipient: str
    message_id: str
    message: bytes
    doubtful: bool = False


def put(tx: sa.Connection, council: str, letter: Letter, at: datetime) -> None:
    """Write a message to send, unless this run has one for this reader already."""
    there = tx.scalar(
        sa.select(outbox.c.message_id).where(
            outbox.c.run == letter.run, outbox.c.recipient == letter.recipient
        )
    )
    if there is None:
        tx.execute(
            outbox.insert().values(
                run=letter.run,
                recipient=letter.recipient,
                council=council,
                message_id=letter.message_id,
                message=letter.message,
                created_at=at,
            )
        )


def pending(tx: sa.Connection, council: str) -> list[Letter]:
    """Messages neither sent nor refused, oldest first."""
    last = _last_events(tx, council)
    wanted = sa.select(outbox).where(outbox.c.council == council).order_by(outbox.c.created_at)
    return [
        Letter(
            run=row.run,
            recipient=row.recipient,
            message_id=row.message_id,
            message=row.message,
            doubtful=last.get((row.run, row.recipient)) is Event.SENDING,
        )
        for row in tx.execute(wanted)
        if last.get((row.run, row.recipient)) not in {Event.SENT, Event.REFUSED}
    ]


def _last_events(tx: sa.Connection, council: str) -> dict[tuple[str, str], Event]:
    wanted = (
        sa.select(deliveries.c.run, deliveries.c.recipient, deliveries.c.event)
        .join(
            outbox,
            sa.and_(outbox.c.run == deliveries.c.run, outbox.c.recipient == deliveries.c.recipient),
        )
        .where(outbox.c.council == council)
        .order_by(deliveries.c.id)
    )
    return {(row.run, row.recipient): Event(row.event) for row in tx.execute(wanted)}


def note(tx: sa.Connection, letter: Letter, event: Event, at: datetime, detail: str = "") -> None:
    """Log what happened to a message."""
    tx.execute(
        deliveries.insert().values(
            run=letter.run,
            recipient=letter.recipient,
            at=at,
            event=event.value,
            detail=detail,
        )
    )


def log(tx: sa.Connection, run: str) -> list[tuple[str, Event, str]]:
    """Everything that happened to the messages of a run: reader, event, detail."""
    wanted = sa.select(deliveries).where(deliveries.c.run == run).order_by(deliveries.c.id)
    return [(row.recipient, Event(row.event), row.detail) for row in tx.execute(wanted)]
