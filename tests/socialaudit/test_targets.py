from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from socialaudit.records import from_records
from socialaudit.targets import Targets
from tests.records import a_comment, an_account

if TYPE_CHECKING:
    from socialaudit.models import Comment


def of(comment: Comment, *others: Comment) -> tuple[str | None, str]:
    records = from_records([an_account(), comment, *others])
    rows = {row.key: row for row in records.rows(records.comments)}
    return Targets(records.comments, records.accounts).of(rows[comment.key])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cllr Smith you are a moron", ("person", "smith")),
        ("mr. smith is a liar", ("person", "smith")),
        ("the clerk is a moron", ("person", "the clerk")),
        ("@sue_bell you moron", ("person", "@sue_bell")),
        ("@testham you morons", ("council", "")),
        ("You lot are morons", ("council", "")),
        ("Useless council", ("council", "")),
        ("Bloody freezing", (None, "")),
        ("", (None, "")),
    ],
)
def test_whom_a_comment_is_for(text: str, expected: tuple[str | None, str]) -> None:
    assert of(a_comment(text=text)) == expected


def test_a_reply_is_for_the_resident_it_answers_unless_it_names_somebody() -> None:
    above = a_comment(id="29", author="other")
    assert of(a_comment(parent=above.key, text="You moron"), above) == ("resident", "other")
    assert of(a_comment(parent=above.key, text="The clerk!"), above) == ("person", "the clerk")


@pytest.mark.parametrize(
    "above", [a_comment(id="29", own=True, author="us"), a_comment(id="29"), a_comment(id="28")]
)
def test_a_reply_to_the_council_or_to_oneself_is_for_the_council(above: Comment) -> None:
    reply = a_comment(parent="facebook:29", text="You morons")
    assert of(reply, above) == ("council", "")
