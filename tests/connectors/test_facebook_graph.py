from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from demo.facebook import TOKEN, FacebookSite
from demo.server import Answer, Fault, Request
from demo.town import TownMedia, TownPost
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
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
    Recorded,
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


def an_error(code: int | None, message: str = "Words", **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, "type": "OAuthException", "code": code, **more}}


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        *((400, an_error(code), RateLimited) for code in (4, 17, 32, 341, 613, 80000, 80014)),
        (429, {}, RateLimited),
        (429, "slow down", RateLimited),
        (400, an_error(190, error_subcode=463), Unauthorized),
        (400, an_error(102), Unauthorized),
        (400, an_error(2500, "An active access token must be used"), Unauthorized),
        (400, an_error(None, "Error validating access token"), Unauthorized),
        (401, {}, Unauthorized),
        (400, an_error(10), Forbidden),
        (403, an_error(200), Forbidden),
        (400, an_error(3), Forbidden),
        (400, an_error(368), Forbidden),
        (400, an_error(100, "requires the 'pages_read_engagement' permission"), Forbidden),
        (400, an_error(100, "Object does not exist", error_subcode=33), NotFound),
        (404, an_error(803, "Some of the aliases you requested do not exist: x"), NotFound),
        (404, [], NotFound),
        (400, an_error(100, "Invalid parameter"), Malformed),
        (500, an_error(1), Unreachable),
        (200, an_error(2), Unreachable),
        (400, an_error(999, is_transient=True), Unreachable),
        (500, {"oops": 1}, Unreachable),
        (502, "<html>Bad gateway</html>", Unreachable),
        (200, "<html>Log in</html>", Unreachable),
        (200, [1], Malformed),
        (200, '{"id": "100', Unreachable),
        (200, "[" * 100_000, Unreachable),
        (200, "null", Malformed),
        (204, "", Unreachable),
        (302, {}, Unreachable),
    ],
)
def test_each_fault_has_its_name(status: int, body: Any, expected: type[PlatformError]) -> None:
    kind = "text/html" if str(body).startswith("<") else "application/json"
    headers = {"Location": "http://evil.example.net/"} if status == 302 else {}
    site = Recorded({"Snoring": lambda _: Answer(body, status, headers, content_type=kind)})
    with pytest.raises(expected):
        reading(site)


def test_an_expired_token_is_said_to_have_expired() -> None:
    body = an_error(190, "Session has expired", error_subcode=463)
    with pytest.raises(Unauthorized, match="has expired"):
        reading(Recorded({"Snoring": lambda _: Answer(body, 400)}))


def test_the_usage_header_says_when_to_come_back() -> None:
    usage = '{"100": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 30}]}'
    headers = {"X-Business-Use-Case-Usage": usage}
    site = Recorded({"Snoring": lambda _: Answer(an_error(80001), 400, headers)})
    with pytest.raises(RateLimited) as caught:
        reading(site)
    assert caught.value.retry_at is not None
    wait = caught.value.retry_at - datetime.now(UTC)
    assert timedelta(minutes=29) < wait <= timedelta(minutes=30)


@pytest.mark.parametrize("header", ["", "?", "[]", '{"1": 5}', '{"1": [{"x": 1}]}', "null"])
def test_an_odd_usage_header_tells_nothing(header: str) -> None:
    headers = {"X-Business-Use-Case-Usage": header}
    site = Recorded({"Snoring": lambda _: Answer(an_error(4), 400, headers)})
    with pytest.raises(RateLimited) as caught:
        reading(site)
    assert caught.value.retry_at is None


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
