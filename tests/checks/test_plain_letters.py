from __future__ import annotations

from datetime import timedelta

import pytest

from checks.plain_letters import Parameters, plain_letters
from socialaudit.check import Confidence
from tests.checks.judging import judged
from tests.records import NOW, a_post

SALE = "\U0001d4e2\U0001d4ea\U0001d4f5\U0001d4ee"


def test_look_alikes_are_certain() -> None:
    said = judged(plain_letters, a_post(text=f"{SALE} on Friday"))
    assert said.only.confidence == Confidence.CERTAIN
    assert said.only.message == f"Screen readers cannot read these letters: “{SALE}”."
    assert said.only.would_pass == "It says “Sale”."


def test_capitals_are_possible() -> None:
    said = judged(plain_letters, a_post(text="MILL LANE IS CLOSED on Friday"))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.message == "These words are in capitals: “MILL LANE IS CLOSED”."


def test_letters_that_stand_alone_are_possible() -> None:
    said = judged(plain_letters, a_post(text="Big s a l e today"))
    assert said.only.message == "These letters are spaced out: “s a l e”."


def test_a_picture_of_signs_is_possible() -> None:
    said = judged(plain_letters, a_post(text="Sorry ¯\\_(ツ)_/¯"))
    assert said.only.confidence == Confidence.POSSIBLE
    assert said.only.message == "It has a picture made of signs."


@pytest.mark.parametrize(
    "text", ["Youth club is BACK. Thanks to the RNLI.", "Diolch i bawb, Siân! 🎄", ""]
)
def test_plain_letters_are_well(text: str) -> None:
    said = judged(plain_letters, a_post(text=text))
    assert (said.records, said.examined) == (set(), 1)


def test_the_policy_may_allow_words_in_capitals() -> None:
    wanted = Parameters(allowed=("MILL", "LANE", "CLOSED"))
    said = judged(plain_letters, a_post(text="MILL LANE CLOSED on Friday"), parameters=wanted)
    assert said.records == set()


def test_an_old_post_need_not_be_changed() -> None:
    old = a_post(text=SALE, published_at=NOW - timedelta(days=29))
    assert judged(plain_letters, old).only.excused


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(plain_letters, a_post(text=None))
    assert (said.examined, said.unknown) == (0, 1)
