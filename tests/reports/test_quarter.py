from __future__ import annotations

from datetime import date, timedelta

import pytest

from reports.quarter import Quarter
from socialaudit.errors import UsageError


def test_a_quarter_has_a_name_and_days() -> None:
    last = Quarter.named("2026-Q4")
    assert (last.first, last.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert (last.name, last.words) == ("2026-Q4", "October to December 2026")


def test_each_day_of_some_years_is_in_its_quarter_alone() -> None:
    for n in range(1500):
        day = date(2023, 12, 1) + timedelta(days=n)
        here = Quarter.of(day)
        assert day in here
        assert Quarter.named(here.name) == here
        assert here.last + timedelta(days=1) not in here


@pytest.mark.parametrize(
    "name", ["2026-Q5", "2026-Q0", "Q4", "2026-q4", "2026Q4", "", "../2026-Q4", "٢٠٢٦-Q4"]
)
def test_what_is_no_quarter_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="is not a quarter such as 2026-Q4"):
        Quarter.named(name)
