"""Entries of a feed as our records."""

from __future__ import annotations

import calendar
import hashlib
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from connectors.hypertext import Page, plain, web_address
from connectors.transport import scrub
from socialaudit.errors import Malformed
from socialaudit.models import Account, Audience, Media, MediaKind, Post, PostKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access

LONGEST_ID = 200
FIRST_YEAR = 1990
"""There was no web before it: an earlier time is a number that was taken for one."""

_BRITISH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:,? (\d{1,2}):(\d{2})(?::\d{2})?)?")
_AS_EMAIL = re.compile(r"\S{1,200}@\S{1,200} \((.{1,200})\)")
"""RSS 2.0 writes an author as an e-mail address with the name behind it."""
_BARE = re.compile(r"^(?:/?u/|@)")
"""What Reddit and others put before a name."""
_KINDS = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}


def account(feed: Any, access: Access, address: str, platform: str = "feed") -> Account:
    """The website as its feed introduces itself."""
    return Account(
        key=f"{platform}:{access.handle}",
        account=access.account,
        id=access.handle,
        platform=platform,
        kind=access.kind,
        handle=access.handle,
        name=plain(feed.get("title")),
        description=plain(feed.get("subtitle")),
        permalink=web_address(feed.get("link"), address),
        published=True,
    )


def notice(
    entry: Any, account_id: str, site: str, *, shared: bool = False
) -> tuple[Post, list[Media]]:
    """One entry and what it shows; ``site`` makes its link whole, and that the links in it.

    Where an entry has no id of its own, or ``shared``, one that another has too, its link and title
    stand for it. Raises ``Malformed`` for one without a time, or with nothing else.
    """
    published, changed = _time(entry, "published"), _time(entry, "updated")
    at = published or changed
    if at is None:
        raise Malformed("an entry without a time")
    link = web_address(entry["link"], site) if entry.get("link") else None
    html, named = _html(entry), str(entry.get("id") or link or "").strip()
    said = entry.get("title") or html
    if not named and not said:
        raise Malformed("an entry that says nothing")
    if shared or not named:
        named = f"{link or at.isoformat()} {said}"
    usable = len(named) <= LONGEST_ID and named.isprintable()
    native = named if usable else _digest(named)
    page = Page(html, link or site)
    enclosed = list(_enclosures(entry, link or site))
    post = Post(
        key=f"feed:{native}",
        account=account_id,
        id=native,
        kind=PostKind.NOTICE,
        published_at=at,
        edited_at=changed if published and changed and changed > published else None,
        title=plain(entry.get("title")),
        text=page.text,
        permalink=link,
        links=tuple(dict.fromkeys([*page.links, *(source for source, _ in enclosed)])),
        audience=Audience.PUBLIC,
        payload=scrub({"id": named, "link": link, "title": entry.get("title"), "html": html}),
    )
    images = [(source, MediaKind.IMAGE, alt) for source, alt in page.images.items()]
    others = [(s, k, None) for s, k in enclosed if k and s not in page.images]
    return post, [_medium(post, *shown) for shown in [*images, *others]]


def key_of(access: Access, native: str) -> str:
    """A key for what a feed calls ``native``: other feeds of the council may call theirs the same."""
    return f"feed:{access.account}/{native}"


def names(raw: Any) -> list[str]:
    """Who wrote an entry, in small letters, the likeliest first; no e-mail address is a name."""
    told = [author.get("name") for author in raw.get("authors") or []] + [raw.get("author")]
    plain_names = (plain(name) for name in told if isinstance(name, str))
    bare = (_BARE.sub("", _AS_EMAIL.sub(r"\1", name or "")).strip() for name in plain_names)
    return list(dict.fromkeys(name.casefold() for name in bare if name and "@" not in name))


def _medium(post: Post, source: str, kind: MediaKind, alt: str | None) -> Media:
    native = f"{post.id}#{_digest(source)[:16]}"
    return Media(
        key=f"feed:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink,
        alt_text=alt,
        payload=scrub({"src": source, "alt": alt}),
    )


def _html(entry: Any) -> str:
    """The whole entry where the feed gives it, else its summary."""
    contents = entry.get("content") or []
    whole = [str(c.get("value") or "") for c in contents]
    return max([*whole, str(entry.get("summary") or "")], key=len)


def _enclosures(entry: Any, base: str) -> Iterator[tuple[str, MediaKind | None]]:
    """What is enclosed, and what Media RSS adds; each with its kind where it is told."""
    found: dict[str, MediaKind | None] = {}
    for shown in [*(entry.get("enclosures") or []), *(entry.get("media_content") or [])]:
        source = web_address(shown.get("href") or shown.get("url"), base)
        sort = shown.get("medium") or str(shown.get("type", "")).partition("/")[0]
        if source:
            found[source] = found.get(source) or _KINDS.get(sort)
    yield from found.items()


def _time(entry: Any, name: str) -> datetime | None:
    """A time, where one is told; looked up so that feedparser does not put another in its place.

    feedparser knows neither British Summer Time nor the order in which the British write a date.
    """
    if name not in entry.keys():  # noqa: SIM118 - ``in entry`` differs
        return None
    written, parsed = str(entry[name]).strip(), entry.get(f"{name}_parsed")
    with suppress(ValueError, OverflowError, TypeError):
        if british := _BRITISH.fullmatch(written):
            day, month, year, hour, minute = (int(part or 0) for part in british.groups())
            return datetime(year, month, day, hour, minute, tzinfo=UTC)
        if parsed and parsed[0] >= FIRST_YEAR:
            told = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            return told - timedelta(hours=1) if written.endswith(" BST") else told
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
