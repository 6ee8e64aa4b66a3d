from __future__ import annotations

import email
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import plan as plans
from flows import stages, watching
from socialaudit.errors import NotDelivered, UsageError

if TYPE_CHECKING:
    from demo.world import World

KNOWN = manifest.load()
LATER = timedelta(days=8)
OPERATOR = "operator@example.org"


@pytest.fixture
def audited(world: World) -> World:
    """The town after its weekly audit, which was sent; its folder is the folder of councils."""
    plan = plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)
    stages.run(plan, stages.Plain(), str(world.out / "report"))
    return world


def overdue(world: World, now: datetime) -> list[str]:
    return [one.words for one in watching.overdue([str(world.council_file())], now)]


def test_a_report_of_last_week_is_not_overdue_until_a_day_after_the_next_week(
    audited: World,
) -> None:
    assert overdue(audited, KNOWN.weekly + timedelta(hours=1)) == []
    assert overdue(audited, KNOWN.weekly + timedelta(days=7)) == []
    (late,) = overdue(audited, KNOWN.weekly + LATER)
    assert late == "Its last report was for the week to Sunday 15 November 2026."


def test_a_council_that_was_never_audited_is_overdue(world: World) -> None:
    assert overdue(world, KNOWN.weekly) == ["It has never had a weekly report."]


def test_a_council_file_that_cannot_be_read_is_overdue_too(world: World) -> None:
    world.council_file().write_text("nonsense", "utf-8")
    (found,) = watching.overdue([str(world.out / f"{KNOWN.council.id}.toml")], KNOWN.weekly)
    assert "toml" in found.words


def test_the_operator_gets_one_email_and_the_clerk_none(
    audited: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_OPERATOR", OPERATOR)
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(audited.out))
    before = len(audited.mailbox.messages())
    assert watching.beat(KNOWN.weekly) == 0
    assert len(audited.mailbox.messages()) == before
    assert watching.beat(KNOWN.weekly + LATER) == 1
    (letter,) = audited.mailbox.messages()[before:]
    read = email.message_from_bytes(letter)
    assert (read["To"], read["Subject"]) == (
        OPERATOR,
        "No weekly report for 1 council: social media check",
    )


def test_a_heartbeat_that_nobody_hears_is_a_fault(
    audited: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(audited.out))
    with pytest.raises(UsageError, match="SOCIALAUDIT_OPERATOR"):
        watching.beat(KNOWN.weekly + LATER)
    monkeypatch.setenv("SOCIALAUDIT_OPERATOR", OPERATOR)
    monkeypatch.setenv("SOCIALAUDIT_SMTP_PORT", "1")
    with pytest.raises(NotDelivered):
        watching.beat(KNOWN.weekly + LATER)


def test_without_a_council_there_is_nothing_to_watch() -> None:
    with pytest.raises(UsageError, match="SOCIALAUDIT_COUNCILS"):
        watching.overdue([], KNOWN.weekly)
