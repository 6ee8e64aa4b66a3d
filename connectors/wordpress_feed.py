"""A WordPress site through its feeds, where its REST API is closed.

A post keeps the number that it has in the API, where the feed tells it (``/?p=12``, as of every post
that was a draft first), so that what was found under the one is found again under the other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from connectors import feed_wire
from connectors.feed_pages import Pages, Tally, is_damaged
from connectors.hypertext import plain, web_address
from connectors.safe_fetch import Fetcher
from connectors.transport import pseudonym
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import Audience, Comment, CommentState, PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access, Usage
    from connectors.safe_fetch import Document
    from socialaudit.models import Media, Post, Reading

_NUMBER = re.compile(r"[?&](?:p|page_id)=(\d+)")
_COMMENT = re.compile(r"#comment-(\d+)")
_OPEN = "Open the REST API, or give an application password."


class SiteFeeds:
    """Reads the posts' and the comments' feed of one site. ``named`` are those it told of itself."""

    def __init__(self, access: Access, home: str, usage: Usage, named: list[str]) -> None:
        self._access = access
        self._home = home
        self._fetcher = Fetcher(home, access.limiter, usage)
        posts = [address for address in named if "comments" not in address]
        self._places = list(dict.fromkeys([*posts[:1], f"{home}/feed/", f"{home}/?feed=rss2"]))
        self._address = home
        self.posts: dict[str, tuple[Post, list[Media]]] = {}

    def read(self, since: datetime, until: datetime, why: PlatformError) -> Iterator[Reading]:
        """What was published in [since, until), as far as the feeds go back."""
        reason = f"the site's REST API is closed ({why.message}), so its feeds were read"
        address, first = self._first()
        self._address = address
        tally, oldest, summary = Tally(), None, False
        pages = Pages(self._fetcher, address)
        for number, (page, _) in enumerate(pages.read(first)):
            if not number:
                yield feed_wire.account(page.feed, self._access, address, "wordpress")
            fresh = self._take_in(page, tally)
            summary = summary or any(not entry.get("content") for entry in page.entries)
            for post, media in fresh:
                if since <= post.published_at < until:
                    yield post
                    yield from media
            oldest = min([post.published_at for post, _ in fresh], default=oldest)
            if not fresh or (oldest and oldest < since):
                break
        if not pages.whole and oldest and oldest >= since:
            told = f"the feed reaches back only to {oldest:%d.%m.%Y}"
            yield Unread("posts", told, "Let the feed hold more entries.", partial=True)
        if summary:
            told = "the feed holds only the beginning of posts"
            yield Unread("media", told, "Let the feed show the full text.", partial=True)
        yield from tally.unread()
        yield Unread("settings", reason, permanent=True)
        yield Unread("comments.state", reason, _OPEN, permanent=True)
        yield from self._comments(since, until)

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _first(self) -> tuple[str, Document]:
        """The first feed that there is. Raises what the last place answered."""
        missing: PlatformError | None = None
        for address in self._places:
            try:
                document = self._fetcher.fetch(address)
            except NotFound as fault:
                missing = missing or fault
                continue
            if not _is_page(document):
                return address, document
            missing = missing or Unreachable("the website answered with a page instead of its feed")
        raise missing or NotFound(f"{self._home} has no feed")

    def _take_in(self, page: Any, tally: Tally) -> list[tuple[Post, list[Media]]]:
        fresh = []
        for entry in page.entries:
            tally.items += 1
            try:
                post, media = feed_wire.notice(entry, self._access.account, self._home)
            except Malformed:
                tally.odd += 1
                continue
            post, media = _renamed(post, media, _native(entry, post))
            if post.id not in self.posts:
                self.posts[post.id] = (post, media)
                fresh.append((post, media))
        tally.damaged = tally.damaged or is_damaged(page)
        return fresh

    def _comments(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The newest comments: WordPress gives no further pages of this feed."""
        places = {p.permalink: p.key for p, _ in self.posts.values() if p.permalink}
        oldest, tally = None, Tally()
        try:
            page = self._page_of_comments()
        except (NotFound, Forbidden, Malformed, Unauthorized) as fault:
            yield Unread("comments", fault.message, _OPEN)
            return
        for entry in page.entries:
            tally.items += 1
            try:
                comment = self._comment(entry, places)
            except Malformed:
                tally.odd += 1
                continue
            oldest = min(oldest or comment.published_at, comment.published_at)
            if since <= comment.published_at < until:
                yield comment
        if tally.items >= _FULL and oldest and oldest >= since:
            reason = f"the feed of comments reaches back only to {oldest:%d.%m.%Y}"
            yield Unread("comments", reason, _OPEN, partial=True)
        for fact in tally.unread():
            yield replace(fact, fact="comments")

    def _page_of_comments(self) -> Any:
        """The feed of comments. Raises the ``PlatformError`` that fits what came instead."""
        name = "?feed=comments-rss2" if "?" in self._address else "comments/feed/"
        document = self._fetcher.fetch(f"{self._home}/{name}")
        if _is_page(document):
            raise NotFound(f"{self._home} shows a page in place of its feed of comments")
        page, _ = next(iter(Pages(self._fetcher, document.url).read(document)))
        return page

    def _comment(self, entry: Any, places: dict[str, str]) -> Comment:
        said, _ = feed_wire.notice(entry, self._access.account, self._home)
        link = said.permalink or ""
        numbered = _COMMENT.search(f"{link} {entry.get('id', '')}")
        if not numbered:
            raise Malformed("a comment without a number")
        return Comment(
            key=f"wordpress:comment/{numbered[1]}",
            account=said.account,
            id=numbered[1],
            post=places.get(link.partition("#")[0]),
            author=pseudonym(
                self._access.salt, "wordpress", (plain(entry.get("author")) or "").casefold()
            ),
            text=said.text,
            published_at=said.published_at,
            state=CommentState.PUBLISHED,
            permalink=web_address(link, self._home),
            payload={"id": numbered[1], "content": said.text},
        )


_FULL = 10
"""Comments that a feed of them holds unless the site says otherwise."""


def _is_page(document: Document) -> bool:
    """Whether a web page came in place of a feed."""
    return document.content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html"))


def _native(entry: Any, post: Post) -> str:
    """The post's number where the feed tells it, else the feed's own name for it."""
    told = str(entry.get("post-id") or entry.get("post_id") or "").strip()
    numbered = _NUMBER.search(str(entry.get("id") or ""))
    return told if told.isdigit() else numbered[1] if numbered else post.id


def _renamed(post: Post, media: list[Media], native: str) -> tuple[Post, list[Media]]:
    key = f"wordpress:{native}"
    renamed = [replace(m, key=_below(m.id, key), id=_below(m.id, native), post=key) for m in media]
    return replace(post, key=key, id=native, kind=PostKind.POST, audience=Audience.PUBLIC), renamed


def _below(old: str, name: str) -> str:
    return f"{name}#{old.rpartition('#')[2]}"
