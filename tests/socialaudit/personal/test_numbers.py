from __future__ import annotations

import pytest

from socialaudit.personal.kinds import Kind
from socialaudit.personal.reading import details


def kinds(text: str) -> list[Kind]:
    return [detail.kind for detail in details(text)]


@pytest.mark.parametrize(
    "text",
    [
        "text me 07700 900123",
        "Tel: 01632 960001.",
        "ring (020) 7946 0018 after six",
        "+44 7700 900 456 whatsapp only",
        "+44 (0)1632 960002",
        "her mobile is 07700-900-789",
        "he is in Dublin now, +353 87 123 4567",
        "Ring Jean on 512345",
        "".join(chr(ord(c) + 0x630) if c != " " else c for c in "07700 900123"),
        "O77OO 900123",
        "o77oo 9oo l23",
        "0 7 7 0 0 9 0 0 1 2 3",
        "01632 960\u200b123",
        "Tickets: 07700 900123",
        "to order 07700900123",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(text: str) -> None:
    assert kinds(text) == [Kind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "call 101, or 999 if it is an emergency",
        "ISBN 978-0-19-953556-9",
        "on 01/02/2026 at 10:30",
        "in 2024, 2025 and 2026 we had 1,200 visitors",
        "raised £1234567890 in my dreams",
        "call the plumber by 2026",
        "Zoom meeting, dial in from 7pm: 1 hour",
        "invoice no. 07700900123",
        "order 02079460018 is on its way",
        "0 1 2 3 4 5 6 7 8 9 10, coming!",
    ],
)
def test_other_numbers_are_no_telephones(text: str) -> None:
    assert Kind.PHONE not in kinds(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("943 476 5919", [Kind.HEALTH_NUMBER]),
        ("my NHS number: 9434765919", [Kind.HEALTH_NUMBER]),
        ("NHS no 943-476-5919", [Kind.HEALTH_NUMBER]),
        ("order 9434765919", []),
        ("943 476 5918", []),
    ],
)
def test_an_nhs_number_has_its_checksum_and_its_grouping_or_its_name(
    text: str, found: list[Kind]
) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AB 12 34 56 C", [Kind.INSURANCE]),
        ("jg103759a", [Kind.INSURANCE]),
        ("my ni number is jg 10 37 59 a ta", [Kind.INSURANCE]),
        ("QQ 12 34 56 C", []),
        ("ZZ123456A", []),
        ("meet at me 123456 a day", []),
    ],
)
def test_a_national_insurance_number_has_a_prefix_that_is_given_out(
    text: str, found: list[Kind]
) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4242 4242 4242 4242", [Kind.CARD]),
        ("2223003122003222", [Kind.CARD]),
        ("3782-822463-10005", [Kind.CARD]),
        ("4242 4242 4242 4241", []),
        ("9999 9999 9999 9995", []),
    ],
)
def test_a_card_has_its_checksum_and_a_scheme(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sort code 20-00-00, account 55779911", [Kind.BANK, Kind.BANK]),
        ("pay it into 55779911 s/c 200000", [Kind.BANK, Kind.BANK]),
        ("GB29 NWBK 6016 1331 9268 19", [Kind.BANK]),
        ("GB28 NWBK 6016 1331 9268 19", []),
        ("photo 55779911.jpg of 12-11-26", []),
        ("a full account of the meeting of 12-11-26", []),
    ],
)
def test_an_account_is_one_beside_words_of_banking(text: str, found: list[Kind]) -> None:
    assert kinds(text) == found
