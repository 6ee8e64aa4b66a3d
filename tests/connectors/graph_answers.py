"""Recorded-looking Graph answers, and a connector pointed at them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from connectors import Access
from connectors.facebook import Facebook
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownPost
from socialaudit.models import (
    AccountKind,
    Reading,
    Unread,
)
from tests.connectors.case import SINCE, UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from demo.server import Site

AT = SINCE + timedelta(days=1)
PAGE = {"id": "100", "name": "Snoring Parish", "username": "Snoring", "is_published": True}
EMPTY: dict[str, Any] = {"data": []}
NO_SETTINGS: dict[str, Any] = {"settings": EMPTY}
R = TypeVar("R")
SECRET = "EAAplantedToken0123456789abcdef"


@dataclass
class Recorded:
    """Answers by path, whatever the query asks; ``ids`` by id. Anything else is Graph's 100."""

    by_path: Mapping[str, Any]
    ids: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        path = request.path.removeprefix("/v25.0/")
        if path == "":
            wanted = request.query["ids"].split(",")
            return Answer({one: self.ids[one] for one in wanted if one in self.ids})
        found = self.by_path.get(path)
        if found is None:
            error = {"message": f"Object with ID '{path}' does not exist", "code": 100}
            return Answer({"error": error}, 400)
        body = found(request) if callable(found) else found
        return body if isinstance(body, Answer) else Answer(body, self.status, self.headers)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


def recorded(
    *,
    page: Mapping[str, Any] = PAGE,
    posts: Any = EMPTY,
    reels: Any = EMPTY,
    visitors: Any = EMPTY,
    ids: Mapping[str, Any] | None = None,
    **more: Any,
) -> Recorded:
    lists = {"100/published_posts": posts, "100/video_reels": reels, "100/visitor_posts": visitors}
    return Recorded({"Snoring": {**NO_SETTINGS, **page}, **lists, **more}, ids or {})


def access(url: str, handle: str = "Snoring", token: str = SECRET) -> Access:
    return Access(
        account="facebook",
        handle=handle,
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        base_url=url,
        secrets={"token": token},
        salt=b"salt",
    )


@contextmanager
def connected(
    site: Site, handle: str = "Snoring", token: str = SECRET
) -> Iterator[tuple[Facebook, LoopbackServer]]:
    with LoopbackServer(site) as server:
        facebook = Facebook(access(server.url, handle, token))
        try:
            yield facebook, server
        finally:
            facebook.close()


def reading(site: Site, **options: str) -> list[Reading]:
    with connected(site, **options) as (facebook, _):
        return list(facebook.read(SINCE, UNTIL))


def only(kind: type[R], readings: list[Reading]) -> list[R]:
    return [one for one in readings if isinstance(one, kind)]


def facts(readings: list[Reading]) -> list[str]:
    return sorted(one.fact for one in only(Unread, readings))


def a_post(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"100_{number}",
        "message": f"Post {number}",
        "created_time": "2026-09-01T12:00:00+0000",
        "comments": {"data": [], "summary": {"total_count": 0}},
        **fields,
    }


def a_comment(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"1_{number}",
        "message": f"Comment {number}",
        "created_time": "2026-09-02T12:00:00+0000",
        "from": {"id": "7"},
        "is_hidden": False,
        **fields,
    }


def listed(*items: Any, **more: Any) -> dict[str, Any]:
    return {"data": list(items), **more}


def attached(**fields: Any) -> dict[str, Any]:
    return {"attachments": listed(fields)}


def a_town(*posts: TownPost) -> TownAccount:
    return TownAccount(
        platform="facebook",
        handle="Snoring",
        name="Snoring Parish Council",
        description="The parish council",
        website="https://www.example.gov.uk https://blog.example.gov.uk",
        created_at=AT,
        settings={"PROFANITY_FILTER": "Off", "USERS_CAN_POST": True, "PAGE_MODERATION_X": None},
        post=posts,
    )


def comments(count: int, at: datetime = AT) -> tuple[TownComment, ...]:
    return tuple(
        TownComment(id=f"c{n}", at=at + timedelta(minutes=n), by=f"Person {n}", text=f"Comment {n}")
        for n in range(count)
    )
