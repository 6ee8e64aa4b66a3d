"""Addresses of profiles on social platforms: which platform, which name, and whether one is listed.

Shapes of addresses are those that the platforms give out and gave out before (``/c/`` and ``/user/``
on YouTube, ``/pages/`` and ``profile.php`` on Facebook). A link to share, to log in or to a single
post is no profile. A platform that is not known here is recognised only where it shows profiles as
Mastodon does: ``https://host/@name``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MAX_LINK = 1_000
"""Characters of an address; a longer one is none that people write."""
HOME_PAGE = "home-page"
"""The native id of the record that holds the links of the council's home page."""
_TOLD: Mapping[str, Any] = tomllib.loads(
    files("socialaudit").joinpath("presences.toml").read_text("utf-8")
)
TITLES: Mapping[str, str] = _TOLD["titles"]
"""Platforms for people, by the name that a council file uses where it can hold them."""
_SUBDOMAIN = re.compile(r"^(?:(?:www|m|mobile|web|touch|mbasic|[a-z]{2}|[a-z]{2}-[a-z]{2})\.)+")
_NAME = re.compile(r"@?\w[\w.-]{0,99}(?:@N\d\d)?")
_ENDS_IN_ID = re.compile(r"(?:.*-)?(\d{9,})")
_NO_NAMES: Mapping[str, Sequence[str]] = _TOLD["reserved"]
WORDS: Mapping[str, frozenset[str]] = {k: frozenset(v) for k, v in _TOLD["words"].items()}
_ONE_OF_ITS = WORDS["within"]


@dataclass(frozen=True, slots=True)
class Presence:
    """A profile that an address leads to: by ``name``, by the platform's ``id``, or both.

    One with neither is known by an old name, which the platform leads on to a profile of another.
    ``written`` is what an address calls it, for people.
    """

    platform: str
    name: str = ""
    id: str = ""
    written: str = ""

    @property
    def mark(self) -> str:
        """What tells it from another."""
        return f"{self.platform} {self.id or self.name or self.written.casefold()}"


def recognised(address: str) -> Presence | None:
    """The profile that an address leads to; ``None`` where it leads elsewhere.

    >>> recognised("https://m.facebook.com/TesthamTC/?ref=page").mark
    'facebook testhamtc'
    """
    if len(address) > MAX_LINK:
        return None
    try:
        parts = urlsplit(address.strip())
        host = _SUBDOMAIN.sub("", (parts.hostname or "").lower().rstrip("."))
        query = {name: told[0] for name, told in parse_qs(parts.query).items()}
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "." not in host:
        return None
    path = [unquote(part) for part in (parts.path or "/").split("/") if part]
    if parts.fragment.startswith("!/"):
        path = [part for part in parts.fragment[2:].split("/") if part]
    read = _HOSTS.get(host) or next((r for end, r in _ENDS.items() if host.endswith(end)), None)
    if read is not None:
        return read(path, query, host)
    return _mastodon(path, host)


def _named(platform: str, written: str) -> Presence | None:
    name = written.removeprefix("@")
    if not _NAME.fullmatch(written) or name.lower() in _NO_NAMES.get(platform, ()):
        return None
    return Presence(platform, name.casefold(), written=name)


def _first(platform: str) -> Callable[[list[str], Mapping[str, str], str], Presence | None]:
    """The reader of a platform whose addresses begin with the name."""

    def read(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
        if not path or (len(path) > 1 and path[1].lower() in _ONE_OF_ITS):
            return None
        return _named(platform, path[0])

    return read


def _after(
    platform: str, *wanted: str
) -> Callable[[list[str], Mapping[str, str], str], Presence | None]:
    """The reader of a platform whose addresses have the name after one of these words."""

    def read(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
        if len(path) < 2 or path[0].lower() not in wanted:  # noqa: PLR2004 - the word and the name
            return None
        if path[1].isdigit() or path[1].startswith("did:"):
            return Presence(platform, id=path[1], written=path[1])
        return _named(platform, path[1])

    return read


def _at(platform: str) -> Callable[[list[str], Mapping[str, str], str], Presence | None]:
    """The reader of a platform whose names begin with an at sign."""

    def read(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
        return _named(platform, path[0]) if len(path) == 1 and path[0].startswith("@") else None

    return read


def _facebook(path: list[str], query: Mapping[str, str], _host: str) -> Presence | None:
    match path[1:] if path[:1] == ["pg"] else path:
        case ["profile.php"]:
            return _by_id("facebook", query.get("id", ""), query.get("id", ""))
        case ["groups", group, *_]:
            return Presence("facebook group", group.casefold(), written=group)
        case ["people" | "pages" | "p", first, *rest]:
            return _by_id("facebook", [first, *rest][-1], first)
        case [_, within, *_] if within.lower() in _ONE_OF_ITS:
            return None
        case [name, *_]:
            return _page(name)
    return None


def _page(name: str) -> Presence | None:
    """A page by its name (dots and capitals do not count there), or by the id that ends it."""
    if name.isdigit() or re.fullmatch(r".+-\d{9,}", name):
        return _by_id("facebook", name, name)
    found = _named("facebook", name)
    return found and Presence("facebook", found.name.replace(".", ""), written=found.written)


def _by_id(platform: str, held: str, written: str) -> Presence | None:
    found = _ENDS_IN_ID.fullmatch(held)
    words = re.sub(r"-?\d{9,}$", "", written).replace("-", " ").strip()
    return Presence(platform, id=found[1], written=words or found[1]) if found else None


def _x(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
    match path:
        case ["i", "user", number, *_] if number.isdigit():
            return Presence("x", id=number, written=number)
        case [_, "status" | "statuses", *_]:
            return None
        case [name, *_] if re.fullmatch(r"@?\w{1,15}", name):
            return _named("x", name)
    return None


def _youtube(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
    match path:
        case ["channel", channel, *_]:
            return Presence("youtube", id=channel, written="a channel")
        case ["c" | "user", name, *_]:
            return Presence("youtube", written=name)
        case [name, *_] if name.startswith("@"):
            return _named("youtube", name)
        case [name] if _named("youtube", name):
            return Presence("youtube", written=name)
    return None


def _vimeo(path: list[str], query: Mapping[str, str], host: str) -> Presence | None:
    return None if path and path[0].isdigit() else _first("vimeo")(path, query, host)


def _flickr(path: list[str], query: Mapping[str, str], host: str) -> Presence | None:
    single = len(path) > 2 and path[2].isdigit()  # noqa: PLR2004 - photos, whose, which
    return None if single else _after("flickr", "photos", "people")(path, query, host)


def _nextdoor(path: list[str], _query: Mapping[str, str], _host: str) -> Presence | None:
    kinds = {"agency-detail", "agency", "pages", "page"}
    return _named("nextdoor", path[-1]) if len(path) > 1 and path[0] in kinds else None


def _blog(path: list[str], _query: Mapping[str, str], host: str) -> Presence | None:
    return None if path else Presence("blog", host, written=host)


def _mastodon(path: list[str], host: str) -> Presence | None:
    if len(path) != 1 or not re.fullmatch(r"@\w[\w.]*(?:@[\w.-]+)?", path[0]):
        return None
    name, _, home = path[0][1:].partition("@")
    return Presence("mastodon", f"{name}@{home or host}".casefold(), written=f"@{name}@{host}")


_HOSTS = {
    "facebook.com": _facebook,
    "fb.com": _facebook,
    "twitter.com": _x,
    "x.com": _x,
    "youtube.com": _youtube,
    "instagram.com": _first("instagram"),
    "linkedin.com": _after("linkedin", "company", "school", "showcase", "organization"),
    "tiktok.com": _at("tiktok"),
    "threads.net": _at("threads"),
    "threads.com": _at("threads"),
    "medium.com": _at("medium"),
    "bsky.app": _after("bluesky", "profile"),
    "flickr.com": _flickr,
    "vimeo.com": _vimeo,
    "nextdoor.com": _nextdoor,
    "nextdoor.co.uk": _nextdoor,
    "pinterest.com": _first("pinterest"),
    "pinterest.co.uk": _first("pinterest"),
    "whatsapp.com": _after("whatsapp", "channel"),
    "t.me": _first("telegram"),
    "twitch.tv": _first("twitch"),
    "soundcloud.com": _first("soundcloud"),
    "snapchat.com": _after("snapchat", "add"),
}
_ENDS = dict.fromkeys((".wordpress.com", ".blogspot.com", ".blogspot.co.uk", ".tumblr.com"), _blog)


class Standing(StrEnum):
    """Whether a profile is one of those that a council file lists."""

    LISTED = "listed"
    UNLISTED = "unlisted"
    UNSURE = "unsure"  # known by its number, and the listed one only by its name, or the reverse


class Listed:
    """The profiles that a council file lists, by every name and id that is known of them."""

    def __init__(self, not_ours: Iterable[str] = ()) -> None:
        self._marks = {found.mark for a in not_ours if (found := recognised(a)) is not None}
        self._names: set[tuple[str, str]] = set()
        self._ids: set[tuple[str, str]] = set()
        self._hosts: set[str] = set()
        self._known: dict[str, list[tuple[bool, bool]]] = {}

    def add(self, platform: str, told: Iterable[str | None]) -> None:
        """An account with all that is known of it: handles, ids, its address, where it is read."""
        texts = [text for text in told if text]
        found = [one for text in texts if (one := recognised(text) or _bare(platform, text))]
        self._hosts |= {_host(text) for text in texts}
        self._names |= {(one.platform, one.name) for one in found if one.name}
        self._ids |= {(one.platform, one.id) for one in found if one.id}
        self._marks |= {one.mark for one in found}
        ours = [one for one in found if one.platform == platform]
        named, numbered = any(one.name for one in ours), any(one.id for one in ours)
        self._known.setdefault(platform, []).append((named, numbered))

    def standing(self, found: Presence) -> Standing:
        """Whether a profile is listed, as far as that can be told."""
        platform = found.platform
        same = found.mark in self._marks or (platform, found.name) in self._names
        if platform == "mastodon":  # a server may show its people under another address
            same = same or (platform, found.name.partition("@")[0]) in self._names
        if same or (platform, found.id) in self._ids:
            return Standing.LISTED
        if platform == "blog" and found.name in self._hosts:
            return Standing.LISTED
        ours = self._known.get(platform, [])
        if not found.name and not found.id:
            return Standing.LISTED if ours else Standing.UNLISTED
        lacking = [not (named if found.name else numbered) for named, numbered in ours]
        return Standing.UNSURE if any(lacking) else Standing.UNLISTED


def _host(text: str) -> str:
    try:
        return (urlsplit(text).hostname or "").lower()
    except ValueError:
        return ""


def _bare(platform: str, text: str) -> Presence | None:
    """A handle or an id as a council file or a platform writes it."""
    word = text.strip().removeprefix("@").rpartition("urn:li:organization:")[2]
    if platform == "youtube" and re.fullmatch(r"UC[\w-]{22}", word):
        return Presence(platform, id=word)
    if word.isdigit() or word.startswith("did:"):
        return Presence(platform, id=word)
    if "/" in word or " " in word or not word:
        return None
    name = word.casefold()
    if platform == "mastodon":
        name = name.partition("@")[0]
    return Presence(platform, name.replace(".", "") if platform == "facebook" else name)
