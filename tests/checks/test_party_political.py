from __future__ import annotations

import pytest

from checks.party_political import Parameters, party_political
from socialaudit.check import Confidence
from socialaudit.models import Audience, Post, PostKind
from tests.checks.judging import judged
from tests.records import a_post


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "New leaflet!\nPromoted by A. Hill on behalf of Testham Greens, both at 1 Mill Lane.",
            "This post carries the imprint of election material.",
        ),
        ("Vote Labour on Thursday!", "This post may ask people to vote for or against somebody."),
        ("I am standing for election in Mill Ward.", "This post may speak for a candidate."),
        ("Out canvassing in Mill Lane this morning.", "This post may be about canvassing."),
        (
            "Only the Lib Dems stand up for Testham.",
            "This post may take sides for or against a party.",
        ),
        (
            "A lovely morning with @TesthamLabour.",
            "This post leads to the account or website of a party.",
        ),
    ],
)
def test_campaigning_is_possible_and_named(text: str, message: str) -> None:
    said = judged(party_political, a_post(text=text))
    assert (said.only.message, said.only.confidence) == (message, Confidence.POSSIBLE)


def test_the_words_that_led_to_it_are_told() -> None:
    said = judged(party_political, a_post(text="Hello. Vote Labour on Thursday!"))
    assert said.only.evidence == {"sign": "votes", "words": "Vote Labour on Thursday!"}


@pytest.mark.parametrize(
    "post",
    [
        a_post(text="Cllr Ann Hill (Labour) is the new Mayor of Testham."),
        a_post(text="Register to vote by 20 April. Bring photo ID to your polling station."),
        a_post(text="Result for Mill Ward: Ann Hill (Green Party) elected. Turnout 31%."),
        a_post(text="The annual canvass has begun. Look out for the form."),
        a_post(text="Vote for us, we are finalists in the Best Market awards!"),
        a_post(text="Vote Labour!", audience=Audience.UNPUBLISHED),
        a_post(text="Vote Labour!", kind=PostKind.NOTICE),
    ],
)
def test_plain_news_and_neutral_election_information_are_well(post: Post) -> None:
    assert judged(party_political, post).records == set()


def test_resharing_a_party_is_publishing_it() -> None:
    shared = a_post(text="RT @UKLabour: our plan", kind=PostKind.REPOST)
    assert judged(party_political, shared).records == {shared.key}
    linked = a_post(text="Read this", links=("https://www.libdems.org.uk/plan",))
    assert judged(party_political, linked).records == {linked.key}


def test_parties_that_are_treated_alike_are_set_aside_with_the_reason() -> None:
    text = "Hustings with Labour, the Conservatives and the Greens: @UKLabour @Conservatives"
    said = judged(party_political, a_post(text=text))
    assert said.only.excused == "It names several parties alike."
    stricter = judged(party_political, a_post(text=text), parameters=Parameters(alike=4))
    assert stricter.only.excused == ""


def test_the_policy_adds_local_parties_and_accounts() -> None:
    local = Parameters(parties=("Testham First",), accounts=("@testhamfirst",))
    praise = a_post(text="Well done Testham First!")
    linked = a_post(id="11", text="Over to @TesthamFirst.")
    assert judged(party_political, praise, linked).records == set()
    assert judged(party_political, praise, linked, parameters=local).records == {
        praise.key,
        linked.key,
    }


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(party_political, a_post(text=None), a_post(id="11", text=""))
    assert (said.records, said.examined, said.unknown) == (set(), 1, 1)
