from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given

from socialaudit.records import TEXT, Records
from socialaudit.unseemly import GATE, RULES, Rule, unseemly
from tests.phrases import texts


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No travellers welcome at the fayre.", "prejudice"),
        ("Turn the boats back!", "prejudice"),
        ("The Scots are all greedy.", "prejudice"),
        ("They all come over here and jump the queue.", "prejudice"),
        ("The queue was like a special needs outing.", "prejudice"),
        ("Foreigners ought to respect our ways.", "prejudice"),
        ("Ladies, form an orderly queue!", "sexual"),
        ("Some selfish gits have moved the cones", "insult"),
        ("Lock up your sheds, the gypsies are back on the common!", "prejudice"),
        ("A rise in thefts since the travellers arrived.", "prejudice"),
        ("Wanted: attractive young lady to serve the teas.", "prejudice"),
        ("This role would suit a young man.", "prejudice"),
        ("Women drivers again! Bollard down in Mill Lane.", "prejudice"),
        ("Refugees are to blame for the queue at the surgery.", "prejudice"),
        ("Whoever did this needs a slap.", "violence"),
        ("What spineless vandals did this?", "insult"),
        ("What a load of b*llocks", "swearing"),
        ("Nice legs on the new lifeguard", "sexual"),
        ("Vandals should be horsewhipped, frankly.", "violence"),
        ("Phwoar, our lifeguards in their speedos 🔥", "sexual"),
        ("Our new clerk is so sexy", "sexual"),
        ("To the idiots who trashed the play park: think.", "insult"),
        ("SOME MORON HAS PARKED ACROSS THE FIRE STATION", "insult"),
        ("Stupid dog owners strike again", "insult"),
        ("Whoever planned this is thick as a brick", "insult"),
        ("The idle layabouts left the cones out", "insult"),
        ("Bloody freezing in the office today!", "swearing"),
        ("That was a cock-up. Sorry.", "swearing"),
        ("What the hell is going on with the bins", "swearing"),
    ],
)
def test_what_a_council_would_not_say(text: str, rule: Rule) -> None:
    assert [name for name, _ in unseemly(text)] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "The Muppet Christmas Carol is on at the Regal on Saturday.",
        "Join us for American Idiot, by the Youth Theatre.",
        "Bloody Mary: the Tudor walk starts at the church at 2pm.",
        "The sexual health clinic moves to the surgery.",
        "Sexting and the law: an evening for parents.",
        "Great tits and blue tits nest in the churchyard. Shags fly by.",
        "The erection of a marquee on the green begins on Monday.",
        "Travellers have left the field at Long Lane. We will clear it tomorrow.",
        "Gypsy, Roma and Traveller History Month: come to the museum.",
        "Hate crime against Muslims is never acceptable. Report it on 101.",
        "Ladies only swim on Thursdays at 7pm.",
        "We will not tolerate abuse. A resident called our warden a “stupid cow”.",
        "A passer-by said it was 'bloody marvellous' and we agree.",
        "An idiot's guide to composting, at the library.",
        "We are looking for young people aged 13 to 18 for our youth council.",
        "Words like moron hurt. Think before you post.",
        "Hanging baskets: the judging is on Friday. The key to the shed is missing.",
        "The refugees thank everyone for the bikes. Cow parsley and old bags wanted.",
        "Crumpets and a bit of cake from 3pm. Frogs are spawning.",
        "Pond life morning: nets and jars provided. Mind the scum on the water.",
        "",
        "🦀🦀🦀",
    ],
)
def test_what_a_council_may_well_say(text: str) -> None:
    assert unseemly(text) == []


def test_all_rules_that_a_text_breaks_are_named_gravest_first() -> None:
    text = "Those idiots again. Phwoar. What a load of crap. No gypsies allowed here"
    assert [rule for rule, _ in unseemly(text)] == ["prejudice", "sexual", "insult", "swearing"]


@given(texts(RULES.values()))
def test_the_gate_lets_through_everything_unseemly(text: str) -> None:
    if unseemly(text):
        assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@pytest.mark.parametrize(
    "text",
    ["gypsies " * 13_000, "'" * 100_000, "crime wave a " * 8_000, "“a" * 50_000, "\ud800 " * 9],
)
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    assert unseemly(text) == []
