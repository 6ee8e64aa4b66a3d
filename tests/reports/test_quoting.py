from __future__ import annotations

import pytest

from reports.quoting import clean, cut, masked, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ring 07700 900123 after 5pm", "ring [number removed] after 5pm"),
        ("(01263) 512-345 or +44 7700 900 123", "[number removed] or [number removed]"),
        ("0\u200b7700900123", "[number removed]"),
        ("٠٧٧٠٠٩٠٠١٢٣", "[number removed]"),
        ("write to a.b@example.org!", "write to [email address removed]!"),
        ("AB 12 34 56 C", "[number removed]"),
        ("at NR27 9EX and nr279ex", "at [postcode removed] and [postcode removed]"),
        ("@Jo_Bloggs said", "[name removed] said"),
        ("see https://evil.example/x now", "see [web address removed] now"),
        ("see www.cromer.example", "see [web address removed]"),
        ("bit.ly/2Ab and north-norfolk.gov.uk", "[web address removed] and [web address removed]"),
        ("the 2026-11-15 meeting at 7:30pm, £1,250,000", "the 2026-11-15 meeting at 7:30pm, £1,250,000"),
        ("Room B2 3pm. 10.30am", "Room B2 3pm. 10.30am"),
    ],
)  # fmt: skip
def test_private_details_and_addresses_are_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_steering_characters_are_gone_and_spaces_single() -> None:
    assert clean("a\u202eb\u2066c\u200bd\x07e\r\n\tf\u2028g\ufeff") == "abcde f g"


def test_welsh_and_emoji_stay() -> None:
    assert clean("Croeso i Ŵyl y Môr 🎄") == "Croeso i Ŵyl y Môr 🎄"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert len(cut("x" * 1000)) == 280


def test_a_text_without_words_is_not_shown() -> None:
    assert (shown("🎄🎅"), shown(None), shown("\u202e")) == ("", "", "")
