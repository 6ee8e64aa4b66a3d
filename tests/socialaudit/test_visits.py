from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from socialaudit.records import TEXT, Records
from socialaudit.visits import Want, gate, rules, wants
from tests.phrases import texts


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("When is the library open?", "question"),
        ("The bench on Cliff Road has lost two slats.", "problem"),
        ("Drain blocked outside the chip shop", "problem"),
        ("Raw sewage on the beach", "problem"),
        ("Street light outside no 14 has been out since October", "problem"),
        ("Overflowing bins at the skate park again!!", "problem"),
        ("There is dog mess all along Mill Lane", "problem"),
        ("Grass verge on Station Rd not cut all summer", "problem"),
        ("Could someone from the council ring me about the allotment", "request"),
        ("Still waiting for a reply to my email from 3 weeks ago.", "request"),
        ("I would like to report a swing at the rec.", "request"),
        ("Need a local plumber? Call Dave for a free quote, no job too small", "advert"),
        ("Lose 2 stone in a month, click the link", "advert"),
    ],
)
def test_what_a_visitor_may_want(text: str, want: Want) -> None:
    assert want in wants(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thank you to the lads who mended the broken bench, brilliant job.",
        "Two swans with seven cygnets on the mill pond this morning.",
        "The poppies on the lamp posts look a picture this year.",
        "Lovely carnival, well done everyone",
        "Found a set of keys by the bandstand, handed in at the library",
        "My nan ran the sweet shop here in 1956. Happy days",
        "Great to see the play area open and the graffiti gone",
        "",
        "🦀🦀🦀",
    ],
)
def test_thanks_and_news_want_nothing(text: str) -> None:
    assert wants(text) == {}


def test_thanks_with_a_but_want_what_follows() -> None:
    assert "problem" in wants("Thanks for the new bin but the bench is broken")


@given(texts(rules().values()))
def test_the_gate_lets_through_everything_wanted(text: str) -> None:
    if wants(text):
        assert Records.candidates(pd.Series([text], dtype=TEXT), gate()).all()


@pytest.mark.parametrize(
    "text", ["bins " * 20_000, "a." * 50_000, "@" * 100_000, "no one " * 14_000]
)
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    assert set(wants(text)) <= {"request", "problem"}
