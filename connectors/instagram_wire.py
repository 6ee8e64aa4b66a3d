"""What Graph says of an Instagram account, its media and their comments, as records.

Pure functions from one raw node to one record. Any field may be missing, null or of another version
of the API: what is not told is None. They raise ``Malformed`` for a node that lacks what no record
can do without.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectors.graph_values import Raw, count_of, flag_of, maybe_of, native_of, text_of
from connectors.transport import pseudonym, scrub, utc
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Comment,
    CommentKind,
    CommentState,
    Live,
    Media,
    MediaKind,
    Post,
    PostKind,
)

if TYPE_CHECKING:
    from connectors import Access

WWW = "https://www.instagram.com"
COMMENTS_ON = "comments on"
COMMENTS_OFF = "comments off"
"""Who may reply, as Instagram's own menu has it ("Turn off commenting"), for ``replies_from``."""

_URL = re.compile(r"https?://[^\s<>\"'\]]+[^\s<>\"'\].,;:!?)»”’]")
_GUESS = re.compile(
    r"(?is)no photo description available\b.*|may be (?:an? \w|art\b).*"
    r"|(?:photo|image)(?: shared)? by .{1,150}? on \w{3,9} \d{1,2}, \d{4}\b.*"
)
"""What Instagram puts in the place of a description that nobody has written."""
_ELSEWHERE = frozenset(
    {"comments", "replies", "children", "from", "user", "owner", "username", "stories", "tags"}
)
"""Parts of a node that belong to other records or name people."""
_FLEETING = frozenset(
    {"media_url", "thumbnail_url", "profile_picture_url", "like_count", "view_count"}
)
"""Parts that differ from one answer to the next though nothing was changed."""


def key(native: object) -> str:
    """The key of a record from Graph's own id."""
    return f"instagram:{native}"


def handle_of(written: str) -> str:
    """The account's number or name, from the ways in which people write it (a link, ``@name``)."""
    text = written.strip().partition("?")[0].strip("/").removeprefix("@")
    if "instagram.com" in text.lower() or "//" in text:
        steps = urlsplit(text if "//" in text else f"//{text}").path.split("/")
        text = next((step for step in steps if step and step != "_u"), text)
    return text.removeprefix("@").split("/", maxsplit=1)[0].lower()


def account(access: Access, raw: Raw) -> Account:
    """The profile. Instagram tells neither a contact, nor a badge, nor who may see the account."""
    name = maybe_of(raw.get("username"))
    told = {"biography", "website", "name"} & raw.keys() or "media_count" not in raw
    sites = [s if "://" in s else f"http://{s}" for s in text_of(raw.get("website") or "").split()]
    return Account(
        key=key(raw["id"]),
        account=access.account,
        id=str(raw["id"]),
        platform="instagram",
        kind=access.kind,
        handle=name or access.handle,
        name=maybe_of(raw.get("name")),
        description=maybe_of(raw.get("biography")) or ("" if told else None),
        permalink=f"{WWW}/{name}/" if name else None,
        links=tuple(sites) if sites or told else None,
        payload=payload_of(raw) | ({"username": name} if name else {}),
    )


def post(account_id: str, raw: Any) -> Post:
    """A picture, album, video, reel or story of the account."""
    identity, moment = _identity(raw), utc(raw.get("timestamp"))
    caption = text_of(raw.get("caption") or "")
    commenting = flag_of(raw.get("is_comment_enabled"))
    return Post(
        key=key(identity),
        account=account_id,
        id=identity,
        kind=_post_kind(raw),
        published_at=moment,
        text=caption,
        permalink=address_of(raw.get("permalink")),
        links=tuple(dict.fromkeys(_URL.findall(caption))),
        replies_from=None if commenting is None else (COMMENTS_OFF, COMMENTS_ON)[commenting],
        comment_count=count_of(raw.get("comments_count")),
        payload=payload_of(raw),
    )


def is_story(raw: Raw) -> bool:
    """Whether a node is a story: gone after a day, and with no place for a description."""
    return str(raw.get("media_product_type")).upper() == "STORY"


def medium(post: Post, raw: Any, *, told: bool) -> Media:
    """A picture or video of a post: the post's own node, or one of an album's.

    ``told`` says that a description left out of the node is one that nobody has written.
    """
    identity = _identity(raw)
    moving = str(raw.get("media_type")).upper() in {"VIDEO", "REELS"}
    written = raw.get("alt_text", "" if told else None)
    if written is None and "alt_text" in raw:
        written = ""
    text = None if moving or written is None else text_of(written)
    guessed = text is not None and _GUESS.fullmatch(text.strip()) is not None
    return Media(
        key=key(identity) if identity != post.id else f"{post.key}/media",
        account=post.account,
        id=identity,
        post=post.key,
        kind=MediaKind.VIDEO if moving else MediaKind.IMAGE,
        published_at=post.published_at,
        permalink=post.permalink,
        alt_text="" if guessed else text,
        automatic_alt_text=text if guessed else None,
        live=Live.NEVER if moving else None,
        payload=payload_of(raw) if identity != post.id else {"id": identity},
    )


def comment(
    access: Access, own: Raw, raw: Any, *, post: str | None, link: str | None, parent: str | None
) -> Comment:
    """A comment or reply; ``own`` is the account's node, ``link`` leads to the post.

    The account's own comments stay visible whatever ``hidden`` says (IG Comment reference).
    """
    identity, moment = _identity(raw), utc(raw.get("timestamp"))
    above = native_of(raw.get("parent_id")) or parent
    mine = _is_own(own, raw)
    hidden = flag_of(raw.get("hidden"))
    state = None
    if hidden is not None:
        state = CommentState.HIDDEN if hidden and not mine else CommentState.PUBLISHED
    place = f"c/{above}/r/{identity}/" if above else f"c/{identity}/"
    return Comment(
        key=key(identity),
        account=access.account,
        id=identity,
        kind=CommentKind.REPLY if above else CommentKind.COMMENT,
        post=key(post) if post else None,
        parent=key(above) if above else None,
        author=pseudonym(access.salt, "instagram", _author(raw)),
        own=mine,
        text=text_of(raw.get("text") or ""),
        published_at=moment,
        state=state,
        permalink=f"{link.rstrip('/')}/{place}" if link else None,
        payload=payload_of(raw),
    )


def mention(access: Access, own: Raw, raw: Any) -> Comment:
    """Somebody else's post in which the account is tagged."""
    identity, moment = _identity(raw), utc(raw.get("timestamp"))
    return Comment(
        key=key(identity),
        account=access.account,
        id=identity,
        kind=CommentKind.MENTION,
        author=pseudonym(access.salt, "instagram", _author(raw)),
        own=_is_own(own, raw),
        text=text_of(raw.get("caption") or ""),
        published_at=moment,
        permalink=address_of(raw.get("permalink")),
        payload=payload_of(raw),
    )


def address_of(value: Any) -> str | None:
    """A web address, or None for anything else."""
    try:
        good = isinstance(value, str) and urlsplit(value).scheme in {"http", "https"}
    except ValueError:
        good = False
    return value if good else None


def payload_of(raw: Raw) -> Raw:
    """A raw node without people's names, other records, secrets and what changes by itself."""
    scrubbed: Raw = scrub({k: v for k, v in raw.items() if k not in _ELSEWHERE | _FLEETING})
    return scrubbed


def _author(raw: Raw) -> Any:
    """Who wrote it: the number where it is told, which outlives a change of name."""
    writer = raw.get("from")
    told: Raw = writer if isinstance(writer, dict) else {}
    return told.get("id") or raw.get("username") or told.get("username")


def _is_own(own: Raw, raw: Raw) -> bool | None:
    """Whether the account wrote it. ``from.id`` may be another number of the same account."""
    writer = raw.get("from")
    told: Raw = writer if isinstance(writer, dict) else {}
    name = raw.get("username") or told.get("username")
    if told.get("id") and str(told["id"]) in {str(own.get("id")), str(own.get("user_id"))}:
        return True
    if name and own.get("username"):
        return str(name).lower() == str(own["username"]).lower()
    return False if told.get("id") else None


def _post_kind(raw: Raw) -> PostKind:
    words = {str(raw.get(name)).upper() for name in ("media_product_type", "media_type")}
    if words & {"REELS", "REEL"}:
        return PostKind.REEL
    return PostKind.VIDEO if "VIDEO" in words and not is_story(raw) else PostKind.POST


def _identity(raw: Any) -> str:
    identity = native_of(raw.get("id")) if isinstance(raw, dict) else None
    if identity is None:
        msg = "a record without an id"
        raise Malformed(msg)
    return identity
