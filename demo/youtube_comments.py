"""The comments under the town's videos as resources of the YouTube Data API v3.

Shapes: https://developers.google.com/youtube/v3/docs/commentThreads, discovery revision 20261104.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from demo.youtube_resources import (
    channel_id,
    native,
    privacy,
    resource,
    stamp,
    uploaded,
    video_id,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from demo.town import TownAccount, TownComment, TownPost


def comment_id(post: TownPost, comment: TownComment) -> str:
    """The id of a comment; a reply's begins with that of its thread."""
    thread = _thread_of(post, comment)
    top = f"Ugx{native('comment', post.id, thread.id, digits=16)}4AaABAg"
    return top if thread is comment else f"{top}.{native('reply', comment.id, digits=22)}"


def threads(
    town: TownAccount,
    now: datetime,
    state: str,
    *,
    owner: bool,
    plain: bool,
    told: bool,
    most: int | None = 5,
) -> list[dict[str, Any]]:
    """Threads with a comment in ``state``, newest first, each with at most ``most`` replies.

    ``plain`` is the text format, ``told`` whether each comment tells its moderation status.
    """
    found: list[tuple[datetime, dict[str, Any]]] = []
    for post in uploaded(town, now):
        if post.comments_off or privacy(post, now) == "private":
            continue
        comments = post.comments_as_of(now)
        for top in comments:
            if top.reply_to:
                continue
            replies = [
                c
                for c in comments
                if c is not top and _thread_of(post, c) is top and c.state_as_of(now) == state
            ]
            own = top.state_as_of(now)
            if own == state or (own == "published" and replies):
                shown = {"owner": owner, "plain": plain, "told": told, "now": now}
                found.append((top.at, _thread(town, post, top, replies, most=most, **shown)))
    return [thread for _, thread in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _thread_of(post: TownPost, comment: TownComment) -> TownComment:
    """The comment that begins the thread: YouTube's threads are one level deep."""
    by_id = {c.id: c for c in post.comment}
    while comment.reply_to in by_id:
        comment = by_id[comment.reply_to]
    return comment


def _thread(
    town: TownAccount,
    post: TownPost,
    top: TownComment,
    replies: Sequence[TownComment],
    *,
    most: int | None,
    **shown: Any,
) -> dict[str, Any]:
    video = video_id(post.id)
    listed = sorted(replies, key=lambda c: c.at)[-most if most else None :]
    answers = {"comments": [_comment(town, post, c, **shown) for c in listed]}
    return resource(
        "commentThread",
        comment_id(post, top),
        snippet={
            "channelId": channel_id(town),
            "videoId": video,
            "topLevelComment": _comment(town, post, top, **shown),
            "canReply": True,
            "totalReplyCount": len(replies),
            "isPublic": top.state_as_of(shown["now"]) == "published",
        },
        **({"replies": answers} if listed else {}),
    )


def _comment(
    town: TownAccount,
    post: TownPost,
    comment: TownComment,
    *,
    now: datetime,
    owner: bool,
    plain: bool,
    told: bool,
) -> dict[str, Any]:
    own = comment.by == "council"
    author = channel_id(town) if own else f"UC{native('person', comment.by, digits=22)}"
    name = town.handle.lstrip("@") if own else comment.by.replace(" ", "")
    text = html.escape(comment.text).replace("\n", "<br>")
    top = _thread_of(post, comment)
    snippet = {
        "channelId": channel_id(town),
        "videoId": video_id(post.id),
        "textDisplay": comment.text if plain else text,
        "authorDisplayName": f"@{name}",
        "authorProfileImageUrl": f"https://yt3.ggpht.example/{author}",
        "authorChannelUrl": f"http://www.youtube.com/@{name}",
        "authorChannelId": {"value": author},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": stamp(comment.at),
        "updatedAt": stamp(comment.at),
    }
    if owner and own:
        snippet["textOriginal"] = comment.text
    if top is not comment:
        snippet["parentId"] = comment_id(post, top)
    if told:
        states = {"held": "heldForReview", "spam": "likelySpam", "hidden": "rejected"}
        snippet["moderationStatus"] = states.get(comment.state_as_of(now), "published")
    return resource("comment", comment_id(post, comment), snippet=snippet)
