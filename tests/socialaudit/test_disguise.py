# ruff: noqa: RUF001 - look-alike letters are the subject
from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.disguise import LEFT_OUT, TRACES, fold, unmask


def known(candidate: str) -> str:
    same = len(candidate) == len("parsnip") and all(
        asked in {letter, "?"} for asked, letter in zip(candidate, "parsnip", strict=True)
    )
    return "parsnip" if same else ""


@pytest.mark.parametrize(
    "disguised",
    [
        "p a r s n i p",
        "p.a.r.s.n.i.p",
        "p4r5n1p",
        "p@rsn!p",
        "p**s*ip",
        "parrrrsnip",
        "ｐａｒｓｎｉｐ",
        "рarѕnір",
        "par\u200bsnip",
        "p\u0301arsnip",
        "𝓹𝓪𝓻𝓼𝓷𝓲𝓹",
        "PARSN1P!!!",
        "&#112;arsnip",
    ],
)
def test_a_disguised_word_is_written_out(disguised: str) -> None:
    assert "parsnip" in unmask(fold(f"such a {disguised}"), known).lower()


@pytest.mark.parametrize(
    "text",
    ["Meet at 7pm on the A149, NR27 9HH", "Well-known bell-end", "a b c", "** bold **", "5*"],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert unmask(fold(text), known) == text


def test_addresses_and_handles_are_left_out() -> None:
    text = fold("see https://example.org/parsnip or parsnip@example.org, @parsnip said")
    assert text == f"see {LEFT_OUT} or {LEFT_OUT}, {LEFT_OUT} said"


def test_a_hashtag_is_parted_at_its_capitals() -> None:
    assert fold("#MoreParsnipsNow") == "More Parsnips Now"


@given(st.text(st.characters(max_codepoint=127) | st.sampled_from("aabps!.*1 @#_-"), max_size=40))
def test_a_text_without_traces_hides_no_word(text: str) -> None:
    plain = set(re.findall(r"[a-z0-9]+", text.lower()))

    def hidden(candidate: str) -> str:
        return "" if candidate in plain or not re.fullmatch(r"[a-z?]+", candidate) else "found"

    if re.search(TRACES, text.lower()) is None and "://" not in text and "www." not in text:
        assert unmask(fold(text), hidden) == text
