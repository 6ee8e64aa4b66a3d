from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectors.graph_paging import following
from socialaudit.models import Comment, Post
from tests.connectors.graph_answers import (
    a_comment,
    a_post,
    facts,
    listed,
    only,
    reading,
    recorded,
)

if TYPE_CHECKING:
    from demo.server import Request

BOTH = {"before": "A", "after": "B"}
NEXT = "https://graph.facebook.com/v2.1/1/comments?access_token=T&limit=25"


@pytest.mark.parametrize(
    ("more", "cursor", "sure"),
    [
        ({}, None, False),
        ({"paging": None}, None, False),
        ({"paging": {"cursors": BOTH}}, None, False),
        ({"paging": {"cursors": BOTH, "next": NEXT}}, {"after": "B"}, True),
        (
            {"paging": {"next": f"{NEXT}&until=9&__paging_token=x"}},
            {"until": "9", "__paging_token": "x"},
            True,
        ),
        ({"paging": {"next": f"{NEXT}&method=delete"}}, {}, True),
        ({"paging": {"next": "http://[x"}}, {}, True),
        ({"paging": {"next": 7}}, {}, True),
        ({"paging": {"cursors": {"after": "B"}}}, {"after": "B"}, False),
        ({"paging": {"cursors": BOTH}, "summary": {"total_count": 9}}, {"after": "B"}, False),
        ({"paging": {"cursors": BOTH}, "summary": {"total_count": 2}}, None, False),
        ({"paging": {"cursors": {"after": "B"}}, "summary": {"total_count": 2}}, None, False),
    ],
)
def test_where_the_next_page_starts(more: Any, cursor: Any, sure: bool) -> None:  # noqa: FBT001 - a table's column
    assert following({"data": [1, 2], **more}, 2) == (cursor, sure)


def test_a_page_kept_without_its_link_is_followed_by_its_cursor() -> None:
    def page(request: Request) -> Any:
        if request.query.get("after") == "B":
            return listed(a_post(2), paging={"cursors": {"before": "C"}})
        return listed(a_post(1), paging={"cursors": {"after": "B"}})

    readings = reading(recorded(posts=page))
    assert [p.id for p in only(Post, readings)] == ["100_1", "100_2"]
    assert facts(readings) == []


def test_a_total_that_is_never_reached_is_no_fault() -> None:
    nested = listed(a_comment(), paging={"cursors": BOTH}, summary={"total_count": 18})
    site = recorded(posts=listed(a_post(comments=nested)), **{"100_1/comments": nested})
    readings = reading(site)
    assert len(only(Comment, readings)) == 1
    assert facts(readings) == []
