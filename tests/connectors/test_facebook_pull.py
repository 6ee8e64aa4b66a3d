from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from demo.facebook import PERMISSIONS, FacebookSite
from demo.server import Answer, Request
from demo.town import TownComment, TownMedia, TownPost
from socialaudit.models import (
    Captions,
    Comment,
    CommentKind,
    CommentState,
    Gone,
    Media,
    Post,
    Unread,
)
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.graph_answers import (
    AT,
    SECRET,
    Recorded,
    a_comment,
    a_post,
    a_town,
    attached,
    comments,
    connected,
    facts,
    listed,
    only,
    reading,
    recorded,
)


def test_comments_come_with_state_author_parent_and_answers() -> None:
    post = a_post(
        comments=listed(
            a_comment(1, is_hidden=True),
            a_comment(2, parent={"id": "1_1"}) | {"from": {"id": "100"}},
            a_comment(3) | {"from": None},
            a_comment(4, is_private=True),
            summary={"total_count": 9},
        )
    )
    readings = reading(recorded(posts=listed(post)))
    first, second, third, fourth = only(Comment, readings)
    assert (first.state, first.kind, first.own) == (
        CommentState.HIDDEN,
        CommentKind.COMMENT,
        False,
    )
    assert (second.parent, second.kind, second.own) == ("facebook:1_1", CommentKind.REPLY, True)
    assert (third.author, third.own, third.state) == (None, None, CommentState.PUBLISHED)
    assert fourth.state is None
    assert first.author is not None
    assert first.author != "7"
    assert only(Post, readings)[0].comment_count == 9


def test_names_of_people_are_not_kept() -> None:
    ann = {"from": {"id": "7", "name": "Ann Example"}}
    named = a_comment(message_tags=[{"name": "Bob"}]) | ann
    readings = reading(recorded(posts=listed(a_post(comments=listed(named)))))
    kept = str([r.payload for r in readings if not isinstance(r, Unread | Gone)])
    assert "Ann Example" not in kept
    assert "Bob" not in kept


def test_comments_beyond_the_first_hundred_are_read() -> None:
    town = a_town(TownPost(id="p", at=AT, text="Post", comment=comments(250)))
    assert len(only(Comment, reading(FacebookSite(town, NOW, SECRET)))) == 250


def test_comments_left_out_of_an_answer_are_read_from_their_edge() -> None:
    bare = {k: v for k, v in a_post().items() if k != "comments"}
    site = recorded(posts=listed(bare), **{"100_1/comments": listed(a_comment())})
    assert [c.id for c in only(Comment, reading(site))] == ["1_1"]


def test_replies_nested_in_comments_are_read_with_their_parent() -> None:
    nested = a_comment(comments=listed(a_comment(2), a_comment(1)))
    readings = reading(recorded(posts=listed(a_post(comments=listed(nested)))))
    assert [(c.id, c.parent) for c in only(Comment, readings)] == [
        ("1_1", None),
        ("1_2", "facebook:1_1"),
    ]


def test_a_comment_without_an_id_is_read_under_one_of_ours() -> None:
    nameless = [{k: v for k, v in a_comment(n).items() if k != "id"} for n in (1, 2)]
    first = only(Comment, reading(recorded(posts=listed(a_post(comments=listed(*nameless))))))
    second = only(Comment, reading(recorded(posts=listed(a_post(comments=listed(*nameless))))))
    assert [c.id for c in first] == [c.id for c in second]
    assert len({c.id for c in first}) == 2


def test_comments_that_cannot_be_understood_are_counted() -> None:
    post = a_post(comments=listed(None, a_comment(created_time=None), a_comment(3)))
    readings = reading(recorded(posts=listed(post)))
    assert [c.id for c in only(Comment, readings)] == ["1_3"]
    assert only(Unread, readings)[0].reason == "2 of 3 comments could not be understood"


def test_a_token_that_may_not_read_comments_still_reads_posts() -> None:
    town = a_town(TownPost(id="p", at=AT, text="Post", media=(TownMedia(id="m", alt="A bin"),)))
    site = FacebookSite(town, NOW, SECRET, permissions=PERMISSIONS - {"pages_read_user_content"})
    readings = reading(site)
    assert [(p.text, p.comment_count) for p in only(Post, readings)] == [("Post", None)]
    assert [m.alt_text for m in only(Media, readings)] == ["A bin"]
    assert facts(readings) == ["comments", "comments.visitor"]
    assert all("pages_read_user_content" in u.remedy for u in only(Unread, readings))


def test_the_token_of_a_person_is_found_out() -> None:
    town = a_town(TownPost(id="p", at=AT, text="Post", comment=comments(3)))
    readings = reading(FacebookSite(town, NOW, SECRET, person=True))
    unread = only(Unread, readings)
    assert [(u.fact, u.partial) for u in unread] == [("comments", True)]
    assert "3 comments" in unread[0].reason
    assert only(Post, readings)[0].comment_count == 3


def test_comments_of_unknown_state_are_reported() -> None:
    stateless = {k: v for k, v in a_comment().items() if k != "is_hidden"}
    readings = reading(recorded(posts=listed(a_post(comments=listed(stateless)))))
    assert only(Comment, readings)[0].state is None
    assert facts(readings) == ["comments.state"]


def test_visitors_posts_come_with_what_was_answered() -> None:
    visit = TownPost(
        id="visit",
        at=AT,
        by="Ann Example",
        text="When is the meeting?",
        comment=(TownComment(id="a", at=AT, by="council", text="Monday at 7"),),
    )
    readings = reading(FacebookSite(a_town(visit), NOW, SECRET))
    asked, answered = only(Comment, readings)
    assert (asked.kind, asked.own, asked.post) == (CommentKind.VISITOR_POST, False, None)
    assert (asked.text, asked.reply_count) == ("When is the meeting?", 1)
    assert (answered.own, answered.parent, answered.post) == (True, asked.key, asked.key)
    assert only(Post, readings) == []


@pytest.mark.parametrize(
    ("edge", "unread"),
    [
        ("published_posts", ["comments", "media", "posts"]),
        ("video_reels", ["media.captions", "posts"]),
        ("visitor_posts", ["comments.visitor"]),
    ],
)
def test_a_list_that_is_not_there_costs_its_own_facts(edge: str, unread: list[str]) -> None:
    site = recorded()
    site = replace(site, by_path={k: v for k, v in site.by_path.items() if not k.endswith(edge)})
    assert facts(reading(site)) == unread


@pytest.mark.parametrize("native", ["../me", "1,2", "a b", "", {"x": 1}, True, "9" * 300])
def test_an_id_that_is_none_is_never_asked_for(native: Any) -> None:
    bare = {k: v for k, v in a_post(id=native).items() if k != "comments"}
    picture = attached(type="photo", target={"id": native})
    posts = listed(bare, a_post(2, comments=listed(a_comment(id=native)), **picture))
    with connected(recorded(posts=posts)) as (facebook, server):
        readings = list(facebook.read(SINCE, UNTIL))
    assert [p.id for p in only(Post, readings)] == ["100_2"]
    assert [m.id for m in only(Media, readings)] == ["100_2#0"]
    assert only(Comment, readings)[0].id.startswith("100_2#")
    assert len(server.log) == 4


def test_replies_left_out_of_a_list_of_top_comments_are_read_from_their_comment() -> None:
    first = a_comment(1, comment_count=1)
    second = a_comment(2, comment_count=2, comments=listed(a_comment(4)))
    third = a_comment(5, comment_count=1)
    post = a_post(comments=listed(first, second, third, a_comment(6, parent={"id": "1_5"})))
    site = recorded(posts=listed(post), **{"1_1/comments": listed(a_comment(3))})
    with connected(site) as (facebook, server):
        readings = list(facebook.read(SINCE, UNTIL))
    above = {c.id: c.parent for c in only(Comment, readings)}
    assert above == {
        "1_1": None,
        "1_2": None,
        "1_3": "facebook:1_1",
        "1_4": "facebook:1_2",
        "1_5": None,
        "1_6": "facebook:1_5",
    }
    assert [r.path for r in server.log if "/comments" in r.path] == ["/v25.0/1_1/comments"]
    assert facts(readings) == []


def test_the_first_few_of_the_comments_that_a_post_counts_are_not_all() -> None:
    post = a_post(comments={"count": 3, "data": [a_comment(1), a_comment(2)]})
    every = listed(a_comment(1), a_comment(2), a_comment(3))
    readings = reading(recorded(posts=listed(post), **{"100_1/comments": every}))
    assert [c.id for c in only(Comment, readings)] == ["1_1", "1_2", "1_3"]
    readings = reading(recorded(posts=listed(post)))
    assert [c.id for c in only(Comment, readings)] == ["1_1", "1_2"]
    assert facts(readings) == ["comments"]


@pytest.mark.parametrize("code", [100, 2500])
def test_posts_are_read_from_an_older_list_with_visitors_told_apart(code: int) -> None:
    words = "(#2500) Unknown path components: /published_posts"
    if code == 100:
        words = "(#100) Tried accessing nonexisting field (published_posts) on node type (Page)"
    gone = Answer({"error": {"message": words, "code": code}}, 400)
    ours, theirs = a_post(1) | {"from": {"id": 100}}, a_post(2) | {"from": {"id": "7"}}
    elsewhere = {**a_post(3), "id": "200_3", "from": {"id": "200"}}
    readings = reading(recorded(posts=gone, **{"100/feed": listed(ours, theirs, elsewhere)}))
    assert [p.id for p in only(Post, readings)] == ["100_1", "200_3"]
    assert [(c.id, c.kind) for c in only(Comment, readings)] == [
        ("100_2", CommentKind.VISITOR_POST)
    ]
    assert facts(readings) == []


def test_nodes_are_read_one_by_one_from_a_server_that_knows_no_batches() -> None:
    photo = {"type": "photo", "target": {"id": "55"}}
    posts = listed(a_post(attachments=listed(photo, {"type": "photo", "target": {"id": "56"}})))
    no_batches = Answer({"error": {"message": "Not recorded", "type": "x"}}, 404)
    nodes: dict[str, Any] = {"55": {"id": "55", "alt_text_custom": "A red bus"}}

    class NoBatches(Recorded):
        def answer(self, request: Request) -> Answer:
            return no_batches if "ids" in request.query else super().answer(request)

    plain = recorded(posts=posts, **nodes)
    readings = reading(NoBatches(plain.by_path))
    assert [(m.id, m.alt_text) for m in only(Media, readings)] == [
        ("55", "A red bus"),
        ("56", None),
    ]
    assert facts(readings) == ["media.alt_text"]


def test_what_a_node_kept_whole_does_not_tell_stays_unknown() -> None:
    media = [
        {"type": "photo", "target": {"id": "55"}},
        {"type": "video_inline", "target": {"id": "9"}},
    ]
    nodes = {
        "55": {"id": "55", "images": [], "alt_text": "A red bus"},
        "9": {"id": "9", "length": 2.0, "source": "https://video.example.org/"},
    }
    edge = listed({"is_auto_generated": True, "locale": "en_GB"})
    site = recorded(
        posts=listed(a_post(attachments=listed(*media))), ids=nodes, **{"9/captions": edge}
    )
    photo, video = only(Media, reading(site))
    assert (photo.alt_text, photo.automatic_alt_text) == (None, "A red bus")
    assert (video.captions, video.caption_languages) == (Captions.AUTOMATIC, ("en_GB",))


def test_a_links_own_words_are_not_the_councils() -> None:
    link = a_post(link="https://www.example.org/", description="Their words")
    del link["message"]
    assert [p.text for p in only(Post, reading(recorded(posts=listed(link))))] == [""]
