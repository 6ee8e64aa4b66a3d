"""Episodes of a podcast's feed as our records, and the transcripts that they name.

``podcast:transcript`` is read by a parser of XML: feedparser keeps only the last of several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from defusedxml import DefusedXmlException, ElementTree

from connectors import feed_wire
from connectors.hypertext import Page, web_address
from connectors.transport import scrub
from socialaudit.models import Account, Live, Media, MediaKind, Post, PostKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from connectors import Access

MOST_TRANSCRIPTS = 5
"""Transcripts of one episode that are looked at: as many as there are formats."""
_LONGEST_ADDRESS = 2_000
_NAMESPACES = (
    "https://podcastindex.org/namespace/1.0",
    "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md",
)
_KINDS = {
    **dict.fromkeys(("mp3", "m4a", "aac", "ogg", "oga", "opus", "wav", "flac"), MediaKind.AUDIO),
    **dict.fromkeys(("mp4", "m4v", "mov", "webm", "ogv"), MediaKind.VIDEO),
}
_TYPES = {"audio": MediaKind.AUDIO, "video": MediaKind.VIDEO}
_DURATION = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.\d+)?")
_EMAIL = re.compile(r"[^@\s<>]{1,64}@[^@\s<>]{1,190}")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file that an episode names as its transcript, and the media type it is announced with."""

    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class Episode:
    """An entry: its post, its recording where it has one, and the transcripts it names.

    ``transcripts`` is ``None`` where they could not be read out of the feed.
    """

    post: Post
    recording: Media | None
    transcripts: tuple[Transcript, ...] | None


def account(feed: Any, access: Access, address: str) -> Account:
    """The podcast as its feed introduces itself."""
    told = feed_wire.account(feed, access, address)
    owner = (feed.get("publisher_detail") or {}).get("email")
    page = Page(str(feed.get("subtitle") or ""), address)
    return replace(
        told,
        key=f"podcast:{access.handle}",
        platform="podcast",
        links=tuple(dict.fromkeys(filter(None, [told.permalink, *page.links]))),
        contact=owner if isinstance(owner, str) and _EMAIL.fullmatch(owner) else "",
    )


def transcripts(content: bytes, base: str, count: int) -> list[tuple[Transcript, ...] | None]:
    """The transcripts that each of ``count`` entries names; ``None`` where the XML cannot tell."""
    unknown: list[tuple[Transcript, ...] | None] = [None] * count
    try:
        root = ElementTree.fromstring(content, forbid_entities=True, forbid_external=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError):
        return unknown
    items = [item for item in root.iter() if _local(item) in {"item", "entry"}]
    return [_named(item, base) for item in items] if len(items) == count else unknown


def episode(
    entry: Any,
    account_id: str,
    site: str,
    named: tuple[Transcript, ...] | None,
    *,
    shared: bool = False,
) -> Episode:
    """One entry. Raises ``Malformed`` as ``feed_wire.notice`` does."""
    notice, _ = feed_wire.notice(entry, account_id, site, shared=shared)
    enclosed = [e for e in entry.get("enclosures") or [] if web_address(e.get("href"), site)]
    recorded = next(((e, kind) for e in enclosed if (kind := _kind(e)) is not None), None)
    files = {web_address(e.get("href"), site) for e in enclosed}
    video = recorded is not None and recorded[1] is MediaKind.VIDEO
    post = replace(
        notice,
        key=f"podcast:{notice.id}",
        kind=PostKind.VIDEO if video else PostKind.POST,
        permalink=notice.permalink if "//" in str(entry.get("link") or "") else None,
        links=tuple(link for link in notice.links or () if link not in files),
    )
    recording = _recording(post, entry, *recorded, site) if recorded else None
    return Episode(post, recording, named)


def _recording(post: Post, entry: Any, enclosed: Any, kind: MediaKind, site: str) -> Media:
    """The recording, named for its episode: hosts change the address of the file."""
    native = f"{post.id}#recording"
    told = {key: str(enclosed.get(key) or "") for key in ("href", "type", "length")}
    return Media(
        key=f"podcast:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink or web_address(enclosed.get("href"), site),
        duration=_seconds(entry.get("itunes_duration")),
        live=Live.NEVER,
        payload=scrub({**told, "duration": entry.get("itunes_duration")}),
    )


def _kind(enclosed: Any) -> MediaKind | None:
    """Audio or video, by the type that is told, else by how the address ends."""
    told = _TYPES.get(str(enclosed.get("type") or "").partition("/")[0].strip().lower())
    path = str(enclosed.get("href") or "").partition("?")[0]
    return told or _KINDS.get(path.rpartition(".")[2].lower())


def _seconds(value: object) -> float | None:
    """Seconds, ``MM:SS`` or ``HH:MM:SS``; nothing told is no length, nor is none at all."""
    if not (found := _DURATION.fullmatch(str(value or "").strip())):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds) or None


def _named(item: Element, base: str) -> tuple[Transcript, ...]:
    found: dict[str, Transcript] = {}
    for part in _transcript_tags(item):
        address = web_address(part.get("url"), base)
        if address and len(address) <= _LONGEST_ADDRESS:
            found.setdefault(address, Transcript(address, str(part.get("type") or "")))
    return tuple(found.values())[:MOST_TRANSCRIPTS]


def _transcript_tags(item: Element) -> Sequence[Element]:
    return [part for space in _NAMESPACES for part in item.findall(f"{{{space}}}transcript")]


def _local(item: Element) -> str:
    return str(item.tag).rpartition("}")[2]
