from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from connectors.x_answer import Answer, Tally, either, has_passed, made_at, times, versions
from tests.connectors.x_answers import SINCE, a_page, a_post

Dated = tuple[dict[str, Any], datetime]

NONE = Answer.of({})
MADE = "1441000000000000001"


@pytest.mark.parametrize("told", [[""], [None], [], None, "x", ["9" * 30], [{}]])
def test_a_history_that_names_no_version_is_none(told: Any) -> None:
    raw = a_post("1000", edit_history_tweet_ids=told)
    assert versions(raw) == ["1000"]
    assert times(raw, NONE) == (datetime(2026, 9, 3, 10, tzinfo=UTC), None)


def test_a_name_of_one_generation_without_a_value_gives_way_to_the_other() -> None:
    assert either({"old": None, "new": 1}, "old", "new") == 1
    assert either({"old": [], "new": 1}, "old", "new") == []


@pytest.mark.parametrize("created", ["Fri Sep 24 10:00:00 +0000 2021", "soon", {}, None])
def test_a_time_in_another_spelling_is_told_by_the_id(created: Any) -> None:
    assert times(a_post(MADE, created_at=created), NONE) == (made_at(MADE), None)


@pytest.mark.parametrize("native", ["", "x", "1", "9" * 25, "9" * 5000])
def test_what_is_no_timed_id_tells_no_time(native: str) -> None:
    assert made_at(native) is None


def test_a_list_gives_each_item_once_however_often_it_comes() -> None:
    tally, answer = Tally(), Answer.of(a_page(a_post("1"), a_post("1"), a_post("2")))
    assert [raw["id"] for raw, _ in answer.dated(tally)] == ["1", "2"]
    assert answer.dated(tally) == []
    assert (tally.items, tally.odd) == (6, 0)


def test_a_list_has_passed_a_time_only_where_its_order_says_so() -> None:
    before: Dated = ({}, datetime(2026, 8, 1, tzinfo=UTC))
    after: Dated = ({}, datetime(2026, 9, 2, tzinfo=UTC))
    assert has_passed(SINCE, [after, before])
    assert not has_passed(SINCE, [before, after])
    assert has_passed(SINCE, [before, before])
    assert not has_passed(SINCE, [])
