"""Answers of X written by hand, as recorded ones are shaped, and a server that gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.transport import Unlimited
from connectors.x import X
from demo.server import Answer, LoopbackServer
from socialaudit.errors import PlatformError
from socialaudit.models import AccountKind, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from demo.server import Request
    from socialaudit.models import Reading

UID = "2244994945"
TOKEN = "planted-bearer-token"
SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
DATE = {"Date": "Tue, 08 Sep 2026 00:00:00 GMT"}
OTHER = "783214"

Wire = dict[str, Any]


def a_user(**more: Any) -> Wire:
    plain = {"id": UID, "name": "Little Snoring", "username": "LittleSnoringTC"}
    return {**plain, "created_at": "2013-12-14T04:35:55.000Z", "protected": False, **more}


def a_post(native: str = "1000", **more: Any) -> Wire:
    plain = {"id": native, "text": f"Post {native}", "author_id": UID, "conversation_id": native}
    return {**plain, "created_at": "2026-09-03T10:00:00.000Z", **more}


def a_reply(native: str, to: str, *, root: str = "", **more: Any) -> Wire:
    plain = {"author_id": OTHER, "in_reply_to_user_id": UID, "conversation_id": root or to}
    references = [{"type": "replied_to", "id": to}]
    return a_post(native, **{**plain, "referenced_tweets": references, **more})


def a_problem(kind: str, value: str = "", **more: Any) -> Wire:
    told = {"value": value, "resource_id": value, "title": "Error", "detail": f"About {value}."}
    return {**told, "type": f"https://api.twitter.com/2/problems/{kind}", **more}


def a_page(*items: Wire, token: str = "", **includes: Any) -> Wire:
    meta = {"result_count": len(items), **({"next_token": token} if token else {})}
    page: Wire = {"meta": meta, "includes": {"users": [a_user()], **includes}}
    return {**page, **({"data": list(items)} if items else {})}


@dataclass
class Recorded:
    """Gives each path its answers in turn, the last one ever after; what is not there is a 404."""

    users: Any = None
    posts: Any = None
    archive: Any = None
    recent: Any = None
    lookup: Any = None
    given: dict[str, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        kind = {
            "/2/tweets/search/all": "archive",
            "/2/tweets/search/recent": "recent",
            "/2/tweets": "lookup",
            f"/2/users/{UID}/tweets": "posts",
        }.get(request.path, "users")
        answers = getattr(self, kind)
        if callable(answers):
            return _whole(answers(request))
        if answers is None:
            return Answer("<h1>Not Found</h1>", 404, DATE, "text/html")
        turn = self.given.get(kind, 0)
        self.given[kind] = turn + 1
        listed = answers if isinstance(answers, tuple) else (answers,)
        return _whole(listed[min(turn, len(listed) - 1)])

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


def _whole(answer: Any) -> Answer:
    return answer if isinstance(answer, Answer) else Answer(answer, headers=DATE)


@dataclass
class Told:
    """What the connector gave for recorded answers, and what it asked."""

    readings: list[Any]
    error: PlatformError | None
    log: list[Request]
    connector: X

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    def unread(self) -> dict[str, Unread]:
        return {u.fact: u for u in self.of(Unread) if not u.permanent}

    def paths(self) -> list[str]:
        return [request.path for request in self.log]


def an_access(url: str, **more: Any) -> Access:
    plain: dict[str, Any] = {
        "account": "x",
        "handle": UID,
        "kind": AccountKind.COUNCIL,
        "limiter": Unlimited(),
        "base_url": url,
        "secrets": {"token": TOKEN},
        "salt": b"salt",
    }
    return Access(**(plain | more))


def talk(
    recorded: Recorded,
    ask: Callable[[X], Iterable[Reading]] = lambda x: x.read(SINCE, UNTIL),
    *,
    cache: MutableMapping[str, str] | None = None,
    **access: Any,
) -> Told:
    readings: list[Reading] = []
    error = None
    with LoopbackServer(recorded) as server:
        connector = X(an_access(server.url, cache={} if cache is None else cache, **access))
        try:
            readings.extend(ask(connector))
        except PlatformError as fault:
            error = fault
        finally:
            connector.close()
    return Told(readings, error, server.log, connector)


def read(posts: Any = None, archive: Any = None, recent: Any = None) -> Told:
    """Read the window from a timeline and a search; both empty unless given."""
    page = a_page() if posts is None else posts
    found = {"meta": {"result_count": 0}} if archive is None else archive
    users = {"data": a_user()}
    return talk(Recorded(users=users, posts=page, archive=found, recent=recent))
