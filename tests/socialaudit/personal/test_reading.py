from __future__ import annotations

import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.personal.reading import GATE, LIMIT, details, hidden
from socialaudit.records import TEXT, Records

PARTS = (
    "07700 900123",
    "01632 960001",
    "ring 512345",
    "943 476 5919",
    "AB123456C",
    "4242424242424242",
    "sort code 20-00-00 account 55779911",
    "GB29NWBK60161331926819",
    "MR13 UTT",
    "car A123BCD",
    "reg JAX 1",
    "born 3/3/62",
    "passport 925665416",
    "MORGA657054SM9IJ",
    "a.b@example.com",
    "a (at) b (dot) com",
    "14 Mill Lane NR27 9EX",
    "I live at 14 Mill Lane",
    "Dave Tuck has cancer",
    "Mrs Tuck is off sick",
    "o77oo 9oo l23",
    "We live at Gull Cottage, NR25 7SZ",
    "Mrs Tuck of 14 Heol y Bryn",
    "Kevin Marsh is a registered sex offender",
    "Mrs Tuck still owes £900 in rent",
    "Mr Tuck is deep in debt",
    "Mrs Tuck has previous convictions",
)
NOISE = st.text(
    st.sampled_from("aZé 5\u0663\uff17-.,()\n\t\u00a0\u2003@£🎆\u200d\u017f\u212a"), max_size=8
)


def lets_through(text: str) -> bool:
    return bool(Records.candidates(pd.Series([text], dtype=TEXT), GATE)[0])


@pytest.mark.parametrize("part", PARTS)
def test_each_kind_gets_through_the_filter(part: str) -> None:
    assert details(part)
    assert lets_through(part)


@given(NOISE, st.sampled_from(PARTS), st.integers(0, 40), NOISE, NOISE)
def test_whatever_is_found_gets_through_the_filter(
    before: str, part: str, at: int, between: str, after: str
) -> None:
    text = f"{before}{part[:at]}{between}{part[at:]}{after}"
    if details(text):
        assert lets_through(text)


@pytest.mark.parametrize("part", PARTS)
def test_nothing_found_is_left_in_the_text(part: str) -> None:
    shown = hidden(f"Well, {part}. Thanks")
    assert shown.startswith("Well, ")
    assert "removed]" in shown
    assert not details(shown)


@pytest.mark.parametrize(
    "text",
    ["", " ", "🎆" * 10_000, "\ud800 07700 900123 \udfff", "нет 07700 900123 да", "\x00\u202e"],
)
def test_odd_texts_are_read_without_fuss(text: str) -> None:
    assert len(details(text)) == ("900123" in text)


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "0",
        "07700 900123 ",
        "a@",
        "a.",
        "Mrs Tuck ",
        "ring ",
        "14 Mill ",
        "(((",
        "AB12 ",
        "live at ",
    ],
)
def test_the_longest_text_takes_time_by_its_length(unit: str) -> None:
    text = (unit * LIMIT)[:LIMIT]
    start = time.process_time()
    details(text)
    assert time.process_time() - start < 6
