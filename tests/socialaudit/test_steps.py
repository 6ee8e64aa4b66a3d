from __future__ import annotations

from datetime import date

import checks
import connectors
from socialaudit import steps


def test_every_check_has_its_steps_here_and_nothing_else_has() -> None:
    assert steps.checks() == set(checks.load())
    assert {id_: check.how for id_, check in checks.load().items()} == {
        id_: steps.of(id_) for id_ in steps.checks()
    }


def test_every_platform_with_steps_says_when_they_were_last_verified() -> None:
    platforms = {name for id_ in steps.checks() for name in steps.of(id_)} - {""}
    assert platforms == set(steps.verified()) <= set(connectors.NAMES)
    assert all(type(day) is date for day in steps.verified().values())


def test_what_has_no_steps_has_none() -> None:
    assert steps.of("no-such-check") == {}
