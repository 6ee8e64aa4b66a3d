"""What a piece of hostile HTML says: its text, its links, and the pictures, films and sounds in it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

MAX_HTML = 500_000
"""Characters of one piece that are read."""

_BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "figure"})
_SILENT = frozenset({"script", "style", "template", "noscript"})
_EMOJI = frozenset({"emoji", "smilies", "smiley", "wp-smiley"})
"""Classes that boards and blogs give to the pictures that they put for emoji."""
_LAZY = ("data-src", "data-lazy-src", "src")
_TINY = re.compile(
    r"display:\s*none|(?:^|[;\s])(?:width|height):\s*[01](?:px)?\s*(?:;|$)", re.IGNORECASE
)
"""A style that shows nothing."""
_COUNTERS = re.compile(
    r"/track(?:ing|ers?)/|[/._-]pixel\.(?:gif|png)|//feedads\.g\.doubleclick\.net/"
    r"|//feeds\.feedburner\.com/~|//(?:pixel|stats)\.(?:wp|wordpress)\.com/",
    re.IGNORECASE,
)
"""Addresses of pictures that only count readers, or show them advertisements."""
_RECORDINGS = frozenset({"video", "audio"})
_SUBTITLES = frozenset({"", "captions", "subtitles"})  # a track without a kind holds subtitles


@dataclass(slots=True)
class Recording:
    """A ``<video>`` or ``<audio>`` (``tag``): where it lies, and its tracks of subtitles.

    ``tracks`` gives the language (``""`` for untold) by the address of each track. One that
    is ``decorative`` plays round and round without sound, as an animated picture does.
    """

    tag: str
    sources: list[str] = field(default_factory=list)
    tracks: dict[str, str] = field(default_factory=dict)
    decorative: bool = False


class Page(HTMLParser):
    """A piece of HTML: ``text``, ``links``, ``images``, ``recordings`` and ``frames``.

    A picture that stands for an emoji is text: its ``alt``. ``images`` gives the description by the
    address of each picture: ``""`` where its ``alt`` is missing or empty, for a reader hears
    nothing in either case. Pictures one pixel wide or high, hidden, or from a known counter are no pictures. ``frames``
    are the addresses of pages shown inside this one, also where a page asks for consent first.
    ``base`` makes addresses whole.
    """

    def __init__(self, html: str, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.images: dict[str, str] = {}
        self.recordings: list[Recording] = []
        self.frames: list[str] = []
        self._base = base
        self._parts: list[str] = []
        self._silent = 0
        self._open: Recording | None = None
        with suppress(AssertionError):  # html.parser's own, on declarations it does not know
            self.feed(html[:MAX_HTML])
            self.close()

    @property
    def text(self) -> str:
        """The text without markup, a line for each block."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a picture or a recording, and where a line ends."""
        told = dict(attrs)
        self._silent += tag in _SILENT
        if tag in _BREAKS:
            self._parts.append("\n")
        if tag == "a" and (address := web_address(told.get("href"), self._base)):
            self.links.append(address)
        if tag == "img":
            self._note_image(told)
        if tag == "iframe" and (shown := self._source(told)):
            self.frames.append(shown)
        self._note_recording(tag, told)

    def handle_endtag(self, tag: str) -> None:
        """Note where a line or a recording ends."""
        self._silent = max(self._silent - (tag in _SILENT), 0)
        if tag in _BREAKS:
            self._parts.append("\n")
        if tag in _RECORDINGS:
            self._open = None

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        if not self._silent:
            self._parts.append(data.replace("\n", " "))

    def _note_image(self, told: dict[str, str | None]) -> None:
        if _EMOJI.intersection((told.get("class") or "").split()):
            self._parts.append(told.get("alt") or "")
            return
        source = self._source(told)
        if source and not _counts(told, source):
            self.images.setdefault(source, told.get("alt") or "")

    def _source(self, told: dict[str, str | None]) -> str | None:
        """Where a picture or frame lies, also one that is only loaded when it comes into sight."""
        named = (web_address(told.get(name), self._base) for name in _LAZY if told.get(name))
        return next(filter(None, named), None)

    def _note_recording(self, tag: str, told: dict[str, str | None]) -> None:
        if tag in _RECORDINGS:
            self._open = Recording(tag, decorative="muted" in told and "loop" in told)
            self.recordings.append(self._open)
        source = self._source(told) if self._open else None
        if self._open is None or source is None:
            return
        if tag in {"source", *_RECORDINGS}:
            self._open.sources.append(source)
        if tag == "track" and (told.get("kind") or "").lower() in _SUBTITLES:
            self._open.tracks.setdefault(source, told.get("srclang") or "")


def _counts(told: dict[str, str | None], source: str) -> bool:
    """Whether a picture is there to count readers, not to be seen."""
    sizes = {(told.get(name) or "").removesuffix("px") for name in ("width", "height")}
    hidden = _TINY.search(told.get("style") or "")
    return bool(sizes & {"0", "1"} or hidden or _COUNTERS.search(source))


def web_address(value: object, base: str) -> str | None:
    """A link that a browser may open, made whole; None for any other (``javascript:``) and for none."""
    written = str(value or "").strip()
    with suppress(ValueError):
        whole = urljoin(base, written) if written else ""
        parts = urlsplit(whole)
        return whole if parts.scheme in {"http", "https"} and parts.hostname else None
    return None


def plain(html: object) -> str | None:
    """The text of a piece of HTML in one line; ``None`` for what is no text at all."""
    return Page(html, "").text.replace("\n", " ") if isinstance(html, str) else None
