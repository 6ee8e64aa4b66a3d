"""The pictures, films and sounds of a WordPress post, and what subtitles its films have.

The description that readers get is that of the post's own ``<img>``: it may differ from the one in
the media library, which is used for the picture above a post alone.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from connectors.podcast_transcripts import BEGINNING, captions
from connectors.safe_fetch import Fetcher
from connectors.transport import scrub
from socialaudit.errors import NotFound, PlatformError
from socialaudit.models import Captions, Live, Media, MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Access, Usage
    from connectors.hypertext import Page, Recording
    from socialaudit.models import Post

MOST_TRACKS = 100
"""Files of subtitles that are looked at in one reading."""
FILMS = ("youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "videopress.com")
"""Sites whose films are shown in posts, and who alone know whether these have captions."""
_FILM_PATHS = (
    ("facebook.com", "/plugins/video"),
    ("dailymotion.com", "/embed"),
    ("tiktok.com", "/embed"),
    ("video.wordpress.com", "/"),
)
_WATCHED = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube\.com/(?:watch\?|shorts/|live/)|youtu\.be/|vimeo\.com/\d)\S+"
)
_SMILEYS = ("/images/core/emoji/", "/wp-includes/images/smilies/")


_BEST = (Captions.STANDARD, Captions.AUTOMATIC)


@dataclass(frozen=True, slots=True)
class Shown:
    """A medium of a post, and the tracks of subtitles that a film of it names."""

    medium: Media
    tracks: dict[str, str]


def shown(post: Post, page: Page) -> list[Shown]:
    """The pictures, films and sounds in the body of a post."""
    found: dict[str, Shown] = {}
    for source, alt in page.images.items():
        if not any(part in source for part in _SMILEYS):
            found[source] = Shown(_medium(post, source, MediaKind.IMAGE, alt_text=alt), {})
    for recording in page.recordings:
        if recording.sources:
            source = recording.sources[0]
            found.setdefault(source, Shown(_recorded(post, source, recording), recording.tracks))
    alone = [line for line in page.text.split("\n") if _WATCHED.fullmatch(line)]
    for source in [*filter(is_film, page.frames), *alone]:
        found.setdefault(source, Shown(_medium(post, source, MediaKind.VIDEO), {}))
    return list(found.values())


def is_film(address: str) -> bool:
    """Whether what is shown inside a page is a film that lies elsewhere.

    >>> is_film("https://www.youtube-nocookie.com/embed/x"), is_film("https://maps.google.com/")
    (True, False)
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").lower()
    return any(host == film or host.endswith(f".{film}") for film in FILMS) or any(
        (host == film or host.endswith(f".{film}")) and parts.path.startswith(path)
        for film, path in _FILM_PATHS
    )


def _recorded(post: Post, source: str, recording: Recording) -> Media:
    if recording.decorative:
        return _medium(post, source, MediaKind.ANIMATION)
    kind = MediaKind.VIDEO if recording.tag == "video" else MediaKind.AUDIO
    return replace(_medium(post, source, kind), live=Live.NEVER)


def featured(post: Post, raw: dict[str, Any]) -> Iterator[Shown]:
    """The picture that stands above a post; what it says is the attachment's own description."""
    number = raw.get("featured_media")
    if not number or not str(number).isdigit():
        return
    embedded = raw.get("_embedded")
    several = embedded.get("wp:featuredmedia") if isinstance(embedded, dict) else None
    told = several[0] if isinstance(several, list) and several else {}
    told = told if isinstance(told, dict) else {}
    if told.get("media_type", "image") != "image":
        return
    alt = told.get("alt_text")
    medium = _medium(post, f"featured {number}", MediaKind.IMAGE)
    yield Shown(
        replace(
            medium,
            alt_text=alt if isinstance(alt, str) else None,
            payload=scrub({k: told[k] for k in ("id", "alt_text", "source_url") if k in told}),
        ),
        {},
    )


def _medium(post: Post, source: str, kind: MediaKind, alt_text: str | None = None) -> Media:
    native = f"{post.id}#{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return Media(
        key=f"wordpress:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink,
        alt_text=alt_text,
        payload=scrub({"src": source, "alt": alt_text}),
    )


class Tracks:
    """The files of subtitles that films name: whether they answer, and hold words.

    ``hosts`` are the names under which the site itself goes: what lies there is fetched from
    ``home``. One request for each film until one of its files is good; a file once seen to be good
    is not fetched again. Films whose files could not be looked at are counted.
    """

    def __init__(self, access: Access, home: str, usage: Usage) -> None:
        self.hosts: set[str] = set()
        self._home = urlsplit(home)
        self._cache = access.cache
        self._fetcher = Fetcher(home, access.limiter, usage)
        self._asked = 0
        self._doubtful = 0

    def captioned(self, shown: Shown) -> Media:
        """A medium, with the best subtitles of a film; of an embedded film they stay unknown."""
        medium = shown.medium
        if medium.kind is not MediaKind.VIDEO or medium.live is None:
            return medium
        found = [self._look_at(address) for address in list(shown.tracks)[:5]]
        best = next((c for c in _BEST if c in found), None if None in found else Captions.NONE)
        self._doubtful += best is None
        languages = tuple(dict.fromkeys(filter(None, shown.tracks.values())))
        return replace(medium, captions=best, caption_languages=languages)

    def unread(self) -> Iterator[Unread]:
        """What to say of the films whose subtitles could not be looked at."""
        if self._doubtful:
            reason = f"films whose subtitles could not be read: {self._doubtful}"
            yield Unread("media.captions", reason, partial=True)

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _look_at(self, address: str) -> Captions | None:
        key = f"track:{hashlib.sha256(address.encode('utf-8', 'replace')).hexdigest()}"
        if self._cache.get(key) == Captions.STANDARD.value:
            return Captions.STANDARD
        if self._asked >= MOST_TRACKS:
            return None
        self._asked += 1
        try:
            document = self._fetcher.fetch(self._at_home(address), beginning=BEGINNING)
        except NotFound:
            return Captions.NONE
        except PlatformError:
            return None
        found = captions(document, "text/vtt")
        if found is Captions.STANDARD:
            self._cache[key] = found.value
        return found

    def _at_home(self, address: str) -> str:
        parts = urlsplit(address)
        if (parts.hostname or "").removeprefix("www.") not in self.hosts:
            return address
        return urlunsplit(parts._replace(scheme=self._home.scheme, netloc=self._home.netloc))
