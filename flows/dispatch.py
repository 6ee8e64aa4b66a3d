"""Monday's reports for every council, as batches that any worker takes; and the missing ones later."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from prefect import flow
from prefect.deployments import run_deployment
from prefect.states import Scheduled

from flows import batching
from flows.weekly import scheduled_time

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

LOG = logging.getLogger("socialaudit.dispatch")
BATCH = "batch/batch"
"""The deployment that audits a batch: flow and name."""
GRACE_MINUTES = 120
"""The batches of Monday at six begin within the hour; an hour more lets them end."""


@flow(name="weekly", persist_result=False)
def dispatch_week(now: datetime | None = None, size: int = batching.SIZE) -> int:
    """Ask for the weekly report of every council in the folder; how many batches that made.

    A second call for the same week and councils asks for nothing new.

    Args:
        now: The time to audit as of; empty for the scheduled time
        size: The most councils in one batch
    """
    moment = now or scheduled_time()
    some = batching.due(batching.everybody(), moment)
    batches = batching.cut(some, size)
    for n, batch in enumerate(batches):
        _ask(batch, moment, moment + batching.SPREAD * n / len(batches))
    LOG.info("%d councils in %d batches", len(some), len(batches))
    return len(batches)


@flow(name="catch-up", persist_result=False)
def catch_up(
    now: datetime | None = None, size: int = batching.SIZE, grace_minutes: int = GRACE_MINUTES
) -> int:
    """Ask again for the weekly reports that are not there; how many councils lack theirs.

    Looks into our store alone, whatever Prefect believes of a run. A batch passes over councils
    whose run is at work. Its failures are not told by email again: the heartbeat tells the operator.

    Args:
        now: The time to look as of; empty for the scheduled time
        size: The most councils in one batch
        grace_minutes: How long after Monday at six a report is not missed; 0 after a crash
    """
    moment = now or scheduled_time()
    some = batching.due(batching.everybody(), moment, timedelta(minutes=grace_minutes))
    for batch in batching.cut(some, size):
        _ask(batch, moment, moment, again=f"{moment:%jT%H%M}"[:-1])
    LOG.info("%d councils lack their weekly report", len(some))
    return len(some)


def _ask(batch: tuple[str, ...], now: datetime, start: datetime, again: str = "") -> None:
    """Ask for a batch that nobody has asked for; and for one that crashed since it was asked for."""
    week = batching.week_of(now)
    key = ":".join(filter(None, (batching.key(week, batch), again)))
    parameters = {"councils": list(batch), "now": now.isoformat(), "tell": not again}
    while _asked(key, parameters, start, f"{week} {batch[0]} to {batch[-1]}").is_crashed():
        key += "+"


def _asked(key: str, parameters: dict[str, Any], start: datetime, name: str) -> State[Any]:
    """The state of the run of a key, which this asks for if there is none."""
    run = run_deployment(
        BATCH,
        parameters=parameters,
        flow_run_name=name,
        idempotency_key=key,
        scheduled_time=start,
        timeout=0,
        as_subflow=False,
    )
    return cast("FlowRun", run).state or Scheduled()
