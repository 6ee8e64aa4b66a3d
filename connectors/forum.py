"""Forums and message boards, through their RSS or Atom feed: phpBB, NodeBB, vBulletin, Reddit and others.

Documentation: https://www.rfc-editor.org/rfc/rfc4287, https://www.rssboard.org/rss-specification,
https://area51.phpbb.com/docs/dev/3.3.x/ (feed.php)
Credentials: none; the feed is public. The account's ``handle`` is the address of the board's feed,
then ``#`` and the name under which the council writes there (several with commas between them):
``https://board.example.org/feed.php#Marchwardine Council``. phpBB: ``feed.php``, when the board's
owner has switched feeds on; NodeBB: ``/recent.rss``, ``/topic/5.rss``; vBulletin:
``external.php?type=RSS2``; Reddit: the address of the community, with or without ``.rss``. For
Discourse, use ``discourse``.
Price and limits: none. A week costs one request for each page of the feed, and most boards have but
one. An unchanged feed costs one small request (``ETag``, ``Last-Modified``), and one more where
something in it is a thing to do.

**Cannot see**: entries older than the feed holds, often only the newest 10 to 25, so that a busy
board is read in part; whole topics where the feed shows only their beginnings; private parts of the
board; posts that wait for a moderator, were hidden or removed (look at the moderators' page); whom an
answer answers; settings.

What the council's name wrote is a post, and what others wrote is a comment: a visitor's post, or an
answer in the topic whose beginning the feed holds. What the council answers in a topic of its own
is its own comment. Without a name behind the address, nothing counts as the council's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit

from connectors import Usage, feed_memory, feed_wire, forum_wire
from connectors.feed_entries import Entries
from connectors.feed_memory import Kept
from connectors.feed_pages import address_of
from connectors.safe_fetch import Fetcher
from socialaudit.errors import PlatformError
from socialaudit.models import Account, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.forum_wire import Said
    from socialaudit.models import Known, Reading

KEPT = "forum:feed"
"""Where the cache keeps what the last reading left for the next."""
LIMITS = (
    Unread("settings", "a board's feed shows no settings", permanent=True),
    Unread("comments.state", "a board's feed shows only what people can see", permanent=True),
)
NAMELESS = Unread(
    "posts",
    "the council file does not say under which name the council writes here",
    "Write the name behind the address in the council file, after a #.",
    partial=True,
)
_REDDIT = re.compile(r"(?:https?://)?(?:www\.|old\.)?reddit\.com/(?:r|user|u)/[^?#]*?/?")


class Forum:
    """Reads one board. Requests: one for each page until one reaches back before the window.

    1 where the feed has not changed and holds nothing as young as the window; a reread then adds 1.
    """

    name: ClassVar[str] = "forum"
    title: ClassVar[str] = "Forum"
    secrets: ClassVar[tuple[str, ...]] = ()
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        written, _, names = access.handle.strip().partition("#")
        told = unquote(names).split(",")
        self._council = frozenset(name.strip().casefold() for name in told if name.strip())
        self._address = address_of(replace(access, handle=_feed_of(written)))
        self._fetcher = Fetcher(self._address, access.limiter, self.usage)
        self._entries = Entries(self._fetcher, self._address, access.account)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The board's name, and what was written there in [since, until)."""
        self._entries.seen.clear()
        blank = self._account({})
        kept = feed_memory.recall(self._access.cache, KEPT, self._address, blank)
        asked = kept.validators if kept and kept.newest < since else None
        first = self._fetcher.fetch(self._address, asked)
        yield from LIMITS
        yield from () if self._council else (NAMELESS,)
        if kept and first.unchanged:
            yield kept.account
            return
        self._access.cache.pop(KEPT, None)
        account, fault = None, None
        try:
            for _ in self._entries.read(since, first):
                if account is None:
                    account = self._account(self._entries.feed)
                    yield account
        except PlatformError as interrupted:
            fault = interrupted
        yield from (
            reading
            for one, beginning in self._said()
            if since <= one.post.published_at < until
            for reading in self._told(one, beginning)
        )
        yield from self._entries.unread()
        if fault:
            raise fault
        if account and self._entries.whole:
            told = Kept(self._entries.validators, self._entries.newest, account)
            feed_memory.keep(self._access.cache, KEPT, self._address, told)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """What is known and the feed still holds. What it no longer holds need not be gone.

        A comment comes with all that the council said in its topic. A feed states no number of
        comments, and ``read`` tells every comment that it holds: probing costs no request.
        """
        start = f"{self._access.account}/"
        ids = {
            (one.post or "").removeprefix(start) if one.kind == "media" else one.id
            for one in known
            if one.comment_count is None
        }
        self._entries.find(ids)
        said = self._said()
        topics = {one.topic for one, _ in said if one.post.id in ids and not self._is_own(one)}
        for one, beginning in said:
            if one.post.id in ids or (one.topic in topics and self._is_own(one)):
                yield from self._told(one, beginning)

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _account(self, feed: object) -> Account:
        told = feed_wire.account(feed, self._access, self._address)
        return replace(told, key=f"forum:{self._access.handle}", platform="forum")

    def _said(self) -> list[tuple[Said, Said | None]]:
        """What was said, each with the beginning of its topic where that is another entry."""
        entries = self._entries.seen.values()
        said = [forum_wire.said(entry, self._access) for entry in entries]
        said.sort(key=lambda one: one.post.published_at)
        begun: dict[str, Said] = {}
        for one in said:
            if not one.answers:
                begun.setdefault(one.topic, one)
        return [
            (one, above if (above := begun.get(one.topic)) is not one else None) for one in said
        ]

    def _told(self, one: Said, beginning: Said | None) -> Iterator[Reading]:
        answer = beginning is not None and self._is_own(beginning)
        if self._is_own(one) and not answer:
            yield forum_wire.own(one, beginning)
            yield from one.media
        else:
            yield forum_wire.comment(one, self._access, beginning, self._council)

    def _is_own(self, one: Said) -> bool:
        return bool(self._council.intersection(one.names))


def _feed_of(written: str) -> str:
    """The address of a feed; of a community of Reddit, the feed that it has."""
    if _REDDIT.fullmatch(written) and not urlsplit(written).path.endswith(".rss"):
        return f"{written.rstrip('/')}/.rss"
    return written


CONNECTOR = Forum
