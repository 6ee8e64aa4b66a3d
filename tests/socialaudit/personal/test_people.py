from __future__ import annotations

import pytest

from socialaudit.personal.kinds import Kind
from socialaudit.personal.people import named, sensitive_near
from socialaudit.personal.reading import details


@pytest.mark.parametrize(
    "text",
    [
        "Our caretaker Dave Tuck has cancer and will be away",
        "Mrs Holloway was diagnosed with dementia last year",
        "Priya has been signed off with stress",
        "Kevin Marsh was arrested on Tuesday",
        "That Terry is claiming benefits",
        "Jane Oakes is off sick",
        "Helen over the road at 31 is on antidepressants",
        "Kevin Marsh is a registered sex offender",
        "Kevin Marsh, 19, has got previous convictions",
        "Mrs Holloway still owes £900 in rent",
        "Our cleaner Zbigniew is off sick",
        "My daughter has epilepsy, she is called Xanthe",
    ],
)
def test_a_sensitive_matter_of_a_named_person_is_found(text: str) -> None:
    assert [d.kind for d in details(text)] == [Kind.SENSITIVE]


@pytest.mark.parametrize(
    "text",
    [
        "Dave Tuck will talk about living with cancer",
        "Sue Brown is running the marathon for cancer research",
        "Peter Wren had a stroke of luck",
        "Mr Lyle died of cancer, the funeral is on Friday",
        "Dementia cafe with Jean on Tuesdays",
        "I have cancer and the bus never comes",
        "George Street is disabled parking only",
        "St John Ambulance has cancer awareness leaflets",
        "Kevin Marsh has strong convictions",
        "Helen Tuck owes her success to the school",
        "My son has autism and loves the quiet hour",
    ],
)
def test_a_talk_a_fundraiser_and_the_dead_are_left_alone(text: str) -> None:
    assert details(text) == []


def test_names_are_titles_and_given_names_but_not_streets() -> None:
    text = "Mrs Tuck met Dave Pritchard in Albert Street, by George Square, with Sunil and Helen."
    assert [m[0] for m in named(text)] == ["Mrs Tuck", "Dave Pritchard", "Helen"]


def test_a_detail_beside_a_sensitive_word_and_a_name_is_worse() -> None:
    text = "Helen Tuck, autistic, ring 07700 900123"
    (phone,) = details(text)
    assert sensitive_near(text, phone)
    assert not sensitive_near(text.replace("autistic", "florist"), phone)
