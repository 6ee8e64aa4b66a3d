from __future__ import annotations

import pytest

from checks.separate_accounts import separate_accounts
from socialaudit.check import Confidence
from socialaudit.models import AccountKind
from tests.checks.judging import Said, judged
from tests.records import an_account


def said_of(description: str | None, name: str = "Sue Bell") -> Said:
    account = an_account(
        kind=AccountKind.STAFF, name=name, handle="suebell", description=description
    )
    return judged(separate_accounts, account)


@pytest.mark.parametrize(
    ("name", "description", "message"),
    [
        (
            "Testham Town Clerk",
            "News from the office. Views my own.",
            "looks official, and says that its views are personal",
        ),
        (
            "Testham Town Clerk",
            "Official. Mum of three.",
            "looks official, and speaks of private life",
        ),
        (
            "Sue Bell",
            "Deputy clerk at Testham Town Council, mum of two and gin lover",
            "names a role at the council beside private life, and keeps neither apart",
        ),
        (
            "Sue Bell",
            "Events officer at Testham Town Council by day, singer by night. Book me!",
            "names a role at the council beside private life, and keeps neither apart",
        ),
        (
            "Sue Bell",
            "Works for Testham Town Council. Also sells cakes.",
            "names a role at the council beside private life, and keeps neither apart",
        ),
    ],
)
def test_a_profile_that_mixes_work_and_private_life_is_possible(
    name: str, description: str, message: str
) -> None:
    said = said_of(description, name).only
    assert said.message == f"The profile of this account {message}."
    assert said.confidence == Confidence.POSSIBLE
    assert "gin" not in str(said.evidence)


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Sue Bell", ""),
        ("Sue Bell", "Mum of two and gin lover"),
        ("Sue Bell", "Deputy clerk at Testham Town Council, mum of two. Views my own."),
        ("Sue Bell", "Deputy clerk at Testham Town Council"),
        ("Testham Town Clerk", "Official account. Watched in office hours."),
    ],
)
def test_what_is_one_or_the_other_will_do(name: str, description: str) -> None:
    said = said_of(description, name)
    assert (said.records, said.examined) == (set(), 1)


def test_what_was_not_told_is_unknown() -> None:
    said = said_of(None)
    assert (said.records, said.examined, said.unknown) == (set(), 0, 1)
