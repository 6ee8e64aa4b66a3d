"""Blogs, newspapers and every other site with an RSS or Atom feed; the council's own website too.

Documentation: https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287,
https://www.rfc-editor.org/rfc/rfc4685 (comments)
Credentials: none; the feed is public. For a blog, the account's ``handle`` is the address of its
feed. For the council's own website it is ``website_feed`` in the council file, on most sites the
address of the news page with ``feed/`` behind it. For a message board, use ``forum``.
Price and limits: none. A week costs one request for each page of the feed, and one for each entry
whose comments changed. An unchanged feed costs one small request (``ETag``, ``Last-Modified``)
where its entries name no comments, else two: WordPress calls its feed unchanged when a comment
came.

**Cannot see**: what a site says outside its feed; entries older than the feed holds, where the site
does not offer further pages (WordPress does); entries and comments that were taken down or wait for
a decision; comments of sites that name no feed of them (``wfw:commentRss``, ``rel="replies"``), and
of those that do, all but the newest, mostly 10; settings. A comment counts as the account's own
when it bears the name under which the feed's entries are written: anyone may give that name.

The website's feed is read whole each time, never with ``If-None-Match``: it is one small file a
week, and whoever compares posts with it needs the entries, not the news that nothing is new.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from connectors import Usage, feed_memory, feed_wire
from connectors.feed_comments import CommentFeeds, address, count
from connectors.feed_entries import Entries
from connectors.feed_memory import Kept
from connectors.feed_pages import address_of
from connectors.safe_fetch import Fetcher
from socialaudit.models import WEBSITE, PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.feed_entries import Entry
    from connectors.safe_fetch import Document
    from socialaudit.models import Account, Known, Reading

KEPT = "feed:feed"
"""Where the cache keeps what the last reading left for the next."""
LIMITS = (
    Unread("settings", "a feed shows no settings", permanent=True),
    Unread("comments.state", "a feed shows only comments that people can see", permanent=True),
)
NO_COMMENTS = Unread("comments", "this feed names no comments", permanent=True)


class Feed:
    """Reads one feed. Requests: one for each page until one reaches back before the window.

    Pages after the first are those that the feed links to as ``next`` (RFC 5005) or that WordPress
    numbers; the page after the last is asked for too, where only its absence shows the end. One
    more for each entry in the window that has comments, or whose number of them changed.
    """

    name: ClassVar[str] = "feed"
    title: ClassVar[str] = "Website"
    secrets: ClassVar[tuple[str, ...]] = ()
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._website = access.account == WEBSITE
        self._address = address_of(access)
        self._fetcher = Fetcher(self._address, access.limiter, self.usage)
        self._entries = Entries(self._fetcher, self._address, access.account)
        self._kept: Kept | None = None

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The site's name, and what it published in [since, until)."""
        self._entries.seen.clear()
        self._kept = None if self._website else self._recall()
        asked = self._kept.validators if self._kept and self._kept.newest < since else None
        first = self._fetcher.fetch(self._address, asked)
        if not self._website:
            yield from LIMITS
        if self._kept and first.unchanged:
            yield self._kept.account
            yield from () if self._kept.comments else (NO_COMMENTS,)
            return
        self._kept = None
        self._access.cache.pop(KEPT, None)
        yield from self._read(first, since, until)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known entries that the feed still holds. What it no longer holds need not be gone."""
        wanted = self._wanted(known)
        self._entries.find(wanted.keys())
        comments = CommentFeeds(self._access, self._fetcher, self._address)
        for native, asked in wanted.items():
            if native in self._entries.seen:
                yield from self._again(self._entries.seen[native], asked, comments)
        yield from comments.unread()

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _read(self, first: Document, since: datetime, until: datetime) -> Iterator[Reading]:
        account: Account | None = None
        due: list[Entry] = []
        for page in self._entries.read(since, first):
            if account is None:
                account = feed_wire.account(self._entries.feed, self._access, self._address)
                yield account
            for entry in map(self._ours, page):
                if since <= entry.post.published_at < until:
                    yield entry.post
                    yield from entry.media
                    due.append(entry)
        yield from self._entries.unread()
        if account and not self._website:
            offered = any(address(entry.raw) for entry in self._entries.seen.values())
            yield from self._discussed(due, since, until) if offered else (NO_COMMENTS,)
            if self._entries.whole:
                self._keep(account, comments=offered)

    def _discussed(self, due: list[Entry], since: datetime, until: datetime) -> Iterator[Reading]:
        comments = CommentFeeds(self._access, self._fetcher, self._address)
        for entry in due:
            if address(entry.raw) and count(entry.raw) != 0:
                for comment in comments.under(entry, self._names()):
                    if since <= comment.published_at < until:
                        yield comment
        yield from comments.unread()

    def _wanted(self, known: Sequence[Known]) -> dict[str, list[Known]]:
        """What is asked for, by the id of the entry that it belongs to."""
        silent = self._kept is not None and not self._kept.comments
        wanted: dict[str, list[Known]] = {}
        for one in known:
            if one.comment_count is not None and (silent or self._website):
                continue
            of = one.post if one.kind != "post" else one.id
            if of:
                native = of.removeprefix(f"{self._access.account}/")
                wanted.setdefault(native, []).append(one)
        return wanted

    def _again(self, seen: Entry, asked: list[Known], comments: CommentFeeds) -> Iterator[Reading]:
        """What is asked of one entry: itself, or its comments where they are others than before."""
        entry = self._ours(seen)
        if any(one.kind != "comment" and one.comment_count is None for one in asked):
            yield entry.post
            yield from entry.media
        told = count(entry.raw)
        grown = any(one.comment_count is not None and one.comment_count != told for one in asked)
        ids = {one.id for one in asked if one.kind == "comment"}
        if not address(entry.raw) or not (grown or ids):
            return
        for comment in comments.under(entry, self._names()):
            if grown or comment.id in ids or comment.own:
                yield comment

    def _ours(self, entry: Entry) -> Entry:
        """An entry as what it is here: a notice of the website, or a post of an account."""
        if self._website:
            return entry
        key = feed_wire.key_of(self._access, entry.post.id)
        post = replace(entry.post, key=key, kind=PostKind.POST, comment_count=count(entry.raw))
        media = [
            replace(m, key=feed_wire.key_of(self._access, m.id), post=key) for m in entry.media
        ]
        return replace(entry, post=post, media=media)

    def _names(self) -> frozenset[str]:
        """The names under which the feed's entries are written."""
        entries = self._entries.seen.values()
        return frozenset(name for entry in entries for name in feed_wire.names(entry.raw))

    def _recall(self) -> Kept | None:
        blank = feed_wire.account({}, self._access, self._address)
        return feed_memory.recall(self._access.cache, KEPT, self._address, blank)

    def _keep(self, account: Account, *, comments: bool) -> None:
        kept = Kept(self._entries.validators, self._entries.newest, account, comments)
        feed_memory.keep(self._access.cache, KEPT, self._address, kept)


CONNECTOR = Feed
