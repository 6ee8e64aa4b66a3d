"""Bluesky's answers as our records.

Pure functions from parsed JSON, which is hostile and may lack anything. They raise only
``Malformed``, for a post without an address or a time. Shapes: the lexicons ``app.bsky.*`` of
November 2026; https://docs.bsky.app.
"""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - read at run time by get_type_hints
from typing import TYPE_CHECKING, Any

from connectors.bluesky_media import external, mapping, sequence
from connectors.hypertext import web_address
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

    from connectors.bluesky_client import Raw
    from socialaudit.models import AccountKind

ADDRESS = re.compile(r"at://(did:[a-z]+:[A-Za-z0-9._:%-]+)/app\.bsky\.feed\.post/([\w.~:-]{1,512})")
"""The address of a post: whose it is, and its name there."""
MEMBERS_ONLY = "!no-unauthenticated"
"""The label by which an account asks to be shown only to people who are signed in."""

_SET_ASIDE = {"spam", "!hide", "!takedown"}
"""Labels of a moderation service that take a post out of sight."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINK = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]")
_OF_PEOPLE = {"author", "viewer", "debug", "threadgate", "likeCount"}


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose records these are. ``members_only`` is unknown until the profile is read."""

    account: str
    did: str
    handle: str
    salt: bytes = field(repr=False)
    members_only: bool | None = None

    def has(self, address: object) -> bool:
        """Whether what has this address is the account's own."""
        return str(address or "").startswith(f"at://{self.did}/")


def actor(handle: str) -> str:
    """A handle or DID, however a person wrote it: with @, as an address, without its domain.

    >>> actor("@Cromer"), actor("https://bsky.app/profile/cromer.gov.uk/post/3k"), actor("did:plc:ab")
    ('cromer.bsky.social', 'cromer.gov.uk', 'did:plc:ab')
    """
    written = unicodedata.normalize("NFKC", _UNSEEN.sub("", handle)).strip()
    if "/" in written:
        host, *path = (
            written.partition("://")[2].split("/") if "://" in written else written.split("/")
        )
        named = "profile" in path[:-1]
        written = path[path.index("profile") + 1] if named else host
    written = written.partition("?")[0].partition("#")[0].lstrip("@").rstrip(".")
    if written[:4].lower() == "did:":
        return written.lower()
    return (written if "." in written or not written else f"{written}.bsky.social").lower()


def account(raw: Raw, owner: Owner, kind: AccountKind) -> Account:
    """The profile. Bluesky has no field for a contact: what there is stands in the description."""
    description = _str(raw.get("description")) or ("" if "handle" in raw else None)
    site = web_address(raw.get("website"), "")
    links = [*([site] if site else []), *_LINK.findall(description or "")]
    made = None
    with suppress(Malformed):
        made = utc(raw["createdAt"]) if raw.get("createdAt") else None
    return Account(
        key=f"bluesky:{owner.did}",
        account=owner.account,
        id=owner.did,
        platform="bluesky",
        kind=kind,
        handle=owner.handle,
        name=_str(raw.get("displayName")) or ("" if "handle" in raw else None),
        description=description,
        permalink=f"https://bsky.app/profile/{_shown(owner)}",
        links=tuple(dict.fromkeys(links)),
        contact="",
        verified=_verified(raw),
        protected=owner.members_only,
        created_at=made,
        payload=scrub({k: v for k, v in raw.items() if k != "viewer"}),
    )


def settings(raw: Raw, owner: Owner) -> Iterator[Setting]:
    """What the profile tells of who may see and reach the account, and what stands against it."""
    associated, verification = mapping(raw.get("associated")), mapping(raw.get("verification"))
    told: dict[str, Any] = {
        "allowIncoming": mapping(associated.get("chat")).get("allowIncoming"),
        "allowSubscriptions": mapping(associated.get("activitySubscription")).get(
            "allowSubscriptions"
        ),
        "verifiedStatus": verification.get("verifiedStatus"),
    }
    if isinstance(raw.get("labels"), list):
        told[MEMBERS_ONLY.removeprefix("!")] = owner.members_only
        told["labels"] = sorted(labels(raw) - {MEMBERS_ONLY})
    for name, value in told.items():
        if value is not None:
            yield Setting(
                key=f"bluesky:{owner.did}:{name}",
                account=owner.account,
                name=name,
                value=json.dumps(value, ensure_ascii=False, sort_keys=True),
                payload={name: scrub(value)},
            )


def members_only(raw: Raw) -> bool | None:
    """Whether a profile asks to be shown to signed-in people alone; ``None`` where untold."""
    return MEMBERS_ONLY in labels(raw) if isinstance(raw.get("labels"), list) else None


def labels(raw: Raw, *, besides: str = "") -> set[str]:
    """The labels that stand on something, without those by ``besides``."""
    given, taken = set[str](), set[str]()
    for label in map(mapping, sequence(raw.get("labels"))):
        if not besides or label.get("src") != besides:
            (taken if label.get("neg") else given).add(str(label.get("val") or ""))
    return given - taken - {""}


def address(view: Any) -> str:
    """Where a post is. Raises ``Malformed``."""
    found = mapping(view).get("uri")
    if not isinstance(found, str) or not ADDRESS.fullmatch(found):
        raise Malformed("a post without an address")
    return found


def published(view: Raw) -> datetime:
    """When a post appeared: as its author says, but never later than when Bluesky saw it.

    Bluesky orders by the same. Raises ``Malformed``.
    """
    found = times(view)
    if not found:
        raise Malformed("a post without a time")
    return min(found)


def times(view: Raw) -> list[datetime]:
    """When a post was written, by its author, and when Bluesky saw it; as far as that is told."""
    told = [mapping(view.get("record")).get("createdAt"), view.get("indexedAt")]
    found = []
    for one in told:
        with suppress(Malformed):
            found += [utc(one)] if isinstance(one, str) else []
    return found


def post(view: Raw, owner: Owner) -> Post:
    """A post of the account. Raises ``Malformed``."""
    native, record = address(view), view.get("record")
    if not isinstance(record, dict):
        raise Malformed("a post without its record")
    answered = reply(record, "parent")
    told = isinstance(view.get("labels"), list)
    return Post(
        key=f"bluesky:{native}",
        account=owner.account,
        id=native,
        kind=PostKind.REPLY if answered else PostKind.POST,
        published_at=published(view),
        text=_str(record.get("text")),
        permalink=_permalink(native, _shown(owner)),
        links=tuple(dict.fromkeys(_links(view, record))),
        audience=Audience.FOLLOWERS if owner.members_only else Audience.PUBLIC,
        replies_from=None if answered else replies_from(view),
        comment_count=count(view),
        hidden=bool(labels(view, besides=owner.did) & _SET_ASIDE) if told else None,
        reply_to=answered or None,
        payload=scrub({k: v for k, v in view.items() if k not in {"author", "viewer", "debug"}}),
    )


def repost(item: Raw, owner: Owner) -> Post:
    """What the account passed on of somebody else's, with whose it is. Raises ``Malformed``."""
    view, reason = mapping(item.get("post")), mapping(item.get("reason"))
    source = address(view)
    native = _str(reason.get("uri")) or f"{source}#repost"
    whose = _str(mapping(view.get("author")).get("handle"))
    said = _str(mapping(view.get("record")).get("text"))
    return Post(
        key=f"bluesky:{native}",
        account=owner.account,
        id=native,
        kind=PostKind.REPOST,
        published_at=utc(reason.get("indexedAt")),
        text=f"RT @{whose}: {said}" if whose and said is not None else said,
        permalink=_permalink(source),
        payload=scrub({"reason": {"uri": native}, "post": {"uri": source}}),
    )


def comment(
    view: Raw, owner: Owner, hidden: frozenset[str] | None, *, mention: bool = False
) -> Comment:
    """A reply under a post of the account, or a mention. ``hidden``: what the account has hidden.

    Raises ``Malformed``.
    """
    native, record = address(view), view.get("record")
    if not isinstance(record, dict):
        raise Malformed("a reply without its record")
    root, parent = reply(record, "root"), reply(record, "parent")
    ours = owner.has(root)
    own = owner.has(native)
    author = ADDRESS.fullmatch(native)
    answers = bool(parent) and parent != root and not mention
    return Comment(
        key=comment_key(native, owner),
        account=owner.account,
        id=native,
        kind=(CommentKind.REPLY if answers else CommentKind.COMMENT)
        if ours
        else CommentKind.MENTION,
        post=f"bluesky:{root}" if ours else None,
        parent=comment_key(parent, owner) if answers and ours else None,
        author=pseudonym(owner.salt, "bluesky", author[1] if author else None),
        own=own,
        text=_str(record.get("text")),
        published_at=published(view),
        state=_state(view, native, hidden, author[1] if author else ""),
        reply_count=count(view),
        permalink=_permalink(native),
        payload=scrub({k: v for k, v in view.items() if own or k not in _OF_PEOPLE}),
    )


def comment_key(native: str, owner: Owner) -> str:
    """The key of a comment: an answer of the account's own is a post too, with a key of its own."""
    return f"bluesky:{native}:answer" if owner.has(native) else f"bluesky:{native}"


def reply(record: Any, name: str) -> str:
    """The address of the post that a post answers (``parent``), or of the first of all (``root``)."""
    return str(mapping(mapping(mapping(record).get("reply")).get(name)).get("uri") or "")


def replies_from(view: Raw) -> str | None:
    """Who may reply, in the words of the threadgate's rules; ``None`` where that is not told."""
    gate = view.get("threadgate")
    if gate is None:
        return "everyone"
    record = mapping(gate).get("record")
    if not isinstance(record, dict):
        return None
    allowed = record.get("allow")
    if allowed is None:
        return "everyone"
    rules = [str(mapping(r).get("$type") or "").rpartition("#")[2] for r in sequence(allowed)]
    return ", ".join(sorted(filter(None, rules))) or "nobody"


def hidden_replies(gate: Any) -> frozenset[str] | None:
    """Addresses of the replies that a threadgate hides; ``None`` for a gate that does not tell."""
    record = mapping(gate).get("record", {})
    if gate is not None and (not isinstance(gate, dict) or "record" not in gate):
        return None
    return frozenset(str(one) for one in sequence(mapping(record).get("hiddenReplies")))


def count(view: Raw) -> int | None:
    """The number of replies that Bluesky states."""
    told = view.get("replyCount")
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def _state(
    view: Raw, native: str, hidden: frozenset[str] | None, author: str
) -> CommentState | None:
    if hidden is None:
        return None
    if native in hidden:
        return CommentState.HIDDEN
    set_aside = labels(view, besides=author) & _SET_ASIDE
    return CommentState.SPAM if set_aside else CommentState.PUBLISHED


def _links(view: Raw, record: Raw) -> Iterator[str]:
    """Addresses in full: the text of a post shows most of them cut short."""
    for facet in sequence(record.get("facets")):
        for feature in map(mapping, sequence(mapping(facet).get("features"))):
            if found := web_address(feature.get("uri"), ""):
                yield found
    for entity in map(mapping, sequence(record.get("entities"))):
        if entity.get("type") == "link" and (found := web_address(entity.get("value"), "")):
            yield found
    if found := web_address(external(view).get("uri"), ""):
        yield found


def _verified(raw: Raw) -> bool | None:
    told = raw.get("verification")
    if not isinstance(told, dict):
        return None
    return "valid" in {told.get("verifiedStatus"), told.get("trustedVerifierStatus")}


def _permalink(native: str, whose: str = "") -> str | None:
    found = ADDRESS.fullmatch(native)
    return f"https://bsky.app/profile/{whose or found[1]}/post/{found[2]}" if found else None


def _shown(owner: Owner) -> str:
    return owner.did if owner.handle in {"", "handle.invalid"} else owner.handle


def _str(value: Any) -> str | None:
    return value if isinstance(value, str) else None
