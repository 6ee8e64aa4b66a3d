"""What Graph says of a Page, its settings and comments, as records; and how to read any field.

Pure functions from one raw node to one record. Any field may be missing, null or of another
generation of the API: what is not told is None. They raise ``Malformed`` for a node that lacks
what no record can do without.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from connectors.graph_values import Raw, count_of, flag_of, maybe_of, native_of, text_of
from connectors.transport import pseudonym, scrub, utc
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Comment,
    CommentKind,
    CommentState,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors import Access

URL = re.compile(r"https?://[^\s<>\"'\]]+[^\s<>\"'\].,;:!?)»”’]")
_SITE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
_BEFORE_NAME = frozenset({"pages", "people", "pg", "p", "profile"})
"""What may stand between facebook.com and a Page's name."""
_PEOPLE = frozenset({"from", "to", "message_tags", "story_tags", "with_tags", "admin_creator"})


def key(native: object) -> str:
    """The key of a record from Facebook's own id."""
    return f"facebook:{native}"


def the_page(raw: Raw, handle: str) -> Raw:
    """The answer, if it is about a Page."""
    if not raw.get("id") and not (raw.get("name") and handle.isdigit()):
        raise Malformed(f"Facebook's answer for {handle} is not about a Page")
    return {**raw, "id": str(raw.get("id") or handle)}


def handle_of(written: str) -> str:
    """The Page's number or name, from the ways in which people write it (a link, ``@name``)."""
    text = written.strip().strip("/").removeprefix("@")
    if not re.search(r"(?:facebook|fb)\.com/|//", text):
        return text.split("/", maxsplit=1)[0]
    split = urlsplit(text if "//" in text else f"//{text}")
    steps = [step for step in split.path.split("/") if step]
    named = bool(steps) and steps[0] in _BEFORE_NAME
    own = steps[1:] if named and len(steps) > 1 else steps[:1]
    number = parse_qs(split.query).get("id") or [
        found for step in own for found in re.findall(r"\d{6,}$", step)
    ]
    return number[0] if number else (own or [text])[0].removeprefix("@")


def page(access: Access, raw: Raw) -> Account:
    """The profile. A field left out of an answer that honours the field list was empty."""
    told = "is_published" in raw
    description = raw.get("description") or raw.get("about")
    ways = (raw.get("phone"), *_texts(raw.get("emails")), raw.get("single_line_address"))
    contact = ", ".join(str(way) for way in ways if way)
    verified = raw.get("is_verified")
    if "verification_status" in raw:
        verified = str(raw["verification_status"]) in {"blue_verified", "gray_verified"}
    website = [
        site if "://" in site else f"http://{site}"
        for site in text_of(raw.get("website") or "").replace(",", " ").split()
        if _SITE.fullmatch(site) or URL.fullmatch(site)
    ]
    return Account(
        key=key(raw["id"]),
        account=access.account,
        id=str(raw["id"]),
        platform="facebook",
        kind=access.kind,
        handle=str(raw.get("username") or access.handle),
        name=maybe_of(raw.get("name")),
        description=maybe_of(description) or ("" if told else None),
        permalink=maybe_of(raw.get("link")) or f"https://www.facebook.com/{raw['id']}",
        links=tuple(website) if website or told else None,
        contact=contact or ("" if told else None),
        verified=flag_of(verified),
        published=flag_of(raw.get("is_published")),
        payload=scrub({k: v for k, v in raw.items() if k not in {"settings", "access_token"}}),
    )


def setting(account: str, native: str, raw: Any) -> Setting:
    """One Page setting under Facebook's own name."""
    if not isinstance(raw, dict) or not raw.get("setting") or "value" not in raw:
        msg = "a Page setting without name or value"
        raise Malformed(msg)
    name = str(raw["setting"])
    value = json.dumps(scrub(raw["value"]), ensure_ascii=False, sort_keys=True)
    own = f"{key(native)}/settings/{name}"
    return Setting(key=own, account=account, name=name, value=value, payload=scrub(raw))


def comment(
    access: Access,
    own: str,
    raw: Any,
    *,
    post: str | None,
    parent: str | None = None,
    kind: CommentKind | None = None,
) -> Comment:
    """A comment; ``own`` is the Page's id, ``post`` and ``parent`` are native ids, if known.

    ``is_private`` comments are neither public nor hidden by the council: their state is None.
    """
    if not isinstance(raw, dict):
        msg = "a comment that is no object"
        raise Malformed(msg)
    moment = utc(raw.get("created_time"))
    told = raw.get("parent")
    above = native_of(told.get("id")) if isinstance(told, dict) else parent
    author = raw.get("from")
    who = author.get("id") if isinstance(author, dict) else None
    hidden = flag_of(raw.get("is_hidden"))
    state = CommentState.HIDDEN if hidden else None
    if hidden is False and raw.get("is_private") is not True:
        state = CommentState.PUBLISHED
    identity = native_of(raw.get("id")) or _nameless(post, raw)
    return Comment(
        key=key(identity),
        account=access.account,
        id=identity,
        kind=kind or (CommentKind.REPLY if above else CommentKind.COMMENT),
        post=key(post) if post else None,
        parent=key(above) if above else None,
        author=pseudonym(access.salt, "facebook", who),
        own=None if who is None else str(who) == own,
        text=text_of(raw.get("message") or ""),
        published_at=moment,
        state=state,
        reply_count=count_of(raw.get("comment_count")),
        permalink=address_of(raw.get("permalink_url")),
        payload=payload_of(raw, {"comments", "attachments"}),
    )


def is_sample(nested: Any, stated: int) -> bool:
    """Whether the comments in a post are but the first few, with no page to follow (Graph v1)."""
    return "paging" not in nested and 0 < len(nested["data"]) < stated


def without_replies(comments: list[Any]) -> list[Raw]:
    """Comments that state replies of which none came: the list was not one of all levels."""
    told = [one for one in comments if isinstance(one, dict)]
    answered = {str(one["parent"].get("id")) for one in told if isinstance(one.get("parent"), dict)}
    return [
        one
        for one in told
        if count_of(one.get("comment_count"))
        and not one.get("comments")
        and not isinstance(one.get("parent"), dict)
        and native_of(one.get("id"))
        and str(one["id"]) not in answered
    ]


def _nameless(post: str | None, raw: Raw) -> str:
    """An id for a comment that Graph shows without one (no MODERATE task): it cannot be reread."""
    words = json.dumps([raw.get("created_time"), raw.get("message")])
    return f"{post}#{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def payload_of(raw: Raw, without: Iterable[str]) -> Raw:
    """A raw node without people's names, what belongs to other records, and secrets."""
    kept = {k: v for k, v in raw.items() if k not in _PEOPLE and k not in set(without)}
    scrubbed: Raw = scrub(kept)
    return scrubbed


def address_of(value: Any) -> str | None:
    """A web address; Facebook writes some without the host."""
    if not isinstance(value, str) or not value:
        return None
    if value.startswith("/"):
        return f"https://www.facebook.com{value}"
    try:
        return value if urlsplit(value).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _texts(value: Any) -> list[str]:
    return [text_of(one) for one in value] if isinstance(value, list) else []
