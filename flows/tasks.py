"""The four stages as Prefect tasks: one per account pull, one each for assess, report, deliver.

No result is persisted and no record body is an argument or a result. Prefect retries only what
could not be reached; everything else is decided once, in the plain functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows import assessing, collecting, delivering, reporting
from socialaudit.errors import Unreachable

if TYPE_CHECKING:
    from pathlib import Path

    from prefect.client.schemas.objects import State, TaskRun

    from flows.plan import Plan
    from socialaudit.finding import Coverage
    from socialaudit.store import Store

RETRY_DELAYS = [2.0, 10.0]
"""Seconds between attempts at an account that could not be reached."""
PULL_SECONDS = 1800
"""No account takes half an hour: 500 pages at the slowest answer we accept take less."""


def could_not_be_reached(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """Whether another attempt may help."""
    return isinstance(state.result(raise_on_failure=False), Unreachable)


@task(
    name="pull",
    task_run_name="pull-{account}",
    retries=len(RETRY_DELAYS),
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=could_not_be_reached,
    timeout_seconds=PULL_SECONDS,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def pull(plan: Plan, store: Store, account: str) -> Coverage:
    """Read one account; raise ``Unreachable`` so that Prefect tries again."""
    return collecting.collect(plan, store, account, final=False)


@task(name="assess", cache_policy=NO_CACHE, persist_result=False)
def assess(plan: Plan, store: Store) -> None:
    """Judge and close the run."""
    assessing.assess(plan, store)


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def report(plan: Plan, store: Store, folder: Path | None, *, email: bool) -> None:
    """Write the files and queue the messages."""
    reporting.report(plan, store, folder, email=email)


@task(name="deliver", cache_policy=NO_CACHE, persist_result=False)
def deliver(plan: Plan, store: Store) -> int:
    """Send what is queued; the number of messages still undelivered."""
    return delivering.deliver(plan, store)


class Orchestrated:
    """The stages as tasks of the flow run around them."""

    def pull(self, plan: Plan, store: Store, account: str) -> Coverage:
        """Read one account, with retries."""
        return pull(plan, store, account)

    def assess(self, plan: Plan, store: Store) -> None:
        """Judge and close the run."""
        assess(plan, store)

    def report(self, plan: Plan, store: Store, folder: Path | None, *, email: bool) -> None:
        """Write the files and queue the messages."""
        report(plan, store, folder, email=email)

    def deliver(self, plan: Plan, store: Store) -> int:
        """Send what is queued."""
        return deliver(plan, store)
