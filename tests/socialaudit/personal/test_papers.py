from __future__ import annotations

import pytest

from socialaudit.personal.kinds import Kind
from socialaudit.personal.reading import details


def kinds(text: str) -> list[Kind]:
    return [detail.kind for detail in details(text)]


@pytest.mark.parametrize(
    "text",
    [
        "blue Fiesta MR13 UTT left across my drive",
        "AB51ABC",
        "whoever drives lc52 abd has a flat tyre, the car is by the church",
        "red car A123 BCD",
        "a van, ABC 123D, tipping rubbish",
        "reg number JAX 1",
    ],
)
def test_a_plate_stands_alone_in_today_s_format_or_beside_a_vehicle(text: str) -> None:
    assert kinds(text) == [Kind.VEHICLE]


@pytest.mark.parametrize(
    "text",
    [
        "The 70s disco",
        "the A149 was shut",
        "NR27 9EX",
        "on 12 May",
        "covid19 jab",
        "GCSE 2026 B12 AND",
    ],
)
def test_roads_postcodes_and_years_are_no_plates(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She was born on 3 March 1962", [Kind.BIRTH]),
        ("DOB 03/03/62", [Kind.BIRTH]),
        ("I was born 3rd of March ’62", [Kind.BIRTH]),
        ("date of birth: 1962-03-03", [Kind.BIRTH]),
        ("Admiral Nelson was born on 29 September 1758", []),
        ("The fair is on 3 March 2027", []),
    ],
)
def test_a_date_of_birth_is_said_to_be_one_of_somebody_alive(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("passport no 925665416", [Kind.PASSPORT]),
        (
            "A passport was handed in, made out to Jean Tuck, with the number 925665416",
            [Kind.PASSPORT],
        ),
        ("reference 925665416", []),
        ("MORGA657054SM9IJ", [Kind.LICENCE]),
        ("MORGA697054SM9IJ", []),
    ],
)
def test_a_passport_needs_its_name_and_a_licence_its_form(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found
