from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from demo.town import TownComment
from demo.youtube import YouTubeSite
from demo.youtube_comments import comment_id
from demo.youtube_methods import error
from socialaudit.models import CommentKind, CommentState, Gone, Known
from tests.connectors.case import NOW, SINCE, UNTIL, a_town
from tests.connectors.youtube_talk import (
    BEFORE,
    CHANNEL,
    IN_WINDOW,
    KEY,
    Scripted,
    a_comment,
    a_list,
    a_thread,
    talk,
)

TOWN = a_town("youtube", handle="@littlesnoring", posts=2, comments=4, media_kind="video")
BUSY = TOWN.post[0]
OLD = TownComment(id="old", at=SINCE - timedelta(days=2), by="Bob", text="Old")


def a_site(*comments: TownComment) -> YouTubeSite:
    busy = replace(BUSY, at=SINCE - timedelta(days=3), comment=(*BUSY.comment, *comments))
    return YouTubeSite(replace(TOWN, post=(busy, *TOWN.post[1:])), NOW)


def replies(number: int, to: str, start: Any, **told: Any) -> list[TownComment]:
    return [
        TownComment(
            id=f"{to}-{n}",
            at=start + timedelta(minutes=n),
            by="Cat",
            text=f"Reply {n} to {to}",
            reply_to=to,
            **told,
        )
        for n in range(number)
    ]


def test_replies_beyond_those_shown_are_fetched() -> None:
    said = talk(a_site(*replies(130, "c0", SINCE + timedelta(days=6))), handle="@littlesnoring")
    assert len([c for c in said.comments if c.kind is CommentKind.REPLY]) == 130
    assert said.asked["comments"] == 2


def test_replies_that_are_all_shown_are_not_fetched() -> None:
    said = talk(a_site(*replies(5, "c0", SINCE + timedelta(days=6))), handle="@littlesnoring")
    assert len([c for c in said.comments if c.kind is CommentKind.REPLY]) == 5
    assert said.asked["comments"] == 0


def test_new_replies_shown_with_an_old_thread_are_read() -> None:
    late = replies(8, "old", UNTIL - timedelta(days=1))
    said = talk(a_site(OLD, *late), handle="@littlesnoring")
    assert {c.text for c in said.comments if "to old" in (c.text or "")} == {
        f"Reply {n} to old" for n in range(3, 8)
    }
    assert said.asked["comments"] == 0


def test_a_reply_knows_its_parent_and_its_post() -> None:
    said = talk(a_site(*replies(1, "c0", SINCE + timedelta(days=6))), handle="@littlesnoring")
    reply = next(c for c in said.comments if c.kind is CommentKind.REPLY)
    parent = next(c for c in said.comments if c.key == reply.parent)
    assert parent.text == "Comment 0"
    assert parent.reply_count == 1
    assert reply.post == parent.post


def test_the_account_knows_its_own_words() -> None:
    own = TownComment(id="own", at=UNTIL - timedelta(hours=2), by="council", text="Thank you")
    said = talk(a_site(own), handle="@littlesnoring")
    assert {c.own for c in said.comments if c.text == "Thank you"} == {True}
    assert {c.own for c in said.comments if c.text != "Thank you"} == {False}


def test_commenters_bear_pseudonyms_in_records_and_payloads() -> None:
    said = talk(a_site(), handle="@littlesnoring")
    assert len({c.author for c in said.comments}) == 4
    assert "Person" not in repr([(c, c.payload) for c in said.comments])


def test_a_held_reply_in_a_public_thread_is_held() -> None:
    waiting = replies(1, "c0", SINCE + timedelta(days=6), state="held")
    said = talk(a_site(*waiting), handle="@littlesnoring")
    states = {c.text: c.state for c in said.comments}
    assert states["Comment 0"] is CommentState.PUBLISHED
    assert states["Reply 0 to c0"] is CommentState.HELD


def test_a_queue_that_does_not_tell_states_does_not_overrule_the_public_list() -> None:
    said = talk(Scripted(commentThreads=a_list(a_thread("t1"))))
    assert [c.state for c in said.comments] == [CommentState.PUBLISHED]


def test_comments_that_are_off_everywhere_are_no_fault() -> None:
    said = talk(Scripted(commentThreads=error(403, "commentsDisabled", "off")), secrets=KEY)
    assert set(said.unread) == {"comments.state"}


def test_comments_that_may_not_be_read_are_not_read() -> None:
    said = talk(Scripted(commentThreads=error(403, "forbidden", "no")))
    assert set(said.unread) == {"comments", "comments.state"}


def test_odd_comments_cost_no_other() -> None:
    site = Scripted(
        commentThreads=a_list(
            "junk",
            {"id": "t0", "snippet": {"totalReplyCount": "many"}},
            a_thread("t1", "never"),
            a_thread("t2", IN_WINDOW, "junk", a_comment("t2.r1"), total=2),
        )
    )
    said = talk(site, secrets=KEY)
    assert [c.id for c in said.comments] == ["t2", "t2.r1"]
    assert said.unread["comments"].reason.startswith("4 of ")


def test_replies_that_cannot_be_fetched_cost_no_other() -> None:
    site = Scripted(
        commentThreads=a_list(
            a_thread("t1", IN_WINDOW, a_comment("t1.r1"), total=9), a_thread("t2")
        ),
        comments=error(404, "commentNotFound", "gone"),
    )
    said = talk(site, secrets=KEY)
    assert [c.id for c in said.comments] == ["t1", "t1.r1", "t2"]
    assert said.unread["comments"].partial


def test_replies_of_other_threads_are_left_out() -> None:
    site = Scripted(
        commentThreads=a_list(a_thread("t1", total=1)),
        comments=a_list(a_comment("t1.r1", parentId="t1"), a_comment("t9.r1", parentId="t9")),
    )
    assert [c.id for c in talk(site, secrets=KEY).comments] == ["t1", "t1.r1"]


def test_plain_words_are_preferred_to_what_is_shown() -> None:
    plain = a_thread("t1")
    plain["snippet"]["topLevelComment"]["snippet"] |= {
        "textDisplay": "Tea &amp; cake<br>at 3",
        "textOriginal": "Tea & cake\nat 3",
    }
    assert [c.text for c in talk(Scripted(commentThreads=a_list(plain))).comments] == [
        "Tea & cake\nat 3"
    ]


def test_text_that_was_not_told_is_unknown_and_empty_text_is_empty() -> None:
    silent, empty = a_thread("t1"), a_thread("t2")
    del silent["snippet"]["topLevelComment"]["snippet"]["textDisplay"]
    empty["snippet"]["topLevelComment"]["snippet"]["textDisplay"] = ""
    said = talk(Scripted(commentThreads=a_list(silent, empty)))
    assert [c.text for c in said.comments] == [None, ""]


def test_an_edited_comment_says_when() -> None:
    later = a_thread("t1")
    later["snippet"]["topLevelComment"]["snippet"]["updatedAt"] = "2026-09-03T10:00:00Z"
    said = talk(Scripted(commentThreads=a_list(later, a_thread("t2"))))
    assert [c.edited_at is not None for c in said.comments] == [True, False]


def test_a_comment_on_the_channel_itself_is_a_visitors_post() -> None:
    thread = a_thread("t1")
    del thread["snippet"]["videoId"]
    said = talk(Scripted(commentThreads=a_list(thread)))
    assert [(c.kind, c.post, c.permalink) for c in said.comments] == [
        (CommentKind.VISITOR_POST, None, None)
    ]


def test_a_comment_read_again_comes_with_the_councils_answers() -> None:
    answer = TownComment(
        id="a", at=UNTIL - timedelta(hours=1), by="council", text="Sorry", reply_to="c0"
    )
    site = a_site(*replies(7, "c0", SINCE + timedelta(days=6)), answer)
    top = comment_id(BUSY, BUSY.comment[0])
    said = talk(site, handle="@littlesnoring", known=[Known("comment", top)])
    assert [c.text for c in said.comments] == ["Comment 0", "Sorry"]


def test_a_reply_is_read_again_through_its_thread() -> None:
    late = replies(7, "c0", SINCE + timedelta(days=6))
    site = a_site(*late)
    busy = site.town.post[0]
    known = [Known("comment", comment_id(busy, late[0])), Known("comment", "Ugx.gone")]
    said = talk(site, handle="@littlesnoring", known=known)
    assert [c.text for c in said.comments] == ["Reply 0 to c0"]
    assert said.gone == [Gone("comment", "Ugx.gone")]


def test_a_held_comment_read_again_is_still_held() -> None:
    held = replace(OLD, id="held", text="Held", state="held")
    site = a_site(held)
    name = comment_id(site.town.post[0], held)
    said = talk(site, handle="@littlesnoring", known=[Known("comment", name)])
    assert [(c.text, c.state) for c in said.comments] == [("Held", CommentState.HELD)]
    assert said.gone == []


def test_nothing_is_gone_where_the_queues_could_not_be_seen() -> None:
    site = YouTubeSite(TOWN, NOW, force_ssl=False)
    said = talk(site, handle="@littlesnoring", known=[Known("comment", "Ugxgone")])
    assert said.gone == []
    assert set(said.unread) == {"comments.state"}


def test_nothing_is_gone_by_a_thread_that_was_not_understood() -> None:
    thread = {"id": "t1", "snippet": {}}
    said = talk(Scripted(commentThreads=a_list(thread)), known=[Known("comment", "t1")])
    assert said.gone == []


def test_the_queues_are_asked_for_once() -> None:
    held = replace(OLD, id="held", text="Held", state="held")
    site = a_site(held)
    name = comment_id(site.town.post[0], held)
    known = [Known("comment", name)]
    said = talk(site, handle="@littlesnoring", known=known, both=True)
    assert said.asked["commentThreads"] == 3
    assert said.asked["channels"] == 1
    assert [c.text for c in said.comments if c.state is CommentState.HELD] == ["Held"]


@pytest.mark.parametrize("author", [None, {}, {"value": 7}, "junk"])
def test_an_author_that_is_not_told_is_unknown(author: Any) -> None:
    thread = a_thread("t1")
    told = thread["snippet"]["topLevelComment"]["snippet"]
    told["authorChannelId"] = author
    del told["authorDisplayName"]
    comment = talk(Scripted(commentThreads=a_list(thread))).comments[0]
    assert (comment.author, comment.own) == (None, None)


def test_a_comment_of_the_channel_is_its_own_though_signed_by_another_name() -> None:
    thread = a_thread("t1")
    thread["snippet"]["topLevelComment"]["snippet"]["authorChannelId"] = {"value": CHANNEL}
    assert [c.own for c in talk(Scripted(commentThreads=a_list(thread))).comments] == [True]


def test_threads_of_any_age_under_one_video_are_read_when_it_grew() -> None:
    video = {"id": "v1", "snippet": {"publishedAt": BEFORE}, "statistics": {"commentCount": "9"}}
    site = Scripted(
        videos=a_list(video),
        commentThreads=a_list(a_thread("t1", BEFORE, total=2)),
        comments=a_list(a_comment("t1.r1"), a_comment("t1.r2", BEFORE)),
    )
    said = talk(site, known=[Known("post", "v1", comment_count=1)])
    assert [c.id for c in said.comments] == ["t1", "t1.r1", "t1.r2"]


def test_replies_of_an_untold_number_are_fetched_where_some_are_shown() -> None:
    shown = a_thread("t1", IN_WINDOW, a_comment("t1.r1"))
    alone = a_thread("t2")
    del shown["snippet"]["totalReplyCount"], alone["snippet"]["totalReplyCount"]
    site = Scripted(
        commentThreads=a_list(shown, alone),
        comments=a_list(a_comment("t1.r1", parentId="t1"), a_comment("t1.r2", parentId="t1")),
    )
    said = talk(site, secrets=KEY)
    assert [c.id for c in said.comments] == ["t1", "t1.r1", "t1.r2", "t2"]
    assert said.asked["comments"] == 1


def test_a_public_comment_read_again_is_not_held_by_a_server_that_knows_no_queues() -> None:
    site = Scripted(commentThreads=a_list(a_thread("t1", BEFORE), a_thread("t2")))
    said = talk(site, known=[Known("comment", "t1")], both=True)
    assert [(c.id, c.state) for c in said.comments] == [
        ("t2", CommentState.PUBLISHED),
        ("t1", CommentState.PUBLISHED),
    ]
