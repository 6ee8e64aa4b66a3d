from __future__ import annotations

import pytest

from socialaudit.emoji import Use, emoji, uses


@pytest.mark.parametrize(
    "one",
    ["🎄", "❤️", "❤", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇬🇧", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "1️⃣", "#⃣", "☎️", "🧑🏿‍🚒"],
)
def test_what_looks_like_one_is_one(one: str) -> None:
    assert [found.text for found in emoji(f"a {one} b")] == [one]


@pytest.mark.parametrize("text", ["© ™ ® ↔ ‼", "123 # *", "café — “so” …", "你好 لافتة", ""])
def test_signs_and_letters_are_none(text: str) -> None:
    assert emoji(text) == ()


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("Carols tonight. 🎄🎅🎁⭐", "many"),
        ("Carols tonight. 🎄🎄", "repeated"),
        ("Carols tonight. 🎄 🎄", "repeated"),
        ("🎄 Carols\n🎁 Presents", "bullets"),
        ("1️⃣ Carols\n2️⃣ Presents", "bullets"),
        ("Join us 🎄 for carols.", "middle"),
        ("Meet at the hall, 🕖 7pm.", "middle"),
        ("We ❤️ Oaty", "instead"),
        ("Bring your own 🪑", "instead"),
        ("🐶 must be on leads.", "instead"),
        ("🎄", "instead"),
    ],
)
def test_an_emoji_in_the_way_is_told(text: str, use: Use) -> None:
    assert list(uses(text, 3, 2)) == [use]


@pytest.mark.parametrize(
    "text",
    [
        "Carols tonight 🎄",
        "Carols tonight. 🎄 Bring a torch. 🔦",
        "Thank you all of you 🎄🎁⭐",
        "🎄 Carols tonight",
        "Carols (🎄) tonight 🎁",
        "Christmas market 🎄 Sunday in the square",
        "Lights on 🎄\n\nBring a torch",
        "No emoji at all",
        "",
    ],
)
def test_a_few_at_the_end_are_well(text: str) -> None:
    assert uses(text, 3, 2) == {}


def test_how_many_are_many_is_for_the_council() -> None:
    assert uses("Carols. 🎄🎁", 1, 2) == {"many": "2"}
    assert uses("Carols. 🎄🎄", 3, 3) == {}
