"""Long lists of JSON, an item at a time."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest

from connectors.archive_json import MAX_ITEM, PIECE, items, whole
from socialaudit.errors import Malformed


def given(text: str, key: str | None = None) -> list[object]:
    return list(items(io.StringIO(text), key))


def test_a_list_is_given_item_by_item() -> None:
    assert given('[1, "a", {"b": [null]}, [] ]') == [1, "a", {"b": [None]}, []]


def test_an_empty_list_has_no_items() -> None:
    assert given(" [ ]\n") == []


def test_an_assignment_before_it_is_left_out() -> None:
    assert given("window.YTD.tweets.part0 = [ {} ]") == [{}]
    assert whole(io.StringIO("window.__THAR_CONFIG = {\n}")) == {}


def test_a_list_under_a_key_is_found_wherever_it_stands() -> None:
    text = '{"@context": ["x"], "type": {"a": [1]}, "orderedItems": [1, 2], "more": 3}'
    assert given(text, "orderedItems") == [1, 2]
    assert given('{"ig_stories": [1]}') == [1]


def test_numbers_that_are_none_are_unknown() -> None:
    assert given('[{"a": NaN, "b": -Infinity}]') == [{"a": None, "b": None}]


def test_an_object_without_that_list_has_no_items() -> None:
    assert given('{"totalItems": 0, "orderedItems": {}}', "orderedItems") == []


def test_items_longer_than_a_piece_are_whole() -> None:
    long = ["é" * PIECE * 2, 12345678, "x" * (PIECE - 3)] * 3
    assert given(json.dumps(long, ensure_ascii=False)) == long


@pytest.mark.parametrize("text", ["", "<html>", "null", "[1, 2", "[1 2]", '{"a" 1}', "[{]", '["a'])
def test_what_breaks_off_or_is_none_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        given(text)


def test_the_items_before_a_break_are_given() -> None:
    found = items(io.StringIO('[{"a": 1}, {"b"'))
    assert next(found) == {"a": 1}
    with pytest.raises(Malformed):
        next(found)


def test_an_endless_item_is_given_up() -> None:
    with pytest.raises(Malformed):
        given('["' + "x" * (MAX_ITEM * 3))


def test_deep_nesting_is_malformed() -> None:
    with pytest.raises(Malformed):
        given("[" * 200_000)


def test_a_large_list_takes_little_memory() -> None:
    text = io.StringIO(
        "[" + ",".join(json.dumps({"n": n, "t": "x" * 200}) for n in range(50_000)) + "]"
    )
    tracemalloc.start()
    count = sum(1 for _ in items(text))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 3_000_000
