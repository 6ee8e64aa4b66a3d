"""What machines, databases and Prefect may do in the middle of a week, done to real ones.

``make test-faults``. Times are shorter than in earnest (``stack.SILENCE``); nothing else is.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.faults.processes import wait_until
from tests.faults.weeks import (
    ask,
    assert_one_report,
    councils,
    held,
    messages,
    state,
    wait_for_reports,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.faults.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("stack"), pytest.mark.timeout(900)]
SECONDS_GONE = 20


def lose_a_machine(stack: Stack, names: list[str], points: dict[str, str]) -> list[str]:
    """Switch a machine off when each council is in its stage, and the others not begun; their runs."""
    machine = stack.worker(limit=len(names))
    with held(stack, points) as all_are_there:
        lost = [ask(stack, "batch", councils=[name]) for name in points]
        all_are_there()
        late = [ask(stack, "batch", councils=[name]) for name in names if name not in points]
        wait_until("taken", lambda: all(state(stack, run) == "PENDING" for run in late), 600, 0.05)
        machine.lose()
    return lost + late


def test_a_machine_lost_in_any_stage_leaves_one_report_of_each_council(stack: Stack) -> None:
    points = {f"lost-in-{point}": point for point in ("collect", "assess", "report", "send")}
    names = councils(stack, *points, "lost-before-it-began")
    lost = lose_a_machine(stack, names, points)
    stack.worker()
    wait_for_reports(names)
    assert_one_report(stack, names, twice="lost-in-send")
    ends = [state(stack, run) for run in lost]
    assert ends[:4] == ["CRASHED"] * 4
    assert ends[4] in {"CRASHED", "PENDING"}, "its council was caught up with the others"


@contextmanager
def database_gone(stack: Stack) -> Iterator[None]:
    stack.postgresql("stop")
    yield
    stack.postgresql("start")


@pytest.mark.parametrize("gone", [database_gone], ids=lambda g: g.__name__)
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
