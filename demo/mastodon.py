"""A Mastodon server on loopback: the API of 4.5 for one town account.

Sources: https://docs.joinmastodon.org/methods/ (accounts, statuses, notifications, instance,
filters), the ContextsController for what it shows without a token, and recorded error answers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from demo.mastodon_entities import (
    Stored,
    account,
    account_id,
    stored,
    username,
    wire_time,
)
from demo.server import Answer

if TYPE_CHECKING:
    from datetime import datetime

    from demo.mastodon_entities import Wire
    from demo.server import Request
    from demo.town import TownAccount

MOST_A_PAGE = 40
USUAL_PAGE = 20
MOST_BY_ID = 20
MOST_BELOW, DEEPEST = 60, 20
_REFUSALS = {
    "rate_limited": (429, "Too many requests"),
    "rate_limited_no_header": (429, "Too many requests"),
    "server_error": (503, "There was a temporary problem serving your request, please try again"),
    "expired_token": (401, "The access token is invalid"),
    "forbidden": (403, "This action is not allowed"),
    "not_found": (404, "Record not found"),
}


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = Answer({"error": error}, status)


class MastodonSite:
    """A server as of ``now``. ``token`` is the account's own; ``closed``: nothing without it."""

    def __init__(
        self,
        town: TownAccount,
        now: datetime,
        token: str = "demo-mastodon-token",  # noqa: S107 - a demo town's
        *,
        closed: bool = False,
    ) -> None:
        self.town = town
        self.now = now
        self.rules = ("Be civil",)
        self._token = token
        self._closed = closed

    def answer(self, request: Request) -> Answer:
        """The answer when all is well."""
        try:
            given = self._answer(request)
        except Refused as refused:
            given = refused.answer
        return Answer(given.body, given.status, {**self._limits(299), **given.headers})

    def fault(self, name: str, request: Request) -> Answer:
        """Mastodon's own shape of a fault."""
        if name in _REFUSALS:
            status, error = _REFUSALS[name]
            headers = {"Date": self._limits(0)["Date"]}
            return Answer(
                {"error": error}, status, self._limits(0) if name == "rate_limited" else headers
            )
        if name == "repeated_cursor":
            query = {k: v for k, v in request.query.items() if k != "max_id"}
            return self.answer(_with(request, query))
        answer = self.answer(request)
        if name == "malformed" and isinstance(answer.body, list):
            answer.body[0] = {"content": "no id"}
        if name == "hostile_next":
            hostile = '<http://127.0.0.2:9/api/v1/accounts/1/statuses?max_id=1>; rel="next"'
            return Answer(answer.body, answer.status, {**answer.headers, "Link": hostile})
        return answer

    def _answer(self, request: Request) -> Answer:
        own = self._authenticated(request)
        there = stored(self.town, self.now, _base(request))
        match request.path.removeprefix("/api/").split("/"):
            case ["v1", "accounts", *rest]:
                return self._accounts(rest, request, there, own=own)
            case ["v1", "statuses", *rest]:
                return Answer(_statuses(rest, request, there, own=own))
            case ["v1", "notifications"]:
                _needs(own=own)
                return self._page(request, list(reversed(self._mentions(there))))
            case ["v2", "filters"]:
                _needs(own=own)
                return Answer([])
            case ["v1", "instance", "rules"]:
                rules = enumerate(self.rules, 1)
                return Answer([{"id": str(n), "text": text, "hint": ""} for n, text in rules])
        raise Refused(404, "Record not found")

    def _accounts(
        self, rest: list[str], request: Request, there: dict[str, Stored], *, own: bool
    ) -> Answer:
        base, ours = _base(request), account_id(self.town)
        if rest == ["lookup"]:
            asked = request.query.get("acct", "").removeprefix("@").partition("@")[0]
            if asked.lower() == username(self.town).lower():
                return Answer(self._profile(base, there))
        if rest == ["verify_credentials"]:
            return Answer(self._credentials(own=own, base=base, there=there))
        if rest == [ours]:
            return Answer(self._profile(base, there))
        if rest == [ours, "statuses"]:
            shown = [s for s in there.values() if s.own and (own or _is_public(s))]
            return self._page(request, [s.wire for s in reversed(shown)])
        raise Refused(404, "Record not found")

    def _authenticated(self, request: Request) -> bool:
        given = request.headers.get("authorization")
        if given is not None and given != f"Bearer {self._token}":
            raise Refused(401, "The access token is invalid")
        if given is None and self._closed:
            raise Refused(401, "This method requires an authenticated user")
        return given is not None

    def _profile(self, base: str, there: dict[str, Stored]) -> Wire:
        own = [one for one in there.values() if one.own]
        last = max((one.at for one in own), default=None)
        return account(self.town, base) | {
            "statuses_count": sum(one.wire["visibility"] != "direct" for one in own),
            "last_status_at": last.date().isoformat() if last else None,
        }

    def _credentials(self, *, own: bool, base: str, there: dict[str, Stored]) -> Wire:
        _needs(own=own)
        source = {
            "privacy": self.town.settings.get("privacy", "public"),
            "sensitive": False,
            "language": "en",
            "note": self.town.description,
            "fields": [],
            "follow_requests_count": 0,
        }
        return self._profile(base, there) | {"source": source}

    def _mentions(self, there: dict[str, Stored]) -> list[Wire]:
        ours = account_id(self.town)
        named = [
            one
            for one in there.values()
            if not one.own and (one.elsewhere or one.wire["in_reply_to_account_id"] == ours)
        ]
        return [
            {
                "id": str(n),
                "type": "mention",
                "created_at": wire_time(one.at),
                "account": one.wire["account"],
                "status": one.wire,
            }
            for n, one in enumerate(named, 1)
        ]

    def _page(self, request: Request, items: list[Wire]) -> Answer:
        base = _base(request)
        limit = min(int(request.query.get("limit", USUAL_PAGE)), MOST_A_PAGE)
        before = request.query.get("max_id")
        older = [one for one in items if before is None or int(one["id"]) < int(before)]
        shown = older[:limit]
        links = []
        if len(shown) == limit:
            following = urlencode({"limit": limit, "max_id": shown[-1]["id"]})
            links.append(f'<{base}{request.path}?{following}>; rel="next"')
        if shown:
            earlier = urlencode({"limit": limit, "min_id": shown[0]["id"]})
            links.append(f'<{base}{request.path}?{earlier}>; rel="prev"')
        return Answer(shown, headers={"Link": ", ".join(links)} if links else {})

    def _limits(self, left: int) -> dict[str, str]:
        reset = (self.now + timedelta(minutes=5)).astimezone(UTC)
        return {
            "Date": format_datetime(self.now.astimezone(UTC), usegmt=True),
            "X-RateLimit-Limit": "300",
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": reset.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        }


def _with(request: Request, query: dict[str, str]) -> Request:
    return replace(request, query=query, asked=urlencode(query))


def _base(request: Request) -> str:
    return f"http://{request.headers.get('host', '')}"


def _needs(*, own: bool) -> None:
    if not own:
        raise Refused(401, "The access token is invalid")


def _is_public(one: Stored) -> bool:
    return one.wire["visibility"] in {"public", "unlisted"}


def _statuses(
    rest: list[str], request: Request, there: dict[str, Stored], *, own: bool
) -> Wire | list[Wire]:
    if not rest:
        return _by_ids(request, there, own=own)
    found = there.get(rest[0])
    if found is None or not (own or _is_public(found)) or rest[1:] not in ([], ["context"]):
        raise Refused(404, "Record not found")
    if rest[1:]:
        return {"ancestors": [], "descendants": _below(rest[0], there, own=own)}
    return found.wire


def _by_ids(request: Request, there: dict[str, Stored], *, own: bool) -> list[Wire]:
    asked = parse_qs(request.asked).get("id[]", [])
    if len(asked) > MOST_BY_ID:
        raise Refused(422, "Validation failed")
    found = [there[native] for native in asked if native in there]
    return [one.wire for one in found if own or _is_public(one)]


def _below(native: str, there: dict[str, Stored], *, own: bool) -> list[Any]:
    """What stands below a status, parents first; without a token no more than Mastodon shows."""
    found: list[Wire] = []
    level = [native]
    for _ in range(DEEPEST if not own else len(there)):
        under = [
            one
            for one in there.values()
            if one.wire["in_reply_to_id"] in level and (own or _is_public(one))
        ]
        found += [one.wire for one in under]
        level = [one.wire["id"] for one in under]
    return found if own else found[:MOST_BELOW]
