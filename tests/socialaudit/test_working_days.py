from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.working_days import a_month_after, after


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 30)),  # a Monday: Tuesday is day 1
        (date(2026, 11, 6), date(2026, 12, 4)),  # a Friday: Monday is day 1
        (date(2026, 11, 7), date(2026, 12, 4)),  # a Saturday and a Sunday: Monday is day 1
        (date(2026, 11, 8), date(2026, 12, 4)),
        (date(2026, 12, 1), date(2026, 12, 31)),  # Christmas, and Boxing Day moved to the Monday
        (date(2027, 3, 15), date(2027, 4, 14)),  # Good Friday and Easter Monday
        (date(2022, 5, 23), date(2022, 6, 22)),  # the Platinum Jubilee's two days
        (date(2023, 4, 17), date(2023, 5, 17)),  # May Day and the Coronation
        (date(2025, 12, 25), date(2026, 1, 26)),  # received on a bank holiday
    ],
)
def test_twenty_working_days_are_counted_from_the_day_after(received: date, last: date) -> None:
    assert after(received, 20) == last


def test_the_first_working_day_after_receipt_is_day_one() -> None:
    assert after(date(2026, 12, 24), 1) == date(2026, 12, 29)


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 7, 13), date(2026, 3, 17)])
def test_bank_holidays_of_scotland_and_northern_ireland_alone_count(day: date) -> None:
    assert after(day - timedelta(days=1), 1) == day


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_a_date_is_a_weekday_after_the_day_and_never_sooner_than_the_days_asked_for(
    day: date, days: int
) -> None:
    due = after(day, days)
    assert due.weekday() < 5
    assert due - day >= timedelta(days=days)
    assert after(day, days + 1) > due


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 11, 9), date(2026, 12, 9)),
        (date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, a weekend and its Monday
        (date(2025, 12, 15), date(2026, 1, 15)),
    ],
)
def test_a_request_for_ones_own_data_has_a_month(received: date, last: date) -> None:
    assert a_month_after(received) == last
