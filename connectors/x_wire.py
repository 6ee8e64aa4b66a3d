"""X's answers as our records: both generations of field names, and whatever is missing.

Pure functions from parsed JSON, which is hostile and may lack anything. They raise only
``Malformed``, for a record without an id or a time. Shapes: X API v2, OpenAPI 2.166 (``tweet``)
and 2.167 (``post``).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors.transport import pseudonym, scrub
from connectors.x_answer import either, identity, mapping, moment, reference, sequence, times
from connectors.x_threads import comment_key
from socialaudit.models import (
    Account,
    Audience,
    Comment,
    CommentKind,
    Post,
    PostKind,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors.x_answer import Answer, Raw
    from socialaudit.models import AccountKind

_SETTINGS = (
    "protected",
    "withheld",
    "parody",
    "verified_type",
    "is_identity_verified",
    "receives_your_dm",
    "pinned_tweet_id",
    "pinned_post_id",
)
_HERE = {"GB", "XX", "XY"}
"""Withheld in the United Kingdom, everywhere, or for copyright."""
_OF_PEOPLE = {"author_id", "in_reply_to_user_id", "username", "entities", "geo"}
_ENTITY = re.compile("&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose records these are. ``protected`` is unknown until the profile is read."""

    account: str
    id: str
    username: str
    salt: bytes = field(repr=False)
    protected: bool | None = None

    @property
    def called(self) -> str:
        """What a search may call the account: its name, or else its id."""
        return self.username or self.id


def account(raw: Raw, owner: Owner, kind: AccountKind) -> Account:
    """The profile."""
    entities, told = mapping(raw.get("entities")), "created_at" in raw or "description" in raw
    links = [
        link
        for part in ("url", "description")
        for link in _addresses(mapping(entities.get(part)).get("urls"))
    ]
    if not links and raw.get("url"):
        links = [str(raw["url"])]
    return Account(
        key=f"x:{owner.id}",
        account=owner.account,
        id=owner.id,
        platform="x",
        kind=kind,
        handle=owner.username,
        name=unescaped(raw.get("name")),
        description=unescaped(raw.get("description")),
        permalink=f"https://x.com/{owner.username or f'i/user/{owner.id}'}",
        links=tuple(dict.fromkeys(links)) if links or told else None,
        verified=_verified(raw),
        protected=owner.protected,
        created_at=moment(raw.get("created_at")),
        payload=scrub(raw),
    )


def settings(raw: Raw, owner: Owner) -> Iterator[Setting]:
    """What the profile tells of privacy and standing, under X's own names."""
    for name in _SETTINGS:
        if name in raw:
            yield Setting(
                key=f"x:{owner.id}:{name}",
                account=owner.account,
                name=name,
                value=json.dumps(raw[name], ensure_ascii=False, sort_keys=True),
                payload={name: scrub(raw[name])},
            )


def post(raw: Raw, owner: Owner, answer: Answer) -> Post:
    """A post of the account, in the version given."""
    native, told = identity(raw), "created_at" in raw
    published, edited = times(raw, answer)
    links = [link for part in entities_of(raw) for link in _addresses(part.get("urls"))]
    audience = None
    if owner.protected is not None:
        audience = Audience.FOLLOWERS if owner.protected else Audience.PUBLIC
    return Post(
        key=f"x:{native}",
        account=owner.account,
        id=native,
        kind=kind(raw),
        published_at=published,
        edited_at=edited,
        title=unescaped(mapping(either(raw, "article", "article_title")).get("title")),
        text=text(raw),
        permalink=f"https://x.com/{owner.username or 'i'}/status/{native}",
        links=tuple(dict.fromkeys(links)) if links or told else None,
        audience=audience,
        replies_from=_str(raw.get("reply_settings")),
        comment_count=reply_count(raw),
        hidden=_withheld(raw) if told else None,
        reply_to=reference(raw, "replied_to"),
        payload=scrub(raw),
    )


def comment(
    raw: Raw,
    owner: Owner,
    answer: Answer,
    place: tuple[str | None, str | None],
    *,
    own: bool | None = None,
) -> Comment:
    """A reply, or a mention; ``place`` is what ``Threads.place`` says of it.

    ``own`` says whose it is where the answer need not.
    """
    native, (post, parent) = identity(raw), place
    published, edited = times(raw, answer)
    author = raw.get("author_id") or (owner.id if own else None)
    own = str(author) == owner.id if author else None
    under_post = CommentKind.COMMENT if post else CommentKind.MENTION
    return Comment(
        key=comment_key(native, own=own),
        account=owner.account,
        id=native,
        kind=CommentKind.REPLY if parent else under_post,
        post=post,
        parent=parent,
        author=pseudonym(owner.salt, "x", author),
        own=own,
        text=text(raw),
        published_at=published,
        edited_at=edited,
        reply_count=reply_count(raw),
        permalink=f"https://x.com/i/status/{native}",
        payload=scrub({k: v for k, v in raw.items() if own or k not in _OF_PEOPLE}),
    )


def text(raw: Raw) -> str | None:
    """The whole text, for ``text`` is cut where there is a note, without the link to its own media.

    X adds that link to what the author wrote, and does not show it.
    """
    note = mapping(either(raw, "note_tweet", "note_post")).get("text")
    whole = note if isinstance(note, str) and note else raw.get("text")
    if not isinstance(whole, str):
        return None
    for part in entities_of(raw):
        for url in sequence(part.get("urls")):
            if isinstance(url, dict) and _shows_media(url) and url.get("url"):
                whole = whole.removesuffix(str(url["url"])).rstrip()
    return unescaped(whole)


def kind(raw: Raw) -> PostKind:
    """Repost, reply or post; a quote is a post of its own."""
    if reference(raw, "retweeted", "reposted"):
        return PostKind.REPOST
    answers = reference(raw, "replied_to") or raw.get("in_reply_to_user_id")
    return PostKind.REPLY if answers else PostKind.POST


def reply_count(raw: Raw) -> int | None:
    """The number of replies that X states."""
    count = mapping(raw.get("public_metrics")).get("reply_count")
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _verified(raw: Raw) -> bool | None:
    if isinstance(raw.get("verified"), bool):
        return bool(raw["verified"])
    return raw["verified_type"] not in {"none", None} if "verified_type" in raw else None


def _withheld(raw: Raw) -> bool:
    told = mapping(raw.get("withheld"))
    return bool(
        told.get("copyright") or _HERE & {str(c) for c in sequence(told.get("country_codes"))}
    )


def entities_of(raw: Raw) -> Iterator[Raw]:
    """What X found in a text: that of a long post first, which holds the whole."""
    yield mapping(mapping(either(raw, "note_tweet", "note_post")).get("entities"))
    yield mapping(raw.get("entities"))


def _addresses(urls: Any) -> Iterator[str]:
    """Addresses in full, without those that only show the post's own media."""
    for url in sequence(urls):
        if isinstance(url, dict) and not _shows_media(url):
            address = url.get("unwound_url") or url.get("expanded_url") or url.get("url")
            if address:
                yield str(address)


def _shows_media(url: Raw) -> bool:
    shown = str(url.get("display_url", ""))
    return bool(url.get("media_key")) or shown.startswith(("pic.twitter.com/", "pic.x.com/"))


def unescaped(value: object) -> str | None:
    """A text as written: X escapes three characters."""
    if not isinstance(value, str):
        return None
    return _ENTITY.sub(lambda m: _ENTITIES[m[1]], value)


def _str(value: Any) -> str | None:
    return value if isinstance(value, str) else None
