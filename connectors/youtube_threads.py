"""What YouTube says of comments and their threads, as our models; all raise ``Malformed`` only.

https://developers.google.com/youtube/v3/docs/commentThreads, revision 20261104.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from connectors.transport import pseudonym, scrub
from connectors.youtube_fields import (
    count,
    first_string,
    moment,
    native_id,
    part,
    string,
    time_of,
)
from connectors.youtube_wire import identity, watch
from socialaudit.errors import Malformed
from socialaudit.models import Comment, CommentKind, CommentState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from connectors import Access

_BREAK = re.compile(r"<br ?/?>")
_TAG = re.compile(r"</?(?:a|b|i|s)(?: [^<>]*)?>")
_MARKED_UP = re.compile(r"<br ?/?>|<a (?:[^<>]* )?href=|</[bis]>|&(?:#39|quot|amp|lt|gt);")
_CHANNEL = re.compile(r"(?:https?://[\w.]+/channel/)?(UC[\w-]+)")
STATES = {
    "published": CommentState.PUBLISHED,
    "heldForReview": CommentState.HELD,
    "likelySpam": CommentState.SPAM,
    "rejected": CommentState.HIDDEN,
}


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies as listed: ``replies`` may be fewer than ``total``, if that is told."""

    id: str
    video: str | None
    begun: datetime | None
    top: Any
    replies: list[Any]
    total: int | None


def thread(item: Any) -> Thread:
    """A comment thread as listed; a comment that is missing from it is left for ``comment``."""
    snippet = part(item, "snippet")
    top = snippet.get("topLevelComment")
    told = part(top, "snippet") if isinstance(top, dict) else {}
    replies = part(item, "replies").get("comments")
    return Thread(
        id=native_id(item.get("id") or (top.get("id") if isinstance(top, dict) else None)),
        video=first_string(snippet.get("videoId"), told.get("videoId")),
        begun=moment(told.get("publishedAt")),
        top=top,
        replies=replies if isinstance(replies, list) else [],
        total=count(snippet.get("totalReplyCount")),
    )


def begun(item: Any) -> datetime | None:
    """When a thread was begun, for the order of the list."""
    try:
        return thread(item).begun
    except Malformed:
        return None


def merged(within: Thread, replies: Sequence[Any]) -> list[Any]:
    """Replies without doubles and without those of other threads; odd ones stay."""
    kept: dict[str, Any] = {}
    for position, item in enumerate(replies):
        if not isinstance(item, dict):
            kept[str(position)] = item
        elif part(item, "snippet").get("parentId") in (None, within.id):
            kept[f"id {item.get('id')}"] = item
    return list(kept.values())


def comment(
    item: Any, within: Thread, *, access: Access, channel: str, state: CommentState
) -> Comment:
    """A comment or reply; ``state`` is that of the list it stands in, unless it tells its own.

    The payload leaves out who wrote it.
    """
    native, snippet = identity(item), part(item, "snippet")
    kept = {k: v for k, v in snippet.items() if not k.startswith("author")}
    author = _author(snippet)
    published_at, updated_at = time_of(snippet.get("publishedAt")), moment(snippet.get("updatedAt"))
    video = string(snippet.get("videoId")) or within.video
    top = item is within.top
    own = None if author is None else author == channel
    return Comment(
        key=f"youtube:{native}",
        account=access.account,
        id=native,
        kind=_kind(top=top, video=video, own=own),
        post=None if video is None else f"youtube:{video}",
        parent=None if top else f"youtube:{string(snippet.get('parentId')) or within.id}",
        author=pseudonym(access.salt, "youtube", author or snippet.get("authorDisplayName")),
        own=own,
        text=first_string(snippet.get("textOriginal"), plain(snippet.get("textDisplay"))),
        published_at=published_at,
        edited_at=updated_at if updated_at != published_at else None,
        state=STATES.get(string(snippet.get("moderationStatus")) or "", state),
        reply_count=within.total if top else None,
        permalink=None if video is None else f"{watch(video)}&lc={quote(native)}",
        payload=scrub({**item, "snippet": kept}),
    )


def plain(shown: Any) -> Any:
    """Words as they were written, from a server that sends them marked up whatever was asked.

    >>> plain('Don&#39;t! See <a href="https://x.example">this</a> &lt;3'), plain("a < b")
    ("Don't! See this <3", 'a < b')
    """
    if not isinstance(shown, str) or not _MARKED_UP.search(shown):
        return shown
    return unescape(_TAG.sub("", _BREAK.sub("\n", shown)))


def _author(snippet: dict[str, Any]) -> str | None:
    """The channel that wrote a comment; older answers tell it by its address only."""
    told = string(part(snippet, "authorChannelId").get("value"))
    known = (snippet.get("authorChannelId"), snippet.get("authorChannelUrl"))
    found = [_CHANNEL.fullmatch(one) for one in known if isinstance(one, str)]
    return told or next((one[1] for one in found if one), None)


def _kind(*, top: bool, video: str | None, own: bool | None) -> CommentKind:
    if not top:
        return CommentKind.REPLY
    return CommentKind.VISITOR_POST if video is None and own is False else CommentKind.COMMENT
