"""What the command line asks for, joined from the parts. Imports no Prefect until an audit needs it."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from platformdirs import user_data_dir

from flows import assessing, delivering, embedded, reporting, retaining
from flows import plan as plans
from reports import email, results, spreadsheet, web
from socialaudit import settings
from socialaudit.errors import SocialAuditError, UsageError
from socialaudit.finding import RunKind
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.plan import Plan
    from flows.stages import Result
    from reports.audit import Audit
    from socialaudit.store.retention import Emptied


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The arguments of ``socialaudit audit``; with dates or accounts it is an incident."""

    council: str
    accounts: tuple[str, ...] = ()
    since: date | datetime | None = None
    until: date | datetime | None = None
    reason: str = ""
    by: str = ""
    now: datetime | None = None
    folder: Path | None = None
    email: bool = True

    @property
    def incident(self) -> bool:
        """Whether it asks for more than the last whole week."""
        return bool(self.accounts or self.since or self.until)


def audit(asked: Asked) -> Result:
    """Run an audit under Prefect: the user's server, or one of ours for as long as it takes.

    Raises ``UsageError`` for every fault in what a person wrote, before Prefect is started. What
    keeps the audit from beginning is told by email too, like what breaks it off.
    """
    plan = _rehearse(asked)
    folder = str(asked.folder or "")
    with ExitStack() as until_done:
        try:
            Store.open(settings.load().database_url).close()
            until_done.enter_context(embedded.server(prefect_home()))
        except SocialAuditError as fault:
            if asked.email:
                delivering.tell_failure(plan, fault)
            raise
        from flows.incident import incident_audit  # noqa: PLC0415 - Prefect reads its settings on import
        from flows.weekly import weekly_audit  # noqa: PLC0415 - likewise

        if not asked.incident:
            return weekly_audit(
                council=asked.council, now=asked.now, folder=folder, email=asked.email
            )
        return incident_audit(
            council=asked.council,
            reason=asked.reason,
            by=asked.by,
            accounts=list(asked.accounts),
            since=asked.since,
            until=asked.until,
            now=asked.now,
            folder=folder,
            email=asked.email,
        )


class Town(Protocol):
    """A town to demonstrate on: servers that show it as of a moment, and a council file."""

    out: Path

    def at(self, now: datetime) -> None:
        """Show the town as of another moment."""

    def council_file(self) -> Path:
        """Write the council file that names the servers; its path."""


def demonstrate(town: Town, before: datetime, monday: datetime) -> Result:
    """Two Mondays of a town: accounts connected and looked back on, then the weekly audit.

    Everything lies in the town's folder. Run again, it is the same run.
    """
    clock = time.monotonic()
    with embedded.server(town.out / "prefect"):
        from flows.weekly import first_audit, weekly_audit  # noqa: PLC0415 - Prefect reads its settings on import

        clock = _stage("Prefect started", clock)
        council = str(town.council_file())
        town.at(before)
        first_audit(council=council, now=before)
        clock = _stage("looked back on eight weeks", clock)
        town.at(monday)
        result = weekly_audit(council=council, now=monday, folder=str(town.out))
        _stage("audited the week and sent the report", clock)
    return result


def _stage(what: str, since: float) -> float:
    now = time.monotonic()
    sys.stderr.write(f"{now - since:6.1f} s  {what}\n")
    return now


def _rehearse(asked: Asked) -> Plan:
    """Find what is wrong with files, arguments and settings before anything starts."""
    settings.load()
    path, now = plans.find(asked.council), asked.now or datetime.now(UTC)
    if not asked.incident:
        if asked.reason or asked.by:
            raise UsageError(
                "--reason and --by go with --account, --since or --until: an incident check"
            )
        return plans.weekly(path, now)
    return plans.incident(
        path,
        now,
        accounts=asked.accounts,
        since=asked.since,
        until=asked.until,
        reason=asked.reason,
        by=asked.by,
    )


def prefect_home() -> Path:
    """Where the embedded Prefect server keeps its files; never a record of ours."""
    return Path(user_data_dir("socialaudit")) / "prefect"


FORMS: Mapping[str, Callable[[Audit], str]] = {
    "web": web.render,
    "email": lambda audit: email.render(audit).html,
    "text": lambda audit: email.render(audit).text,
    "json": results.dumps,
    "csv": spreadsheet.findings_csv,
}


def report(council: str, run_id: str | None, form: str) -> str:
    """The report of a closed run, from the store."""
    plan = _stored_plan(council, run_id)
    store = Store.open(settings.load().database_url).of(plan.run.council)
    try:
        with store.begin() as tx:
            return FORMS[form](reporting.load(plan, tx))
    finally:
        store.close()


def assess(council: str, run_id: str | None) -> str:
    """What today's policy says of the evidence of a run: outcomes as a table of text."""
    plan = _stored_plan(council, run_id)
    store = Store.open(settings.load().database_url).of(plan.run.council)
    try:
        with store.begin() as tx:
            judged = assessing.judge(tx, plan)
            before = {(a.check, a.account): a for a in runs.read_assessments(tx, plan.run.id)}
    finally:
        store.close()
    lines = []
    for one in judged.assessments:
        was = before.get((one.check, one.account))
        changed = (
            ""
            if was and was.outcome is one.outcome
            else f"  (was {was.outcome if was else 'not judged'})"
        )
        lines.append(
            f"{one.check:22} {one.account or '-':16} {one.outcome:15} "
            f"{one.failed} of {one.examined}{changed}"
        )
    return "\n".join(lines) + "\n"


def verify(council: str) -> tuple[str | None, int]:
    """The first run whose digest does not fit, or ``None``; and the number of closed runs."""
    found, _ = plans.read_files(plans.find(council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        with store.begin() as tx:
            return (
                runs.broken_link(tx, found.council.id),
                len(runs.of_council(tx, found.council.id)),
            )
    finally:
        store.close()


def purge(council: str, now: datetime | None) -> Emptied:
    """Empty what the council's retention no longer allows; every audit does so too."""
    found, _ = plans.read_files(plans.find(council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        return retaining.purge(found, store, now or datetime.now(UTC))
    finally:
        store.close()


def write(path: Path, text: str) -> None:
    """Write one file, whole or not at all."""
    reporting.write(path.parent, {path.name: text})


def _stored_plan(council: str, run_id: str | None) -> Plan:
    found, rules = plans.read_files(plans.find(council))
    store = Store.open(settings.load().database_url).of(found.council.id)
    try:
        with store.begin() as tx:
            closed = runs.of_council(tx, found.council.id)
    finally:
        store.close()
    wanted = [r for r in closed if (r.kind is RunKind.WEEKLY if run_id is None else r.id == run_id)]
    if not wanted:
        what = f"run {run_id!r}" if run_id else "finished weekly run"
        known = ", ".join(r.id for r in closed[-3:]) or "none yet"
        raise UsageError(f"{found.council.id} has no {what}; the last runs: {known}")
    return plans.Plan(found, rules, wanted[-1])
