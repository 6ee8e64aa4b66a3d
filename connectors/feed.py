"""The council's own website, through its RSS or Atom feed.

Documentation: https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287
Credentials: none; the feed is public. Its address is ``website_feed`` in the council file, on
most sites the address of the news page with ``feed/`` behind it.
Price and limits: none; one request for each page of the feed, each week.

**Cannot see**: what the website says outside its feed; entries older than the feed holds, where
the site does not offer further pages (WordPress does); entries that were taken down.

The feed is read whole each time, never with ``If-None-Match``: it is one small file a week, and
whoever compares posts with the website needs the entries, not the news that nothing is new.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage, feed_wire
from connectors.feed_pages import Pages, Tally, address_of, is_damaged
from connectors.hypertext import web_address
from connectors.safe_fetch import Fetcher
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access
    from socialaudit.models import Known, Media, Post, Reading

_NEVER = datetime.max.replace(tzinfo=UTC)


class Feed:
    """Reads one feed. Requests: one for each page until one reaches back before the window.

    Pages after the first are those that the feed links to as ``next`` (RFC 5005) or that WordPress
    numbers; the page after the last is asked for too, where only its absence shows the end.
    """

    name: ClassVar[str] = "feed"
    title: ClassVar[str] = "Website"
    secrets: ClassVar[tuple[str, ...]] = ()
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._address = address_of(access)
        self._fetcher = Fetcher(self._address, access.limiter, self.usage)
        self._seen: dict[str, tuple[Post, list[Media]]] = {}

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The site's name, and the notices published in [since, until)."""
        self._seen.clear()
        tally, oldest = Tally(), None
        pages = Pages(self._fetcher, self._address)
        for number, (page, _) in enumerate(pages.read()):
            if not number:
                yield feed_wire.account(page.feed, self._access, self._address)
            fresh = self._take_in(page, tally)
            for post, media in fresh:
                if since <= post.published_at < until:
                    yield post
                    yield from media
            oldest = min([post.published_at for post, _ in fresh], default=oldest)
            if not fresh or (oldest and oldest < since):
                break
        if not pages.whole and oldest and oldest >= since:
            reason = f"the feed reaches back only to {oldest:%d.%m.%Y}"
            yield Unread("posts", reason, "Let the feed hold more entries.", partial=True)
        yield from tally.unread()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known notices that the feed still holds. What it no longer holds need not be gone."""
        if known and not self._seen:
            list(self.read(_NEVER, _NEVER))
        for native in dict.fromkeys(one.post if one.kind == "media" else one.id for one in known):
            if native in self._seen:
                post, media = self._seen[native]
                yield post
                yield from media

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _take_in(self, page: Any, tally: Tally) -> list[tuple[Post, list[Media]]]:
        """The entries of a page that were not seen before."""
        fresh = []
        site = web_address(page.feed.get("link"), self._address) or self._address
        for entry in page.entries:
            tally.items += 1
            try:
                post, media = self._notice(entry, site)
            except Malformed:
                tally.odd += 1
                continue
            if post.id not in self._seen:
                self._seen[post.id] = (post, media)
                fresh.append((post, media))
        tally.damaged = tally.damaged or is_damaged(page)
        return fresh

    def _notice(self, entry: Any, site: str) -> tuple[Post, list[Media]]:
        """An entry, under a name of its own: some sites give the same id to all."""
        post, media = feed_wire.notice(entry, self._access.account, site)
        before, _ = self._seen.get(post.id, (post, media))
        if (before.permalink, before.title) == (post.permalink, post.title):
            return post, media
        return feed_wire.notice(entry, self._access.account, site, shared=True)


CONNECTOR = Feed
