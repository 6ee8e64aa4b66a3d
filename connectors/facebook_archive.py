"""Export: Facebook's "download your information" as JSON, named as ``archive`` in the council file.

A zip or a folder will do; of several zips unpack all into one folder. To ask for it, switch to the Page, then Settings and privacy, Accounts Centre, Your information and permissions,
Export your information; choose the Page, "All time" and the format JSON (not HTML). Facebook makes
it within some hours to a few days. It holds what the Page posted, with words, links, pictures and
videos. It does not hold descriptions of pictures, captions of videos, who may see a post, the
Page's settings, nor what others wrote: these are *not assessed*. Left unread is what the Page wrote
on other pages, and what was added to an album without a post. It holds no ids either: findings carry
on from export to export, and **not** when the Page is connected later.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from connectors import meta_export
from connectors.facebook_wire import URL, address_of, handle_of, key
from connectors.x_answer import mapping, sequence
from socialaudit.errors import ExportUnusable, Malformed
from socialaudit.models import Account, Post, PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.archive_files import Files
    from socialaudit.models import Reading

LOOKS = "Facebook’s export of a Page or profile"
WHOLE = False
_ABOVE = (
    r"(?:(?:your_facebook_activity|your_activity_across_facebook"
    r"|this_profile'?s_activity_across_facebook)/)?"
)
_NAMES = r"posts/(?:your_posts(?:__[\w-]+)?(?:_\d+)?|(?:profile|page)_posts(?:_\d+)?)"
_REELS = r"reels/[\w-]*reels(?:_\d+)?"
_PROFILE = r"(?:[\w']+/)?profile_information/profile_information\.json"
_LIMITS = tuple(
    Unread(fact, f"Facebook’s export does not hold {what}", permanent=True)
    for fact, what in (
        ("comments", "what others wrote"),
        ("media.alt_text", "descriptions of pictures"),
        ("media.captions", "captions of videos"),
        ("posts.audience", "who may see a post"),
        ("settings", "the settings of a Page"),
    )
)
_SHARED = re.compile(
    r"\bshared (?:an?|.{1,200}?['’]s?) (?:live )?(?:post|photo|video|memory|reel|album|event)\b",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"@\[\d+:(?:\d+:)?([^\]]*)\]")
"""How an export writes the name of a person or Page within words."""
_WORDS = ("title", "name", "question", "text", "description")
_WORDED = ("note", "event", "poll", "life_event", "for_sale_item", "fundraiser")
"""Attachments with words of their own, and where in them these stand."""


def root(files: Files) -> str | None:
    """The folder above ``posts`` or the folder of all that was done."""
    return files.root(rf"{_ABOVE}{_NAMES}\.(?:json|html)")


def made_at(files: Files, root: str) -> datetime | None:
    """The day in the export's name."""
    return meta_export.made_at(files, root, _posts(root))


def records(files: Files, root: str, access: Access) -> Iterator[Reading]:
    """The profile and every post with its media."""
    if not files.matching(_posts(root)):
        meta_export.refuse_pages(files, re.escape(root) + rf"{_ABOVE}{_NAMES}\.html", "Facebook")
    yield from _LIMITS
    yield _account(files, root, access)
    tally = meta_export.Tally()
    reels = re.escape(root) + rf"{_ABOVE}{_REELS}\.json"
    for pattern, kind in ((_posts(root), PostKind.POST), (reels, PostKind.REEL)):
        for raw in meta_export.items(files, pattern):
            tally.items += 1
            with suppress(Malformed):
                yield from _post(raw, access.account, tally, kind)
                continue
            tally.odd += 1
    yield from tally.unread()


def _posts(root: str) -> str:
    return re.escape(root) + rf"{_ABOVE}{_NAMES}\.json"


def _post(
    raw: dict[str, Any], account: str, tally: meta_export.Tally, kind: PostKind
) -> Iterator[Reading]:
    """A post or reel with its media. Raises ``Malformed``."""
    at = meta_export.moment(raw.get("timestamp"), raw.get("creation_timestamp"))
    told = [mapping(one) for one in sequence(raw.get("data"))]
    attached = [
        mapping(one)
        for part in sequence(raw.get("attachments"))
        for one in sequence(mapping(part).get("data"))
    ]
    shown = _shown(raw, attached)
    labels = meta_export.labels(raw)
    links = [str(mapping(one.get("external_context")).get("url") or "") for one in attached]
    links.append(labels.get("URL", ""))
    text = _words(raw, told, attached, shown)
    native, number = tally.identity(at, "reel-" * (kind is PostKind.REEL)), raw.get("fbid")
    edits = [one["update_timestamp"] for one in told if one.get("update_timestamp")]
    edited = meta_export.moment(*edits) if edits else None
    shared = _SHARED.search(str(raw.get("title") or ""))
    post = Post(
        key=key(native),
        account=account,
        id=native,
        kind=PostKind.REPOST if shared else kind,
        published_at=at,
        edited_at=edited if edited and edited > at else None,
        text=text,
        permalink=f"https://www.facebook.com/{number}" if str(number).isdecimal() else None,
        links=tuple(dict.fromkeys([*URL.findall(text), *(one for one in links if URL.match(one))])),
        payload=meta_export.trimmed({k: raw[k] for k in ("timestamp", "data") if k in raw}),
    )
    yield post
    for place, one in enumerate(shown, 1):
        if found := meta_export.medium(one, post, place, platform="facebook"):
            yield found


def _shown(raw: dict[str, Any], attached: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files of a post, in all the places where an export has them."""
    within = [raw, *(mapping(one.get("note")) for one in attached), *meta_export.labelled(raw)]
    found = [one["media"] for one in attached if "media" in one]
    found += [file for place in within for file in sequence(place.get("media"))]
    return [mapping(one) for one in found] + ([raw] if "uri" in raw else [])


def _words(
    raw: dict[str, Any],
    told: list[dict[str, Any]],
    attached: list[dict[str, Any]],
    shown: list[dict[str, Any]],
) -> str:
    """What a post says: its own words, those of what is attached, and what stands by its files."""
    labels = meta_export.labels(raw)
    found = [one.get("post") for one in told]
    found += [labels.get(label) for label in ("Text", "Message", "Post")]
    for one in attached:
        parts = [mapping(one.get(sort)) for sort in _WORDED]
        found += [one.get("text"), *(part.get(word) for part in parts for word in _WORDS)]
        options = sequence(mapping(one.get("poll")).get("options"))
        found += [mapping(option).get("option") for option in options]
    found += [one.get("description") for one in shown]
    texts = [_TAGGED.sub(r"\1", one) for one in found if isinstance(one, str) and one.strip()]
    return "\n".join(dict.fromkeys(texts))


def _text(told: Any, part: str) -> str | None:
    """A text that stands alone, or in an object under ``part``."""
    found = told.get(part) if isinstance(told, dict) else told
    return found if isinstance(found, str) and found else None


def _compare(named: str, address: str) -> None:
    """Raise ``ExportUnusable`` where an export is another's: a clerk's own profile, by mistake."""
    own = handle_of(address) if address else ""
    known = own and own.isdecimal() == named.isdecimal() and own != "profile.php"
    if known and own.lower().replace(".", "") != named.lower().replace(".", ""):
        raise ExportUnusable(
            f"the export is that of another profile than {named}",
            "Switch to the Page before you ask for its export, or correct the handle.",
        )


def _account(files: Files, root: str, access: Access) -> Account:
    """The profile as far as the export tells it; its key is that of the Page by its name."""
    told = meta_export.document(files, re.escape(root) + _PROFILE)
    raw = mapping(told.get("profile_v2") or told.get("profile"))
    native = handle_of(access.handle)
    about = raw.get("intro_bio") or raw.get("about_me") or raw.get("about")
    address = _text(raw.get("profile_uri"), "")
    _compare(native, address or "")
    sites = [mapping(one).get("address") or one for one in sequence(raw.get("websites"))]
    return Account(
        key=key(native),
        account=access.account,
        id=native,
        platform="facebook",
        kind=access.kind,
        handle=native,
        name=_text(raw.get("name"), "full_name"),
        description=_text(about, "name"),
        permalink=address_of(address) or f"https://www.facebook.com/{native}",
        links=tuple(str(one) for one in sites if isinstance(one, str)) or None,
    )
