"""Which councils still need their weekly report, and how they are put together into batches."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import connectors
from flows import plan as plans
from socialaudit import council as councils
from socialaudit import folder as folders
from socialaudit import settings
from socialaudit.errors import UsageError
from socialaudit.store import Store, weeks

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE = 25
"""Councils in a batch. A flow run costs five seconds of processor time, a council in it next to none."""
BEGINS = time(6)
"""When the reports of a Monday are begun, in the council's time zone."""
SPREAD = timedelta(hours=1)
"""Over which the batches of a week begin, so that no platform meets them all at once."""


def everybody() -> list[str]:
    """The ids of all councils in the folder of the settings. Raises ``UsageError``."""
    folder = settings.load().councils
    found = list(folders.in_folder(folder)) if folder else []
    if not found:
        raise UsageError("set SOCIALAUDIT_COUNCILS to the folder of council files")
    return found


def due(some: Sequence[str], now: datetime, grace: timedelta | None = None) -> list[str]:
    """Those of whose last whole week before ``now`` no report is done: closed, and its mail gone.

    With a ``grace`` only those whose report was to be begun so long ago. Raises ``StoreError``. A council whose file cannot be read is due: its own run says so.
    """
    chosen = settings.load()
    store = Store.open(chosen.database_url)
    try:
        with store.begin() as tx:
            reported = weeks.reported(tx, mailed=chosen.sends)
    finally:
        store.close()
    return [council for council in some if _is_due(council, reported.get(council), now, grace)]


def _is_due(council: str, last: datetime | None, now: datetime, grace: timedelta | None) -> bool:
    monday = plans.monday(now, _zone(council))
    begins = datetime.combine(monday.date(), BEGINS, monday.tzinfo)
    early = grace is not None and now < begins + grace
    return not early and (last is None or last < monday)


def _zone(council: str) -> ZoneInfo:
    try:
        found = councils.load(plans.find(council), connectors.NAMES)
        return ZoneInfo(found.council.timezone)
    except UsageError:
        return ZoneInfo("Europe/London")


def cut(some: Sequence[str], size: int = SIZE) -> list[tuple[str, ...]]:
    """The councils in batches of nearly equal size, none larger than ``size``.

    >>> cut(["a", "b", "c", "d", "e"], 3)
    [('a', 'b'), ('c', 'd', 'e')]
    """
    n = -(-len(some) // size)
    return [tuple(some[i * len(some) // n : (i + 1) * len(some) // n]) for i in range(n)]


def key(week: str, batch: Sequence[str]) -> str:
    """What makes two requests for one batch the same: the week and its councils."""
    return f"{week}:{hashlib.sha256(' '.join(batch).encode()).hexdigest()[:12]}"


def week_of(now: datetime) -> str:
    """The week that a run at a time reports on, by its ISO number: ``2026-W46``."""
    day = plans.monday(now, ZoneInfo("Europe/London")) - timedelta(days=1)
    return f"{day:%G-W%V}"
