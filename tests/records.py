"""Builders of records for tests: every field has a plain value, and a test names what matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from socialaudit.models import (
    Account,
    AccountKind,
    Captions,
    Comment,
    CommentState,
    Council,
    Live,
    Media,
    MediaKind,
    Post,
    Setting,
)

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
SINCE = NOW - timedelta(days=7, hours=6)
UNTIL = NOW - timedelta(hours=6)
COUNCIL = Council(
    id="testham",
    name="Testham Town Council",
    timezone="Europe/London",
    website="https://www.testham.example",
    contacts=("01632 960000", "clerk@testham.example"),
    groups=(),
)

Noun = TypeVar("Noun", Account, Post, Media, Comment, Setting)


def _with(noun: Noun, changes: dict[str, Any]) -> Noun:
    if "id" in changes and "key" not in changes:
        changes["key"] = f"{noun.key.split(':')[0]}:{changes['id']}"
    return replace(noun, **changes)


def an_account(**changes: Any) -> Account:
    return _with(
        Account(
            key="facebook:1",
            account="facebook",
            id="1",
            platform="facebook",
            kind=AccountKind.COUNCIL,
            handle="testham",
            name="Testham Town Council",
        ),
        changes,
    )


def a_post(**changes: Any) -> Post:
    return _with(
        Post(
            key="facebook:10",
            account="facebook",
            id="10",
            published_at=NOW - timedelta(days=3),
            text="The market is on Saturday.",
            permalink="https://www.facebook.com/10",
            links=(),
        ),
        changes,
    )


def a_medium(**changes: Any) -> Media:
    return _with(
        Media(
            key="facebook:20",
            account="facebook",
            id="20",
            post="facebook:10",
            kind=MediaKind.IMAGE,
            published_at=NOW - timedelta(days=3),
            alt_text="A stall with apples.",
        ),
        changes,
    )


def a_video(**changes: Any) -> Media:
    plain: dict[str, Any] = {
        "id": "21",
        "kind": MediaKind.VIDEO,
        "alt_text": None,
        "captions": Captions.STANDARD,
        "live": Live.NEVER,
        "duration": 60.0,
    }
    return a_medium(**(plain | changes))


def a_recording(**changes: Any) -> Media:
    plain: dict[str, Any] = {
        "id": "22",
        "kind": MediaKind.AUDIO,
        "alt_text": None,
        "live": Live.NEVER,
        "duration": 600.0,
    }
    return a_medium(**(plain | changes))


def a_comment(**changes: Any) -> Comment:
    return _with(
        Comment(
            key="facebook:30",
            account="facebook",
            id="30",
            post="facebook:10",
            author="0123456789abcdef",
            own=False,
            text="Lovely.",
            published_at=NOW - timedelta(days=2),
            state=CommentState.PUBLISHED,
            permalink="https://www.facebook.com/10?comment_id=30",
        ),
        changes,
    )


def a_setting(name: str, value: str, **changes: Any) -> Setting:
    account = changes.get("account", "facebook")
    return _with(
        Setting(key=f"{account}:1:{name}", account=account, name=name, value=value), changes
    )
