from __future__ import annotations

import pytest

from checks.commercial_promotion import Parameters, commercial_promotion
from socialaudit.check import Confidence
from socialaudit.models import PostKind
from tests.checks.judging import judged
from tests.records import a_post


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "My wife has opened a nail salon in Mill Lane.",
            "This post may promote somebody’s own business.",
        ),
        (
            "Please sign my petition.",
            "This post may ask for money or support for somebody’s own cause.",
        ),
        ("Use code MILL10 for your order.", "This post has a referral or discount code."),
        ("Loving these boots #ad", "This post says that it is paid for."),
        (
            "20% off all coats at Hill Outfitters, pop in today.",
            "This post may advertise a business.",
        ),
    ],
)
def test_promotion_is_possible_and_named(text: str, message: str) -> None:
    said = judged(commercial_promotion, a_post(text=text))
    assert (said.only.message, said.only.confidence) == (message, Confidence.POSSIBLE)
    assert said.only.excused == ""


def test_the_words_that_led_to_it_are_told() -> None:
    said = judged(
        commercial_promotion, a_post(text="Pop in: 20% off all coats at Hill Outfitters.")
    )
    assert said.only.evidence == {"price": "20% off", "invitation to buy": "pop in"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hire our hall from £12 an hour. Book now.", "It is about what the council itself offers."),
        ("Pantomime: book now, seats from £8.", "It is about an event."),
        ("Grand draw for the hospice, £1 each, get yours here.", "It is for a charity."),
        ("Shop local: half price weekend, get in your gifts, order today.",
         "It speaks for all the town’s businesses."),
    ],
)  # fmt: skip
def test_what_a_council_may_sell_is_set_aside_with_the_reason(text: str, why: str) -> None:
    assert judged(commercial_promotion, a_post(text=text)).only.excused == why
    strict = Parameters(allowed=())
    assert judged(commercial_promotion, a_post(text=text), parameters=strict).only.excused == ""


def test_the_policy_names_venues_of_its_own() -> None:
    post = a_post(text="Lunch at Millside for £6. Book now!")
    assert judged(commercial_promotion, post).only.excused == ""
    ours = Parameters(own=("Millside",))
    assert judged(commercial_promotion, post, parameters=ours).only.excused


def test_a_charity_does_not_excuse_an_own_venture() -> None:
    post = a_post(text="My new book is out, a pound of each goes to charity.")
    assert judged(commercial_promotion, post).only.excused == ""


@pytest.mark.parametrize(
    "text",
    [
        "A new bakery has opened in Mill Lane.",
        "£18,000 for the skate park.",
        "Beware of a scam: 50% off vouchers, order now.",
        "Congratulations to the café on its 50 years.",
    ],
)
def test_news_of_a_business_and_one_weak_sign_are_well(text: str) -> None:
    assert judged(commercial_promotion, a_post(text=text)).records == set()


def test_what_the_account_reshares_is_left_to_another_check() -> None:
    shared = a_post(text="Use code MILL10 for your order.", kind=PostKind.REPOST)
    assert judged(commercial_promotion, shared).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(commercial_promotion, a_post(text=None), a_post(id="11", text=""))
    assert (said.records, said.examined, said.unknown) == (set(), 1, 1)
