"""The town on X as the platform stores it: posts, replies and profiles in their wire form, whole.

Sources: OpenAPI 2.166 of X API v2 and recorded answers. Field names are the ones of 2.166
(``tweet``); ``demo.x`` renames them for a server of the later generation. Ids tell their time, as
X's do.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from demo.town import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

Wire = dict[str, Any]

EPOCH_MS = 1_288_834_974_657
SHORT = 280
NOT_ON_X = {"private", "unpublished", "unlisted"}
MEDIA_TYPES = {
    "image": ("3", "photo"),
    "video": ("7", "video"),
    "animation": ("16", "animated_gif"),
}


@dataclass(frozen=True)
class Stored:
    """What X has at a moment. ``posts`` hold old versions too; ``local`` maps the town's ids."""

    posts: dict[str, Wire]
    media: dict[str, Wire]
    users: dict[str, Wire]
    local: dict[str, str]

    def current(self) -> list[Wire]:
        """Every post in its newest version, newest first."""
        newest = [p for p in self.posts.values() if p["edit_history_tweet_ids"][-1] == p["id"]]
        return sorted(newest, key=lambda p: int(p["id"]), reverse=True)


def store(town: TownAccount, now: datetime) -> Stored:
    """Everything on X at that moment."""
    stored = Stored({}, {}, {}, {})
    council = _user(town.handle, town.name, town.created_at)
    council |= {
        "description": escape(town.description, quote=False),
        "protected": town.protected,
        "verified": True,
        "verified_type": "government",
    }
    if town.website:
        council["url"] = _short(town.website)
        council["entities"] = {"url": {"urls": [_link(town.website, 0)]}}
    stored.users[council["id"]] = council | town.settings
    for post in reversed(town.posts_as_of(now)):
        if post.audience not in NOT_ON_X:
            _add_post(stored, town, post, now)
    return stored


def account_id(handle: str) -> str:
    """The numeric id of an account."""
    return number("x", handle.lower(), digits=10)


def post_id(at: datetime, *local: str) -> str:
    """An id that tells when the post was made."""
    made = round(at.timestamp() * 1000) - EPOCH_MS
    return str(made << 22 | int(number(*local)) % (1 << 22))


def media_key(medium: TownMedia) -> str:
    """The key of a medium, which begins with its type."""
    prefix, _ = MEDIA_TYPES.get(medium.kind, MEDIA_TYPES["video"])
    return f"{prefix}_{number('x', medium.id, digits=18)}"


def wire_time(at: datetime) -> str:
    """A time as X writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def _add_post(stored: Stored, town: TownAccount, post: TownPost, now: datetime) -> None:
    author = town.handle if post.by == "council" else _author(stored, post.by, post.at)
    first = post_id(post.at, "x", post.id)
    edited = post.edited_at is not None and post.edited_at <= now
    ids = (
        [first, post_id(post.edited_at, "x", post.id, "edit")]
        if edited and post.edited_at
        else [first]
    )
    stored.local[post.id] = ids[-1]
    for native in ids:
        old = edited and native == first
        text = post.text_before_edit if post.text_before_edit and (old or not edited) else post.text
        at = post.edited_at if edited and not old and post.edited_at else post.at
        wire = _wire(native, author, text, at, conversation=first)
        wire |= {"edit_history_tweet_ids": ids, "reply_settings": post.replies_from}
        _attach(stored, wire, post.media, now)
        if post.kind == "repost":
            _point_at_original(stored, wire, post)
        elif author != town.handle and text.startswith(f"@{town.handle}"):
            wire["in_reply_to_user_id"] = account_id(town.handle)
        stored.posts[native] = wire
    said = {c.id: c for c in post.comments_as_of(now) if c.state in {"published", "hidden"}}
    for comment in sorted(said.values(), key=lambda c: c.at):
        _add_reply(stored, town, comment, stored.posts[ids[-1]], said.get(comment.reply_to))


def _add_reply(
    stored: Stored, town: TownAccount, said: TownComment, root: Wire, to: TownComment | None
) -> None:
    answered = stored.posts[stored.local[to.id]] if to else root
    author = town.handle if said.by == "council" else _author(stored, said.by, said.at)
    native = post_id(said.at, "x", said.id)
    addressed = stored.users[answered["author_id"]]["username"]
    text = said.text if addressed == author else f"@{addressed} {said.text}"
    wire = _wire(native, author, text, said.at, conversation=root["conversation_id"])
    wire |= {
        "in_reply_to_user_id": answered["author_id"],
        "referenced_tweets": [{"type": "replied_to", "id": answered["id"]}],
    }
    answered["public_metrics"]["reply_count"] += 1
    stored.posts[native] = wire
    stored.local[said.id] = native


def _wire(native: str, author: str, text: str, at: datetime, conversation: str) -> Wire:
    short, urls = _with_short_links(text)
    wire: Wire = {
        "id": native,
        "text": escape(short, quote=False),
        "edit_history_tweet_ids": [native],
        "author_id": account_id(author),
        "conversation_id": conversation,
        "created_at": wire_time(at),
        "lang": "en",
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "edit_controls": {
            "edits_remaining": 5,
            "is_edit_eligible": True,
            "editable_until": wire_time(at),
        },
        "public_metrics": {
            "retweet_count": 0,
            "reply_count": 0,
            "like_count": 0,
            "quote_count": 0,
            "bookmark_count": 0,
            "impression_count": 0,
        },
    }
    entities: Wire = {"urls": urls} if urls else {}
    mentions = [
        {"start": m.start(), "end": m.end(), "username": m[1], "id": account_id(m[1])}
        for m in re.finditer(r"@([A-Za-z0-9_]{1,15})", short)
    ]
    if mentions:
        entities["mentions"] = mentions
    if entities:
        wire["entities"] = entities
    if len(short) > SHORT:
        wire["note_tweet"] = {
            "text": escape(short, quote=False),
            **({"entities": entities} if entities else {}),
        }
        wire["text"] = escape(short[: SHORT - 26], quote=False) + f"… {_short(native)}"
        wire.pop("entities", None)
    return wire


def _attach(stored: Stored, wire: Wire, media: tuple[TownMedia, ...], now: datetime) -> None:
    if not media:
        return
    keys = [media_key(medium) for medium in media]
    address = _short("/".join(keys))
    shown = wire["text"]
    wire["text"] = f"{shown} {address}".strip()
    wire["attachments"] = {"media_keys": keys}
    entities = wire.setdefault("entities", {})
    entities.setdefault("urls", []).append(
        {
            "start": len(shown) + 1,
            "end": len(wire["text"]),
            "url": address,
            "expanded_url": f"https://x.com/i/status/{wire['id']}/photo/1",
            "display_url": f"pic.x.com/{address[-10:]}",
            "media_key": keys[0],
        }
    )
    for medium, key in zip(media, keys, strict=True):
        stored.local[medium.id] = key
        stored.media[key] = _medium(medium, key, now)


def _medium(medium: TownMedia, key: str, now: datetime) -> Wire:
    _, sort = MEDIA_TYPES.get(medium.kind, MEDIA_TYPES["video"])
    wire: Wire = {"media_key": key, "type": sort, "width": 1200, "height": 675}
    if sort == "photo":
        wire["url"] = f"https://pbs.twimg.com/media/{key[-15:]}.jpg"
    else:
        wire["preview_image_url"] = f"https://pbs.twimg.com/tweet_video_thumb/{key[-15:]}.jpg"
        wire["variants"] = [
            {
                "bit_rate": 632000,
                "content_type": "video/mp4",
                "url": f"https://video.twimg.com/{key[-15:]}.mp4",
            }
        ]
    if sort == "video":
        wire["duration_ms"] = medium.seconds * 1000
    if medium.alt_as_of(now):
        wire["alt_text"] = medium.alt_as_of(now)
    return wire


def _point_at_original(stored: Stored, wire: Wire, post: TownPost) -> None:
    told = re.match(r"RT @([A-Za-z0-9_]{1,15}): (.*)", post.text, re.DOTALL)
    name, text = (told[1], told[2]) if told else ("somebody", post.text)
    if account_id(name) not in stored.users:
        stored.users[account_id(name)] = _user(name, name, post.at)
    native = post_id(post.at.replace(minute=0, second=0), "x", post.id, "original")
    original = _wire(native, name, text, post.at, conversation=native)
    stored.posts[native] = original
    wire["referenced_tweets"] = [{"type": "retweeted", "id": native}]


def _author(stored: Stored, name: str, seen: datetime) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    handle = re.sub(r"[^A-Za-z0-9_]", "", plain)[:15] or f"user{number('x', name, digits=8)}"
    stored.users.setdefault(account_id(handle), _user(handle, name, seen))
    return handle


def _user(handle: str, name: str, created: datetime) -> Wire:
    return {
        "id": account_id(handle),
        "name": name,
        "username": handle,
        "created_at": wire_time(created),
        "description": "",
        "location": "",
        "url": "",
        "protected": False,
        "verified": False,
        "verified_type": "none",
        "profile_image_url": f"https://pbs.twimg.com/profile_images/{account_id(handle)}/a.jpg",
        "public_metrics": {
            "followers_count": 10,
            "following_count": 10,
            "tweet_count": 10,
            "listed_count": 0,
            "like_count": 0,
            "media_count": 0,
        },
    }


def _with_short_links(text: str) -> tuple[str, list[Wire]]:
    """A text with every address shortened, and what stands behind each."""
    links: list[Wire] = []
    parts: list[str] = []
    for part in re.split(r"(https?://[^\s)>\"']*[^\s)>\"'.,;:!?])", text):
        is_link = part.startswith(("http://", "https://"))
        if is_link:
            links.append(_link(part, sum(map(len, parts))))
        parts.append(_short(part) if is_link else part)
    return "".join(parts), links


def _link(address: str, start: int) -> Wire:
    short = _short(address)
    return {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": address,
        "display_url": address.partition("//")[2][:30],
    }


def _short(address: str) -> str:
    return f"https://t.co/{_letters(int(number('t.co', address)))}"


def _letters(value: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(_digits(value, letters))[:10]


def _digits(value: int, letters: str) -> Iterator[str]:
    while value:
        value, place = divmod(value, len(letters))
        yield letters[place]
