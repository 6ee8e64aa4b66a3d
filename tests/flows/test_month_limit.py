from __future__ import annotations

from typing import TYPE_CHECKING

from demo import manifest
from flows import collecting, stages
from flows import plan as plans
from socialaudit.finding import ReadStatus
from socialaudit.store import Store, runs
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from demo.world import World
    from socialaudit.finding import Coverage

MONDAY = manifest.load().weekly


def read_x(world: World, dollars: float) -> tuple[Coverage, int]:
    """What could be read of X for so much money, and the requests that it took."""
    council = council_with(world, ('(id = "x"\n)', rf"\1month_limit = {dollars}\n"))
    plan = plans.weekly(council, MONDAY, fixed=True)
    before = len(world.servers["x"].log)
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        runs.begin(tx, plan.run)
    covered = collecting.collect(plan, store, "x")
    store.close()
    return covered, len(world.servers["x"].log) - before


def test_an_account_within_its_limit_is_read_whole(world: World) -> None:
    covered, _ = read_x(world, 1000.0)
    assert covered.status is ReadStatus.READ
    assert 0 < covered.amount < 1000


def test_reading_stops_at_the_limit_and_says_why(world: World) -> None:
    covered, requests = read_x(world, 0.01)
    assert covered.status is not ReadStatus.READ
    assert {u.cause for u in covered.unread if not u.permanent} == {"PaymentRequired"}
    assert requests == covered.requests > 0
    assert "month" in covered.unread[-1].words


def test_what_was_spent_earlier_in_the_month_counts(world: World) -> None:
    council = council_with(world, ('(id = "x"\n)', r"\1month_limit = 0.02\n"))
    first = plans.weekly(council, MONDAY, fixed=True)
    stages.look_back(first, stages.Plain(), first.run.window.since)
    before = len(world.servers["x"].log)
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        runs.begin(tx, first.run)
    covered = collecting.collect(first, store, "x")
    store.close()
    assert covered.status is ReadStatus.NOT_READ
    assert len(world.servers["x"].log) == before
