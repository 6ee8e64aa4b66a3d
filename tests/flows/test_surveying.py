from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest
from click.testing import CliRunner

from demo import manifest
from flows import plan as plans
from flows import stages, surveying
from flows.surveying import EVER, survey
from socialaudit.cli import main
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from demo.world import World

MONDAY = manifest.load().weekly


@pytest.fixture
def council(world: World, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(world.out))
    return world.council_file()


def test_a_council_that_was_audited_and_told_stands_well(world: World, council: Path) -> None:
    stages.run(plans.weekly(council, MONDAY, fixed=True), stages.Plain())
    (one,) = survey(MONDAY)
    assert (one.troubles, one.late, one.undelivered) == ((), 0, 0)
    assert one.to_do > 0
    (later,) = survey(MONDAY + timedelta(weeks=2))
    assert later.late == 2


def test_what_is_broken_missing_unread_unsent_or_ending_is_said(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(world.out))
    monkeypatch.setenv("DEMO_X_EXPIRES", f"{MONDAY + timedelta(days=9):%Y-%m-%d}")
    council = council_with(world, (world.servers["youtube"].url, "http://127.0.0.1:9"))
    monkeypatch.setenv("SOCIALAUDIT_SMTP_PORT", "9")
    stages.run(plans.weekly(council, MONDAY, fixed=True), stages.Plain())
    council.with_name("broken.toml").write_text("[council", "utf-8")

    broken, town = survey(MONDAY)
    assert (broken.council, broken.late) == ("broken", EVER)
    assert (town.unread, town.undelivered) == (("YouTube",), 1)
    assert [name for name, _ in town.ending] == ["demo-x"]

    told = CliRunner().invoke(main, ["fleet", "--now", MONDAY.isoformat()])
    assert told.exit_code == 1
    assert told.stdout.splitlines()[0].startswith("broken")


def test_the_operator_gets_a_page_and_one_email(
    world: World, council: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_OPERATOR", "operator@example.org")
    page = tmp_path / "fleet" / "index.html"
    asked = ["fleet", "--email", "--out", str(page), "--now", MONDAY.isoformat()]
    assert CliRunner().invoke(main, asked).exit_code == 1
    assert "It has never had a weekly report" in page.read_text("utf-8")
    (message,) = world.mailbox.messages()
    assert b"To: operator@example.org" in message


def test_a_date_that_is_none_ends_no_survey(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_X_EXPIRES", "next year")
    (one,) = surveying.survey(MONDAY)
    assert one.ending == ()


@pytest.mark.xdist_group("prefect")
def test_the_flow_leaves_a_table_in_prefect(prefect: str, council: Path) -> None:
    from flows.fleet import fleet  # noqa: PLC0415 - loads Prefect

    assert fleet(MONDAY, email=False) == 1
    wanted = {"artifacts": {"key": {"any_": ["fleet"]}}}
    (found,) = httpx.post(f"{prefect}/artifacts/filter", json=wanted).json()
    assert "never had a weekly report" in found["data"]
