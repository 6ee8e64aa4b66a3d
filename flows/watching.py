"""Watch: whether every council had its weekly report, by the store alone; who is told if not.

It is separate from the audit on purpose: what never started cannot say so itself.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flows import delivering
from flows import plan as plans
from reports import missed
from socialaudit import settings
from socialaudit.errors import UsageError
from socialaudit.finding import RunKind
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

LOG = logging.getLogger("socialaudit.watch")
GRACE = timedelta(days=1)
"""After the end of a week before its report counts as missing: it is made on Monday at six."""


def overdue(councils: Iterable[str], now: datetime) -> list[missed.Missed]:
    """Which councils have no closed weekly run for the last week that ended a day ago or more.

    Without any named, all in the folder of council files. Raises ``UsageError`` when there is none,
    ``StoreError``.
    """
    wanted = list(councils) or _all()
    store = Store.open(settings.load().database_url)
    try:
        return [found for name in wanted if (found := _missed(store, name, now))]
    finally:
        store.close()


def _all() -> list[str]:
    folder = settings.load().councils
    found = sorted(str(path) for path in folder.glob("*.toml")) if folder else []
    if not found:
        raise UsageError(
            "name a council, or set SOCIALAUDIT_COUNCILS to the folder of council files"
        )
    return found


def _missed(store: Store, name: str, now: datetime) -> missed.Missed | None:
    """A council file that cannot be read is overdue too: its audit cannot start."""
    try:
        found, _ = plans.read_files(plans.find(name))
    except UsageError as fault:
        return missed.Missed(name, fault=str(fault))
    zone = ZoneInfo(found.council.timezone)
    with store.begin() as tx:
        closed = runs.of_council(tx, found.council.id, (RunKind.WEEKLY,))
    last = max((run.window.until for run in closed), default=None)
    if last and last >= plans.monday(now - GRACE, zone):
        return None
    day = (last.astimezone(zone) - timedelta(microseconds=1)).date() if last else None
    return missed.Missed(found.council.name, day)


def tell(found: Sequence[missed.Missed], now: datetime) -> None:
    """Send the operator one email. Raises ``UsageError`` where nobody can be told, ``NotDelivered``."""
    delivering.tell_operator(missed.render(found, now.date()), now, "missed")


def beat(now: datetime) -> int:
    """One heartbeat: look, tell, and how many reports are missing. Raises what those two raise."""
    found = overdue((), now)
    LOG.info("%d weekly reports are missing", len(found))
    if found:
        tell(found, now)
    return len(found)
