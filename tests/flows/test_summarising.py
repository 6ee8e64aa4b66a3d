"""The quarterly summary and the action plan by command, on the demo town."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from demo import manifest
from flows import plan as plans
from flows import stages, summarising
from reports.quarter import Quarter
from socialaudit.cli import main
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from demo.world import World
    from reports.summary import Summary

KNOWN = manifest.load()
Q4 = Quarter(2026, 4)


@pytest.fixture
def audited(world: World) -> World:
    """The town after both Mondays."""
    for day in (KNOWN.first, KNOWN.weekly):
        world.at(day)
        plan = plans.weekly(world.council_file(), day, fixed=True)
        stages.run(plan, stages.Plain(), str(world.out / "report"), email=False)
    return world


def asked(world: World, quarter: str, *more: str) -> Result:
    page = str(world.out / "summary.html")
    given = ["summary", str(world.council_file()), "--quarter", quarter, "--out", page, *more]
    return CliRunner().invoke(main, [*given, "--now", KNOWN.weekly.isoformat()])


def loaded(world: World) -> Summary:
    found, rules = plans.read_files(world.council_file())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    try:
        with store.begin() as tx:
            some = [plans.Plan(found, rules, r) for r in runs.of_council(tx, found.council.id)]
            return summarising.load(tx, some, Q4, KNOWN.weekly.date())
    finally:
        store.close()


def test_the_summary_and_the_plan_are_written(audited: World) -> None:
    plan = audited.out / "plan.csv"
    done = asked(audited, "2026-Q4", "--plan", str(plan))
    assert done.exit_code == 0, done.output
    assert "October to December 2026" in (audited.out / "summary.html").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(plan.read_text("utf-8-sig"))))
    assert sum(int(row["how_many"]) for row in rows) == len(loaded(audited).audit.to_do)
    assert {row["owner"] for row in rows} == {""}


def test_the_numbers_add_up(audited: World) -> None:
    summary = loaded(audited)
    first, last = summary.weeks
    assert summary.start == first
    assert len(summary.before) == first.to_do
    assert len(summary.audit.to_do) == last.to_do
    assert {f.ref for f in summary.fixed} >= {f.ref for f in summary.audit.fixed}
    assert not {f.ref for f in summary.fixed} & {f.ref for f in summary.audit.to_do}


def test_a_quarter_without_a_report_is_a_usage_error(audited: World) -> None:
    for quarter in ("2026-Q3", "2027-Q1"):
        said = asked(audited, quarter)
        assert said.exit_code == 2
        assert "has no weekly report; there are 2026-Q4" in said.stderr
    assert not (audited.out / "summary.html").exists()


def test_what_is_no_quarter_is_a_usage_error(world: World) -> None:
    said = asked(world, "autumn")
    assert (said.exit_code, said.stderr.count("\n")) == (2, 1)
    assert "is not a quarter such as 2026-Q4" in said.stderr


def test_a_page_that_cannot_be_written_is_a_fault_in_one_line(
    audited: World, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    council = str(audited.council_file())
    page = str(tmp_path / "taken" / "summary.html")
    said = CliRunner().invoke(main, ["summary", council, "--quarter", "2026-Q4", "--out", page])
    assert said.exit_code == 1
    assert "cannot write the report into" in said.stderr
