from __future__ import annotations

from typing import Any

import pytest

from connectors.youtube_fields import count, moment, native_id, part, seconds, string, time_of
from socialaudit.errors import Malformed


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("PT1H2M3S", 3723.0),
        ("PT45S", 45.0),
        ("PT3M", 180.0),
        ("P1DT1S", 86401.0),
        ("P1W", 604800.0),
        ("P0D", 0.0),
        ("PT1.5S", 1.0),
        ("1:30", None),
        ("", None),
        (None, None),
        (90, None),
        ("PT" + "9" * 40 + "S", None),
    ],
)
def test_a_length_of_time_is_in_seconds(told: Any, expected: float | None) -> None:
    assert seconds(told) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("12", 12),
        (12, 12),
        ("0", 0),
        (None, None),
        (True, None),
        ("-1", None),
        ("²", None),
        ("9" * 40, None),
        (1.5, None),
        ([], None),
        ("many", None),
    ],
)
def test_a_count_is_a_number_or_unknown(told: Any, expected: int | None) -> None:
    assert count(told) == expected


@pytest.mark.parametrize(
    "value", [None, "", 7, "a b", "a,b", "a\n", "a\0", "\ud83d", ["x"], "x" * 201]
)
def test_an_id_that_cannot_stand_in_a_list_is_malformed(value: Any) -> None:
    with pytest.raises(Malformed):
        native_id(value)


@pytest.mark.parametrize("value", [None, "", "soon", "0001-01-01T00:00:00+23:00", [], True])
def test_a_time_that_is_none_is_malformed_where_needed_and_unknown_elsewhere(value: Any) -> None:
    assert moment(value) is None
    with pytest.raises(Malformed):
        time_of(value)


def test_a_part_that_was_not_told_is_empty() -> None:
    values: list[Any] = [None, [], "x", {"b": 1}]
    assert [part({"a": told}, "a") for told in values] == [{}, {}, {}, {"b": 1}]


def test_a_part_of_no_item_is_malformed() -> None:
    with pytest.raises(Malformed):
        part("junk", "snippet")


def test_what_is_not_text_is_unknown_text() -> None:
    values: list[Any] = ["", "a", 7, None, []]
    assert [string(told) for told in values] == ["", "a", None, None, None]
