"""A run that somebody asked for: some accounts and days again, after an incident.

On a Prefect server of the user's the flow is a form (deployment ``incident``), and the run's page
says what was found and where the report is.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from prefect import flow, runtime
from prefect.artifacts import create_markdown_artifact
from pydantic import Field

from flows import plan as plans
from flows.form import Council, DayOrMoment, Folder, Names, Now  # noqa: TC001 - Prefect makes the form from it
from flows.plan import Plan  # noqa: TC001 - likewise
from flows.stages import Result, run
from flows.tasks import Orchestrated
from reports.audit import page_name
from reports.wording import count, listed
from socialaudit import settings


@flow(name="incident-audit", flow_run_name="incident-{council}", persist_result=False)
def incident_audit(
    council: Council,
    *,
    accounts: Names = None,
    since: DayOrMoment = None,
    until: DayOrMoment = None,
    reason: Annotated[str, Field(min_length=1, max_length=500)],
    by: Annotated[str, Field(max_length=100)] = "",
    email: bool = True,
    now: Now = None,
    folder: Folder = "",
) -> Result:
    """Check some accounts and days again, after an incident. The report goes to the same readers.

    Args:
        council: Which council: its id, such as cromer
        accounts: Which accounts: their ids in the council file, such as facebook. Leave empty for all
        since: First day to check. Leave empty for seven days before the last
        until: Last day to check, itself included. Leave empty for now
        reason: What happened, and why this is checked again. Stands in the report; name no residents
        by: Who asks, by their job such as the mayor. No name
        email: Whether to email the report to the council's readers
        now: The time to audit as of; empty for the real time
        folder: Where to put the report's files; empty for the usual place
    """
    request = "" if now else str(runtime.flow_run.id or "")
    plan = plans.incident(
        plans.find(council),
        now or datetime.now(UTC),
        accounts=accounts or (),
        since=since,
        until=until,
        reason=reason,
        by=by,
        request=request,
        fixed=now is not None,
    )
    result = run(plan, Orchestrated(), folder, email=email)
    create_markdown_artifact(
        said(plan, result, email=email), key=f"incident-{plan.run.council}", description=plan.run.id
    )
    return result


def said(plan: Plan, result: Result, *, email: bool) -> str:
    """What the page of the run says when it ends: what is to do, who was written to, the report."""
    council, readers = plan.council.council.name, listed(plan.council.report.recipients)
    lines = [f"**{council}**: {count(result.to_do, 'thing')} to do."]
    if not result.read:
        lines = [f"**{council}**: no account could be read."]
    if not (email and settings.load().sends):
        lines.append("No email was sent.")
    elif result.undelivered:
        waits = count(result.undelivered, "message")
        lines.append(f"Not delivered: {waits} of the council. The next run sends them again.")
    else:
        lines.append(f"{'The report was' if result.read else 'That was'} emailed to {readers}.")
    if plan.council.report.web_url:
        address = f"{plan.council.report.web_url.rstrip('/')}/{page_name(plan.run.id)}"
        lines.append(f"[The report]({address}), as soon as the archive is published again.")
    lines.append(f"Its files are in `{result.folder}` on the machine that made it.")
    return "\n\n".join(lines) + "\n"
