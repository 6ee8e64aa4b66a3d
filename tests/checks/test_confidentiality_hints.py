from __future__ import annotations

import pytest

from checks.confidentiality_hints import SEEN, confidentiality_hints
from socialaudit.check import Confidence
from socialaudit.confidences import HINTS
from socialaudit.models import AccountKind, PostKind
from tests.checks.judging import judged
from tests.records import a_comment, a_post

TOLD = "In the private session last night we agreed to sell the depot."


def test_what_may_be_confidential_is_possible_and_its_words_are_not_repeated() -> None:
    said = judged(confidentiality_hints, a_post(text=TOLD)).only
    assert said.confidence == Confidence.POSSIBLE
    assert said.message == "It may tell what was said in a closed session."
    assert said.evidence == {"kind of hint": "closed session"}


def test_the_council_s_answers_count_and_what_others_say_does_not() -> None:
    said = judged(
        confidentiality_hints,
        a_comment(text=TOLD, own=True),
        a_comment(id="31", text=TOLD),
        a_post(text=TOLD, kind=PostKind.REPOST),
    )
    assert said.records == {"facebook:30"}


def test_a_member_of_staff_can_give_it_away_too() -> None:
    assert AccountKind.STAFF in confidentiality_hints.kinds


@pytest.mark.parametrize("name", HINTS)
def test_each_hint_has_its_sentence(name: str) -> None:
    assert {*SEEN} == {*HINTS}
    assert name in HINTS


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(confidentiality_hints, a_post(text=None), a_comment(text=None, own=True))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 2)
