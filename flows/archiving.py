"""The archive of a council: a folder with every report, for any web server or SharePoint library."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows import history, reporting, summarising
from flows import plan as plans
from reports import archive, web
from reports import summary as summaries
from socialaudit import settings
from socialaudit.store import Store, findings, runs

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Connection

    from flows.plan import Plan


def write_to(folder: Path, council: str, today: date) -> int:
    """Write every report of a council and the front page; the number of reports.

    All are made anew: words that retention has emptied leave the archive too. Pages of ours for
    which there is no run any more stay: the folder is the reader's. Raises ``UsageError``,
    ``StoreError``.
    """
    found, rules = plans.read_files(plans.find(council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        with store.begin() as tx:
            closed = runs.of_council(tx, found.council.id)
            some = [plans.Plan(found, rules, run) for run in closed]
            reports = _reports(tx, some)
        for plan, report in zip(some, reports, strict=True):
            with store.begin() as tx:  # one for each: SQLite lets nobody else write meanwhile
                audit = reporting.load(plan, tx)
            alone = replace(audit, web_url=None, beside=True)
            reporting.write(folder, {report.address: web.render(alone)})
        for quarter in summarising.quarters(some):
            with store.begin() as tx:
                summary = summarising.load(tx, some, quarter, today)
            reporting.write(folder, {archive.summary_name(quarter): summaries.render(summary)})
        front = archive.render(found.council, rules, reports, today)
        reporting.write(folder, {archive.INDEX: front})
    finally:
        store.close()
    return len(closed)


def _reports(tx: Connection, some: list[Plan]) -> list[archive.Report]:
    if not some:
        return []
    to_do = findings.to_do(tx, some[0].run.council)
    return [
        archive.Report(
            run=plan.run.id,
            kind=plan.run.kind,
            last_day=plan.last_day(plan.run),
            to_do=to_do.get(plan.run.id, {}),
            not_checked=history.not_checked(history.accounts(runs.covered(tx, plan.run.id))),
            reason=plan.run.reason,
        )
        for plan in some
    ]
