"""What a Mastodon server holds of a town, as the entities of its API.

Sources: https://docs.joinmastodon.org/entities/ (Status, Account, MediaAttachment, Context) as of
4.5; ids as Mastodon makes them, from the time in milliseconds; HTML as its TextFormatter writes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING, Any

from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

Wire = dict[str, Any]

_VISIBILITIES = {"followers": "private", "private": "direct"}
_TYPES = {"animation": "gifv"}
_LINKED = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]|(?<!\w)#\w+")


@dataclass(frozen=True)
class Stored:
    """One status, and what the server knows of it beside its entity."""

    wire: Wire
    at: datetime
    own: bool
    elsewhere: bool = False


def stored(town: TownAccount, now: datetime, base: str) -> dict[str, Stored]:
    """Every status there is at ``now``, by id, oldest first: the account's and other people's."""
    found: dict[str, Stored] = {}
    for post in town.posts_as_of(now):
        if post.audience == "unpublished":
            continue
        native, own = status_id(town, post), post.by == "council"
        found[native] = Stored(_post(town, post, now, base), post.at, own, elsewhere=not own)
        for comment in post.comments_as_of(now):
            if comment.state_as_of(now) == "published":
                raw = _comment(town, post, comment, now, base)
                found[raw["id"]] = Stored(raw, comment.at, comment.by == "council")
    for one in found.values():
        above = found.get(one.wire["in_reply_to_id"] or "")
        if above is not None:
            above.wire["replies_count"] += 1
            one.wire["in_reply_to_account_id"] = above.wire["account"]["id"]
    own_count = sum(one.own and one.wire["visibility"] != "direct" for one in found.values())
    for one in found.values():
        one.wire["account"]["statuses_count"] = own_count if one.own else 7
    return dict(sorted(found.items(), key=lambda pair: (pair[1].at, int(pair[0]))))


def account_id(town: TownAccount) -> str:
    """The id that the server gave to the town's account."""
    return number("mastodon", town.handle, digits=18)


def status_id(town: TownAccount, of: TownPost | TownComment) -> str:
    """A snowflake: milliseconds since 1970, shifted by 16 bits, and a number."""
    low = int(number("mastodon", town.handle, of.id, wire_time(of.at), digits=15)) % 65_536
    return str((int(of.at.timestamp() * 1000) << 16) + low)


def account(town: TownAccount, base: str) -> Wire:
    """The council's account; ``statuses_count`` is filled in by ``stored``."""
    name = username(town)
    site = [{"name": "Website", "value": html(town.website, base), "verified_at": None}]
    return {
        **_account(account_id(town), name, town.name, base),
        "note": html(town.description, base) if town.description else "",
        "created_at": wire_time(town.created_at)[:10] + "T00:00:00.000Z",
        "locked": town.protected,
        "fields": site if town.website else [],
        **{k: v for k, v in town.settings.items() if k in {"discoverable", "indexable", "locked"}},
    }


def username(town: TownAccount) -> str:
    """The name without the server."""
    return town.handle.removeprefix("@").partition("@")[0]


def wire_time(at: datetime) -> str:
    """A time as Mastodon writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def html(text: str, base: str) -> str:
    """A text as Mastodon renders it: paragraphs, whole links with hidden parts, hashtags."""
    parts = [part for part in text.split("\n\n") if part] or [""]
    return "".join(f"<p>{_LINKED.sub(lambda m: _anchor(m[0], base), _safe(p))}</p>" for p in parts)


def _safe(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br />")


def _anchor(found: str, base: str) -> str:
    if found.startswith("#"):
        tag = found[1:]
        return (
            f'<a href="{base}/tags/{tag}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
        )
    prefix = (re.match(r"https?://(www\.)?", found) or [""])[0]
    shown, rest = found[len(prefix) :][:30], found[len(prefix) :][30:]
    return (
        f'<a href="{found}" target="_blank" rel="nofollow noopener noreferrer" translate="no">'
        f'<span class="invisible">{prefix}</span><span class="{"ellipsis" if rest else ""}">{shown}'
        f'</span><span class="invisible">{rest}</span></a>'
    )


def _account(native: str, name: str, shown: str, base: str) -> Wire:
    picture = f"{base}/avatars/original/missing.png"
    return {
        "id": native,
        "username": name,
        "acct": name,
        "display_name": shown,
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": True,
        "group": False,
        "created_at": "2020-01-01T00:00:00.000Z",
        "note": "",
        "url": f"{base}/@{name}",
        "uri": f"{base}/users/{name}",
        "avatar": picture,
        "avatar_static": picture,
        "header": picture,
        "header_static": picture,
        "followers_count": 120,
        "following_count": 3,
        "statuses_count": 0,
        "last_status_at": None,
        "hide_collections": None,
        "noindex": False,
        "emojis": [],
        "roles": [],
        "fields": [],
    }


def _author(town: TownAccount, by: str, base: str) -> Wire:
    if by == "council":
        return account(town, base)
    name = re.sub(r"\W+", "_", by.lower())
    return _account(number("mastodon", "person", by, digits=18), name, by, base)


def _status(town: TownAccount, native: str, at: datetime, by: str, text: str, base: str) -> Wire:
    author = _author(town, by, base)
    return {
        "id": native,
        "created_at": wire_time(at),
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": f"{author['uri']}/statuses/{native}",
        "url": f"{author['url']}/{native}",
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": None,
        "content": html(text, base),
        "reblog": None,
        "quote": None,
        "account": author,
        "media_attachments": [],
        "mentions": [],
        "tags": [{"name": t[1:].lower(), "url": f"{base}/tags/{t[1:]}"} for t in _tags(text)],
        "emojis": [],
        "card": None,
        "poll": None,
    }


def _tags(text: str) -> list[str]:
    return [found for found in _LINKED.findall(text) if found.startswith("#")]


def _post(town: TownAccount, post: TownPost, now: datetime, base: str) -> Wire:
    edited = post.edited_at is not None and post.edited_at <= now
    text = post.text if edited or post.edited_at is None else post.text_before_edit
    written = " ".join([text, *(link for link in post.links if link not in text)])
    raw = _status(town, status_id(town, post), post.at, post.by, written, base)
    raw |= {
        "spoiler_text": post.title,
        "sensitive": bool(post.title),
        "visibility": _VISIBILITIES.get(post.audience, post.audience),
        "edited_at": wire_time(post.edited_at) if edited and post.edited_at else None,
        "media_attachments": [_medium(m, post, now, base) for m in post.media],
    }
    if post.kind == "repost":
        at = int(raw["id"]) - (3_600_000 << 16)
        inner = _status(town, str(at), post.at, "A neighbouring council", written, base)
        raw |= {"reblog": inner, "content": "", "media_attachments": []}
    if post.by != "council":
        ours = account(town, base)
        raw["mentions"] = [{k: ours[k] for k in ("id", "username", "url", "acct")}]
    return raw


def _comment(
    town: TownAccount, post: TownPost, comment: TownComment, now: datetime, base: str
) -> Wire:
    above = next((c for c in post.comments_as_of(now) if c.id == comment.reply_to), post)
    raw = _status(town, status_id(town, comment), comment.at, comment.by, comment.text, base)
    raw["in_reply_to_id"] = status_id(town, above)
    return raw


def _medium(medium: TownMedia, post: TownPost, now: datetime, base: str) -> Wire:
    native = number("mastodon", "media", post.id, medium.id, digits=18)
    ending = {"image": "png", "audio": "mp3"}.get(medium.kind, "mp4")
    address = f"{base}/system/media_attachments/files/{native}/original/{medium.id}.{ending}"
    sizes: Wire = {"width": 1200, "height": 800, "size": "1200x800", "aspect": 1.5}
    return {
        "id": native,
        "type": _TYPES.get(medium.kind, medium.kind),
        "url": address,
        "preview_url": address,
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {
            "original": sizes
            if medium.kind == "image"
            else {"duration": float(medium.seconds), "bitrate": 128_000}
        },
        "description": medium.alt_as_of(now) or None,
        "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH" if medium.kind != "audio" else None,
    }
