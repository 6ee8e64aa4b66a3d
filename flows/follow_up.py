"""Reading later what a limit cut off: asked for when a run ends, begun when the platform allows it.

The run that met the limit holds no worker meanwhile, and its report says what it could not read.
"""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from prefect import flow, runtime
from prefect.deployments import run_deployment
from prefect.exceptions import ObjectNotFound
from pydantic import Field

from flows import embedded
from flows import plan as plans
from flows.stages import Result, run
from flows.tasks import Orchestrated

if TYPE_CHECKING:
    from socialaudit.finding import Window

LOG = logging.getLogger("socialaudit.follow_up")
DEPLOYMENT = "follow-up/follow-up"
MOST = 3
"""Attempts; what cannot be read after them is read by the next weekly run."""
SOONEST, USUAL = timedelta(minutes=2), timedelta(hours=1)
"""How long to wait at least, and where the platform does not say until when."""


@flow(name="follow-up", flow_run_name="follow-up-{council}", persist_result=False)
def follow_up(
    council: Annotated[str, Field(min_length=1)],
    accounts: Annotated[list[str], Field(min_length=1)],
    since: datetime,
    until: datetime,
    attempt: Annotated[int, Field(ge=1, le=MOST)] = 1,
) -> Result:
    """Read what a limit cut off, and report on it as an extra check.

    Args:
        council: A council file, or the id of one
        accounts: Ids of the accounts to read
        since: The first moment of the week that was cut off
        until: The moment after its last
        attempt: Which attempt this is, counting from 1
    """
    plan = plans.incident(
        plans.find(council),
        datetime.now(UTC),
        accounts=accounts,
        since=since,
        until=until,
        reason="A platform's limit cut the weekly check short; this reads the rest",
        by="the weekly check itself",
        request=str(runtime.flow_run.id or ""),
    )
    result = run(plan, Orchestrated())
    ask(council, plan.run.window, result.cut_off, result.retry_at, attempt + 1)
    return result


def ask(
    council: str,
    window: Window,
    cut_off: tuple[str, ...],
    retry_at: datetime | None,
    attempt: int = 1,
) -> None:
    """Have the rest read when the platform allows it; asking twice asks once.

    Without a Prefect server of the user's nothing can wait: the log then says what to type.
    """
    if not cut_off or attempt > MOST:
        return
    now = datetime.now(UTC)
    start = max(retry_at or now + USUAL, now + SOONEST)
    parameters = {
        "council": council,
        "accounts": list(cut_off),
        "since": window.since.isoformat(),
        "until": window.until.isoformat(),
        "attempt": attempt,
    }
    if not _asked(parameters, start):
        names = " ".join(f"--account {account}" for account in cut_off)
        dates = f"--since {parameters['since']} --until {parameters['until']}"
        LOG.warning(
            "a platform's limit cut the reading short; from %s on: "
            "socialaudit audit %s %s %s --reason 'the rest of the week'",
            f"{start:%d %B %H:%M} UTC",
            council,
            names,
            dates,
        )


def _asked(parameters: dict[str, Any], start: datetime) -> bool:
    """Whether there is a server of the user's, with our deployment, that now has it to do."""
    address = os.environ.get("PREFECT_API_URL", "")
    if not address or embedded.is_ours(address):
        return False
    try:
        run_deployment(
            DEPLOYMENT,
            parameters=parameters,
            idempotency_key=":".join(str(part) for part in parameters.values()),
            scheduled_time=start,
            timeout=0,
            as_subflow=False,
        )
    except ObjectNotFound:
        return False
    return True
