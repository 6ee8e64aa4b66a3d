from __future__ import annotations

import pytest

from checks.third_party_publishing import Parameters, third_party_publishing
from socialaudit.check import Confidence
from socialaudit.models import Account, AccountKind, PostKind
from tests.checks.judging import judged
from tests.records import a_post, an_account


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("RT @hillbakery: buns today", "This post passes on what another account wrote."),
        ("Guest blog by Jan Hill", "This post says that a guest wrote or made it."),
        ("This page is managed by Bluewave Media.", "This post says that a supplier published it."),
        ("Scheduled via Hootsuite", "This post says that a program published it."),
    ],
)
def test_what_somebody_else_made_is_possible_and_named(text: str, message: str) -> None:
    said = judged(third_party_publishing, a_post(text=text))
    assert (said.only.message, said.only.confidence) == (message, Confidence.POSSIBLE)


def test_a_repost_that_the_platform_calls_one_is_certain() -> None:
    shared = a_post(
        text="Lovely!", kind=PostKind.REPOST, links=("https://www.facebook.com/hillbakery/posts/1",)
    )
    said = judged(third_party_publishing, shared)
    assert said.only.confidence == Confidence.CERTAIN
    assert said.only.evidence["from"] == "hillbakery"


def test_public_bodies_and_partners_are_set_aside_with_the_reason() -> None:
    police = a_post(text="RT @NorfolkPolice: bike marking")
    bakery = a_post(id="11", text="RT @hillbakery: buns today")
    said = judged(third_party_publishing, police, bakery)
    assert said.observations[police.key].excused == "It comes from a public body."
    assert said.observations[bakery.key].excused == ""
    wanted = Parameters(partners=("@HillBakery",), public_bodies=False)
    said = judged(third_party_publishing, police, bakery, parameters=wanted)
    assert said.observations[police.key].excused == ""
    assert said.observations[bakery.key].excused == "It comes from a partner that the policy names."


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to our contractors for mending the bench.",
        "A talk by Jan Hill in the library.",
        "On behalf of the council, thank you all.",
        "Book via the website.",
    ],
)
def test_what_the_council_wrote_is_well(text: str) -> None:
    assert judged(third_party_publishing, a_post(text=text)).records == set()


def a_supplier(**changes: object) -> Account:
    plain: dict[str, object] = {
        "kind": AccountKind.SUPPLIER,
        "name": "Visit Testham",
        "description": "",
    }
    return an_account(**(plain | changes))


def test_a_suppliers_account_says_for_whom_it_publishes() -> None:
    assert judged(third_party_publishing, a_supplier()).records == {"facebook:1"}
    for words in ("For Testham Town Council.", "We post for the council in Testham."):
        assert judged(third_party_publishing, a_supplier(description=words)).records == set()
    ours = an_account(name="Something else", description="")
    assert judged(third_party_publishing, ours).records == set()


def test_what_was_not_told_is_unknown() -> None:
    said = judged(third_party_publishing, a_post(text=None), a_supplier(description=None))
    assert (said.records, said.examined, said.unknown) == (set(), 0, 2)
