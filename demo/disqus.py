"""Disqus's API 3.0 on loopback, as far as it is read: one forum, a thread for each page.

Sources: Disqus's API documents (posts/list, threads/listPosts, posts/details, cursors, errors) and
clients that record its answers. Comments that wait, were set aside or deleted are shown to a
moderator's token that asks for them. Never compared with Disqus itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from demo.server import Answer
from demo.town import number

if TYPE_CHECKING:
    from demo.server import Request
    from demo.town import TownAccount, TownComment, TownPost

KEY = "k" * 64
TOKEN = "t" * 32
_CODES = {
    "rate_limited": (400, 13, "You have exceeded the rate limit for this resource"),
    "rate_limited_no_header": (400, 14, "You have exceeded the rate limit for your account"),
    "server_error": (500, 15, "There was internal server error while processing your request"),
    "expired_token": (403, 5, "Invalid API key"),
    "forbidden": (400, 12, "This application does not have enough privileges"),
    "not_found": (404, 8, "A requested object was not found"),
}
_STATES = {"published": "approved", "held": "unapproved", "spam": "spam"}


class DisqusSite:
    """A forum as of ``now``: the comments under every post of a town."""

    def __init__(
        self, town: TownAccount, now: datetime, key: str = KEY, token: str = TOKEN
    ) -> None:
        self.town = town
        self.now = now
        self.key = key
        self.token = token

    def answer(self, request: Request) -> Answer:
        """The answer of a method in its envelope; an error of Disqus for any other."""
        query = parse_qs(request.asked)
        method = request.path.removeprefix("/api/3.0/").removesuffix(".json")
        if query.get("api_key") != [self.key]:
            return _error(403, 5, "Invalid API key")
        if query.get("access_token", [self.token]) != [self.token]:
            return _error(400, 18, "The authorization signature you passed was not valid")
        if method == "posts/details":
            return self._details(query["post"][0])
        if method in {"posts/list", "threads/listPosts"}:
            return self._page(self._listed(query), query)
        return _error(400, 1, "Endpoint not valid")

    def fault(self, name: str, request: Request) -> Answer:
        """Disqus's own shape of a fault."""
        if name in _CODES:
            told = _error(*_CODES[name])
            reset = str(int(datetime.now(UTC).timestamp()) + 900)
            headers = {"X-Ratelimit-Reset": reset} if name == "rate_limited" else {}
            return Answer(told.body, told.status, headers)
        body = self.answer(request).body
        if name == "malformed":
            del body["response"][0]["createdAt"]
        else:
            body["cursor"].update(next="1:0:0", hasNext=True, more=True)
        return Answer(body)

    def _listed(self, query: dict[str, list[str]]) -> list[tuple[TownPost, TownComment]]:
        kinds = set(query.get("include", ["approved"]) if "access_token" in query else ["approved"])
        start = max([float(t) for name in ("start", "since") for t in query.get(name, [])] or [0.0])
        link = query.get("thread:link", [""])[0]
        thread = query.get("thread", [""])[0]
        found = [
            (post, comment)
            for post in self.town.posts_as_of(self.now)
            if (not link or link.endswith(f"/{post.id}")) and thread in {"", thread_id(post)}
            for comment in post.comments_as_of(self.now)
            if _STATES.get(comment.state_as_of(self.now)) in kinds
            and comment.at.timestamp() >= start
        ]
        return sorted(found, key=lambda pair: pair[1].at, reverse=True)

    def _page(
        self, listed: list[tuple[TownPost, TownComment]], query: dict[str, list[str]]
    ) -> Answer:
        limit = min(int(query.get("limit", ["25"])[0]), 100)
        start = int(query.get("cursor", ["0:0:0"])[0].split(":")[0])
        shown = listed[start : start + limit]
        more = len(listed) > start + limit
        cursor = {
            "prev": None,
            "hasNext": more,
            "next": f"{start + limit}:0:0",
            "hasPrev": start > 0,
            "total": None,
            "id": f"{start}:0:0",
            "more": more,
        }
        return Answer({"cursor": cursor, "code": 0, "response": [self._post(*p) for p in shown]})

    def _details(self, native: str) -> Answer:
        for post in self.town.posts_as_of(self.now):
            for comment in post.comments_as_of(self.now):
                if comment_id(post, comment) == native:
                    return Answer({"code": 0, "response": self._post(post, comment)})
        return _error(400, 2, f"Invalid argument, 'post': Unable to find post '{native}'")

    def _post(self, post: TownPost, comment: TownComment) -> dict[str, Any]:
        parent = next((c for c in post.comment if c.id == comment.reply_to), None)
        state = comment.state_as_of(self.now)
        return {
            "id": comment_id(post, comment),
            "forum": "snoring",
            "thread": {
                "id": thread_id(post),
                "title": post.title,
                "link": f"https://www.example.gov.uk/news/{post.id}",
                "posts": len(post.comments_as_of(self.now)),
            },
            "parent": int(comment_id(post, parent)) if parent else None,
            "author": {
                "id": number("disqus", comment.by, digits=8),
                "name": "The Council" if comment.by == "council" else comment.by,
                "username": comment.by.replace(" ", "").lower(),
                "isAnonymous": False,
                "email": "somebody@example.com",
            },
            "message": f"<p>{escape(comment.text, quote=False)}</p>",
            "raw_message": comment.text,
            "createdAt": comment.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
            "isApproved": state == "published",
            "isSpam": state == "spam",
            "isDeleted": False,
            "isFlagged": False,
            "isEdited": False,
            "ipAddress": "192.0.2.7",
            "likes": 0,
            "media": [],
        }


def thread_id(post: TownPost) -> str:
    """The number of a page's thread."""
    return number("disqus", "thread", post.id, digits=10)


def comment_id(post: TownPost, comment: TownComment) -> str:
    """The number of a comment."""
    return number("disqus", post.id, comment.id, digits=10)


def _error(status: int, code: int, said: str) -> Answer:
    return Answer({"code": code, "response": said}, status)
