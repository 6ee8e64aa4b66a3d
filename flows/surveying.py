"""Survey: how every council stands, by the council files, the store and the credentials alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flows import batching, delivering, reporting
from flows import plan as plans
from reports import fleet
from reports.fleet import Standing
from socialaudit import settings
from socialaudit.errors import Unauthorized, UsageError
from socialaudit.finding import ReadStatus
from socialaudit.models import WEBSITE
from socialaudit.store import Store, runs, weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from socialaudit.council import CouncilFile
    from socialaudit.store.weeks import Newest

SOON = timedelta(days=30)
"""How long before its end a credential is spoken of."""
EVER = 1000
"""Weeks that a council is late which never had a report: more than any other."""


def survey(now: datetime) -> list[Standing]:
    """Every council in the folder of the settings, worst first. Raises ``UsageError``, ``StoreError``."""
    store = Store.open(settings.load().database_url)
    try:
        with store.begin() as tx:
            newest = weeks.newest(tx)
            return sorted(
                (_standing(tx, one, newest, now) for one in batching.everybody()),
                key=lambda standing: standing.order,
            )
    finally:
        store.close()


def _standing(tx: Connection, name: str, newest: dict[str, Newest], now: datetime) -> Standing:
    try:
        found, _ = plans.read_files(plans.find(name))
    except UsageError as fault:
        return Standing(council=name, fault=str(fault), late=EVER)
    ending = tuple(_ending(found, now.date()))
    last = newest.get(found.council.id)
    if last is None:
        return Standing(council=found.council.name, late=EVER, ending=ending)
    zone = ZoneInfo(found.council.timezone)
    behind = plans.monday(now, zone).date() - last.until.astimezone(zone).date()
    return Standing(
        council=found.council.name,
        last_day=(last.until.astimezone(zone) - timedelta(microseconds=1)).date(),
        late=behind.days // 7,
        unread=_unread(tx, found, last),
        ending=ending,
        undelivered=last.undelivered,
        to_do=last.to_do,
        version=last.version,
    )


def _unread(tx: Connection, found: CouncilFile, last: Newest) -> tuple[str, ...]:
    covered = runs.covered(tx, last.run)
    return tuple(
        covered[account.id].title
        for account in found.accounts
        if account.id in covered
        and account.id != WEBSITE
        and not account.by_hand
        and covered[account.id].status is not ReadStatus.READ
    )


def _ending(found: CouncilFile, today: date) -> Iterator[tuple[str, date]]:
    """Credentials whose end the operator has written down, where it is near or past."""
    directory = settings.load().secrets_dir
    for name in sorted({a.credentials for a in found.accounts if a.credentials}):
        try:
            day = settings.ends_on(name, directory)
        except Unauthorized:
            continue
        if day is not None and day <= today + SOON:
            yield name, day


def tell(standings: Sequence[Standing], now: datetime) -> None:
    """Send the operator the monthly email. Raises ``UsageError`` where there is none, ``NotDelivered``."""
    delivering.tell_operator(fleet.render_email(standings, now.date()), now, "fleet")


def write(standings: Sequence[Standing], now: datetime, path: Path) -> None:
    """Write them as a web page. Raises ``StoreError`` when it cannot be written."""
    reporting.write(path.parent, {path.name: fleet.render_page(standings, now.date())})
