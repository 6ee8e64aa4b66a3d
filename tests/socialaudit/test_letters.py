from __future__ import annotations

import pytest

from socialaudit.letters import drawing, fancy, shouted, spaced


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("\U0001d4e2\U0001d4ea\U0001d4f5\U0001d4ee", "Sale"),
        ("\uff33\uff21\uff2c\uff25", "SALE"),
        ("ⓢⓐⓛⓔ", "sale"),
        ("\U0001f182\U0001f170\U0001f17b\U0001f174", "sale"),
        ("\u1d1b\u1d00\u1d18", "tap"),
        ("ˢᵃˡᵉ", "sale"),
        ("s\u0336a\u0336l\u0336e\u0336", "sale"),
        ("\U0001d5e1\U0001d5fc\U0001d604 \U0001d5fc\U0001d5fb", "Now on"),
    ],
)
def test_look_alikes_are_told_with_what_they_stand_for(written: str, plain: str) -> None:
    (found,) = fancy(f"Big {written}! today")
    assert (found.written, found.plain) == (written, plain)


@pytest.mark.parametrize(
    "text",
    [
        "m² and the 1ˢᵗ",
        "café, Ŵythnos, naïve, Ærø, Nguyễn Văn",
        "№ 5 ™ ½ ①②③ Ⅳ",
        "Привет καλημέρα 你好 لافتة",
        "🎄🅿️🇬🇧1️⃣",
        "",
    ],
)
def test_accents_figures_and_other_scripts_are_plain(text: str) -> None:
    assert fancy(text) == ()


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("MILL LANE IS CLOSED on Friday", "MILL LANE IS CLOSED"),
        ("Please note: NO DOGS ALLOWED in the cemetery.", "NO DOGS ALLOWED"),
        ("THE RNLI SHOP opens on Friday at ten in the morning", "THE SHOP"),
        ("IMPORTANT NOTICE. Office shut.", "IMPORTANT NOTICE"),
        ("OPEN 6 JANUARY TODAY, and so on for everybody who reads this", "OPEN JANUARY TODAY"),
    ],
)
def test_words_in_capitals_are_told(text: str, loud: str) -> None:
    expected = () if loud == "THE SHOP" else (loud,)
    assert shouted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Youth club is BACK on Tuesday.",
        "The RNLI, the NHS, BBC, RSPCA and HMRC were there.",
        "FREE entry, but NO dogs",
        "WHAT: market WHERE: square WHEN: Saturday",
        "https://EXAMPLE.ORG/NOTICE/OF/MEETING @TESTHAM #NOTICE #OF #MEETING",
        "A B C",
        "NR27 9AB, A148, WW2",
        "",
    ],
)
def test_a_stressed_word_and_acronyms_are_well(text: str) -> None:
    assert shouted(text) == ()


def test_the_name_of_the_place_counts_as_a_word() -> None:
    assert shouted("OATY MARKET TODAY and for ever after, says everybody", frozenset({"oaty"})) == (
        "OATY MARKET TODAY",
    )


@pytest.mark.parametrize(
    "text",
    [
        "/\\_/\\\n( o.o )\n > ^ <",
        "▓▓▓▓░░░░ 50%",
        "¯\\_(ツ)_/¯",
        "╔═══╗\n║ hi ║\n╚═══╝",
        "*~*~*~*\n~*~*~*~",
        "★·.·¯`·.·★\n·.·★·.·¯`·.",
    ],
)
def test_a_picture_of_signs_is_told(text: str) -> None:
    assert drawing(f"Look:\n{text}\nNice.")


@pytest.mark.parametrize(
    "text",
    [
        "-----\nMarket\n-----",
        "━━━━━━",
        "£4.50 - £3.00\n£2.50 - £2.00",
        "...\n???",
        "• One\n• Two",
        "🎄🎄\n🎁🎁",
        "",
    ],
)
def test_rules_lists_and_prices_are_no_pictures(text: str) -> None:
    assert drawing(text) == ""


@pytest.mark.parametrize(
    "text", ["N O T I C E   O F  P O L L", "Big s-a-l-e today", "W*E*L*C*O*M*E home"]
)
def test_letters_that_stand_alone_are_told(text: str) -> None:
    assert spaced(text)


@pytest.mark.parametrize(
    "text",
    ["Plan A or B", "J R R Tolkien's", "I am a U.K. fan", "1 2 3 4 5", "e.g. a b", "R.S.V.P.", ""],
)
def test_initials_are_not_spaced_out(text: str) -> None:
    assert spaced(text) == ""
