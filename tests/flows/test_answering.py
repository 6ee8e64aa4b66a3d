"""Whom a reader answers, on the demo town: the officer of the council file, or the operator."""

from __future__ import annotations

import email
from email.policy import default
from typing import TYPE_CHECKING

from demo import manifest
from flows import plan as plans
from flows import stages
from reports.email import BYTES, WORDS, words
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from email.message import EmailMessage

    import pytest

    from demo.world import World

KNOWN = manifest.load()
NOBODY = (r'replies_to = ".*"\n', "")
OPERATOR = "support@example.org"


def sent(world: World, *changes: tuple[str, str]) -> EmailMessage:
    plan = plans.weekly(council_with(world, *changes), KNOWN.weekly, fixed=True)
    stages.run(plan, stages.Plain(), str(world.out / "report"))
    (message,) = world.mailbox.messages()
    return email.message_from_bytes(message, policy=default)


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_the_officer_of_the_council_file_is_answered(world: World) -> None:
    message = sent(world, ('replies_to = ".*"', 'replies_to = "mayor@marchwardine.example.org"'))
    assert message["Reply-To"] == "mayor@marchwardine.example.org"
    assert "Reply about item 1: mailto:mayor@marchwardine.example.org?subject=" in text_of(message)
    html = (world.out / "report" / "email.html").read_text("utf-8")
    assert words(html) <= WORDS
    assert len(html.encode()) <= BYTES


def test_without_one_the_operator_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALAUDIT_REPLY_TO", OPERATOR)
    message = sent(world, NOBODY)
    assert message["Reply-To"] == OPERATOR
    assert f"Reply about item 1: mailto:{OPERATOR}?subject=" in text_of(message)


def test_where_nobody_is_named_no_link_is_made_to_the_program(world: World) -> None:
    assert "mailto:" not in text_of(sent(world, NOBODY))
