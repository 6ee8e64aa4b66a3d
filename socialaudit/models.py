"""What a platform published, as read: frozen records with no behaviour and no I/O.

Unknown is not empty. A field is ``None`` when the platform did not tell; a fact that it told as
absent is ``""``, ``False`` or ``0``. Times are aware UTC datetimes. Every record has a ``key``
(``platform:native-id``, unique within a council), the ``account`` it belongs to (the id in the
council file) and a ``payload``: the platform's own answer for this record, with tokens and paging
links removed. Text is hostile data: never trust, never execute, escape on output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - pydantic and get_type_hints read these annotations
from enum import StrEnum
from typing import Any

Payload = dict[str, Any]


class AccountKind(StrEnum):
    """Whose account it is: the council's own, a member of staff's, or a supplier's."""

    COUNCIL = "council"
    STAFF = "staff"
    SUPPLIER = "supplier"


class PostKind(StrEnum):
    """What sort of post. Reposts carry other people's content and are not scored."""

    POST = "post"
    VIDEO = "video"
    REEL = "reel"
    REPLY = "reply"
    REPOST = "repost"
    NOTICE = "notice"  # an entry of the council's own website feed


class Audience(StrEnum):
    """Who may see a post, in one vocabulary for every platform."""

    PUBLIC = "public"
    UNLISTED = "unlisted"  # anyone with the link
    FOLLOWERS = "followers"  # followers, friends, members, or a chosen list
    PRIVATE = "private"  # the account alone
    UNPUBLISHED = "unpublished"  # scheduled, draft, advertisement, expired


class MediaKind(StrEnum):
    """What sort of medium is attached to a post."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    ANIMATION = "animation"  # a silent, looping picture (GIF)


class Captions(StrEnum):
    """The best subtitles a video has."""

    NONE = "none"
    AUTOMATIC = "automatic"  # speech recognition only, nobody has checked them
    STANDARD = "standard"  # made or corrected by a person


class Live(StrEnum):
    """Where a video stands between a broadcast and a recording."""

    NEVER = "never"  # an ordinary upload
    UPCOMING = "upcoming"
    NOW = "now"
    RECORDED = "recorded"  # was broadcast live, now a recording


class CommentKind(StrEnum):
    """Where a comment was written."""

    COMMENT = "comment"  # directly under a post
    REPLY = "reply"  # under another comment
    MENTION = "mention"  # a post elsewhere that names the account
    VISITOR_POST = "visitor post"  # on the account's own page, by somebody else


class CommentState(StrEnum):
    """What moderation has done with a comment."""

    PUBLISHED = "published"
    HIDDEN = "hidden"  # hidden by the account from all but its author (and friends)
    HELD = "held"  # waiting for the account's decision, not public
    SPAM = "spam"  # set aside by the platform as likely spam, not public


@dataclass(frozen=True, slots=True)
class Council:
    """A body whose accounts are audited, as far as a check may know it.

    ``contacts`` are the council's own published details, as written in its council file, and
    ``groups`` the addresses of the online groups that it runs; ``None`` when nobody has said.
    ``not_ours`` are addresses of profiles that it says are not its own.
    """

    id: str
    name: str
    timezone: str
    website: str | None = None
    contacts: tuple[str, ...] = ()
    groups: tuple[str, ...] | None = None
    not_ours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The profile of one account, as its platform shows it."""

    key: str
    account: str
    id: str
    platform: str
    kind: AccountKind
    handle: str
    name: str | None = None
    description: str | None = None
    permalink: str | None = None
    links: tuple[str, ...] | None = None
    contact: str | None = None
    verified: bool | None = None
    protected: bool | None = None
    published: bool | None = None
    created_at: datetime | None = None
    payload: Payload = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Something the account published, in its newest version.

    ``text`` is whole (long posts included); ``links`` are expanded addresses. ``audience`` is who
    may see it, ``replies_from`` the platform's own word for who may reply. ``comment_count`` is the
    number of comments that the platform states, which need not equal what it lets us read.
    ``hidden`` is true when the account or platform hides it from its own page.
    """

    key: str
    account: str
    id: str
    kind: PostKind = PostKind.POST
    published_at: datetime
    edited_at: datetime | None = None
    title: str | None = None
    text: str | None = None
    permalink: str | None = None
    links: tuple[str, ...] | None = None
    audience: Audience | None = None
    replies_from: str | None = None
    comment_count: int | None = None
    hidden: bool | None = None
    reply_to: str | None = None  # native id of what this answers, for PostKind.REPLY
    payload: Payload = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, video or sound attached to a post.

    ``alt_text`` is what a person wrote; ``automatic_alt_text`` what the platform guessed.
    ``captions`` is the best track of a video. ``duration`` is in seconds.
    """

    key: str
    account: str
    id: str
    post: str  # key of the post
    kind: MediaKind
    published_at: datetime
    permalink: str | None = None
    alt_text: str | None = None
    automatic_alt_text: str | None = None
    captions: Captions | None = None
    caption_languages: tuple[str, ...] | None = None
    duration: float | None = None
    live: Live | None = None
    payload: Payload = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """Something written under a post, or on the account's page, by anyone.

    ``author`` is a pseudonym (see ``connectors.transport.pseudonym``), never a name. ``own`` is
    true when the account itself wrote it. ``post`` is the key of the post it stands under, even
    when that post was not read; ``None`` for mentions and visitor posts. ``parent`` is the key of
    the comment it answers.
    """

    key: str
    account: str
    id: str
    kind: CommentKind = CommentKind.COMMENT
    post: str | None = None
    parent: str | None = None
    author: str | None = None
    own: bool | None = None
    text: str | None = None
    published_at: datetime
    edited_at: datetime | None = None
    state: CommentState | None = None
    reply_count: int | None = None
    permalink: str | None = None
    payload: Payload = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    r"""One privacy or moderation setting, under the platform's own name.

    ``value`` is the value as JSON text (``"true"``, ``"\\"Strong\\""``, ``"null"``); a setting that
    the platform did not report has no record.
    """

    key: str
    account: str
    name: str
    value: str
    payload: Payload = field(default_factory=dict, repr=False, compare=False)


Record = Account | Post | Media | Comment | Setting


@dataclass(frozen=True, slots=True)
class Unread:
    """A fact that could not be read for an account, and why.

    ``fact`` is a dotted name from ``FACTS``; a shorter name covers the longer ones below it, and
    ``"*"`` covers everything. ``reason`` is a sentence for the operator (platform's words,
    redacted); ``remedy`` says who can do what about it. ``partial`` means that some of it was
    read before reading stopped. ``permanent`` means that the platform offers no way to read it.
    ``cause`` is the name of the error (``Unauthorized``) where one ended the reading, ``retry_at``
    when it can be read again, where the platform says so.
    """

    fact: str
    reason: str
    remedy: str = ""
    partial: bool = False
    permanent: bool = False
    cause: str = ""
    retry_at: datetime | None = None

    @property
    def words(self) -> str:
        """The reason, and what can be done about it, as sentences."""
        return " ".join(f"{part.rstrip('.')}." for part in (self.reason, self.remedy) if part)


@dataclass(frozen=True, slots=True)
class Gone:
    """The platform answered, and said that this record no longer exists or may not be seen."""

    kind: str  # post, media or comment
    id: str


Reading = Record | Unread | Gone


@dataclass(frozen=True, slots=True)
class Known:
    """A record that the store knows and wants read again.

    ``post`` is the native id of the post that a medium or comment belongs to. ``comment_count`` is the
    count last seen of a post: read its comments again only if the count has changed;
    ``None`` asks for the record itself, with whatever belongs to it.
    """

    kind: str  # post, media or comment
    id: str
    post: str | None = None
    comment_count: int | None = None


FACTS = (
    "account",
    "settings",
    "posts",
    "posts.audience",
    "media",
    "media.alt_text",
    "media.captions",
    "comments",
    "comments.visitor",
    "comments.state",
    "website",
    "website.profiles",
)


def covers(unread: str, needed: str) -> bool:
    """Whether a fact that could not be read takes the needed one with it.

    >>> covers("comments", "comments.state"), covers("comments.state", "comments"), covers("*", "media")
    (True, False, True)
    """
    return unread in {"*", needed} or needed.startswith(f"{unread}.")


WEBSITE = "website"
"""The account id under which the council's own website feed is read; no council file may use it."""
