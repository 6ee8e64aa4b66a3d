"""The automatic weekly run: the last whole week of one council, ready by Monday morning."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from prefect import flow, runtime
from pydantic import Field

from flows import follow_up
from flows import plan as plans
from flows.stages import Result, look_back, run
from flows.tasks import Orchestrated


@flow(name="weekly-audit", flow_run_name="weekly-{council}", persist_result=False)
def weekly_audit(
    council: Annotated[str, Field(min_length=1)],
    now: datetime | None = None,
    folder: str = "",
    email: bool = True,  # noqa: FBT001, FBT002 - Prefect shows parameters by name
) -> Result:
    """Audit the last whole week, Monday to Sunday.

    Args:
        council: A council file, or the id of one
        now: The time to audit as of; empty for the scheduled time
        folder: Where to put the report's files; empty for the usual place
        email: Whether to email the report
    """
    plan = plans.weekly(plans.find(council), now or scheduled_time(), fixed=now is not None)
    result = run(plan, Orchestrated(), folder, email=email)
    follow_up.ask(council, plan.run.window, result.cut_off, result.retry_at)
    return result


@flow(name="look-back", flow_run_name="look-back-{council}", persist_result=False)
def first_audit(council: Annotated[str, Field(min_length=1)], now: datetime) -> Result:
    """Read the eight weeks before this one, of accounts that were never read; sends nothing.

    Args:
        council: A council file, or the id of one
        now: The time to audit as of
    """
    plan = plans.weekly(plans.find(council), now, fixed=True)
    return look_back(plan, Orchestrated(), plan.run.window.until)


def scheduled_time() -> datetime:
    """When this flow run was meant to start: a late run still audits the week it was made for."""
    return runtime.flow_run.scheduled_start_time or datetime.now(UTC)
