"""Everything a report is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from reports.links import host_of
from reports.wording import listed
from socialaudit.check import Metadata, Urgency
from socialaudit.finding import ReadStatus, RunKind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from socialaudit.finding import Assessment, Coverage, Decision, Finding, Run, Statement
    from socialaudit.looking import Look
    from socialaudit.models import Council, Unread
    from socialaudit.policy import Policy


def page_name(run: str) -> str:
    """The name of a run's page in the archive, as a link has it."""
    return f"{quote(run, safe='')}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A run before this one, for the list on the web page.

    ``accounts`` is how many it was for; ``not_checked`` names those of which it could read nothing.
    """

    run: str
    kind: RunKind
    last_day: date
    to_do: int
    fixed: int
    accounts: int = 0
    not_checked: tuple[str, ...] = ()
    asked_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Audit:
    """One run, as loaded by a flow.

    ``day`` is the day on which it is read: "do today" means this day. ``coverage`` has one entry
    per account, in the order of the council file. ``findings`` are those to do, excused, left and
    marked as mistakes; ``fixed`` those that were to do before and are fixed. ``previous`` holds
    the references that were to do in the weekly report before; ``None`` when there was none.
    ``history`` holds the end and the number of things to do of earlier weekly runs, oldest first.
    ``website`` is what could be read of the council's own website, where it has a feed.
    ``decisions`` and ``statements`` are what officers had said by then, oldest first, and ``looks``
    their newest look at each place where only people look.
    ``link_hosts`` are the platforms' hosts, to which links may
    point. ``web_url`` is where the archive is published; ``beside`` says that the report is a page
    of the archive, with the others beside it. ``previous_run`` is the run of ``previous``.
    ``weekly_before`` is the weekly report before an extra check, for its numbers and dates.
    ``replies_to`` is the address of the officer who decides on what readers answer.
    """

    run: Run
    council: Council
    policy: Policy
    checks: Mapping[str, Metadata]
    day: date
    next_due: date
    coverage: tuple[Coverage, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)
    previous: frozenset[str] | None = None
    previous_run: str = ""
    weekly_before: Audit | None = None
    history: tuple[tuple[date, int], ...] = ()
    earlier: tuple[Earlier, ...] = ()
    website: Coverage | None = None
    link_hosts: frozenset[str] = field(default_factory=frozenset)
    web_url: str | None = None
    replies_to: str | None = None
    beside: bool = False
    records_days: int = 30
    evidence_days: int = 365
    legal_hold: bool = False
    digest: str = ""

    @property
    def to_do(self) -> tuple[Finding, ...]:
        """The things to do."""
        return tuple(f for f in self.findings if f.to_do)

    @property
    def weekly(self) -> bool:
        """Whether its sums are held against the week before."""
        return self.run.kind is RunKind.WEEKLY

    @property
    def first(self) -> bool:
        """Whether there is no report to compare it with."""
        return self.previous is None

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts to which links may point: the platforms' and the archive's."""
        archive = host_of(self.web_url or "")
        return self.link_hosts | ({archive} if archive else frozenset())

    @property
    def page(self) -> str | None:
        """Address of this run's web report in the archive, when one is published over https."""
        return self._published(self.run.id)

    @property
    def page_before(self) -> str | None:
        """The same of the report that its sums are compared with."""
        return self._published(self.previous_run) if self.previous_run else None

    def address_of(self, run: str) -> str | None:
        """Where the report of another run is: beside this one, or in the published archive."""
        return page_name(run) if self.beside else self._published(run)

    def _published(self, run: str) -> str | None:
        if self.web_url is None or urlsplit(self.web_url).scheme != "https":
            return None
        return f"{self.web_url.rstrip('/')}/{page_name(run)}"

    @property
    def last_day(self) -> date:
        """The last day that the run looks at."""
        return self.local(self.run.window.until - timedelta(microseconds=1)).date()

    @property
    def first_day(self) -> date:
        """The first day that the run looks at."""
        return self.local(self.run.window.since).date()

    def local(self, when: datetime) -> datetime:
        """A time in the council's time zone."""
        return when.astimezone(ZoneInfo(self.council.timezone))

    def check(self, id_: str) -> Metadata:
        """What people need to know of a check, or of one that no longer exists."""
        return self.checks.get(id_) or Metadata(
            id=id_,
            title=id_,
            examines="",
            needs=(),
            kinds=frozenset(),
            urgency=Urgency.WEEK,
            instruction="Look at this",
            joined="Look at these {n} places",
            fixed="put right",
            why="",
            how={},
            minutes=5,
            references=(),
        )

    def account(self, id_: str | None) -> Coverage | None:
        """The coverage of an account; ``None`` for the council, or an account no longer listed."""
        return next((c for c in self.coverage if c.account == id_), None)

    def label(self, id_: str | None, *, whole: bool = False) -> str:
        """The name of an account for people: "X", or "X (Twitter)" when ``whole``.

        Two accounts on one platform are told apart by their handles.
        """
        account = self.account(id_)
        if account is None:
            return id_ or "Council"
        title = account.title if whole else account.title.split(" (")[0]
        twins = sum(c.title == account.title for c in self.coverage)
        return title if twins == 1 else f"{title} {account.handle}"

    def labels(self, ids: tuple[str, ...], *, whole: bool = False) -> str:
        """The names of accounts as a list in words."""
        return listed([self.label(i, whole=whole) for i in ids])

    @property
    def not_read(self) -> tuple[Coverage, ...]:
        """The accounts of which nothing could be read, and at which nobody looked either."""
        return tuple(
            c
            for c in self.coverage
            if c.status is ReadStatus.NOT_READ and self.look(c.account) is None
        )

    @property
    def seen(self) -> tuple[Coverage, ...]:
        """The accounts that no program can read, and at which somebody looked lately."""
        return tuple(c for c in self.coverage if self.look(c.account) is not None)

    def look(self, account: str | None) -> Look | None:
        """The last look at a place where only people look, while it holds."""
        look = self.looks.get(account or "")
        return look if look is not None and look.holds(self.day) else None

    @property
    def partly_read(self) -> tuple[tuple[Coverage, tuple[Unread, ...]], ...]:
        """The accounts of which something could not be read that can be, and what."""
        gaps = (
            (c, tuple(u for u in c.unread if not u.permanent))
            for c in self.coverage
            if c.status is not ReadStatus.NOT_READ
        )
        return tuple((c, unread) for c, unread in gaps if unread)


@dataclass(frozen=True, slots=True)
class Movement:
    """How the list of things to do changed, in references.

    ``last week - fixed - answered + new + returned = to do``, by construction. ``answered`` were
    to do and no longer are, though nobody saw them fixed: left, excused, or a mistake.
    """

    last_week: frozenset[str]
    fixed: frozenset[str]
    answered: frozenset[str]
    new: frozenset[str]
    returned: frozenset[str]
    to_do: frozenset[str]


def movement(audit: Audit) -> Movement:
    """What changed since the weekly report before; on a first report everything is new."""
    last_week = audit.previous or frozenset()
    now = {f.ref: f.status for f in audit.to_do}
    fixed = last_week.intersection(f.ref for f in audit.fixed) - now.keys()
    arrived = now.keys() - last_week
    returned = frozenset(ref for ref in arrived if now[ref] is Status.RETURNED)
    return Movement(
        last_week=last_week,
        fixed=fixed,
        answered=last_week - now.keys() - fixed,
        new=frozenset(arrived - returned),
        returned=returned,
        to_do=frozenset(now),
    )
