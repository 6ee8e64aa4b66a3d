"""How long each kind of report takes, and how large it is: ``python -m bench.reports``.

The worst that a council could meet: 5,000 things to do, of every check in turn, after 200 weeks of
reports. The aims: each under 2 s, the email within its limits and the web report under 2 MB.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.measured import Table, seconds, show, timed
from reports import archive, email, results, spreadsheet, summary, web
from reports.action_plan import action_plan_csv
from reports.audit import Earlier
from reports.quarter import Quarter
from reports.summary import Summary, Week
from socialaudit.finding import RunKind
from tests.reports.audits import an_audit, many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reports.audit import Audit

THINGS, WEEKS, ROUNDS = 5_000, 200, 3
LAST = date(2026, 11, 15)


def measure() -> Iterator[Table]:
    """One table: each report's time and size."""
    rows = []
    for name, render in reports().items():
        rows.append(
            (name, seconds(timed(render, ROUNDS)), f"{len(render().encode()) / 1e3:,.0f} kB")
        )
    note = f"{THINGS:,} things to do after {WEEKS} weeks; median of {ROUNDS}. Aim: 2 s each."
    yield Table("Reports", ("report", "time", "size"), rows, note)


def reports() -> dict[str, Callable[[], str]]:
    """Every kind of report on the same worst week, by its name."""
    audit = worst()
    return {
        "email (HTML part)": lambda: email.render(audit).html,
        "web report": lambda: web.render(audit),
        "results.json": lambda: results.dumps(audit),
        "findings.csv": lambda: spreadsheet.findings_csv(audit),
        "action plan": lambda: action_plan_csv(audit),
        "quarterly summary": lambda: summary.render(a_quarter(audit)),
        "front page of the archive": lambda: archive.render(
            audit.council, audit.policy, every_week(audit), audit.day
        ),
    }


def worst() -> Audit:
    """The audit of the worst week."""
    days = [LAST - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]
    week = Earlier(
        run="cromer-2026-11-08-weekly",
        kind=RunKind.WEEKLY,
        last_day=LAST,
        to_do=THINGS,
        fixed=12,
        accounts=4,
    )
    return an_audit(
        *many(THINGS),
        history=tuple((day, THINGS - n) for n, day in enumerate(days)),
        earlier=tuple(
            replace(week, run=f"cromer-{day}-weekly", last_day=day) for day in days[-26:]
        ),
    )


def every_week(audit: Audit) -> list[archive.Report]:
    """The reports of all the weeks, each with things to do in every part of the policy."""
    by_clause = {c.id: THINGS // 10 for c in audit.policy.clauses}
    return [
        archive.Report(
            run=f"cromer-{day}-weekly",
            kind=RunKind.WEEKLY,
            last_day=day,
            to_do={"": THINGS, **by_clause},
            not_checked=("X (Twitter)",),
        )
        for n in range(WEEKS, -1, -1)
        for day in (LAST - timedelta(weeks=n),)
    ]


def a_quarter(audit: Audit) -> Summary:
    """The quarter that the worst week ends."""
    weeks = [Week(LAST - timedelta(weeks=n), THINGS, ("X (Twitter)",)) for n in range(7, -1, -1)]
    return Summary(
        quarter=Quarter.of(LAST),
        audit=audit,
        start=weeks[0],
        before=audit.to_do,
        weeks=tuple(weeks[1:]),
        fixed=audit.to_do,
        today=audit.day,
    )


if __name__ == "__main__":
    show(measure())
