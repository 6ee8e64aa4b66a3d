from __future__ import annotations

from datetime import timedelta

import pytest

from checks.offensive_comments import Parameters, offensive_comments
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("get these pikeys off the field", Urgency.TODAY),
        ("You absolute w@nker", Urgency.TODAY),
        ("Fucking freezing today", Urgency.WEEK),
        ("you're a moron", Urgency.WEEK),
    ],
)
def test_how_strong_it_is_says_by_when(text: str, urgency: Urgency) -> None:
    said = judged(offensive_comments, a_comment(text=text))
    assert said.only.urgency == urgency
    assert said.only.confidence == Confidence.POSSIBLE


def test_the_words_are_evidence_and_nowhere_else() -> None:
    said = judged(offensive_comments, a_comment(text="Dirty pikeys"))
    assert said.only.evidence == {
        "words": "pikeys",
        "tier": "discriminatory",
        "about": "race or religion",
    }
    assert "pikey" not in f"{said.only.message} {said.only.instruction} {said.only.would_pass}"


@pytest.mark.parametrize(
    "comment",
    [
        a_comment(text="Closed at Cock Street, Scunthorpe. What a useless council"),
        a_comment(text="You twat", own=True),
        a_comment(text="You twat", state=CommentState.HIDDEN),
        a_comment(text="You twat", state=CommentState.HELD),
    ],
)
def test_fair_words_own_words_and_unseen_words_are_left_alone(comment: Comment) -> None:
    assert judged(offensive_comments, comment).records == set()


def test_a_comment_is_seen_unless_the_platform_says_that_it_is_not() -> None:
    assert judged(offensive_comments, a_comment(text="You twat", state=None)).records


def test_a_policy_may_leave_some_hours() -> None:
    new = a_comment(text="You twat", published_at=NOW - timedelta(hours=2))
    assert judged(offensive_comments, new).records == {new.key}
    assert judged(offensive_comments, new, parameters=Parameters(hours=3)).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(offensive_comments, a_comment(text=None), a_comment(id="31"))
    assert (said.examined, said.unknown) == (1, 1)
