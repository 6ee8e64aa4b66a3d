from __future__ import annotations

import pytest

from checks.staff_identification import staff_identification
from socialaudit.check import Confidence
from socialaudit.models import Account, AccountKind, PostKind
from tests.checks.judging import judged
from tests.records import a_post, an_account

NEWS = "The council has approved the budget."


def hers(**changes: object) -> Account:
    plain = {"kind": AccountKind.STAFF, "name": "Sue Bell", "handle": "suebell"}
    return an_account(**({"description": "Cakes and dogs"} | plain | changes))


def test_who_speaks_of_the_council_and_names_no_job_is_asked_to() -> None:
    said = judged(staff_identification, hers(), a_post(text=NEWS), a_post(id="11", text=NEWS))
    assert said.only.record == hers().key
    assert said.only.confidence == Confidence.POSSIBLE
    assert NEWS not in f"{said.only.message}{said.only.evidence}"


@pytest.mark.parametrize(
    "description",
    ["Deputy clerk at Testham Town Council", "Official account of the Testham park rangers"],
)
def test_a_profile_that_names_the_job_will_do(description: str) -> None:
    said = judged(staff_identification, hers(description=description), a_post(text=NEWS))
    assert (said.records, said.examined) == (set(), 1)


@pytest.mark.parametrize(
    "post",
    [
        a_post(text="Lovely cakes at the fair"),
        a_post(text="I work for Testham Town Council and I love the new budget"),
        a_post(text=NEWS, kind=PostKind.REPOST),
        a_post(text="My council tax went up"),
        a_post(text=NEWS, account="another"),
    ],
)
def test_what_says_nothing_of_the_council_or_says_the_job_is_left_alone(post: object) -> None:
    said = judged(staff_identification, hers(), post)  # type: ignore[arg-type]  # a post
    assert (said.records, said.examined) == (set(), 1)


def test_what_was_not_told_is_unknown() -> None:
    said = judged(staff_identification, hers(description=None), a_post(text=NEWS))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
    said = judged(staff_identification, hers(), a_post(text=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
