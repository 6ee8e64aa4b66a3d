"""A Discourse board on loopback: the JSON behind its pages.

Sources: Discourse's API documents (openapi.json and the recorded answers beside it, snapshot of
20.08.2026) and its serializers. Thirty topics a page, pinned ones first; twenty posts of a topic; thirty
actions of a user; times to the millisecond. Never compared with a real board.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from demo.discourse_posts import post_id, shown, stream, timed, topic_id, username
from demo.server import Answer
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount, TownPost

TOPICS, POSTS, ACTIONS, WAITING = 30, 20, 30, 10
CATEGORY = 5
KEY = "d" * 64
_REFUSED = "You are not permitted to view the requested resource."
_INVALID = f"{_REFUSED} The API username or key is invalid."
_MISSING = "The requested URL or resource could not be found."


class DiscourseSite:
    """A board as of ``now`` with one category. The council's user is named as in the town's handle.

    ``key`` is a moderator's; without one, strangers read what is public, or nothing if ``private``.
    """

    def __init__(
        self, town: TownAccount, now: datetime, key: str = KEY, *, private: bool = False
    ) -> None:
        self.town = town
        self.now = now
        self.key = key
        self.private = private

    def answer(self, request: Request) -> Answer:
        """The answer that fits the path; 404 for any other."""
        given = request.headers.get("api-key")
        if given is not None and given != self.key:
            return _error(403, _INVALID, "invalid_access")
        if self.private and given is None:
            return _error(403, "You need to be logged in to do that.", "not_logged_in")
        parts = request.path.strip("/").removesuffix(".json").split("/")
        found = self._found(parts, request, staff=given is not None)
        return found or _error(404, _MISSING, "not_found")

    def fault(self, name: str, request: Request) -> Answer:
        """A board's own way to fail."""
        if name in {"rate_limited", "rate_limited_no_header"}:
            told = {"errors": ["Too many requests."], "error_type": "rate_limit"}
            if name == "rate_limited":
                told["extras"] = {"wait_seconds": 900, "time_left": "15 minutes"}  # type: ignore[assignment]  # one object, several shapes
            return Answer(told, 429, {"Discourse-Rate-Limit-Error-Code": "ip_60_secs_limit"})
        simple = {
            "server_error": (500, "Something went wrong", "internal"),
            "expired_token": (403, _INVALID, "invalid_access"),
            "forbidden": (403, _REFUSED, "invalid_access"),
            "not_found": (404, _MISSING, "not_found"),
        }
        if name in simple:
            return _error(*simple[name])
        told = self.answer(request).body
        topics = told.get("topic_list")
        if isinstance(topics, dict):
            if name == "malformed":
                del topics["topics"][0]["id"]
            elif name == "hostile_next":
                topics["more_topics_url"] = "http://127.0.0.2:9/latest?page=1"
            else:
                first = self._topics(self._all(), 0, request.path)
                return Answer({**told, "topic_list": {**first, "more_topics_url": request.path}})
        return Answer(told)

    def _found(self, parts: list[str], request: Request, *, staff: bool) -> Answer | None:
        if parts == ["review"]:
            return self._queue(int(request.query.get("offset", "0"))) if staff else None
        return self._introduced(parts) or self._list(parts, request) or self._read(parts, request)

    def _introduced(self, parts: list[str]) -> Answer | None:
        told = {"description": self.town.description}
        match parts:
            case ["u", name] if name.casefold() == self._council.casefold():
                return Answer(self._user(name))
            case ["c", "5", "show"]:
                category = {"id": CATEGORY, "name": self.town.name, "slug": "council"}
                return Answer({"category": {**category, **told}})
            case ["about"]:
                return Answer({"about": {"title": self.town.name, **told}})
        return None

    def _list(self, parts: list[str], request: Request) -> Answer | None:
        page, posts = int(request.query.get("page", "0")), self._all()
        match parts:
            case ["user_actions"]:
                offset = int(request.query.get("offset", "0"))
                return Answer({"user_actions": self._actions(offset)})
            case ["topics", "created-by", name] if name.casefold() == self._council.casefold():
                posts = [p for p in posts if p.by == "council"]
            case ["latest"] | ["c", _, "5"]:
                pass
            case _:
                return None
        return Answer({"users": [], "topic_list": self._topics(posts, page, request.path)})

    def _read(self, parts: list[str], request: Request) -> Answer | None:
        match parts:
            case ["t", native]:
                return self._topic(native)
            case ["t", native, "posts"]:
                return self._some(native, parse_qs(request.asked).get("post_ids[]", []))
            case ["posts", native]:
                return self._post(native)
        return None

    def _all(self) -> list[TownPost]:
        """The topics, that in which something happened last first."""
        there = [p for p in self.town.posts_as_of(self.now) if p.audience == "public"]
        return sorted(there, key=self._bumped, reverse=True)

    def _bumped(self, post: TownPost) -> datetime:
        return max([post.at, *(c.at for c in shown(post, self.now))])

    @property
    def _council(self) -> str:
        return self.town.handle.rpartition("/u/")[2].partition("#")[0]

    def _user(self, name: str) -> dict[str, Any]:
        own = [p.at for p in self._all() if p.by == "council"]
        own += [c.at for p in self._all() for c in shown(p, self.now) if c.by == "council"]
        return {
            "user_badges": [],
            "user": {
                "id": 7,
                "username": name,
                "name": self.town.name,
                "last_posted_at": timed(max(own)) if own else None,
                "created_at": timed(self.town.created_at),
                "website": self.town.website or None,
                "bio_raw": self.town.description,
                "bio_cooked": f"<p>{escape(self.town.description)}</p>",
                "trust_level": 2,
                "moderator": False,
                "admin": False,
            },
        }

    def _topics(self, posts: list[TownPost], page: int, path: str) -> dict[str, Any]:
        there = posts[page * TOPICS : (page + 1) * TOPICS]
        told: dict[str, Any] = {
            "can_create_topic": False,
            "per_page": TOPICS,
            "topics": [self._listed(p) for p in there],
        }
        if len(posts) > (page + 1) * TOPICS:
            told["more_topics_url"] = f"{path.removesuffix('.json')}?page={page + 1}"
        return told

    def _listed(self, post: TownPost) -> dict[str, Any]:
        comments = shown(post, self.now)
        return {
            "id": int(topic_id(post)),
            "title": post.title,
            "fancy_title": escape(post.title),
            "slug": post.id,
            "posts_count": 1 + len(comments),
            "reply_count": len(comments),
            "highest_post_number": 1 + len(comments),
            "created_at": timed(post.at),
            "last_posted_at": timed(self._bumped(post)),
            "bumped": True,
            "bumped_at": timed(self._bumped(post)),
            "archetype": "regular",
            "pinned": False,
            "visible": True,
            "closed": post.comments_off,
            "archived": False,
            "category_id": CATEGORY,
        }

    def _topic(self, native: str) -> Answer | None:
        post = next((p for p in self._all() if topic_id(p) == native), None)
        if post is None:
            return None
        posts = stream(post, self.now, self._council)
        told = {k: v for k, v in self._listed(post).items() if not k.startswith("bumped")}
        creator = {"id": 7, "username": username(post.by, self._council)}
        return Answer(
            {
                "post_stream": {"posts": posts[:POSTS], "stream": [p["id"] for p in posts]},
                **told,
                "details": {"created_by": creator, "can_flag_topic": False},
                "chunk_size": POSTS,
            }
        )

    def _some(self, native: str, wanted: list[str]) -> Answer | None:
        post = next((p for p in self._all() if topic_id(p) == native), None)
        if post is None:
            return None
        posts = [p for p in stream(post, self.now, self._council) if str(p["id"]) in wanted]
        return Answer({"post_stream": {"posts": posts[:POSTS]}, "id": int(native)})

    def _post(self, native: str) -> Answer | None:
        found = (
            p
            for post in self._all()
            for p in stream(post, self.now, self._council)
            if str(p["id"]) == native
        )
        told = next(found, None)
        return Answer(told) if told else None

    def _actions(self, offset: int) -> list[dict[str, Any]]:
        said = [
            (comment, post)
            for post in self._all()
            for comment in shown(post, self.now)
            if comment.by == "council"
        ]
        said.sort(key=lambda pair: pair[0].at, reverse=True)
        return [
            {
                "excerpt": comment.text[:300],
                "action_type": 5,
                "created_at": timed(comment.at),
                "topic_id": int(topic_id(post)),
                "post_id": int(post_id(post.id, comment.id)),
                "username": self._council,
                "deleted": False,
                "hidden": None,
                "archived": False,
            }
            for comment, post in said[offset : offset + ACTIONS]
        ]

    def _queue(self, offset: int) -> Answer:
        held = [
            {
                "id": int(number("discourse", "review", comment.id, digits=4)),
                "type": "ReviewableQueuedPost",
                "topic_id": int(topic_id(post)),
                "category_id": CATEGORY,
                "payload": {"raw": comment.text},
                "created_at": timed(comment.at),
                "target_created_by_id": int(number(comment.by, digits=3)),
                "status": 0,
            }
            for post in self._all()
            for comment in post.comments_as_of(self.now)
            if comment.state_as_of(self.now) == "held"
        ]
        there = held[offset : offset + WAITING]
        return Answer({"reviewables": there, "meta": {"total_rows_reviewables": len(held)}})


def _error(status: int, said: str, kind: str) -> Answer:
    return Answer({"errors": [said], "error_type": kind}, status)
