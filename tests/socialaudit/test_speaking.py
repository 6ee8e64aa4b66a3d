from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.models import Council
from socialaudit.records import TEXT, Records
from socialaudit.speaking import gate, mentions, speaks
from tests.records import COUNCIL

FOR = {
    "On behalf of the council I am sorry about the lights": "in its name",
    "Speaking as the clerk, the market stays": "in its name",
    "We at the town council are planting more trees": "we, the council",
    "We have decided to close the toilets. Ask at the town hall.": "we, the council",
    "The council believes the bypass is wrong": "its view",
    "As a representative of the council I say no": "in its name",
    "Speaking for all of us at the council": "in its name",
    "The council says sorry": "its view",
    "We are the council and we say no": "we, the council",
    "My colleagues and I have decided to close the council shop": "we, the council",
    "I say sorry on the council's behalf": "in its name",
    "The council is not to blame for the puddle": "its view",
    "The council would like to thank Jo": "its view",
    "The council's answer? No.": "its view",
    "As the council we stand by it": "we, the council",
    "Here at the council we plant trees": "we, the council",
    "The council wants me to say sorry": "in its name",
    "The council's position is that the field stays open": "its view",
    "I can confirm the council will not sell the field": "a promise",
}
OF = [
    "",
    "The council meets on Monday",
    "I think the council believes its own press",
    "In my view the town council should say sorry",
    "The county council believes in closing libraries",
    "The council has approved the budget, it says on its website",
    "We are so pleased that the council mended the swings",
    "“The council believes in trees”, says the paper",
    "My council tax went up",
    "Lovely day at the beach with the kids",
]


@pytest.mark.parametrize(("text", "how"), FOR.items())
def test_to_give_its_view_or_its_word_is_to_speak_for_it(text: str, how: str) -> None:
    assert speaks(text)[0] == how
    assert mentions(text, COUNCIL)


@pytest.mark.parametrize("text", OF)
def test_news_of_it_and_opinions_about_it_are_not(text: str) -> None:
    assert speaks(text) == ("", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ask Testham Town Council", "testham town council"),
        ("ask the COUNCIL", "council"),
        ("Councillor Vaughan was there", "councillor"),
        ("My council tax went up", ""),
        ("Wennshire County Council did it", ""),
        ("the county council and the council", "council"),
        ("Lovely day", ""),
    ],
)
def test_a_council_is_named_by_its_name_or_in_short(text: str, words: str) -> None:
    assert mentions(text, COUNCIL) == words


@given(
    st.lists(
        st.sampled_from([*" ".join([*FOR, *OF]).split(), "Dŵr", "’", "\n", "ctc", "TOWN", "Hall"]),
        max_size=12,
    ).map(" ".join),
    st.sampled_from(["Testham Town Council", "Cyngor Tref Dŵr", ""]),
)
def test_the_gate_lets_every_mention_through(text: str, name: str) -> None:
    council = Council(id="c", name=name, timezone="Europe/London")
    if mentions(text, council):
        assert Records.candidates(pd.Series([text], dtype=TEXT), gate(council)).all()


@pytest.mark.parametrize("unit", ["we at the ", "the council ", "a", "on behalf of ", "😀"])
def test_a_long_text_is_no_burden(unit: str) -> None:
    assert isinstance(speaks(unit * (100_000 // len(unit))), tuple)
