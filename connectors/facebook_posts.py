"""What Graph says of posts, and of the pictures and videos attached to them, as records.

Attachments come in three generations: ``attachments`` with ``media_type`` (v3.3 on), with ``type``
alone, and before that ``type`` and ``object_id`` on the post itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from connectors import facebook_fields as ask
from connectors.facebook_wire import URL, address_of, key, payload_of
from connectors.graph_fields import honoured
from connectors.graph_values import Raw, count_of, flag_of, maybe_of, native_of, text_of
from connectors.transport import utc
from socialaudit.errors import Malformed
from socialaudit.models import Audience, Captions, Live, Media, MediaKind, Post, PostKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER_IN_URL = re.compile(
    r"(?:[?&](?:fbid|v|story_fbid)=|/(?:photos|videos|reel)/(?:[^/?]+/)*)(\d+)"
)
_AUDIENCE = {
    "EVERYONE": Audience.PUBLIC,
    "SELF": Audience.PRIVATE,
    "ALL_FRIENDS": Audience.FOLLOWERS,
    "FRIENDS_OF_FRIENDS": Audience.FOLLOWERS,
    "NETWORKS_FRIENDS": Audience.FOLLOWERS,
    "CUSTOM": Audience.FOLLOWERS,
}
_NO_GUESS = "No photo description available."
"""What Facebook shows as ``alt_text`` when neither a person nor itself has described a picture."""
_LIVE = {
    "LIVE": Live.NOW,
    "LIVE_NOW": Live.NOW,
    "SCHEDULED_LIVE": Live.UPCOMING,
    "SCHEDULED_UNPUBLISHED": Live.UPCOMING,
    "UNPUBLISHED": Live.UPCOMING,
    "LIVE_STOPPED": Live.RECORDED,
    "PROCESSING": Live.RECORDED,
    "VOD": Live.RECORDED,
}


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or video as a post's attachment shows it: before its own node is read."""

    post: Post
    kind: MediaKind
    id: str
    permalink: str | None
    raw: Raw
    readable: bool
    """Whether a node of ours stands behind it (not a stranger's, not an unnumbered one)."""


def post(account: str, own: frozenset[str], raw: Raw) -> Post:
    """A post of the Page; ``own`` are the Page's id and name, to tell its content from others'."""
    identity, moment = _identity(raw), utc(raw.get("created_time"))
    text = raw.get("message")
    if text is None and "link" not in raw:  # before v3.3 a link's own words stood beside the post
        text = raw.get("description")
    return Post(
        key=key(identity),
        account=account,
        id=identity,
        kind=_post_kind(raw, own),
        published_at=moment,
        title=maybe_of(raw.get("title")),
        text="" if text is None else text_of(text),
        permalink=address_of(raw.get("permalink_url")) or f"https://www.facebook.com/{identity}",
        links=tuple(dict.fromkeys(_links(raw, text))),
        audience=_audience(raw),
        comment_count=comment_count(raw),
        hidden=_hidden(raw),
        payload=payload_of(raw, {"comments", "captions"}),
    )


def attachments(post: Post, raw: Raw) -> Iterator[Attached]:
    """Every picture and video of a post, albums opened; previews of links are none."""
    flat = list(_flatten(raw.get("attachments")))
    if not flat and str(raw.get("type")) in {"photo", "video"}:  # Graph before v3.3
        old = {"id": raw.get("object_id")}
        flat = [{"type": raw["type"], "url": raw.get("link"), "target": old}]
    for place, one in enumerate(flat):
        kind = _media_kind(one)
        if kind is None:
            continue
        album = "album" in str(one.get("type") or one.get("media_type"))
        told = one.get("target")
        target: Raw = told if isinstance(told, dict) else {}
        address = address_of(one.get("url")) or address_of(target.get("url"))
        in_address = _NUMBER_IN_URL.search(address or "")
        number = (in_address[1] if in_address else None) if album else native_of(target.get("id"))
        number = number or (in_address[1] if in_address else None)
        yield Attached(
            post=post,
            kind=kind,
            id=str(number or f"{post.id}#{place}"),
            permalink=address,
            raw=one,
            readable=bool(number)
            and post.kind is not PostKind.REPOST
            and kind is not MediaKind.ANIMATION,
        )


def image(attached: Attached, node: Raw | None, *, told: bool = True) -> Media:
    """A picture, with its descriptions if its node could be read.

    ``told`` says that this version of Graph has descriptions that people wrote.
    """
    if node is None:
        return _medium(attached, node)
    untold = "" if honoured(node, ask.PHOTO) else None
    shown = node.get("alt_text", untold)
    human = node.get("alt_text_custom", untold if told else None)
    guess = None if shown is None else str(shown).removeprefix(_NO_GUESS)
    return _medium(
        attached,
        node,
        alt_text=None if human is None else str(human),
        automatic_alt_text=None if human and shown == human else guess,
    )


def video(attached: Attached, node: Raw | None, captions: list[Any] | None) -> Media:
    """A video, with its caption tracks; ``captions`` None is unknown, empty is none."""
    tracks = None if captions is None else [t for t in captions if isinstance(t, dict)]
    flags = [track.get("is_auto_generated") for track in tracks or []]
    best = Captions.NONE if tracks == [] else None
    if False in flags:
        best = Captions.STANDARD
    elif flags and all(flags):
        best = Captions.AUTOMATIC
    live = None
    if node is not None:
        status = node.get("live_status")
        live = _LIVE.get(str(status).upper()) if status else Live.NEVER
    seconds = (node or {}).get("length")
    return _medium(
        attached,
        node,
        captions=best,
        caption_languages=None
        if tracks is None
        else tuple(sorted({text_of(t["locale"]) for t in tracks if t.get("locale")})),
        duration=float(seconds) if isinstance(seconds, int | float) else None,
        live=live,
    )


def _medium(attached: Attached, node: Raw | None, **facts: Any) -> Media:
    own = key(attached.id)
    return Media(
        key=own if own != attached.post.key else f"{own}/video",  # a reel is its own video
        account=attached.post.account,
        id=attached.id,
        post=attached.post.key,
        kind=attached.kind,
        published_at=attached.post.published_at,
        permalink=attached.permalink or attached.post.permalink,
        payload=payload_of({**attached.raw, **(node or {})}, {"comments", "subattachments"}),
        **facts,
    )


def comment_count(raw: Raw) -> int | None:
    """How many comments Facebook states for a post."""
    comments = raw.get("comments")
    if not isinstance(comments, dict):
        return None
    summary = comments.get("summary")
    return count_of(
        summary.get("total_count") if isinstance(summary, dict) else comments.get("count")
    )


def _flatten(edge: Any) -> Iterator[Raw]:
    found = edge.get("data") if isinstance(edge, dict) else edge
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict):
            inner = list(_flatten(one.get("subattachments")))
            yield from inner or [one]


def _media_kind(one: Raw) -> MediaKind | None:
    words = f"{one.get('type') or ''} {one.get('media_type') or ''}".lower()
    if "animated_image" in words:
        return MediaKind.ANIMATION
    if "share" in words or "link" in words or _outside(one):
        return None
    if "video" in words:
        return MediaKind.VIDEO
    pictures = ("photo", "album", "profile_media", "image")
    return MediaKind.IMAGE if any(word in words for word in pictures) else None


def _outside(one: Raw) -> bool:
    host = urlsplit(_unshimmed(one) or "").hostname or "facebook.com"
    return not re.search(r"(?:^|\.)(?:facebook\.com|fb\.watch|fb\.com|fb\.me)$", host)


def _unshimmed(one: Raw) -> str | None:
    """Where an attachment leads: Facebook's own redirect (l.facebook.com/l.php) taken off."""
    address = address_of(one.get("unshimmed_url")) or address_of(one.get("url"))
    split = urlsplit(address or "")
    if split.path == "/l.php":
        return address_of(parse_qs(split.query).get("u", [None])[0])
    return address


def _links(raw: Raw, text: Any) -> Iterator[str]:
    for one in _flatten(raw.get("attachments")):
        address = _unshimmed(one)
        if address and _media_kind(one) is None:
            yield address
    old = address_of(raw.get("link"))
    if old and "attachments" not in raw and str(raw.get("type")) not in {"photo", "status"}:
        yield old
    yield from URL.findall(text_of(text or ""))


def _post_kind(raw: Raw, own: frozenset[str]) -> PostKind:
    parent = str(raw.get("parent_id") or "")
    flat = list(_flatten(raw.get("attachments")))
    if parent and "_" in parent and parent.split("_", maxsplit=1)[0] not in own:
        return PostKind.REPOST
    if raw.get("status_type") == "shared_story" and any(_of_others(one, own) for one in flat):
        return PostKind.REPOST
    if "/reel/" in str(raw.get("permalink_url")):
        return PostKind.REEL
    kinds = {_media_kind(one) for one in flat} or {_media_kind(raw)}
    return PostKind.VIDEO if kinds == {MediaKind.VIDEO} else PostKind.POST


def _of_others(one: Raw, own: frozenset[str]) -> bool:
    """Whether a shared story shows a post, photo or video of another page, not a link."""
    address = _unshimmed(one)
    if not address or _outside(one):
        return False
    split = urlsplit(address)
    steps = [step for step in split.path.split("/") if step]
    owner = parse_qs(split.query).get("id", steps[:1])
    content = {"posts", "photos", "videos", "reel", "permalink.php", "story.php", "photo.php"}
    return bool(content & set(steps)) and not own & {step.lower() for step in owner}


def _audience(raw: Raw) -> Audience | None:
    published = raw.get("is_published", raw.get("published"))
    waiting = raw.get("scheduled_publish_time") and published is not True
    if published is False or raw.get("is_expired") is True or waiting:
        return Audience.UNPUBLISHED
    privacy = raw.get("privacy")
    told = privacy if isinstance(privacy, dict) else {"value": privacy}
    audience = _AUDIENCE.get(str(told.get("value") or "").upper())
    if audience is None and str(told.get("description") or "").lower() == "public":
        audience = Audience.PUBLIC
    gated = raw.get("targeting")
    return Audience.FOLLOWERS if gated and audience is Audience.PUBLIC else audience


def _hidden(raw: Raw) -> bool | None:
    if raw.get("is_hidden") is True or raw.get("timeline_visibility") == "hidden":
        return True
    return flag_of(raw.get("is_hidden"))


def _identity(raw: Any) -> str:
    identity = native_of(raw.get("id")) if isinstance(raw, dict) else None
    if identity is None:
        msg = "a record without an id"
        raise Malformed(msg)
    return identity
