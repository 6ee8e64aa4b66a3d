from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.records import TEXT, Records
from socialaudit.third_parties import GATE, public_body, source, written_elsewhere


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("RT @CromerCarnival: the parade starts at 1", "passed on"),
        ("Reposted from @wildlife", "passed on"),
        ("Forwarded from the museum", "passed on"),
        ("The words come from Hill Homes", "passed on"),
        ("I am running the page this week!", "agency"),
        ("Our page is administered by Hill Media", "agency"),
        ("Bot post: rain today", "program"),
        ("Posted on behalf of the Testham Bowls Club", "passed on"),
        ("Cross-posting from the walking group", "passed on"),
        ("Shared for Jo at the kennels", "passed on"),
        ("Some tips from our friends at Hill Farm", "passed on"),
        ("Thanks to @lovetestham for this article", "passed on"),
        ("Our posts in May are by Hill Media", "agency"),
        ("From the Gazette, reproduced with permission", "passed on"),
        ("This is a letter from the owner of the Lion", "passed on"),
        ("I am taking over the council's account today", "guest"),
        ("Our page is run this month by Hill Media", "agency"),
        ("[Automated post] Bins tomorrow", "program"),
        ("The square in 2050. Image: AI-generated.", "program"),
        ("Shared from Testham Museum: a new exhibition", "passed on"),
        ("A lovely view via @lovetestham", "passed on"),
        ("Guest blog by Jan Hill", "guest"),
        ("The youth council is taking over our Instagram today", "guest"),
        ("Article written by the Rotary Club", "guest"),
        ("Posted by Dan from Bright Spark PR on behalf of Testham Town Council", "agency"),
        ("Our new comms agency will be posting here", "agency"),
        ("This page is now run by Bluewave", "agency"),
        ("Admin: Jo at Bright Spark", "agency"),
        ("Film made by Hill Films for the town council", "agency"),
        ("Hello, I am looking after this page for a week", "agency"),
        ("Posted with Hootsuite", "program"),
        ("Copy for approval: our new bins", "draft"),
        ("[INSERT DATE] is market day", "draft"),
        ("This post was automated", "program"),
    ],
)
def test_what_somebody_else_wrote_is_known(text: str, sign: str) -> None:
    assert written_elsewhere(text)[0] == sign


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The road is closed by the water company.",
        "The play was written by Shakespeare.",
        "Made by the Men's Shed, run by volunteers.",
        "A letter from the Mayor.",
        "From Monday the library opens at 10.",
        "Photo by Jan Hill",
        "RT if you like the swans",
    ],
)
def test_everyday_words_say_nothing_of_others(text: str) -> None:
    assert written_elsewhere(text) == (None, "")


def test_who_wrote_it_is_told_by_handle_words_or_link() -> None:
    assert source("RT @NorfolkPolice: hello") == "norfolkpolice"
    assert source("Shared from the Testham Museum: hello") == "testham museum"
    assert (
        source("", ["https://[odd", "https://www.facebook.com/hillbakery/posts/1"]) == "hillbakery"
    )
    assert source("Hello", ["https://example.org/a"]) == ""


def test_public_bodies_are_known_by_name() -> None:
    assert public_body("NorfolkPolice")
    assert public_body("Cyngor_Llanfarrow")
    assert not public_body("hillbakery")
    assert not public_body("hillhospitality")


WORDS = (
    "rt @a via repost from shared guest blog taking over our page written by jan article agency on behalf of "
    "council managed run scheduled hootsuite this post was automated ai \u0130 \u212a ’ ! é :"
)


@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]) | st.text(max_size=2), max_size=14))
def test_the_gate_lets_through_all_that_has_a_sign(pieces: list[str]) -> None:
    text = " ".join(pieces).encode("utf-8", "ignore").decode()
    if written_elsewhere(text)[0]:
        assert Records.candidates(pd.Series([text], dtype=TEXT), GATE).all()


@pytest.mark.parametrize(
    "text",
    ["by " * 30_000, "posted by a " * 8_000, "rt " * 30_000, "@" * 100_000, "a" * 100_000, "from the " * 11_000,
     "\ud800 rt @a", "🔁" * 40_000, "by a b c " * 11_000, "on behalf of " * 7_000],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    written_elsewhere(text)
    source(text)
    assert time.process_time() - began < 1
