from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import plan as plans
from flows import stages
from socialaudit.finding import RunKind
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from demo.world import World
    from flows.plan import Plan
    from socialaudit.finding import Coverage

KNOWN = manifest.load()


class Broken(stages.Plain):
    """Ends as a killed process does after some accounts."""

    def __init__(self, accounts: int) -> None:
        self.left = accounts

    def pull(self, plan: Plan, store: Store, account: str) -> Coverage:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().pull(plan, store, account)


def weekly(world: World) -> Plan:
    return plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)


def test_a_look_back_that_was_broken_off_is_finished_by_the_next_run(world: World) -> None:
    with pytest.raises(KeyboardInterrupt):
        stages.run(weekly(world), Broken(accounts=1))
    again = stages.run(weekly(world), stages.Plain())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        assert runs.unfinished(tx, KNOWN.council.id, RunKind.FIRST) == []
        kinds = [run.kind for run in runs.of_council(tx, KNOWN.council.id)]
    store.close()
    assert kinds == [RunKind.FIRST, RunKind.WEEKLY]
    assert again.to_do > 20


def test_an_account_added_later_is_looked_back_on_alone(world: World) -> None:
    council = world.council_file()
    whole = council.read_text()
    council.write_text(whole[: whole.index('[[account]]\nid = "youtube"')])
    stages.run(plans.weekly(council, KNOWN.first, fixed=True), stages.Plain())
    council.write_text(whole)
    stages.run(plans.weekly(council, KNOWN.weekly, fixed=True), stages.Plain())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        looked = runs.of_council(tx, KNOWN.council.id, [RunKind.FIRST])
    store.close()
    assert [run.accounts for run in looked] == [("facebook", "podcast", "x"), ("youtube",)]


def test_a_look_back_sends_nothing(world: World) -> None:
    plan = weekly(world)
    stages.look_back(plan, stages.Plain(), plan.run.window.since)
    assert world.mailbox.messages() == []
