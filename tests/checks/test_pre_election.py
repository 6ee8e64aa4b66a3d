from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import checks
from checks.pre_election import Parameters, pre_election
from socialaudit import engine, policy
from socialaudit.check import Confidence
from socialaudit.elections import Election
from socialaudit.errors import UsageError
from socialaudit.finding import Outcome
from socialaudit.records import from_records
from tests.checks.judging import a_context, judged
from tests.records import NOW, a_medium, a_post

if TYPE_CHECKING:
    from pathlib import Path

POLL = Election(
    name="Testham Town Council",
    notice=date(2026, 11, 10),
    poll=date(2026, 12, 17),
    candidates=("Ann Hill",),
)
SOON = Parameters(elections=(POLL,))
PAST = Parameters(elections=(Election(name="1", notice=date(2023, 3, 27), poll=date(2023, 5, 4)),))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Vote Labour!", "campaigns and names a party"),
        ("Labour and the Greens are on the council.", "names a party"),
        ("Ann Hill won the marrow prize.", "names a candidate"),
        ("Cllr Tom Reed said that it was a great day.", "gives the words or deeds of a member"),
        ("Pictured: our Mayor.", "shows a member"),
        ("We are launching a new climate strategy.", "announces something new"),
        ("Proud of our record.", "praises what the council did"),
        ("The council opposes the bypass.", "takes a side in public debate"),
    ],
)
def test_inside_the_time_stricter_rules_hold(text: str, what: str) -> None:
    said = judged(pre_election, a_post(text=text), parameters=SOON)
    assert said.only.message == (
        f"This post {what}. The poll for Testham Town Council is on 17 December 2026."
    )
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.evidence["time before"] == "Testham Town Council"


@pytest.mark.parametrize(
    "text",
    [
        "Full Council meets on Tuesday at 7pm. The agenda is on our website.",
        "Polling stations are open from 7am to 10pm. Bring photo ID.",
        "Mill Lane is closed on Monday.",
        "The Mayor will lay a wreath on Sunday.",
    ],
)
def test_routine_news_is_well(text: str) -> None:
    said = judged(pre_election, a_post(text=text), parameters=SOON)
    assert (said.records, said.examined) == (set(), 1)


def test_neutral_news_of_the_election_may_name_those_who_stand() -> None:
    text = "Statement of persons nominated: Ann Hill (Green Party), Jo Day (Conservatives)."
    said = judged(pre_election, a_post(text=text), parameters=SOON)
    assert said.only.excused == "It is neutral election news."
    words = "Register to vote! Cllr Tom Reed said: vote for change."
    assert judged(pre_election, a_post(text=words), parameters=SOON).only.excused == ""


def test_a_member_in_a_picture_is_known_by_its_description() -> None:
    picture = a_medium(alt_text="Councillor Reed with a trophy")
    said = judged(pre_election, a_post(), picture, parameters=SOON)
    assert said.only.evidence["member pictured"] == "Councillor Reed"


@pytest.mark.parametrize(
    ("at", "inside"),
    [
        (datetime(2026, 11, 9, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 10, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 17, 21, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 17, 22, 1, tzinfo=UTC), False),
    ],
)
def test_the_time_runs_from_the_notice_to_the_close_of_poll(at: datetime, *, inside: bool) -> None:
    post = a_post(text="Ann Hill", published_at=at)
    said = judged(pre_election, post, parameters=SOON, now=at + timedelta(hours=1))
    assert (said.records, said.examined) == (({post.key}, 1) if inside else (set(), 0))


def test_once_the_poll_has_closed_nothing_needs_to_be_done() -> None:
    later = datetime(2026, 12, 18, 6, tzinfo=UTC)
    said = judged(pre_election, a_post(text="Ann Hill"), parameters=SOON, now=later)
    assert said.only.excused == "The poll has closed."


def assessed(parameters: Parameters, published_at: datetime) -> tuple[Outcome, str]:
    records = from_records([a_post(published_at=published_at)])
    context, chosen = a_context(pre_election), {"pre-election": parameters}
    (one,) = engine.assess([pre_election], records, context, chosen, {}).assessments
    return one.outcome, one.reason


def test_outside_the_time_there_is_nothing_to_look_at() -> None:
    before = datetime(2026, 11, 1, tzinfo=UTC)
    assert assessed(SOON, before) == (Outcome.NOT_APPLICABLE, "")
    assert assessed(SOON, NOW - timedelta(days=1)) == (Outcome.PASS, "")


def test_without_an_election_to_come_nothing_passes_and_the_reason_is_told() -> None:
    assert assessed(Parameters(), NOW) == (
        Outcome.NOT_ASSESSED,
        "We do not know when the next election is. Tell your support contact its dates.",
    )
    assert assessed(PAST, NOW) == (
        Outcome.NOT_ASSESSED,
        "The elections that we know of are over. Tell your support contact the next dates.",
    )


POLICY = """
[policy]
id = "a"
title = "A"
council = "A"
adopted = "2016-05"
source = "A"
[[clause]]
id = "1"
title = "A"
cite = "1"
text = "A"
checks = ["pre-election"]
[[group]]
title = "A"
cite = "1"
clauses = ["1"]
[[checks.pre-election.elections]]
name = "Town"
notice = 2027-03-31
poll = {poll}
candidates = ["Ann Hill"]
"""


def test_the_policy_file_holds_the_table_with_dates_as_toml_writes_them(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text(POLICY.format(poll="2027-05-06"))
    read = policy.load(file, checks.load()).parameters["pre-election"]
    assert read.elections == (
        Election(
            name="Town",
            notice=date(2027, 3, 31),
            poll=date(2027, 5, 6),
            candidates=("Ann Hill",),
        ),
    )


@pytest.mark.parametrize(
    ("poll", "what"),
    [
        ("2027-03-01", "elections, entry 1: the poll must be after the notice of election"),
        ('"6 May"', "elections, entry 1, poll"),
    ],
)
def test_a_wrong_date_is_refused_with_its_place(tmp_path: Path, poll: str, what: str) -> None:
    file = tmp_path / "a.toml"
    file.write_text(POLICY.format(poll=poll))
    with pytest.raises(UsageError, match=what):
        policy.load(file, checks.load())


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(pre_election, a_post(text=None), a_post(id="11", text=""), parameters=SOON)
    assert (said.records, said.examined, said.unknown) == (set(), 1, 1)
