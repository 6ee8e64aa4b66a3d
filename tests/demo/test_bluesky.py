from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from atproto_client import models
from atproto_client.models.utils import get_or_create

from connectors import Access
from connectors.bluesky import Bluesky
from connectors.transport import Unlimited
from demo.bluesky import BlueskySite
from demo.server import Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from socialaudit.models import AccountKind, Known, Post

NOW = datetime(2026, 9, 7, 5, 0, tzinfo=UTC)
WEEK = (NOW - timedelta(days=7), NOW)
PASSWORD = "abcd-efgh-ijkl-mnop"
SHAPES = {
    "app.bsky.actor.getProfile": models.AppBskyActorDefs.ProfileViewDetailed,
    "app.bsky.feed.getAuthorFeed": models.AppBskyFeedGetAuthorFeed.Response,
    "app.bsky.feed.getPostThread": models.AppBskyFeedGetPostThread.Response,
    "app.bsky.feed.getPosts": models.AppBskyFeedGetPosts.Response,
    "app.bsky.notification.listNotifications": models.AppBskyNotificationListNotifications.Response,
    "com.atproto.server.createSession": models.ComAtprotoServerCreateSession.Response,
}
"""The library's own models of the lexicons, which refuse whatever does not fit."""


def a_town() -> TownAccount:
    def a_post(local: str, hours: int, **facts: Any) -> TownPost:
        return TownPost(id=local, at=NOW - timedelta(hours=hours), **facts)

    said = [
        TownComment(id="q", at=NOW - timedelta(hours=9), by="Ann", text="When?"),
        TownComment(id="a", at=NOW - timedelta(hours=8), by="council", text="Now", reply_to="q"),
        TownComment(id="x", at=NOW - timedelta(hours=7), by="Bo", text="Tosh", state="hidden"),
        TownComment(id="s", at=NOW - timedelta(hours=6), by="Cy", text="Buy", state="spam"),
    ]
    image = TownMedia(id="i", alt="A bin")
    pictures = tuple(TownMedia(id=f"g{n}", alt="" if n == 2 else "A stall") for n in range(6))
    return TownAccount(
        platform="bluesky",
        handle="little-snoring.example.org",
        name="Little Snoring Town Council",
        description="The town council",
        website="https://www.example.gov.uk",
        created_at=datetime(2024, 1, 1, tzinfo=UTC),
        protected=True,
        post=(
            a_post("bins", 10, text="See https://www.example.gov.uk/bins.", media=(image,),
                   comment=tuple(said), replies_from="following"),
            a_post("fair", 20, text="The fair", media=pictures, replies_from="nobody"),
            a_post("film", 30, text="A film", media=(TownMedia(id="f", kind="video", captions="standard"),)),
            a_post("gif", 40, text="Hello", media=(TownMedia(id="w", kind="animation", alt="Waving"),)),
            a_post("passed", 50, text="RT @police.example.org: Stay in", kind="repost"),
            a_post("elsewhere", 60, text="We agree", kind="reply"),
            a_post("named", 5, text="@little-snoring.example.org hello", by="Dee"),
        ),
    )  # fmt: skip


class Watched(BlueskySite):
    """The site, remembering each answer beside its request."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.said: list[tuple[Request, Answer]] = []

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        self.said.append((request, answer))
        return answer


def everything(site: Watched, password: str = "") -> None:
    with LoopbackServer(site) as server:
        bluesky = Bluesky(
            Access(
                account="bluesky",
                handle=site.town.handle,
                kind=AccountKind.COUNCIL,
                limiter=Unlimited(),
                base_url=server.url,
                secrets={"password": password} if password else {},
            )
        )
        found = [r for r in bluesky.read(*WEEK) if isinstance(r, Post)]
        list(bluesky.reread([Known("post", p.id, comment_count=77) for p in found]))
        bluesky.close()


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_every_answer_fits_the_lexicons(password: str) -> None:
    site = Watched(a_town(), NOW, password=password)
    everything(site, password)
    seen = set()
    for request, answer in site.said:
        method = request.path.rpartition("/")[2]
        if method in SHAPES and answer.status == 200:
            seen.add(method)
            told = json.loads(answer.encoded())
            assert get_or_create(told, SHAPES[method], strict_string_format=True) is not None
    private = {"app.bsky.notification.listNotifications", "com.atproto.server.createSession"}
    assert seen == set(SHAPES) - (set() if password else private)


def test_every_record_fits_the_lexicons() -> None:
    site = BlueskySite(a_town(), NOW)
    views = list(site.stored.posts.values())
    gates = [view["threadgate"] for view in views if "threadgate" in view]
    for record in [one["record"] for one in [*views, *gates]]:
        shape: Any = models.AppBskyFeedPost.Record
        if record["$type"] == "app.bsky.feed.threadgate":
            shape = models.AppBskyFeedThreadgate.Record
        assert get_or_create(record, shape, strict_string_format=True) is not None


def test_every_refusal_has_a_name_and_words() -> None:
    site = BlueskySite(a_town(), NOW)
    request = Request("GET", "/xrpc/app.bsky.feed.getAuthorFeed", {}, {}, {})
    names = ("rate_limited", "server_error", "expired_token", "forbidden", "not_found")
    for name in names:
        assert {"error", "message"} == set(site.fault(name, request).body)


def test_a_password_is_asked_for_where_there_is_one() -> None:
    site = BlueskySite(a_town(), NOW, password=PASSWORD)
    request = Request("GET", "/xrpc/app.bsky.actor.getProfile", {}, {}, {})
    assert site.answer(request).body["error"] == "AuthMissing"
    wrong = replace(request, headers={"authorization": "Bearer other"})
    assert site.answer(wrong).body["error"] == "InvalidToken"
