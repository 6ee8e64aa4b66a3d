from __future__ import annotations

from datetime import timedelta

import pytest

from checks.plain_english import Parameters, plain_english
from socialaudit.check import Confidence
from tests.checks.judging import judged
from tests.records import NOW, a_post

LONG = "We met and " + "talked of the park and " * 5 + "went home."
HARD = (
    "Comprehensive environmental considerations necessitate additional representation. "
    "Residential development applications require administrative documentation. "
) * 3


def test_a_long_sentence_is_possible_and_its_start_is_quoted() -> None:
    said = judged(plain_english, a_post(text=f"Hello. {LONG}"))
    assert said.only.message == ("A sentence has 30 words: “We met and talked of the park and…”.")
    assert said.only.confidence == Confidence.POSSIBLE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Click here: https://x.example", "It says “click here”, not what the link is about."),
        ("Tea prior to the meeting.", "A plainer word for “prior to” is “before”."),
        ("The TRO is out.", "It does not say what TRO means."),
        (HARD, "Its words suit readers of 28 and older."),
    ],
)
def test_each_hard_thing_is_named(text: str, message: str) -> None:
    assert judged(plain_english, a_post(text=text)).only.message.startswith(message[:26])


def test_several_things_in_a_post_are_one_thing_to_do() -> None:
    said = judged(plain_english, a_post(text="The TRO and the CIL are out prior to Friday."))
    assert said.only.message == (
        "A plainer word for “prior to” is “before”. It does not say what TRO means."
    )
    assert said.only.evidence == {"seen": "prior to: before · TRO · CIL"}


@pytest.mark.parametrize(
    "text",
    [
        "The market is on Saturday. TTC meets on Monday.",
        "Full Council (FC) meets. The NHS is here.",
        "We had:\n" + "\n".join(["- tea and cake for all"] * 9),
        "",
    ],
)
def test_plain_posts_are_well(text: str) -> None:
    said = judged(plain_english, a_post(text=text))
    assert (said.records, said.examined) == (set(), 1)


def test_the_policy_sets_the_measure_and_what_may_stay() -> None:
    text = f"{LONG} The TRO is out prior to Friday."
    wanted = Parameters(words=30, short_forms=("tro",), allowed=("prior to",))
    assert judged(plain_english, a_post(text=text), parameters=wanted).records == set()


def test_an_old_post_need_not_be_changed() -> None:
    old = a_post(text=LONG, published_at=NOW - timedelta(days=29))
    assert judged(plain_english, old).only.excused


def test_a_text_that_was_not_told_is_unknown() -> None:
    said = judged(plain_english, a_post(text=None))
    assert (said.examined, said.unknown) == (0, 1)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "." * 100_000, "🎄" * 100_000, "\ud800", "Ж中ع" * 1000]
)
def test_hostile_texts_do_no_harm(text: str) -> None:
    assert judged(plain_english, a_post(text=text)).examined == 1
