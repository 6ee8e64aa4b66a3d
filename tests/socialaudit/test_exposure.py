from __future__ import annotations

import pytest

from socialaudit.check import Confidence, Urgency
from socialaudit.exposure import weigh
from socialaudit.personal.published import OFFICE, Published
from tests.records import COUNCIL

OURS = Published.of(COUNCIL)


def test_a_text_with_nobody_s_details_weighs_nothing() -> None:
    assert weigh("Ring 01632 960000 or see the noticeboard.", OURS) is None
    assert weigh("The market is on Saturday.", OURS) is None


@pytest.mark.parametrize(
    ("text", "grave"),
    [
        ("Ring Jean on 07700 900123", False),
        ("My card is 4242 4242 4242 4242", True),
        ("Jean has dementia", True),
        ("Helen Tuck, autistic, needs a lift, 07700 900123", True),
        ("Blue van MR13 UTT", False),
    ],
)
def test_what_a_stranger_can_do_harm_with_at_once_is_grave(text: str, *, grave: bool) -> None:
    weighed = weigh(text, OURS)
    assert weighed is not None
    assert weighed.grave == grave
    said = weighed.observation("facebook:10", "This post")
    assert said.urgency == (Urgency.TODAY if grave else None)
    assert said.confidence == Confidence.POSSIBLE


def test_kinds_are_named_in_words_and_each_detail_by_two_characters_at_most() -> None:
    text = "Jean, 07700 900123, jean@example.com, AB123456C, or the office on 01632 960000"
    weighed = weigh(text, OURS)
    assert weighed is not None
    assert weighed.kinds == ("a telephone number, an email address and a National Insurance number")
    assert weighed.shown == (
        "telephone number ending 23, email address, National Insurance number ending 6C"
    )
    assert weighed.allowed == "the council’s own published contact"


def test_an_excuse_counts_only_when_nothing_else_is_there() -> None:
    alone = weigh("Cllr Tuck is on 07700 900123", OURS)
    beside = weigh("Cllr Tuck is on 07700 900123. Her card is 4242 4242 4242 4242.", OURS)
    assert alone is not None
    assert beside is not None
    assert (alone.excused, beside.excused) == (OFFICE, "")
    assert beside.allowed == OFFICE


def test_more_details_than_anybody_writes_are_listed_unweighed() -> None:
    weighed = weigh("Ring 0300 123 4567. " * 501, OURS)
    assert weighed is not None
    assert len(weighed.listed) == 1


def test_of_many_details_only_five_are_named() -> None:
    text = "\n".join(f"Jean, 07700 9001{n}" for n in range(10, 40))
    weighed = weigh(text, OURS)
    assert weighed is not None
    assert weighed.shown.endswith(", and 25 more")
