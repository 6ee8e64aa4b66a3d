"""Bluesky on loopback: an AppView's answers for one town account, and an account's own server's.

Sources: the lexicons of November 2026 (``app.bsky.*``, ``com.atproto.*``), and what the AppView and
the account server of ``@atproto/dev-env`` 0.6.7 answer, errors above all. Without a password it is an
AppView, which asks nobody to sign in; with one it is an account's own server, which does.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from demo.bluesky_records import Stored, Wire, store
from demo.server import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.server import Request
    from demo.town import TownAccount

PAGE, DEEPEST, MOST_POSTS = 50, 10, 25
"""Items of a page unless told; how deep a thread goes, whatever is asked; posts asked for at once."""
SESSION = "demo-bluesky-session"
_STATUS = {
    "rate_limited": (429, "RateLimitExceeded", "Rate Limit Exceeded"),
    "rate_limited_no_header": (429, "RateLimitExceeded", "Rate Limit Exceeded"),
    "server_error": (502, "UpstreamFailure", "Upstream service unreachable"),
    "expired_token": (400, "ExpiredToken", "Token has expired"),
    "forbidden": (403, "Forbidden", "Forbidden"),
    "not_found": (400, "InvalidRequest", "Profile not found"),
}


class Refused(Exception):
    """An answer that ends a request: status, name and words."""

    def __init__(self, status: int, name: str, words: str) -> None:
        super().__init__(words)
        self.answer = Answer({"error": name, "message": words}, status)


class BlueskySite:
    """Bluesky as of ``now``. ``password``: the app password without which nothing is answered."""

    def __init__(self, town: TownAccount, now: datetime, password: str = "") -> None:
        self.town = town
        self.now = now
        self._password = password
        self._token = SESSION
        self._shown: tuple[datetime, Stored] | None = None

    @property
    def stored(self) -> Stored:
        """What there is now; ``stored.local`` maps the town's ids to addresses."""
        if self._shown is None or self._shown[0] != self.now:
            self._shown = (self.now, store(self.town, self.now))
        return self._shown[1]

    def answer(self, request: Request) -> Answer:
        """The answer when all is well."""
        try:
            answer = self._answer(request)
        except Refused as refused:
            answer = refused.answer
        return Answer(answer.body, answer.status, self._headers(), answer.content_type)

    def fault(self, name: str, request: Request) -> Answer:
        """Bluesky's own shape of a fault."""
        if name in _STATUS:
            status, error, words = _STATUS[name]
            headers = self._headers()
            if name == "rate_limited":
                headers["ratelimit-remaining"] = "0"
            if name == "rate_limited_no_header":
                headers = {k: v for k, v in headers.items() if not k.startswith("ratelimit")}
            return Answer({"error": error, "message": words}, status, headers)
        answer = self.answer(request)
        body = answer.body
        if isinstance(body, dict) and isinstance(body.get("feed"), list):
            if name == "malformed":
                first = {"post": {"cid": "bafy", "author": {}}}
                body = body | {"feed": [first, *body["feed"][1:]]}
            else:
                hostile = "http://127.0.0.2:9/xrpc/app.bsky.feed.getAuthorFeed"
                cursor = wire_cursor(self.now) if name == "repeated_cursor" else hostile
                body = body | {"cursor": cursor}
        return Answer(body, answer.status, answer.headers)

    def _headers(self) -> dict[str, str]:
        reset = self.now + timedelta(minutes=5)
        return {
            "Date": format_datetime(self.now.astimezone(UTC), usegmt=True),
            "ratelimit-limit": "3000",
            "ratelimit-remaining": "2999",
            "ratelimit-reset": str(int(reset.timestamp())),
            "ratelimit-policy": "3000;w=300",
        }

    def _answer(self, request: Request) -> Answer:
        if request.path.startswith("/blob/"):
            return self._file(request.path.rpartition("/")[2], "Blob not found")
        method = request.path.removeprefix("/xrpc/")
        if method == "com.atproto.server.createSession" and self._password:
            return self._session(request)
        if method == "com.atproto.sync.getBlob" and self._password:
            return self._file(request.query.get("cid", ""), "Blob not found")
        queries: dict[str, Callable[[Request], Wire]] = {
            "app.bsky.actor.getProfile": self._profile,
            "app.bsky.feed.getAuthorFeed": self._feed,
            "app.bsky.feed.getPostThread": self._thread,
            "app.bsky.feed.getPosts": self._posts,
            "app.bsky.notification.listNotifications": self._notifications,
        }
        if method not in queries:
            raise Refused(501, "MethodNotImplemented", "Method Not Implemented")
        if request.method != "GET":
            raise Refused(405, "InvalidRequest", f"Incorrect HTTP method ({request.method})")
        told = request.headers.get("authorization", "")
        if self._password and told != f"Bearer {self._token}":
            if told:
                raise Refused(400, "InvalidToken", "Token could not be verified")
            raise Refused(401, "AuthMissing", "Authentication Required")
        return Answer(queries[method](request))

    def _session(self, request: Request) -> Answer:
        given = json.loads(request.body or b"{}")
        profile = self.stored.profile
        known = given.get("identifier") in {profile["handle"], profile["did"]}
        if not known or given.get("password") != self._password:
            raise Refused(401, "AuthenticationRequired", "Invalid identifier or password")
        named = {"handle": profile["handle"], "did": profile["did"], "active": True}
        return Answer({"accessJwt": self._token, "refreshJwt": f"{self._token}-refresh", **named})

    def _profile(self, request: Request) -> Wire:
        self._actor(request)
        return self.stored.profile

    def _feed(self, request: Request) -> Wire:
        self._actor(request)
        items = sorted(self.stored.feed, key=_sorted_at, reverse=True)
        return _page("feed", items, _sorted_at, request)

    def _thread(self, request: Request) -> Wire:
        view = self.stored.posts.get(request.query.get("uri", ""))
        if view is None:
            words = f"Post not found: {request.query.get('uri', '')}"
            raise Refused(400, "NotFound", words)
        thread = self._tree(view, min(_number(request, "depth", 6, 1000), DEEPEST))
        first = view["record"].get("reply", {}).get("root", view)["uri"]
        gate = self.stored.posts.get(first, {}).get("threadgate")
        return {"thread": thread, **({"threadgate": gate} if gate else {})}

    def _posts(self, request: Request) -> Wire:
        asked = _every(request, "uris")
        if len(asked) > MOST_POSTS:
            words = f"array too big (maximum {MOST_POSTS}, got {len(asked)}) at $.uris"
            raise Refused(400, "InvalidRequest", words)
        return {"posts": [self.stored.posts[uri] for uri in asked if uri in self.stored.posts]}

    def _notifications(self, request: Request) -> Wire:
        wanted = set(_every(request, "reasons"))
        told = [m for m in self.stored.mentions if not wanted or m["reason"] in wanted]
        told.sort(key=lambda m: str(m["indexedAt"]), reverse=True)
        return _page("notifications", told, lambda m: str(m["indexedAt"]), request) | {
            "priority": False
        }

    def _file(self, cid: str, absent: str) -> Answer:
        if cid not in self.stored.files:
            raise Refused(404 if not self._password else 400, "BlobNotFound", absent)
        return Answer(self.stored.files[cid], content_type="text/vtt")

    def _tree(self, view: Wire, depth: int) -> Wire:
        node: Wire = {"$type": "app.bsky.feed.defs#threadViewPost", "post": view}
        if depth > 0:
            below = self.stored.below.get(view["uri"], [])
            node["replies"] = [self._tree(self.stored.posts[uri], depth - 1) for uri in below]
        return node | {"threadContext": {}}

    def _actor(self, request: Request) -> None:
        asked = request.query.get("actor", "")
        if not asked.startswith("did:") and "." not in asked:
            method = request.path.rpartition("/")[2]
            words = f'Invalid {method} params: Invalid AT identifier (got "{asked}")'
            raise Refused(400, "InvalidRequest", words)
        if asked not in {self.stored.profile["handle"], self.stored.profile["did"]}:
            raise Refused(400, "InvalidRequest", "Profile not found")


def wire_cursor(at: datetime) -> str:
    """Where a list goes on: behind this moment, in milliseconds, and the record of that name."""
    return f"{int(at.timestamp() * 1000)}__bafyreidemo"


def _sorted_at(item: Wire) -> str:
    told: Any = item.get("reason") or item["post"]
    return str(told["indexedAt"])


def _page(name: str, items: list[Wire], at: Callable[[Wire], str], request: Request) -> Wire:
    limit, cursor = _number(request, "limit", PAGE, 100), request.query.get("cursor")
    if cursor:
        moment = cursor.partition("__")[0]
        if not moment.isdigit():
            raise Refused(500, "InternalServerError", "Internal Server Error")
        items = [i for i in items if wire_cursor(datetime.fromisoformat(at(i))) < cursor]
    shown = items[:limit]
    more = len(shown) == limit
    return {name: shown} | (
        {"cursor": wire_cursor(datetime.fromisoformat(at(shown[-1])))} if more else {}
    )


def _every(request: Request, name: str) -> list[str]:
    return parse_qs(request.asked).get(name, [])


def _number(request: Request, name: str, unless: int, most: int) -> int:
    told = request.query.get(name, str(unless))
    if not told.isdigit():
        raise Refused(
            400, "InvalidRequest", f"Expected integer value type at $.{name} (got string)"
        )
    if int(told) > most:
        words = f"integer too big (maximum {most}, got {told}) at $.{name}"
        raise Refused(400, "InvalidRequest", words)
    return int(told)
