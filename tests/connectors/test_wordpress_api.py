"""Answers that are odd, old, closed or hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.transport import Unlimited
from connectors.wordpress_api import MAX_PAGES, home_of
from demo.server import Answer
from socialaudit.errors import Forbidden, Malformed, RateLimited, Unauthorized, Unreachable
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Comment,
    CommentState,
    Gone,
    Known,
    Media,
    Post,
    PostKind,
)
from tests.connectors.wordpress_answers import (
    INDEX,
    PAGE,
    SIGNED_IN,
    a_comment,
    a_post,
    an_error,
    read,
)

if TYPE_CHECKING:
    from demo.server import Request

ENTRY = """<item><title>{title}</title><link>https://www.anytown.gov.uk/2026/10/{n}/</link>
<guid isPermaLink="false">https://www.anytown.gov.uk/?p={n}</guid>
<pubDate>Tue, 06 Oct 2026 09:00:00 +0000</pubDate><dc:creator><![CDATA[clerk]]></dc:creator>
<content:encoded><![CDATA[<p>See it.</p><img src="/a.jpg">]]></content:encoded></item>"""
REMARK = """<item><title>By: Ann Example</title><dc:creator><![CDATA[Ann Example]]></dc:creator>
<link>https://www.anytown.gov.uk/2026/10/7/#comment-3</link>
<guid isPermaLink="false">https://www.anytown.gov.uk/?p=7#comment-3</guid>
<pubDate>Wed, 07 Oct 2026 09:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>When does it open?</p>]]></content:encoded></item>"""
OLD = """<item><title>Old</title><link>https://www.anytown.gov.uk/old/</link><guid>old</guid>
<pubDate>Tue, 06 Jan 2026 09:00:00 +0000</pubDate><content:encoded>x</content:encoded></item>"""


def rss(*items: str) -> Answer:
    head = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Anytown</title>'
        "<link>https://www.anytown.gov.uk</link><description>News</description>"
        "<generator>https://wordpress.org/?v=6.8</generator>"
    )
    return Answer(head + "".join(items) + "</channel></rss>", content_type="application/rss+xml")


OLD_REMARK = REMARK.replace("#comment-3", "#comment-2").replace("07 Oct", "07 Jan")
FEEDS = {
    "/feed/": rss(ENTRY.format(n=7, title="Road closure"), OLD),
    "/comments/feed/": rss(REMARK, OLD_REMARK),
}


def paged(*pages: list[Any], total: bool = True) -> Any:
    """A list in pages; without totals, the page behind the last is refused as WordPress does."""

    def answer(request: Request) -> Answer:
        number = int(request.query.get("page", "1"))
        if number > len(pages):
            return an_error(400, "rest_post_invalid_page_number")
        told = {"X-WP-TotalPages": str(len(pages))} if total else {}
        return Answer(pages[number - 1], headers=told)

    return answer


@pytest.mark.parametrize(
    ("handle", "home"),
    [
        ("www.example.org", "https://www.example.org"),
        ("https://example.org/news/", "https://example.org/news"),
        ("https://example.org/news/feed/", "https://example.org/news"),
        ("https://example.org/wp-json/wp/v2/posts", "https://example.org"),
        ("https://example.org/blog/wp-admin/", "https://example.org/blog"),
        ("https://example.org/index.php", "https://example.org"),
    ],
)
def test_any_address_of_a_site_leads_to_its_home(handle: str, home: str) -> None:
    assert home_of(Access("wp", handle, AccountKind.COUNCIL, Unlimited())) == home


@pytest.mark.parametrize(
    "front",
    [
        Answer("<html></html>", headers={"Link": '<{}/index.php/api/>; rel="https://api.w.org/"'}),
        Answer(
            "<html></html>",
            headers={
                "Link": '<{}/x>; rel=shortlink, <https://www.anytown.gov.uk/index.php/api/>; rel="https://api.w.org/", <{}>; rel=y'
            },
        ),
        Answer("<html><link rel='https://api.w.org/' href='{}/index.php/api/' /></html>"),
        Answer('<html><link href="/index.php/api/" rel="https://api.w.org/"></html>'),
    ],
)
def test_the_api_is_found_where_the_front_page_says_on_the_sites_own_host(front: Answer) -> None:
    body = str(front.body).replace("{}", "https://elsewhere.example.org")
    link = {k: v.replace("{}", "https://elsewhere.example.org") for k, v in front.headers.items()}
    told = read(
        {
            "": Answer("", 404),
            "/": Answer(body, headers=link, content_type="text/html"),
            "/index.php/api/": INDEX,
            "/index.php/api/wp/v2/posts": [a_post()],
            "/index.php/api/wp/v2/comments": [],
        }
    )
    assert told.one(Post).id == "7"
    assert told.requests == 5


def test_a_site_without_readable_addresses_is_read_by_its_query() -> None:
    told = read(
        {"": lambda r: INDEX if "rest_route" in r.query else PAGE, "/": PAGE, "posts": [a_post()]}
    )
    assert told.one(Post).id == "7"
    assert [r.path for r in told.log] == ["/wp-json/", "/", "/", "/", "/"]
    assert told.log[-1].query["per_page"] == "100"


@pytest.mark.parametrize("code", ["rest_login_required", "rest_disabled", "rest_cannot_access"])
@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_api_leaves_the_feeds(code: str, status: int) -> None:
    told = read({"": an_error(status, code), **FEEDS})
    post, comment = told.one(Post), told.one(Comment)
    assert (post.key, post.kind, post.audience) == ("wordpress:7", PostKind.POST, Audience.PUBLIC)
    assert told.one(Media).post == "wordpress:7"
    assert (comment.key, comment.post) == ("wordpress:comment/3", "wordpress:7")
    assert (comment.own, comment.state) == (None, CommentState.PUBLISHED)
    assert (told.one(Account).platform, told.unread()) == ("wordpress", {})
    assert "Ann" not in told.written()
    assert told.requests == 3


@pytest.mark.parametrize(
    "closed",
    [
        {"": PAGE, "/": PAGE},
        {"": Answer(PAGE.body, 403, {}, "text/html")},
        {"": {**INDEX, "namespaces": ["oembed/1.0"]}, "/": PAGE},
        {"posts": an_error(401, "rest_forbidden")},
        {"posts": an_error(404, "rest_no_route")},
        {"posts": Answer({"code": "rest_disabled", "message": "No.", "data": {"status": 403}})},
    ],
)
def test_an_api_that_is_closed_in_another_way_leaves_the_feeds_too(closed: dict[str, Any]) -> None:
    told = read({**closed, **FEEDS})
    assert told.one(Post).key == "wordpress:7"
    assert told.error is None


def test_a_feed_that_holds_the_beginning_of_posts_alone_says_so() -> None:
    entry = (
        ENTRY.format(n=7, title="x").split("<content")[0] + "<description>See</description></item>"
    )
    told = read(
        {"": an_error(401, "no"), "/feed/": rss(entry, OLD), "/comments/feed/": rss(OLD_REMARK)}
    )
    assert set(told.unread()) == {"media"}


@pytest.mark.parametrize("there", [None, PAGE, Answer("", 401), Answer("{}")])
def test_a_feed_of_comments_that_is_not_there_costs_the_comments(there: Answer | None) -> None:
    told = read({"": an_error(401, "no"), **FEEDS, "/comments/feed/": there or an_error(404, "x")})
    assert told.one(Post).id == "7"
    assert set(told.unread()) == {"comments"}


def test_a_site_without_api_and_feed_is_an_error() -> None:
    assert isinstance(read({"": an_error(401, "no"), "/": PAGE}).error, Exception)
    both = {"": Answer("", 403), "/feed/": Answer("", 403)}
    assert isinstance(read(both).error, Forbidden)


def test_what_a_closed_site_was_read_from_is_read_again() -> None:
    told = read({"": an_error(401, "no"), **FEEDS}, known=[Known("post", "7")])
    assert isinstance(told.error, Unauthorized) or told.of(Gone) == []


def test_a_page_behind_the_last_is_the_end() -> None:
    many = [a_post(n) for n in range(1, 101)]
    told = read(posts=paged(many, [a_post(101)], total=False))
    assert len(told.of(Post)) == 101
    assert told.unread() == {}


def test_a_server_that_gives_shorter_pages_than_asked_for_is_read_to_its_end() -> None:
    told = read(posts=paged([a_post(n) for n in range(1, 11)], [a_post(11)], total=False))
    assert len(told.of(Post)) == 11


def test_an_empty_page_in_the_middle_is_not_the_end() -> None:
    told = read(posts=paged([a_post(1)], [], [a_post(2)]))
    assert [p.id for p in told.of(Post)] == ["1", "2"]


def test_a_server_that_ignores_the_window_is_left_once_it_has_passed() -> None:
    old = a_post(3, date="2026-01-01T10:00:00", date_gmt="2026-01-01T10:00:00")
    told = read(posts=paged([a_post(1), old], *[[old]] * 30))
    assert [p.id for p in told.of(Post)] == ["1"]
    assert told.asked().count("posts") == 1


def test_a_server_that_ignores_every_parameter_is_read_once() -> None:
    told = read(posts=[a_post(n) for n in range(1, 4)])
    assert (len(told.of(Post)), told.requests, told.unread()) == (3, 3, {})


def test_a_list_that_never_ends_is_left_and_said_to_be_partly_read() -> None:
    def endless(request: Request) -> Answer:
        page = int(request.query["page"])
        return Answer([a_post(page)], headers={"X-WP-TotalPages": "999999999"})

    told = read(posts=endless)
    assert told.asked().count("posts") == MAX_PAGES
    assert set(told.unread()) == {"posts"}


@pytest.mark.parametrize(
    "odd",
    [
        7,
        None,
        "post",
        [],
        {},
        {"id": "x"},
        {"id": True},
        {"id": 5},
        {"id": 5, "date_gmt": "soon"},
        {"id": 5, "date_gmt": "0000-00-00T00:00:00", "date": "0000-00-00T00:00:00"},
        {"id": 5, "date": []},
        {"id": 5, "date_gmt": "9999-99-99"},
    ],
)
def test_an_item_that_cannot_be_understood_costs_no_other(odd: Any) -> None:
    told = read(posts=[a_post(1), odd, a_post(2)], comments=[odd, a_comment()])
    assert [p.id for p in told.of(Post)] == ["1", "2"]
    assert told.one(Comment).id == "3"
    assert set(told.unread()) == {"posts", "comments"}
    assert told.unread()["posts"] == "1 of 3 posts could not be understood"


@pytest.mark.parametrize(
    "odd",
    [
        {"title": None},
        {"title": "Plain"},
        {"title": {"raw": "Raw"}},
        {"content": "<p>Plain</p>"},
        {"content": {}},
        {"content": []},
        {"link": 7},
        {"link": "javascript:alert(1)"},
        {"author": "x"},
        {"featured_media": "x"},
        {"featured_media": [1]},
        {"comment_status": {}},
        {"status": None},
        {"modified_gmt": "yesterday", "modified": None},
        {"_embedded": {"wp:featuredmedia": {"id": 1}}, "featured_media": 3},
        {"_embedded": {"wp:featuredmedia": [7]}, "featured_media": 3},
        {"id": "7"},
        {"date_gmt": None},
    ],
)
def test_a_field_of_another_type_costs_that_field_alone(odd: dict[str, Any]) -> None:
    told = read(posts=[a_post(**odd)])
    post = told.one(Post)
    assert (post.id, post.published_at.isoformat()) == ("7", "2026-10-06T09:00:00+00:00")
    assert told.error is None
    assert told.unread() == {}


def test_a_post_without_content_has_no_text_that_is_known() -> None:
    post = read(posts=[a_post(content=None)]).one(Post)
    assert (post.text, post.links) == (None, None)


@pytest.mark.parametrize(
    "odd",
    [
        {"author": None},
        {"author_avatar_urls": []},
        {"author_avatar_urls": None, "author_name": None},
        {"content": None},
        {"parent": "x"},
        {"post": None},
        {"link": None},
        {"status": None},
        {"type": None},
        {"date_gmt": None},
    ],
)
def test_a_comment_without_a_field_is_read_without_it(odd: dict[str, Any]) -> None:
    told = read(comments=[a_comment(**odd)])
    assert (told.one(Comment).id, told.unread()) == ("3", {})


def test_a_state_that_we_do_not_know_is_unknown() -> None:
    assert read(comments=[a_comment(status="escalated")]).one(Comment).state is None


def test_a_time_without_its_twin_is_told_in_the_sites_own_zone() -> None:
    index = {**INDEX, "timezone_string": "", "gmt_offset": 5.5}
    told = read({"": index}, posts=[a_post(date_gmt=None)])
    assert told.one(Post).published_at.isoformat() == "2026-10-06T04:30:00+00:00"


@pytest.mark.parametrize("zone", ["Mars/Olympus", 7, ["x"], "../etc/passwd"])
def test_a_zone_that_there_is_not_is_utc(zone: Any) -> None:
    told = read({"": {**INDEX, "timezone_string": zone}}, posts=[a_post(date_gmt=None)])
    assert told.one(Post).published_at.hour == 10


@pytest.mark.parametrize(
    "before",
    ["\ufeff", "<br />\n<b>Warning</b>: Undefined variable in x.php on line 3<br />\n", "\n\n  "],
)
def test_warnings_that_php_prints_before_the_data_are_passed_over(before: str) -> None:
    told = read(posts=Answer(before + json.dumps([a_post()])))
    assert told.one(Post).id == "7"


def test_a_list_that_php_numbered_is_a_list() -> None:
    assert read(posts={"0": a_post(1), "2": a_post(2)}).of(Post)[1].id == "2"


@pytest.mark.parametrize("body", ["", "[", '{"x', "null", "7", '"text"', '{"posts": []}'])
def test_an_answer_that_is_no_list_is_an_error(body: str) -> None:
    told = read({"posts": Answer(body), **FEEDS})
    assert told.of(Post) == [] or told.of(Post)[0].id == "7"
    assert told.error is None or isinstance(told.error, Malformed | Unreachable)


def test_a_comment_list_that_is_closed_costs_the_comments_alone() -> None:
    for closed in (an_error(403, "rest_disabled"), an_error(404, "rest_no_route"), Answer("{")):
        told = read(posts=[a_post()], comments=closed)
        assert (told.one(Post).comment_count, set(told.unread())) == (None, {"comments"})


def test_a_fault_of_the_comments_keeps_the_posts() -> None:
    for closed, error in [(Answer("", 500), Unreachable), (Answer("", 429), RateLimited)]:
        told = read(posts=[a_post()], comments=closed)
        assert told.one(Post).id == "7"
        assert isinstance(told.error, error)


def test_a_site_that_ignores_which_posts_are_asked_for_is_asked_for_each() -> None:
    told = read(
        {"posts": [a_post(1), a_post(2)], "posts/7": a_post(7), "posts/8": an_error(404, "x")},
        known=[Known("post", "7"), Known("post", "8")],
    )
    assert told.one(Post).id == "7"
    assert told.of(Gone) == [Gone("post", "8")]


def test_a_comment_that_is_no_longer_shown_is_gone() -> None:
    told = read({"comments/9": an_error(401, "rest_cannot_read")}, known=[Known("comment", "9")])
    assert told.of(Gone) == [Gone("comment", "9")]


@pytest.mark.parametrize(
    "blocked", [Answer("<html>", 403), Answer("", 401), Answer("{"), a_post(8)]
)
def test_what_stands_in_the_way_is_not_taken_for_a_deleted_comment(blocked: Any) -> None:
    told = read({"comments/9": blocked}, known=[Known("comment", "9")])
    assert told.of(Gone) == []


def test_a_name_from_a_feed_is_not_asked_for_by_number() -> None:
    told = read(known=[Known("post", "https://www.anytown.gov.uk/x"), Known("comment", "x")])
    assert told.of(Gone) == []
    assert told.asked() == ["/wp-json/"]


def test_an_editor_reads_again_what_only_editors_see() -> None:
    me = {"id": 2, "capabilities": {"moderate_comments": True}}
    told = read(
        {"users/me": me, "comments": [a_comment(status="hold")]},
        secrets=SIGNED_IN,
        known=[Known("comment", "3", "7")],
    )
    assert told.one(Comment).state is CommentState.HELD
