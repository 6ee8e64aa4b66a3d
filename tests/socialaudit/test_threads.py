from __future__ import annotations

from datetime import timedelta

from socialaudit.models import Comment, CommentKind, Post, PostKind
from socialaudit.records import from_records
from socialaudit.threads import Threads
from tests.records import NOW, a_comment, a_post

ASKED = a_comment(id="30", text="When?", published_at=NOW - timedelta(days=2))


def own(**changes: object) -> Comment:
    plain = {"id": "40", "own": True, "author": None, "published_at": NOW - timedelta(days=1)}
    return a_comment(**(plain | changes))


def answered(*others: Comment | Post) -> bool:
    return Threads(from_records([ASKED, *others])).answered(ASKED)


def test_a_reply_answers() -> None:
    assert answered(own(kind=CommentKind.REPLY, parent=ASKED.key))


def test_a_reply_further_down_answers() -> None:
    assert answered(
        a_comment(id="31", parent=ASKED.key), own(kind=CommentKind.REPLY, parent="facebook:31")
    )


def test_a_comment_directly_under_the_post_answers() -> None:
    assert answered(own())


def test_a_post_that_replies_answers() -> None:
    assert answered(a_post(kind=PostKind.REPLY, reply_to="30", published_at=NOW))


def test_an_earlier_word_or_one_elsewhere_does_not() -> None:
    assert not answered(own(published_at=NOW - timedelta(days=3)))
    assert not answered(own(post="facebook:11"))
    assert not answered(a_comment(id="31"), own(parent="facebook:31"))
    assert not answered(a_comment(id="31", parent=ASKED.key))


def test_a_word_under_a_visitors_post_answers_it() -> None:
    visit = a_comment(id="50", kind=CommentKind.VISITOR_POST, post=None, text="When?")
    threads = Threads(from_records([visit, own(post=visit.key, published_at=NOW)]))
    assert threads.answered(visit)


def test_thanks_by_the_same_person_settle_it() -> None:
    def settled(**changes: object) -> bool:
        thanks = a_comment(**({"id": "31", "text": "Thanks!", "parent": "facebook:30"} | changes))
        return Threads(from_records([ASKED, thanks])).settled(ASKED)

    assert settled(published_at=NOW)
    assert not settled(published_at=NOW, author="somebody else")
    assert not settled(published_at=NOW - timedelta(days=3))


def test_a_reply_to_another_resident_is_told_apart() -> None:
    def to_a_resident(above: Comment) -> bool:
        reply = a_comment(id="31", kind=CommentKind.REPLY, parent=above.key)
        return Threads(from_records([above, reply])).to_a_resident(reply)

    assert to_a_resident(a_comment(id="30", author="somebody else"))
    assert not to_a_resident(a_comment(id="30"))
    assert not to_a_resident(own())


def test_parents_in_a_circle_end() -> None:
    a, b = a_comment(id="1", parent="facebook:2"), a_comment(id="2", parent="facebook:1")
    assert Threads(from_records([a, b])).root(a.key) in {a.key, b.key}
