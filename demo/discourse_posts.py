"""The posts of a topic of the imitated Discourse board, as its serializers write them."""

from __future__ import annotations

from datetime import UTC
from html import escape
from typing import TYPE_CHECKING, Any

from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.town import TownComment, TownPost


def shown(post: TownPost, now: datetime) -> list[TownComment]:
    """The answers in a topic that have a place in it, the oldest first."""
    there = post.comments_as_of(now)
    kept = [c for c in there if c.state_as_of(now) in {"published", "hidden"}]
    return sorted(kept, key=lambda c: c.at)


def username(by: str, council: str) -> str:
    """The name that somebody writes under; ``council`` is that of the council's user."""
    return council if by == "council" else by.replace(" ", "_")


def stream(post: TownPost, now: datetime, council: str) -> list[dict[str, Any]]:
    """Every post of a topic, by its number."""
    comments = shown(post, now)
    numbers = {c.id: n for n, c in enumerate(comments, start=2)}
    html = f"<p>{escape(post.text, quote=False)}</p>"
    html += "".join(_picture(m.id, m.alt_as_of(now)) for m in post.media)
    told = [_written(post, post_id(post.id), 1, username(post.by, council), post.at, html)]
    for comment in comments:
        native = post_id(post.id, comment.id)
        words = f"<p>{escape(comment.text, quote=False)}</p>"
        hidden = comment.state_as_of(now) == "hidden"
        at = comment.at
        by = username(comment.by, council)
        raw = _written(post, native, numbers[comment.id], by, at, words)
        told.append(
            {
                **raw,
                "reply_to_post_number": numbers.get(comment.reply_to),
                "hidden": hidden,
            }
        )
    return told


def _written(
    post: TownPost, native: str, place: int, by: str, at: datetime, html: str
) -> dict[str, Any]:
    edited = post.edited_at if place == 1 and post.edited_at else None
    return {
        "id": int(native),
        "name": by,
        "username": by,
        "avatar_template": "/letter_avatar/{size}.png",
        "created_at": timed(at),
        "cooked": html,
        "post_number": place,
        "post_type": 1,
        "updated_at": timed(edited or at),
        "reply_count": 0,
        "reply_to_post_number": None,
        "quote_count": 0,
        "topic_id": int(topic_id(post)),
        "topic_slug": post.id,
        "version": 2 if edited else 1,
        "moderator": False,
        "admin": False,
        "staff": False,
        "user_id": 7,
        "hidden": False,
        "trust_level": 1,
        "deleted_at": None,
        "user_deleted": False,
        "edit_reason": None,
        "wiki": False,
    }


def topic_id(post: TownPost) -> str:
    """The number of a topic."""
    return number("discourse", "topic", post.id, digits=5)


def post_id(*local: str) -> str:
    """The number of a post, of a topic's first one or an answer."""
    return number("discourse", *local, digits=7)


def _picture(name: str, alt: str) -> str:
    """A picture as a board shows it: a smaller one, that opens the whole."""
    whole = f"/uploads/default/original/1X/{name}.jpeg"
    return (
        f'<p><div class="lightbox-wrapper"><a class="lightbox" href="{whole}" title="{name}">'
        f'<img src="/uploads/default/optimized/1X/{name}_690x400.jpeg" alt="{escape(alt)}"'
        ' width="690" height="400"><div class="meta"><svg></svg>'
        f'<span class="filename">{name}</span><span class="informations">1920 x 1080 92 KB</span>'
        "</div></a></div></p>"
    )


def timed(at: datetime) -> str:
    """A time to the millisecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
