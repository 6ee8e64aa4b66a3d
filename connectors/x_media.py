"""What hangs on a post of X: pictures, videos and their descriptions, in whatever place X names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectors.transport import scrub
from connectors.x_answer import mapping, sequence
from connectors.x_wire import entities_of, unescaped
from socialaudit.models import Media, MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.x_answer import Answer, Raw
    from socialaudit.models import Post

_MEDIA_KINDS = {
    "photo": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "animated_gif": MediaKind.ANIMATION,
}
_MEDIA_KEYS = {"3": "photo", "7": "video", "13": "video", "16": "animated_gif"}
_MEDIA_FIELDS = {"url", "width", "height", "preview_image_url", "duration_ms", "variants"}


def media(raw: Raw, of: Post, answer: Answer) -> Iterator[Media]:
    """What is attached to a post."""
    described = {
        str(m.get("media_key")): m
        for m in sequence(raw.get("media_metadata"))
        if isinstance(m, dict) and m.get("media_key")
    }
    for place, key in enumerate(media_keys(raw), 1):
        found = answer.media.get(key, {})
        sort = str(found.get("type") or _MEDIA_KEYS.get(key.partition("_")[0], ""))
        duration = found.get("duration_ms")
        yield Media(
            key=f"x:{key}",
            account=of.account,
            id=key,
            post=of.key,
            kind=_MEDIA_KINDS.get(sort, MediaKind.VIDEO if duration else MediaKind.IMAGE),
            published_at=of.published_at,
            permalink=f"{of.permalink}/{'video' if sort == 'video' else 'photo'}/{place}",
            alt_text=_alt_text(found, described.get(key, {}), answer, sort),
            duration=duration / 1000 if isinstance(duration, int | float) else None,
            payload=scrub(found or {"media_key": key}),
        )


def media_keys(raw: Raw) -> list[str]:
    """Keys of all that a post shows: what is attached to it, in its article or behind its links."""
    article = mapping(raw.get("article"))
    shown = [
        *sequence(mapping(raw.get("attachments")).get("media_keys")),
        article.get("cover_media"),
        *sequence(article.get("media_entities")),
        *(m.get("media_key") for m in sequence(raw.get("media_metadata")) if isinstance(m, dict)),
        *(
            url.get("media_key")
            for part in entities_of(raw)
            for url in sequence(part.get("urls"))
            if isinstance(url, dict)
        ),
    ]
    keys = [str(key) for key in shown if isinstance(key, str | int) and key]
    return list(dict.fromkeys(key for key in keys if key.isprintable()))


def strays(answer: Answer) -> set[str]:
    """Keys of media that came with an answer and belong to no post in it."""
    return answer.media.keys() - {k for raw in answer.posts.values() for k in media_keys(raw)}


def _alt_text(found: Raw, described: Raw, answer: Answer, sort: str) -> str | None:
    """A person's description; X leaves the key out where there is none.

    Unknown where the field was refused, where none of the fields we asked for came, and for
    videos, of which spec 2.166 did not tell.
    """
    for told in (found, described):
        if isinstance(told.get("alt_text"), str):
            return unescaped(told["alt_text"])
    if answer.hides("alt_text") or not _MEDIA_FIELDS & found.keys():
        return None
    return "" if sort != "video" or "alt_text" in found else None
