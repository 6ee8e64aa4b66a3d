"""What a run saw vanish, from week to week, and the register that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import plan as plans
from flows import recording, stages
from socialaudit.finding import Status
from socialaudit.store import Store, findings, runs

if TYPE_CHECKING:
    from datetime import datetime

    from demo.world import World
    from socialaudit.finding import Finding

KNOWN = manifest.load()
CHECK = "removed-without-record"


def listed(world: World, now: datetime) -> Finding | None:
    """What the run of a Monday says of the one comment that vanished; ``None`` for nothing."""
    world.at(now)
    plan = plans.weekly(world.council_file(), now, fixed=True)
    stages.run(plan, stages.Plain(), email=False)
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        stood = findings.of_run(tx, plan.run.id).values()
        assert runs.broken_link(tx, plan.run.council) is None
    store.close()
    return next((f for f in stood if f.check == CHECK), None)


@pytest.mark.parametrize(("written", "status"), [(False, Status.OPEN), (True, Status.FIXED)])
def test_what_vanished_stays_on_the_list_until_it_is_written_down(
    world: World, *, written: bool, status: Status
) -> None:
    assert listed(world, KNOWN.first) is None
    new = listed(world, KNOWN.weekly)
    assert new is not None
    assert (new.status, new.account) == (Status.NEW, "youtube")
    assert new.subject is not None
    assert new.subject.permalink is not None
    if written:
        link = f"https://m.youtube.com/watch?lc={new.subject.id}&v=elsewhere"
        given = recording.Moderated(
            str(world.council_file()), link, "deleted", "House rule 4: advertising", "A. Clerk"
        )
        recording.register(given, KNOWN.weekly)
    later = listed(world, KNOWN.weekly + (KNOWN.weekly - KNOWN.first))
    assert later is not None
    assert (later.ref, later.status) == (new.ref, status)
