from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from demo.facebook import FacebookSite
from demo.server import Answer, Request
from demo.town import load
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import Known, Post, Reading
from tests.connectors.graph_answers import (
    SECRET,
    Recorded,
    connected,
    only,
    reading,
)


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
        (400, an_error(2500, "Unknown path components: /reels"), NotFound),
        (400, an_error(2500, "Syntax error at character 9"), Malformed),
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
        (200, '{"id":' + "[" * 400 + "]" * 400 + "}", Malformed),
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


JUNK: list[Any] = [
    *(None, True, -1, 1e308, 2**70, float("nan"), "", "x", [], {}, [None], [[]], {"data": None}),
    *({"data": [None, {}]}, {"id": ["x"]}, {"next": "//", "cursors": 5}, "2026-13-45", "\ud800"),
    *("http://[bad", "9999-12-31T23:59:59+0000", {"error": 5}, {"value": [1]}),
]


def spoil(value: Any, junk: Any, chance: Random) -> Any:
    if chance.random() < 0.02:
        return junk
    if isinstance(value, dict):
        return {k: spoil(v, junk, chance) for k, v in value.items() if chance.random() > 0.02}
    if isinstance(value, list):
        return [spoil(v, junk, chance) for v in value]
    return value


@dataclass
class Spoilt:
    site: FacebookSite
    junk: Any
    chance: Random

    def answer(self, request: Request) -> Answer:
        good = self.site.answer(request)
        return Answer(json.dumps(spoil(good.body, self.junk, self.chance)), good.status)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_whatever_stands_in_place_of_a_value_only_our_errors_are_raised(junk: Any) -> None:
    town, now = load("facebook"), datetime(2026, 11, 16, 6, tzinfo=UTC)
    site = Spoilt(FacebookSite(town, now, SECRET), junk, Random(7))  # noqa: S311 - repeatable, secures nothing
    readings: list[Reading] = []
    with connected(site, handle=town.handle) as (facebook, server), suppress(PlatformError):
        readings.extend(facebook.read(now - timedelta(days=14), now))
        readings.extend(facebook.reread([Known("post", p.id) for p in only(Post, readings)]))
    json.dumps([getattr(one, "payload", None) for one in readings]).encode()
    str(readings).encode()
    assert len(server.log) < 100
