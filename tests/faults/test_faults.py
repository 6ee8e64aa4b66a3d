"""What machines, databases and Prefect may do in the middle of a week, done to real ones.

``make test-machines``. Times are shorter than in earnest (``stack.SILENCE``); nothing else is.
"""

from __future__ import annotations

import resource
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from socialaudit.finding import RunKind
from socialaudit.store import Store, runs
from tests.faults.processes import wait_until
from tests.faults.stack import PREFECT
from tests.faults.weeks import (
    ask,
    assert_one_report,
    councils,
    ended,
    held,
    messages,
    state,
    wait_for_reports,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.faults.stack import Stack

pytestmark = [pytest.mark.machines, pytest.mark.xdist_group("stack"), pytest.mark.timeout(900)]
SECONDS_GONE = 20


def test_a_machine_lost_in_any_stage_leaves_one_report_of_each_council(stack: Stack) -> None:
    points = {f"lost-in-{point}": point for point in ("collect", "assess", "report", "send")}
    names = councils(stack, *points, "lost-before-it-began")
    machine = stack.worker(limit=len(names))
    with held(stack, points) as all_are_there:
        lost = [ask(stack, "batch", councils=[name]) for name in points]
        all_are_there()
        late = ask(stack, "batch", councils=["lost-before-it-began"])
        wait_until("it is taken", lambda: state(stack, late) != "SCHEDULED", 600, 0.05)
        machine.lose()
    stack.worker()
    wait_for_reports(names)
    assert_one_report(stack, names, twice="lost-in-send")
    crashed = ["CRASHED"] * len(lost)
    wait_until("no run seems alive", lambda: [state(stack, run) for run in lost] == crashed, 120)


@contextmanager
def database_gone(stack: Stack) -> Iterator[None]:
    stack.postgresql("stop")
    yield
    stack.postgresql("start")


@contextmanager
def server_gone(stack: Stack) -> Iterator[None]:
    stack.server.lose()
    yield
    stack.server.start()


@pytest.mark.parametrize("gone", [database_gone, server_gone], ids=lambda g: g.__name__)
def test_what_is_gone_for_a_while_in_the_middle_of_a_batch_costs_no_report(
    stack: Stack, gone: Callable[[Stack], AbstractContextManager[None]]
) -> None:
    word = gone.__name__.replace("_", "-")
    names = councils(stack, *(f"{word}-{n}" for n in (1, 2, 3)))
    stack.worker()
    ask(stack, "batch", councils=names)
    wait_until("the first report", lambda: bool(messages(stack, names[0])), 600, 0.05)
    with gone(stack):
        time.sleep(SECONDS_GONE)
    stack.wait_for_server()
    wait_for_reports(names)
    assert_one_report(stack, names)


def test_a_batch_goes_on_without_redis_and_a_machine_lost_after_it_is_noticed(stack: Stack) -> None:
    names = councils(stack, "redis-gone", "lost-after-redis")
    machine = stack.worker()
    with held(stack, {names[1]: "assess"}) as all_are_there:
        ask(stack, "batch", councils=names)
        wait_until("the first report", lambda: bool(messages(stack, names[0])), 600, 0.05)
        stack.redis.lose()
        time.sleep(SECONDS_GONE)
        all_are_there()
        stack.redis.start()
        machine.lose()
    stack.worker()
    wait_for_reports(names)
    assert_one_report(stack, names)


def test_two_workers_with_the_same_council_and_the_same_run_make_one_report(stack: Stack) -> None:
    (name,) = councils(stack, "asked-twice")
    stack.worker(limit=1)
    stack.worker(limit=1)
    with held(stack, {name: "report"}) as all_are_there:
        twice = [ask(stack, "batch", councils=[name]) for _ in range(2)]
        all_are_there()
        wait_until("one passes", lambda: "COMPLETED" in [state(stack, run) for run in twice], 600)
        (at_work,) = (run for run in twice if state(stack, run) != "COMPLETED")
        third = stack.machine("third", [*PREFECT, "flow-run", "execute", at_work])
        passed = f"Task run '{name}' - Finished"
        wait_until("the other passes", lambda: passed in third.log.read_text("utf-8"), 600)
    said = sorted(ended(stack, run) for run in twice)
    assert said in (["1 busy", "1 done"], ["1 busy", "1 busy"])
    wait_for_reports([name])
    assert_one_report(stack, [name])


def test_a_clock_put_forward_or_back_makes_no_second_report(stack: Stack) -> None:
    sixes = {
        "clock-forward": datetime(2026, 3, 30, 5, tzinfo=UTC),
        "clock-back": datetime(2026, 10, 26, 6, tzinfo=UTC),
    }
    councils(stack, *sixes, timezone="Europe/London")
    stack.worker()
    for later in (timedelta(0), timedelta(hours=1), timedelta(hours=-1)):
        asked = [
            ask(stack, "batch", councils=[name], now=(six + later).isoformat())
            for name, six in sixes.items()
        ]
        assert [ended(stack, run) for run in asked] == ["1 done", "1 done"]
    assert_one_report(stack, list(sixes))
    assert [hours_of_the_week(stack, name) for name in sixes] == [167, 169]


def hours_of_the_week(stack: Stack, council: str) -> float:
    with closing(Store.open(stack.database)) as store, store.begin() as tx:
        (week,) = runs.of_council(tx, council, (RunKind.WEEKLY,))
    return (week.window.until - week.window.since) / timedelta(hours=1)


def test_a_report_that_found_no_room_is_made_when_there_is_room_again(stack: Stack) -> None:
    (name,) = councils(stack, "disk-full")
    machine = stack.worker()
    wait_until("a worker", lambda: "started!" in machine.log.read_text("utf-8"), 600)
    machine.fill_disk(40_000)
    assert ended(stack, ask(stack, "batch", councils=[name])) == "1 failed"
    machine.fill_disk(resource.RLIM_INFINITY)
    ask(stack, "catch-up", grace_minutes=0)
    wait_for_reports([name])
    assert_one_report(stack, [name], told=1)
