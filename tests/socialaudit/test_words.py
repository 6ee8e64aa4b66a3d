from __future__ import annotations

import pytest

from socialaudit.words import known, words_of


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("beachclean", "beach clean"),
        ("winterwonderland", "winter wonder land"),
        ("familyfunday", "family fun day"),
        ("rememberthem", "remember them"),
        ("ourtown", "our town"),
        ("lestweforget", "lest we forget"),
        ("visitfakenham", "visit fakenham"),
        ("thaxtedcarnival", "thaxted carnival"),
        ("cyclenorfolk", "cycle norfolk"),
        ("nadoligllawen", "nadolig llawen"),
    ],
)
def test_several_words_are_told_apart(piece: str, words: str) -> None:
    assert " ".join(words_of(piece)) == words


@pytest.mark.parametrize(
    "piece",
    [
        "carnival",
        "allotments",
        "footpaths",
        "volunteering",
        "foodbank",
        "skatepark",
        "therapist",
        "together",
        "leadership",
        "hydrotherapy",
        "eisteddfod",
        "misunderstanding",
        "rewilding",
        "cheerfulness",
        "accessibility",
        "day",
        "wwi",
        "xyzzy",
    ],
)
def test_one_word_stays_one(piece: str) -> None:
    assert words_of(piece) == (piece,)


@pytest.mark.parametrize(
    "place",
    [
        "blackpool",
        "bournemouth",
        "hartlepool",
        "northwalsham",
        "southendonsea",
        "stokeontrent",
        "kingslynn",
        "ashbydelazouch",
        "burystedmunds",
        "westonsupermare",
        "scunthorpe",
        "penistone",
        "newtonabbot",
        "bishopsstortford",
        "wellsnextthesea",
        "stives",
        "llandrindod",
        "eastgrinstead",
        "uckfield",
        "whitehaven",
    ],
)
def test_the_name_of_a_place_is_one_word(place: str) -> None:
    assert words_of(place) == (place,)


def test_a_name_that_is_given_is_one_word() -> None:
    assert words_of("goodharvest", frozenset({"goodharvest"})) == ("goodharvest",)
    assert words_of("visitoaty", frozenset({"oaty"})) == ("visit", "oaty")


@pytest.mark.parametrize("word", ["bins", "planned", "making", "cities", "happily", "rebuild"])
def test_regular_endings_are_understood(word: str) -> None:
    assert known(word)


@pytest.mark.parametrize("word", ["", "x", "rnli", "pspo", "zzz", "ed", "ing", "é"])
def test_what_is_no_word_is_not_known(word: str) -> None:
    assert not known(word)
