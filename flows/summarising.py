"""The quarterly summary of a council, from the store: a page for the committee and an action plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import history, reporting
from flows import plan as plans
from reports import summary as summaries
from reports.action_plan import action_plan_csv
from reports.quarter import Quarter
from reports.summary import Summary, Week
from socialaudit import settings
from socialaudit.errors import UsageError
from socialaudit.finding import RunKind, Status
from socialaudit.store import Store, findings, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from flows.plan import Plan
    from socialaudit.finding import Finding, Run


def write(council: str, name: str, page: Path, plan: Path | None, today: date) -> None:
    """Write the summary of the quarter of a name (2026-Q4), and its action plan where one is asked.

    Raises ``UsageError`` for a quarter without a weekly report, ``StoreError``.
    """
    quarter = Quarter.named(name)
    found, rules = plans.read_files(plans.find(council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        with store.begin() as tx:
            some = [plans.Plan(found, rules, r) for r in runs.of_council(tx, found.council.id)]
            if quarter not in quarters(some):
                known = ", ".join(q.name for q in quarters(some)) or "none yet"
                raise UsageError(f"{quarter.name} has no weekly report; there are {known}")
            summary = load(tx, some, quarter, today)
    finally:
        store.close()
    reporting.write(page.parent, {page.name: summaries.render(summary)})
    if plan is not None:
        reporting.write(plan.parent, {plan.name: action_plan_csv(summary.audit)})


def quarters(some: Sequence[Plan]) -> list[Quarter]:
    """The quarters in which a weekly run of these ended, in order."""
    return sorted({Quarter.of(plan.last_day(plan.run)) for plan in _weekly(some)})


def load(tx: Connection, some: Sequence[Plan], quarter: Quarter, today: date) -> Summary:
    """All that the page of a quarter tells; ``some`` are all closed runs, oldest first."""
    weekly = sorted(_weekly(some), key=lambda plan: plan.last_day(plan.run))
    within = [plan for plan in weekly if plan.last_day(plan.run) in quarter]
    before = [plan for plan in weekly if plan.last_day(plan.run) < quarter.first]
    start = (before or within[:1])[-1]
    counts = history.Counts.load(tx, start.run.council)
    audit = reporting.load(within[-1], tx)
    open_now = {f.fingerprint for f in audit.to_do}
    since = [plan.run for plan in some if start.last_day(start.run) < plan.last_day(plan.run)]
    until = audit.run.window.until
    return Summary(
        quarter=quarter,
        audit=audit,
        start=_week(tx, start, counts),
        before=tuple(f for f in findings.of_run(tx, start.run.id).values() if f.to_do),
        weeks=tuple(_week(tx, plan, counts) for plan in within),
        fixed=tuple(
            f
            for mark, f in _fixed(tx, [r for r in since if r.window.until <= until]).items()
            if mark not in open_now
        ),
        today=today,
    )


def _weekly(some: Sequence[Plan]) -> list[Plan]:
    return [plan for plan in some if plan.run.kind is RunKind.WEEKLY]


def _week(tx: Connection, plan: Plan, counts: history.Counts) -> Week:
    covered = history.accounts(runs.covered(tx, plan.run.id))
    return Week(
        plan.last_day(plan.run),
        counts.to_do(plan.run.id),
        history.not_checked(covered),
    )


def _fixed(tx: Connection, since: Sequence[Run]) -> dict[str, Finding]:
    return {
        mark: finding
        for run in since
        for mark, finding in findings.of_run(tx, run.id, (Status.FIXED,)).items()
        if not finding.excused
    }
