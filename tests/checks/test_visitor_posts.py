from __future__ import annotations

from datetime import timedelta

import pytest

from checks.visitor_posts import Parameters, visitor_posts
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentKind, CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment

BROKEN = "The bench by the bandstand is broken."


def a_visit(**changes: object) -> Comment:
    plain = {"kind": CommentKind.VISITOR_POST, "post": None, "text": BROKEN}
    return a_comment(**(plain | changes))


@pytest.mark.parametrize(
    ("visit", "message", "urgency"),
    [
        (a_visit(), "It reports a problem.", Urgency.TODAY),
        (a_visit(text="When does it open?"), "It asks a question.", Urgency.TODAY),
        (a_visit(text="Please ring me about my plot"), "It asks for something.", Urgency.TODAY),
        (a_visit(text="20% off at my salon, book now"), "It may be an advert.", Urgency.WEEK),
        (a_visit(text="You absolute morons"), "It may be offensive.", Urgency.TODAY),
        (
            a_visit(text="Tom Askew stole my bike"),
            "It may accuse somebody whom it names.",
            Urgency.TODAY,
        ),
        (a_visit(state=CommentState.HELD), "It waits for your decision.", Urgency.WEEK),
    ],
)
def test_each_visit_is_listed_once_with_why(visit: Comment, message: str, urgency: Urgency) -> None:
    said = judged(visitor_posts, visit)
    assert said.only.message == (
        f"A visitor posted this on our page. {message} It has stood on our page for 2 days."
    )
    assert said.only.urgency == urgency


def test_only_that_it_is_held_is_certain() -> None:
    held = judged(visitor_posts, a_visit(state=CommentState.HELD)).only
    assert held.confidence == Confidence.CERTAIN
    assert judged(visitor_posts, a_visit()).only.confidence == Confidence.POSSIBLE


@pytest.mark.parametrize(
    ("visit", "other"),
    [
        (a_visit(text="When does it open? The bench is broken."), "unanswered-comments"),
        (a_visit(text="You absolute morons, the bench is broken"), "offensive-comments"),
        (a_visit(state=CommentState.HELD), "held-comments"),
    ],
)
def test_what_another_check_of_the_policy_lists_is_left_to_it(visit: Comment, other: str) -> None:
    assert judged(visitor_posts, visit, checks=frozenset({other})).records == set()
    assert judged(visitor_posts, a_visit(), checks=frozenset({other})).records == {visit.key}


@pytest.mark.parametrize(
    "answer",
    [
        a_comment(id="31", own=True, parent="facebook:30", post=None, published_at=NOW),
        a_comment(id="31", parent="facebook:30", post=None, published_at=NOW, text="Sorted, ta"),
    ],
)
def test_an_answer_or_thanks_end_the_wait(answer: Comment) -> None:
    assert judged(visitor_posts, a_visit(), answer).records == set()


def test_an_answer_does_not_take_an_advert_down() -> None:
    answer = a_comment(id="31", own=True, parent="facebook:30", post=None, published_at=NOW)
    advert = a_visit(text="20% off at my salon, book now")
    assert judged(visitor_posts, advert, answer).records == {advert.key}


@pytest.mark.parametrize(
    "comment",
    [
        a_visit(text="Two swans on the mill pond this morning."),
        a_visit(text="Thank you for mending the bench."),
        a_visit(own=True),
        a_visit(state=CommentState.HIDDEN),
        a_visit(published_at=NOW - timedelta(hours=20)),
        a_visit(published_at=NOW - timedelta(days=61)),
        a_comment(text=BROKEN),
    ],
)
def test_news_thanks_new_old_and_other_comments_are_left_alone(comment: Comment) -> None:
    assert judged(visitor_posts, comment).records == set()


def test_a_policy_may_set_hours_and_reasons() -> None:
    new = a_visit(published_at=NOW - timedelta(hours=20))
    assert judged(visitor_posts, new, parameters=Parameters(hours=4)).records == {new.key}
    adverts = Parameters(reasons=("advert",))
    assert judged(visitor_posts, a_visit(), parameters=adverts).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(visitor_posts, a_visit(text=None), a_comment(id="31", text=None))
    assert (said.examined, said.unknown) == (0, 1)
