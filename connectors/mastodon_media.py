"""The pictures, films and sounds attached to a status. No part raises.

https://docs.joinmastodon.org/entities/MediaAttachment/. The API knows one text for each,
``description``, and no track of subtitles: what of it is a transcript, nobody can tell from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors.hypertext import web_address
from connectors.mastodon_text import said
from connectors.mastodon_wire import chosen, sequence, text_of
from socialaudit.models import Captions, Live, Media, MediaKind

if TYPE_CHECKING:
    from connectors.mastodon_wire import Raw
    from socialaudit.models import Post

_KINDS = {
    "image": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "gifv": MediaKind.ANIMATION,
    "gif": MediaKind.ANIMATION,
    "audio": MediaKind.AUDIO,
}
_ENDINGS = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "avif", "heic", "svg"), MediaKind.IMAGE),
    "gif": MediaKind.ANIMATION,
    **dict.fromkeys(("mp4", "m4v", "mov", "webm", "ogv", "mkv"), MediaKind.VIDEO),
    **dict.fromkeys(("mp3", "m4a", "ogg", "oga", "opus", "wav", "flac", "aac"), MediaKind.AUDIO),
}
_KEPT = ("id", "type", "url", "description", "meta", "blurhash", "created_at")


def media(raw: Raw, post: Post, server: str) -> tuple[list[Media], int]:
    """What is attached, and how many attachments there are of which nobody can tell what they are."""
    found, odd = [], 0
    for number, item in enumerate(sequence(raw.get("media_attachments"))):
        kind = _kind(item) if isinstance(item, dict) else None
        if kind is None:
            odd += 1
        else:
            native = text_of(item.get("id")) or f"{post.id}-{number}"
            found.append(_medium(item, kind, native, post, server))
    if not found and not odd and isinstance(raw.get("content"), str):
        inline = said(raw["content"], server).images.items()
        found = [_inline(n, *picture, post) for n, picture in enumerate(inline)]
    return found, odd


def _inline(number: int, address: str, alt: str, post: Post) -> Media:
    """A picture within the text, as Friendica and blogs have them."""
    native = f"{post.id}-inline-{number}"
    return Media(
        key=f"mastodon:media:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=MediaKind.IMAGE,
        published_at=post.published_at,
        permalink=post.permalink or address,
        alt_text=alt,
        payload=chosen({"url": address, "alt": alt}, ("url", "alt")),
    )


def _medium(item: Raw, kind: MediaKind, native: str, post: Post, server: str) -> Media:
    description = item.get("description")
    written = description if isinstance(description, str) else ""
    return Media(
        key=f"mastodon:media:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink or web_address(item.get("url"), server),
        alt_text=written if "description" in item else None,
        captions=Captions.NONE if kind is MediaKind.AUDIO and not written.strip() else None,
        duration=_seconds(item.get("meta")),
        live=Live.NEVER if kind in {MediaKind.VIDEO, MediaKind.AUDIO} else None,
        payload=chosen(item, _KEPT),
    )


def _kind(item: Raw) -> MediaKind | None:
    """What it is: as told, else by its media type, else by how its address ends."""
    inner = item.get("pleroma")
    mime = inner.get("mime_type") if isinstance(inner, dict) else item.get("mime")
    told = (str(item.get("type")), str(mime).partition("/")[0])
    known = next((_KINDS[word] for word in told if word in _KINDS), None)
    return known or _ENDINGS.get(_path(item).rpartition(".")[2].lower())


def _path(item: Raw) -> str:
    address = web_address(item.get("url") or item.get("remote_url"), "") or ""
    return urlsplit(address).path


def _seconds(meta: Any) -> float | None:
    """The length of a film or sound, wherever a server puts it."""
    whole = meta if isinstance(meta, dict) else {}
    original = whole.get("original")
    for part in (original if isinstance(original, dict) else {}, whole):
        told = part.get("duration")
        if isinstance(told, int | float) and not isinstance(told, bool) and 0 < told < 1e7:  # noqa: PLR2004
            return float(told)
    return None
