"""What YouTube says of a channel and its videos, as our models. Pure functions; all raise ``Malformed`` and no more.

Items are what the API lists (https://developers.google.com/youtube/v3/docs, revision 20261104).
A part that was not told is read as empty, so each of its facts becomes ``None``.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors.transport import scrub
from connectors.youtube_fields import (
    count,
    moment,
    native_id,
    part,
    seconds,
    string,
    time_of,
)
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Audience,
    Captions,
    Live,
    Media,
    MediaKind,
    Post,
    PostKind,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from connectors import Access

_AUDIENCES = {a.value: a for a in (Audience.PUBLIC, Audience.UNLISTED, Audience.PRIVATE)}
Tracks = tuple[Captions | None, tuple[str, ...] | None]
"""The best kind of caption track of a video, and its languages; unknown where not told."""

_IN_BRACKETS = r"\([^\s<>\"()]*\)"
_LINK = re.compile(
    rf"https?://(?:{_IN_BRACKETS}|[^\s<>\"()])*(?:{_IN_BRACKETS}|[^\s<>\"().,;:!?'])"
)


def account(item: Any, access: Access) -> Account:
    """The channel. What only YouTube's site shows (links, contact, badge) stays unknown."""
    snippet, privacy = part(item, "snippet"), string(part(item, "status").get("privacyStatus"))
    native = identity(item)
    return Account(
        key=f"youtube:{native}",
        account=access.account,
        id=native,
        platform="youtube",
        kind=access.kind,
        handle=string(snippet.get("customUrl")) or access.handle,
        name=string(snippet.get("title")),
        description=string(snippet.get("description")),
        permalink=f"https://www.youtube.com/channel/{quote(native)}",
        protected=None if privacy is None else privacy == "private",
        created_at=moment(snippet.get("publishedAt")),
        payload=scrub(item),
    )


def settings(item: Any, account: str) -> Iterator[Setting]:
    """What the channel's status and branding tell, under YouTube's names, title and text aside."""
    branding = part(part(item, "brandingSettings"), "channel")
    told = {k: v for k, v in branding.items() if k not in {"title", "description"}}
    for name, value in {**told, **part(item, "status")}.items():
        yield Setting(
            key=f"youtube:{identity(item)}/{name}",
            account=account,
            name=name,
            value=json.dumps(scrub(value), ensure_ascii=False, sort_keys=True),
            payload={name: scrub(value)},
        )


def uploads(item: Any) -> str:
    """The playlist of everything the channel published."""
    told = string(part(part(item, "contentDetails"), "relatedPlaylists").get("uploads"))
    return told or f"UU{identity(item).removeprefix('UC')}"  # undocumented, and always so


def entry(item: Any) -> tuple[str, datetime | None]:
    """The video of a playlist entry, and when it was published if the entry tells."""
    details, resource = (
        part(item, "contentDetails"),
        part(part(item, "snippet"), "resourceId"),
    )
    native = native_id(details.get("videoId") or resource.get("videoId"))
    return native, moment(details.get("videoPublishedAt"))


def as_listed(item: Any) -> dict[str, Any] | None:
    """A video as far as its playlist entry tells of it; None for one that is private or deleted."""
    details, snippet, status = (part(item, p) for p in ("contentDetails", "snippet", "status"))
    at = details.get("videoPublishedAt") or (None if details else snippet.get("publishedAt"))
    title = string(snippet.get("title"))
    if not at or not title or title in {"Private video", "Deleted video"}:
        return None
    told = {"title": title, "description": snippet.get("description"), "publishedAt": at}
    return {"id": entry(item)[0], "snippet": told, "status": status}


def listed_at(item: Any) -> datetime | None:
    """When a playlist entry was published, or else added, for the order of the list."""
    if not isinstance(item, dict):
        return None
    told = part(item, "contentDetails").get("videoPublishedAt")
    return moment(told) or moment(part(item, "snippet").get("publishedAt"))


def post(item: Any, account: str) -> Post:
    """A video as a post."""
    native, snippet = identity(item), part(item, "snippet")
    text = string(snippet.get("description"))
    return Post(
        key=f"youtube:{native}",
        account=account,
        id=native,
        kind=PostKind.VIDEO,
        published_at=time_of(snippet.get("publishedAt")),
        title=string(snippet.get("title")),
        text=text,
        permalink=watch(native),
        links=None if text is None else tuple(_LINK.findall(text)),
        audience=_audience(part(item, "status")),
        comment_count=count(part(item, "statistics").get("commentCount")),
        payload=scrub(item),
    )


def media(
    item: Any, account: str, captions: Captions | None, languages: tuple[str, ...] | None
) -> Media:
    """A video as a medium, with the captions found for it."""
    native, details = identity(item), part(item, "contentDetails")
    told = {k: item[k] for k in ("contentDetails", "liveStreamingDetails") if k in item}
    return Media(
        key=f"youtube:{native}/video",
        account=account,
        id=native,
        post=f"youtube:{native}",
        kind=MediaKind.VIDEO,
        published_at=time_of(part(item, "snippet").get("publishedAt")),
        permalink=watch(native),
        captions=captions,
        caption_languages=languages,
        duration=seconds(string(details.get("duration"))),
        live=live(item),
        payload=scrub({"id": native, **told}),
    )


def live(item: Any) -> Live | None:
    """Where a video stands between a broadcast and a recording; a premiere counts as broadcast."""
    told = string(part(item, "snippet").get("liveBroadcastContent"))
    if told in {"upcoming", "live"}:
        return Live.UPCOMING if told == "upcoming" else Live.NOW
    if string(part(item, "liveStreamingDetails").get("actualStartTime")):
        return Live.RECORDED
    return Live.NEVER if told == "none" else None


def captions(tracks: Sequence[Any], video: str) -> Tracks:
    """The best kind of track that viewers of a video can turn on, and its languages.

    Drafts and tracks that are not being served do not count, and neither do forced ones, which
    caption only foreign speech. Unknown when all the tracks are another video's; ``Malformed`` when
    one that could be better cannot be understood.
    """
    snippets = [part(track, "snippet") for track in tracks if isinstance(track, dict)]
    ours = [s for s in snippets if s.get("videoId") in (None, video)]
    if snippets and not ours:
        return None, None
    served: dict[str, list[str]] = {}
    for snippet in ours:
        status = (string(snippet.get("status")) or "serving").lower()
        if status == "serving" and snippet.get("isDraft") is not True:
            kind = (string(snippet.get("trackKind")) or "").lower()  # "ASR" and "asr" both occur
            served.setdefault(kind, []).append(string(snippet.get("language")) or "und")
    if "standard" in served:
        return Captions.STANDARD, tuple(dict.fromkeys(served["standard"]))
    if "" in served or len(snippets) < len(tracks):
        raise Malformed("a caption track that does not say what it is")
    if "asr" in served:
        return Captions.AUTOMATIC, tuple(dict.fromkeys(served["asr"]))
    return Captions.NONE, ()


def is_bare(channel: Any) -> bool:
    """Whether a channel says that it has no videos."""
    return count(part(channel, "statistics").get("videoCount")) == 0


def is_called(channel: Any, names: Collection[Any]) -> bool:
    """Whether a channel bears one of these ids or handles, for servers that list others too."""
    handle = string(part(channel, "snippet").get("customUrl")) or ""
    called = {str(name).lower().lstrip("@") for name in names}
    return bool(called & {identity(channel).lower(), handle.lower().lstrip("@")})


def identity(item: Any) -> str:
    """The id of an item."""
    return native_id(item.get("id") if isinstance(item, dict) else None)


def _audience(status: dict[str, Any]) -> Audience | None:
    privacy = string(status.get("privacyStatus")) or ""
    if string(status.get("uploadStatus")) in {"deleted", "failed", "rejected"}:
        return Audience.UNPUBLISHED
    if privacy == "private" and status.get("publishAt"):
        return Audience.UNPUBLISHED
    return _AUDIENCES.get(privacy)


def watch(video: str) -> str:
    """Where a video is watched."""
    return f"https://www.youtube.com/watch?v={quote(video)}"
