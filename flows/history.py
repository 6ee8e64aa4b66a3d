"""The runs before a run, as its report tells of them: numbers, gaps, what was fixed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.audit import Earlier
from socialaudit.finding import ReadStatus, RunKind, Status
from socialaudit.models import WEBSITE
from socialaudit.store import findings, runs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Connection

    from flows.plan import Plan
    from socialaudit.finding import Coverage, Finding, Run

TO_DO = tuple(status for status in Status if status.to_do)
LISTED = 26
"""Earlier reports that a report lists: half a year of weeks."""


def weeks(tx: Connection, plan: Plan, run: Run) -> tuple[tuple[date, int], ...]:
    """The last day and the number of things to do of each weekly run before, oldest first."""
    numbers = findings.counted(tx, run.council, TO_DO)
    return tuple(
        (plan.last_day(one), numbers.get(one.id, 0))
        for one in runs.of_council(tx, run.council, (RunKind.WEEKLY,))
        if one.window.until < run.window.until
    )


def earlier(tx: Connection, plan: Plan, run: Run) -> tuple[Earlier, ...]:
    """The reports of the runs that were closed before, newest first."""
    closed = runs.of_council(tx, run.council)
    before = closed[: next((n for n, one in enumerate(closed) if one.id == run.id), len(closed))]
    to_do = findings.counted(tx, run.council, TO_DO)
    fixed = findings.counted(tx, run.council, (Status.FIXED,))
    return tuple(
        Earlier(
            run=one.id,
            kind=one.kind,
            last_day=plan.last_day(one),
            to_do=to_do.get(one.id, 0),
            fixed=fixed.get(one.id, 0),
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
    """The platforms' names of the accounts of which nothing could be read."""
    return tuple(one.title for one in covered if one.status is ReadStatus.NOT_READ)


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
