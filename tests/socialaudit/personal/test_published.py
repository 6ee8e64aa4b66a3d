from __future__ import annotations

from dataclasses import replace

import pytest

from socialaudit.personal.published import IMPRINT, OFFICE, PLANNING, Published, excuse
from socialaudit.personal.reading import details
from tests.records import COUNCIL

OURS = Published.of(replace(COUNCIL, contacts=(*COUNCIL.contacts, "2 Church Street, NR27 9ER")))


def why(text: str) -> str:
    (detail,) = details(text)
    return OURS.nobodys(text, detail)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ring 01632 960000", "the council’s own published contact"),
        ("Ring +44 1632 960000", "the council’s own published contact"),
        ("Ring 960000", "the council’s own published contact"),
        ("Write to mayor.office@testham.example", "the council’s own published contact"),
        ("2 Church St NR27 9ER", "the council’s own published contact"),
        ("0300 123 4567", "a service number"),
        ("Call 0800 555 111 free", "a service number"),
        ("The surgery is on 01632 961111", "the number of an organisation"),
        ("Floodline: 01632 961112", "the number of an organisation"),
        ("01632 961113 (Citizens Advice)", "the number of an organisation"),
        ("To book call 01632 961114", "a line for enquiries"),
        ("Bcc: everyone@example.org", "the mailbox of an organisation"),
        ("planning@bigcouncil.gov.uk", "an official address"),
        ("bookings@theplayhouse.example", "the mailbox of an organisation"),
        ("testhamcarnival@gmail.com", "the mailbox of an organisation"),
        ("Testham Museum, 14 Mill Lane, NR27 9EX", "the address of an organisation"),
    ],
)
def test_what_is_nobody_s_says_why(text: str, reason: str) -> None:
    assert why(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "Ring Jean on 01632 961111",
        "Ask at the museum for Jean, her number is 01632 961111",
        "my number is 07700 900123",
        "07700 900123",
        "jean.tuck@gmail.com",
        "Jean of the Museum Trust lives at 14 Mill Lane",
        "To book ring Jean on 01632 961114",
    ],
)
def test_what_is_somebody_s_has_no_reason(text: str) -> None:
    assert why(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Your councillor is Jean Tuck, 07700 900123", OFFICE),
        ("PC Hughes, 07700 900123", OFFICE),
        ("cllr.tuck@gmail.com", OFFICE),
        ("Cllr Tuck's wife is on 07700 900123", ""),
        ("Jean Tuck MP is in town on Friday. Ring 01632 961111", OFFICE),
        ("Jean Tuck MP is in town on Friday. Ring Bob on 01632 961111", ""),
        ("Extension at 14 Mill Lane NR27 9EX", PLANNING),
        ("Promoted by J Tuck, 14 Mill Lane, NR27 9EX", IMPRINT),
        ("Jean Tuck, 07700 900123", ""),
    ],
)
def test_what_must_be_public_is_excused(text: str, reason: str) -> None:
    (detail,) = details(text)
    assert excuse(text, detail) == reason


@pytest.mark.parametrize(
    ("text", "ours", "reason"),
    [
        ("Ring 01632 961111 if you cannot get home.", True, "a line for enquiries"),
        ("Ring 01632 961111 if you cannot get home.", False, ""),
        ("Ring us on 01632 961111", False, "a line for enquiries"),
        ("Ring Helen on 01632 961111", True, ""),
        ("Helen Tuck, treasurer\n01632 961111", True, ""),
        ("Ring 07700 900123 if you cannot get home.", True, ""),
        ("Give to the Council's account 55779911", True, "the account of an organisation"),
        ("The council lost it, my account is 55779911", True, ""),
        ("Our new little van, MR13 UTT, is here", True, "a vehicle of the council"),
        ("Our new little van, MR13 UTT, is here", False, ""),
    ],
)
def test_the_council_s_own_words_speak_of_its_office_its_account_and_its_vans(
    text: str, *, ours: bool, reason: str
) -> None:
    (detail,) = details(text)
    assert OURS.nobodys(text, detail, ours=ours) == reason


def test_a_mailbox_that_anybody_can_have_is_no_domain_of_the_council() -> None:
    gmail = Published.of(replace(COUNCIL, contacts=("testham@gmail.com",), website=None))
    assert gmail.domains == frozenset()
    text = "jean.tuck@gmail.com"
    assert gmail.nobodys(text, details(text)[0]) == ""
