"""Answers of a WordPress site as they are recorded, with what a test wants otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.transport import Unlimited
from connectors.wordpress import WordPress
from demo.server import Answer, LoopbackServer
from socialaudit.errors import PlatformError
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from demo.server import Request
    from socialaudit.models import Known

SINCE, UNTIL = datetime(2026, 10, 5, tzinfo=UTC), datetime(2026, 10, 12, tzinfo=UTC)
INDEX = {
    "name": "Anytown Town Council",
    "description": "News &amp; notices",
    "url": "https://www.anytown.gov.uk",
    "home": "https://www.anytown.gov.uk",
    "gmt_offset": "1",
    "timezone_string": "Europe/London",
    "namespaces": ["oembed/1.0", "wp/v2"],
}
EDITOR = {
    "id": 2,
    "capabilities": {"edit_posts": True, "edit_others_posts": True, "read_private_posts": True}
    | {"moderate_comments": True},
}
SIGNED_IN = {"user": "clerk", "password": "abcd EFGH 1234"}
PAGE = Answer("<!DOCTYPE html><html><title>Anytown</title></html>", content_type="text/html")


def an_error(status: int, code: str) -> Answer:
    return Answer({"code": code, "message": "Sorry.", "data": {"status": status}}, status)


def a_post(native: int = 7, html: str = "<p>See the poster.</p>", **other: Any) -> dict[str, Any]:
    """A post of the window as WordPress 6.1 gives it; a field that is ``None`` is left out."""
    told = {
        "id": native,
        "date": "2026-10-06T10:00:00",
        "date_gmt": "2026-10-06T09:00:00",
        "modified": "2026-10-06T10:00:00",
        "modified_gmt": "2026-10-06T09:00:00",
        "status": "publish",
        "type": "post",
        "link": f"https://www.anytown.gov.uk/2026/10/{native}/",
        "title": {"rendered": "Road closure"},
        "content": {"rendered": html, "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "open",
        **other,
    }
    return {name: value for name, value in told.items() if value is not None}


def a_comment(native: int = 3, **other: Any) -> dict[str, Any]:
    """An approved comment of the window by a guest; a field that is ``None`` is left out."""
    told = {
        "id": native,
        "post": 7,
        "parent": 0,
        "author": 0,
        "author_name": "Ann Example",
        "author_url": "",
        "date": "2026-10-07T10:00:00",
        "date_gmt": "2026-10-07T09:00:00",
        "content": {"rendered": "<p>When does it open again?</p>"},
        "link": f"https://www.anytown.gov.uk/2026/10/7/#comment-{native}",
        "status": "approved",
        "type": "comment",
        "author_avatar_urls": {"24": "https://secure.gravatar.com/avatar/0a1b?s=24"},
        **other,
    }
    return {name: value for name, value in told.items() if value is not None}


Served = Answer | list[Any] | dict[str, Any]


class Recorded:
    """Serves what a test recorded, by route (``posts``, ``comments/3``, ``/feed/``)."""

    def __init__(self, routes: Mapping[str, Served | Callable[[Request], Served]]) -> None:
        self._routes = {"": INDEX, "posts": [], "comments": [], **routes}

    def answer(self, request: Request) -> Answer:
        """What was recorded; else what WordPress says of a route or page that it has not."""
        name = request.query.get("rest_route", request.path)
        name = name.removeprefix("/wp-json").removeprefix("/wp/v2/")
        name = "" if name == "/" and (request.path != "/" or request.query) else name
        found = self._routes.get(name)
        told = found(request) if callable(found) else found
        if told is None:
            missing = an_error(404, "rest_no_route")
            return (
                missing if "/wp-json/" in request.path else Answer(PAGE.body, 404, {}, "text/html")
            )
        return told if isinstance(told, Answer) else Answer(told)

    def fault(self, name: str, request: Request) -> Answer:
        """Not asked for."""
        raise AssertionError(f"{name}: {request.path}")


@dataclass
class Told:
    """What the connector gave, what it asked for, and the error that ended it."""

    readings: list[Any] = field(default_factory=list)
    log: list[Request] = field(default_factory=list)
    error: PlatformError | None = None
    requests: int = 0

    def of(self, kind: type[Any]) -> list[Any]:
        return [reading for reading in self.readings if isinstance(reading, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    def asked(self) -> list[str]:
        return [r.query.get("rest_route", r.path).removeprefix("/wp-json/wp/v2/") for r in self.log]

    def unread(self) -> dict[str, str]:
        return {u.fact: u.reason for u in self.readings if hasattr(u, "fact") and not u.permanent}

    def written(self) -> str:
        return repr(self.readings) + json.dumps(
            [r.payload for r in self.readings if hasattr(r, "payload")]
        )


def read(
    routes: Mapping[str, Served | Callable[[Request], Served]] | None = None,
    *,
    secrets: Mapping[str, str] | None = None,
    known: Sequence[Known] | None = None,
    cache: dict[str, str] | None = None,
    path: str = "",
    **named: Served | Callable[[Request], Served],
) -> Told:
    """Read the window of a recorded site, or what is ``known`` of it."""
    told = Told()
    with LoopbackServer(Recorded({**(routes or {}), **named})) as server:
        connector = WordPress(
            Access(
                account="wp",
                handle="www.anytown.gov.uk",
                kind=AccountKind.COUNCIL,
                limiter=Unlimited(),
                base_url=server.url + path,
                secrets=secrets or {},
                salt=b"salt of the tests",
                cache={} if cache is None else cache,
            )
        )
        try:
            asked = connector.read(SINCE, UNTIL) if known is None else connector.reread(known)
            for reading in asked:
                told.readings.append(reading)
        except PlatformError as fault:
            told.error = fault
        finally:
            connector.close()
        told.log, told.requests = list(server.log), connector.usage.requests
    return told
