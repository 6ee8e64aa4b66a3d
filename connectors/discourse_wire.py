"""Users, topics and posts of Discourse as our records."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.discourse_html import Cooked
from connectors.hypertext import plain, web_address
from connectors.transport import pseudonym, scrub, utc
from socialaudit.errors import Malformed
from socialaudit.models import (
    Account,
    Audience,
    Captions,
    Comment,
    CommentKind,
    CommentState,
    Media,
    MediaKind,
    Post,
    PostKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access

_SHOWN = frozenset({None, 1, 2})
"""Types of posts that people read: regular, and a moderator's; not small actions, not whispers."""
_KINDS = {"video": MediaKind.VIDEO, "audio": MediaKind.AUDIO}
_OF_PEOPLE = frozenset(
    {
        "name",
        "username",
        "display_username",
        "user_id",
        "avatar_template",
        "user_title",
        "reply_to_user",
        "deleted_by",
        "primary_group_name",
        "flair_name",
        "flair_url",
        "user_cakedate",
        "user_status",
        "user_custom_fields",
        "email",
        "ip_address",
    }
)
"""What of a post tells who a commenter is."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as its own page tells of it. ``began`` is who began it, in small letters."""

    id: int
    title: str
    slug: str
    began: str | None
    visible: bool
    closed: bool
    posts_count: int | None


def account(told: dict[str, Any], access: Access, where: str, *, user: bool) -> Account:
    """A user, a category, a topic or a board as it introduces itself; ``where`` is its address."""
    bio = told.get("bio_raw") if user else told.get("description")
    if bio is None and user:
        bio = told.get("bio_cooked") or told.get("bio_excerpt")
    name = told.get("name") or told.get("title") or told.get("username")
    site = web_address(told.get("website"), where)
    hidden = told.get("profile_hidden")
    created = told.get("created_at")
    return Account(
        key=f"discourse:{access.handle}",
        account=access.account,
        id=access.handle,
        platform="discourse",
        kind=access.kind,
        handle=access.handle,
        name=plain(name),
        description=plain(bio),
        permalink=where,
        links=tuple(filter(None, [site])) if user else None,
        protected=hidden if isinstance(hidden, bool) else None,
        published=True,
        created_at=utc(created) if user and isinstance(created, str) else None,
        payload=scrub({k: told.get(k) for k in ("id", "username", "name", "title", "trust_level")}),
    )


def topic(told: dict[str, Any]) -> Topic:
    """The page of a topic. Raises ``Malformed`` for one without a number."""
    number = told.get("id")
    if isinstance(number, bool) or not isinstance(number, int):
        raise Malformed("a topic without a number")
    details = told.get("details")
    creator = details.get("created_by") if isinstance(details, dict) else None
    began = creator.get("username") if isinstance(creator, dict) else None
    first = next((p for p in posts(told) if p.get("post_number") == 1), {})
    count = told.get("posts_count")
    return Topic(
        id=number,
        title=plain(told.get("title")) or "",
        slug=str(told.get("slug") or "-"),
        began=_folded(first.get("username") or began),
        visible=told.get("visible") is not False,
        closed=bool(told.get("closed") or told.get("archived")),
        posts_count=count if isinstance(count, int) else None,
    )


def posts(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The posts on a topic's page, or in an answer for some of them."""
    stream = told.get("post_stream")
    found = stream.get("posts") if isinstance(stream, dict) else None
    return [p for p in found if isinstance(p, dict)] if isinstance(found, list) else []


def is_shown(raw: dict[str, Any]) -> bool:
    """Whether this is a post that people read, and it is still there."""
    gone = raw.get("deleted_at") or raw.get("user_deleted")
    return raw.get("post_type") in _SHOWN and not gone


def author(raw: dict[str, Any]) -> str | None:
    """Who wrote a post, in small letters."""
    return _folded(raw.get("username"))


@dataclass(frozen=True, slots=True)
class Writer:
    """Makes records of one board's posts; ``home`` is its address, ``council`` its own users."""

    access: Access
    home: str
    council: frozenset[str]

    def post(self, raw: dict[str, Any], of: Topic, above: str | None) -> Iterator[Post | Media]:
        """What the council wrote, with what it shows; ``above`` is the id of what it answers."""
        native, at = _known(raw)
        begins = raw.get("post_number") == 1
        cooked = Cooked(str(raw.get("cooked") or ""), self.home)
        told = Post(
            key=f"discourse:{native}",
            account=self.access.account,
            id=native,
            kind=PostKind.POST if begins else PostKind.REPLY,
            published_at=at,
            edited_at=_edited(raw, at),
            title=of.title if begins else None,
            text=_text(raw, cooked),
            permalink=self._permalink(raw, of),
            links=cooked.links,
            audience=Audience.PUBLIC if of.visible else Audience.UNLISTED,
            replies_from="closed" if of.closed else None,
            comment_count=_count(raw, of, begins=begins),
            hidden=bool(raw.get("hidden")),
            reply_to=above,
            payload=scrub(dict(raw)),
        )
        yield told
        yield from _media(told, cooked)

    def comment(
        self, raw: dict[str, Any], of: Topic, post: str | None, parent: str | None
    ) -> Comment:
        """What somebody wrote, under a post of the council (its key) or below another's (its key)."""
        native, at = _known(raw)
        cooked = Cooked(str(raw.get("cooked") or ""), self.home)
        by = author(raw)
        text = _text(raw, cooked)
        visit = post is None and parent is None
        return Comment(
            key=f"discourse:{native}",
            account=self.access.account,
            id=native,
            kind=_kind(visit=visit, answers=parent is not None),
            post=post,
            parent=parent,
            author=pseudonym(self.access.salt, "discourse", by),
            own=by in self.council if by and self.council else None,
            text=f"{of.title}\n{text}" if visit and text is not None else text,
            published_at=at,
            edited_at=_edited(raw, at),
            state=CommentState.HIDDEN if raw.get("hidden") else CommentState.PUBLISHED,
            reply_count=_number(raw.get("reply_count")),
            permalink=self._permalink(raw, of),
            payload=scrub({k: v for k, v in raw.items() if k not in _OF_PEOPLE}),
        )

    def held(self, raw: dict[str, Any], post: str | None) -> Comment:
        """A post that waits for a moderator, out of the board's queue."""
        content = raw.get("payload")
        said = content.get("raw") if isinstance(content, dict) else None
        native, at = _known(raw)
        by = _number(raw.get("target_created_by_id")) or _number(raw.get("created_by_id"))
        return Comment(
            key=f"discourse:review-{native}",
            account=self.access.account,
            id=f"review-{native}",
            kind=CommentKind.COMMENT if post else CommentKind.VISITOR_POST,
            post=post,
            author=pseudonym(self.access.salt, "discourse", f"user {by}" if by else None),
            own=False,
            text=said if isinstance(said, str) else None,
            published_at=at,
            state=CommentState.HELD,
            permalink=f"{self.home}/review/{native}",
            payload=scrub({"id": native, "type": raw.get("type"), "raw": said}),
        )

    def _permalink(self, raw: dict[str, Any], of: Topic) -> str:
        return f"{self.home}/t/{of.slug}/{of.id}/{_number(raw.get('post_number')) or 1}"


def _known(raw: dict[str, Any]) -> tuple[str, datetime]:
    native = raw.get("id")
    if isinstance(native, bool) or not isinstance(native, int | str) or not str(native).strip():
        raise Malformed("a post without a number")
    return str(native), utc(raw.get("created_at"))


def _text(raw: dict[str, Any], cooked: Cooked) -> str | None:
    """The words of a post; those of a hidden one are the board's own notice."""
    unknown = raw.get("cooked_hidden") or not isinstance(raw.get("cooked"), str)
    return None if unknown else cooked.page.text


def _count(raw: dict[str, Any], of: Topic, *, begins: bool) -> int | None:
    if begins:
        return None if of.posts_count is None else max(of.posts_count - 1, 0)
    return _number(raw.get("reply_count"))


def _edited(raw: dict[str, Any], at: datetime) -> datetime | None:
    if (_number(raw.get("version")) or 1) <= 1 or not raw.get("updated_at"):
        return None
    changed = utc(raw["updated_at"])
    return changed if changed > at else None


def _kind(*, visit: bool, answers: bool) -> CommentKind:
    if visit:
        return CommentKind.VISITOR_POST
    return CommentKind.REPLY if answers else CommentKind.COMMENT


def _media(post: Post, cooked: Cooked) -> Iterator[Media]:
    for source, alt in cooked.page.images.items():
        yield _medium(post, source, MediaKind.IMAGE, alt, None)
    for recording in cooked.recordings:
        if recording.sources:
            captions = Captions.STANDARD if recording.tracks else Captions.NONE
            yield _medium(post, recording.sources[0], _KINDS[recording.tag], None, captions)


def _medium(
    post: Post, source: str, kind: MediaKind, alt: str | None, captions: Captions | None
) -> Media:
    native = f"{post.id}#{hashlib.sha256(source.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return Media(
        key=f"discourse:{native}",
        account=post.account,
        id=native,
        post=post.key,
        kind=kind,
        published_at=post.published_at,
        permalink=post.permalink,
        alt_text=alt,
        captions=captions,
        payload=scrub({"src": source, "alt": alt}),
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _folded(name: object) -> str | None:
    return name.strip().casefold() or None if isinstance(name, str) else None
