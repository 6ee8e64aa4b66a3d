from __future__ import annotations

from datetime import date

import checks
import connectors
from socialaudit import steps
from socialaudit.catalogue import card
from socialaudit.looking import BY_HAND

FIRST = date(2026, 11, 22)


def test_every_check_has_its_steps_here_and_nothing_else_has() -> None:
    assert steps.checks() == set(checks.load())
    assert {id_: check.how for id_, check in checks.load().items()} == {
        id_: steps.of(id_) for id_ in steps.checks()
    }


def test_a_day_of_verification_stands_beside_steps_that_there_are() -> None:
    found = {id_: steps.verified(id_) for id_ in steps.checks()}
    assert {"youtube"} == {platform for days in found.values() for platform in days}
    for id_, days in found.items():
        assert set(days) <= set(steps.of(id_)) - {""} <= {*connectors.NAMES, BY_HAND}
        assert all(type(day) is date and day >= FIRST for day in days.values())
        assert checks.load()[id_].verified == days


def test_what_was_not_verified_says_so() -> None:
    told = card(checks.load()["held-comments"])
    assert "YouTube (checked against its help pages on 2026-" in told
    assert "Facebook (not yet checked against its help pages):" in told
    assert "Elsewhere:" in told


def test_what_has_no_steps_has_none() -> None:
    assert steps.of("no-such-check") == {}
