"""Export: WordPress's own export file (WXR), named as ``archive`` in the council file.

The file itself (``…WordPress.2026-11-23.xml``), a zip or a folder of such files will do. To make
it: Tools, Export, All content, Download Export File; it is there at once. It holds every post, also
drafts and private ones, with the descriptions of pictures, and every comment with its state,
also those that wait; all with WordPress's own ids, so findings carry on when the site is read
directly (which needs no key). It does not hold comments that were marked as spam, files of
subtitles, pictures that a theme or a short code such as ``[gallery]`` shows, nor the site's
settings: these are *not assessed*.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors import wordpress_wire as wire
from connectors.archive_files import shown
from connectors.wordpress_export import START, Exported
from connectors.wordpress_wire import Writers, number
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Captions, Gone, MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.archive_files import Files
    from connectors.wordpress_export import Item
    from connectors.wordpress_media import Shown
    from socialaudit.models import Media, Reading

LOOKS = "WordPress’s export of a site"
WHOLE = False
_FILE = r".*\.xml"
_MARK = re.compile(r"xmlns:wp\s*=\s*[\"']https?://(?:www\.)?wordpress\.org/export/")
_ONE_EXPORT = timedelta(hours=12)
"""The files of one export are made in one go."""
_LIMITS = (
    Unread("settings", "WordPress’s export does not hold the site’s settings", permanent=True),
)
_SHORT = re.compile(r"\[(?:gallery|playlist|video|audio|embed|caption)\b", re.IGNORECASE)
_SHA256 = (6, 8)
"""The version since which WordPress names the pictures of commenters by that digest."""
_NO_PAGES = "post"


def root(files: Files) -> str | None:
    """The folder of the files that say that they are such an export."""
    names = [name for name in files.matching(_FILE) if _is_export(files, name)]
    return names[0].rpartition("/")[0] if names else None


def made_at(files: Files, root: str) -> datetime | None:
    """When the first of the files says that it was made."""
    del root
    found = set()
    for name in _names(files):
        with closing(Exported(files, [name])) as exported:
            next(exported.items(), None)
        if (at := _moment(exported.head.get("pubDate", ""))) is not None:
            found.add(at)
    if found and max(found) - min(found) > _ONE_EXPORT:
        raise ExportUnusable(
            f"{shown(files.called)} holds more than one export",
            'Name only the newest one as "archive" in the council file.',
        )
    return min(found, default=None)


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The site, its posts with their media, and the comments under them."""
    del root
    names, site = _names(files), _Site(access)
    with closing(Exported(files, names)) as exported:
        for item in exported.items():
            site.learn(item)
        site.head, site.writers = exported.head, Writers(frozenset(exported.writers))
    yield from _LIMITS
    yield site.account()
    with closing(Exported(files, names)) as exported:
        for item in exported.items():
            if item.fields.get("post_type", _NO_PAGES) == _NO_PAGES:
                yield from site.post(item)
            yield from site.comments(item)
    yield from site.unread()


@dataclass(slots=True)
class _Site:
    """What is known of a site while its export is read."""

    access: Access
    head: dict[str, str] = field(default_factory=dict)
    writers: Writers = field(default_factory=Writers)
    descriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    odd: Counter[str] = field(default_factory=Counter)
    short: int = 0

    def learn(self, item: Item) -> None:
        """Keep what the media library says of a picture."""
        if item.fields.get("post_type") == "attachment":
            told = item.meta.get("_wp_attachment_image_alt", "")
            address = item.fields.get("attachment_url", "")
            self.descriptions[item.fields.get("post_id", "")] = {
                "id": number(item.fields.get("post_id")),
                "alt_text": told,
                "source_url": address,
            }

    @property
    def home(self) -> str:
        """Where the site is."""
        return self.head.get("base_blog_url") or self.head.get("link") or ""

    def account(self) -> Reading:
        """The site. Raises ``ExportUnusable`` for another's than the council file names."""
        ours, theirs = _host(self.access.handle), _host(self.home)
        if ours and theirs and ours != theirs and self.access.base_url is None:
            raise ExportUnusable(
                f"the export is that of {theirs}, not of {ours}",
                "Correct the handle or the archive in the council file.",
            )
        told = {
            "name": self.head.get("title"),
            "description": self.head.get("description"),
            "url": self.home,
        }
        return wire.account(told, self.access, self.home or f"https://{self.access.handle}")

    def post(self, item: Item) -> Iterator[Reading]:
        """A post with its media; ``Gone`` for one in the trash."""
        fields = item.fields
        if fields.get("status") == "trash":
            yield Gone("post", fields.get("post_id", ""))
            return
        if fields.get("status") == "auto-draft":
            return
        try:
            post, media = wire.post(self._raw(item), self.access, self.home, UTC)
        except Malformed:
            self.odd["posts"] += 1
            return
        counted = sum(1 for one in item.comments if one.get("comment_approved") == "1")
        yield replace(post, comment_count=counted)
        self.short += bool(_SHORT.search(fields.get("content", "")))
        yield from (_with_captions(one) for one in media)

    def comments(self, item: Item) -> Iterator[Reading]:
        """The comments under a post or page, without what other sites' machines wrote."""
        for one in item.comments:
            if one.get("comment_type") in {"pingback", "trackback", "order_note", "note"}:
                continue
            try:
                yield wire.comment(self._comment(one, item), self.access, UTC, self.writers)
            except Malformed:
                self.odd["comments"] += 1

    def unread(self) -> Iterator[Unread]:
        """What of it could not be understood, or is not shown by an export."""
        for fact, count in self.odd.items():
            reason = f"{fact} of the export that could not be understood: {count}"
            yield Unread(fact, reason, partial=True)
        if self.short:
            reason = f"posts with short codes, whose pictures an export does not show: {self.short}"
            yield Unread("media", reason, partial=True, permanent=True)

    def _raw(self, item: Item) -> dict[str, Any]:
        """A post of the export as the REST API gives it."""
        fields, html = item.fields, item.fields.get("content", "")
        if "<!-- wp:" not in html:  # the older editor keeps paragraphs as empty lines
            html = re.sub(r"\r?\n\s*\r?\n", "<br><br>", html)
        raw: dict[str, Any] = {
            "id": fields.get("post_id"),
            "date_gmt": fields.get("post_date_gmt"),
            "date": fields.get("post_date"),
            "modified_gmt": fields.get("post_modified_gmt"),
            "status": fields.get("status", "publish"),
            "link": fields.get("link"),
            "title": {"rendered": fields.get("title")},
            "content": {"rendered": html},
            "comment_status": fields.get("comment_status"),
        }
        if fields.get("post_password"):
            raw["password"] = "yes"  # noqa: S105 - that there is one, not which
        if thumbnail := number(item.meta.get("_thumbnail_id")):
            told = self.descriptions.get(str(thumbnail), {})
            raw |= {"featured_media": thumbnail, "_embedded": {"wp:featuredmedia": [told]}}
        return raw

    def _comment(self, one: dict[str, str], item: Item) -> dict[str, Any]:
        """A comment as the REST API gives it, with the digest that it has for its author."""
        native, link = one.get("comment_id", ""), item.fields.get("link")
        mail = one.get("comment_author_email", "").strip().lower().encode()
        digest = hashlib.sha256 if self._is_new() else hashlib.md5
        face = f"https://secure.gravatar.com/avatar/{digest(mail).hexdigest()}"
        return {
            "id": native,
            "post": item.fields.get("post_id"),
            "parent": one.get("comment_parent"),
            "author": number(one.get("comment_user_id")),
            "author_name": one.get("comment_author"),
            "author_avatar_urls": {"24": face},
            "date_gmt": one.get("comment_date_gmt"),
            "date": one.get("comment_date"),
            "content": {"rendered": one.get("comment_content", "")},
            "link": f"{link}#comment-{native}" if link else None,
            "status": one.get("comment_approved"),
        }

    def _is_new(self) -> bool:
        found = re.search(r"v=(\d+)\.(\d+)", self.head.get("generator", ""))
        return found is None or (int(found[1]), int(found[2])) >= _SHA256


def _with_captions(one: Shown) -> Media:
    """A film of the site without tracks has no captions; whether its tracks answer is unknown."""
    medium = one.medium
    own_film = medium.kind is MediaKind.VIDEO and medium.live is not None
    if not own_film or one.tracks:
        return medium
    return replace(medium, captions=Captions.NONE, caption_languages=())


def _names(files: Files) -> list[str]:
    return [name for name in files.matching(_FILE) if _is_export(files, name)]


def _is_export(files: Files, name: str) -> bool:
    with closing(files.text(name)) as text:
        return bool(_MARK.search(text.read(START)))


def _moment(told: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(told)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _host(address: str) -> str:
    whole = address if "//" in address else f"//{address}"
    try:
        return (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
