from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from socialaudit.records import Records, from_records
from socialaudit.tasks import from_others, received, spoken, taken, to_somebody_else
from tests.records import NOW, a_comment

REQUEST = "How much did the Christmas lights cost?"
COMPLAINT = "I want to make a complaint about the clerk."
ALL = {"information-requests", "complaints", "unanswered-comments"}


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        (f"{COMPLAINT} {REQUEST}", "information-requests"),
        (f"{COMPLAINT} When do you open?", "complaints"),
        ("When do you open?", "unanswered-comments"),
    ],
)
def test_the_first_check_that_wants_a_comment_lists_it(text: str, lists: str) -> None:
    order = ["information-requests", "complaints", "unanswered-comments"]
    for later in order[order.index(lists) + 1 :]:
        assert taken(text, later, ALL)
    assert not taken(text, lists, ALL)


def test_what_a_check_that_takes_no_part_would_list_is_left_to_the_others() -> None:
    assert not taken(REQUEST, "unanswered-comments", {"complaints", "unanswered-comments"})


def test_a_comment_of_a_sunday_night_counts_where_the_council_is() -> None:
    comment = a_comment(published_at=datetime(2026, 6, 7, 23, 30, tzinfo=UTC))
    (row,) = Records.rows(from_records([comment]).comments)
    assert spoken(received(row, ZoneInfo("Europe/London"))) == "Monday 8 June"
    assert spoken(received(row, ZoneInfo("UTC"))) == "Sunday 7 June"


def test_what_only_its_author_or_nobody_sees_is_no_task_here() -> None:
    shown = [a_comment(), a_comment(id="31", state=None), a_comment(id="32", own=None)]
    hidden = [a_comment(id="40", own=True), a_comment(id="41", published_at=NOW.replace(year=2025))]
    records = from_records([*shown, *hidden])
    found = from_others(records, NOW.replace(month=1))
    assert list(records.comments.loc[found, "key"]) == [comment.key for comment in shown]


@pytest.mark.parametrize(
    ("text", "friend"),
    [
        ("@testham when?", False),
        ("@suebell @testham when?", False),
        ("@suebell when?", True),
        ("Sue Bell are you going?", True),
        ("When is it?", False),
    ],
)
def test_who_is_spoken_to_stands_at_the_front(text: str, friend: bool) -> None:  # noqa: FBT001 - a table
    assert to_somebody_else(text, "testham") is friend
