"""What a report says of the runs before it, on the demo town."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from demo import manifest
from flows import plan as plans
from flows import reporting, stages
from reports.audit import movement
from socialaudit.finding import RunKind
from socialaudit.store import Store

if TYPE_CHECKING:
    from demo.world import World
    from flows.plan import Plan
    from reports.audit import Audit

KNOWN = manifest.load()


def loaded(world: World, plan: Plan) -> Audit:
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    try:
        with store.begin() as tx:
            return reporting.load(plan, tx)
    finally:
        store.close()


def test_what_an_extra_check_saw_fixed_is_fixed_in_the_weekly_report_too(world: World) -> None:
    council = world.council_file()
    world.at(KNOWN.first)
    stages.run(plans.weekly(council, KNOWN.first, fixed=True), stages.Plain(), email=False)
    world.at(KNOWN.weekly)
    asked = KNOWN.weekly - timedelta(hours=1)
    extra = plans.incident(council, asked, reason="a complaint", by="the mayor", fixed=True)
    stages.run(extra, stages.Plain(), email=False)
    weekly = plans.weekly(council, KNOWN.weekly, fixed=True)
    stages.run(weekly, stages.Plain(), email=False)
    audit = loaded(world, weekly)
    moved = movement(audit)
    assert len(moved.fixed) > 0
    assert moved.answered == frozenset()
    assert [one.kind for one in audit.earlier] == [RunKind.INCIDENT, RunKind.WEEKLY, RunKind.FIRST]
    assert (audit.earlier[0].asked_by, audit.earlier[0].accounts) == ("the mayor", 4)
    assert audit.earlier[0].fixed >= len(moved.fixed)
    assert audit.previous_run == audit.earlier[1].run


def test_a_report_made_again_tells_only_of_what_was_before_it(world: World) -> None:
    council = world.council_file()
    first, weekly = (plans.weekly(council, day, fixed=True) for day in (KNOWN.first, KNOWN.weekly))
    for plan, day in ((first, KNOWN.first), (weekly, KNOWN.weekly)):
        world.at(day)
        stages.run(plan, stages.Plain(), email=False)
    assert weekly.run.id not in {one.run for one in loaded(world, first).earlier}
