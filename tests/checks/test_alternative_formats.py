from __future__ import annotations

from datetime import timedelta

import pytest

from checks.alternative_formats import Parameters, alternative_formats
from socialaudit.check import Confidence
from socialaudit.models import Account, Post, PostKind
from tests.checks.judging import judged
from tests.records import NOW, a_post, an_account

AGENDA = "The agenda for Tuesday is on our website."


def a_profile(**changes: object) -> Account:
    return an_account(**({"description": "Your town council.", "links": ()} | changes))


def test_a_document_that_nobody_offers_otherwise_is_possible() -> None:
    said = judged(alternative_formats, a_profile(), a_post(text=AGENDA)).only
    assert said.confidence == Confidence.POSSIBLE
    assert said.evidence == {
        "hands out": "document",
        "words": "agenda",
        "offer": "none in the post or the profile",
    }


@pytest.mark.parametrize(
    "profile",
    [
        a_profile(description="Ask us for large print or another language."),
        a_profile(links=("https://www.testham.example/accessibility",)),
        a_profile(description=None, links=("https://www.testham.example/accessibility",)),
    ],
)
def test_an_offer_in_the_profile_covers_all_posts(profile: Account) -> None:
    said = judged(alternative_formats, profile, a_post(text=AGENDA), a_post(id="11", text=AGENDA))
    assert (said.records, said.examined, said.unknown) == (set(), 2, 0)


@pytest.mark.parametrize(
    "post",
    [
        a_post(text=f"{AGENDA} Ring us for large print."),
        a_post(text=AGENDA, links=("https://www.testham.example/accessible",)),
        a_post(text="The market is on Saturday."),
        a_post(text=AGENDA, kind=PostKind.REPOST),
        a_post(text=AGENDA, kind=PostKind.REPLY),
    ],
)
def test_an_offer_in_the_post_news_reposts_and_replies_are_well(post: Post) -> None:
    assert judged(alternative_formats, a_profile(), post).records == set()


def test_another_accounts_profile_is_no_offer() -> None:
    other = a_profile(id="2", account="x", description="Ask us for large print.")
    post = a_post(text=AGENDA)
    assert judged(alternative_formats, a_profile(), other, post).records == {post.key}


def test_a_policy_chooses_what_needs_an_offer_and_what_is_one() -> None:
    post = a_post(text=f"{AGENDA} Paper copies in the library.")
    strict = Parameters(forms=("print", "easy read"))
    assert judged(alternative_formats, a_profile(), post).records == set()
    assert judged(alternative_formats, a_profile(), post, parameters=strict).records == {post.key}
    forms_only = Parameters(handed_out=("form",))
    said = judged(alternative_formats, a_profile(), a_post(text=AGENDA), parameters=forms_only)
    assert said.records == set()


@pytest.mark.parametrize(
    "records",
    [
        (a_profile(), a_post(text=None)),
        (a_profile(), a_post(links=None)),
        (a_profile(description=None), a_post(text=AGENDA)),
        (a_post(text=AGENDA),),
    ],
)
def test_what_was_not_told_is_unknown(records: tuple[Account | Post, ...]) -> None:
    said = judged(alternative_formats, *records)
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)


def test_what_was_handed_out_long_ago_is_left_as_it_is() -> None:
    old = a_post(text=AGENDA, published_at=NOW - timedelta(days=31))
    said = judged(alternative_formats, a_profile(), old)
    assert said.only.excused == "It was handed out more than 30 days ago."
    longer = Parameters(days=60)
    assert judged(alternative_formats, a_profile(), old, parameters=longer).only.excused == ""


def test_news_needs_no_profile() -> None:
    said = judged(alternative_formats, a_profile(description=None), a_post())
    assert (said.records, said.examined, said.unknown) == (set(), 1, 0)
