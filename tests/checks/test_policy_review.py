from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from checks.policy_review import Parameters, policy_review
from socialaudit.check import Confidence
from tests.checks.judging import judged

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "message"),
    [
        (date(2017, 5, 31), "The review was due in May 2017, so it is 9 years and 5 months late."),
        (
            date(2025, 11, 15),
            "The review was due in November 2025, so it is 1 year late.",
        ),
        (date(2026, 10, 16), "The review was due in October 2026, so it is 1 month late."),
        (date(2026, 11, 15), "The review was due in November 2026."),
        (date(2026, 11, 16), "The review is due in November 2026."),
        (date(2027, 1, 14), "The review is due in January 2027."),
    ],
)
def test_a_review_that_is_due_is_a_thing_to_do(due: date, message: str) -> None:
    said = judged(policy_review, now=NOW, review_due=due)
    assert said.only.message == message
    assert (said.only.record, said.only.account) == (None, None)
    assert said.only.confidence is Confidence.CERTAIN
    assert said.examined == 1


def test_a_review_that_is_far_off_is_well() -> None:
    said = judged(policy_review, now=NOW, review_due=date(2027, 1, 15))
    assert (said.records, said.examined) == (set(), 1)


def test_how_early_it_is_said_is_the_policys_to_set() -> None:
    given = Parameters(warn_days=0)
    said = judged(policy_review, now=NOW, review_due=date(2026, 11, 16), parameters=given)
    assert said.records == set()


def test_a_policy_that_names_no_review_is_not_judged() -> None:
    assert judged(policy_review, now=NOW).examined == 0


def test_the_day_is_the_councils() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    said = judged(policy_review, now=late, review_due=date(2026, 6, 30))
    assert said.only.message == "The review was due in June 2026."
