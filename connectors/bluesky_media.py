"""What is attached to a post of Bluesky: pictures, films and GIFs, and what their author said of them.

The view of a post shows what is there; captions stand only in the post's own record. Whatever is
missing or of another shape than documented reads as absent. Shapes: the lexicons
``app.bsky.embed.*`` of November 2026.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors.hypertext import web_address
from connectors.transport import scrub
from socialaudit.models import Captions, Live, Media, MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.bluesky_client import Raw
    from socialaudit.models import Post

LEAST_BYTES = 40
"""Of a caption file: a heading and one timed word take more."""
_GIFS = ("tenor.com", "klipy.com", "giphy.com")
_WRITTEN, _GUESSED = "Alt: ", "ALT: "
"""How Bluesky's own app begins the description of a GIF: a person's, or the GIF shop's."""
_NO_MEDIA = {"record", "external"}


@dataclass(frozen=True, slots=True)
class Track:
    """A caption file that a film's record names: its language, and where it is kept."""

    language: str
    cid: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Attached:
    """One medium and the caption files it names; ``None`` where the record does not tell."""

    medium: Media
    tracks: tuple[Track, ...] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What is attached to a post; ``odd`` counts what we do not know or understand."""

    attached: tuple[Attached, ...]
    odd: int = 0


def mapping(value: Any) -> Raw:
    """A JSON object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """A JSON list, or an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def external(view: Raw) -> Raw:
    """The link card of a post, as shown or else as written."""
    shown, written = _embeds(view)
    return mapping(shown.get("external")) or mapping(written.get("external"))


def found(view: Raw, post: Post) -> Found:
    """The media of a post's view."""
    shown, written = _embeds(view)
    odd = 0
    attached: list[Attached] = []
    for n, (item, record) in enumerate(_items(shown, written), 1):
        one = _attached(item, record, post, n)
        odd += one is None
        attached += [one] if one else []
    kind = _kind(shown) or _kind(written)
    unknown = bool(kind) and not attached and not odd and kind not in _NO_MEDIA | _KNOWN
    return Found(tuple(attached), odd + unknown)


def best(tracks: tuple[Track, ...] | None) -> Captions | None:
    """What a record alone tells of captions."""
    if tracks is None:
        return None
    holds = any(t.size is None or t.size >= LEAST_BYTES for t in tracks)
    return Captions.STANDARD if holds else Captions.NONE


_KNOWN = {"images", "gallery", "video"}


def _embeds(view: Raw) -> tuple[Raw, Raw]:
    """What is attached, as shown and as written; beside a quoted post it lies one deeper."""
    shown = mapping(view.get("embed"))
    written = mapping(mapping(view.get("record")).get("embed"))
    return (
        mapping(shown["media"]) if "media" in shown else shown,
        mapping(written["media"]) if "media" in written else written,
    )


def _kind(embed: Raw) -> str:
    """``images`` of ``app.bsky.embed.images#view``; ``""`` for none."""
    return str(embed.get("$type") or "").partition("#")[0].rpartition(".")[2]


def _items(shown: Raw, written: Raw) -> Iterator[tuple[Raw, Raw]]:
    """Each medium as shown and as written; either may be empty."""
    for name in ("images", "items"):
        views, records = sequence(shown.get(name)), sequence(written.get(name))
        for n in range(max(len(views), len(records))):
            yield mapping(_at(views, n)), mapping(_at(records, n))
    if _is_film(shown) or _is_film(written):
        yield shown, written
    card = mapping(shown.get("external")) or mapping(written.get("external"))
    if _is_gif(card):
        yield {"external": card}, {}


def _at(items: list[Any], n: int) -> Any:
    return items[n] if n < len(items) else None


def _is_film(embed: Raw) -> bool:
    return bool(embed.get("playlist") or embed.get("video")) or _kind(embed) == "video"


def _is_gif(card: Raw) -> bool:
    try:
        host = urlsplit(str(card.get("uri") or "")).hostname or ""
    except ValueError:
        return False
    return any(host == gifs or host.endswith(f".{gifs}") for gifs in _GIFS)


def _attached(item: Raw, record: Raw, post: Post, n: int) -> Attached | None:
    """One medium; ``None`` for what we do not know."""
    if "external" in item:
        return Attached(_gif(item["external"], post, n))
    if not item and not record:
        return None
    if _is_film(item) or _is_film(record):
        return _film(item, record, post, n)
    if "alt" not in item and "alt" not in record and not _is_picture(item, record):
        return None
    alt = item.get("alt", record.get("alt"))
    address = item.get("fullsize") or item.get("thumb") or item.get("thumbnail")
    return Attached(
        _medium(
            post, n, MediaKind.IMAGE, item or record, permalink=web_address(address, ""),
            alt_text=alt if isinstance(alt, str) else "",
        )
    )  # fmt: skip


def _is_picture(item: Raw, record: Raw) -> bool:
    return bool(item.get("fullsize") or item.get("thumb") or mapping(record.get("image")))


def _film(item: Raw, record: Raw, post: Post, n: int) -> Attached:
    told = {**record, **item}
    alt = item.get("alt") if item else record.get("alt")
    loops = told.get("presentation") == "gif"
    tracks = tuple(_tracks(record)) if record else None
    languages = tuple(dict.fromkeys(t.language for t in tracks or () if t.language))
    medium = _medium(
        post, n, MediaKind.ANIMATION if loops else MediaKind.VIDEO, told,
        permalink=post.permalink,
        alt_text=alt if isinstance(alt, str) else "",
        captions=None if loops else best(tracks),
        caption_languages=None if tracks is None or loops else languages,
        live=Live.NEVER,
    )  # fmt: skip
    return Attached(medium, () if loops else tracks)


def _tracks(record: Raw) -> Iterator[Track]:
    for caption in sequence(record.get("captions")):
        file = mapping(mapping(caption).get("file"))
        cid = mapping(file.get("ref")).get("$link") or file.get("cid")
        size = file.get("size")
        if isinstance(cid, str) and cid.isalnum():
            told = isinstance(size, int) and not isinstance(size, bool) and size > 0
            language = str(mapping(caption).get("lang") or "")
            yield Track(language, cid, size if told else None)


def _gif(card: Raw, post: Post, n: int) -> Media:
    said = card.get("description")
    said = said if isinstance(said, str) else ""
    alt = said.removeprefix(_WRITTEN) if said.startswith(_WRITTEN) else ""
    guess = "" if alt else said.removeprefix(_GUESSED)
    return _medium(
        post, n, MediaKind.ANIMATION, card, permalink=web_address(card.get("uri"), ""),
        alt_text=alt, automatic_alt_text=guess, live=Live.NEVER,
    )  # fmt: skip


def _medium(post: Post, n: int, kind: MediaKind, raw: Raw, **facts: Any) -> Media:
    native = f"{post.id}/media/{n}"
    return Media(
        key=f"bluesky:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        payload=scrub({k: v for k, v in raw.items() if k != "media"}),
        **facts,
    )
