"""A feed page by page: where it is, what of it can be parsed, and where it goes on."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urljoin, urlsplit, urlunsplit

import defusedxml
import feedparser
from defusedxml import ElementTree

from connectors.hypertext import MAX_HTML, web_address
from socialaudit.errors import Forbidden, Malformed, NotFound, Unreachable
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.safe_fetch import Document, Fetcher

MAX_PAGES = 30
_ODD_INPUT = (ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError)
"""What feedparser's lenient parser lets escape on hostile input."""
_SCHEME = re.compile(
    r"^(?:(?:feed|pcast|itpc|podcast):(?=https?:)|(?:(?:feed|pcast|itpc|podcast):)?//)",
    re.IGNORECASE,
)
"""What programs put before a feed's address so that another opens it."""
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,500}?-->\s*)*<(?:!doctype\s+)?html\b",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"<link\b[^<>]{0,1000}>", re.IGNORECASE)
_NAMED = re.compile(r"""\btype\s*=\s*["']?application/(?:rss|atom)\+xml""", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s<>]{1,500})""", re.IGNORECASE)
_BROADCAST = re.compile(rb"<([A-Za-z][\w.-]{0,40}:liveItem)\b[^<>]*>")


class Pages:
    """The pages of one feed, newest first.

    Those after the first are those that the feed links to as ``next`` (RFC 5005) or that WordPress
    numbers. After reading, ``whole`` tells whether a site said that there is no further page, and
    ``cut`` whether there is one that was not read.
    """

    def __init__(self, fetcher: Fetcher, address: str) -> None:
        self.whole = False
        self.cut = False
        self._fetcher = fetcher
        self._address = address

    def read(self, first: Document | None = None) -> Iterator[tuple[Any, Document]]:
        """Each page as parsed and as it came; ``first`` is the first, where it is here already."""
        self.whole = self.cut = False
        following: str | None = self._address
        asked: set[str] = set()
        while following:
            self.cut = following in asked or len(asked) >= MAX_PAGES or self._is_foreign(following)
            if self.cut:
                return
            asked.add(following)
            try:
                document = first if first and len(asked) == 1 else self._fetcher.fetch(following)
                page = parsed(document)
            except (NotFound, Malformed, Forbidden) as fault:
                if len(asked) == 1:
                    raise
                self.whole = isinstance(fault, NotFound)
                self.cut = not self.whole
                return
            yield page, document
            following = self._next(page, len(asked) + 1)

    def _is_foreign(self, address: str) -> bool:
        return urlsplit(address).netloc != urlsplit(self._address).netloc

    def _next(self, page: Any, number: int) -> str | None:
        links = [
            link.get("href", "") for link in page.feed.get("links", []) if link.get("rel") == "next"
        ]
        if links:
            return urljoin(self._address, str(links[0]))
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
    why: str = ""

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.odd:
            reason = f"{self.odd} of {self.items} entries could not be understood"
            yield Unread("posts", reason, partial=True)
        if self.damaged:
            yield Unread("posts", "the feed is damaged, so entries may be missing", partial=True)


def address_of(access: Access) -> str:
    """Where the feed is: the handle, or its path on the base address."""
    handle = _SCHEME.sub("", access.handle.strip())
    if access.base_url:
        parts = urlsplit(handle) if "//" in handle else urlsplit(f"//{handle}")
        where = parts.path or "/" if "/" in handle else "/feed/"
        return access.base_url.rstrip("/") + where + (f"?{parts.query}" if parts.query else "")
    return handle if "://" in handle else f"https://{handle}"


def is_damaged(page: Any) -> bool:
    """Whether a page could be parsed only in part."""
    odd = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return bool(page.get("bozo")) and not isinstance(page.get("bozo_exception"), odd)


def parsed(document: Document) -> Any:
    """A page of a feed as feedparser reads it. Raises ``Malformed``; ``Unreachable`` for a web page in its place."""
    if _PAGE.match(document.content[:5000]):
        _refuse_page(document)
    try:
        _refuse_entities(document.content)
        headers = {"content-type": document.content_type}
        page = feedparser.parse(
            io.BytesIO(_without_broadcasts(document.content)),
            response_headers=headers,
            resolve_relative_uris=False,
        )
    except defusedxml.DefusedXmlException:
        raise Malformed("the feed defines entities of its own, which we do not read") from None
    except _ODD_INPUT:
        raise Malformed("the feed cannot be understood") from None
    if not page.get("version") and not page.entries:
        raise Malformed("the website's answer is not a feed")
    return page


def _refuse_page(document: Document) -> NoReturn:
    """Raise ``Malformed`` for a page that names a feed of the site's, else ``Unreachable``."""
    html = document.content[:MAX_HTML].decode("utf-8", "replace")
    links = [link for link in _LINK.findall(html) if _NAMED.search(link)]
    named = (_HREF.search(link) for link in links)
    feeds = (web_address(unescape(found[1]), document.url) for found in named if found)
    if feed := next(filter(None, feeds), None):
        remedy = f"Write the feed's address in the council file; the page names {feed}."
        raise Malformed("the address leads to a page, not to a feed", remedy)
    raise Unreachable("the website answered with a page instead of its feed")


def _refuse_entities(content: bytes) -> None:
    """Raise defusedxml's error for a document that defines entities.

    expat knows few encodings (``ValueError``, ``LookupError``), feedparser most.
    """
    try:
        with suppress(ElementTree.ParseError):
            ElementTree.fromstring(content, forbid_entities=True, forbid_external=True)
    except (ValueError, LookupError) as fault:
        if isinstance(fault, defusedxml.DefusedXmlException):
            raise
        if b"<!ENTITY" in content.replace(b"\0", b""):
            raise defusedxml.EntitiesForbidden("", "", "", "", "", "") from None


def _without_broadcasts(content: bytes) -> bytes:
    """A feed without the broadcasts that a podcast announces (Podcasting 2.0), which are no entries.

    feedparser would take the title and the links of one for the podcast's own.
    """
    kept, end = [], 0
    while found := _BROADCAST.search(content, end):
        kept.append(content[end : found.start()])
        closing = b"</" + found[1]
        at = -1 if found[0].endswith(b"/>") else content.find(closing, found.end())
        end = found.end() if at < 0 else content.find(b">", at) + 1 or len(content)
        if at < 0 and not found[0].endswith(b"/>"):
            break
    return b"".join([*kept, content[end:]])
