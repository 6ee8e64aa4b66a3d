"""Comment threads of a YouTube channel: of a window, of a video, of the owner's queues, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectors import youtube_threads as wire
from connectors.youtube_http import CommentsDisabled
from connectors.youtube_lists import Tally
from socialaudit.errors import Forbidden, Malformed, NotFound, PlatformError
from socialaudit.models import CommentState, Gone, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.youtube_lists import Lists
    from socialaudit.models import Comment, Reading

BY_ID = {"part": "snippet,replies", "textFormat": "plainText"}
THREADS = {**BY_ID, "order": "time", "maxResults": 100}
REPLIES = {"part": "snippet", "textFormat": "plainText", "maxResults": 100}
QUEUES = {"heldForReview": CommentState.HELD, "likelySpam": CommentState.SPAM}


class Comments:
    """Reads comments; ``channel`` is set once it is known, and tells the account's own from others."""

    def __init__(self, lists: Lists, access: Access) -> None:
        self.channel = ""
        self._lists = lists
        self._access = access
        self._public: set[str] = set()
        self._queue: dict[str, Comment] | None = None

    def published(
        self, since: datetime, until: datetime, seen: set[str], talked: Iterable[str] = ()
    ) -> Iterator[Reading]:
        """Public comments of the window; adds their ids to ``seen``.

        Where the channel's list holds nothing at all, they are looked for under the videos of
        ``talked``, which are known to have comments.
        """
        for comment in self._listed(since, until, talked):
            if isinstance(comment, Unread):
                yield comment
            elif comment.id not in seen and since <= comment.published_at < until:
                seen.add(comment.id)
                yield comment

    def _listed(
        self, since: datetime, until: datetime, talked: Iterable[str]
    ) -> Iterator[Comment | Unread]:
        tally, came = Tally("comments", "comments"), 0
        threads = {"allThreadsRelatedToChannelId": self.channel, **THREADS}
        refused: PlatformError | None = None
        try:
            for page in self._lists.newest("commentThreads", since, wire.begun, **threads):
                came += len(page)
                for item in page:
                    begun = wire.begun(item)
                    whole = begun is None or since <= begun < until
                    for comment in self._thread(item, tally, whole=whole):
                        if comment.state is CommentState.PUBLISHED:
                            self._public.add(comment.id)
                        yield comment
        except (Forbidden, NotFound, Malformed) as fault:
            refused = fault
        yield from tally.unread()
        for video in () if came else talked:
            yield from self._open(video)
        if refused:
            raise refused

    def _open(self, video: str) -> Iterator[Comment | Unread]:
        """What is written under a video, if comments are not turned off there."""
        try:
            yield from self.under(video)
        except CommentsDisabled:
            return

    def waiting(self, since: datetime, until: datetime, seen: set[str]) -> Iterator[Reading]:
        """Comments of the window that are held or set aside as spam, if not in ``seen``."""
        tally = Tally("comments.state", "held comments")
        for comment in self._queued(tally):
            if comment.id not in seen and since <= comment.published_at < until:
                yield comment
        yield from tally.unread()

    def under(self, video: str) -> Iterator[Comment | Unread]:
        """Every public comment under one video."""
        tally = Tally("comments", "comments")
        for page in self._lists.pages("commentThreads", videoId=video, **THREADS):
            for item in page:
                yield from self._thread(item, tally, whole=True)
        yield from tally.unread()

    def again(self, asked: set[str]) -> Iterator[Reading]:
        """The comments with these ids, each with the account's own replies in its thread.

        The owner's queues are looked at first: what waits there is not public, and asking for it by
        id would not tell. Without a sure look nothing is said to be gone.
        """
        tally = Tally("comments", "comments")
        queued, refused = self._in_queues(asked, tally)
        yield from queued.values()
        if refused:
            yield Unread("comments.state", refused.message, refused.remedy)
        found = set(queued)
        threads = {name.partition(".")[0] for name in asked - found}  # a reply is THREAD.REPLY
        for item in self._lists.by_id("commentThreads", sorted(threads), **BY_ID):
            for comment in self._thread(item, tally, whole=True):
                own_reply = comment.own and comment.parent
                if comment.id not in queued and (comment.id in asked or own_reply):
                    found.add(comment.id)
                    yield comment
        yield from tally.unread()
        if not refused and not tally.odd:
            yield from (Gone("comment", name) for name in sorted(asked - found))

    def _in_queues(
        self, asked: set[str], tally: Tally
    ) -> tuple[dict[str, Comment], PlatformError | None]:
        """Which of these comments wait in the owner's queues, and why that could not be told."""
        if not asked or not self._lists.owner:
            return {}, None
        try:
            return {c.id: c for c in self._queued(tally) if c.id in asked}, None
        except CommentsDisabled:
            return {}, None
        except (Forbidden, NotFound, Malformed) as fault:
            return {}, fault

    def _thread(
        self, item: Any, tally: Tally, state: CommentState = CommentState.PUBLISHED, *, whole: bool
    ) -> Iterator[Comment]:
        """A thread's comment and replies: those listed with it, or, where ``whole``, all of them."""
        thread = tally.take(wire.thread, item)
        if thread is None:
            return
        replies = self._replies(thread, tally) if whole else thread.replies
        told = {"access": self._access, "channel": self.channel, "state": state}
        for raw in (thread.top, *replies):
            comment = tally.take(wire.comment, raw, thread, **told)
            if comment:
                yield comment

    def _replies(self, thread: wire.Thread, tally: Tally) -> list[Any]:
        replies = wire.merged(thread, thread.replies)
        if not replies if thread.total is None else len(replies) >= thread.total:
            return replies
        try:
            for page in self._lists.pages("comments", parentId=thread.id, **REPLIES):
                replies = wire.merged(thread, [*replies, *page])
                if thread.total is not None and len(replies) >= thread.total:
                    break
        except (Forbidden, NotFound, Malformed):
            tally.odd += 1
        return replies

    def _queued(self, tally: Tally) -> Iterator[Comment]:
        """Comments in the owner's two queues, of any age; asked for once.

        What the public list shows does not wait, whatever a server puts into the queues.
        """
        if not self._lists.owner:
            reason = "YouTube shows held and likely-spam comments to the channel's owner only"
            raise Forbidden(reason, "Sign in as the owner, with the permission youtube.force-ssl.")
        if self._queue is not None:
            yield from self._queue.values()
            return
        queue: dict[str, Comment] = {}
        for status, state in QUEUES.items():
            asked = {"allThreadsRelatedToChannelId": self.channel, "moderationStatus": status}
            for page in self._lists.pages("commentThreads", **asked, **THREADS):
                for item in page:
                    for comment in self._thread(item, tally, state, whole=False):
                        known = comment.id in queue or comment.id in self._public
                        if comment.state in QUEUES.values() and not known:
                            queue[comment.id] = comment
                            yield comment
        self._queue = queue
