from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from reports.wording import (
    cited,
    clock,
    count,
    duration,
    full_day,
    items,
    kept_together,
    listed,
    lower,
    past_day,
    weekday,
)

SUNDAY = date(2026, 11, 15)


def test_dates_are_written_as_a_clerk_says_them() -> None:
    assert (weekday(SUNDAY), full_day(SUNDAY)) == ("Sunday 15 November", "Sunday 15 November 2026")
    assert past_day(date(2025, 3, 1), SUNDAY) == "1 March 2025"


@pytest.mark.parametrize(
    ("hour", "expected"), [(0, "12:04am"), (8, "8:04am"), (12, "12:04pm"), (20, "8:04pm")]
)
def test_times_are_twelve_hour(hour: int, expected: str) -> None:
    assert clock(datetime(2026, 11, 15, hour, 4, tzinfo=UTC)) == expected


def test_times_are_those_of_the_zone() -> None:
    summer = datetime(2026, 7, 1, 11, 0, tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
    assert clock(summer) == "12:00pm"


@pytest.mark.parametrize(
    ("cites", "expected"),
    [
        ([], ""),
        (["Section 5"], "section 5"),
        (["Section 5", "Section 10"], "sections 5 and 10"),
        (["Section 4, point 6"], "section 4, point 6"),
        (["Section 4, point 15", "Section 10"], "section 4, point 15, and section 10"),
        (["Section 4, point 6", "Section 4, point 7"], "section 4, points 6 and 7"),
        (["Review date, last page"], "review date, last page"),
        (["Section 5", "Section 5"], "section 5"),
    ],
)
def test_policy_parts_are_one_phrase(cites: list[str], expected: str) -> None:
    assert cited(cites) == expected


def test_what_belongs_together_does_not_break() -> None:
    text = "15 November, item 7, items 5 and 6, section 4, point 6, 24 hours, X not checked"
    kept = "15~November, item~7, items~5 and 6, section~4, point~6, 24~hours, X~not~checked"
    assert kept_together(text).replace("\u00a0", "~") == kept


def test_counts_and_lists_are_words() -> None:
    assert (count(1, "thing"), count(1200, "thing")) == ("1 thing", "1,200 things")
    assert (listed([]), listed(["a"]), listed(["a", "b", "c"])) == ("", "a", "a, b and c")
    assert (items([2]), items([5, 6, 8])) == ("item 2", "items 5, 6 and 8")
    assert (duration(1), duration(30), duration(120)) == (
        "About 1 minute",
        "About 30 minutes",
        "About 2 hours",
    )


def test_names_keep_their_first_letter() -> None:
    assert (lower("Answer it"), lower("X was read"), lower("BBC says")) == (
        "answer it",
        "X was read",
        "BBC says",
    )
