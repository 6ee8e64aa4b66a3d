from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from checks.information_requests import Parameters, information_requests
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentKind, CommentState
from tests.checks.judging import judged
from tests.records import NOW, a_comment, an_account

COST = "How much did the Christmas lights cost?"
MONDAY = datetime(2026, 11, 9, 12, tzinfo=UTC)


def asked(**changes: object) -> Comment:
    return a_comment(**({"text": COST, "published_at": MONDAY} | changes))


@pytest.mark.parametrize("kind", list(CommentKind))
def test_a_request_is_a_task_with_the_laws_last_day(kind: CommentKind) -> None:
    said = judged(information_requests, asked(kind=kind)).only
    assert said.message == (
        "This may be a request for information: a task, not a fault. "
        "If it gives a real name, the law’s last day is Monday 7 December."
    )
    assert said.due == datetime(2026, 12, 7, tzinfo=ZoneInfo("Europe/London"))
    assert (said.confidence, said.urgency) == (Confidence.POSSIBLE, None)
    assert said.evidence["asks for"] == "money spent"


@pytest.mark.parametrize(
    ("written", "urgency", "words"),
    [
        (datetime(2026, 10, 21, 12, tzinfo=UTC), Urgency.TODAY, "is Wednesday 18 November"),
        (datetime(2026, 10, 27, 12, tzinfo=UTC), None, "is Tuesday 24 November"),
        (datetime(2026, 10, 1, 12, tzinfo=UTC), Urgency.TODAY, "was Thursday 29 October"),
    ],
)
def test_a_request_whose_time_runs_out_is_for_today(
    written: datetime, urgency: Urgency | None, words: str
) -> None:
    said = judged(information_requests, asked(published_at=written)).only
    assert said.urgency == urgency
    assert words in said.message


@pytest.mark.parametrize(
    "other",
    [
        a_comment(id="31", own=True, parent="facebook:30", published_at=NOW, text="£12,400."),
        a_comment(id="31", own=True, published_at=NOW, text="The lights cost £12,400."),
        a_comment(id="31", parent="facebook:30", published_at=NOW, text="Found it, thanks"),
    ],
)
def test_an_answer_or_thanks_end_it(other: Comment) -> None:
    assert judged(information_requests, asked(), other).records == set()


def test_an_answer_from_a_resident_does_not() -> None:
    other = a_comment(id="31", parent="facebook:30", author="b", text="About 12 grand I think")
    assert judged(information_requests, asked(), other).records == {"facebook:30"}


@pytest.mark.parametrize(
    "comment",
    [
        asked(own=True),
        asked(state=CommentState.HIDDEN),
        asked(published_at=NOW.replace(month=8)),
        asked(text="When does it open?"),
        asked(text="@suebell how much did the lights cost?"),
    ],
)
def test_what_asks_the_council_for_nothing_on_record_is_left_alone(comment: Comment) -> None:
    assert judged(information_requests, an_account(), comment).records == set()


def test_what_one_resident_asks_another_is_theirs() -> None:
    above = a_comment(id="29", author="another", text="I have new lights.")
    reply = asked(kind=CommentKind.REPLY, parent=above.key)
    assert judged(information_requests, above, reply).records == set()
    named = asked(kind=CommentKind.REPLY, parent=above.key, text=f"Council, {COST.lower()}")
    assert judged(information_requests, above, named).records == {named.key}


def test_who_asks_for_their_own_data_waits_a_month() -> None:
    said = judged(information_requests, asked(text="Please send all the data you hold on me")).only
    assert said.message == (
        "This may be a request for somebody’s own data: a task, not a fault. "
        "Once you know who asks, the law’s last day is Wednesday 9 December."
    )


def test_one_that_complains_as_well_says_so() -> None:
    said = judged(information_requests, asked(text=f"I want to make a complaint. {COST}")).only
    assert said.message.endswith(" It reads like a complaint too.")


def test_a_council_may_promise_to_be_quicker() -> None:
    said = judged(information_requests, asked(), parameters=Parameters(working_days=10)).only
    assert said.due == datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/London"))


def test_long_numbers_of_the_public_are_not_repeated() -> None:
    text = "Please send the 07700 900123 report"
    said = judged(information_requests, asked(text=text)).only
    assert "900123" not in f"{said.message}{said.evidence}"


def test_what_was_not_told_is_unknown() -> None:
    said = judged(information_requests, asked(text=None), asked(id="31", own=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 2)
