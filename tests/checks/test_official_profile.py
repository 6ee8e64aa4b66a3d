from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from checks.official_profile import Parameters, official_profile
from socialaudit.check import Confidence
from tests.checks.judging import Said, judged
from tests.records import COUNCIL, an_account

if TYPE_CHECKING:
    from socialaudit.models import Account

WHOLE = (
    "The official page of Testham Town Council. Ring 01632 960000. "
    "Please be kind: we hide abuse. https://www.testham.example"
)


def whole(**changes: object) -> Account:
    return an_account(**({"description": WHOLE, "contact": "", "links": ()} | changes))


def said_of(**changes: object) -> Said:
    return judged(official_profile, whole(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"contact": None, "links": None},
        {"description": "News from Testham Town Council. House rules: no abuse.",
         "contact": "clerk@testham.example", "links": ("https://testham.example/contact",)},
        {"description": WHOLE.replace("Ring 01632 960000", "Town Hall, Broad Street")},
    ],
)  # fmt: skip
def test_a_profile_that_says_it_all_will_do(changes: dict[str, object]) -> None:
    said = said_of(**changes)
    assert (said.records, said.examined, said.unknown) == (set(), 1, 0)


def test_what_a_profile_does_not_say_is_one_thing_to_do() -> None:
    said = said_of(description="Lovely Testham").only
    assert said.message == (
        "The profile does not say that it is the council’s own, how to reach the council, "
        "the council’s website or the rules for comments. We cannot see a pinned post."
    )
    assert said.confidence == Confidence.POSSIBLE


@pytest.mark.parametrize(
    ("words", "without", "message"),
    [
        ("The official page of Testham Town Council. ", "", "that it is the council’s own"),
        ("Ring 01632 960000. ", "", "how to reach the council"),
        (" https://www.testham.example", "", "the council’s website"),
        ("Please be kind: we hide abuse. ", "", "the rules for comments"),
    ],
)
def test_each_is_missed(words: str, without: str, message: str) -> None:
    said = said_of(description=WHOLE.replace(words, without)).only
    assert said.message.startswith(f"The profile does not say {message}.")


def test_a_link_elsewhere_is_not_the_councils_website() -> None:
    words = WHOLE.replace("https://www.testham.example", "")
    said = said_of(description=words, links=("https://www.facebook.com/testham",))
    assert said.only.evidence["website"] == "not seen"


@pytest.mark.parametrize(
    "changes",
    [
        {"description": WHOLE.replace("Ring 01632 960000. ", ""), "contact": None},
        {"description": WHOLE.replace(" https://www.testham.example", ""), "links": None},
        {"description": WHOLE.replace("Please be kind: we hide abuse. ", ""), "platform": "x"},
        {"description": None},
    ],
)
def test_what_the_platform_does_not_show_is_unknown(changes: dict[str, object]) -> None:
    said = said_of(**changes)
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)


def test_where_the_councils_website_is_not_known_any_address_may_be_it() -> None:
    said = (
        "Official page of Otherham Parish Council. Ring 01632 960001. Be kind. www.otherham.example"
    )
    council = replace(COUNCIL, website=None)
    assert judged(official_profile, whole(description=said), council=council).records == set()
    silent = whole(description=said.removesuffix(" www.otherham.example"))
    assert "website" in judged(official_profile, silent, council=council).only.message


def test_the_policy_says_what_a_profile_needs() -> None:
    wanted = Parameters(facts=("official", "website"))
    profile = whole(description="The official page. https://www.testham.example")
    assert judged(official_profile, profile, parameters=wanted).examined == 1


def test_where_nobody_can_comment_no_rules_for_comments_are_missed() -> None:
    said = judged(official_profile, an_account(platform="podcast", description="Tunes"))
    assert "house rules" not in said.only.evidence
