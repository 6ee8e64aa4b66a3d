from __future__ import annotations

from typing import Any

import pytest

from connectors import Usage, youtube_lists
from connectors.transport import Unlimited
from connectors.youtube_lists import Lists, Tally, as_far_as_told
from demo.server import LoopbackServer
from socialaudit.errors import Forbidden, Malformed, RateLimited
from socialaudit.models import Unread
from tests.connectors.case import SINCE
from tests.connectors.cases.youtube import case
from tests.connectors.youtube_talk import BEFORE, IN_WINDOW, Scripted, a_list, an_entry


def pages_of(site: Scripted, **asked: Any) -> tuple[list[Any], Malformed | None, int]:
    """Items until the end or a fault, and how many requests that took."""
    items: list[Any] = []
    fault: Malformed | None = None
    with LoopbackServer(site) as server:
        lists = Lists(case().access(server.url, Unlimited()), Usage())
        try:
            for page in lists.pages("comments", part="snippet", **asked):
                items.extend(page)
        except Malformed as raised:
            fault = raised
        finally:
            lists.close()
        return items, fault, len(server.log)


def test_an_empty_page_with_a_cursor_is_not_the_end() -> None:
    pages = {None: a_list(nextPageToken="2"), "2": a_list("a")}
    site = Scripted(comments=lambda request: pages[request.query.get("pageToken")])
    assert pages_of(site) == (["a"], None, 2)


def test_a_cursor_that_comes_again_ends_the_list() -> None:
    items, fault, requests = pages_of(Scripted(comments=a_list("a", nextPageToken="x")))
    assert (items, requests) == (["a", "a"], 2)
    assert "repeats itself" in str(fault)


def test_a_cursor_that_is_no_text_ends_the_list() -> None:
    items, fault, _ = pages_of(Scripted(comments=a_list("a", nextPageToken=["x"])))
    assert items == ["a"]
    assert fault is not None


def test_a_list_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(youtube_lists, "MAX_PAGES", 5)
    counter = iter(range(100))
    endless = Scripted(comments=lambda _: a_list("a", nextPageToken=str(next(counter))))
    items, fault, requests = pages_of(endless)
    assert (len(items), requests) == (5, 5)
    assert "more than 5 pages" in str(fault)


@pytest.mark.parametrize("answer", [{}, {"items": "x"}, {"items": {"0": 1}}, [], [1], 7])
def test_an_answer_that_holds_no_list_is_malformed(answer: Any) -> None:
    items, fault, _ = pages_of(Scripted(comments=answer))
    assert items == []
    assert fault is not None


def test_the_newest_are_read_until_enough_in_a_row_are_old() -> None:
    old = [an_entry("o", BEFORE)] * 10
    pages = {
        None: a_list(*old[:9], an_entry("n", IN_WINDOW), nextPageToken="2"),
        "2": a_list(*old, nextPageToken="3"),
    }
    site = Scripted(comments=lambda request: pages[request.query.get("pageToken")])
    with LoopbackServer(site) as server:
        lists = Lists(case().access(server.url), Usage())
        read = list(lists.newest("comments", SINCE, youtube_lists_when, part="snippet"))
        lists.close()
    assert [len(page) for page in read] == [10, 10]


def test_a_list_in_another_order_is_read_to_its_end() -> None:
    old = [an_entry("o", BEFORE)] * 10
    mixed = [one for pair in zip([an_entry("n", IN_WINDOW)] * 5, old, strict=False) for one in pair]
    pages = {None: a_list(*mixed, *old, nextPageToken="2"), "2": a_list(*mixed)}
    site = Scripted(comments=lambda request: pages[request.query.get("pageToken")])
    with LoopbackServer(site) as server:
        lists = Lists(case().access(server.url), Usage())
        read = list(lists.newest("comments", SINCE, youtube_lists_when, part="snippet"))
        lists.close()
    assert [len(page) for page in read] == [20, 10]


def youtube_lists_when(item: Any) -> Any:
    return SINCE.replace(year=2000) if item["id"] == "entry-o" else SINCE


def test_a_tally_counts_what_could_not_be_understood() -> None:
    tally = Tally("posts", "videos")
    numbers = [tally.take(_small, n) for n in (1, 20, 3)]
    assert numbers == [1, None, 3]
    assert list(tally.unread()) == [
        Unread("posts", "1 of 3 videos could not be understood", partial=True)
    ]


def test_a_tally_of_understood_items_says_nothing() -> None:
    assert list(Tally("posts", "videos").unread()) == []


def _small(number: int) -> int:
    if number > 9:
        raise Malformed("too large")
    return number


def test_a_refusal_ends_in_what_is_unread() -> None:
    def refused() -> Any:
        yield Unread("x", "y")
        raise Forbidden("no", "ask")

    assert list(as_far_as_told(refused(), "posts", "media"))[1:] == [
        Unread("posts", "no", "ask", partial=True),
        Unread("media", "no", "ask", partial=True),
    ]


def test_a_fault_that_may_pass_is_not_swallowed() -> None:
    def limited() -> Any:
        yield Unread("x", "y")
        raise RateLimited("later")

    with pytest.raises(RateLimited):
        list(as_far_as_told(limited(), "posts"))
