from __future__ import annotations

import pytest

from socialaudit.profiles import (
    TABLE,
    Look,
    declares,
    disclaimer,
    house_rules,
    official,
    profile,
    role,
)
from socialaudit.records import Records, from_records
from tests.records import COUNCIL, an_account

JOBS = [
    "Deputy Clerk at Testham Town Council",
    "Town Clerk & RFO",
    "I work for Testham TC",
    "Events officer @ Testham Town Council",
    "Council caretaker. Cakes.",
    "Cllr for East Ward",
    "Mum of two, working part time for the parish council",
    "Clerk to the council since 2009",
    "Employed by Testham Town Council, but this is me",
    "Staff member, Testham Town Council",
    "Part of the grounds team at the town council",
]
NO_JOBS = [
    "",
    "Cakes, dogs and long walks",
    "Retired town clerk",
    "Former deputy clerk at Testham Town Council",
    "Works in local shop",
    "Sales clerk at the post office",
    "No longer working for the council",
    "Council estate lad",
    "Nurse. Runner. Mum.",
]
OWN = [
    "Views my own",
    "All opinions are mine",
    "personal account",
    "Posts do not represent my employer",
]
NOT_OWN = ["", "My own business", "Beautiful views of the pier", "Personal trainer"]


@pytest.mark.parametrize("text", JOBS)
def test_a_job_at_a_council_is_a_role(text: str) -> None:
    assert role(text)


@pytest.mark.parametrize("text", NO_JOBS)
def test_a_job_that_is_over_or_elsewhere_is_none(text: str) -> None:
    assert role(text) == ""


@pytest.mark.parametrize("text", OWN)
def test_own_views_are_a_disclaimer(text: str) -> None:
    assert disclaimer(text)


@pytest.mark.parametrize("text", NOT_OWN)
def test_other_views_are_none(text: str) -> None:
    assert disclaimer(text) == ""


def test_a_post_declares_a_job_in_the_first_person_alone() -> None:
    assert declares("I work for the town council and I like the benches")
    assert declares("As your town clerk I was there")
    assert declares("Full disclosure, I'm employed by Testham Town Council")
    assert not declares("Great work by Testham Town Council")
    assert not declares("Well done to the team at the town council")
    assert not declares("I agree with Cllr Vaughan")


def test_official_is_what_says_so_and_is_not_denied() -> None:
    assert official("The official account of the Testham Rangers")
    assert official("News from Testham Town Council")
    assert official("Unofficial fan page of the Testham clock") == ""


@pytest.mark.parametrize(
    ("name", "description", "look"),
    [
        ("Sue Bell", "Cakes and dogs", Look.UNDECLARED),
        ("Sue Bell", "Cakes and dogs. Views my own.", Look.UNDECLARED),
        ("Sue Bell", "Deputy clerk at Testham Town Council", Look.UNCLEAR),
        ("Sue Bell", "Deputy clerk at Testham Town Council. Views my own", Look.PERSONAL),
        ("Testham Rangers", "Official account of the park rangers", Look.WORK),
        ("Testham Town Clerk", "Sue Bell, Town Clerk", Look.WORK),
        ("Testham Town Clerk", "Views my own", Look.MIXED),
        ("Testham Town Clerk", "Sue Bell, Town Clerk. Views my own", Look.MIXED),
        ("Sue Bell", "Write to clerk@testham.example", Look.WORK),
    ],
)
def test_role_disclaimer_and_look_are_a_table(name: str, description: str, look: Look) -> None:
    account = an_account(name=name, handle="suebell", description=description)
    (row,) = Records.rows(from_records([account]).accounts)
    assert profile(row, COUNCIL).look is look


def test_the_table_has_an_answer_for_every_profile() -> None:
    assert len(TABLE) == 8
    assert set(TABLE.values()) == set(Look)


@pytest.mark.parametrize("unit", ["works for ", "mum ", "a", "😀", "@", "not "])
def test_a_long_profile_is_no_burden(unit: str) -> None:
    account = an_account(description=unit * (100_000 // len(unit)))
    (row,) = Records.rows(from_records([account]).accounts)
    assert profile(row, COUNCIL).look in Look


@pytest.mark.parametrize(
    "text",
    [
        "House rules: be kind",
        "Comments are moderated",
        "We will remove abusive posts",
        "See our social media policy",
        "Please keep it civil",
    ],
)
def test_house_rules_tell_people_how_to_behave(text: str) -> None:
    assert house_rules(text)


@pytest.mark.parametrize("text", ["", "News and events", "We report on the market every week day"])
def test_other_words_are_no_house_rules(text: str) -> None:
    assert house_rules(text) == ""
