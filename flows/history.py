"""The runs before a run, as its report tells of them: numbers, gaps, what was fixed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.audit import Earlier
from socialaudit.finding import ReadStatus, RunKind, Status
from socialaudit.looking import BY_HAND
from socialaudit.models import WEBSITE
from socialaudit.store import findings, runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from flows.plan import Plan
    from socialaudit.finding import Coverage, Finding, Run

LISTED = 26
"""Earlier reports that a report lists: half a year of weeks."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things stood after each closed run of a council, by run and status."""

    by_run: Mapping[str, Mapping[Status, int]]

    @classmethod
    def load(cls, tx: Connection, council: str) -> Counts:
        """Those of all its runs."""
        return cls(findings.counted(tx, council))

    def to_do(self, run: str) -> int:
        """Things to do after a run."""
        return sum(n for status, n in self.by_run.get(run, {}).items() if status.to_do)

    def fixed(self, run: str) -> int:
        """Things that it found fixed."""
        return self.by_run.get(run, {}).get(Status.FIXED, 0)


def weeks(tx: Connection, plan: Plan, run: Run, counts: Counts) -> tuple[tuple[date, int], ...]:
    """The last day and the number of things to do of each weekly run before, oldest first."""
    return tuple(
        (plan.last_day(one), counts.to_do(one.id))
        for one in runs.of_council(tx, run.council, (RunKind.WEEKLY,))
        if one.window.until < run.window.until
    )


def earlier(tx: Connection, plan: Plan, run: Run, counts: Counts) -> tuple[Earlier, ...]:
    """The reports of the runs that were closed before, newest first."""
    closed = runs.of_council(tx, run.council)
    before = closed[: next((n for n, one in enumerate(closed) if one.id == run.id), len(closed))]
    return tuple(
        Earlier(
            run=one.id,
            kind=one.kind,
            last_day=plan.last_day(one),
            to_do=counts.to_do(one.id),
            fixed=counts.fixed(one.id),
            accounts=len(covered),
            not_checked=not_checked(covered),
            asked_by=one.asked_by,
        )
        for one in before[: -LISTED - 1 : -1]
        for covered in (accounts(runs.covered(tx, one.id)),)
    )


def accounts(covered: Mapping[str, Coverage]) -> tuple[Coverage, ...]:
    """What a run could read of the accounts, without the council's website."""
    return tuple(one for account, one in covered.items() if account != WEBSITE)


def not_checked(covered: tuple[Coverage, ...]) -> tuple[str, ...]:
    """The platforms' names of the accounts of which nothing could be read.

    Where only people look is no such account: nothing else was to be expected.
    """
    missed = (one for one in covered if one.status is ReadStatus.NOT_READ)
    return tuple(one.title for one in missed if one.platform != BY_HAND)


def fixed(
    before: Mapping[str, Finding],
    now: Mapping[str, Finding],
    run: Run,
    covered: Mapping[str, Coverage],
) -> tuple[Finding, ...]:
    """What was to do at the baseline and is fixed now, by this run or an incident in between."""
    return tuple(
        now[mark]
        for mark, finding in before.items()
        if finding.to_do
        and mark in now
        and now[mark].status is Status.FIXED
        and (run.kind is RunKind.WEEKLY or finding.account in covered)
    )
