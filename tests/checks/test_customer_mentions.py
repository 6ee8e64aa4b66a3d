from __future__ import annotations

import pytest

from checks.customer_mentions import Parameters, customer_mentions
from socialaudit.check import Confidence
from socialaudit.models import AccountKind, Post, PostKind
from tests.checks.judging import judged
from tests.records import a_post

RUDE = "Another rude resident on the phone at work today"


def test_a_customer_is_possible_and_the_words_are_not_repeated() -> None:
    said = judged(customer_mentions, a_post(text=RUDE)).only
    assert said.confidence == Confidence.POSSIBLE
    assert said.message == "It may speak of a customer of the council."
    assert said.evidence == {"speaks of": "customer"}


def test_only_accounts_of_staff_are_read() -> None:
    assert customer_mentions.kinds == {AccountKind.STAFF}


@pytest.mark.parametrize(
    "post",
    [
        a_post(text="My builder has finished our kitchen at last"),
        a_post(text="Lovely day on the pier"),
        a_post(text=RUDE, kind=PostKind.REPOST),
    ],
)
def test_private_life_and_what_others_wrote_are_left_alone(post: Post) -> None:
    assert judged(customer_mentions, post).records == set()


def test_a_policy_may_name_the_firms_that_work_for_the_council() -> None:
    post = a_post(text="Greenways left the gate open. Again.")
    assert judged(customer_mentions, post).records == set()
    firms = Parameters(providers=("Greenways",))
    said = judged(customer_mentions, post, parameters=firms).only
    assert said.message == "It may speak of a service provider of the council."


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(customer_mentions, a_post(text=None), a_post(id="11"))
    assert (said.examined, said.unknown) == (1, 1)
