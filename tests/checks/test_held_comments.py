from __future__ import annotations

from datetime import timedelta

import pytest

from checks.held_comments import Parameters, held_comments
from socialaudit.check import Confidence
from socialaudit.models import CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment

DAYS_4 = NOW - timedelta(days=4)


def test_a_comment_that_waits_too_long_is_certain() -> None:
    said = judged(held_comments, a_comment(state=CommentState.HELD, published_at=DAYS_4))
    assert said.only.confidence == Confidence.CERTAIN
    assert said.only.message == "This comment has waited for a decision for 4 days."


def test_a_comment_may_wait_for_a_while() -> None:
    waiting = a_comment(state=CommentState.HELD, published_at=NOW - timedelta(hours=72))
    assert judged(held_comments, waiting).records == set()
    assert judged(held_comments, waiting, parameters=Parameters(hours=24)).records == {waiting.key}


@pytest.mark.parametrize("state", [CommentState.PUBLISHED, CommentState.HIDDEN, CommentState.SPAM])
def test_other_comments_wait_for_nobody(state: CommentState) -> None:
    said = judged(held_comments, a_comment(state=state, published_at=DAYS_4))
    assert (said.records, said.examined) == (set(), 1)


def test_a_comment_of_which_nothing_is_told_is_unknown() -> None:
    said = judged(held_comments, a_comment(state=None, published_at=DAYS_4))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
