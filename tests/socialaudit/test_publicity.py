from __future__ import annotations

import time

import pytest

from socialaudit.publicity import neutral, pictured, signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ('Cllr Ann Hill said: "A great day."', "member speaks"),
        ("A message from Councillor Tom Reed", "member speaks"),
        ("Thanks to our ward Cllr Jones for the bench", "member speaks"),
        ("“A great day” - Cllr Shah", "member speaks"),
        ("Meet your councillors in the library", "member speaks"),
        ("Cllr Shah has been a great champion for the town", "member speaks"),
        ("Pictured is Cllr Shah", "member pictured"),
        ("Our Mayor poses with the cup", "member pictured"),
        ("Delighted to announce a skate park project", "new plan"),
        ("We have secured £20,000 for the hut", "new plan"),
        ("Have your say on the market place", "new plan"),
        ("Look at our achievements", "record"),
        ("We strongly oppose the bypass", "view"),
        ("The government has failed", "view"),
    ],
)
def test_what_is_left_aside_before_an_election_is_known(text: str, sign: str) -> None:
    assert sign in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Full Council meets on Tuesday 13 April at 7pm.",
        "Planning Committee at 7pm, chaired by Cllr Hill.",
        "The library is open as usual.",
        "Bin collections change over Easter.",
        "Allotment rents are due by Friday.",
        "The Mayor will lay a wreath on Sunday.",
        "Grass cutting begins next week.",
    ],
)
def test_routine_news_has_no_sign(text: str) -> None:
    assert signs(text) == {}


def test_candidates_are_known_by_name() -> None:
    assert signs("Well done ann hill", ["Ann Hill"])["candidate"] == "ann hill"
    assert signs("Ann Hillary", ["Ann Hill"]) == {}


def test_a_description_may_name_a_member_or_a_candidate() -> None:
    assert pictured("Councillor Reed with a cup") == "Councillor Reed"
    assert pictured("Ann Hill with a cup", ["Ann Hill"]) == "Ann Hill"
    assert pictured("A dog with a cup", ["Ann Hill"]) == ""


def test_neutral_news_is_known_by_its_words() -> None:
    assert neutral("Polling stations open at 7am")
    assert not neutral("The market opens at 7am")


@pytest.mark.parametrize(
    "text",
    ["Cllr " * 20_000, "Mayor A " * 12_000, "we " * 30_000, "new " * 25_000, "announce " * 11_000, "£1 " * 30_000,
     "A B " * 25_000, "\ud800 Cllr", "🗳️" * 40_000, '"' * 100_000, "thanks to the the " * 6_000,
     "\n" * 100_000],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_read_like_any_other(text: str) -> None:
    began = time.process_time()
    signs(text, ["Ann Hill"])
    neutral(text)
    assert time.process_time() - began < 1
