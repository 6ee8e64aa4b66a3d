"""Comments under the entries of a feed, through the feeds that the entries name for them.

``wfw:commentRss`` and ``slash:comments`` (RSS), ``rel="replies"``, ``thr:count`` and
``thr:in-reply-to`` (RFC 4685).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors import feed_wire
from connectors.feed_pages import parsed
from connectors.feed_wire import key_of
from connectors.hypertext import Page, web_address
from connectors.transport import pseudonym
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized, Unreachable
from socialaudit.models import Comment, CommentKind, CommentState, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access
    from connectors.feed_entries import Entry
    from connectors.safe_fetch import Fetcher

MAX_PAGES = 20
_IN_REPLY = re.compile(r'\s*(?:<p>\s*)?In reply to <a [^>]{0,500}href="([^"]{1,500})"[^>]{0,200}>')
"""What WordPress puts before a comment that answers another: its link, and its author's name."""
_IN_REPLY_LINE = re.compile(r"In reply to [^\n]{0,200}?\.(?:\n|$)")


def address(raw: Any) -> str | None:
    """Where an entry says that the feed of its comments is."""
    links = [link for link in raw.get("links") or [] if link.get("rel") == "replies"]
    feeds = [link.get("href") for link in links if "html" not in str(link.get("type", ""))]
    return str(raw.get("wfw_commentrss") or next(filter(None, feeds), "") or "") or None


def count(raw: Any) -> int | None:
    """How many comments an entry says that it has."""
    links = [link for link in raw.get("links") or [] if link.get("rel") == "replies"]
    told = [raw.get("slash_comments"), raw.get("thr_total"), *(li.get("count") for li in links)]
    return next((int(one) for one in told if str(one or "").strip().isdecimal()), None)


class CommentFeeds:
    """Reads the comments that entries of one feed have; ``unread`` tells what could not be read."""

    def __init__(self, access: Access, fetcher: Fetcher, home: str) -> None:
        self._access = access
        self._fetcher = fetcher
        self._home = home
        self._refused = 0
        self._missing = 0
        self._odd = 0

    def under(self, entry: Entry, own: frozenset[str]) -> list[Comment]:
        """The comments of an entry; ``own`` are the names (``feed_wire.names``) of its authors.

        A feed that is refused or is none costs these comments and no more.
        """
        named = self._at_home(address(entry.raw))
        found: dict[str, tuple[Comment, Any]] = {}
        try:
            for raw in self._raw(named) if named else ():
                with suppress(Malformed):
                    comment = self._comment(raw, entry, own)
                    found.setdefault(comment.key, (comment, raw))
                    continue
                self._odd += 1
        except (Forbidden, NotFound, Malformed, Unauthorized):
            self._refused += 1
            return []
        self._refused += named is None
        self._missing += max((count(entry.raw) or 0) - len(found), 0) if named else 0
        places = {c.permalink: c.key for c, _ in found.values() if c.permalink}
        places |= {c.id: c.key for c, _ in found.values()}
        return [_placed(comment, raw, places) for comment, raw in found.values()]

    def unread(self) -> Iterator[Unread]:
        """What to say of comments that are not there."""
        if self._refused:
            reason = f"entries whose comments could not be read: {self._refused}"
            yield Unread("comments", reason, partial=True)
        if self._missing:
            reason = f"comments that the site's feeds no longer hold: {self._missing}"
            yield Unread("comments", reason, "Let the feeds hold more entries.", partial=True)
        if self._odd:
            reason = f"{self._odd} comments could not be understood"
            yield Unread("comments", reason, partial=True)

    def _raw(self, following: str) -> Iterator[Any]:
        asked: set[str] = set()
        while following and following not in asked and len(asked) < MAX_PAGES:
            asked.add(following)
            document = self._fetcher.fetch(following)
            try:
                page = parsed(document)
            except Unreachable as fault:
                raise Malformed(fault.message) from None
            yield from page.entries
            links = [li.get("href") for li in page.feed.get("links", []) if li.get("rel") == "next"]
            following = self._at_home(str(links[0])) or "" if links else ""

    def _at_home(self, written: str | None) -> str | None:
        """An address on the feed's own host, or ``None``: nothing else is asked for."""
        whole = web_address(written, self._home)
        parts, home = urlsplit(whole or ""), urlsplit(self._home)
        if whole and self._access.base_url:
            return parts._replace(scheme=home.scheme, netloc=home.netloc, fragment="").geturl()
        return whole if parts.netloc == home.netloc else None

    def _comment(self, raw: Any, entry: Entry, own: frozenset[str]) -> Comment:
        said, _ = feed_wire.notice(raw, self._access.account, self._home)
        by = feed_wire.names(raw)
        html = str(said.payload.get("html") or "")
        text = Page(html, "").text
        if _IN_REPLY.match(html):
            text = _IN_REPLY_LINE.sub("", text, count=1).strip()
        return Comment(
            key=key_of(self._access, said.id),
            account=self._access.account,
            id=said.id,
            post=entry.post.key,
            author=pseudonym(self._access.salt, "feed", next(iter(by), None)),
            own=bool(own.intersection(by)) if by else None,
            text=text,
            published_at=said.published_at,
            edited_at=said.edited_at,
            state=CommentState.PUBLISHED,
            permalink=said.permalink,
            payload={"id": said.payload["id"], "link": said.permalink, "text": text},
        )


def _placed(comment: Comment, raw: Any, places: dict[str, str]) -> Comment:
    """A comment under the one that it answers, where that is here too."""
    told = raw.get("thr_in-reply-to")
    refs = [told.get("ref"), told.get("href")] if isinstance(told, dict) else []
    html = str(raw.get("summary") or "")
    contents = [str(c.get("value") or "") for c in raw.get("content") or []]
    refs += [hit[1] for text in [*contents, html] if (hit := _IN_REPLY.match(text))]
    above = next((places[ref] for ref in refs if isinstance(ref, str) and ref in places), None)
    if above is None or above == comment.key:
        return comment
    return replace(comment, parent=above, kind=CommentKind.REPLY)
