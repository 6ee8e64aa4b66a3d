"""What a Mastodon server says of an account and its statuses, as our models. All raise ``Malformed``.

Entities: https://docs.joinmastodon.org/entities/ as of 4.5. Servers of the same API leave out, add
and rename: what is not told is ``None``, and nothing but an id and a time is needed. Payloads hold
only what is named here: statuses carry the names of many people.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.hypertext import web_address
from connectors.mastodon_text import said
from connectors.transport import pseudonym, scrub, utc
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Audience,
    Comment,
    CommentKind,
    CommentState,
    Post,
    PostKind,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access

Raw = dict[str, Any]

_AUDIENCES = {
    "public": Audience.PUBLIC,
    "unlisted": Audience.UNLISTED,
    "private": Audience.FOLLOWERS,
    "direct": Audience.PRIVATE,
    "self": Audience.PRIVATE,
    **dict.fromkeys(
        ("local", "list", "limited", "mutuals_only", "followers", "login"), Audience.FOLLOWERS
    ),
}
"""Of Mastodon; and of Pleroma, Akkoma and GoToSocial, where members of the server or chosen people see it."""
_SETTINGS = (
    "locked",
    "discoverable",
    "indexable",
    "bot",
    "noindex",
    "hide_collections",
    "limited",
)
_OWN_SETTINGS = (
    "privacy",
    "sensitive",
    "language",
    "quote_policy",
    "follow_requests_count",
    "attribution_domains",
)
"""Those of ``source``, which the account's own token shows."""
_OF_ACCOUNT = (
    *("id", "username", "acct", "display_name", "note", "url", "uri", "fields", "created_at"),
    *("suspended", "group", *_SETTINGS),
)
_OF_STATUS = (
    *("id", "uri", "created_at", "edited_at", "visibility", "sensitive", "spoiler_text"),
    *("content", "language", "in_reply_to_id", "replies_count", "poll", "pinned", "local_only"),
    *("interaction_policy", "quote_approval"),
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that is read: its entry in the council file, and its id on its server."""

    account: str
    id: str
    server: str
    salt: bytes


def account(raw: Raw, access: Access, server: str) -> Account:
    """The profile; the rows of its table are lines of the description."""
    native, handle = identity(raw), text_of(raw.get("username")) or text_of(raw.get("acct"))
    note = said(raw["note"], server) if isinstance(raw.get("note"), str) else None
    rows = [
        (text_of(row.get("name")) or "", said(text_of(row.get("value")) or "", server), row)
        for row in sequence(raw.get("fields"))
        if isinstance(row, dict)
    ]
    lines = [note.text if note else "", *(f"{name}: {value.text}" for name, value, _ in rows)]
    links = [*(note.links if note else ()), *(link for _, value, _ in rows for link in value.links)]
    told = note is not None or "fields" in raw
    return Account(
        key=f"mastodon:{native}",
        account=access.account,
        id=native,
        platform="mastodon",
        kind=access.kind,
        handle=handle or access.handle,
        name=text_of(raw.get("display_name")) or handle,
        description="\n".join(line for line in lines if line) if told else None,
        permalink=web_address(raw.get("url") or raw.get("uri"), server),
        links=tuple(dict.fromkeys(links)) if told else None,
        contact="" if told else None,  # a profile has no other place for it
        verified=any(row.get("verified_at") for _, _, row in rows) if "fields" in raw else None,
        created_at=moment_of(raw.get("created_at")),
        payload=chosen(raw, _OF_ACCOUNT),
    )


def settings(raw: Raw, owner: Owner) -> Iterator[Setting]:
    """What the profile and its ``source`` state of privacy and moderation."""
    source = raw.get("source")
    told = {name: raw[name] for name in _SETTINGS if name in raw}
    if isinstance(source, dict):
        told |= {name: source[name] for name in _OWN_SETTINGS if name in source}
    for name, value in told.items():
        yield setting(name, value, owner)


def setting(name: str, value: object, owner: Owner) -> Setting:
    """One setting, under the server's name for it."""
    return Setting(
        key=f"mastodon:{owner.id}:{name}",
        account=owner.account,
        name=name,
        value=json.dumps(value, ensure_ascii=False, sort_keys=True),
        payload={name: scrub(value)},
    )


def post(raw: Raw, owner: Owner) -> Post:
    """A status of the account; of a boost, the words that it passes on."""
    native, inner = identity(raw), raw.get("reblog")
    shown = inner if isinstance(inner, dict) else raw
    words, links = content(shown, owner.server)
    title = shown.get("spoiler_text")
    kind = PostKind.POST
    if isinstance(inner, dict):
        kind = PostKind.REPOST
    elif answers_others(raw, owner):
        kind = PostKind.REPLY
    return Post(
        key=f"mastodon:{native}",
        account=owner.account,
        id=native,
        kind=kind,
        published_at=published(raw),
        edited_at=moment_of(raw.get("edited_at")),
        title=said(title, "").text if isinstance(title, str) else None,
        text=words,
        permalink=permalink(raw, owner.server) or permalink(shown, owner.server),
        links=links,
        audience=_AUDIENCES.get(str(raw.get("visibility"))),
        replies_from=_replies_from(raw),
        comment_count=count(raw.get("replies_count")),
        reply_to=text_of(raw.get("in_reply_to_id")) if kind is PostKind.REPLY else None,
        payload=chosen(raw, _OF_STATUS) | ({"reblog": True} if inner else {}),
    )


def comment(
    raw: Raw, owner: Owner, place: tuple[str | None, str | None], link: str | None
) -> Comment:
    """A status by anybody, standing under ``place``: the keys of a post and of a comment.

    ``link`` leads to that post. The author's own address holds their name, so it serves only
    where there is no other.
    """
    native, (under, parent) = identity(raw), place
    own, author = is_own(raw, owner), raw.get("account")
    words, _ = content(raw, owner.server)
    warning = text_of(raw.get("spoiler_text"))
    under_post = CommentKind.COMMENT if under else CommentKind.MENTION
    return Comment(
        key=comment_key(native, own=own),
        account=owner.account,
        id=native,
        kind=CommentKind.REPLY if parent else under_post,
        post=under,
        parent=parent,
        author=pseudonym(
            owner.salt, "mastodon", author.get("id") if isinstance(author, dict) else None
        ),
        own=own,
        text=f"{warning}\n{words}" if warning and words is not None else words,
        published_at=published(raw),
        edited_at=moment_of(raw.get("edited_at")),
        state=CommentState.PUBLISHED,
        reply_count=count(raw.get("replies_count")),
        permalink=f"{link}#{native}" if link else permalink(raw, owner.server),
        payload=chosen(raw, [name for name in _OF_STATUS if own or name != "uri"]),
    )


def content(raw: Raw, server: str) -> tuple[str | None, tuple[str, ...] | None]:
    """The words of a status with the answers of its poll, and its links with that of a quoted post."""
    html, poll = raw.get("content"), raw.get("poll")
    if not isinstance(html, str):
        plain = raw.get("text")
        return (plain if isinstance(plain, str) else None), None
    found = said(html, server)
    options = sequence(poll.get("options")) if isinstance(poll, dict) else []
    answers = [said(text_of(o.get("title")) or "", "").text for o in options if isinstance(o, dict)]
    quote = raw.get("quote")
    quoted = quote.get("quoted_status", quote) if isinstance(quote, dict) else None
    link = permalink(quoted, server) if isinstance(quoted, dict) else None
    links = dict.fromkeys([*found.links, *([link] if link else [])])
    return "\n".join(part for part in (found.text, *answers) if part), tuple(links)


def answers_others(raw: Raw, owner: Owner) -> bool:
    """Whether a status answers somebody else; who goes on with an own thread does not."""
    answered = raw.get("in_reply_to_account_id")
    return bool(raw.get("in_reply_to_id")) and str(answered) != owner.id


def is_own(raw: Raw, owner: Owner) -> bool | None:
    """Whether the account wrote it; ``None`` where the server does not say who did."""
    author = raw.get("account")
    native = author.get("id") if isinstance(author, dict) else None
    return str(native) == owner.id if text_of(native) else None


def is_message(raw: Raw) -> bool:
    """Whether it is a private message: a status that only those named in it can see."""
    return raw.get("visibility") == "direct" and bool(sequence(raw.get("mentions")))


def comment_key(native: str, *, own: bool | None) -> str:
    """The key of a comment: an answer of the account's own is a post too, with a key of its own."""
    return f"mastodon:{native}:answer" if own else f"mastodon:{native}"


def identity(raw: object) -> str:
    """The id of an entity; some servers send numbers. Raises ``Malformed``."""
    native = raw.get("id") if isinstance(raw, dict) else None
    if isinstance(native, bool) or not isinstance(native, str | int) or native == "":
        raise Malformed("an item without an id")
    return str(native)


def published(raw: Raw) -> datetime:
    """When a status was published. Raises ``Malformed``."""
    return utc(raw.get("created_at"))


def moment_of(value: object) -> datetime | None:
    """A time that may be missing, or be none."""
    try:
        return utc(value)
    except Malformed:
        return None


def count(value: object) -> int | None:
    """A number that a server states."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text_of(value: object) -> str | None:
    """A text, or a number as text; ``None`` for none and for an empty one."""
    told = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) or None if told else None


def sequence(value: object) -> list[Any]:
    """A list; anything else is none."""
    return value if isinstance(value, list) else []


def permalink(raw: Raw, server: str) -> str | None:
    """Where people find it."""
    return web_address(raw.get("url"), server) or web_address(raw.get("uri"), server)


def chosen(raw: Raw, names: Any) -> Raw:
    """What of an entity is kept as its payload."""
    kept: Raw = scrub({name: raw[name] for name in names if name in raw})
    return kept


def holds_replies(raw: Raw) -> bool:
    """Whether some replies wait until the account approves of them, as GoToSocial can."""
    rule = _reply_rule(raw)
    return bool(sequence(rule.get("manual_approval")) or sequence(rule.get("with_approval")))


def _replies_from(raw: Raw) -> str | None:
    """Who may reply, in GoToSocial's words; Mastodon knows no such limit."""
    rule = _reply_rule(raw)
    always = sequence(rule.get("automatic_approval")) or sequence(rule.get("always"))
    words = [word for word in always if isinstance(word, str)]
    return "public" if "public" in words else ",".join(words) or None


def _reply_rule(raw: Raw) -> Raw:
    policy = raw.get("interaction_policy")
    rule = policy.get("can_reply") if isinstance(policy, dict) else None
    return rule if isinstance(rule, dict) else {}
