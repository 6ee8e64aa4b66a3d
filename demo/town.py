"""The demo town: what its council and people posted, as platform-neutral facts with times.

One TOML file per platform in ``demo/town_data``. The servers turn these facts into each
platform's own wire format. Every fact has a time, so a server can show the town *as of* a moment:
what was posted later is not there yet, what was removed before is gone. Times are aware UTC.
Ids are short and local (``"bins"``); servers derive native ids with ``number``.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import field
from datetime import datetime  # noqa: TC003 - read at run time by pydantic
from importlib.resources import files
from typing import Any

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid")
PLATFORMS = ("facebook", "podcast", "website", "x", "youtube")


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TownMedia:
    """A picture or video. ``alt`` is a person's description, ``machine_alt`` the platform's guess.

    ``captions`` is none, automatic or standard; from ``captions_at`` on it is standard, and from
    ``alt_at`` on the description is ``alt`` (before, there is none).
    """

    id: str
    kind: str = "image"
    alt: str = ""
    alt_at: datetime | None = None
    machine_alt: str = ""
    captions: str = "none"
    captions_at: datetime | None = None
    seconds: int = 60
    live: str = "never"

    def alt_as_of(self, now: datetime) -> str:
        """The description that a person has written by then."""
        return self.alt if self.alt_at is None or self.alt_at <= now else ""

    def captions_as_of(self, now: datetime) -> str:
        """The best caption track there is by then."""
        return (
            "standard"
            if self.captions_at is not None and self.captions_at <= now
            else self.captions
        )


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TownComment:
    """A comment. ``by`` is an invented person's name, or ``"council"`` for the account itself.

    ``reply_to`` is the id of another comment under the same post. ``state`` is published, hidden,
    held or spam; from ``hidden_at`` on it is hidden; from ``removed_at`` on it is gone.
    """

    id: str
    at: datetime
    by: str
    text: str
    reply_to: str = ""
    state: str = "published"
    hidden_at: datetime | None = None
    removed_at: datetime | None = None

    def state_as_of(self, now: datetime) -> str:
        """What moderation has done with it by then."""
        return "hidden" if self.hidden_at is not None and self.hidden_at <= now else self.state


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TownPost:
    """A post by the account, or (``by`` set) a visitor's post on its page or a mention of it.

    ``kind`` is post, video, reel, reply, repost or notice; ``audience`` public, unlisted, private,
    followers or unpublished; ``replies_from`` in the platform's own words. A post with
    ``scheduled_for`` is waiting to be published at that time (unpublished, or private on YouTube).
    """

    id: str
    at: datetime
    text: str = ""
    title: str = ""
    kind: str = "post"
    by: str = "council"
    audience: str = "public"
    replies_from: str = "everyone"
    links: tuple[str, ...] = ()
    edited_at: datetime | None = None
    text_before_edit: str = ""
    removed_at: datetime | None = None
    scheduled_for: datetime | None = None
    comments_off: bool = False
    media: tuple[TownMedia, ...] = ()
    comment: tuple[TownComment, ...] = ()

    def comments_as_of(self, now: datetime) -> tuple[TownComment, ...]:
        """The comments there are at that moment."""
        return tuple(
            c for c in self.comment if c.at <= now and (c.removed_at is None or c.removed_at > now)
        )


@dataclass(frozen=True, kw_only=True, config=STRICT)
class TownAccount:
    """One platform's presence of the council: profile, settings and everything on it."""

    platform: str
    handle: str
    name: str
    description: str = ""
    website: str = ""
    created_at: datetime
    protected: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    post: tuple[TownPost, ...] = ()

    def posts_as_of(self, now: datetime) -> tuple[TownPost, ...]:
        """The posts there are at that moment, newest first."""
        there = [
            p for p in self.post if p.at <= now and (p.removed_at is None or p.removed_at > now)
        ]
        return tuple(sorted(there, key=lambda p: p.at, reverse=True))


def load(platform: str) -> TownAccount:
    """The town on one of ``PLATFORMS``.

    Raises ``pydantic.ValidationError`` for a file that does not fit.
    """
    source = files("demo").joinpath("town_data", f"{platform}.toml").read_text("utf-8")
    return TypeAdapter(TownAccount).validate_python({"platform": platform, **tomllib.loads(source)})


def number(*parts: str, digits: int = 15) -> str:
    """A stable, native-looking numeric id for a local one."""
    digest = int(hashlib.sha256("/".join(parts).encode()).hexdigest(), 16)
    return str(10 ** (digits - 1) + digest % (9 * 10 ** (digits - 1)))
