from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from checks.group_membership import NOBODY_SAID, Parameters, group_membership
from socialaudit import engine
from socialaudit.check import Confidence, Counted, Observation
from socialaudit.finding import Outcome, fingerprint
from socialaudit.records import from_records
from socialaudit.register import Action, Entry
from tests.checks.judging import a_context
from tests.records import COUNCIL, NOW

if TYPE_CHECKING:
    from socialaudit.check import Context
    from socialaudit.finding import Assessment

ALLOTMENTS = "https://www.facebook.com/groups/testham-allotments/"
YOUTH = "https://www.facebook.com/groups/123456"


def a_look(day: date, link: str = ALLOTMENTS, action: Action = Action.LOOKED) -> Entry:
    return Entry(
        council="testham", day=day, link=link, action=action, rule="Section 5", by="A. Clerk"
    )


def asked(
    groups: tuple[str, ...] | None, *register: Entry, parameters: Parameters | None = None
) -> Context:
    return a_context(
        group_membership,
        council=replace(COUNCIL, groups=groups),
        register=register,
        parameters=parameters or Parameters(),
    )


def seen(context: Context) -> list[Observation]:
    told = group_membership.judge(from_records([]), context)
    return [one for one in told if isinstance(one, Observation)]


def outcome(context: Context) -> Assessment:
    (found,) = engine.assess([group_membership], from_records([]), context, {}, {}).assessments
    return found


def test_a_group_that_nobody_looked_at_is_a_thing_to_do() -> None:
    (one,) = seen(asked((ALLOTMENTS,)))
    assert one.message == (
        "Nobody has written down a look at the members of the group ‘testham-allotments’."
    )
    assert one.confidence is Confidence.CERTAIN


@pytest.mark.parametrize(
    "link",
    [ALLOTMENTS, "https://m.facebook.com/groups/Testham-Allotments/members?ref=share"],
)
def test_a_look_of_the_last_ninety_days_is_well(link: str) -> None:
    assert outcome(asked((ALLOTMENTS,), a_look(date(2026, 8, 18), link))).outcome is Outcome.PASS


def test_a_look_of_long_ago_is_told_with_its_day() -> None:
    (one,) = seen(asked((ALLOTMENTS,), a_look(date(2026, 8, 17)), a_look(date(2026, 5, 3))))
    assert one.message.endswith("were last looked at on 17 August 2026.")


def test_how_long_a_look_holds_is_the_policys_to_set() -> None:
    look = a_look(date(2026, 5, 3))
    assert seen(asked((ALLOTMENTS,), look, parameters=Parameters(days=365))) == []


@pytest.mark.parametrize(
    "entry",
    [
        a_look(NOW.date(), YOUTH),
        a_look(NOW.date(), ALLOTMENTS.rstrip("/") + "-2"),
        a_look(NOW.date(), action=Action.DELETED),
        a_look(NOW.date(), "https://www.facebook.com/"),
    ],
)
def test_a_line_on_something_else_is_no_look(entry: Entry) -> None:
    assert len(seen(asked((ALLOTMENTS,), entry))) == 1


def test_each_group_is_a_finding_of_its_own_from_week_to_week() -> None:
    marks = {
        fingerprint("group-membership", None, None, one.subject)
        for one in seen(asked((ALLOTMENTS, YOUTH)))
    }
    assert len(marks) == 2


def test_a_council_that_says_it_runs_none_has_nothing_to_look_at() -> None:
    assert outcome(asked(())).outcome is Outcome.NOT_APPLICABLE


def test_a_council_that_has_not_said_is_not_assessed_and_told_whom_to_tell() -> None:
    found = outcome(asked(None))
    assert (found.outcome, found.reason) == (Outcome.NOT_ASSESSED, NOBODY_SAID)
    told = list(group_membership.judge(from_records([]), asked(None)))
    assert told == [Counted(None, 0, 1, NOBODY_SAID)]
