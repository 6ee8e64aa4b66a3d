from __future__ import annotations

import pytest

from checks.respectful_tone import Parameters, respectful_tone
from socialaudit.check import Confidence, Urgency
from socialaudit.models import Comment, CommentKind, Post, PostKind
from tests.checks.judging import judged
from tests.records import a_comment, a_post

TOLD = "As we have already told you, it opens on Monday."


@pytest.mark.parametrize(
    "record",
    [
        a_post(text=TOLD),
        a_post(kind=PostKind.REPLY, text=TOLD),
        a_comment(own=True, text=TOLD),
        a_comment(own=True, kind=CommentKind.REPLY, text=TOLD),
    ],
)
def test_our_own_words_are_possible_and_for_this_week(record: Post | Comment) -> None:
    said = judged(respectful_tone, record)
    assert said.only.message == "It may tell somebody off for asking again."
    assert (said.only.confidence, said.only.urgency) == (Confidence.POSSIBLE, None)
    assert respectful_tone.urgency == Urgency.WEEK
    assert said.only.evidence == {"rules": "told already", "words": "as we have already told"}


def test_a_reply_in_capitals_shouts_and_a_poster_does_not() -> None:
    text = "THE FAIR IS ON FRIDAY"
    assert judged(respectful_tone, a_post(text=text)).records == set()
    reply = a_comment(own=True, text=text)
    assert judged(respectful_tone, reply).only.evidence["rules"] == "shouting"


def test_more_rules_rank_it_higher() -> None:
    once = judged(respectful_tone, a_post(text=TOLD)).only
    twice = judged(respectful_tone, a_post(text=f"{TOLD} Google it.")).only
    assert (once.score or 0) < (twice.score or 0)
    assert twice.evidence["rules"] == "told already, dismissive"


@pytest.mark.parametrize(
    "record",
    [
        a_comment(text=TOLD),
        a_post(kind=PostKind.REPOST, text=TOLD),
        a_post(text="Sorry, that is not ours. The County's number is 0344 800 8020."),
    ],
)
def test_residents_words_and_plain_words_are_left_alone(record: Post | Comment) -> None:
    assert judged(respectful_tone, record).records == set()


def test_a_policy_may_choose_the_rules() -> None:
    only = Parameters(rules=("shouting",))
    assert judged(respectful_tone, a_post(text=TOLD), parameters=only).records == set()


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(respectful_tone, a_post(text=None), a_comment(id="31", own=True))
    assert (said.examined, said.unknown) == (1, 1)
