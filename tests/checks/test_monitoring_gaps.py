from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checks.monitoring_gaps import monitoring_gaps
from socialaudit.check import Confidence, Urgency
from socialaudit.looking import Look, Place
from socialaudit.models import FACTS, AccountKind, Unread
from tests.checks.judging import Said, judged
from tests.records import NOW

GROUP = Look(
    council="testham",
    account="group",
    day=NOW.date(),
    by="A. Clerk",
    seen="Nothing new",
    until=NOW.date() + timedelta(days=14),
)


def test_an_account_that_was_read_in_full_is_well() -> None:
    said = judged(monitoring_gaps)
    assert (said.records, said.examined, said.unknown) == (set(), 1, 0)


@pytest.mark.parametrize(
    ("cause", "instruction"),
    [
        ("Unauthorized", "Reconnect X (Twitter) so we can check it"),
        ("NotFound", "Tell us the right name of the X (Twitter) account"),
        ("Unreachable", "Look at X (Twitter) yourself this week"),
        ("", "Look at X (Twitter) yourself this week"),
    ],
)
def test_an_account_that_was_not_read_is_a_thing_to_do(cause: str, instruction: str) -> None:
    said = judged(
        monitoring_gaps,
        accounts={"x": AccountKind.COUNCIL},
        coverage={"x": (Unread("*", "401 for user", "Renew the token.", cause=cause),)},
    )
    assert said.records == {"x"}
    assert said.only.record is None
    assert said.only.instruction == instruction
    assert said.only.confidence == Confidence.CERTAIN
    assert "please look at the account yourself" in said.only.message
    assert said.only.evidence == {"*": "401 for user Renew the token."}


def test_a_part_that_was_not_read_is_named() -> None:
    gaps = (Unread("comments", "no permission"), Unread("comments.state", "no permission"))
    said = judged(monitoring_gaps, coverage={"facebook": (*gaps, Unread("settings", "no"))})
    assert (
        said.only.message
        == "We could not read its settings and its comments. The rest was checked."
    )
    assert said.only.urgency == Urgency.WEEK
    assert said.only.instruction == "Let us read all of Facebook"


def test_settings_alone_can_wait() -> None:
    said = judged(monitoring_gaps, coverage={"facebook": (Unread("settings", "no"),)})
    assert said.only.urgency == Urgency.MONTH


@pytest.mark.parametrize("fact", [fact for fact in FACTS if not fact.startswith("website")])
def test_every_fact_has_a_name_for_people(fact: str) -> None:
    assert judged(monitoring_gaps, coverage={"facebook": (Unread(fact, "no"),)}).records


def test_reading_that_stopped_half_way_is_a_part() -> None:
    said = judged(monitoring_gaps, coverage={"facebook": (Unread("*", "cut", partial=True),)})
    assert said.only.message == "We could not read all of it. The rest was checked."


def test_what_nobody_can_read_is_no_gap() -> None:
    never = Unread("media.captions", "X offers no way to read subtitles", permanent=True)
    said = judged(monitoring_gaps, coverage={"facebook": (never, Unread("website", "404"))})
    assert said.records == set()


def test_an_account_of_which_nothing_is_told_is_unknown() -> None:
    assert judged(monitoring_gaps, coverage={}).unknown == 1


def looked(last: Look | None) -> Said:
    place = Place(address="https://www.facebook.com/groups/7", look_for="abuse", last=last)
    return judged(
        monitoring_gaps,
        accounts={"group": AccountKind.COUNCIL},
        titles={"group": "Facebook group Testham Residents"},
        coverage={"group": ()},
        places={"group": place},
    )


def test_a_place_that_people_looked_at_is_no_thing_to_do_and_is_not_counted() -> None:
    said = looked(GROUP)
    assert (said.records, said.examined, said.unknown) == (set(), 0, 0)
    last_day = replace(GROUP, day=NOW.date() - timedelta(days=14), until=NOW.date())
    assert looked(last_day).records == set()


def test_a_place_where_a_look_is_due_is_a_thing_to_do() -> None:
    said = looked(None)
    assert said.only.message == (
        "Nobody has written down a look at it. No program can read it. Look for: abuse."
    )
    assert said.only.instruction == "Look at Facebook group Testham Residents, and write it down"
    assert said.only.urgency is None
    over = replace(GROUP, day=date(2026, 9, 3), until=NOW.date() - timedelta(days=1))
    assert looked(over).only.message.startswith("It was last looked at on 3 September 2026.")


def test_a_look_of_a_day_to_come_does_not_hold_yet() -> None:
    assert looked(replace(GROUP, day=NOW.date() + timedelta(days=1))).records == {"group"}
