"""A run that somebody asked for: some accounts and days again, after an incident."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow, runtime
from pydantic import Field

from flows import plan as plans
from flows.stages import Result, run
from flows.tasks import Orchestrated


@flow(name="incident-audit", flow_run_name="incident-{council}", persist_result=False)
def incident_audit(
    council: Annotated[str, Field(min_length=1)],
    reason: Annotated[str, Field(min_length=1, max_length=500)],
    by: Annotated[str, Field(max_length=100)] = "",
    accounts: list[str] | None = None,
    since: date | datetime | None = None,
    until: date | datetime | None = None,
    now: datetime | None = None,
    folder: str = "",
    email: bool = True,  # noqa: FBT001, FBT002 - Prefect shows parameters by name
) -> Result:
    """Check some accounts and days again.

    Args:
        council: A council file, or the id of one
        reason: Why this is checked again
        by: Who asked, by their job such as the mayor; no name
        accounts: Ids of the accounts to read; none for all
        since: First day to check (local date); empty for seven days before the end
        until: Last day to check, included; empty for now
        now: The time to audit as of; empty for the real time
        folder: Where to put the report's files; empty for the usual place
        email: Whether to email the report
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
    return run(plan, Orchestrated(), folder, email=email)
