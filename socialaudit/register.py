"""The moderation register: what was hidden, deleted or reported, by whom and under which rule.

A clerk keeps it by hand. It is matched with what the runs saw by link: links are compared by what
they name, so that an address copied from a telephone fits the one that the platform gives us.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003 - the store reads these annotations at run time
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

if TYPE_CHECKING:
    from socialaudit.models import Comment

MAX_LINK = 1_000
"""Characters of an address; Facebook's grow long with what it adds to follow people by."""
_SUBDOMAIN = re.compile(r"^(?:www|m|web|mobile|mbasic|touch)\.")
_PLATFORMS = {
    "bsky.app": "bluesky",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "instagram.com": "instagram",
    "linkedin.com": "linkedin",
    "twitter.com": "x",
    "x.com": "x",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
}
_COMMENT = ("reply_comment_id", "comment_id", "replyUrn", "commentUrn", "lc")
"""Parameters of an address that name a comment, the nearest first: a reply, then Facebook's, LinkedIn's, YouTube's."""
_NAMING = frozenset({*_COMMENT, "story_fbid", "fbid", "id", "v", "list"})
_ENCODED = "Y29tbWVudDo"  # "comment:", as Facebook's pages write 10_30 into an address


class Action(StrEnum):
    """What somebody did."""

    HIDDEN = "hidden"
    DELETED = "deleted"
    REPORTED = "reported"
    LOOKED = "looked at members"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the register: an action of a day on what a link leads to.

    ``rule`` is the council's own rule or the reason in its words, ``by`` who did it.
    """

    council: str
    day: date
    link: str
    action: Action
    rule: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """A record that a run found gone, which an earlier one had read.

    ``kind`` is post, media or comment. ``comment`` is the comment as last kept, ``None`` for
    another kind and for one whose body retention has emptied; ``last_seen`` is when a run last
    read it.
    """

    key: str
    account: str
    kind: str
    comment: Comment | None = None
    last_seen: datetime | None = None


def a_link(text: str) -> str:
    """``text`` when it is a web address that people can follow; raise ``ValueError``."""
    if len(text) > MAX_LINK:
        raise ValueError(f"must be at most {MAX_LINK:,} characters; cut it at the first &__")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if (
        not host
        or "." not in host
        or not text.isprintable()
        or " " in text
        or parts.scheme not in {"http", "https"}
    ):
        raise ValueError("must be a web address, copied whole: https://www.facebook.com/…")
    return text


def names(link: str) -> frozenset[str]:
    """By what a link can be known: its parts that matter, and the record that it names.

    >>> sorted(names("https://m.facebook.com/testham/posts/10/?comment_id=30&ref=share"))
    ['facebook 30', 'facebook.com/testham/posts/10?comment_id=30']
    """
    host, path, query = _parts(link)
    plain = f"{host}{path}" + (f"?{urlencode(sorted(query.items()))}" if query else "")
    platform = _PLATFORMS.get(host)
    native = next((query[name] for name in _COMMENT if name in query), path.rpartition("/")[2])
    return frozenset({plain, f"{platform} {_native(native)}"} if platform and native else {plain})


def within(link: str, place: str) -> bool:
    """Whether a link leads to a place or to a page below it.

    >>> within("https://m.facebook.com/groups/7/members", "https://www.facebook.com/groups/7/")
    True
    """
    (host, path, _), (other, top, _) = _parts(link), _parts(place)
    return bool(host) and host == other and f"{path}/".lower().startswith(f"{top}/".lower())


def names_of(key: str, permalink: object = None) -> frozenset[str]:
    """By what a record can be known in the register; its permalink may be missing."""
    platform, _, native = key.partition(":")
    told = names(permalink) if isinstance(permalink, str) else frozenset()
    return told | {f"{platform} {_native(native)}"}


def _parts(link: str) -> tuple[str, str, dict[str, str]]:
    """Host, path and the parameters that name something; all empty for what is no address."""
    try:
        parts = urlsplit(link.strip())
        host = _SUBDOMAIN.sub("", (parts.hostname or "").lower())
    except ValueError:
        return "", "", {}
    told = parse_qsl(parts.query)
    kept = {name: value for name, value in told if name in _NAMING or host not in _PLATFORMS}
    return host, parts.path.rstrip("/"), kept


def _native(written: str) -> str:
    """A comment's own id: Facebook puts that of its post before it, LinkedIn that of its thread."""
    if written.startswith("urn:li:comment:("):
        return written.rpartition(",")[2].removesuffix(")")
    if written.startswith(_ENCODED):
        try:
            written = urlsafe_b64decode(written + "=" * (-len(written) % 4)).decode("ascii")
        except ValueError:
            return written
        return written.rpartition("_")[2]
    post, _, own = written.rpartition("_")
    return own if post.isdigit() and own.isdigit() else written
