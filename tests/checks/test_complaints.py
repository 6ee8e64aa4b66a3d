from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from checks.complaints import Parameters, complaints
from checks.information_requests import information_requests
from checks.unanswered_comments import unanswered_comments
from socialaudit import engine
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentKind, CommentState
from socialaudit.records import from_records
from tests.checks.judging import a_context, judged
from tests.records import NOW, a_comment, an_account

TEXT = "I want to make a complaint about the toilets."
FRIDAY = datetime(2026, 11, 13, 12, tzinfo=UTC)


def made(**changes: object) -> Comment:
    return a_comment(**({"text": TEXT, "published_at": FRIDAY} | changes))


@pytest.mark.parametrize("kind", list(CommentKind))
def test_a_complaint_is_a_task_with_a_day(kind: CommentKind) -> None:
    said = judged(complaints, made(kind=kind)).only
    assert said.message == (
        "This comment reads like a complaint: a task, not a fault. "
        "Acknowledge it by Friday 20 November."
    )
    assert said.due == datetime(2026, 11, 20, tzinfo=ZoneInfo("Europe/London"))
    assert (said.confidence, said.urgency) == (Confidence.POSSIBLE, None)
    assert TEXT not in str(said.evidence)


def test_a_late_one_is_for_today() -> None:
    said = judged(complaints, made(published_at=datetime(2026, 11, 2, 12, tzinfo=UTC))).only
    assert said.urgency == Urgency.TODAY
    assert "It was to be acknowledged by Monday 9 November." in said.message


def test_the_councils_procedure_may_name_other_days() -> None:
    said = judged(complaints, made(), parameters=Parameters(acknowledge_days=3)).only
    assert said.due == datetime(2026, 11, 18, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    "other",
    [
        a_comment(id="31", own=True, parent="facebook:30", published_at=NOW, text="So sorry."),
        a_comment(id="31", parent="facebook:30", published_at=NOW, text="Sorted now, thanks"),
    ],
)
def test_a_reply_or_thanks_end_it(other: Comment) -> None:
    assert judged(complaints, made(), other).records == set()


@pytest.mark.parametrize(
    "comment",
    [
        made(own=True),
        made(state=CommentState.HIDDEN),
        made(published_at=NOW.replace(month=8)),
        made(text="Can't complain!"),
        made(text="@suebell I want to make a complaint about your cake"),
    ],
)
def test_what_does_not_complain_to_the_council_is_left_alone(comment: Comment) -> None:
    assert judged(complaints, an_account(), comment).records == set()


def test_one_comment_is_one_thing_to_do() -> None:
    said = {
        "30": f"{TEXT} How much did the toilets cost?",
        "31": f"{TEXT} When will they open?",
        "32": "When do the toilets open?",
        "33": "How much did the toilets cost?",
        "34": TEXT,
    }
    records = from_records([made(id=id_, text=text) for id_, text in said.items()])
    three = [unanswered_comments, complaints, information_requests]
    judgement = engine.assess(three, records, a_context(complaints), {}, {})
    listed = {(str(o.observation.record)[-2:], o.check) for o in judgement.observed}
    assert listed == {
        ("30", "information-requests"),
        ("31", "complaints"),
        ("32", "unanswered-comments"),
        ("33", "information-requests"),
        ("34", "complaints"),
    }
    alone = engine.assess([unanswered_comments], records, a_context(complaints), {}, {})
    assert {str(o.observation.record)[-2:] for o in alone.observed} == {"30", "31", "32", "33"}


def test_what_was_not_told_is_unknown() -> None:
    said = judged(complaints, made(text=None), made(id="31", own=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 2)
