"""What one run needs to know before it starts: read from files and arguments, checked, no network.

Everything here is plain and holds no secret, so that a flow can hand it to its tasks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import checks
import connectors
from flows import sheets
from socialaudit import __version__, folder, policy, settings
from socialaudit import council as councils
from socialaudit.errors import UsageError
from socialaudit.finding import Run, RunKind, Window

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from socialaudit.council import CouncilFile
    from socialaudit.policy import Policy

LOOK_BACK_DAYS = 56
"""How far a first run looks back: eight weeks before the first weekly one."""
MAX_INCIDENT_DAYS = 366
"""The longest window of an incident run; more is a typing mistake or another kind of question."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A council file, its policy, and the run to make. ``fixed_now`` is a clock that stands still.

    ``said`` is what the clerk's spreadsheets hold.
    """

    council: CouncilFile
    policy: Policy
    run: Run
    fixed_now: datetime | None = None
    said: sheets.Said = field(default_factory=sheets.Said)

    @property
    def zone(self) -> ZoneInfo:
        """The council's time zone."""
        return ZoneInfo(self.council.council.timezone)

    def last_day(self, run: Run) -> date:
        """The last local day that a run looks at."""
        return (run.window.until.astimezone(self.zone) - timedelta(microseconds=1)).date()

    def moment(self) -> datetime:
        """The time now, or the one that was fixed."""
        return self.fixed_now or datetime.now(UTC)


def read_files(path: Path) -> tuple[CouncilFile, Policy]:
    """A council file and its policy.

    Raises ``UsageError``.
    """
    found = councils.load(path, connectors.NAMES, connectors.ARCHIVES)
    return found, policy.load(found.policy, checks.load())


def find(council: str) -> Path:
    """The council file at a path, or of an id in the folder that the settings name.

    Raises ``UsageError``.
    """
    return folder.find(council, settings.load().councils)


def weekly(path: Path, now: datetime, *, fixed: bool = False) -> Plan:
    """The last whole week, Monday to Sunday in the council's time zone, before ``now``."""
    found, rules = read_files(path)
    until = monday(now, ZoneInfo(found.council.timezone))
    window = Window(_days_before(until, 7, ZoneInfo(found.council.timezone)), until)
    return _plan((found, rules), RunKind.WEEKLY, window, now, fixed=fixed)


def look_back(plan: Plan, until: datetime, accounts: Sequence[str]) -> Plan:
    """The eight weeks before ``until``, for accounts that were never read, at the same moment."""
    window = Window(_days_before(until, LOOK_BACK_DAYS, plan.zone), until)
    files = (plan.council, plan.policy)
    first = _plan(files, RunKind.FIRST, window, plan.run.started_at, tuple(accounts))
    return replace(first, fixed_now=plan.fixed_now)


def incident(
    path: Path,
    now: datetime,
    *,
    accounts: Sequence[str] = (),
    since: date | datetime | None = None,
    until: date | datetime | None = None,
    reason: str = "",
    by: str = "",
    request: str = "",
    fixed: bool = False,
) -> Plan:
    """Some accounts and days again, after an incident.

    A date means the whole local day; without ``until`` the window ends now, and without ``since``
    it begins seven days before it ends. ``by`` is the job of the person who asks. ``request`` tells two requests with equal arguments apart.
    Raises ``UsageError`` for an unknown account, no reason, or dates that make no window.
    """
    found, rules = read_files(path)
    zone = ZoneInfo(found.council.timezone)
    known = {account.id for account in found.accounts}
    for account in accounts:
        if account not in known:
            raise UsageError(
                f"{path}: there is no account {account!r}; there are {', '.join(sorted(known))}"
            )
    if not reason.strip():
        raise UsageError("a check outside the weekly one needs --reason: who asked, and why")
    for name, words in (("--reason", reason), ("--by", by)):
        if not " ".join(words.split()).isprintable():
            raise UsageError(f"{name} holds a character that is no text: write it again")
    end = min(_moment(until, zone, end_of_day=True), now) if until else now
    start = _moment(since, zone) if since else end - timedelta(days=7)
    if until and _moment(until, zone) > now:
        raise UsageError(f"--until {until} is in the future")
    if start > now:
        raise UsageError(f"--since {since} is in the future")
    if start >= end:
        raise UsageError(f"--since {since} is not before --until {until or 'now'}")
    if end - start > timedelta(days=MAX_INCIDENT_DAYS):
        raise UsageError(f"--since {since} is more than {MAX_INCIDENT_DAYS} days before the end")
    return _plan(
        (found, rules),
        RunKind.INCIDENT,
        Window(start, end),
        now,
        tuple(accounts),
        reason=reason.strip(),
        by=by.strip(),
        request=request,
        fixed=fixed,
    )


def _plan(
    files: tuple[CouncilFile, Policy],
    kind: RunKind,
    window: Window,
    now: datetime,
    accounts: tuple[str, ...] = (),
    *,
    reason: str = "",
    by: str = "",
    request: str = "",
    fixed: bool = False,
) -> Plan:
    found, rules = files
    window = Window(window.since.astimezone(UTC), window.until.astimezone(UTC))
    last = (
        window.until.astimezone(ZoneInfo(found.council.timezone)) - timedelta(microseconds=1)
    ).date()
    asked = "\n".join([",".join(accounts), window.since.isoformat(), reason, request])
    tail = "" if kind is RunKind.WEEKLY else "-" + hashlib.sha256(asked.encode()).hexdigest()[:8]
    run = Run(
        id=f"{found.council.id}-{last}-{kind.value}{tail}",
        council=found.council.id,
        kind=kind,
        window=window,
        started_at=now.astimezone(UTC),
        reason=reason,
        accounts=accounts,
        version=__version__,
        policy_id=rules.id,
        policy_sha256=rules.sha256,
        asked_by=by,
    )
    said = sheets.read(found, rules, max(now, datetime.now(UTC)))
    return Plan(found, rules, run, now.astimezone(UTC) if fixed else None, said)


def monday(now: datetime, zone: ZoneInfo) -> datetime:
    """The start of a moment's week in a time zone."""
    today = now.astimezone(zone).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), zone)


def _days_before(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Whole local days earlier: a week with a clock change in it has 167 or 169 hours."""
    day = moment.astimezone(zone).date() - timedelta(days=days)
    return datetime.combine(day, time(), zone)


def _moment(given: date | datetime, zone: ZoneInfo, *, end_of_day: bool = False) -> datetime:
    if isinstance(given, datetime):
        return given if given.tzinfo else given.replace(tzinfo=zone)
    day = given + timedelta(days=1) if end_of_day else given
    return datetime.combine(day, time(), zone)
