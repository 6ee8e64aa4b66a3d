from __future__ import annotations

import pytest

from checks.personal_data_in_comments import personal_data_in_comments
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentState
from tests.checks.judging import judged
from tests.records import a_comment


@pytest.mark.parametrize(
    ("text", "message", "urgency"),
    [
        ("ring me 07700 900123", "This comment may show a telephone number.", None),
        ("white van MR13 UTT", "This comment may show a vehicle registration.", None),
        ("my NI is JG103759A", "This comment may show a National Insurance number.", Urgency.TODAY),
        ("She lives at 14 Mill Lane", "This comment may show a home address.", None),
    ],
)
def test_what_a_comment_shows_is_named_by_its_kind(
    text: str, message: str, urgency: Urgency | None
) -> None:
    said = judged(personal_data_in_comments, a_comment(text=text)).only
    assert (said.message, said.urgency) == (message, urgency)
    assert said.confidence == Confidence.POSSIBLE


def test_the_council_s_own_answer_counts_and_is_called_so() -> None:
    said = judged(personal_data_in_comments, a_comment(text="Ring Jean, 07700 900123", own=True))
    assert said.only.message == "The council’s own comment may show a telephone number."


@pytest.mark.parametrize(
    "comment",
    [
        a_comment(text="ring me 07700 900123", state=CommentState.HIDDEN),
        a_comment(text="ring me 07700 900123", state=CommentState.HELD),
        a_comment(text="The council is on 01632 960000"),
        a_comment(text="101 or Crimestoppers on 0800 555 111"),
        a_comment(text="The light outside 14 Mill Lane is out again"),
    ],
)
def test_what_nobody_sees_and_what_is_nobody_s_are_well(comment: Comment) -> None:
    assert judged(personal_data_in_comments, comment).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(personal_data_in_comments, a_comment(text=None), a_comment(id="31"))
    assert (said.examined, said.unknown) == (1, 1)
