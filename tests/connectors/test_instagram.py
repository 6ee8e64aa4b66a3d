from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from connectors.instagram import Instagram
from connectors.instagram_wire import COMMENTS_OFF, COMMENTS_ON, handle_of
from demo.instagram import PERMISSIONS, TOKEN, InstagramSite
from demo.server import Answer, LoopbackServer, Request, Site
from demo.town import TownComment, TownMedia, TownPost, number
from socialaudit.errors import (
    Forbidden,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
    Comment,
    CommentKind,
    CommentState,
    Gone,
    Known,
    Media,
    MediaKind,
    Post,
    PostKind,
    Reading,
    Unread,
)
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.instagram import case
from tests.connectors.graph_answers import SECRET, Recorded, listed
from tests.demo.test_instagram import BUSY, EVERY_KIND, HOME, a_town

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = SINCE + timedelta(days=1)
USER = {"id": "178", "username": "snoring", "name": "Snoring", "biography": "The council"}
EMPTY: dict[str, Any] = {"data": []}
R = TypeVar("R")


@contextmanager
def connected(
    site: Site, handle: str = "@LittleSnoring", token: str = TOKEN
) -> Iterator[tuple[Instagram, LoopbackServer]]:
    with LoopbackServer(site) as server:
        access = replace(case().access(server.url), handle=handle, secrets={"token": token})
        instagram = Instagram(access)
        try:
            yield instagram, server
        finally:
            instagram.close()


def reading(site: Site, **options: str) -> list[Reading]:
    with connected(site, **options) as (instagram, _):
        return list(instagram.read(SINCE, UNTIL))


def recorded(media: Any = EMPTY, user: Any = None, **more: Any) -> list[Reading]:
    site = Recorded({"178": user or USER, "178/media": media, **more})
    return reading(site, handle="178", token=SECRET)


def only(kind: type[R], readings: list[Reading]) -> list[R]:
    return [one for one in readings if isinstance(one, kind)]


def unread(readings: list[Reading]) -> list[str]:
    return sorted(u.fact for u in only(Unread, readings) if not u.permanent)


def a_post(identity: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(identity),
        "caption": f"Post {identity}",
        "media_type": "IMAGE",
        "media_product_type": "FEED",
        "permalink": f"https://www.instagram.com/p/C{identity}/",
        "timestamp": "2026-09-01T12:00:00+0000",
        **fields,
    }


def a_comment(identity: int = 30, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(identity),
        "text": "When?",
        "timestamp": "2026-09-02T12:00:00+0000",
        "username": "ann",
        "from": {"id": "7", "username": "ann"},
        "hidden": False,
        **fields,
    }


@pytest.mark.parametrize(
    ("posts", "comments", "expected"),
    [(0, 0, 2), (1, 0, 2), (50, 50, 2), (51, 51, 4), (130, 130, 6)],
)
def test_a_week_takes_no_more_requests_than_its_formula(
    posts: int, comments: int, expected: int
) -> None:
    quiet = [
        TownPost(id=f"p{n}", at=AT, text=f"Post {n}", media=(TownMedia(id=f"m{n}"),))
        for n in range(1, posts)
    ]
    said = tuple(TownComment(id=f"c{n}", at=AT, by="Ann", text=f"C{n}") for n in range(comments))
    busy = TownPost(id="busy", at=AT, media=(TownMedia(id="m"),), comment=said)
    town = a_town(*quiet, *([busy] if posts else []))
    with connected(InstagramSite(town, NOW)) as (instagram, server):
        readings = list(instagram.read(SINCE, UNTIL))
        assert len(server.log) == expected == instagram.usage.requests
    assert len(only(Post, readings)) == posts
    assert len(only(Comment, readings)) == comments


def test_a_reread_takes_a_request_for_each_50_of_a_sort() -> None:
    town = case().town
    with connected(InstagramSite(town, NOW)) as (instagram, server):
        posts = only(Post, list(instagram.read(SINCE, UNTIL)))
        before = len(server.log)
        known = [Known("post", p.id, comment_count=p.comment_count) for p in posts]
        assert list(instagram.reread(known)) == []
        assert len(server.log) - before == 3


def test_every_kind_of_post_is_read_with_its_parts() -> None:
    readings = reading(InstagramSite(EVERY_KIND, NOW))
    assert {p.text: p.kind for p in only(Post, readings)} == {
        "The fair": PostKind.POST,
        "Reel": PostKind.REEL,
        "": PostKind.POST,
    }
    told = {m.id: (m.kind, m.alt_text) for m in only(Media, readings)}
    ids = {one: number("instagram", one, digits=17) for one in ("a", "b", "v", "reel", "story")}
    assert told == {
        ids["a"]: (MediaKind.IMAGE, "A stall"),
        ids["b"]: (MediaKind.IMAGE, ""),
        ids["v"]: (MediaKind.VIDEO, None),
        ids["reel"]: (MediaKind.VIDEO, None),
        ids["story"]: (MediaKind.IMAGE, None),
    }
    assert unread(readings) == []


def test_comments_come_with_replies_states_and_mentions() -> None:
    readings = reading(InstagramSite(EVERY_KIND, NOW))
    told = {c.text: (c.kind, c.own, c.state) for c in only(Comment, readings)}
    assert told == {
        "When?": (CommentKind.COMMENT, False, CommentState.PUBLISHED),
        "Sunday": (CommentKind.REPLY, True, CommentState.PUBLISHED),
        "Rude": (CommentKind.COMMENT, False, CommentState.HIDDEN),
        "At the fair": (CommentKind.MENTION, False, None),
    }
    reply = next(c for c in only(Comment, readings) if c.text == "Sunday")
    asked = next(c for c in only(Comment, readings) if c.text == "When?")
    assert reply.parent == asked.key
    assert reply.permalink
    assert reply.permalink.endswith(f"/c/{asked.id}/r/{reply.id}/")


def test_no_name_of_a_commenter_is_kept() -> None:
    readings = reading(InstagramSite(EVERY_KIND, NOW))
    assert "ann.example" not in repr([(c, c.payload) for c in only(Comment, readings)])


def test_whether_people_may_comment_is_told() -> None:
    post = replace(BUSY, comments_off=True, comment=())
    on, off = replace(post, id="on", comments_off=False), post
    told = {p.replies_from for p in only(Post, reading(InstagramSite(a_town(on, off), NOW)))}
    assert told == {COMMENTS_ON, COMMENTS_OFF}


@pytest.mark.parametrize(
    "written",
    ["@LittleSnoring", "littlesnoring", "https://www.instagram.com/littlesnoring/?hl=en"],
)
@pytest.mark.parametrize("person", [False, True])
def test_an_account_is_found_by_its_name(written: str, person: bool) -> None:  # noqa: FBT001 - a table's column
    site = InstagramSite(EVERY_KIND, NOW, person=person)
    account = only(Account, reading(site, handle=written))[0]
    assert (account.id, account.handle) == (HOME, "littlesnoring")


def test_an_account_is_found_by_its_number_or_that_of_its_page() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    numbers = [HOME, number("instagram", "page")]
    told = [only(Account, reading(site, handle=one))[0] for one in numbers]
    assert {a.id for a in told} == {HOME}
    assert len(only(Post, reading(site, handle=numbers[1]))) == 3


@pytest.mark.parametrize("person", [False, True])
def test_a_token_for_another_account_says_for_which(person: bool) -> None:  # noqa: FBT001 - a table's column
    with pytest.raises(NotFound, match="leads to @littlesnoring, not to @other"):
        reading(InstagramSite(EVERY_KIND, NOW, person=person), handle="@other")


def test_a_token_of_instagrams_own_login_finds_its_account() -> None:
    me = {"id": "178", "user_id": "17841", "username": "snoring", "biography": "Council"}
    mine = a_comment() | {"username": None, "from": {"id": "17841"}}
    site = Recorded(
        {"me": me, "178/media": listed(a_post(comments_count=1, comments=listed(mine)))}
    )
    token = "IGAA" + SECRET
    readings = reading(site, handle="@Snoring", token=token)
    assert [a.handle for a in only(Account, readings)] == ["snoring"]
    assert [c.own for c in only(Comment, readings)] == [True]
    assert unread(readings) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("17841405309211844", "17841405309211844"),
        ("instagram.com/Cromer_TC/", "cromer_tc"),
        ("https://instagram.com/@cromer.tc", "cromer.tc"),
        ("https://www.instagram.com/_u/cromer_tc?hl=en", "cromer_tc"),
        ("cromer_tc?igsh=abc", "cromer_tc"),
        (" @cromer ", "cromer"),
    ],
)
def test_a_handle_is_read_in_the_ways_people_write_it(written: str, name: str) -> None:
    assert handle_of(written) == name


def test_comments_that_may_not_be_read_cost_comments_only() -> None:
    lacking = PERMISSIONS - {"instagram_manage_comments"}
    readings = reading(InstagramSite(EVERY_KIND, NOW, permissions=lacking))
    assert unread(readings) == ["comments", "comments.visitor"]
    assert {p.text for p in only(Post, readings)} == {"The fair", "Reel", ""}
    assert len(only(Media, readings)) == 5
    remedy = next(u.remedy for u in only(Unread, readings) if u.fact == "comments")
    assert "instagram_manage_comments" in remedy


def test_a_list_that_ignores_the_window_is_left_after_it() -> None:
    old = [
        TownPost(id=f"o{n}", at=SINCE - timedelta(days=9), media=(TownMedia(id=f"om{n}"),))
        for n in range(200)
    ]
    site = InstagramSite(a_town(BUSY, *old), NOW, honours_since=False)
    with connected(site) as (instagram, server):
        assert [p.text for p in only(Post, list(instagram.read(SINCE, UNTIL)))] == ["The fair"]
        assert len([r for r in server.log if r.path.endswith("/media")]) == 2


def test_a_page_that_is_too_large_is_asked_for_in_smaller_pieces() -> None:
    def media(request: Request) -> Any:
        if int(request.query["limit"]) > 20:
            words = "Please reduce the amount of data you're asking for, then retry your request"
            return Answer({"error": {"message": words, "code": 1}}, 500)
        return listed(a_post())

    readings = recorded(media)
    assert len(only(Post, readings)) == 1
    assert unread(readings) == []


def test_short_lists_that_are_too_large_are_left_out() -> None:
    def user(request: Request) -> Any:
        if "stories" in request.query["fields"]:
            return Answer(
                {"error": {"message": "Please reduce the amount of data", "code": 1}}, 500
            )
        return USER

    assert unread(recorded(listed(a_post()), user)) == ["comments.visitor", "posts"]


@pytest.mark.parametrize(
    ("fields", "alt", "guess"),
    [
        ({"alt_text": "A bin"}, "A bin", None),
        ({"alt_text": ""}, "", None),
        ({"alt_text": None}, "", None),
        ({}, "", None),
        ({"like_count": 3}, None, None),
        ({"alt_text": "May be an image of text"}, "", "May be an image of text"),
        (
            {"alt_text": "Photo by Snoring on May 4, 2026. May be an image of 1 person."},
            "",
            "Photo by Snoring on May 4, 2026. May be an image of 1 person.",
        ),
        ({"alt_text": "May Day dancers on the green"}, "May Day dancers on the green", None),
        ({"alt_text": 7}, "7", None),
    ],
)
def test_what_is_told_of_a_picture(fields: Any, alt: str | None, guess: str | None) -> None:
    media = only(Media, recorded(listed(a_post(**fields))))[0]
    assert (media.alt_text, media.automatic_alt_text) == (alt, guess)


def test_a_picture_is_undescribed_where_others_on_the_page_are_described() -> None:
    page = listed(a_post(1, like_count=1, alt_text="A bin"), a_post(2, like_count=1))
    assert [m.alt_text for m in only(Media, recorded(page))] == ["A bin", ""]


def test_a_version_that_knows_no_descriptions_leaves_them_unknown() -> None:
    def media(request: Request) -> Any:
        if "alt_text" in request.query["fields"]:
            words = "(#100) Tried accessing nonexisting field (alt_text) on node type (IGMedia)"
            return Answer({"error": {"message": words, "code": 100}}, 400)
        return listed(a_post())

    readings = recorded(media)
    assert [m.alt_text for m in only(Media, readings)] == [None]
    assert unread(readings) == ["media.alt_text"]


def test_an_album_without_its_parts_is_asked_for_them() -> None:
    album = a_post(media_type="CAROUSEL_ALBUM")
    parts = listed({"id": "5", "media_type": "IMAGE"}, {"id": "6", "media_type": "VIDEO"})
    readings = recorded(listed(album), **{"1/children": parts})
    assert [(m.id, m.kind) for m in only(Media, readings)] == [
        ("5", MediaKind.IMAGE),
        ("6", MediaKind.VIDEO),
    ]
    readings = recorded(listed(album))
    assert [m.alt_text for m in only(Media, readings)] == [None]
    assert unread(readings) == ["media", "media.alt_text"]


def test_an_album_whose_parts_have_numbers_only_is_asked_for_them() -> None:
    album = a_post(media_type="CAROUSEL_ALBUM", children=listed({"id": "5"}, {"id": "6"}))
    parts = listed({"id": "5", "media_type": "IMAGE"}, {"id": "6", "media_type": "VIDEO"})
    told = only(Media, recorded(listed(album), **{"1/children": parts}))
    assert [(m.kind, m.alt_text) for m in told] == [
        (MediaKind.IMAGE, ""),
        (MediaKind.VIDEO, None),
    ]
    assert [m.alt_text for m in only(Media, recorded(listed(album)))] == [None, None]


def test_a_profile_that_brings_its_posts_is_read_from_there() -> None:
    nested = {**USER, "media_count": 1, "media": listed(a_post(alt_text="A bin"))}
    assert [p.id for p in only(Post, recorded(None, nested))] == ["1"]


def test_replies_beyond_the_first_are_followed() -> None:
    more = {"cursors": {"before": "A", "after": "B"}, "next": "https://evil.example.net/?after=B"}
    first = a_comment(30, replies=listed(a_comment(31), paging=more))
    page = listed(a_post(comments_count=3, comments=listed(first)))
    readings = recorded(page, **{"30/replies": listed(a_comment(32))})
    assert [c.parent for c in only(Comment, readings)] == [None, "instagram:30", "instagram:30"]


def test_an_own_comment_stays_visible_whatever_hidden_says() -> None:
    writer = {"id": "99", "username": "Snoring"}
    own = a_comment(username="Snoring", hidden=True) | {"from": writer}
    page = listed(a_post(comments_count=1, comments=listed(own)))
    comment = only(Comment, recorded(page))[0]
    assert (comment.own, comment.state) == (True, CommentState.PUBLISHED)


def test_comments_whose_authors_are_not_told_are_unknown() -> None:
    bare = {"id": "30", "text": "When?", "timestamp": "2026-09-02T12:00:00+0000"}
    readings = recorded(listed(a_post(comments_count=1, comments=listed(bare))))
    told = only(Comment, readings)[0]
    assert (told.own, told.author, told.state) == (None, None, None)
    assert unread(readings) == ["comments"]


def test_comments_that_are_stated_and_not_shown_are_said_to_be_missing() -> None:
    assert unread(recorded(listed(a_post(comments_count=4)))) == ["comments"]


def test_comments_are_read_from_their_edge_where_a_server_did_not_nest_them() -> None:
    page = listed(a_post(comments_count=1, like_count=2, alt_text="A bin"))
    readings = recorded(page, **{"1/comments": listed(a_comment())})
    assert len(only(Comment, readings)) == 1
    assert unread(readings) == []


@pytest.mark.parametrize(
    "odd",
    [
        {"timestamp": "soon"},
        {"timestamp": None},
        {"id": None},
        {"id": "a/../b"},
    ],
)
def test_a_post_that_is_not_understood_costs_no_other(odd: Any) -> None:
    readings = recorded(listed(a_post(1) | odd, a_post(2), "none", None, 7))
    assert [p.id for p in only(Post, readings)] == ["2"]
    assert unread(readings) == ["posts"]


@pytest.mark.parametrize(
    "odd",
    [
        {"caption": None},
        {"caption": 7},
        {"media_type": None},
        {"media_product_type": "IGTV"},
        {"permalink": "javascript:alert(1)"},
        {"permalink": "http://[x"},
        {"comments_count": "3"},
        {"is_comment_enabled": "yes"},
        {"children": "none"},
        {"comments": None},
        {"comments": listed(None, "x", {})},
        {"comments": listed(a_comment(text=None, hidden="no") | {"from": "ann"})},
        {"comments": listed(a_comment(replies="x"))},
        {"owner": {"id": "178"}, "media_url": "https://cdn.example/x?oh=1", "boost_info": {}},
    ],
)
def test_a_post_with_an_odd_field_is_read(odd: Any) -> None:
    readings = recorded(listed(a_post(**odd)))
    posts = only(Post, readings)
    assert [p.id for p in posts] == ["1"]
    assert posts[0].permalink in {None, "https://www.instagram.com/p/C1/"}
    assert len(only(Media, readings)) == 1


def test_what_changes_by_itself_is_not_kept() -> None:
    odd: dict[str, Any] = {"media_url": "https://cdn.example/x?oh=1", "like_count": 4}
    post = only(Post, recorded(listed(a_post(**odd))))[0]
    assert not odd.keys() & post.payload.keys()


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        (190, 400, Unauthorized),
        (10, 400, Forbidden),
        (200, 403, Forbidden),
        *((code, 400, RateLimited) for code in (4, 17, 32, 80002)),
        (2, 500, Unreachable),
    ],
)
def test_an_error_of_the_account_is_raised_as_what_it_is(
    code: int, status: int, expected: type[PlatformError]
) -> None:
    fault = Answer({"error": {"message": "Words", "code": code}}, status)
    with pytest.raises(expected) as told:
        recorded(user=lambda _: fault)
    assert "Facebook" not in f"{told.value} {told.value.remedy}"


def test_an_unknown_number_is_not_found() -> None:
    with pytest.raises(NotFound):
        reading(InstagramSite(EVERY_KIND, NOW), handle="99999999999999999")


def test_a_comment_that_is_gone_is_gone_and_an_answered_one_comes_with_its_reply() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    album = number("instagram", "album", digits=17)
    asked = [number("instagram", one, digits=17) for one in ("c1", "c4")]
    with connected(site) as (instagram, _):
        readings = list(instagram.reread([Known("comment", one, album) for one in asked]))
    assert {c.text for c in only(Comment, readings)} == {"When?", "Sunday"}
    assert only(Gone, readings) == [Gone("comment", asked[1])]


def test_a_medium_taken_out_of_its_album_is_gone() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    album = number("instagram", "album", digits=17)
    known = [
        Known("media", "99", album),
        Known("media", number("instagram", "a", digits=17), album),
    ]
    with connected(site) as (instagram, _):
        readings = list(instagram.reread(known))
    assert only(Gone, readings) == [Gone("media", "99")]
    assert len(only(Media, readings)) == 3


def test_another_posts_tag_is_not_asked_for_again() -> None:
    with connected(InstagramSite(EVERY_KIND, NOW)) as (instagram, server):
        assert list(instagram.reread([Known("comment", "12345")])) == []
        assert len(server.log) == 1
