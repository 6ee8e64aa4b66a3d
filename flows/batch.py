"""The weekly runs of a batch of councils, one after the other, each in a process of its own."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime  # noqa: TC003 - Prefect reads the annotations
from typing import Annotated

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State  # noqa: TC002 - likewise
from prefect.states import Completed
from pydantic import Field

from flows import follow_up
from flows.alone import MEGABYTES, SECONDS, Budget, End, Ended, audit_alone
from flows.weekly import scheduled_time

LOG = logging.getLogger("socialaudit.batch")


@task(name="council", task_run_name="{council}", cache_policy=NO_CACHE, persist_result=False)
def audit_one(council: str, now: datetime, budget: Budget, *, fixed: bool, tell: bool) -> Ended:
    """Audit one council; how it ended. What a limit cut off is asked for later."""
    ended = audit_alone(council, now, budget, fixed=fixed, tell=tell)
    if ended.window:
        follow_up.ask(council, ended.window, ended.cut_off, ended.retry_at)
    return ended


@flow(name="batch", persist_result=False)
def audit_batch(
    councils: Annotated[list[str], Field(min_length=1)],
    now: datetime | None = None,
    seconds: Annotated[int, Field(ge=1)] = SECONDS,
    megabytes: Annotated[int, Field(ge=1)] = MEGABYTES,
    fixed: bool = False,  # noqa: FBT001, FBT002 - Prefect shows parameters by name
    tell: bool = True,  # noqa: FBT001, FBT002 - likewise
) -> State[None]:
    """Audit the last whole week of some councils.

    Args:
        councils: Ids of the councils
        now: The time to audit as of; empty for the scheduled time
        seconds: How long one council may take
        megabytes: How much memory one council may use
        fixed: Whether the clock stands still at that time
        tell: Whether a council is told by email when its audit fails
    """
    moment = now or scheduled_time()
    budget = Budget(seconds, megabytes)
    ended = [audit_one(c, moment, budget, fixed=fixed, tell=tell) for c in councils]
    counts = Counter(one.end for one in ended)
    words = ", ".join(f"{counts[end]} {end.value}" for end in End if counts[end])
    LOG.info("%d councils: %s", len(ended), words)
    return Completed(message=words)
