"""How far each council's weekly reports have come: the one question that is about all councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.finding import RunKind
from socialaudit.store.outbox import Event
from socialaudit.store.tables import closings, deliveries, outbox, runs

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
