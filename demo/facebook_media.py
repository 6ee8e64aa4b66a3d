"""The demo town's pictures and videos on Facebook, as Graph nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demo.graph import Node
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownMedia, TownPost

WWW = "https://www.facebook.com"
READS_PEOPLE = {"comments": "pages_read_user_content"}
AUDIENCE = {
    "followers": ("ALL_FRIENDS", "Your friends"),
    "private": ("SELF", "Only me"),
}
_LIVE = {"now": "LIVE", "recorded": "VOD", "upcoming": "SCHEDULED_UNPUBLISHED"}
_PHOTO = frozenset(
    [
        "alt_text",
        "alt_text_custom",
        "created_time",
        "from",
        "height",
        "id",
        "link",
        "name",
        "page_story_id",
        "updated_time",
        "width",
    ]
)
_VIDEO = frozenset(
    [
        "created_time",
        "description",
        "embeddable",
        "from",
        "id",
        "length",
        "live_status",
        "permalink_url",
        "post_id",
        "privacy",
        "published",
        "status",
        "title",
        "updated_time",
    ]
)


def photo(handle: str, story: str, post: TownPost, medium: TownMedia, now: datetime) -> Node:
    """A picture, with Facebook's guess where nobody has described it."""
    native = number("facebook", medium.id)
    human = medium.alt_as_of(now)
    fields = {
        "id": native,
        "alt_text": human or medium.machine_alt or "No photo description available.",
        "alt_text_custom": human or None,
        "name": post.text or None,
        "created_time": wire_time(post.at),
        "page_story_id": story,
        "link": f"{WWW}/{handle}/photos/a.1/{native}/?type=3",
    }
    return Node(type="Photo", fields=fields, known=_PHOTO, default=("created_time", "name", "id"))


def video(
    page: str,
    post: TownPost,
    medium: TownMedia,
    now: datetime,
    comments: list[Node] | None = None,
) -> Node:
    """A video or reel, with its caption tracks."""
    native = number("facebook", medium.id)
    reel = post.kind == "reel"
    value, words = AUDIENCE.get(post.audience, ("EVERYONE", "Public"))
    fields = {
        "id": native,
        "title": post.title or None,
        "description": post.text or None,
        "length": float(medium.seconds),
        "live_status": _LIVE.get(medium.live),
        "created_time": wire_time(post.at),
        "updated_time": wire_time(post.at),
        "permalink_url": f"/reel/{native}/" if reel else f"/{page}/videos/{native}/",
        "post_id": number("facebook", post.id),
        "published": True,
        "privacy": {"allow": "", "deny": "", "description": words, "value": value},
    }
    tracks = _tracks(medium.captions_as_of(now), post.at)
    return Node(
        type="Video",
        fields=fields,
        known=_VIDEO,
        default=("description", "updated_time", "id"),
        edges={"captions": lambda: tracks, "comments": lambda: comments or []},
        needs=READS_PEOPLE,
        time=post.at.timestamp(),
    )


def attachment(handle: str, medium: TownMedia) -> dict[str, Any]:
    """What a post shows of a medium."""
    native = number("facebook", medium.id)
    if medium.kind == "image":
        url = f"{WWW}/{handle}/photos/a.1/{native}/?type=3"
        return _attached("photo", "photo", native, url)
    url = f"{WWW}/{handle}/videos/{native}/"
    if medium.kind == "animation":
        return _attached("video", "animated_image_video", native, url)
    return _attached("video", "video_inline", native, url)


def _attached(media_type: str, kind: str, native: str, url: str) -> dict[str, Any]:
    return {
        "media_type": media_type,
        "type": kind,
        "url": url,
        "unshimmed_url": url,
        "target": {"id": native, "url": url},
    }


def wire_time(moment: datetime) -> str:
    """A time as Graph writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


def _tracks(captions: str, at: datetime) -> list[Node]:
    locales = [] if captions == "none" else [("en_GB", "English (UK)")]
    return [
        Node(
            type="VideoCaption",
            fields={
                "create_time": int(at.timestamp()),
                "is_auto_generated": captions == "automatic",
                "is_default": True,
                "locale": locale,
                "locale_name": name,
            },
            known=frozenset(
                {"create_time", "is_auto_generated", "is_default", "locale", "locale_name", "uri"}
            ),
            default=("locale", "locale_name", "create_time"),
        )
        for locale, name in locales
    ]
