"""Comments that Disqus keeps, through its API 3.0.

Sources: https://disqus.com/api/docs/ (posts/list, threads/listPosts, posts/details, errors, cursors).
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from connectors.safe_fetch import Fetcher, judge
from connectors.transport import MAX_PAGES, redact, retry_after, utc
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import Comment, CommentState, Gone, Known, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access, Usage
    from connectors.comments_wire import Writer
    from connectors.safe_fetch import Answer
    from socialaudit.models import Reading

HOME = "https://disqus.com"
PER_PAGE = 100
QUEUE = Unread(
    "comments.state",
    "Disqus shows comments that wait or were set aside to the site's moderators",
    "Connect the account with a moderator's access token.",
    permanent=True,
)
SETTINGS = Unread("settings", "Disqus shows a site's settings to its owner", permanent=True)
_KINDS = ("unapproved", "approved", "spam", "flagged")
_LIMITS = frozenset({13, 14})
_ERRORS: dict[int, type[PlatformError]] = {
    2: NotFound,
    4: Unauthorized,
    5: Unauthorized,
    8: NotFound,
    9: Forbidden,
    11: Unauthorized,
    12: Forbidden,
    15: Unreachable,
    16: Unreachable,
    17: Forbidden,
    18: Unauthorized,
    19: Forbidden,
    20: Unreachable,
    21: Unreachable,
    22: Forbidden,
    23: Forbidden,
}
"""What Disqus's codes mean here; any other is an answer that its documents do not name."""
_NEW_KEY = "Make a key at disqus.com/api/applications, and connect the account again."


class _NoKeys(logging.Filter):
    """Takes the key out of the address that httpx writes into its log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line pass, redacted."""
        record.msg, record.args = redact(record.getMessage()), ()
        return True


logging.getLogger("httpx").addFilter(_NoKeys())


class Disqus:
    """Reads one forum (a site's shortname), or one of its threads by the address of its page.

    Requests: one for each 100 comments back to the beginning of the window; a reread one for each
    comment, and one for its thread where the council's name is known.
    """

    def __init__(
        self, forum: str, thread: str, access: Access, usage: Usage, writer: Writer
    ) -> None:
        """Raise ``Unauthorized`` without a key."""
        self._forum = forum
        self._thread = thread
        self._writer = writer
        self._key = access.secrets.get("key") or ""
        self._token = access.secrets.get("token") or ""
        if not self._key:
            message = "Disqus shows a site's comments only to who has an API key"
            raise Unauthorized(message, _NEW_KEY)
        self._base = (access.base_url or HOME).rstrip("/")
        self._fetcher = Fetcher(self._base, access.limiter, usage)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The comments written in [since, until)."""
        listed, odd = 0, 0
        for raw in self._list(self._query(since), since):
            listed += 1
            try:
                comment = self._comment(raw)
            except Malformed:
                odd += 1
                continue
            if comment is not None and since <= comment.published_at < until:
                yield comment
        if odd:
            reason = f"{odd} of {listed} comments could not be understood"
            yield Unread("comments", reason, partial=True)
        if not self._token:
            yield QUEUE
        yield SETTINGS

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Comments as they are now with the council's answers in their thread, or ``Gone``."""
        for one in known:
            try:
                raw = self._get("posts/details", [("post", one.id), ("related", "thread")])
                comment = self._comment(raw) if isinstance(raw, dict) else None
            except NotFound:
                comment = None
            if comment is None:
                yield Gone("comment", one.id)
                continue
            yield comment
            if self._writer.council:
                yield from self._answers(comment)

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _answers(self, comment: Comment) -> Iterator[Comment]:
        thread = [("thread", str(comment.payload.get("thread"))), ("related", "thread")]
        for raw in self._list(("threads/listPosts", thread), comment.published_at):
            answer = self._comment(raw)
            if answer is not None and answer.own and answer.key != comment.key:
                yield answer

    def _query(self, since: datetime) -> tuple[str, list[tuple[str, object]]]:
        start = int(since.timestamp())
        query: list[tuple[str, object]] = [("forum", self._forum), ("related", "thread")]
        if self._token:
            query += [("include", kind) for kind in _KINDS]
        if self._thread:
            named = ("thread:link", self._thread)
            return "threads/listPosts", [*query, named, ("since", start)]
        return "posts/list", [*query, ("start", start)]

    def _list(
        self, asked: tuple[str, list[tuple[str, Any]]], since: datetime
    ) -> Iterator[dict[str, Any]]:
        """The posts of a list, the newest first, until one page is older than a time."""
        method, query = asked
        cursor, seen = "", set[str]()
        for _ in range(MAX_PAGES):
            more = [("cursor", cursor)] if cursor else []
            told = self._answer(method, [*query, ("limit", PER_PAGE), ("order", "desc"), *more])
            page = told.get("response")
            posts = [p for p in page if isinstance(p, dict)] if isinstance(page, list) else []
            yield from posts
            place = told.get("cursor")
            place = place if isinstance(place, dict) else {}
            following = str(place.get("next") or "")
            if not (place.get("hasNext") or place.get("more")) or not following:
                return
            if posts and all(_before(p, since) for p in posts):
                return
            if following in seen:
                raise Malformed("Disqus's list of comments repeats itself")
            seen.add(following)
            cursor = following

    def _get(self, method: str, query: list[tuple[str, Any]]) -> Any:
        return self._answer(method, query).get("response")

    def _answer(self, method: str, query: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [("api_key", self._key)]
        keys += [("access_token", self._token)] if self._token else []
        url = f"{self._base}/api/3.0/{method}.json?{urlencode([*query, *keys])}"
        answer = self._fetcher.ask(url)
        content = answer.document.content
        if content.lstrip()[:1] == b"<":
            judge(answer)
            raise Unreachable("Disqus answered with a page where data was expected")
        try:
            told = json.loads(content)
        except (ValueError, RecursionError):
            judge(answer)
            raise Malformed("Disqus's answer cannot be understood") from None
        if not isinstance(told, dict) or not isinstance(told.get("code"), int):
            judge(answer)
            raise Malformed("Disqus's answer is not what it documents")
        self._refuse(told, answer)
        return told

    def _refuse(self, told: dict[str, Any], answer: Answer) -> None:
        """Raise what a code means. Disqus's own words may hold the key: they are redacted."""
        code = told["code"]
        if code == 0:
            judge(answer)
            return
        said = redact(told.get("response"), [self._key, self._token])
        message = f"Disqus refused ({code}): {said}"
        if code in _LIMITS:
            raise RateLimited(message, _reset(answer))
        error = _ERRORS.get(code, Malformed)
        raise error(message, _NEW_KEY if error is Unauthorized else "")

    def _comment(self, raw: dict[str, Any]) -> Comment | None:
        """A comment; ``None`` for one that was deleted. Raises ``Malformed``."""
        if raw.get("isDeleted") or raw.get("isDeletedByAuthor"):
            return None
        thread = raw.get("thread")
        place = thread if isinstance(thread, dict) else {"id": thread}
        author = raw.get("author")
        who = author if isinstance(author, dict) else {}
        link, native = place.get("link"), str(raw.get("id") or "")
        page = link if isinstance(link, str) else self._thread
        return self._writer.comment(
            native=native,
            at=utc(raw.get("createdAt") or ""),
            thread=str(place.get("id") or ""),
            html=str(raw.get("message") or raw.get("raw_message") or ""),
            names=[who.get("name"), who.get("username")],
            by=who.get("id") or who.get("username") or who.get("name"),
            parent=raw.get("parent"),
            state=_state(raw),
            permalink=f"{page}#comment-{native}" if page else None,
            payload={"id": native, "thread": place.get("id"), **_flags(raw)},
        )


def _flags(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        name: raw.get(name)
        for name in ("parent", "createdAt", "isApproved", "isSpam", "isFlagged", "raw_message")
    }


def _state(raw: dict[str, Any]) -> CommentState:
    if raw.get("isSpam"):
        return CommentState.SPAM
    return CommentState.HELD if raw.get("isApproved") is False else CommentState.PUBLISHED


def _before(raw: dict[str, Any], since: datetime) -> bool:
    try:
        return utc(raw.get("createdAt") or "") < since
    except Malformed:
        return False


def _reset(answer: Answer) -> datetime | None:
    """When the hour's allowance is there again: a Unix time in a header."""
    told = str(answer.headers.get("X-Ratelimit-Reset") or "").strip()
    if told.isdigit():
        moment = utc(float(told))
        return min(moment, datetime.max.replace(tzinfo=UTC))
    return retry_after(answer.headers)
