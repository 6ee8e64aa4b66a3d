"""The town's channel, videos and caption tracks as resources of the YouTube Data API v3.

Each function gives whole resources; ``demo.youtube`` leaves out the parts nobody asked for.
Shapes: https://developers.google.com/youtube/v3/docs, discovery revision 20261104.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownAccount, TownMedia, TownPost

_STATUS_SETTINGS = {"privacyStatus", "isLinked", "longUploadsStatus", "madeForKids"}
_OWNER_STATUS = {"selfDeclaredMadeForKids"}
_NO_CAPTIONS_OF_ITS_OWN = {"none", "automatic"}


def native(*parts: str, digits: int) -> str:
    """A stable id in YouTube's alphabet for a local one."""
    digest = hashlib.sha512("/".join(parts).encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:digits]


def channel_id(town: TownAccount) -> str:
    """The id of the town's channel."""
    return f"UC{native(town.handle, digits=22)}"


def uploads_id(town: TownAccount) -> str:
    """The id of the playlist of everything it published."""
    return f"UU{channel_id(town)[2:]}"


def video_id(post: str) -> str:
    """The id of a post's video."""
    return native("video", post, digits=11)


def etag(resource: Any) -> str:
    """A tag that changes with what it tags."""
    return native(json.dumps(resource, sort_keys=True, default=str), digits=27)


def channel(town: TownAccount, now: datetime, *, owner: bool) -> dict[str, Any]:
    """The channel. What only the owner may see is left out for others."""
    handle = f"@{town.handle.lstrip('@')}".lower()
    known = {"privacyStatus": "public", "isLinked": True, "longUploadsStatus": "allowed"}
    told = known | {"madeForKids": False, "selfDeclaredMadeForKids": False} | town.settings
    status = {
        k: v for k, v in told.items() if k in _STATUS_SETTINGS or (owner and k in _OWNER_STATUS)
    }
    branding = {k: v for k, v in told.items() if k not in _STATUS_SETTINGS | _OWNER_STATUS}
    return resource(
        "channel",
        channel_id(town),
        snippet={
            **_titles(town.name, town.description),
            "customUrl": handle,
            "publishedAt": stamp(town.created_at),
            "country": "GB",
        },
        contentDetails={"relatedPlaylists": {"likes": "", "uploads": uploads_id(town)}},
        statistics={
            "viewCount": "51234",
            "subscriberCount": "412",
            "hiddenSubscriberCount": False,
            "videoCount": str(len(videos(town, now, owner=False))),
        },
        status=status,
        brandingSettings={
            "channel": {
                "title": town.name,
                "description": town.description,
                "country": "GB",
                **branding,
            }
        },
    )


def playlist_items(town: TownAccount, now: datetime, *, owner: bool) -> list[dict[str, Any]]:
    """The uploads, newest first. A video that nobody may see yet has no publishing time."""
    return [
        resource(
            "playlistItem",
            native("item", video["id"], digits=48),
            snippet={
                **_titles(video["snippet"]["title"], video["snippet"]["description"], local=False),
                "publishedAt": video["snippet"]["publishedAt"],
                "channelId": channel_id(town),
                "channelTitle": town.name,
                "playlistId": uploads_id(town),
                "position": position,
                "resourceId": {"kind": "youtube#video", "videoId": video["id"]},
                "videoOwnerChannelTitle": town.name,
                "videoOwnerChannelId": channel_id(town),
            },
            contentDetails={"videoId": video["id"]}
            | (
                {"videoPublishedAt": video["snippet"]["publishedAt"]}
                if video["status"]["privacyStatus"] != "private"
                else {}
            ),
            status={"privacyStatus": video["status"]["privacyStatus"]},
        )
        for position, video in enumerate(videos(town, now, owner=owner))
    ]


def videos(
    town: TownAccount, now: datetime, *, owner: bool, unlisted: bool = False
) -> list[dict[str, Any]]:
    """The videos, newest first: all for the owner, else public ones, and unlisted ones by id."""
    seen = {"public", "unlisted"} if unlisted else {"public"}
    there = [_video(town, post, now, owner=owner) for post in uploaded(town, now)]
    return [video for video in there if owner or video["status"]["privacyStatus"] in seen]


def captions(town: TownAccount, now: datetime, video: str) -> list[dict[str, Any]] | None:
    """The caption tracks of a video, or None when there is no such video."""
    post = next((p for p in uploaded(town, now) if video_id(p.id) == video), None)
    if post is None:
        return None
    film = _film(post)
    best = film.captions_as_of(now) if film else "none"
    kinds = {"none": (), "automatic": ("asr",), "standard": ("asr", "standard")}[best]
    return [_track(post, video, kind) for kind in kinds]


def uploaded(town: TownAccount, now: datetime) -> list[TownPost]:
    """The videos there are, newest first."""
    return [p for p in town.posts_as_of(now) if p.by == "council"]


def _film(post: TownPost) -> TownMedia | None:
    return next((m for m in post.media if m.kind == "video"), None)


def privacy(post: TownPost, now: datetime) -> str:
    """Who may see a video, in YouTube's words."""
    waiting = post.scheduled_for is not None and post.scheduled_for > now
    if waiting or post.audience in {"private", "unpublished", "followers"}:
        return "private"
    return post.audience


def _video(town: TownAccount, post: TownPost, now: datetime, *, owner: bool) -> dict[str, Any]:
    film = _film(post)
    live = film.live if film else "never"
    best = film.captions_as_of(now) if film else "none"
    status = {
        "uploadStatus": "processed",
        "privacyStatus": privacy(post, now),
        "license": "youtube",
        "embeddable": True,
        "publicStatsViewable": True,
        "madeForKids": False,
    }
    if owner:
        status["selfDeclaredMadeForKids"] = False
    if post.scheduled_for is not None and post.scheduled_for > now:
        status["publishAt"] = stamp(post.scheduled_for)
    statistics = {"viewCount": "128", "likeCount": "3", "favoriteCount": "0"}
    if not post.comments_off:
        public = [c for c in post.comments_as_of(now) if c.state_as_of(now) == "published"]
        statistics["commentCount"] = str(len(public))
    details = {} if live == "never" else {"liveStreamingDetails": _broadcast(post, live)}
    return resource(
        "video",
        video_id(post.id),
        snippet={
            **_titles(post.title, post.text),
            "publishedAt": stamp(post.at),
            "channelId": channel_id(town),
            "channelTitle": town.name,
            "categoryId": "29",
            "liveBroadcastContent": {"upcoming": "upcoming", "now": "live"}.get(live, "none"),
        },
        contentDetails={
            "duration": _duration(film.seconds if film and live in {"never", "recorded"} else 0),
            "dimension": "2d",
            "definition": "hd",
            "caption": "false" if best in _NO_CAPTIONS_OF_ITS_OWN else "true",
            "licensedContent": False,
            "contentRating": {},
            "projection": "rectangular",
        },
        status=status,
        statistics=statistics,
        **details,
    )


def _broadcast(post: TownPost, live: str) -> dict[str, Any]:
    told = {"scheduledStartTime": stamp(post.at)}
    if live in {"now", "recorded"}:
        told["actualStartTime"] = stamp(post.at)
    if live == "recorded":
        told["actualEndTime"] = stamp(post.at + timedelta(hours=1))
    return told


def _track(post: TownPost, video: str, kind: str) -> dict[str, Any]:
    return resource(
        "caption",
        native("track", video, kind, digits=44),
        snippet={
            "videoId": video,
            "lastUpdated": stamp(post.at),
            "trackKind": kind,
            "language": "en" if kind == "asr" else "en-GB",
            "name": "",
            "audioTrackType": "unknown",
            "isCC": False,
            "isLarge": False,
            "isEasyReader": False,
            "isDraft": False,
            "isAutoSynced": False,
            "status": "serving",
        },
    )


def resource(kind: str, native_id: str, **parts: Any) -> dict[str, Any]:
    """A resource with its tag."""
    return {"kind": f"youtube#{kind}", "etag": etag(parts), "id": native_id, **parts}


def _titles(title: str, description: str, *, local: bool = True) -> dict[str, Any]:
    pictures = {
        "default": {"url": "https://i.ytimg.example/default.jpg", "width": 120, "height": 90}
    }
    told: dict[str, Any] = {"title": title, "description": description, "thumbnails": pictures}
    return told | ({"localized": {"title": title, "description": description}} if local else {})


def stamp(moment: datetime) -> str:
    """A time as YouTube writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    told = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if n)
    return f"PT{told}" if told else "P0D"
