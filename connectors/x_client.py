"""The X client: tweepy with one attempt, both generations of names, and only our errors.

tweepy 4.17 speaks the field names that X used until spec 2.167 of August 2026 (``tweet.fields``);
where a server refuses them, the same request is sent once more with the new ones
(``post.fields``), and from then on no other. All that tweepy or requests may raise ends here.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import requests
import tweepy

from connectors.transport import MAX_PAGES, OneHost
from connectors.x_answer import Answer
from connectors.x_faults import fault, server_time, worst
from socialaudit.errors import Malformed, Unauthorized, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from connectors import Access, Usage

HOST = "https://api.twitter.com"
"""tweepy signs OAuth 1.0a requests over this host, so they must go there and not to api.x.com."""
POST_PRICE, USER_PRICE = 0.005, 0.010
"""USD for each post and each user returned, once a day: pay-per-use, November 2026."""
NAMES_KEY = "x:names"
"""Where the cache keeps which generation of names the server takes."""

_RENAMED = {
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
    "referenced_tweets": "referenced_posts",
    "referenced_tweets.id": "referenced_posts",
}
_NOW_EXPANSIONS = ("author_id", "edit_history_tweet_ids", "referenced_tweets")
_DROPPED = {"in_reply_to_user_id", "pinned_tweet_id"}
_OLD_NAMES = ("tweet.fields", "pinned_tweet_id", *_RENAMED)
for _logger in ("tweepy.client", "oauthlib.oauth1.rfc5849", "requests_oauthlib.oauth1_auth"):
    logging.getLogger(_logger).addFilter(lambda record: record.levelno > logging.WARNING)
"""They log each request's headers, and with them the token or the signature."""


class XClient(tweepy.Client):  # type: ignore[misc]  # tweepy ships no types
    """tweepy's client for one account.

    ``clock`` is the server's time as of its last answer; ``as_user`` whether it signs as a user.
    """

    def __init__(self, access: Access, usage: Usage) -> None:
        """Raise ``Unauthorized`` unless there is a bearer token, or all four OAuth 1.0a keys."""
        self._secrets = {name: value.strip() for name, value in access.secrets.items()}
        keys = [
            self._secrets.get(k) for k in ("api_key", "api_secret", "access_token", "access_secret")
        ]
        token = self._secrets.get("token")
        if not token and not all(keys):
            raise Unauthorized(
                "no bearer token for X, nor the four keys of a user",
                "Set TOKEN, or API_KEY, API_SECRET, ACCESS_TOKEN and ACCESS_SECRET.",
            )
        super().__init__(token, *keys, return_type=dict)
        self.clock = datetime.now(UTC)
        self.as_user = not token
        self._usage = usage
        self._cache = access.cache
        self._paid: tuple[set[str], set[str]] = (set(), set())
        self._kept: list[requests.Response] = []
        one_host = OneHost(access.base_url or HOST, access.limiter, usage)
        self.session.mount("https://", one_host)
        self.session.mount("http://", one_host)
        self.session.trust_env = access.base_url is None
        self.session.hooks["response"].append(self._keep)

    def request(
        self,
        method: str,  # noqa: ARG002 - tweepy passes it; this client only reads
        route: str,
        params: Mapping[str, Any] | None = None,
        **_: Any,
    ) -> requests.Response:
        """What tweepy's methods all go through. Reads, whatever ``method`` says.

        Raises any ``PlatformError``.
        """
        new = self._cache.get(NAMES_KEY) == "post"
        answer = self._sent(route, renamed(params or {}) if new else params)
        if not new and answer.status_code == 400 and _names_old(answer.text):  # noqa: PLR2004
            self._cache[NAMES_KEY] = "post"
            answer = self._sent(route, renamed(params or {}))
        body = self._body(answer)
        self._charge(body)
        return answer

    def pages(
        self, method: Callable[..., dict[str, Any]], token: str, **params: Any
    ) -> Iterator[Answer]:
        """Every page of a list; ``token`` is what the method calls the page marker.

        An empty page may have another after it. Raises ``Malformed`` when the list does not end.
        """
        seen: set[str] = set()
        before: tuple[Any, ...] = ()
        for _ in range(MAX_PAGES):
            answer = self.whole(method(**params))
            if answer.items and answer.items == before:
                raise Malformed("X sent the same page twice")
            before = answer.items
            yield answer
            if answer.next is None:
                return
            if answer.next in seen:
                raise Malformed("X sent the same page marker twice")
            seen.add(answer.next)
            params[token] = answer.next
        raise Malformed(f"X's list has more than {MAX_PAGES} pages")

    def whole(self, raw: dict[str, Any]) -> Answer:
        """An answer that holds what was asked for. Raises the error it tells of instead."""
        answer = Answer.of(raw)
        if answer.problems and not answer.items and not answer.next:
            raise fault(answer.problems[0], self._secrets.values())
        if not answer.told:
            raise Malformed("X sent an answer without data")
        return answer

    def _keep(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        answer.encoding = None  # JSON says itself what it is written in, with or without a mark
        self._kept[:] = [answer]
        self.clock = server_time(answer.headers) or datetime.now(UTC)

    def _sent(self, route: str, params: Mapping[str, Any] | None) -> requests.Response:
        self._kept.clear()
        try:
            super().request("GET", route, params=params, user_auth=self.as_user)
        except requests.RequestException as fault:
            raise Unreachable(f"X could not be asked ({type(fault).__name__})") from None
        except (tweepy.TweepyException, AttributeError, TypeError, ValueError, RecursionError):
            pass  # judged by the answer itself: tweepy fails in its own ways on odd error bodies
        if not self._kept:
            raise Malformed("X gave an answer that cannot be read")
        return self._kept[0]

    def _body(self, answer: requests.Response) -> dict[str, Any]:
        status = answer.status_code
        try:
            body = answer.json()
        except (ValueError, RecursionError):
            if status in {401, 402, 403, 404, 429}:
                body = {}
            elif status >= 500 or answer.text.lstrip()[:1] == "<":  # noqa: PLR2004
                raise Unreachable(
                    f"X answered with a page instead of data (status {status})"
                ) from None
            else:
                raise Malformed(
                    f"X sent data that is cut off or broken (status {status})"
                ) from None
        if 200 <= status < 300:  # noqa: PLR2004
            if isinstance(body, dict) and not _too_deep(body):
                return body
            raise Malformed("X sent data of another shape than it documents")
        raise fault(worst(body), self._secrets.values(), status, answer.headers)

    def _charge(self, body: Mapping[str, Any]) -> None:
        posts, users = self._paid
        includes = body.get("includes")
        lists = {"data": body.get("data"), **(includes if isinstance(includes, dict) else {})}
        for name, found in lists.items():
            for item in found if isinstance(found, list) else [found]:
                if isinstance(item, dict) and name in {"data", "tweets", "posts", "users"}:
                    is_user = name == "users" or ("username" in item and "text" not in item)
                    (users if is_user else posts).add(str(item.get("id")))
        self._usage.amount = round(POST_PRICE * len(posts) + USER_PRICE * len(users), 3)


def renamed(params: Mapping[str, Any]) -> dict[str, Any]:
    """Query parameters in the names of spec 2.167.

    What were fields of a post and are now expansions (its author, versions, references) move.
    """
    fields = _split(params.get("tweet.fields"))
    expansions = _split(params.get("expansions")) + [f for f in fields if f in _NOW_EXPANSIONS]
    kept = [f for f in fields if f not in _NOW_EXPANSIONS and f not in _DROPPED]
    users = [f for f in _split(params.get("user.fields")) if f not in _DROPPED]
    new = {
        "post.fields": ",".join(_RENAMED.get(f, f) for f in kept),
        "expansions": ",".join(dict.fromkeys(_RENAMED.get(e, e) for e in expansions)),
        "user.fields": ",".join(users),
    }
    rest = {k: v for k, v in params.items() if k not in {"tweet.fields", *new}}
    return rest | {name: value for name, value in new.items() if value}


def _split(value: object) -> list[str]:
    return str(value).split(",") if value else []


def _names_old(text: str) -> bool:
    return any(name in text for name in _OLD_NAMES)


def _too_deep(body: Any) -> bool:
    level = [body]
    for _ in range(60):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
    return bool(level)
