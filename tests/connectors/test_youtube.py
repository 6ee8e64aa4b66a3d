from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from connectors.transport import Ceiling
from connectors.youtube import _by_handle
from connectors.youtube_videos import REFUSALS
from demo.server import Answer, Fault
from demo.town import TownComment
from demo.youtube import YouTubeSite
from demo.youtube_methods import error
from demo.youtube_resources import channel_id
from socialaudit.errors import Malformed, NotFound, RateLimited, Unauthorized
from socialaudit.models import Account, CommentState, Known, Unread
from tests.connectors.case import NOW, SINCE, UNTIL, a_town
from tests.connectors.youtube_talk import (
    BEFORE,
    CHANNEL,
    KEY,
    TOKEN,
    Scripted,
    a_channel,
    a_list,
    a_thread,
    a_video,
    an_entry,
    talk,
)

if TYPE_CHECKING:
    from demo.server import Request

TOWN = a_town("youtube", handle="@littlesnoring", posts=5, comments=30, media_kind="video")


def a_site(**changes: object) -> YouTubeSite:
    return YouTubeSite(replace(TOWN, **changes), NOW)  # type: ignore[arg-type]  # any field of it


@pytest.mark.parametrize(("posts", "comments"), [(0, 0), (5, 30), (45, 95), (120, 250)])
def test_a_read_asks_no_more_than_it_must(posts: int, comments: int) -> None:
    town = a_town("youtube", handle="@x", posts=posts or 1, comments=comments, media_kind="video")
    if not posts:
        town = replace(town, post=town.post[1:])
    said = talk(YouTubeSite(town, NOW), handle="@x")
    videos = len([p for p in town.post if p.at >= SINCE])
    threads = len([c for p in town.post for c in p.comment if c.at >= SINCE])
    assert said.asked == {
        "channels": 1,
        "playlistItems": max(1, ceil(videos / 50)),
        **({"videos": ceil(posts / 50), "captions": posts} if posts else {}),
        "commentThreads": max(1, ceil(threads / 100)) + 2,
    }
    assert said.usage is not None
    assert said.usage.requests == said.asked.total()
    assert said.usage.amount == said.asked.total() + 49 * posts


def test_a_key_is_sent_in_a_header_and_never_in_an_address() -> None:
    said = talk(a_site(), secrets=KEY, handle="@littlesnoring")
    assert {r.headers["x-goog-api-key"] for r in said.log} == {KEY["key"]}
    assert [r for r in said.log if "key" in r.query] == []


def test_a_key_reads_what_is_public_and_says_what_it_cannot() -> None:
    said = talk(a_site(), secrets=KEY, handle="@littlesnoring")
    assert len(said.posts) == 5
    assert len(said.comments) == 30
    assert set(said.unread) == {"media.captions", "comments.state"}
    assert {m.captions for m in said.media} == {None}
    assert said.asked["captions"] == REFUSALS


def test_a_token_that_is_a_key_is_used_as_one() -> None:
    said = talk(a_site(), secrets={"token": KEY["key"]}, handle="@littlesnoring")
    assert said.log[0].headers["x-goog-api-key"] == KEY["key"]


def test_a_refresh_token_is_exchanged_once_and_reads_as_the_owner() -> None:
    secrets = {
        "client_id": "demo-client",
        "client_secret": "demo-client-secret",
        "refresh_token": "1//demo-refresh-token",
    }
    said = talk(a_site(), secrets=secrets, handle="@littlesnoring")
    assert said.error is None
    assert said.unread == {}
    assert said.asked["token"] == 1
    assert said.usage is not None
    assert said.usage.amount == said.asked.total() - 1 + 49 * said.asked["captions"]


def test_a_revoked_refresh_token_is_unauthorized() -> None:
    secrets = {"client_id": "demo-client", "client_secret": "demo-client-secret"}
    said = talk(a_site(), secrets={**secrets, "refresh_token": "1//revoked-token"})
    assert isinstance(said.error, Unauthorized)
    assert "revoked-token" not in str(said.error)
    assert [r.path for r in said.log] == ["/token"]


@pytest.mark.parametrize("grant", [{}, {"access_token": "x", "expires_in": "soon"}, []])
def test_a_sign_in_that_grants_nothing_usable_stops_cleanly(grant: object) -> None:
    secrets = {"client_id": "c", "client_secret": "s", "refresh_token": "r"}
    said = talk(Scripted(token=grant), secrets=secrets)
    assert isinstance(said.error, Unauthorized | Malformed)


def test_the_token_endpoint_is_not_asked_again_when_it_fails() -> None:
    secrets = {"client_id": "c", "client_secret": "s", "refresh_token": "r"}
    said = talk(Scripted(token=Answer({"error": "internal_failure"}, status=503)), secrets=secrets)
    assert said.error is not None
    assert len(said.log) == 1


@pytest.mark.parametrize(
    ("handle", "asked"),
    [
        ("CromerTC", {"forHandle": "@CromerTC"}),
        ("@CromerTC", {"forHandle": "@CromerTC"}),
        (" https://www.youtube.com/@CromerTC ", {"forHandle": "@CromerTC"}),
        ("youtube.com/@CromerTC/videos?view=0", {"forHandle": "@CromerTC"}),
        ("https://m.youtube.com/c/CromerTC", {"forHandle": "@CromerTC"}),
        ("https://www.youtube.com/user/cromer", {"forUsername": "cromer"}),
        ("https://www.youtube.com/@Tref%20y", {"forHandle": "@Tref y"}),
        (CHANNEL, {"id": CHANNEL}),
        (f"https://www.youtube.com/channel/{CHANNEL}/about", {"id": CHANNEL}),
        ("mine", {"forHandle": "@mine"}),
    ],
)
def test_a_channel_may_be_named_in_any_way(handle: str, asked: dict[str, str]) -> None:
    assert _by_handle(handle, owner=False) == asked


def test_the_owner_may_ask_for_the_channel_that_is_theirs() -> None:
    assert talk(a_site(), handle="mine").of(Account)[0].id == channel_id(TOWN)


def test_a_channel_that_is_not_there_is_not_found() -> None:
    said = talk(a_site(), handle="@nobody")
    assert isinstance(said.error, NotFound)
    assert "@nobody" in str(said.error)


@pytest.mark.parametrize("handle", ["CromerTC", "https://www.youtube.com/c/CromerTC"])
def test_a_channel_known_by_its_old_user_name_only_is_found(handle: str) -> None:
    def channels(request: Request) -> Any:
        return a_list(a_channel()) if request.query.get("forUsername") == "CromerTC" else a_list()

    said = talk(Scripted(channels=channels), handle=handle)
    assert said.of(Account)[0].id == CHANNEL
    assert said.asked["channels"] == 2


def test_the_right_channel_is_taken_from_several() -> None:
    other = a_channel(id="UCother", snippet={"title": "Other"})
    said = talk(Scripted(channels=a_list(other, a_channel())))
    assert said.of(Account)[0].id == CHANNEL


def test_settings_bear_the_names_that_youtube_gives_them() -> None:
    said = talk(a_site(settings={"moderateComments": True}), handle="@littlesnoring")
    assert said.settings == {
        "privacyStatus": '"public"',
        "isLinked": "true",
        "longUploadsStatus": '"allowed"',
        "madeForKids": "false",
        "selfDeclaredMadeForKids": "false",
        "moderateComments": "true",
        "country": '"GB"',
    }


def test_a_setting_that_only_the_owner_sees_has_no_record_for_others() -> None:
    said = talk(a_site(), secrets=KEY, handle="@littlesnoring")
    assert "selfDeclaredMadeForKids" not in said.settings


def test_a_channel_that_tells_nothing_has_only_unknowns() -> None:
    said = talk(Scripted(channels=a_list({"id": CHANNEL})))
    account = said.of(Account)[0]
    assert said.settings == {}
    assert (account.name, account.protected, account.created_at) == (None, None, None)
    assert said.log[1].query["playlistId"] == "UU0123456789012345678901"


def test_a_channel_without_uploads_is_empty_and_not_at_fault() -> None:
    missing = Answer({"error": {"code": 404, "errors": [{"reason": "playlistNotFound"}]}}, 404)
    bare = a_channel(statistics={"videoCount": "0"})
    said = talk(Scripted(channels=a_list(bare), playlistItems=missing))
    assert said.of(Unread) == []


def test_uploads_that_are_not_found_though_there_are_some_are_not_read() -> None:
    missing = Answer({"error": {"code": 404, "errors": [{"reason": "playlistNotFound"}]}}, 404)
    said = talk(Scripted(playlistItems=missing))
    assert set(said.unread) == {"posts", "media"}


def test_what_was_read_before_the_budget_ended_is_kept() -> None:
    said = talk(a_site(), handle="@littlesnoring", limiter=Ceiling(110))
    assert isinstance(said.error, RateLimited)
    assert len(said.media) == 2
    assert said.usage is not None
    assert said.usage.amount == 103


def test_a_server_that_ignores_what_is_asked_is_read_once_and_left() -> None:
    videos = a_list(*(a_video(f"v{n}") for n in range(3)), nextPageToken="again")
    site = Scripted(
        playlistItems=a_list(*(an_entry(f"v{n}") for n in range(3)), nextPageToken="again"),
        videos=videos,
        commentThreads=a_list(a_thread("t1"), a_thread("t2"), nextPageToken="again"),
    )
    said = talk(site)
    assert [p.id for p in said.posts] == ["v0", "v1", "v2"]
    assert [c.id for c in said.comments] == ["t1", "t2"]
    assert said.error is None
    assert said.unread["posts"].partial
    assert said.asked.total() < 20


def test_the_owner_sees_what_waits_for_a_decision() -> None:
    held = TownComment(id="h", at=UNTIL - timedelta(hours=1), by="Bob", text="Held", state="held")
    spam = replace(held, id="s", text="Spam", state="spam")
    old = replace(held, id="o", text="Old", at=SINCE - timedelta(hours=1))
    busy = replace(TOWN.post[0], comment=(*TOWN.post[0].comment, held, spam, old))
    said = talk(a_site(post=(busy, *TOWN.post[1:])), handle="@littlesnoring")
    states = {c.text: c.state for c in said.comments if c.state is not CommentState.PUBLISHED}
    assert states == {"Held": CommentState.HELD, "Spam": CommentState.SPAM}


def test_without_the_permission_the_rest_is_read() -> None:
    site = YouTubeSite(TOWN, NOW, force_ssl=False)
    said = talk(site, handle="@littlesnoring")
    assert set(said.unread) == {"media.captions", "comments.state"}
    assert len(said.comments) == 30


def test_a_dead_token_stops_the_reading_of_captions_too() -> None:
    said = talk(a_site(), Fault("expired_token", "/captions"), handle="@littlesnoring")
    assert isinstance(said.error, Unauthorized)


def test_reading_again_without_reading_first_learns_whose_channel_it_is() -> None:
    first = talk(a_site(), handle="@littlesnoring")
    known = [Known("comment", first.comments[0].id)]
    said = talk(a_site(), handle="@littlesnoring", known=known)
    assert [c.own for c in said.comments] == [False]


def test_nothing_known_asks_nothing() -> None:
    said = talk(a_site(), known=[])
    assert (said.readings, said.log) == ([], [])


def test_a_signed_in_reader_sends_no_key() -> None:
    said = talk(a_site(), handle="@littlesnoring", secrets={**TOKEN, **KEY})
    assert [r for r in said.log if "x-goog-api-key" in r.headers] == []


def test_a_video_that_is_listed_and_not_shown_is_read_as_listed() -> None:
    listed = an_entry("v2") | {"snippet": {"title": "Bins", "description": "https://x.example"}}
    deleted = an_entry("v3") | {"snippet": {"title": "Deleted video"}}
    site = Scripted(
        playlistItems=a_list(an_entry("v1"), listed, deleted), videos=a_list(a_video("v1"))
    )
    said = talk(site)
    assert [(p.id, p.title) for p in said.posts] == [("v1", "Title v1"), ("v2", "Bins")]
    assert [m.post for m in said.media] == ["youtube:v1", "youtube:v2"]


@pytest.mark.parametrize("channels_list", [a_list(), error(400, "processingFailure", "no")])
def test_comments_that_the_channels_list_lacks_are_read_under_its_videos(
    channels_list: Any,
) -> None:
    def threads(request: Request) -> Any:
        under = {
            "v1": a_list(a_thread("t1"), a_thread("t2", BEFORE)),
            "v2": error(403, "commentsDisabled", "off"),
        }
        return under.get(request.query.get("videoId", ""), channels_list)

    counts = {"v1": "2", "v2": "1", "v3": "0"}
    site = Scripted(
        playlistItems=a_list(*map(an_entry, counts)),
        videos=a_list(*(a_video(v, statistics={"commentCount": n}) for v, n in counts.items())),
        commentThreads=threads,
    )
    said = talk(site, secrets=KEY)
    assert [c.id for c in said.comments] == ["t1"]
    assert said.asked["commentThreads"] == 3
    assert ("comments" in said.unread) is isinstance(channels_list, Answer)
