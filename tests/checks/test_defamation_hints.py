from __future__ import annotations

import pytest

from checks.defamation_hints import Parameters, defamation_hints
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, Post, PostKind
from tests.checks.judging import judged
from tests.records import a_comment, a_post

TEXT = "Tom Askew stole the money from the carnival fund."


@pytest.mark.parametrize(
    "record",
    [a_post(text=TEXT), a_post(kind=PostKind.REPLY, text=TEXT), a_comment(own=True, text=TEXT)],
)
def test_it_is_possible_and_for_today(record: Post | Comment) -> None:
    said = judged(defamation_hints, record)
    assert said.only.message == "It may accuse somebody whom it names of a crime."
    assert said.only.confidence == Confidence.POSSIBLE
    assert defamation_hints.urgency == Urgency.TODAY


def test_neither_name_nor_accusation_is_repeated() -> None:
    said = str(judged(defamation_hints, a_post(text=TEXT)).only)
    assert "Askew" not in said
    assert "stole" not in said


@pytest.mark.parametrize(
    "record",
    [
        a_comment(text=TEXT),
        a_post(kind=PostKind.REPOST, text=TEXT),
        a_post(text="Thieves stole the cash box. Call 101 if you saw anything."),
        a_post(text="Tom Askew was found guilty of theft at the magistrates’ court."),
    ],
)
def test_others_words_and_plain_news_are_left_alone(record: Post | Comment) -> None:
    assert judged(defamation_hints, record).records == set()


def test_a_policy_may_choose_what_counts() -> None:
    only = Parameters(wrongs=("incompetence",))
    assert judged(defamation_hints, a_post(text=TEXT), parameters=only).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(defamation_hints, a_post(text=None), a_comment(id="31", own=True))
    assert (said.examined, said.unknown) == (1, 1)
