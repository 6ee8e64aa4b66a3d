"""What LinkedIn says of a page's posts, and of the pictures and videos attached to them, as records.

Pure functions; what is not told is None. They raise ``Malformed`` for an item that lacks what no
record can do without. Fields: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/posts-api
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - read at run time by get_type_hints
from typing import TYPE_CHECKING, Any

from connectors.linkedin_values import (
    URL,
    URN,
    WWW,
    Raw,
    count_of,
    is_web,
    key,
    list_of,
    object_of,
    payload_of,
    text_of,
    time_of,
)
from connectors.transport import scrub
from socialaudit.errors import Malformed
from socialaudit.models import Audience, Captions, Live, Media, MediaKind, Post, PostKind

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASHTAG = re.compile(r"\{hashtag\|\\?#\|([^{}|]*)\}")
_MENTION = re.compile(r"@\[([^\]]*)\]\(urn:li:[^()]*\)")
_ESCAPED = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")
_KINDS = {"image": MediaKind.IMAGE, "video": MediaKind.VIDEO}
_AUDIENCE = {
    "PUBLIC": Audience.PUBLIC,
    "LOGGED_IN": Audience.FOLLOWERS,
    "CONNECTIONS": Audience.FOLLOWERS,
    "CONTAINER": Audience.FOLLOWERS,  # a group
}


@dataclass(frozen=True, slots=True)
class Talk:
    """What LinkedIn states of the comments under a post; None for what it does not."""

    count: int | None = None
    state: str | None = None


def talk(raw: Raw | None) -> Talk:
    """The comments of a post as ``socialMetadata`` sums them up."""
    told = raw or {}
    summary = told.get("commentSummary")
    return Talk(
        count_of(summary.get("count")) if isinstance(summary, dict) else None,
        text_of(told.get("commentsState")),
    )


def post(account: str, raw: Any, said: Talk) -> Post:
    """A post of the page; a reshare carries somebody else's."""
    identity, moment = post_urn(raw), published_at(raw)
    content = object_of(raw.get("content"))
    text = "\n".join(filter(None, [plain(raw.get("commentary")), *_asked(content)]))
    article = object_of(content.get("article"))
    links = [article.get("source"), *URL.findall(text)]
    edited = object_of(raw.get("lifecycleStateInfo")).get("isEditedByAuthor") is True
    kinds = {kind for _, kind, _ in attached(raw)}
    own = PostKind.VIDEO if kinds == {MediaKind.VIDEO} else PostKind.POST
    return Post(
        key=key(identity),
        account=account,
        id=identity,
        kind=PostKind.REPOST if raw.get("reshareContext") else own,
        published_at=moment,
        edited_at=time_of(raw.get("lastModifiedAt")) if edited else None,
        title=text_of(article.get("title")),
        text=text,
        permalink=f"{WWW}/feed/update/{identity}/",
        links=tuple(dict.fromkeys(one for one in links if isinstance(one, str) and is_web(one))),
        audience=_audience(raw),
        replies_from=said.state,
        comment_count=said.count,
        payload=payload_of(raw),
    )


def _asked(content: Raw) -> Iterator[str | None]:
    """The question of a poll and its answers."""
    poll = object_of(content.get("poll"))
    yield text_of(poll.get("question"))
    yield from (text_of(object_of(one).get("text")) for one in list_of(poll.get("options")))


def attached(raw: Raw) -> Iterator[tuple[str, MediaKind, str | None]]:
    """The pictures and videos of a post: URN, kind and description.

    LinkedIn leaves fields out that are empty: a picture without ``altText`` has no description.
    Documents, polls and the preview of a link are no pictures.
    """
    content = object_of(raw.get("content"))
    several = object_of(content.get("multiImage")).get("images")
    cards = object_of(content.get("carousel")).get("cards")
    celebrated = object_of(content.get("celebration")).get("media")
    parts = [content.get("media"), *list_of(several), celebrated]
    parts += [object_of(card).get("media") for card in list_of(cards)]
    for part in parts:
        told = object_of(part)
        urn = str(told.get("id") or "")
        sort = _KINDS.get(urn.split(":")[2] if urn.count(":") > 2 else "")  # noqa: PLR2004 - urn:li:image:…
        if sort is not None and URN.fullmatch(urn):
            yield urn, sort, text_of(told.get("altText")) or ""


def medium(post: Post, urn: str, kind: MediaKind, alt: str | None, video: Raw | None) -> Media:
    """A picture or video of a post; ``video`` is its own record, where it was read."""
    told = video or {}
    moving = kind is MediaKind.VIDEO
    length = count_of(told.get("duration"))
    return Media(
        key=key(urn),
        account=post.account,
        id=urn,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink,
        alt_text=None if moving else alt,
        captions=captions(told) if moving else None,
        duration=length / 1000 if moving and length is not None else None,
        live=Live.NEVER if moving else None,
        payload=scrub({"id": urn, "altText": alt, "captions": told.get("captions")}),
    )


def captions(video: Raw) -> Captions | None:
    """The captions of a video. That LinkedIn tells them is not documented: None where it does not."""
    if "captions" not in video or video["captions"] is None:
        return None
    told = video["captions"]
    tracks = list_of(told) or ([told] if told else [])
    if not tracks:
        return Captions.NONE
    automatic = [
        object_of(one).get("autoGenerated", object_of(one).get("isAutoGenerated")) for one in tracks
    ]
    return Captions.AUTOMATIC if all(one is True for one in automatic) else Captions.STANDARD


def post_urn(raw: Any) -> str:
    """The URN of a post; raises ``Malformed`` where there is none."""
    urn = str(object_of(raw).get("id"))
    if not URN.fullmatch(urn):
        raise Malformed("a post without an id")
    return urn


def published_at(raw: Raw) -> datetime:
    """When a post came out, or was begun if it has not. Raises ``Malformed``."""
    moment = time_of(raw.get("publishedAt")) or time_of(raw.get("createdAt"))
    if moment is None:
        raise Malformed("a post without a time")
    return moment


def changed_at(raw: Any) -> datetime | None:
    """When a post was last changed, by which lists are ordered; never before it was published."""
    told = object_of(raw)
    times = (time_of(told.get(name)) for name in ("lastModifiedAt", "publishedAt", "createdAt"))
    return max((one for one in times if one), default=None)


def plain(little: Any) -> str:
    r"""The text of a post as people see it, out of LinkedIn's "little text" with its marks.

    >>> plain(r"Ask {hashtag|\#|Cromer} or @[The Hall](urn:li:organization:1) \(free\)")
    'Ask #Cromer or The Hall (free)'
    """
    text = _HASHTAG.sub(r"#\1", text_of(little) or "")
    return _ESCAPED.sub(r"\1", _MENTION.sub(r"\1", text))


def _audience(raw: Raw) -> Audience | None:
    state = str(raw.get("lifecycleState") or "PUBLISHED")
    spread = object_of(raw.get("distribution"))
    if state != "PUBLISHED" or raw.get("adContext"):
        return Audience.UNPUBLISHED
    audience = _AUDIENCE.get(str(raw.get("visibility")).upper())
    if audience is Audience.PUBLIC and spread.get("targetEntities"):
        return Audience.FOLLOWERS
    if audience is Audience.PUBLIC and spread.get("feedDistribution") == "NONE":
        return Audience.UNLISTED
    return audience
