from __future__ import annotations

from dataclasses import replace
from typing import Any

from demo.facebook import PERMISSIONS, FacebookSite
from demo.server import Answer, Request
from demo.town import TownComment, TownMedia, TownPost, number
from socialaudit.models import (
    Account,
    Comment,
    Gone,
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
    a_post,
    a_town,
    comments,
    connected,
    facts,
    only,
    recorded,
)


def native(key: str | None) -> str | None:
    return key and key.removeprefix("facebook:")


def by_key(record: Any) -> str:
    return f"{type(record).__name__} {record.key}"


def known_of(readings: list[Reading]) -> list[Known]:
    return [
        *(Known("post", p.id) for p in only(Post, readings)),
        *(Known("media", m.id, native(m.post)) for m in only(Media, readings)),
        *(Known("comment", c.id, native(c.post)) for c in only(Comment, readings)),
    ]


def test_what_was_read_is_the_same_when_read_again() -> None:
    town = a_town(
        TownPost(id="p", at=AT, text="Post", media=(TownMedia(id="m"),), comment=comments(120)),
        TownPost(id="r", at=AT, kind="reel", text="R", media=(TownMedia(id="v", kind="video"),)),
        TownPost(id="visit", at=AT, by="Ann", text="Hello", comment=comments(2)),
    )
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, _):
        read = list(facebook.read(SINCE, UNTIL))
        again = list(facebook.reread(known_of(read)))
    records = [r for r in read if not isinstance(r, Account | Setting)]
    assert sorted(again, key=by_key) == sorted(records, key=by_key)


def test_what_was_removed_is_gone_and_the_rest_of_its_batch_is_read() -> None:
    posts = [TownPost(id=f"p{n}", at=AT, text=f"Post {n}", comment=comments(1)) for n in range(9)]
    page = number("facebook", "Snoring")
    known = [Known("post", f"{page}_{number('facebook', p.id)}") for p in posts]
    known += [Known("comment", "1_2", "1"), Known("media", "77", known[0].id)]
    posts[4] = replace(posts[4], removed_at=AT)
    with connected(FacebookSite(a_town(*posts), NOW, SECRET)) as (facebook, server):
        readings = list(facebook.reread(known))
    assert only(Gone, readings) == [
        Gone("post", known[4].id),
        Gone("media", "77"),
        Gone("comment", "1_2"),
    ]
    assert len(only(Post, readings)) == 8
    assert only(Unread, readings) == []
    assert len(server.log) <= 1 + 2 + 1 + 1


def test_bad_ids_that_no_message_names_are_found_by_halving() -> None:
    bad = {"100_7", "100_33"}

    class Unnamed(Recorded):
        def answer(self, request: Request) -> Answer:
            if bad & set(request.query.get("ids", "").split(",")):
                words = "Unsupported get request. Object does not exist"
                return Answer({"error": {"message": words, "code": 100}}, 400)
            return super().answer(request)

    nodes = {f"100_{n}": a_post(n) for n in range(50)}
    known = [Known("post", one) for one in nodes]
    with connected(Unnamed({"Snoring": PAGE}, nodes)) as (facebook, server):
        readings = list(facebook.reread(known))
    assert {g.id for g in only(Gone, readings)} == bad
    assert len(only(Post, readings)) == 48
    assert len(server.log) < 30


def test_a_batch_refused_for_good_is_not_taken_for_gone() -> None:
    def refuse(_: Request) -> Any:
        raise NotImplementedError

    class Refusing(Recorded):
        def answer(self, request: Request) -> Answer:
            if "ids" in request.query:
                words = "(#200) Requires pages_read_engagement"
                return Answer({"error": {"message": words, "code": 200}}, 403)
            return super().answer(request)

    known = [Known("post", f"100_{n}") for n in range(50)]
    with connected(Refusing({"Snoring": PAGE, "x": refuse})) as (facebook, server):
        readings = list(facebook.reread(known))
    assert only(Gone, readings) == []
    assert "posts" in facts(readings)
    assert len(server.log) < 150


def test_a_post_is_read_again_only_where_its_comments_changed() -> None:
    town = a_town(
        TownPost(id="same", at=AT, text="Same", comment=comments(2)),
        TownPost(id="more", at=AT, text="More", comment=comments(3)),
    )
    page = number("facebook", "Snoring")
    known = [
        Known("post", f"{page}_{number('facebook', local)}", comment_count=2)
        for local in ("same", "more")
    ]
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, server):
        readings = list(facebook.reread(known))
    assert [(p.text, p.comment_count) for p in only(Post, readings)] == [("More", 3)]
    assert len(only(Comment, readings)) == 3
    assert len(server.log) == 3


def test_the_councils_answer_is_seen_under_a_comment_read_again() -> None:
    asked = TownComment(id="q", at=AT, by="Ann", text="When?")
    answer = TownComment(id="a", at=AT, by="council", text="Monday", reply_to="q")
    town = a_town(TownPost(id="p", at=AT, text="Post", comment=(asked, answer)))
    post, native = number("facebook", "p"), number("facebook", "q")
    known = [Known("comment", f"{post}_{native}", f"100_{post}")]
    with connected(FacebookSite(town, NOW, SECRET)) as (facebook, _):
        first, second = only(Comment, list(facebook.reread(known)))
    assert (first.text, second.text, second.own) == ("When?", "Monday", True)
    assert second.parent == first.key


def test_reading_nothing_again_asks_for_nothing_but_the_page() -> None:
    with connected(recorded()) as (facebook, server):
        assert list(facebook.reread([])) == []
    assert len(server.log) <= 1


def test_comments_that_may_not_be_read_do_not_cost_the_posts() -> None:
    town = a_town(*(TownPost(id=f"p{n}", at=AT, text=f"Post {n}") for n in range(3)))
    site = FacebookSite(town, NOW, SECRET, permissions=PERMISSIONS - {"pages_read_user_content"})
    with connected(site) as (facebook, server):
        posts = only(Post, list(facebook.read(SINCE, UNTIL)))
        before = len(server.log)
        counted = [Known("post", p.id, comment_count=1) for p in posts[1:]]
        readings = list(facebook.reread([Known("post", posts[0].id), *counted]))
    assert only(Post, readings) == posts[:1]
    assert len(server.log) - before == 1


def test_a_token_without_comments_rereads_posts_without_them() -> None:
    town = a_town(*(TownPost(id=f"p{n}", at=AT, text=f"Post {n}") for n in range(3)))
    page = number("facebook", "Snoring")
    site = FacebookSite(town, NOW, SECRET, permissions=PERMISSIONS - {"pages_read_user_content"})
    known = [Known("post", f"{page}_{number('facebook', f'p{n}')}") for n in range(3)]
    with connected(site) as (facebook, _):
        readings = list(facebook.reread(known))
    assert len(only(Post, readings)) == 3
    assert facts(readings) == ["comments"]
