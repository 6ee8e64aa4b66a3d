from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.promotion import GATE, reasons, selling, signs
from socialaudit.records import TEXT, Records


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("My new book is out now", "own venture"),
        ("my brother's little window cleaning business", "own venture"),
        ("I sell cards", "own venture"),
        ("DM me for prices", "own venture"),
        ("My cousin has opened a lovely little wool shop", "own venture"),
        ("book a lesson", "invitation to buy"),
        ("You will never find a better baker", "recommendation"),
        ("My dad is a retired plumber and has slots", "own venture"),
        ("Mention that you saw it here", "referral"),
        ("Hand-knitted hats", "goods"),
        ("Our caretaker Jo makes bird boxes", "goods"),
        ("a massive sale", "price"),
        ("DM me for the new catalogue", "own venture"),
        ("Cllr Ann Hill's travel agency has moved", "own venture"),
        ("I have just started selling candles", "own venture"),
        ("Trade in bitcoin and see", "own venture"),
        ("quote SPRING10 at the counter", "referral"),
        ("Tell them we sent you", "referral"),
        ("no booking fee this week", "price"),
        ("free valuations on Friday", "price"),
        ("order from them tonight", "invitation to buy"),
        ("the finest butchers in the county", "recommendation"),
        ("Join my team and be your own boss", "own venture"),
        ("Sponsor me for the marathon", "own collection"),
        ("gofundme.com/boiler", "own collection"),
        ("Use code CROMER10 at checkout", "referral"),
        ("https://hill.example/?ref=ann", "referral"),
        ("Sign up through our link", "referral"),
        ("A lovely stay #gifted", "paid"),
        ("AD | Thank you for the boots", "paid"),
        ("Earn money working from home", "own venture"),
        ("Selling my old caravan", "own venture"),
        ("Limited stock", "haste"),
        ("Need a plumber?", "recommendation"),
        ("Half price cakes", "price"),
        ("Only £4.50 each", "price"),
        ("Get down there tonight", "invitation to buy"),
        ("Book your table", "invitation to buy"),
        ("see folksy", "shop"),
        ("www.glow.shop", "shop"),
        ("Can't recommend enough", "recommendation"),
        ("Best fish and chips in Norfolk", "recommendation"),
    ],
)
def test_a_sign_of_selling_is_known(text: str, sign: str) -> None:
    assert set(signs(text)) == {sign}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "My thanks to all who came to the bakery.",
        "£412,300 for the budget, £2m for the bridge",
        "The code of conduct was adopted.",
        "A referral to the county council",
        "The referral was passed to social services",
        "Free parking on Saturdays",
        "#addition",
        "I made a cake",
        "The shop has a new window",
    ],
)
def test_everyday_words_sell_nothing(text: str) -> None:
    assert signs(text) == {}


def test_one_strong_sign_or_two_others_are_enough() -> None:
    assert selling("Make £300 a week from home")
    assert set(selling("Use code MILL10")) == {"referral"}
    assert selling("Half price cakes") == {}
    assert set(selling("Half price cakes, get down there")) == {"price", "invitation to buy"}
    assert selling("Half price cakes", ["https://cakes.shop/"]) != {}
    assert selling("Scam warning: use code MILL10") == {}


def test_why_a_council_may_sell_is_told_by_its_words() -> None:
    assert reasons("A fair price") == {}
    assert reasons("Raffle tickets from the town hall") == {
        "own services": "town hall",
        "events": "tickets",
        "charity": "raffle",
    }
    assert reasons("Shop local") == {"local trade": "shop local"}


WORDS = (
    "my wife's wife new shop book i sell make to order dm me price use code ref affiliate #ad paid partnership "
    "50% off half price £5 £500,000 buy now get down there pop in order best pie in town if you need a "
    "etsy.com x.shop ?ref=a free gift i've opened own salon recommend them sponsor me earn from home selling need a boiler? ad | through our link limited stock hurry win a £5 voucher save \u0130 \u212a ’ ! é"
)


@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=2), max_size=14))
def test_the_gate_lets_through_all_that_sells(pieces: list[str]) -> None:
    text = " ".join(pieces).encode("utf-8", "ignore").decode()
    if selling(text):
        assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@pytest.mark.parametrize(
    "text",
    ["my " * 30_000, "my family has " * 8_000, "best " * 20_000, "a-" * 50_000, "£1" * 50_000, "#" * 100_000,
     "i make " * 15_000, "\ud800 my shop", "🛍️" * 40_000, "hire the " * 12_000],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    selling(text)
    reasons(text)
    assert time.process_time() - began < 1
