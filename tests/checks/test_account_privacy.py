from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from checks.account_privacy import Parameters, account_privacy
from socialaudit.check import Confidence
from socialaudit.models import AccountKind, Setting
from tests.checks.judging import judged
from tests.records import a_setting, an_account

GOOD = (
    a_setting("PROFANITY_FILTER", '"Strong"'),
    a_setting("USERS_CAN_POST", "true"),
    a_setting("REVIEW_POSTS_BY_OTHER", "true"),
)


def test_a_wrong_setting_is_certain_and_named() -> None:
    said = judged(account_privacy, an_account(), *GOOD, a_setting("PROFANITY_FILTER", '"Off"'))
    assert said.records == {"facebook:1:PROFANITY_FILTER"}
    assert said.only.confidence == Confidence.CERTAIN
    assert said.only.message == "“Profanity filter” is Off. It should be Medium or Strong."
    assert said.only.would_pass == "“Profanity filter” is Medium or Strong."
    assert (said.examined, said.unknown) == (2, 0)


@pytest.mark.parametrize(
    ("review", "post", "wrong"),
    [("true", "true", 0), ("false", "false", 0), ("false", "true", 1), ("null", "1", 1)],
)
def test_one_of_two_settings_may_do(review: str, post: str, wrong: int) -> None:
    said = judged(
        account_privacy,
        an_account(),
        GOOD[0],
        a_setting("REVIEW_POSTS_BY_OTHER", review),
        a_setting("USERS_CAN_POST", post),
    )
    assert len(said.records) == wrong


@pytest.mark.parametrize(
    ("settings", "unknown"), [((), 2), (GOOD[:1], 1), (GOOD[:2], 1), ((GOOD[0], GOOD[2]), 0)]
)
def test_a_setting_that_was_not_reported_is_unknown(
    settings: tuple[Setting, ...], unknown: int
) -> None:
    said = judged(account_privacy, an_account(), *settings)
    assert (said.records, said.unknown) == (set(), unknown)


def test_staff_accounts_have_their_own_table() -> None:
    staff = an_account(
        key="x:1", account="staff-x", platform="x", kind=AccountKind.STAFF, handle="clerk"
    )
    protected = a_setting("protected", "true", key="x:1:protected", account="staff-x")
    assert judged(account_privacy, staff, protected).examined == 0
    other = TypeAdapter(Parameters).validate_python({"staff": {"x": [{"protected": [False]}]}})
    assert judged(account_privacy, staff, protected, parameters=other).records == {"x:1:protected"}


def test_a_value_that_is_not_json_stands_for_itself() -> None:
    odd = a_setting("PROFANITY_FILTER", "Off")
    assert judged(account_privacy, an_account(), odd, *GOOD[1:]).only.evidence == {
        "PROFANITY_FILTER": "Off"
    }
