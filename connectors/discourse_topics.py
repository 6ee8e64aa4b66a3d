"""Which topics of a Discourse board are to be read, and all that is in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import discourse_wire
from connectors.transport import MAX_PAGES, utc
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.discourse_http import Board
    from connectors.discourse_wire import Topic

CHUNK = 20
"""Posts that one request gives beyond the first page of a topic."""
MAX_CHUNKS = 100
_ACTIONS = 30
"""Actions of a user on a page, on current boards; older ones give up to 60."""
_REPLY = "5"
EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Doubt:
    """What of lists and topics could not be read or understood."""

    topics: int = 0
    odd: int = 0
    cut: bool = False
    refused: int = 0
    long: int = 0
    posts: int = 0

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.odd:
            reason = f"{self.odd} of {self.topics} topics could not be understood"
            yield Unread("posts", reason, partial=True)
        if self.cut:
            reason = "the list of topics repeats itself, so topics may be missing"
            yield Unread("posts", reason, partial=True)
        if self.refused:
            reason = f"topics that could not be read: {self.refused}"
            yield Unread("comments", reason, partial=True)
        if self.long:
            reason = f"topics too long to be read whole: {self.long}"
            yield Unread("comments", reason, partial=True)
        if self.posts:
            reason = f"{self.posts} posts could not be understood"
            yield Unread("comments", reason, partial=True)


@dataclass(slots=True)
class Thread:
    """A topic and what was read of its posts, in their order.

    ``ids`` are those of all its posts, ``None`` where the board does not tell.
    """

    topic: Topic
    posts: list[dict[str, Any]]
    ids: list[int] | None
    by_number: dict[object, dict[str, Any]] = field(default_factory=dict)

    def take(self, more: list[dict[str, Any]]) -> None:
        """Add posts that are not here yet."""
        here = {p.get("id") for p in self.posts}
        self.posts += [p for p in more if p.get("id") not in here]
        self.posts.sort(key=_place)
        self.by_number = {p.get("post_number"): p for p in self.posts}


def listed(
    board: Board, path: tuple[object, ...], since: datetime, doubt: Doubt
) -> Iterator[tuple[int, int | None]]:
    """Topics that something happened in since a time, the latest first, and how many posts each has.

    Topics that are pinned to the top say nothing of where the list has come to.
    """
    seen: set[int] = set()
    for page in range(MAX_PAGES):
        told = board.get(*path, query=[("page", page)] if page else ()).get("topic_list")
        if not isinstance(told, dict):
            raise Malformed("the board's list of topics is not what Discourse documents")
        raw = told.get("topics")
        fresh, reached = [], False
        for one in raw if isinstance(raw, list) else []:
            doubt.topics += 1
            number, at = _listed(one)
            if number is None or at is None:
                doubt.odd += 1
            elif number not in seen:
                seen.add(number)
                fresh.append(number)
                count = one.get("posts_count")
                if at >= since:
                    yield number, count if isinstance(count, int) else None
                reached = reached or (at < since and not one.get("pinned"))
        more = bool(told.get("more_topics_url"))
        if reached or not more or not fresh:
            doubt.cut = doubt.cut or (more and not reached)
            return


def answered(board: Board, user: str, since: datetime) -> Iterator[int]:
    """Topics in which a user answered since a time."""
    seen: set[object] = set()
    for _ in range(MAX_PAGES):
        query = [("offset", len(seen)), ("username", user), ("filter", _REPLY)]
        raw = board.get("user_actions", query=query).get("user_actions")
        actions = [a for a in raw if isinstance(a, dict)] if isinstance(raw, list) else []
        fresh = [a for a in actions if (a.get("post_id"), a.get("created_at")) not in seen]
        late = [a for a in fresh if a.get("created_at") and utc(a["created_at"]) >= since]
        yield from (a["topic_id"] for a in late if isinstance(a.get("topic_id"), int))
        if not fresh or len(late) < len(fresh) or len(actions) < _ACTIONS:
            return
        seen.update((a.get("post_id"), a.get("created_at")) for a in fresh)


def opened(board: Board, number: int) -> Thread:
    """A topic with the first page of its posts."""
    told = board.get("t", number)
    stream = told.get("post_stream")
    ids = stream.get("stream") if isinstance(stream, dict) else None
    known = [i for i in ids if isinstance(i, int)] if isinstance(ids, list) else None
    thread = Thread(discourse_wire.topic(told), [], known)
    thread.take(discourse_wire.posts(told))
    return thread


def complete(board: Board, thread: Thread, since: datetime, doubt: Doubt) -> None:
    """Read the rest of a topic from its end back to a time."""
    here = {p.get("id") for p in thread.posts}
    wanted = [i for i in reversed(thread.ids or []) if i not in here]
    for number, start in enumerate(range(0, len(wanted), CHUNK)):
        if number >= MAX_CHUNKS:
            doubt.long += 1
            return
        chunk = fetched(board, thread.topic.id, wanted[start : start + CHUNK])
        thread.take(chunk)
        if not chunk or all(_before(p, since) for p in chunk):
            return
    missing = (thread.topic.posts_count or 0) > len(thread.posts)
    doubt.long += thread.ids is None and missing


def fetched(board: Board, topic: int, ids: list[int]) -> list[dict[str, Any]]:
    """Some posts of a topic by their ids, and no other that came with them."""
    query = [("post_ids[]", i) for i in ids]
    told = discourse_wire.posts(board.get("t", topic, "posts", query=query))
    return [p for p in told if p.get("id") in ids]


def _listed(one: Any) -> tuple[int | None, datetime | None]:
    """The number of a topic, and when something last happened in it."""
    if not isinstance(one, dict) or not isinstance(one.get("id"), int):
        return None, None
    times = []
    for name in ("bumped_at", "last_posted_at", "created_at"):
        try:
            times += [utc(one[name])] if one.get(name) else []
        except Malformed:
            continue
    return one["id"], max(times, default=None)


def _place(raw: dict[str, Any]) -> int:
    number = raw.get("post_number")
    return number if isinstance(number, int) else 0


def is_since(written: object, since: datetime) -> bool:
    """Whether a time on the wire is not before another; one that cannot be read may not be."""
    try:
        return utc(written) >= since
    except Malformed:
        return True


def _before(raw: dict[str, Any], since: datetime) -> bool:
    try:
        return utc(raw.get("created_at")) < since
    except Malformed:
        return False
