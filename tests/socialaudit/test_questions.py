from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.questions import GATE, SETTLED_GATE, question, settles, to_a_friend
from socialaudit.records import TEXT, Records


@pytest.mark.parametrize(
    "text",
    [
        "When is the next meeting?",
        "what time does it start",
        "Hi, can you tell me if the toilets are open",
        "When?",
        "Do we need to book",
        "Lovely. What time do the lights go on?",
        "Does anyone know when the brown bins are collected?",
        "When will this be fixed?!",
        "Could someone from the council explain why Mill Lane is still shut",
        "any update on the slipway?",
        "My mum lives on Church Street, will she be able to get out?",
        "Bore da, what time is the market?",
        "you said it would reopen in October. Has it?",
        "So is the library closed on Boxing Day or not?",
        "Is the water ok?",
        "Is the ramp suitable for my dad who is blind?",
        "No disabled parking then?",
        "@TesthamTC when is the market on Sunday",
        "Open again when\uff1f",
        "Pls can we bring dogs",
        "I'd like to know if there are any pitches left",
        "Please advise where I can hand in a found purse",
        "Let me know whether the hall has a ramp",
        "Isn't it shut on Mondays?",
    ],
)
def test_a_question_is_seen(text: str) -> None:
    assert question(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What a lovely day",
        "Really?",
        "?!",
        "???",
        "Are you serious?",
        "Lovely, isn't it?",
        "Who cares?",
        "What's the point?",
        "Shall we go?",
        "Anyone else going?",
        "Can't wait!",
        '"When is it?" asked my son',
        "See https://example.org/?when=now",
        "I asked when it would open",
        "When I was young we had a cinema",
        "Have a lovely day everyone",
        "What next? A statue of a bin?",
        "Remember when we had two banks?",
        "Is that you in the photo?",
        "Who wouldn't want to live here?",
        "Isn't she just lovely?",
        "What's not to love?",
        "Tell us what you think!",
        "Let me know if you want one",
    ],
)
def test_what_asks_nothing_is_not_a_question(text: str) -> None:
    assert question(text) == ""


def test_the_question_itself_is_told() -> None:
    assert question("Lovely photo. When does it open? Thanks") == "When does it open?"


@pytest.mark.parametrize("text", ["Thanks, found it", "Diolch!", "ignore me, sorted now"])
def test_thanks_settle_a_question(text: str) -> None:
    assert settles(text)


@pytest.mark.parametrize("text", ["Still waiting", "Thanks, but when does it open?", "Tax"])
def test_other_words_settle_nothing(text: str) -> None:
    assert not settles(text)


def test_a_friend_is_named_first() -> None:
    assert to_a_friend("Sue Bell are you free on Saturday?")
    assert not to_a_friend("Testham Council can you help?")
    assert not to_a_friend("Christmas Market when is it?")


WORDS = [
    "when",
    "is",
    "it",
    "open",
    "on",
    "can",
    "you",
    "Thanks",
    "found it",
    "?",
    "!",
    "@sue",
    '"',
]
TEXTS = st.lists(
    st.sampled_from([*WORDS, *(" " * 8), ". ", "https://x.y", "\u0130", "\u017f", "é", "#Tag"])
    | st.text(max_size=2),
    max_size=12,
).map(lambda pieces: "".join(pieces).encode("utf-8", "ignore").decode())


@given(TEXTS)
def test_the_gates_let_through_all_that_asks_or_settles(text: str) -> None:
    texts = pd.Series([text], dtype=TEXT)
    if question(text):
        assert Records.candidates(texts, GATE).all()
    if settles(text):
        assert Records.candidates(texts, SETTLED_GATE).all()
