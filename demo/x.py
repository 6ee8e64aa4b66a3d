"""X on loopback: API v2 answers for one town account, in either generation of field names.

Sources: OpenAPI 2.166 of July 2026 (``tweet``) and 2.167 of August 2026 (``post``), the pages on
rate limits, pagination, search and edited posts, and recorded error answers. Asked-for fields only,
as X does: a post without any is ``id``, ``text`` and its versions.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

from demo.server import Answer
from demo.x_fields import MOVED, Names, renamed
from demo.x_posts import Stored, account_id, store, wire_time
from demo.x_problems import Refused, hidden, invalid, missing, not_enrolled, problem, with_headers
from demo.x_search import BadQuery, compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from demo.server import Request
    from demo.town import TownAccount
    from demo.x_posts import Wire

REACH = 3_200
LIMITS = {"users": 300, "timeline": 10_000, "recent": 450, "all": 300, "lookup": 3_500}


class XSite:
    """X as of ``now``. ``generation`` is ``tweet`` or ``post``; ``archive``: full-archive access.

    ``token`` is the bearer token it expects, ``consumer`` the key of an app whose user it knows:
    a follower, who sees a protected account.
    """

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = "demo-x-token",  # noqa: S107 - a demo town's
        *,
        consumer: str = "demo-x-consumer",
        generation: str = "tweet",
        archive: bool = True,
    ) -> None:
        self.town = town
        self.now = now
        self._token = token
        self._consumer = consumer
        self._archive = archive
        self._names = Names(generation)
        self._shown: tuple[datetime, Stored] | None = None

    @property
    def stored(self) -> Stored:
        """What there is now; ``stored.local`` maps the town's ids to X's."""
        if self._shown is None or self._shown[0] != self.now:
            self._shown = (self.now, store(self.town, self.now))
        return self._shown[1]

    def answer(self, request: Request) -> Answer:
        """The answer when all is well."""
        try:
            as_user = self._authenticate(request)
            limit, body = self._route(request, as_user)
        except Refused as refused:
            return with_headers(refused.answer, self._headers(450))
        if self._names.generation == "post":
            body = renamed(body)
        return Answer(body, headers=self._headers(limit))

    def fault(self, name: str, request: Request) -> Answer:
        """X's own shape of a fault."""
        if name in {"malformed", "repeated_cursor", "hostile_next"}:
            return self._spoilt(name, self.answer(request))
        shape = {
            "rate_limited": (429, "Too Many Requests", "Too Many Requests"),
            "rate_limited_no_header": (429, "Too Many Requests", "Too Many Requests"),
            "server_error": (503, "Service Unavailable", "Service Unavailable"),
            "expired_token": (401, "Unauthorized", "Unauthorized"),
            "forbidden": (403, "Forbidden", "Forbidden"),
            "not_found": (404, "Not Found", "Not Found"),
        }[name]
        headers = self._headers(450)
        if name == "rate_limited":
            headers["x-rate-limit-remaining"] = "0"
        if name == "rate_limited_no_header":
            headers = {k: v for k, v in headers.items() if not k.startswith("x-rate")}
        return problem(*shape, headers=headers)

    def _spoilt(self, name: str, answer: Answer) -> Answer:
        body = answer.body
        if isinstance(body.get("data"), list):
            if name == "malformed":
                body["data"] = [{"text": "no id"}, *body["data"][1:]]
            else:
                hostile = "http://127.0.0.2:9/2/tweets?next_token=x"
                body.setdefault("meta", {})["next_token"] = (
                    "7140dibdnow9c7btw0" if name == "repeated_cursor" else hostile
                )
        return Answer(body, answer.status, answer.headers)

    def _headers(self, limit: int) -> dict[str, str]:
        reset = self.now + timedelta(minutes=15)
        return {
            "Date": format_datetime(self.now.astimezone(UTC), usegmt=True),
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(limit - 1),
            "x-rate-limit-reset": str(int(reset.timestamp())),
        }

    def _authenticate(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        signed = re.search(r'oauth_consumer_key="([^"]*)"', given)
        if given.startswith("OAuth ") and signed and signed[1] == self._consumer:
            return True
        if given != f"Bearer {self._token}":
            raise Refused(problem(401, "Unauthorized", "Unauthorized"))
        return False

    def _route(self, request: Request, as_user: bool) -> tuple[int, Wire]:  # noqa: FBT001 - a fact
        if request.method != "GET":
            raise Refused(problem(403, "Forbidden", "This town is read only"))
        path = request.path
        if path == "/2/tweets":
            return LIMITS["lookup"], self._lookup(request)
        if path == "/2/tweets/search/recent":
            return LIMITS["recent"], self._search(request, self.now - timedelta(days=7), 100, 512)
        if path == "/2/tweets/search/all":
            if as_user or not self._archive:
                raise Refused(not_enrolled())
            return LIMITS["all"], self._search(
                request, datetime(2006, 3, 26, tzinfo=UTC), 500, 1024
            )
        if found := re.fullmatch(r"/2/users/([0-9]{1,19})/tweets", path):
            return LIMITS["timeline"], self._timeline(request, found[1], as_user)
        if found := re.fullmatch(r"/2/users/by/username/([A-Za-z0-9_]{1,15})", path):
            return LIMITS["users"], self._user(request, account_id(found[1]), found[1], "username")
        if found := re.fullmatch(r"/2/users/([0-9]{1,19})", path):
            return LIMITS["users"], self._user(request, found[1], found[1], "id")
        raise Refused(problem(404, "Not Found", "Not Found"))

    def _user(self, request: Request, native: str, value: str, parameter: str) -> Wire:
        self._names.check(request, {"user.fields", "expansions", self._names.post_fields})
        user = self.stored.users.get(native)
        if user is None:
            return {"errors": [missing("user", parameter, value)]}
        return {
            "data": _only(
                user, {"id", "name", "username"}, self._names.asked(request, "user.fields")
            )
        }

    def _timeline(self, request: Request, native: str, as_user: bool) -> Wire:  # noqa: FBT001
        self._names.check(
            request, _PAGED | {"pagination_token", "exclude", self._names.post_fields}
        )
        user = self.stored.users.get(native)
        if user is None:
            return {"errors": [missing("user", "id", native)]}
        if user["protected"] and not as_user:
            return {"errors": [hidden("user", "id", native)]}
        mine = [p for p in self.stored.current() if p["author_id"] == native]
        return self._page(request, mine[:REACH], 5, 100, "pagination_token")

    def _search(self, request: Request, horizon: datetime, most: int, longest: int) -> Wire:
        self._names.check(
            request, _PAGED | {"query", "next_token", "sort_order", self._names.post_fields}
        )
        query = request.query.get("query", "")
        start = request.query.get("start_time")
        if start and datetime.fromisoformat(start) < horizon:
            raise Refused(
                invalid(
                    "start_time",
                    start,
                    f"'start_time' must be on or after {wire_time(horizon)[:16]}Z",
                )
            )
        if not 0 < len(query) <= longest:
            raise Refused(invalid("query", query, f"query is longer than {longest} characters"))
        ids = {u["username"].lower(): u["id"] for u in self.stored.users.values()}
        try:
            test = compiled(query, ids)
        except BadQuery as fault:
            raise Refused(invalid("query", query, str(fault))) from None
        seen = [
            p
            for p in self.stored.current()
            if test(p) and _at(p) >= horizon and not self.stored.users[p["author_id"]]["protected"]
        ]
        return self._page(request, seen, 10, most, "next_token")

    def _lookup(self, request: Request) -> Wire:
        self._names.check(request, {*_FIELDS, "ids", self._names.post_fields})
        ids = request.query.get("ids", "").split(",")
        if not 1 <= len(ids) <= 100 or not all(re.fullmatch("[0-9]{1,19}", i) for i in ids):  # noqa: PLR2004
            raise Refused(invalid("ids", request.query.get("ids", ""), "not 1 to 100 ids"))
        found = [self.stored.posts[i] for i in ids if i in self.stored.posts]
        body: Wire = self._body(request, found)
        gone = [missing("tweet", "ids", i) for i in ids if i not in self.stored.posts]
        return body | ({"errors": gone} if gone else {})

    def _page(
        self, request: Request, posts: list[Wire], least: int, most: int, marker: str
    ) -> Wire:
        query = request.query
        size = query.get("max_results", "10")
        if not size.isdigit() or not least <= int(size) <= most:
            raise Refused(invalid("max_results", size, f"not between {least} and {most}"))
        since, until = query.get("start_time"), query.get("end_time")
        if until and datetime.fromisoformat(until) > self.now - timedelta(seconds=10):
            raise Refused(invalid("end_time", until, "must be 10 seconds before the request"))
        inside = [
            p
            for p in posts
            if (not since or _at(p) >= datetime.fromisoformat(since))
            and (not until or _at(p) < datetime.fromisoformat(until))
        ]
        token = query.get(marker, "")
        if token and not re.fullmatch("7140dibdnow9c7btw[0-9a-z]+", token):
            raise Refused(invalid(marker, token, "is not a page"))
        start = int(token.removeprefix("7140dibdnow9c7btw"), 36) if token else 0
        page = inside[start : start + int(size)]
        meta: Wire = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if start + int(size) < len(inside):
            meta["next_token"] = f"7140dibdnow9c7btw{_base36(start + int(size))}"
        return {**self._body(request, page), "meta": meta}

    def _body(self, request: Request, page: list[Wire]) -> Wire:
        if not page:
            return {}
        expand = self._names.asked(request, "expansions")
        fields = self._names.asked(request, self._names.post_fields)
        default = {"id", "text", "edit_history_tweet_ids"}
        if self._names.generation == "post":
            default = {"id", "text"} | (expand & MOVED)
            default |= {"referenced_tweets"} if "referenced_tweets.id" in expand else set()
        if "attachments.media_keys" in expand:
            default |= {"attachments"}
        included = self._included(page, expand)
        includes = {
            "users": [
                _only(u, {"id", "name", "username"}, self._names.asked(request, "user.fields"))
                for u in included["users"]
            ],
            "tweets": [_only(p, default, fields) for p in included["tweets"]],
            "media": [
                _only(m, {"media_key", "type"}, self._names.asked(request, "media.fields"))
                for m in included["media"]
            ],
        }
        body: Wire = {"data": [_only(p, default, fields) for p in page]}
        shown = {name: items for name, items in includes.items() if items}
        return body | ({"includes": shown} if shown else {})

    def _included(self, page: list[Wire], expand: set[str]) -> dict[str, list[Wire]]:
        def each(ids: Iterable[str], pool: dict[str, Wire]) -> list[Wire]:
            return [pool[i] for i in dict.fromkeys(ids) if i in pool]

        references = [
            r["id"]
            for p in page
            for r in p.get("referenced_tweets", [])
            if "referenced_tweets.id" in expand
        ]
        versions = [
            v
            for p in page
            for v in p["edit_history_tweet_ids"]
            if "edit_history_tweet_ids" in expand and v != p["id"]
        ]
        people = [
            p[name]
            for p in page
            for name in ("author_id", "in_reply_to_user_id")
            if name in expand and name in p
        ]
        keys = [
            k
            for p in page
            for k in p.get("attachments", {}).get("media_keys", [])
            if "attachments.media_keys" in expand
        ]
        return {
            "users": each(people, self.stored.users),
            "tweets": each([*references, *versions], self.stored.posts),
            "media": each(keys, self.stored.media),
        }


_FIELDS = {"expansions", "user.fields", "media.fields", "poll.fields", "place.fields"}
_PAGED = _FIELDS | {"max_results", "start_time", "end_time", "since_id", "until_id"}


def _only(whole: Wire, default: set[str], asked: set[str]) -> Wire:
    return {name: value for name, value in whole.items() if name in default | asked}


def _at(post: Wire) -> datetime:
    return datetime.fromisoformat(post["created_at"])


def _base36(value: int) -> str:
    digits = ""
    while value:
        value, place = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[place] + digits
    return digits or "0"
