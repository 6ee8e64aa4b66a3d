from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.discourse import CONNECTOR, Discourse
from connectors.discourse_html import Cooked
from demo.discourse import KEY, DiscourseSite
from demo.discourse_posts import post_id
from demo.server import Answer, Fault, LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from socialaudit.errors import Forbidden, Malformed, NotFound, RateLimited, Unauthorized
from socialaudit.models import (
    Account,
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
    Unread,
)
from tests.connectors.feeds import Shown, Told, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 9, 3, 10, tzinfo=UTC)
USER = "https://forum.example.org/u/council"
CATEGORY = "https://forum.example.org/c/council/5#council"
BOARD = "https://forum.example.org#council"


def said(local: str, text: str, by: str = "Ann", hours: int = 1, **more: Any) -> TownComment:
    at = THURSDAY + timedelta(hours=hours)
    return TownComment(id=local, at=at, by=by, text=text, **more)


def a_topic(local: str, *answers: TownComment, **more: Any) -> TownPost:
    told = {"at": THURSDAY, "title": f"About {local}", "text": f"Words on {local}", **more}
    return TownPost(id=local, comment=answers, **told)


def a_board(*topics: TownPost) -> TownAccount:
    return TownAccount(
        platform="discourse",
        handle=USER,
        name="Marchwardine Council",
        description="The town council. [Rules](https://www.example.gov.uk/rules)",
        website="https://www.example.gov.uk",
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
        post=topics,
    )


def read(
    town: TownAccount,
    handle: str = USER,
    *,
    secrets: Mapping[str, str] | None = None,
    private: bool = False,
    faults: Iterable[Fault] = (),
    asked: Callable[[Discourse], Iterable[Reading]] = lambda d: d.read(SINCE, UNTIL),
) -> Told:
    with LoopbackServer(DiscourseSite(town, UNTIL, private=private)) as server:
        server.faults.extend(faults)
        return ask(server, Discourse, handle, asked, secrets=secrets)


def paths(told: Told) -> list[str]:
    return [request.path for request in told.log]


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Discourse


def test_a_user_s_topics_are_posts_and_answers_in_them_comments() -> None:
    topic = a_topic(
        "bins",
        said("a", "When?"),
        said("b", "On Monday.", "council", 2, reply_to="a"),
        media=(TownMedia(id="m", alt="A bin"), TownMedia(id="n")),
    )
    told = read(a_board(topic))
    post = told.one(Post)
    assert (post.kind, post.title, post.text) == (PostKind.POST, "About bins", "Words on bins")
    assert [m.alt_text for m in told.of(Media)] == ["A bin", ""]
    asked, answered = told.of(Comment)
    assert (asked.own, answered.own, answered.parent) == (False, True, asked.key)
    assert {c.post for c in told.of(Comment)} == {post.key}
    assert (post.comment_count, answered.kind) == (2, CommentKind.REPLY)
    assert told.one(Account).links == ("https://www.example.gov.uk",)


def test_a_quiet_week_costs_two_requests() -> None:
    old = a_topic("old", at=SINCE - timedelta(days=9))
    told = read(a_board(old))
    assert paths(told) == ["/u/council.json", "/topics/created-by/council.json"]
    assert told.of(Post) == []
    assert told.unread() == []


def test_a_topic_costs_one_request_and_one_for_each_further_twenty_posts() -> None:
    many = [said(f"c{n}", f"Comment {n}", hours=n % 90 + 1) for n in range(45)]
    told = read(a_board(a_topic("bins", *many), a_topic("road")))
    assert len(told.of(Comment)) == 45
    # the user, its topics, its answers, two topics, and the posts behind the first 20 of one
    assert len(told.log) == 1 + 1 + 1 + 2 + 2


def test_old_posts_of_a_long_topic_are_not_asked_for() -> None:
    old = [said(f"c{n}", f"Old {n}", hours=-24 * 30 + n) for n in range(100)]
    told = read(
        a_board(a_topic("bins", *old, said("new", "New"), at=THURSDAY - timedelta(days=60)))
    )
    assert [c.text for c in told.of(Comment)] == ["New"]
    assert sum(path.endswith("/posts.json") for path in paths(told)) <= 2


def test_what_the_user_answers_elsewhere_is_a_post_and_answers_to_it_are_comments() -> None:
    theirs = a_topic(
        "road",
        said("a", "Who mends it?"),
        said("b", "We do.", "council", 2, reply_to="a"),
        said("c", "When?", "Ann", 3, reply_to="b"),
        said("d", "Nice weather.", "Bob", 4),
        by="Cy",
    )
    told = read(a_board(theirs))
    post, comment = told.one(Post), told.one(Comment)
    assert (post.kind, post.text) == (PostKind.REPLY, "We do.")
    assert post.reply_to == post_id("road", "a")
    assert (comment.text, comment.post) == ("When?", post.key)


@pytest.mark.parametrize("handle", [CATEGORY, BOARD, "forum.example.org/c/council/5.json#@Council"])
def test_what_others_begin_in_a_category_or_board_is_a_visitor_s_post(handle: str) -> None:
    theirs = a_topic(
        "road", said("a", "Mine too."), said("b", "We mend it.", "council", 2), by="Cy"
    )
    told = read(a_board(a_topic("bins"), theirs), handle)
    visit = next(c for c in told.of(Comment) if c.kind is CommentKind.VISITOR_POST)
    assert visit.text == "About road\nWords on road"
    assert {p.kind for p in told.of(Post)} == {PostKind.POST, PostKind.REPLY}
    reply = next(p for p in told.of(Post) if p.kind is PostKind.REPLY)
    assert reply.reply_to == visit.id
    assert next(c for c in told.of(Comment) if c.text == "Mine too.").parent == visit.key
    assert told.one(Account).name == "Marchwardine Council"


def test_a_topic_is_read_alone() -> None:
    told = read(
        a_board(a_topic("bins")),
        f"https://forum.example.org/t/bins/{_number('bins')}#council",
    )
    assert len(told.log) == 1
    assert told.one(Post).title == "About bins"


def _number(local: str) -> str:
    told = DiscourseSite(a_board(a_topic(local)), UNTIL)
    with LoopbackServer(told) as server:
        post = ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL)).one(Post)
    return str(post.permalink.split("/")[-2])


def test_a_category_without_a_name_says_that_posts_cannot_be_told() -> None:
    told = read(a_board(a_topic("bins")), CATEGORY.partition("#")[0])
    assert told.of(Post) == []
    assert [c.own for c in told.of(Comment)] == [None]
    assert [u.fact for u in told.unread()] == ["posts"]


def test_the_queue_is_read_with_a_moderator_s_key() -> None:
    topic = a_topic("bins", said("a", "Hold me", state="held"), said("b", "Hidden", state="hidden"))
    told = read(a_board(topic), secrets={"key": KEY, "user": "moderator"})
    states = {c.text: c.state for c in told.of(Comment)}
    assert states == {"Hold me": CommentState.HELD, "Hidden": CommentState.HIDDEN}
    held = next(c for c in told.of(Comment) if c.state is CommentState.HELD)
    assert held.post == told.one(Post).key
    assert {r.headers.get("api-username") for r in told.log} == {"moderator"}


def test_without_a_key_the_queue_is_not_read_and_the_report_says_how() -> None:
    told = read(a_board(a_topic("bins")))
    queue = next(u for u in told.of(Unread) if u.fact == "comments.state")
    assert queue.permanent
    assert "key" in queue.remedy
    assert not any("review" in path for path in paths(told))


def test_a_key_that_may_not_see_the_queue_costs_that_fact_alone() -> None:
    told = read(
        a_board(a_topic("bins")), secrets={"key": KEY}, faults=[Fault("forbidden", "/review")]
    )
    assert [u.fact for u in told.unread()] == ["comments.state"]
    assert told.error is None


def test_a_wrong_key_is_said_to_be_wrong_and_is_never_a_quiet_public_board(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    told = read(a_board(a_topic("bins")), secrets={"key": "wrong-key-0123456789", "user": "x"})
    assert isinstance(told.error, Unauthorized)
    assert "key" in told.error.message
    assert told.of(Post) == []
    assert "wrong-key" not in caplog.text + repr(told.readings) + repr(told.error)


def test_a_board_that_shows_nothing_to_strangers_says_so() -> None:
    told = read(a_board(a_topic("bins")), private=True)
    assert isinstance(told.error, Forbidden)
    assert "key" in told.error.remedy
    assert read(a_board(a_topic("bins")), private=True, secrets={"key": KEY}).error is None


def test_a_board_says_in_its_answer_how_long_to_wait() -> None:
    told = read(a_board(), faults=[Fault("rate_limited")])
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at
    wait = told.error.retry_at - datetime.now(UTC)
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15)


def test_after_reading_no_topic_is_probed() -> None:
    town = a_board(a_topic("old", at=SINCE - timedelta(days=9)))
    cache = {"discourse:topics": json.dumps({post_id("old"): 1})}
    probe = Known("post", post_id("old"), comment_count=0)
    with LoopbackServer(DiscourseSite(town, UNTIL)) as server:
        told = ask(
            server,
            Discourse,
            USER,
            lambda d: [*d.read(SINCE, UNTIL), *d.reread([probe])],
            cache=cache,
        )
    assert len(told.log) == 2


def test_the_topic_of_a_known_post_is_remembered() -> None:
    cache: dict[str, str] = {}
    town = a_board(a_topic("bins", said("a", "When?"), said("b", "Soon.", "council", 2)))
    with LoopbackServer(DiscourseSite(town, UNTIL)) as server:
        ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL), cache=cache)
        known = [Known("comment", post_id("bins", "a")), Known("post", post_id("bins"))]
        again = ask(server, Discourse, USER, lambda d: d.reread(known), cache=cache)
    assert len(again.log) == 1
    assert {r.text for r in again.readings} == {"When?", "Soon.", "Words on bins"}


def test_a_deleted_comment_is_gone_and_a_removed_topic_takes_all() -> None:
    first = a_board(a_topic("bins", said("a", "When?"), said("b", "What?")))
    second = a_board(a_topic("bins", said("b", "What?")))
    known = [Known("comment", post_id("bins", "a")), Known("comment", post_id("bins", "b"))]
    site, cache = DiscourseSite(first, UNTIL), dict[str, str]()
    with LoopbackServer(site) as server:
        ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL), cache=cache)
        site.town = second
        fewer = ask(server, Discourse, USER, lambda d: d.reread(known), cache=cache)
        site.town = a_board()
        none = ask(server, Discourse, USER, lambda d: d.reread(known), cache=cache)
    assert fewer.of(Gone) == [Gone("comment", post_id("bins", "a"))]
    assert len(none.of(Gone)) == 2


def test_no_name_of_a_commenter_is_kept() -> None:
    told = read(a_board(a_topic("bins", said("a", "When?", "Annabel Example"))))
    comment = told.one(Comment)
    assert "Annabel" not in repr(comment) + json.dumps(comment.payload)


def test_pictures_quotes_previews_and_films_are_told_apart() -> None:
    cooked = Cooked(
        '<aside class="quote" data-username="ann"><img class="avatar" src="/a.png"><blockquote><p>'
        'Their words <aside>deep</aside></p></blockquote></aside><p>Ours &amp; <img class="emoji" '
        'src="/e.png" alt=":smile:"></p><aside class="onebox" data-onebox-src="https://x.example/">'
        '<img src="/thumb.png"></aside><div class="video-placeholder-container" '
        'data-video-src="/film.mp4"></div><img src="/p.png" alt="A bin"><audio src="/s.mp3"></audio>',
        "https://forum.example.org",
    )
    assert cooked.page.text == "Ours & :smile:"
    assert cooked.page.images == {"https://forum.example.org/p.png": "A bin"}
    assert "https://x.example/" in cooked.links
    assert {r.tag for r in cooked.recordings} == {"video", "audio"}


RAW: dict[str, Any] = {
    "id": 1,
    "username": "council",
    "created_at": "2026-09-03T10:00:00.000Z",
    "cooked": "<p>Hello</p>",
    "post_number": 1,
}
LISTED: dict[str, Any] = {"id": 9, "bumped_at": "2026-09-03T10:00:00.000Z", "posts_count": 1}


def recorded(
    posts: list[Any],
    *,
    topic: Any = None,
    listed: Any = None,
    bodies: dict[str, Any] | None = None,
    handle: str = USER,
    **stream: Any,
) -> Told:
    """A user's reading of answers as somebody recorded them."""
    told = {"id": 9, "title": "Bins", "slug": "bins", "posts_count": len(posts), **(topic or {})}
    topics = {"topic_list": {"topics": listed or [LISTED]}}
    bodies = {
        "/u/council.json": {"user": {"id": 7, "username": "council"}},
        "/topics/created-by/council.json": topics,
        "/latest.json": topics,
        "/user_actions.json": {"user_actions": []},
        "/t/9.json": {**told, "post_stream": {"posts": posts, **stream}},
        **(bodies or {}),
    }
    site = Shown({k: json.dumps(v) for k, v in bodies.items()}, "application/json")
    with LoopbackServer(site) as server:
        return ask(server, Discourse, handle, lambda d: d.read(SINCE, UNTIL))


def test_an_answer_of_the_oldest_kind_is_read() -> None:
    post = recorded([RAW]).one(Post)
    assert (post.text, post.edited_at, post.hidden) == ("Hello", None, False)


@pytest.mark.parametrize(
    "odd",
    [{"post_type": 3}, {"post_type": 4}, {"deleted_at": "2026-09-04"}, {"user_deleted": True}],
)
def test_what_is_no_post_that_people_read_is_left_out(odd: dict[str, Any]) -> None:
    told = recorded([RAW, {**RAW, "id": 2, "post_number": 2, "username": "ann", **odd}])
    assert told.of(Comment) == []
    assert told.unread() == []


def test_the_words_of_a_hidden_post_that_a_board_withholds_are_unknown() -> None:
    hidden = {"hidden": True, "cooked_hidden": True, "cooked": "<p>This post was flagged</p>"}
    told = recorded([RAW, {**RAW, "id": 2, "post_number": 2, "username": "ann", **hidden}])
    assert (told.one(Comment).text, told.one(Comment).state) == (None, CommentState.HIDDEN)


@pytest.mark.parametrize(
    "odd", [{"id": None}, {"created_at": "soon"}, {"id": True}, {"created_at": None}]
)
def test_a_post_that_cannot_be_understood_costs_no_other(odd: dict[str, Any]) -> None:
    told = recorded([RAW, {**RAW, "id": 2, "post_number": 2, **odd}])
    assert told.one(Post).text == "Hello"
    assert told.of(Comment) == []


def test_a_topic_whose_posts_are_not_all_there_says_so() -> None:
    told = recorded([RAW], topic={"posts_count": 50})
    assert [(u.fact, u.partial) for u in told.unread()] == [("comments", True)]


def test_posts_that_were_not_asked_for_are_no_part_of_a_topic() -> None:
    other = {**RAW, "id": 77, "post_number": 2, "username": "ann", "cooked": "<p>Elsewhere</p>"}
    asked = {**RAW, "id": 2, "post_number": 2, "username": "bob", "cooked": "<p>Here</p>"}
    given = {"/t/9/posts.json": {"post_stream": {"posts": [other, asked]}}}
    told = recorded([RAW], bodies=given, stream=[1, 2])
    assert [c.text for c in told.of(Comment)] == ["Here"]


def test_the_links_of_a_board_named_by_one_of_its_lists_lead_to_the_board() -> None:
    post = recorded([RAW], handle="https://forum.example.org/latest#council").one(Post)
    assert post.permalink == "https://forum.example.org/t/bins/9/1"


def test_an_edit_is_known_by_its_version() -> None:
    edited = {**RAW, "version": 2, "updated_at": "2026-09-04T10:00:00.000Z"}
    assert recorded([edited]).one(Post).edited_at == datetime(2026, 9, 4, 10, tzinfo=UTC)
    assert recorded([{**edited, "version": 1}]).one(Post).edited_at is None


def test_pinned_topics_do_not_end_the_list() -> None:
    pinned = {**LISTED, "id": 8, "pinned": True, "bumped_at": "2020-01-01T00:00:00Z"}
    assert len(recorded([RAW], listed=[pinned, LISTED]).of(Post)) == 1


def test_films_and_sounds_come_with_their_captions() -> None:
    html = '<video><source src="/f.mp4"><track src="/f.vtt"></video><audio src="/s.mp3"></audio>'
    told = recorded([{**RAW, "cooked": html}])
    assert {m.kind: m.captions for m in told.of(Media)} == {
        MediaKind.VIDEO: Captions.STANDARD,
        MediaKind.AUDIO: Captions.NONE,
    }


@pytest.mark.parametrize("body", ["[]", "{", "null", '"x"', '{"user": []}'])
def test_an_answer_that_is_not_documented_is_malformed(body: str) -> None:
    with LoopbackServer(Shown({"/u/council.json": body}, "application/json")) as server:
        told = ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL))
    assert isinstance(told.error, Malformed)


def test_a_list_that_is_none_is_malformed() -> None:
    bodies = {"/u/council.json": {"user": {"id": 1}}, "/topics/created-by/council.json": {}}
    site = Shown({k: json.dumps(v) for k, v in bodies.items()}, "application/json")
    with LoopbackServer(site) as server:
        told = ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL))
    assert isinstance(told.error, Malformed)


def test_a_429_that_says_nothing_is_a_limit_without_a_time() -> None:
    limited = Answer("Slow down", 429, content_type="text/plain")
    with LoopbackServer(Shown({"/u/council.json": limited})) as server:
        told = ask(server, Discourse, USER, lambda d: d.read(SINCE, UNTIL))
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at is None


@pytest.mark.parametrize(
    ("handle", "path"),
    [
        ("council", "/u/council.json"),
        ("@council", "/u/council.json"),
        ("https://forum.example.org/u/council/summary", "/u/council.json"),
        ("https://forum.example.org/users/council.json", "/u/council.json"),
        ("https://forum.example.org/c/parent/council/7", "/c/7/show.json"),
        ("forum.example.org", "/about.json"),
        ("forum.example.org/latest", "/about.json"),
        ("https://forum.example.org/top?period=all", "/about.json"),
        ("https://forum.example.org/categories/", "/about.json"),
        ("https://forum.example.org/t/bins/12/3", "/t/12.json"),
        ("https://forum.example.org/t/12", "/t/12.json"),
    ],
)
def test_a_handle_may_be_written_in_several_ways(handle: str, path: str) -> None:
    with LoopbackServer(Shown()) as server:
        told = ask(server, Discourse, handle, lambda d: d.read(SINCE, UNTIL))
    assert told.log[0].path == path


def test_a_topic_s_address_without_a_number_is_not_found() -> None:
    with LoopbackServer(Shown()) as server, pytest.raises(NotFound):
        ask(server, Discourse, "https://forum.example.org/t/bins", lambda d: d.read(SINCE, UNTIL))
