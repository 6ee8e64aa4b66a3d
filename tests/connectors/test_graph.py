from __future__ import annotations

from typing import Any

import pytest

from demo.facebook import TOKEN, FacebookSite
from demo.server import Answer, Fault, Request
from demo.town import TownMedia, TownPost
from socialaudit.errors import (
    RateLimited,
    Unauthorized,
)
from socialaudit.models import (
    Media,
    Post,
    Reading,
    Unread,
)
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.graph_answers import (
    AT,
    SECRET,
    a_post,
    a_town,
    connected,
    facts,
    listed,
    only,
    reading,
    recorded,
)


def test_a_list_is_followed_through_an_empty_page_and_by_time() -> None:
    host = "https://evil.example.net/v1/100/published_posts?access_token=x&limit=25"

    def page(request: Request) -> Any:
        if request.query["until"] == "1788000000":
            return listed(a_post(2))
        if "__paging_token" in request.query:
            return listed(paging={"next": f"{host}&until=1788000000"})
        return listed(a_post(1), paging={"next": f"{host}&until=1788100000&__paging_token=T"})

    assert [p.id for p in only(Post, reading(recorded(posts=page)))] == ["100_1", "100_2"]


def test_cursors_without_a_next_link_are_the_end() -> None:
    posts = listed(a_post(), paging={"cursors": {"before": "A", "after": "B"}})
    with connected(recorded(posts=posts)) as (facebook, server):
        assert len(only(Post, list(facebook.read(SINCE, UNTIL)))) == 1
    assert sum("published_posts" in r.path for r in server.log) == 1


@pytest.mark.parametrize(
    "paging",
    [
        {"cursors": {"after": "A"}, "next": "https://graph.facebook.com/x?after=A"},
        {"next": "https://graph.facebook.com/x?until=5"},
        {"next": "https://[bad"},
        {"next": True},
    ],
)
def test_a_list_that_repeats_or_cannot_be_followed_stops(paging: Any) -> None:
    readings = reading(recorded(posts=listed(a_post(), paging=paging)))
    assert [p.id for p in only(Post, readings)] == ["100_1"]
    assert facts(readings) == ["comments", "media", "posts"]
    assert all(unread.partial for unread in only(Unread, readings))


def test_a_page_too_large_for_graph_is_asked_for_in_smaller_pieces() -> None:
    def page(request: Request) -> Any:
        if int(request.query["limit"]) > 25:
            words = "Please reduce the amount of data you're asking for, then retry your request"
            return Answer({"error": {"message": words, "code": 1}}, 500)
        return listed(a_post())

    with connected(recorded(posts=page)) as (facebook, server):
        assert len(only(Post, list(facebook.read(SINCE, UNTIL)))) == 1
    limits = [r.query["limit"] for r in server.log if "published" in r.path]
    assert limits == ["100", "50", "25"]


def test_a_field_that_this_version_lacks_is_left_out_from_then_on() -> None:
    def page(request: Request) -> Any:
        for name in ("timeline_visibility", "is_private"):
            if name in request.query["fields"]:
                words = f"(#100) Tried accessing nonexisting field ({name}) on node type (X)"
                return Answer({"error": {"message": words, "code": 100}}, 400)
        if "after" in request.query:
            return listed(a_post(2))
        return listed(a_post(1), paging={"cursors": {"after": "B"}, "next": "https://x/"})

    with connected(recorded(posts=page)) as (facebook, server):
        assert len(only(Post, list(facebook.read(SINCE, UNTIL)))) == 2
    assert sum("published_posts" in r.path for r in server.log) == 4


def test_what_was_read_before_a_fault_is_kept() -> None:
    town = a_town(
        *(TownPost(id=f"p{n}", at=AT, media=(TownMedia(id=f"m{n}"),)) for n in range(120))
    )
    readings: list[Reading] = []
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, server):
        server.faults = [Fault("rate_limited", "published_posts", after=1)]
        with pytest.raises(RateLimited):
            readings.extend(facebook.read(SINCE, UNTIL))
    assert (len(only(Post, readings)), len(only(Media, readings))) == (100, 100)


def test_the_wrong_token_is_unauthorized() -> None:
    with pytest.raises(Unauthorized):
        reading(FacebookSite(a_town(), NOW, TOKEN))


@pytest.mark.parametrize("kind", ["text/javascript; charset=UTF-8", "text/plain", ""])
def test_json_is_known_by_its_looks(kind: str) -> None:
    site = recorded(posts=lambda _: Answer(listed(a_post()), content_type=kind))
    assert len(only(Post, reading(site))) == 1
