from __future__ import annotations

import pytest

from socialaudit.personal.kinds import Kind
from socialaudit.personal.reading import details


def kinds(text: str) -> list[Kind]:
    return [detail.kind for detail in details(text)]


@pytest.mark.parametrize(
    "text",
    ["jean.tuck@example.com", "Jean: jean@mail.example.co.uk!", "jean (at) example (dot) com"],
)
def test_an_email_address_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [Kind.EMAIL]


def test_a_handle_and_a_price_are_no_email_address() -> None:
    assert kinds("Thanks @testham, 3 @ £2.50 each") == []


@pytest.mark.parametrize(
    "text",
    [
        "14 Mill Lane, Testham, NR27 9EX",
        "14 mill lane\ntestham\nnr27 9ex",
        "Flat 3, Sea View, NR27 9EX",
        "22a Overy Staithe NR27 9EX",
        "I live at 14 Mill Lane",
        "Mrs Tuck of 14 Mill Lane",
        "his address is 9 The Loke",
        "theyre at 9 the crescent",
        "Mrs Tuck of 14 Heol y Bryn",
        "Mr Rees lives at 3 Ffordd Gwynedd",
        "Mrs Tuck at 5 Castle Wynd",
        "We live at Gull Cottage, Weybourne, NR25 7SZ",
    ],
)
def test_a_door_with_its_postcode_or_somebody_behind_it_is_a_home(text: str) -> None:
    assert kinds(text) == [Kind.ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "Find us at NR27 9EX",
        "The light outside 14 Mill Lane is out",
        "Meet at 10 in the car park, XX27 9EX",
        "Nelson lived at 14 Mill Lane",
        "We live in hope, 2 weeks on",
        "The Old Chapel is at NR25 7SZ",
    ],
)
def test_a_postcode_alone_and_a_place_are_nobody_s_home(text: str) -> None:
    assert kinds(text) == []
