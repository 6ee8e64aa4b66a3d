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

import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin, urlsplit, urlunsplit

import defusedxml
import feedparser
from defusedxml import ElementTree

from connectors import Usage, feed_wire
from connectors.safe_fetch import Fetcher
from socialaudit.errors import Forbidden, Malformed, NotFound, Unreachable
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access
    from connectors.safe_fetch import Document
    from socialaudit.models import Known, Media, Post, Reading

MAX_PAGES = 30
_NEVER = datetime.max.replace(tzinfo=UTC)
_ODD_INPUT = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)
"""What feedparser's lenient parser lets escape on hostile input."""


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
        self._address = _address(access)
        self._fetcher = Fetcher(self._address, access.limiter, self.usage)
        self._seen: dict[str, tuple[Post, list[Media]]] = {}
        self._whole = False

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The site's name, and the notices published in [since, until)."""
        self._seen.clear()
        tally, oldest = Tally(), None
        pages = self._pages()
        for number, page in enumerate(pages):
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
        if not self._whole and oldest and oldest >= since:
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
        site = feed_wire.web_address(page.feed.get("link"), self._address) or self._address
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
        tally.damaged = tally.damaged or _is_damaged(page)
        return fresh

    def _notice(self, entry: Any, site: str) -> tuple[Post, list[Media]]:
        """An entry, under a name of its own: some sites give the same id to all."""
        post, media = feed_wire.notice(entry, self._access.account, site)
        before, _ = self._seen.get(post.id, (post, media))
        if (before.permalink, before.title) == (post.permalink, post.title):
            return post, media
        return feed_wire.notice(entry, self._access.account, site, shared=True)

    def _pages(self) -> Iterator[Any]:
        """The pages of the feed, newest first; ``_whole`` tells whether the last was the last."""
        self._whole = False
        following: str | None = self._address
        asked: set[str] = set()
        while following and following not in asked and len(asked) < MAX_PAGES:
            asked.add(following)
            try:
                page = _parsed(self._fetcher.fetch(following))
            except (NotFound, Malformed, Forbidden) as fault:
                if len(asked) == 1:
                    raise
                self._whole = isinstance(fault, NotFound)
                return
            yield page
            following = self._next(page, len(asked) + 1)

    def _next(self, page: Any, number: int) -> str | None:
        links = [
            link.get("href", "") for link in page.feed.get("links", []) if link.get("rel") == "next"
        ]
        if links:
            linked = urljoin(self._address, links[0])
            return linked if urlsplit(linked).netloc == urlsplit(self._address).netloc else None
        if "wordpress" in str(page.feed.get("generator", "")).lower():
            parts = urlsplit(self._address)
            query = "&".join(filter(None, [parts.query, f"paged={number}"]))
            return urlunsplit(parts._replace(query=query))
        return None


@dataclass(slots=True)
class Tally:
    """What of a feed could not be understood."""

    items: int = 0
    odd: int = 0
    damaged: bool = False

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.odd:
            reason = f"{self.odd} of {self.items} entries could not be understood"
            yield Unread("posts", reason, partial=True)
        if self.damaged:
            yield Unread("posts", "the feed is damaged, so entries may be missing", partial=True)


def _address(access: Access) -> str:
    """Where the feed is: the handle, or its path on the base address."""
    handle = access.handle.strip()
    if access.base_url:
        parts = urlsplit(handle) if "//" in handle else urlsplit(f"//{handle}")
        where = parts.path or "/" if "/" in handle else "/feed/"
        return access.base_url.rstrip("/") + where + (f"?{parts.query}" if parts.query else "")
    return handle if "://" in handle else f"https://{handle}"


def _parsed(document: Document) -> Any:
    """A page of the feed. Raises ``Malformed``; ``Unreachable`` for a web page in its place."""
    start = document.content[:1000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise Unreachable("the website answered with a page instead of its feed")
    try:
        with suppress(ElementTree.ParseError):
            ElementTree.fromstring(document.content, forbid_entities=True, forbid_external=True)
        headers = {"content-type": document.content_type, "content-location": document.url}
        page = feedparser.parse(
            io.BytesIO(document.content), response_headers=headers, resolve_relative_uris=False
        )
    except defusedxml.DefusedXmlException:
        raise Malformed("the feed defines entities of its own, which we do not read") from None
    except _ODD_INPUT:
        raise Malformed("the feed cannot be understood") from None
    if not page.get("version") and not page.entries:
        raise Malformed("the website's answer is not a feed")
    return page


def _is_damaged(page: Any) -> bool:
    odd = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(page.get("bozo")) and not isinstance(page.get("bozo_exception"), odd)


CONNECTOR = Feed
