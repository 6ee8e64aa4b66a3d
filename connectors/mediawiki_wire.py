"""Pages of a wiki, as readers see them, as our records: posts, pictures, films and sounds."""

from __future__ import annotations

import hashlib
import html
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from connectors.hypertext import Page, plain, web_address
from connectors.mediawiki_edits import folded
from connectors.transport import scrub
from socialaudit.errors import Malformed
from socialaudit.models import Audience, Captions, Live, Media, MediaKind, Post

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors.hypertext import Recording
    from connectors.mediawiki_about import About
    from connectors.mediawiki_edits import Change


def parsed(answer: Mapping[str, Any], base: str) -> Page:
    """A page as readers see it. Raises ``Malformed``."""
    told = answer.get("parse")
    text = told.get("text") if isinstance(told, dict) else None
    shown = text.get("*") if isinstance(text, dict) else text
    if not isinstance(shown, str):
        raise Malformed("a page without its text")
    return Page(shown, base)


def post(
    change: Change, page: Page, info: Mapping[str, Any], told: About, native: str, account_id: str
) -> Post:
    """A page as it reads now, published when it was last changed."""
    link = told.address(change.title)
    open_ = told.open_to_read
    return Post(
        key=f"mediawiki:{native}",
        account=account_id,
        id=native,
        published_at=change.at,
        edited_at=change.at if change.parent else None,
        title=plain(html.escape(change.title)),
        text=page.text,
        permalink=web_address(info.get("canonicalurl"), told.root) or link,
        links=_links(page),
        audience=None if open_ is None else Audience.PUBLIC if open_ else Audience.FOLLOWERS,
        payload=scrub({**change.payload, "protection": info.get("protection")}),
    )


def media(post: Post, page: Page) -> Iterator[Media]:
    """The pictures, films and sounds of a page. One shown twice is described when both are."""
    found: dict[str, Media] = {}
    for source, alt in page.images.items():
        medium = _picture(post, source, alt)
        before = found.get(medium.id)
        found[medium.id] = medium if before is None or before.alt_text else before
    for number, recording in enumerate(page.recordings):
        medium = _recording(post, recording, number)
        found.setdefault(medium.id, medium)
    yield from found.values()


def file_name(source: str) -> str:
    """The name of the file at an address, whether it is shown whole or as a small copy."""
    parts = urlsplit(source)
    asked = parse_qs(parts.query).get("f")
    names = [unquote(n) for n in parts.path.split("/") if n]
    if asked:
        return asked[0]
    if "thumb" in names[:-2] or "transcoded" in names[:-2]:
        return names[-2]
    return names[-1] if names else source


def _picture(post: Post, source: str, alt: str) -> Media:
    """Where nobody describes a picture, MediaWiki itself may put the name of its file."""
    name = file_name(source)
    automatic = folded(alt) in {folded(name), folded(f"File:{name}")} if alt else False
    return Media(
        **_medium(post, name, {"src": source, "alt": alt}),
        kind=MediaKind.IMAGE,
        alt_text="" if automatic else alt,
        automatic_alt_text=alt if automatic else None,
    )


def _recording(post: Post, recording: Recording, number: int) -> Media:
    source = next(iter(recording.sources), f"recording {number + 1}")
    languages = tuple(dict.fromkeys(filter(None, recording.tracks.values())))
    return Media(
        **_medium(post, file_name(source), {"src": source, "tracks": recording.tracks}),
        kind=MediaKind.VIDEO if recording.tag == "video" else MediaKind.AUDIO,
        captions=Captions.STANDARD if recording.tracks else Captions.NONE,
        caption_languages=languages,
        live=Live.NEVER,
    )


def _medium(post: Post, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    short = name if len(name) <= 120 else hashlib.sha256(name.encode()).hexdigest()[:32]  # noqa: PLR2004 - longer names make unwieldy keys
    return {
        "key": f"mediawiki:{post.id}/{short}",
        "account": post.account,
        "id": f"{post.id}/{short}",
        "post": post.key,
        "published_at": post.published_at,
        "permalink": post.permalink,
        "payload": scrub(payload),
    }


def _links(page: Page) -> tuple[str, ...]:
    """Links but those that lead to pages which do not exist yet."""
    return tuple(dict.fromkeys(link for link in page.links if "redlink=1" not in link))
