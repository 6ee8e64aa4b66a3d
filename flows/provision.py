"""What a Prefect server needs beside the deployments: limits for all workers, and three automations.

``python -m flows.provision``, after ``prefect deploy --all``; run again after an upgrade. Prefect runs
nothing again by itself: without these a killed worker leaves its runs *Running* or *Pending* for ever.
"""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectNotFound

from flows.shared_limits import PREFIX, SHARED

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import SyncPrefectClient

SILENCE = timedelta(seconds=120)
"""Without a heartbeat for so long a run has lost its process; they come every 30 seconds."""
START = timedelta(minutes=5)
"""A run that is Pending for so long has lost the worker that took it."""
CATCH_UP = "catch-up/catch-up"
_ENDS = frozenset(
    f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed")
)
_RUNS = ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]})
_WEEKLY = ResourceSpecification(
    {"prefect.resource.role": "deployment", "prefect.resource.name": ["weekly", "batch", "council"]}
)


def main() -> None:
    """Make or renew everything on the server of PREFECT_API_URL."""
    silence, pending = _times()
    with get_client(sync_client=True) as client:
        limits(client)
        try:
            catch_up = client.read_deployment_by_name(CATCH_UP).id
        except ObjectNotFound:
            sys.exit("deploy first: prefect --no-prompt deploy --all")
        for automation in automations(catch_up, silence, pending):
            for old in client.read_automations_by_name(automation.name):
                client.delete_automation(old.id)
            client.create_automation(automation)


def _times() -> tuple[timedelta, timedelta]:
    asked = argparse.ArgumentParser(prog="python -m flows.provision", description=__doc__)
    for name, usual, help_ in (
        ("--silence", SILENCE, "how long a run may give no sign of life"),
        ("--pending", START, "how long a run may take to start"),
    ):
        asked.add_argument(name, type=int, default=usual.seconds, metavar="SECONDS", help=help_)
    given = asked.parse_args()
    return timedelta(seconds=given.silence), timedelta(seconds=given.pending)


def limits(client: SyncPrefectClient) -> None:
    """A limit for each platform that has one door for everybody; an operator's own number stays."""
    there = {limit.name for limit in client.read_global_concurrency_limits(200)}
    for platform, (slots, per_second) in SHARED.items():
        name = PREFIX + platform
        if name not in there:
            client.create_global_concurrency_limit(
                GlobalConcurrencyLimitCreate(
                    name=name, limit=slots, slot_decay_per_second=per_second
                )
            )


def automations(
    catch_up: UUID, silence: timedelta = SILENCE, pending: timedelta = START
) -> list[AutomationCore]:
    """Runs without a sign of life crash; runs that never start crash; after a crash we catch up."""
    heartbeat, running = "prefect.flow-run.heartbeat", "prefect.flow-run.Running"
    return [
        AutomationCore(
            name="socialaudit: no sign of life",
            description="A run whose process or machine is gone is Crashed.",
            trigger=EventTrigger(
                match=_RUNS,
                after={heartbeat, running},
                expect={heartbeat, *_ENDS},
                for_each={"prefect.resource.id"},
                posture=Posture.Proactive,
                threshold=1,
                within=silence,
            ),
            actions=[_crashed("No sign of life")],
        ),
        AutomationCore(
            name="socialaudit: never started",
            description="A run that a worker took and never began is Crashed.",
            trigger=EventTrigger(
                match=_RUNS,
                after={"prefect.flow-run.Pending"},
                expect={running, "prefect.flow-run.AwaitingConcurrencySlot", *_ENDS},
                for_each={"prefect.resource.id"},
                posture=Posture.Proactive,
                threshold=1,
                within=pending,
            ),
            actions=[_crashed("Never started")],
        ),
        AutomationCore(
            name="socialaudit: catch up after a crash",
            description="The weekly reports that a crashed run owed are asked for again.",
            trigger=EventTrigger(
                match=_RUNS,
                match_related=_WEEKLY,
                expect={"prefect.flow-run.Crashed"},
                for_each={"prefect.resource.id"},
                posture=Posture.Reactive,
                threshold=1,
                within=timedelta(0),
            ),
            actions=[
                RunDeployment(
                    source="selected",
                    deployment_id=catch_up,
                    parameters={"grace_minutes": 0},
                    job_variables=None,
                )
            ],
        ),
    ]


def _crashed(why: str) -> ChangeFlowRunState:
    return ChangeFlowRunState(name=None, state=StateType.CRASHED, message=why, force=False)


if __name__ == "__main__":
    main()
