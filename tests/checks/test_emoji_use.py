from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.emoji_use import GATE, Parameters, emoji_use
from socialaudit.check import Confidence
from socialaudit.emoji import uses
from socialaudit.records import TEXT, Records
from tests.checks.judging import judged
from tests.records import NOW, a_post


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Carols. 🎄🎅🎁⭐", "It has 4 emoji."),
        ("Carols. 🎄🎄🎄", "The same emoji is repeated: 🎄🎄🎄."),
        ("🎄 Carols\n🎁 Presents", "Lines begin with emoji: 🎄 🎁."),
        (
            "Join us 🎄 for carols.",
            "An emoji is in the middle of a sentence: “Join us 🎄 for carols.”.",
        ),
        ("We ❤️ Oaty", "An emoji stands for a word: “We ❤️ Oaty”."),
    ],
)
def test_an_emoji_in_the_way_is_possible_and_named(text: str, message: str) -> None:
    said = judged(emoji_use, a_post(text=text))
    assert (said.only.message, said.only.confidence) == (message, Confidence.POSSIBLE)


def test_several_uses_in_a_post_are_one_thing_to_do() -> None:
    said = judged(emoji_use, a_post(text="We ❤️ carols 🎄🎄 on Friday 🎁🎁"))
    assert said.only.message == "It has 5 emoji. The same emoji is repeated: 🎄🎄."
    assert set(said.only.evidence) == {"many", "repeated", "instead", "middle"}


@pytest.mark.parametrize("text", ["Carols tonight. 🎄", "Carols tonight", ""])
def test_a_few_at_the_end_are_well(text: str) -> None:
    said = judged(emoji_use, a_post(text=text))
    assert (said.records, said.examined) == (set(), 1)


def test_the_policy_may_allow_a_use() -> None:
    wanted = Parameters(allowed=("bullets",))
    assert judged(emoji_use, a_post(text="🎄 One\n🎁 Two"), parameters=wanted).records == set()


def test_an_old_post_need_not_be_changed() -> None:
    old = a_post(text="🎄🎄", published_at=NOW - timedelta(days=29))
    assert judged(emoji_use, old).only.excused


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(emoji_use, a_post(text=None))
    assert (said.examined, said.unknown) == (0, 1)


@given(st.text(alphabet=st.sampled_from("a 1#\u20e3\ufe0f\u200d🎄❤👍🏽🇬🇧©\n."), max_size=30))
def test_the_filter_lets_through_every_text_with_a_use(text: str) -> None:
    let_through = Records.candidates(pd.Series([text], dtype=TEXT), GATE)[0]
    assert let_through or not uses(text, 0, 2)
