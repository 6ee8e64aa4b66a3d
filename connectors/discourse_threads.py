"""Topics of Discourse as the council's posts and the comments on them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from connectors import discourse_topics, discourse_wire
from connectors.transport import utc
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import Comment, Gone, Known, Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors.discourse_http import Board
    from connectors.discourse_topics import Doubt, Thread
    from connectors.discourse_wire import Writer
    from socialaudit.models import Reading


class Reader:
    """Reads topics of one board.

    With ``only_own``, of topics that others began only what the council wrote counts, and what
    answers it. ``topics`` tells in which topic each post stands that was read, ``ours`` maps each
    topic that the council began to the key of its beginning.
    """

    def __init__(self, board: Board, writer: Writer, *, only_own: bool) -> None:
        self.writer = writer
        self.topics: dict[str, int] = {}
        self.ours: dict[int, str] = {}
        self._board = board
        self._only_own = only_own

    def read(
        self, number: int, since: datetime, until: datetime, doubt: Doubt
    ) -> Iterator[Reading]:
        """What was written in a topic in [since, until)."""
        try:
            thread = discourse_topics.opened(self._board, number)
        except (Forbidden, NotFound, Malformed):
            doubt.refused += 1
            return
        yield from self.told(thread, since, until, doubt)

    def told(
        self, thread: Thread, since: datetime, until: datetime, doubt: Doubt
    ) -> Iterator[Reading]:
        """What was written in a topic that is open in [since, until)."""
        try:
            discourse_topics.complete(self._board, thread, since, doubt)
        except (Forbidden, NotFound, Malformed):
            doubt.refused += 1
        for raw, readings in self._readings(thread, doubt):
            with suppress(Malformed):
                if since <= utc(raw.get("created_at")) < until:
                    yield from readings

    def again(self, number: int, asked: Sequence[Known], doubt: Doubt) -> Iterator[Reading]:
        """What is known of one topic, as it is now."""
        whole = [one for one in asked if one.comment_count is None]
        try:
            thread = discourse_topics.opened(self._board, number)
        except (NotFound, Forbidden):
            yield from (Gone(one.kind, one.id) for one in whole)
            return
        beginning = thread.by_number.get(1, {}).get("id")
        count = max((thread.topic.posts_count or 1) - 1, 0)
        counts = [one.comment_count for one in asked if one.comment_count is not None]
        grown = bool(beginning and any(known != count for known in counts))
        comments = any(one.kind == "comment" for one in whole)
        if comments or grown:
            ages = discourse_topics.EVER
            discourse_topics.complete(self._board, thread, ages, doubt)
        else:
            self._fill(thread, {_native(one) for one in whole})
        yield from self._known(thread, whole, doubt, everything=grown)

    def _fill(self, thread: Thread, ids: set[str]) -> None:
        here = {str(p.get("id")) for p in thread.posts}
        missing = [i for i in thread.ids or [] if str(i) in ids - here]
        if missing:
            thread.take(discourse_topics.fetched(self._board, thread.topic.id, missing))

    def _known(
        self, thread: Thread, asked: Sequence[Known], doubt: Doubt, *, everything: bool
    ) -> Iterator[Reading]:
        wanted = {_native(one) for one in asked}
        answers = any(one.kind == "comment" for one in asked)
        found: set[str] = set()
        for raw, readings in self._readings(thread, doubt):
            native = str(raw.get("id"))
            found.add(native)
            for reading in readings:
                own = isinstance(reading, Comment) and reading.own
                fresh = everything and isinstance(reading, Comment)
                if native in wanted or fresh or (answers and own):
                    yield reading
        yield from (Gone(one.kind, one.id) for one in asked if _native(one) not in found)

    def _readings(
        self, thread: Thread, doubt: Doubt
    ) -> Iterator[tuple[dict[str, Any], list[Reading]]]:
        """Each post that people read, and what it is here."""
        council, topic = self.writer.council, thread.topic
        begun = bool(topic.began and topic.began in council)
        first = thread.by_number.get(1, {}).get("id")
        beginning = f"discourse:{first}" if first is not None else None
        if begun and beginning:
            self.ours[topic.id] = beginning
        for raw in thread.posts:
            if not discourse_wire.is_shown(raw):
                continue
            try:
                readings = self._reading(raw, thread, beginning, begun=begun)
            except Malformed:
                doubt.posts += 1
                continue
            for reading in readings:
                if isinstance(reading, Post | Comment):
                    self.topics[reading.id] = topic.id
            yield raw, readings

    def _reading(
        self, raw: dict[str, Any], thread: Thread, beginning: str | None, *, begun: bool
    ) -> list[Reading]:
        topic, own = thread.topic, discourse_wire.author(raw) in self.writer.council
        number = raw.get("post_number")
        to = raw.get("reply_to_post_number")
        above = thread.by_number.get(to) if to not in {None, number} else None
        if own and (number == 1 or not begun):
            answered = (above or {}).get("id") or (beginning or "").partition(":")[2] or None
            return [*self.writer.post(raw, topic, None if number == 1 else str(answered))]
        if begun:
            parent = f"discourse:{above['id']}" if above and to != 1 else None
            return [self.writer.comment(raw, topic, beginning, parent)]
        ours = above is not None and discourse_wire.author(above) in self.writer.council
        if ours and above:
            return [self.writer.comment(raw, topic, f"discourse:{above['id']}", None)]
        if self._only_own:
            return []
        parent = f"discourse:{above['id']}" if above else beginning
        return [self.writer.comment(raw, topic, None, None if number == 1 else parent)]


def _native(one: Known) -> str:
    return (one.post if one.kind == "media" else one.id) or one.id
