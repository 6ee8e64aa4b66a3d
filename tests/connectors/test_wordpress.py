from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.transport import Unlimited
from connectors.wordpress import CONNECTOR, WordPress
from demo.server import Answer, LoopbackServer
from demo.wordpress import PASSWORD, USER, WordPressSite
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Captions,
    Comment,
    CommentKind,
    CommentState,
    Gone,
    Known,
    Media,
    MediaKind,
    Post,
    PostKind,
    Setting,
    Unread,
)
from tests.connectors import case as cases
from tests.connectors.cases.wordpress import case
from tests.connectors.wordpress_answers import (
    EDITOR,
    INDEX,
    PAGE,
    SIGNED_IN,
    Told,
    a_comment,
    a_post,
    an_error,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.server import Request

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:04.000\nGood morning, everybody.\n"
FILM = '<figure class="wp-block-video"><video controls src="/v.mp4">{}</video></figure>'
TRACK = '<track src="{}" kind="captions" srclang="en" label="English">'


def by_status(**lists: list[Any]) -> Callable[[Request], Any]:
    return lambda request: lists.get(request.query.get("status", "approve"), [])


def signed_in(**routes: Any) -> Told:
    return read({"users/me": EDITOR, **routes}, secrets=SIGNED_IN)


def the_film(html: str, **files: Any) -> Told:
    routes = {f"/{name}.vtt": told for name, told in files.items()}
    return read({"posts": [a_post(html=html)], **routes})


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is WordPress


def test_a_post_is_read_with_all_that_it_tells() -> None:
    told = read(posts=[a_post(html='<p>See <a href="/plan">the plan</a>.</p>')])
    post = told.one(Post)
    assert (post.key, post.kind, post.title) == ("wordpress:7", PostKind.POST, "Road closure")
    assert (post.text, post.audience, post.replies_from) == (
        "See the plan.",
        Audience.PUBLIC,
        "open",
    )
    assert post.links == ("https://www.anytown.gov.uk/plan",)
    assert (post.published_at.hour, post.edited_at, post.comment_count) == (9, None, 0)


def test_the_site_introduces_itself() -> None:
    account = read().one(Account)
    assert (account.name, account.description) == ("Anytown Town Council", "News & notices")
    assert (account.platform, account.permalink) == ("wordpress", "https://www.anytown.gov.uk")


def test_a_quiet_week_costs_three_requests() -> None:
    told = read()
    assert told.asked() == ["/wp-json/", "posts", "comments"]
    assert told.unread() == {}


def test_a_quiet_week_as_an_editor_costs_seven_requests() -> None:
    told = signed_in()
    assert told.asked() == ["/wp-json/", "users/me", "posts", *["comments"] * 4]
    states = [r.query["status"] for r in told.log if r.path.endswith("comments")]
    assert states == ["approve", "hold", "spam", "trash"]


def test_the_description_that_readers_get_is_that_in_the_post() -> None:
    html = '<img class="wp-image-4" src="/a.jpg"><img src="/b.jpg" alt="The plan"><img src="/c.jpg" alt="">'
    told = read(posts=[a_post(html=html)])
    assert [m.alt_text for m in told.of(Media)] == ["", "The plan", ""]


def test_a_picture_that_is_loaded_late_is_a_picture() -> None:
    html = '<img src="data:image/gif;base64,R0lG" data-src="/a.jpg" alt="The plan">'
    assert read(posts=[a_post(html=html)]).one(Media).alt_text == "The plan"


def test_a_smiley_is_no_picture() -> None:
    html = (
        '<img src="https://s.w.org/images/core/emoji/14/72x72/1f600.png" alt="x" class="wp-smiley">'
    )
    assert read(posts=[a_post(html=html)]).of(Media) == []


@pytest.mark.parametrize(
    ("embedded", "alt"),
    [
        ({"wp:featuredmedia": [{"id": 9, "media_type": "image", "alt_text": "A road"}]}, "A road"),
        ({"wp:featuredmedia": [{"id": 9, "media_type": "image", "alt_text": ""}]}, ""),
        ({"wp:featuredmedia": [{"code": "rest_forbidden", "data": {"status": 401}}]}, None),
        ({"wp:featuredmedia": []}, None),
        (None, None),
        ([], None),
    ],
)
def test_the_picture_above_a_post_has_the_description_of_the_library(
    embedded: Any, alt: str | None
) -> None:
    told = read(posts=[a_post(featured_media=9, _embedded=embedded)])
    assert (told.one(Media).kind, told.one(Media).alt_text) == (MediaKind.IMAGE, alt)


def test_a_film_without_subtitles_has_none() -> None:
    film = the_film(FILM.format("")).one(Media)
    assert (film.kind, film.captions) == (MediaKind.VIDEO, Captions.NONE)


def test_a_film_whose_subtitles_answer_and_hold_words_has_them() -> None:
    told = the_film(FILM.format(TRACK.format("/t.vtt")), t=Answer(CAPTIONS))
    film = told.one(Media)
    assert (film.captions, film.caption_languages) == (Captions.STANDARD, ("en",))
    assert told.requests == 4


def test_subtitles_on_the_sites_own_host_are_fetched_from_where_the_site_is_read() -> None:
    html = FILM.format(TRACK.format("https://anytown.gov.uk/t.vtt"))
    assert the_film(html, t=Answer(CAPTIONS)).one(Media).captions is Captions.STANDARD


@pytest.mark.parametrize("body", ["WEBVTT\n\n", "", str(PAGE.body)])
def test_subtitles_that_hold_no_words_are_none(body: str) -> None:
    html = FILM.format(TRACK.format("/t.vtt"))
    assert the_film(html, t=Answer(body)).one(Media).captions is Captions.NONE


def test_subtitles_that_are_not_there_are_none() -> None:
    assert the_film(FILM.format(TRACK.format("/t.vtt"))).one(Media).captions is Captions.NONE


def test_subtitles_that_do_not_answer_for_now_are_unknown_and_said_to_be() -> None:
    told = the_film(FILM.format(TRACK.format("/t.vtt")), t=Answer("", 503))
    assert told.one(Media).captions is None
    assert told.unread() == {"media.captions": "films whose subtitles could not be read: 1"}


def test_subtitles_once_seen_to_be_good_are_not_fetched_again() -> None:
    cache: dict[str, str] = {}
    posts = [a_post(html=FILM.format(TRACK.format("https://www.anytown.gov.uk/t.vtt")))]
    read({"posts": posts, "/t.vtt": Answer(CAPTIONS)}, cache=cache)
    again = read(posts=posts, cache=cache)
    assert again.one(Media).captions is Captions.STANDARD
    assert again.requests == 3


@pytest.mark.parametrize(
    "html",
    [
        '<iframe src="https://www.youtube.com/embed/abc?feature=oembed"></iframe>',
        '<iframe data-src="//www.youtube-nocookie.com/embed/abc"></iframe>',
        '<iframe src="https://player.vimeo.com/video/1"></iframe>',
        '<figure class="wp-block-embed"><div>\nhttps://www.youtube.com/watch?v=abc\n</div></figure>',
        "<p>https://youtu.be/abc</p>",
    ],
)
def test_captions_of_a_film_shown_from_elsewhere_are_unknown(html: str) -> None:
    film = read(posts=[a_post(html=html)]).one(Media)
    assert (film.kind, film.captions) == (MediaKind.VIDEO, None)


def test_a_map_is_no_film() -> None:
    html = '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>'
    assert read(posts=[a_post(html=html)]).of(Media) == []


def test_a_silent_film_that_plays_round_and_round_is_an_animation() -> None:
    html = '<video autoplay loop muted playsinline src="/v.mp4"></video>'
    assert read(posts=[a_post(html=html)]).one(Media).kind is MediaKind.ANIMATION


def test_a_guests_comment_is_read_under_a_pseudonym() -> None:
    told = read(posts=[a_post()], comments=[a_comment()])
    comment = told.one(Comment)
    assert (comment.key, comment.post, comment.own) == ("wordpress:comment/3", "wordpress:7", False)
    assert (comment.text, comment.state) == ("When does it open again?", CommentState.PUBLISHED)
    assert comment.kind is CommentKind.COMMENT
    assert told.one(Post).comment_count == 1
    assert "Ann" not in told.written()
    assert "0a1b" not in told.written()


def test_what_moderation_did_with_a_comment_is_told_and_who_wrote_it_is_not() -> None:
    private = {
        "author_email": "ann@example.org",
        "author_ip": "192.0.2.7",
        "author_user_agent": "X",
    }
    told = signed_in(
        posts=[a_post()],
        comments=by_status(
            approve=[a_comment(1, **private)],
            hold=[a_comment(2, status="hold", **private)],
            spam=[a_comment(3, status="spam", **private)],
            trash=[a_comment(4, status="trash", **private)],
        ),
    )
    assert {c.id: c.state for c in told.of(Comment)} == {
        "1": CommentState.PUBLISHED,
        "2": CommentState.HELD,
        "3": CommentState.SPAM,
        "4": CommentState.HIDDEN,
    }
    assert told.one(Post).comment_count == 1
    assert [word for word in ("example.org", "192.0.2.7", "Ann") if word in told.written()] == []


def test_an_answer_by_somebody_who_writes_posts_is_the_sites_own() -> None:
    told = read(posts=[a_post()], comments=[a_comment(4, author=1, parent=3), a_comment()])
    assert {c.id: c.own for c in told.of(Comment)} == {"4": True, "3": False}
    assert next(c for c in told.of(Comment) if c.own).parent == "wordpress:comment/3"
    assert told.requests == 3


def test_users_are_read_only_for_a_commenter_who_may_be_one() -> None:
    told = read(posts=[a_post()], comments=[a_comment(author=5)], users=[{"id": 5}])
    assert told.one(Comment).own is True
    assert told.asked()[-1] == "users"


def test_a_user_who_wrote_nothing_may_be_a_resident_or_not() -> None:
    assert read(comments=[a_comment(author=5)], users=[{"id": 1}]).one(Comment).own is None
    assert read(comments=[a_comment(author=5)]).one(Comment).own is None


def test_an_administrator_sees_who_may_write() -> None:
    me = {"id": 2, "capabilities": {**EDITOR["capabilities"], "list_users": True}}  # type: ignore[dict-item]  # a plain dict
    users = [
        {"id": 5, "capabilities": {"read": True}},
        {"id": 6, "capabilities": {"edit_posts": True}},
    ]
    comments = by_status(approve=[a_comment(1, author=5), a_comment(2, author=6)])
    told = read({"users/me": me, "comments": comments, "users": users}, secrets=SIGNED_IN)
    assert {c.id: c.own for c in told.of(Comment)} == {"1": False, "2": True}


def test_a_pingback_is_no_comment() -> None:
    told = read(comments=[a_comment(type="pingback")])
    assert told.of(Comment) == []
    assert told.unread() == {}


@pytest.mark.parametrize(
    ("status", "protected", "audience"),
    [
        ("publish", False, Audience.PUBLIC),
        ("publish", True, Audience.FOLLOWERS),
        ("private", False, Audience.PRIVATE),
        ("draft", False, Audience.UNPUBLISHED),
        ("pending", False, Audience.UNPUBLISHED),
        ("future", False, Audience.UNPUBLISHED),
        ("archived", False, None),
    ],
)
def test_who_may_see_a_post(status: str, protected: bool, audience: Audience | None) -> None:  # noqa: FBT001 - a row of the table
    content = {"rendered": "" if protected else "<p>x</p>", "protected": protected}
    post = signed_in(posts=[a_post(status=status, content=content)]).one(Post)
    assert post.audience is audience
    assert (post.text is None) is protected


def test_a_draft_without_a_time_is_of_no_week() -> None:
    told = signed_in(posts=[a_post(status="draft", date=None, date_gmt=None)])
    assert (told.of(Post), told.unread()) == ([], {})


def test_a_password_of_a_post_is_not_kept() -> None:
    told = signed_in(posts=[a_post(password="opensesame")])
    assert told.one(Post).audience is Audience.FOLLOWERS
    assert "opensesame" not in told.written()


def test_an_administrator_is_shown_the_settings() -> None:
    me = {"id": 1, "capabilities": {"manage_options": True}}
    settings = {"title": "Anytown", "email": "clerk@example.org", "default_comment_status": "open"}
    told = read({"users/me": me, "settings": settings}, secrets=SIGNED_IN)
    setting = told.one(Setting)
    assert (setting.name, setting.value) == ("default_comment_status", '"open"')


def test_what_nobody_can_see_without_a_password_is_said() -> None:
    lasting = {u.fact for u in read().of(Unread) if u.permanent}
    assert lasting == {"comments.state", "settings"}


@pytest.mark.parametrize("code", ["rest_not_logged_in", "incorrect_password", "invalid_username"])
def test_a_wrong_password_is_said_and_nothing_is_read(code: str) -> None:
    told = read({"users/me": an_error(401, code), "posts": [a_post()]}, secrets=SIGNED_IN)
    assert isinstance(told.error, Unauthorized)
    assert "application password" in str(told.error)
    assert told.readings == []
    assert told.asked() == ["/wp-json/", "users/me"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (an_error(403, "application_passwords_disabled"), Forbidden),
        (Answer("<html>", 401), Unauthorized),
        (Answer("<html>", 403), Forbidden),
        (PAGE, Unreachable),
        (Answer([]), Malformed),
        (Answer("", 500), Unreachable),
    ],
)
def test_a_password_that_cannot_be_tried_is_never_read_as_an_anonymous_reader(
    answer: Answer, error: type[PlatformError]
) -> None:
    told = read({"users/me": answer, "posts": [a_post()]}, secrets=SIGNED_IN)
    assert type(told.error) is error or isinstance(told.error, error)
    assert told.of(Post) == []


def test_a_site_that_hides_its_users_is_asked_for_what_only_an_editor_may_see() -> None:
    def posts(request: Request) -> Any:
        return [a_post()] if request.query.get("context") == "edit" else an_error(400, "no")

    assert read(posts=posts, secrets=SIGNED_IN).one(Post).id == "7"
    refused = read(posts=an_error(401, "rest_forbidden_context"), secrets=SIGNED_IN)
    assert isinstance(refused.error, Unauthorized)


def test_half_a_credential_is_unauthorized() -> None:
    with pytest.raises(Unauthorized, match="no PASSWORD"):
        read(secrets={"user": "clerk"})


def test_a_user_who_may_not_moderate_costs_what_only_moderators_see() -> None:
    told = read({"users/me": {"id": 3, "capabilities": {"edit_posts": True}}}, secrets=SIGNED_IN)
    assert set(told.unread()) == {"comments.state", "posts.audience"}
    assert told.asked() == ["/wp-json/", "users/me", "posts", "comments"]


def test_a_site_that_refuses_what_it_promised_costs_that_alone() -> None:
    def refusing(request: Request) -> Any:
        asked = request.query.get("status", "publish")
        return [a_post()] if asked == "publish" else an_error(403, "rest_forbidden_status")

    def comments(request: Request) -> Any:
        asked = request.query.get("status", "approve")
        return [a_comment()] if asked == "approve" else an_error(403, "rest_forbidden_param")

    told = signed_in(posts=refusing, comments=comments)
    assert (told.one(Post).id, told.one(Comment).id) == ("7", "3")
    assert set(told.unread()) == {"comments.state", "posts.audience"}


def test_a_user_who_is_refused_as_a_moderator_is_read_as_the_public() -> None:
    def comments(request: Request) -> Any:
        return an_error(403, "rest_forbidden") if "status" in request.query else [a_comment()]

    told = signed_in(comments=comments)
    assert (told.one(Comment).id, set(told.unread())) == ("3", {"comments.state"})


def test_a_wrong_password_at_a_closed_api_is_said_to_be_wrong() -> None:
    told = read({"": an_error(401, "rest_login_required")}, secrets=SIGNED_IN)
    assert "application password" in str(told.error)
    assert len(told.log) == 1


def test_no_password_is_ever_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    given = case()
    site = WordPressSite(given.town, cases.NOW)
    with LoopbackServer(site) as server:
        access = Access(
            account="wordpress",
            handle=given.town.handle,
            kind=AccountKind.COUNCIL,
            limiter=Unlimited(),
            base_url=server.url,
            secrets={"user": USER, "password": PASSWORD},
        )
        connector = WordPress(access)
        readings = list(connector.read(cases.SINCE, cases.UNTIL))
        connector.close()
        sent = {request.headers.get("authorization", "") for request in server.log}
    assert len(sent) == 1
    said = caplog.text + repr(readings) + repr(access) + repr(connector.__dict__)
    assert [secret for secret in (PASSWORD, *sent) if secret in said] == []
    assert len(readings) > 200


def test_posts_and_comments_are_read_again_by_number() -> None:
    told = read(
        {"posts": [a_post()], "comments": [a_comment()], "comments/9": an_error(404, "x")},
        known=[Known("post", "7"), Known("comment", "3"), Known("comment", "9")],
    )
    assert [c.id for c in told.of(Comment)] == ["3"]
    assert told.one(Post).comment_count == 1
    assert told.of(Gone) == [Gone("comment", "9")]


def test_what_is_in_the_bin_is_gone_for_a_post_and_taken_down_for_a_comment() -> None:
    told = read(
        {
            "users/me": EDITOR,
            "posts/7": a_post(status="trash"),
            "comments/3": a_comment(status="trash"),
        },
        secrets=SIGNED_IN,
        known=[Known("post", "7"), Known("comment", "3")],
    )
    assert told.of(Gone) == [Gone("post", "7")]
    assert told.one(Comment).state is CommentState.HIDDEN


def test_a_fault_is_never_taken_for_gone() -> None:
    told = read({"posts/7": Answer("", 503)}, known=[Known("post", "7")])
    assert isinstance(told.error, Unreachable)
    assert told.of(Gone) == []


def test_an_answer_that_came_since_is_read_with_its_comment() -> None:
    def comments(request: Request) -> Any:
        return [a_comment(4, author=1, parent=3)] if "parent" in request.query else [a_comment()]

    told = read(comments=comments, users=[{"id": 1}], known=[Known("comment", "3", "7")])
    assert {c.id: c.own for c in told.of(Comment)} == {"3": False, "4": True}


def test_known_posts_whose_comments_have_not_changed_cost_one_request() -> None:
    probes = [Known("post", "7", comment_count=1), Known("post", "8", comment_count=0)]
    told = read(comments=[a_comment()], known=probes)
    assert told.asked() == ["/wp-json/", "comments"]
    assert told.readings == []


def test_a_site_that_is_closed_for_now_is_not_read_through_its_feeds() -> None:
    for answer, error in [(Answer("", 503), Unreachable), (Answer("", 429), RateLimited)]:
        told = read({"": answer})
        assert isinstance(told.error, error)
        assert len(told.log) == 1


def test_an_address_that_holds_nothing_is_not_found() -> None:
    told = read({"": Answer("", 404), "/": Answer("", 404)})
    assert isinstance(told.error, NotFound)
    assert INDEX["name"] == "Anytown Town Council"
