"""The town on Bluesky as an AppView holds it: profiles, posts and replies in their wire form, whole.

Sources: the lexicons ``app.bsky.*`` of November 2026 and the answers of ``@atproto/dev-env`` 0.6.7.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownMedia, TownPost

Wire = dict[str, Any]
CDN = "https://cdn.bsky.app/img"
LABELER = "did:plc:ar7c4by46qjdydhdevvrndac"
RULES = {
    "nobody": [],
    "mentioned": ["mentionRule"],
    "followers": ["followerRule"],
    "following": ["followingRule"],
}
"""What the town says of who may reply, as the rules of a threadgate."""

_SHOWN = {"public"}
_GALLERY = 4
"""More pictures than this make a gallery."""
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass
class Stored:
    """What there is at a moment: views by address, the order of the council's feed, caption files."""

    profile: Wire
    posts: dict[str, Wire] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    feed: list[Wire] = field(default_factory=list)
    mentions: list[Wire] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)


def store(town: TownAccount, now: datetime) -> Stored:
    """Everything on Bluesky at that moment."""
    stored = Stored(_profile(town))
    for post in town.posts_as_of(now):
        if post.audience in _SHOWN and post.by == "council":
            _add(stored, town, post, now)
        elif post.audience in _SHOWN:
            native, view = _view(post.by, post.id, post.at, {"text": post.text}, [])
            stored.posts[native] = view
            stored.mentions.append(_notification(view, "mention"))
    return stored


def did(name: str) -> str:
    """A person's or council's permanent identifier."""
    return f"did:plc:{_letters(f'did/{name}', 24)}"


def wire_time(at: datetime) -> str:
    """A time as Bluesky writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"


def cid(*parts: str) -> str:
    """The name of a record, by what it holds."""
    return f"bafyrei{_letters('/'.join(parts), 52)}"


def _add(stored: Stored, town: TownAccount, post: TownPost, now: datetime) -> None:
    whose = town.handle
    if post.kind == "repost":
        _add_repost(stored, town, post)
        return
    record, embed = _attached(stored, post, now, did(whose))
    record |= {"text": post.text, **_facets(post)}
    if post.kind == "reply":
        root = _strong(f"at://{did('somebody')}/app.bsky.feed.post/{tid(post.at, 'to', post.id)}")
        record["reply"] = {"root": root, "parent": root}
    native, view = _view(whose, post.id, post.at, record, [], town.name)
    view |= {"embed": embed} if embed else {}
    view["author"] = _basic(stored.profile)
    stored.posts[native] = view
    stored.local[post.id] = native
    said = {c.id: c for c in post.comments_as_of(now) if c.state_as_of(now) != "held"}
    hidden = []
    for comment in sorted(said.values(), key=lambda c: c.at):
        at = _add_reply(stored, town, comment, native, said.get(comment.reply_to))
        hidden += [at] if comment.state_as_of(now) == "hidden" else []
    if post.replies_from in RULES or hidden:
        view["threadgate"] = _gate(native, post, hidden)
    stored.feed.append({"post": view})


def _add_repost(stored: Stored, town: TownAccount, post: TownPost) -> None:
    told = re.match(r"RT @(\S+): (.*)", post.text, re.DOTALL)
    name, text = (told[1], told[2]) if told else ("somebody", post.text)
    native, view = _view(name, f"{post.id}/original", post.at, {"text": text}, [])
    stored.posts[native] = view
    address = f"at://{did(town.handle)}/app.bsky.feed.repost/{tid(post.at, post.id)}"
    reason = {
        "$type": "app.bsky.feed.defs#reasonRepost",
        "by": _basic(stored.profile),
        "uri": address,
        "cid": cid(address),
        "indexedAt": wire_time(post.at),
    }
    stored.feed.append({"post": view, "reason": reason})


def _add_reply(
    stored: Stored, town: TownAccount, said: TownComment, root: str, to: TownComment | None
) -> str:
    parent = stored.local[to.id] if to and to.id in stored.local else root
    by = town.handle if said.by == "council" else said.by
    record = {"text": said.text, "reply": {"root": _strong(root), "parent": _strong(parent)}}
    labels = [_label(LABELER, "spam", said.at)] if said.state == "spam" else []
    native, view = _view(by, said.id, said.at, record, labels)
    stored.posts[native] = view
    stored.local[said.id] = native
    stored.below.setdefault(parent, []).append(native)
    stored.posts[parent]["replyCount"] += 1
    if said.by == "council":
        view["author"] = _basic(stored.profile)
        stored.feed.append({"post": view})
    elif parent == root or (to and to.by == "council"):
        stored.mentions.append(_notification(view, "reply"))
    return native


def _profile(town: TownAccount) -> Wire:
    whose = did(town.handle)
    labels = []
    if town.protected:
        labels.append(_label(whose, "!no-unauthenticated", town.created_at))
    profile: Wire = {
        "did": whose,
        "handle": town.handle,
        "displayName": town.name,
        "description": town.description,
        "associated": {"lists": 0, "feedgens": 0, "starterPacks": 0, "labeler": False},
        "followersCount": 120,
        "followsCount": 30,
        "postsCount": len(town.post),
        "createdAt": wire_time(town.created_at),
        "indexedAt": wire_time(town.created_at),
        "labels": labels,
    }
    if town.website:
        profile["website"] = town.website
    return profile | town.settings


def _basic(profile: Wire) -> Wire:
    return {k: profile[k] for k in ("did", "handle", "displayName", "labels", "createdAt")}


def _view(
    by: str, local: str, at: datetime, record: Wire, labels: list[Wire], name: str = ""
) -> tuple[str, Wire]:
    whose = did(by)
    handle = re.sub(r"[^a-z0-9]+", "-", by.lower()).strip("-") or "someone"
    native = f"at://{whose}/app.bsky.feed.post/{tid(at, local)}"
    author = {
        "did": whose,
        "handle": by if "." in by else f"{handle}.bsky.social",
        "displayName": name or by,
        "labels": [],
        "createdAt": wire_time(at.replace(year=2023)),
    }
    whole = {"$type": "app.bsky.feed.post", "createdAt": wire_time(at), "langs": ["en"], **record}
    return native, {
        "uri": native,
        "cid": cid(native),
        "author": author,
        "record": whole,
        "bookmarkCount": 0,
        "replyCount": 0,
        "repostCount": 0,
        "likeCount": 0,
        "quoteCount": 0,
        "indexedAt": wire_time(at),
        "labels": [label | {"uri": native} for label in labels],
    }


def _notification(view: Wire, reason: str) -> Wire:
    kept = {k: view[k] for k in ("uri", "cid", "author", "record", "indexedAt", "labels")}
    return kept | {"reason": reason, "isRead": False}


def _label(source: str, value: str, at: datetime) -> Wire:
    return {"src": source, "uri": source, "val": value, "cts": wire_time(at)}


def _strong(address: str) -> Wire:
    return {"uri": address, "cid": cid(address)}


def _gate(native: str, post: TownPost, hidden: list[str]) -> Wire:
    address = native.replace("app.bsky.feed.post", "app.bsky.feed.threadgate")
    record: Wire = {
        "$type": "app.bsky.feed.threadgate",
        "post": native,
        "createdAt": wire_time(post.at),
        "hiddenReplies": hidden,
    }
    if post.replies_from in RULES:
        rules = RULES[post.replies_from]
        record["allow"] = [{"$type": f"app.bsky.feed.threadgate#{rule}"} for rule in rules]
    return {"uri": address, "cid": cid(address), "record": record, "lists": []}


def _facets(post: TownPost) -> Wire:
    """Links in the text: where they begin and end, in bytes of UTF-8."""
    found = [
        _facet(len(post.text[: m.start()].encode()), len(post.text[: m.end()].encode()), m[0])
        for m in re.finditer(r"https?://[^\s)>\"']*[^\s)>\"'.,;:!?]", post.text)
    ]
    end = len(post.text.encode())
    found += [_facet(end, end, link) for link in post.links if link not in post.text]
    return {"facets": found} if found else {}


def _facet(start: int, end: int, link: str) -> Wire:
    feature = {"$type": "app.bsky.richtext.facet#link", "uri": link}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}


def _attached(stored: Stored, post: TownPost, now: datetime, whose: str) -> tuple[Wire, Wire]:
    """What is attached, as the record says it and as a view shows it."""
    if not post.media:
        return {}, {}
    first = post.media[0]
    if first.kind == "image":
        return _pictures(post.media, now, whose)
    if first.kind == "animation":
        return _gif(first, now)
    return _film(stored, first, now, whose)


def _pictures(media: tuple[TownMedia, ...], now: datetime, whose: str) -> tuple[Wire, Wire]:
    many = len(media) > _GALLERY
    sort, items = ("gallery", "items") if many else ("images", "images")
    views, records = [], []
    for medium in media:
        alt = medium.alt_as_of(now)
        file = _blob("image/jpeg", 120_000, medium.id)
        size = {"aspectRatio": {"width": 1200, "height": 675}}
        address = f"{CDN}/{{}}/plain/{whose}/{file['ref']['$link']}"
        thumb = "thumbnail" if many else "thumb"
        view = {
            thumb: address.format("feed_thumbnail"),
            "fullsize": address.format("feed_fullsize"),
        }
        kind = {"$type": f"app.bsky.embed.{sort}#viewImage"} if many else {}
        views.append(kind | view | {"alt": alt} | size)
        kind = {"$type": f"app.bsky.embed.{sort}#image"} if many else {}
        records.append(kind | {"image": file, "alt": alt} | size)
    name = f"app.bsky.embed.{sort}"
    return (
        {"embed": {"$type": name, items: records}},
        {"$type": f"{name}#view", items: views},
    )


def _gif(medium: TownMedia, now: datetime) -> tuple[Wire, Wire]:
    alt = medium.alt_as_of(now)
    card = {
        "uri": f"https://media.tenor.com/{_letters(medium.id, 12)}/wave.gif?hh=270&ww=480",
        "title": medium.machine_alt or "a person is waving",
        "description": f"Alt: {alt}"
        if alt
        else f"ALT: {medium.machine_alt or 'a person is waving'}",
    }
    name = "app.bsky.embed.external"
    return (
        {"embed": {"$type": name, "external": card}},
        {"$type": f"{name}#view", "external": card},
    )


def _film(stored: Stored, medium: TownMedia, now: datetime, whose: str) -> tuple[Wire, Wire]:
    file = _blob("video/mp4", 9_000_000, medium.id)
    record: Wire = {"$type": "app.bsky.embed.video", "video": file}
    base = f"https://video.bsky.app/watch/{whose}/{file['ref']['$link']}"
    view: Wire = {
        "$type": "app.bsky.embed.video#view",
        "cid": file["ref"]["$link"],
        "playlist": f"{base}/playlist.m3u8",
        "thumbnail": f"{base}/thumbnail.jpg",
    }
    if alt := medium.alt_as_of(now):
        record["alt"] = view["alt"] = alt
    made = medium.captions_as_of(now)
    if made != "none":
        note = (
            "NOTE These captions were automatically generated.\n\n" if made == "automatic" else ""
        )
        words = f"WEBVTT\n\n{note}00:00:00.000 --> 00:00:04.000\nGood morning, {medium.id}.\n"
        track = _blob("text/vtt", len(words), medium.id, "captions", made)
        record["captions"] = [{"lang": "en", "file": track}]
        stored.files[track["ref"]["$link"]] = words
    return {"embed": record}, view


def _blob(kind: str, size: int, *parts: str) -> Wire:
    name = f"bafkrei{_letters('/'.join(parts), 52)}"
    return {"$type": "blob", "ref": {"$link": name}, "mimeType": kind, "size": size}


def _letters(of: str, count: int) -> str:
    value = int.from_bytes(hashlib.sha512(of.encode()).digest())
    return "".join(_digits(value, _BASE32, count))


def _digits(value: int, letters: str, count: int) -> Iterator[str]:
    for _ in range(count):
        value, place = divmod(value, len(letters))
        yield letters[place]


def tid(at: datetime, *local: str) -> str:
    """The name of a post, which tells when it was made."""
    value = (
        round(at.timestamp() * 1e6) << 10
        | int.from_bytes(hashlib.sha256("/".join(local).encode()).digest()[:2]) % 1024
    )
    return "".join(_digits(value, _SORTABLE, 13))[::-1]
