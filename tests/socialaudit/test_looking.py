from __future__ import annotations

from dataclasses import replace
from datetime import date

from socialaudit.looking import Look, newest

LOOK = Look(
    council="testham",
    account="group",
    day=date(2026, 11, 9),
    by="A. Clerk",
    seen="Two questions about bins, both answered",
    until=date(2026, 11, 23),
)


def test_a_look_holds_from_its_day_to_its_last() -> None:
    days = (8, 9, 23, 24)
    assert [LOOK.holds(date(2026, 11, day)) for day in days] == [False, True, True, False]


def test_the_latest_look_counts_and_of_one_day_the_one_written_down_last() -> None:
    older = replace(LOOK, day=date(2026, 11, 2))
    again = replace(LOOK, seen="One more")
    other = replace(LOOK, account="paper")
    assert newest([LOOK, older, other]) == {"group": LOOK, "paper": other}
    assert newest([LOOK, again, older])["group"] is again
