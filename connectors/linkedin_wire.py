"""What LinkedIn says of a page, of who may act for it and of comments, as records.

Pure functions from one raw item to one record. Any field may be missing, null or of another version:
what is not told is None. They raise ``Malformed`` for an item that lacks what no record can do
without. Times are milliseconds since 1970.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from connectors.linkedin_values import (
    URL,
    URN,
    WWW,
    Raw,
    count_of,
    key,
    list_of,
    localized_of,
    object_of,
    payload_of,
    text_of,
    time_of,
)
from connectors.transport import pseudonym, scrub
from socialaudit.errors import Malformed
from socialaudit.models import Account, Comment, CommentKind, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access


_PAGES = frozenset({"urn:li:organization", "urn:li:organizationBrand", "urn:li:company"})


def handle_of(written: str) -> str:
    """The page's number or name, from the ways in which people write it (a link, URN, ``@name``)."""
    text = written.strip().strip("/").removeprefix("@")
    if text.startswith("urn:li:organization"):
        return text.rpartition(":")[2]
    if "linkedin.com" in text.lower() or "//" in text:
        steps = [s for s in urlsplit(text if "//" in text else f"//{text}").path.split("/") if s]
        text = steps[1] if len(steps) > 1 else (steps or [text])[0]
    return unquote(text.split("/", maxsplit=1)[0])


def page(access: Access, raw: Raw) -> Account:
    """The page. What is left out may be empty or not for us to see: it stays unknown."""
    number, name = str(raw["id"]), text_of(raw.get("vanityName"))
    site = text_of(raw.get("localizedWebsite")) or localized_of(raw.get("website"))
    described = text_of(raw.get("localizedDescription")) or localized_of(raw.get("description"))
    ways = [_address(one) for one in list_of(raw.get("locations")) if isinstance(one, dict)]
    return Account(
        key=key(f"urn:li:organization:{number}"),
        account=access.account,
        id=number,
        platform="linkedin",
        kind=access.kind,
        handle=name or access.handle,
        name=text_of(raw.get("localizedName")) or localized_of(raw.get("name")),
        description=described,
        permalink=f"{WWW}/company/{quote(name or number)}/",
        links=None if site is None else tuple(URL.findall(site) or ([site] if site else [])),
        contact=", ".join(filter(None, ways)) or None,
        payload=payload_of(raw),
    )


def roles(account: str, number: str, entries: Sequence[Any]) -> Iterator[Setting]:
    """How many people may act for the page, by role. Who they are is not kept."""
    held: Counter[str] = Counter()
    for raw in entries:
        if isinstance(raw, dict) and raw.get("role") and raw.get("state", "APPROVED") == "APPROVED":
            held[str(raw["role"])] += 1
    for role, count in sorted(held.items()):
        yield Setting(
            key=key(f"urn:li:organization:{number}/settings/{role}"),
            account=account,
            name=role,
            value=json.dumps(count),
            payload={"role": role, "approved": count},
        )


def comment(access: Access, page: str, raw: Any, post: str, parent: str | None) -> Comment:
    """A comment; ``page`` is the page's URN, ``post`` and ``parent`` those of what it stands under."""
    identity = comment_urn(raw)
    created, changed = object_of(raw.get("created")), object_of(raw.get("lastModified"))
    moment, edited = time_of(created.get("time")), time_of(changed.get("time"))
    if moment is None:
        raise Malformed("a comment without a time")
    actor = raw.get("actor") or created.get("actor")
    above = raw.get("parentComment") or parent
    text = object_of(raw.get("message")).get("text")
    return Comment(
        key=key(identity),
        account=access.account,
        id=identity,
        kind=CommentKind.REPLY if above else CommentKind.COMMENT,
        post=key(post),
        parent=key(above) if above else None,
        author=pseudonym(access.salt, "linkedin", actor),
        own=is_page(actor, page) if actor else None,
        text=text_of(text) or "",
        published_at=moment,
        edited_at=edited if edited and edited > moment else None,
        reply_count=replies(raw),
        permalink=f"{WWW}/feed/update/{post}/?commentUrn={quote(identity, safe='')}",
        payload=payload_of(raw) | {"message": scrub({"text": text})},
    )


def is_page(actor: Any, page: str) -> bool:
    """Whether a URN is the page's; older answers call it a company."""
    sort, _, number = str(actor).rpartition(":")
    return number == page.rpartition(":")[2] and sort in _PAGES


def replies(raw: Raw) -> int | None:
    """How many answers LinkedIn states under a comment."""
    summary = object_of(raw.get("commentsSummary"))
    counts = (summary.get(name) for name in ("totalFirstLevelComments", "aggregatedTotalComments"))
    return next((one for one in map(count_of, counts) if one is not None), None)


def comment_urn(raw: Any) -> str:
    """The URN of a comment: as told, or made of the thread's and its number."""
    told = object_of(raw)
    urn = told.get("commentUrn") or told.get("$URN")
    if not urn and told.get("id") and told.get("object"):
        urn = f"urn:li:comment:({told['object']},{told['id']})"
    if not URN.fullmatch(str(urn)):
        raise Malformed("a comment without an id")
    return str(urn)


def _address(place: Raw) -> str:
    told = object_of(place.get("address")) or place
    parts = (told.get(name) for name in ("line1", "line2", "city", "postalCode"))
    return ", ".join(str(one) for one in parts if one)
