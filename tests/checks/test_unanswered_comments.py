from __future__ import annotations

from datetime import timedelta

import pytest

from checks.unanswered_comments import Parameters, unanswered_comments
from socialaudit.check import Confidence
from socialaudit.models import Comment, CommentKind, CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment, an_account

WHEN = "When does the car park open?"


def asked(**changes: object) -> Comment:
    return a_comment(**({"text": WHEN} | changes))


@pytest.mark.parametrize("kind", list(CommentKind))
def test_a_question_without_an_answer_is_possible(kind: CommentKind) -> None:
    said = judged(unanswered_comments, asked(kind=kind))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.message == "This comment asks a question. It has waited for 2 days."
    assert WHEN not in said.only.message
    assert said.only.evidence["question"] == WHEN


def test_a_new_question_may_wait() -> None:
    said = judged(unanswered_comments, asked(published_at=NOW - timedelta(hours=24)))
    assert (said.records, said.examined) == (set(), 1)
    sooner = Parameters(hours=4)
    new = asked(published_at=NOW - timedelta(hours=24))
    assert judged(unanswered_comments, new, parameters=sooner).records == {new.key}


def test_an_old_question_is_left_to_the_past() -> None:
    said = judged(unanswered_comments, asked(published_at=NOW - timedelta(days=61)))
    assert (said.records, said.examined) == (set(), 0)


@pytest.mark.parametrize(
    "other",
    [
        a_comment(id="31", own=True, parent="facebook:30", published_at=NOW, text="On Monday."),
        a_comment(id="31", own=True, published_at=NOW, text="It opens on Monday."),
        a_comment(id="31", parent="facebook:30", published_at=NOW, text="Found it, thanks"),
    ],
)
def test_an_answer_or_thanks_end_the_wait(other: Comment) -> None:
    assert judged(unanswered_comments, asked(), other).records == set()


def replied(text: str, **changes: object) -> Comment:
    return a_comment(
        **({"id": "31", "parent": "facebook:30", "author": "b", "text": text} | changes)
    )


def test_another_residents_answer_will_do() -> None:
    assert judged(unanswered_comments, asked(), replied("On Monday I think")).records == set()
    strict = Parameters(residents_answer=False)
    said = judged(unanswered_comments, asked(), replied("On Monday I think"), parameters=strict)
    assert said.records == {"facebook:30"}


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        (asked(), replied("I would like to know too")),
        (asked(), replied("Does it ever open?")),
        (asked(), replied("It never opens, does it", author="0123456789abcdef")),
        (asked(text="Council, when does it open?"), replied("On Monday I think")),
        (asked(kind=CommentKind.VISITOR_POST, post=None), replied("On Monday I think")),
    ],
)
def test_an_echo_is_no_answer_and_the_councils_questions_are_its_own(
    question: Comment, reply: Comment
) -> None:
    assert judged(unanswered_comments, question, reply).records == {question.key}


@pytest.mark.parametrize(
    "comment",
    [
        asked(own=True),
        asked(state=CommentState.HIDDEN),
        asked(state=CommentState.HELD),
        a_comment(text="Looks great, doesn't it?"),
        a_comment(text="Sue Bell shall we go, are you free?"),
        a_comment(text="@suebell when are you going there?"),
    ],
)
def test_what_asks_the_council_nothing_is_left_alone(comment: Comment) -> None:
    assert judged(unanswered_comments, an_account(), comment).records == set()


def test_a_question_to_the_accounts_own_handle_counts() -> None:
    comment = a_comment(text="@testham @suebell when does it open?")
    assert judged(unanswered_comments, an_account(), comment).records == {comment.key}


def test_what_one_resident_asks_another_is_theirs() -> None:
    above = a_comment(id="29", author="another", text="It was open on Monday.")
    reply = asked(kind=CommentKind.REPLY, parent=above.key)
    assert judged(unanswered_comments, above, reply).records == set()
    named = asked(kind=CommentKind.REPLY, parent=above.key, text="Council, when does it open?")
    assert judged(unanswered_comments, above, named).records == {named.key}


def test_what_was_not_told_is_unknown() -> None:
    said = judged(unanswered_comments, asked(text=None), asked(id="31", own=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 2)
