from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.dates import dates

ON = date(2026, 11, 12)  # a Thursday


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("closed from Monday 23 November", [(2026, 11, 23)]),
        ("on the 23rd of November 2027", [(2027, 11, 23)]),
        ("November 23rd at 7pm", [(2026, 11, 23)]),
        ("23/11/2026 and 24.11.26 and 2026-11-25", [(2026, 11, d) for d in (23, 24, 25)]),
        ("23 to 27 November", [(2026, 11, 23), (2026, 11, 27)]),
        ("Monday 23 - Friday 27 Nov", [(2026, 11, 23), (2026, 11, 27)]),
        ("3 January", [(2027, 1, 3)]),
        ("1 November", [(2026, 11, 1)]),
        ("by Friday", [(2026, 11, 13)]),
        ("by Friday week", [(2026, 11, 20)]),
        ("next Thursday", [(2026, 11, 19)]),
        ("today and tomorrow", [(2026, 11, 12), (2026, 11, 13)]),
        ("TONIGHT!", [(2026, 11, 12)]),
        ("last Friday", []),
        ("every Friday", []),
        ("Mondays", []),
        ("on Monday\n23rd November", [(2026, 11, 23)]),
    ],
)
def test_a_date_is_read(text: str, found: list[tuple[int, int, int]]) -> None:
    assert dates(text, ON) == tuple(date(*parts) for parts in found)


@pytest.mark.parametrize(
    "text",
    [
        "7.30pm",
        "10.30",
        "£3.50",
        "31/02/2026",
        "99 November",
        "may be",
        "v1.2.3.4",
        "1/2 price",
        "24/7",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert dates(text, ON) == ()


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_text_is_too_odd(text: str, on: date) -> None:
    assert list(dates(text, on)) == sorted(dates(text, on))


def test_a_weekday_beside_a_written_date_on_that_weekday_is_that_date() -> None:
    text = "Closed from Monday 23 November. No parking from 7am on the Monday."
    assert dates(text, date(2026, 11, 12)) == (date(2026, 11, 23),)
