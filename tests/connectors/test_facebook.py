from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

import pytest

from connectors.facebook import OLD_PAGES, Facebook
from demo.facebook import PERMISSIONS, FacebookSite
from demo.server import Answer, Request
from demo.town import TownMedia, TownPost, load, number
from socialaudit.errors import (
    Malformed,
    NotFound,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
    Comment,
    Known,
    Media,
    Post,
    Reading,
    Setting,
    Unread,
)
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.graph_answers import (
    AT,
    PAGE,
    SECRET,
    Recorded,
    a_comment,
    a_post,
    a_town,
    access,
    comments,
    connected,
    facts,
    listed,
    only,
    reading,
    recorded,
)


def test_a_week_takes_the_fewest_calls() -> None:
    pictures = tuple(TownMedia(id=f"m{n}", alt="A bin") for n in range(60))
    videos = tuple(TownMedia(id=f"v{n}", kind="video") for n in range(2))
    town = a_town(
        TownPost(id="many", at=AT, text="Many", media=pictures, comment=comments(250)),
        TownPost(id="film", at=AT, text="Film", media=videos),
        *(TownPost(id=f"p{n}", at=AT, text=f"Post {n}") for n in range(103)),
        TownPost(id="reel", at=AT, kind="reel", media=(TownMedia(id="r", kind="video"),)),
        TownPost(id="visit", at=AT, by="Ann", text="Hello"),
    )
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, server):
        readings = list(facebook.read(SINCE, UNTIL))
    posts, reels, visitors = 105, 1, 1
    expected = 1 + ceil(posts / 100) + (ceil(250 / 100) - 1) + ceil(60 / 50) + ceil(2 / 50)
    expected += ceil(reels / 100) + ceil(visitors / 100)
    assert len(server.log) == expected == facebook.usage.requests
    assert len(only(Post, readings)) == posts + reels
    assert len(only(Media, readings)) == 63
    assert len(only(Comment, readings)) == 251


def test_the_demo_town_takes_the_fewest_calls() -> None:
    town, now = load("facebook"), datetime(2026, 11, 16, 6, tzinfo=UTC)
    with connected(FacebookSite(town, now, SECRET), handle=town.handle) as (facebook, server):
        readings = list(facebook.read(now - timedelta(days=7), now))
    assert only(Unread, readings) == []
    assert len(server.log) == 5


def test_reading_again_takes_one_call_for_each_sort_of_fifty() -> None:
    town = a_town(
        *(
            TownPost(id=f"p{n}", at=AT, text=f"Post {n}", comment=comments(1) if n < 3 else ())
            for n in range(80)
        )
    )
    ids = [f"{number('facebook', 'Snoring')}_{number('facebook', f'p{n}')}" for n in range(80)]
    known = [Known("post", one, comment_count=0) for one in ids]
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, server):
        readings = list(facebook.reread(known))
    assert [post.id for post in only(Post, readings)] == ids[:3]
    assert len(only(Comment, readings)) == 3
    assert len(server.log) == 1 + ceil(80 / 50) + 1


def test_no_request_writes_and_none_carries_the_token_in_its_address() -> None:
    town = a_town(TownPost(id="p", at=AT, text="Post", comment=comments(130)))
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, server):
        list(facebook.read(SINCE, UNTIL))
    assert {request.method for request in server.log} == {"GET"}
    assert SECRET not in str([(request.path, request.query) for request in server.log])
    assert {r.headers["authorization"] for r in server.log} == {f"Bearer {SECRET}"}


def test_a_netrc_file_does_not_replace_the_token(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login clerk password hunter2\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with connected(recorded()) as (facebook, server):
        list(facebook.read(SINCE, UNTIL))
    assert server.log[0].headers["authorization"] == f"Bearer {SECRET}"


def test_the_token_is_nowhere_but_in_the_header(caplog: pytest.LogCaptureFixture) -> None:
    link = f"https://graph.facebook.com/v25.0/100/x?access_token={SECRET}&after=B"
    leaky = a_post(link=link, comments=listed(a_comment(message=link), paging={"previous": link}))
    site = recorded(page={**PAGE, "access_token": SECRET}, posts=listed(leaky))
    site = replace(site, by_path={**site.by_path, "100/visitor_posts": Answer("", 500)})
    caplog.set_level(logging.DEBUG)
    with connected(site) as (facebook, _):
        readings: list[Reading] = []
        with pytest.raises(Unreachable) as caught:
            readings.extend(facebook.read(SINCE, UNTIL))
        payloads = [getattr(one, "payload", None) for one in readings]
        everything = [caplog.text, repr(readings), str(payloads), repr(caught.value)]
        everything += [repr(facebook), repr(vars(facebook)["_graph"]), str(facebook.usage)]
    assert [words for words in everything if SECRET in words] == []


def test_a_missing_token_is_known_before_any_request() -> None:
    with pytest.raises(Unauthorized):
        Facebook(access("http://127.0.0.1:9", token=""))


@pytest.mark.parametrize(
    "handle",
    [
        "Snoring",
        "@Snoring",
        " Snoring/ ",
        "facebook.com/Snoring",
        "https://www.facebook.com/Snoring/",
        "https://en-gb.facebook.com/Snoring/about?ref=page",
        "https://www.facebook.com/@Snoring",
        "https://www.facebook.com/Snoring/posts/1234567890",
        "https://www.facebook.com/pg/Snoring/posts",
    ],
)
def test_a_page_may_be_named_in_any_usual_way(handle: str) -> None:
    assert len(only(Account, reading(recorded(), handle=handle))) == 1


@pytest.mark.parametrize(
    "handle",
    [
        "https://www.facebook.com/profile.php?id=100100100",
        "https://www.facebook.com/pages/Snoring-Parish/100100100",
        "https://www.facebook.com/p/Snoring-Parish-100100100/",
        "100100100",
    ],
)
def test_a_page_may_be_named_by_number(handle: str) -> None:
    with connected(Recorded({}), handle=handle) as (facebook, server):
        with pytest.raises(NotFound):
            list(facebook.read(SINCE, UNTIL))
        assert server.log[0].path == "/v25.0/100100100"


def test_the_profile_and_every_setting_are_read() -> None:
    readings = reading(FacebookSite(a_town(), NOW, SECRET))
    profile = only(Account, readings)[0]
    assert (profile.handle, profile.name) == ("Snoring", "Snoring Parish Council")
    assert profile.links == ("https://www.example.gov.uk", "https://blog.example.gov.uk")
    assert (profile.contact, profile.verified, profile.published) == ("", False, True)
    assert {s.name: s.value for s in only(Setting, readings)} == {
        "PROFANITY_FILTER": '"Off"',
        "USERS_CAN_POST": "true",
        "PAGE_MODERATION_X": "null",
    }


def test_what_an_answer_without_our_fields_leaves_out_is_unknown() -> None:
    profile = only(Account, reading(recorded(page={"id": "100", "is_published": None})))[0]
    assert profile.contact == ""
    site = replace(recorded(), by_path={**recorded().by_path, "Snoring": {"id": "100"}})
    bare = only(Account, reading(site))[0]
    assert (bare.description, bare.links, bare.contact, bare.published) == (None,) * 4


def test_contact_and_website_are_kept_as_people_can_use_them() -> None:
    page = {**PAGE, "website": "www.example.gov.uk", "emails": ["a@b.uk"], "phone": "01263 1"}
    profile = only(Account, reading(recorded(page=page)))[0]
    assert profile.links == ("http://www.example.gov.uk",)
    assert profile.contact == "01263 1, a@b.uk"


def test_settings_are_read_from_their_edge_when_the_answer_lacks_them() -> None:
    edge = listed({"setting": "PROFANITY_FILTER", "value": "Strong"})
    site = recorded(**{"100/settings": edge})
    site = replace(site, by_path={**site.by_path, "Snoring": PAGE})
    assert [s.value for s in only(Setting, reading(site))] == ['"Strong"']


def test_settings_that_are_refused_do_not_cost_the_page() -> None:
    site = FacebookSite(a_town(), NOW, SECRET, permissions=PERMISSIONS - {"pages_manage_metadata"})
    readings = reading(site)
    assert len(only(Account, readings)) == 1
    refusal = only(Unread, readings)[0]
    assert (refusal.fact, facts(readings)) == ("settings", ["settings"])
    assert "pages_manage_metadata" in refusal.remedy


def test_a_setting_without_a_name_is_counted_and_the_rest_read() -> None:
    odd = {"settings": listed({"value": True}, "?", {"setting": "NEW_ONE", "value": {"a": [1]}})}
    readings = reading(recorded(page={**PAGE, **odd}))
    assert [(s.name, s.value) for s in only(Setting, readings)] == [("NEW_ONE", '{"a": [1]}')]
    assert only(Unread, readings)[0].reason == "2 of 3 settings could not be understood"


def test_an_answer_about_nothing_is_malformed() -> None:
    with pytest.raises(Malformed, match="not about a Page"):
        reading(Recorded({"Snoring": {}}))


def test_posts_outside_the_window_are_left_out_whatever_the_server_sends() -> None:
    times = {1: "2026-08-30T22:59:59+0000", 2: "2026-08-30T23:00:00+0000"}
    times |= {3: "2026-09-06T22:59:59+0000", 4: "2026-09-06T23:00:00+0000"}
    posts = listed(*(a_post(n, created_time=time) for n, time in times.items()))
    assert [p.id for p in only(Post, reading(recorded(posts=posts)))] == ["100_2", "100_3"]


def test_an_old_post_on_top_does_not_end_the_list() -> None:
    pinned = a_post(1, created_time="2024-01-01T00:00:00+0000")
    posts = listed(pinned, a_post(2))
    assert [p.id for p in only(Post, reading(recorded(posts=posts)))] == ["100_2"]


def test_pages_of_nothing_but_older_posts_end_the_list() -> None:
    def forever(request: Request) -> Any:
        place = int(request.query.get("after", "0"))
        old = a_post(place, created_time="2020-01-01T00:00:00+0000")
        return listed(old, paging={"cursors": {"after": str(place + 1)}, "next": "https://x/?a=b"})

    with connected(recorded(posts=forever)) as (facebook, server):
        readings = list(facebook.read(SINCE, UNTIL))
    assert facts(readings) == []
    assert sum("published_posts" in r.path for r in server.log) == OLD_PAGES


def test_new_comments_under_an_older_post_in_the_list_are_read() -> None:
    old = a_post(
        1, created_time="2026-08-01T00:00:00+0000", comments=listed(a_comment(), a_comment(2))
    )
    readings = reading(recorded(posts=listed(old)))
    assert only(Post, readings) == []
    assert [c.post for c in only(Comment, readings)] == ["facebook:100_1"] * 2


def test_posts_that_cannot_be_understood_are_counted_and_the_rest_read() -> None:
    bad = [None, "x", {"id": "100_9"}, a_post(created_time="yesterday"), a_post(id=None)]
    readings = reading(recorded(posts=listed(*bad, a_post(5))))
    assert [p.id for p in only(Post, readings)] == ["100_5"]
    assert only(Unread, readings) == [
        Unread("posts", "5 of 6 posts could not be understood", partial=True)
    ]
