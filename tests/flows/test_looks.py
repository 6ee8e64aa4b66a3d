"""Places where no program can read: what people wrote down of them, from council file to report."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from flows import examination, sheets, stages
from flows import plan as plans
from socialaudit.cli import main
from socialaudit.errors import UsageError
from socialaudit.looking import Look
from socialaudit.store import Store, runs, words
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from demo.world import World

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
SAID = ("--saw", "Two questions about bins, both answered", "--by", "A. Clerk")
NOW = ("--now", "2026-11-17T09:00:00Z")
GROUP = """
[[account]]
id = "group"
platform = "by-hand"
title = "Facebook group Marchwardine Chat"
handle = "https://www.facebook.com/groups/7"
every_days = 14
look_for = "abuse, and questions to the council"
"""


def a_council(world: World, rows: str = "") -> Path:
    """The demo council with a group that only people can look at, and a spreadsheet of looks."""
    path = council_with(world, (r"\[records\]", '[records]\nlooks = "looks.csv"'))
    path.write_text(path.read_text("utf-8") + GROUP, "utf-8")
    (world.out / "looks.csv").write_text("date,account,seen,by,until\n" + rows, "utf-8")
    return path


def audited(world: World, path: Path, now: datetime = MONDAY) -> tuple[dict[str, Any], Path]:
    world.at(now)
    folder = world.out / now.date().isoformat()
    stages.run(plans.weekly(path, now, fixed=True), stages.Plain(), str(folder), email=False)
    return json.loads((folder / "results.json").read_text("utf-8")), folder


def of_group(results: dict[str, Any]) -> list[dict[str, Any]]:
    return [f for f in results["findings"] if f["account"] == "group"]


def told(folder: Path) -> str:
    """The text part of the email, with ordinary spaces and no line breaks."""
    return " ".join((folder / "email.txt").read_text("utf-8").split())


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, *NOW])


def test_a_place_at_which_nobody_looked_is_a_thing_to_do(world: World) -> None:
    results, folder = audited(world, a_council(world))
    (finding,) = of_group(results)
    assert (finding["ref"], finding["check"]) == ("BY-001", "monitoring-gaps")
    (account,) = (a for a in results["accounts"] if a["id"] == "group")
    assert (account["status"], account["requests"], account["seen"]) == ("not read", 0, None)
    assert {a["outcome"] for a in results["assessments"] if a["account"] == "group"} == {
        "fail",
        "not assessed",
    }
    text = told(folder)
    assert (
        "Facebook group Marchwardine Chat: not checked. Nobody has written down a look at it. "
        "No program can read it. Look for: abuse, and questions to the council. See item" in text
    )
    page = (folder / "report.html").read_text("utf-8")
    assert "Look at Facebook group Marchwardine Chat, and write it down" in page
    assert "Write down the day, who looked, and what was seen." in page


def test_a_place_at_which_people_looked_is_seen_and_never_passed(world: World) -> None:
    path = a_council(world, "10/11/2026,Group,Two questions,A. Clerk (clerk),\n")
    results, folder = audited(world, path)
    assert of_group(results) == []
    (account,) = (a for a in results["accounts"] if a["id"] == "group")
    assert account["status"] == "not read"
    assert account["seen"] == {"on": "2026-11-10", "by": "A. Clerk (clerk)", "until": "2026-11-24"}
    outcomes = {a["check"]: a["outcome"] for a in results["assessments"] if a["account"] == "group"}
    assert outcomes.pop("monitoring-gaps") == "not applicable"
    assert set(outcomes.values()) == {"not assessed"}
    assert all("group" in c["unchecked_accounts"] for c in results["clauses"] if c["id"] == "5")
    text = told(folder)
    assert (
        "Facebook group Marchwardine Chat: seen by people on Tuesday 10 November, "
        "by A. Clerk (clerk). No program can read it, so we did not check it. "
        "The next look is due by Tuesday 24 November." in text
    )
    assert "Facebook group Marchwardine Chat seen by people only" in text
    assert "Two questions" not in text
    assert "Seen by people" in (folder / "report.html").read_text("utf-8")


def test_a_look_that_ran_out_is_a_thing_to_do_again(world: World) -> None:
    path = a_council(world, "2026-11-03,group,Nothing,A. Clerk,2026-11-15\n")
    (finding,) = of_group(audited(world, path)[0])
    assert finding["status"] == "new"
    (world.out / "looks.csv").write_text(
        "date,account,seen,by\n17/11/2026,group,Nothing,A. Clerk\n", "utf-8"
    )
    results, _ = audited(world, path, datetime(2026, 11, 23, 6, tzinfo=UTC))
    (again,) = of_group(results)
    assert (again["ref"], again["status"]) == (finding["ref"], "fixed")


def test_the_digest_of_a_run_covers_the_looks_that_it_knew(world: World) -> None:
    path = a_council(world, "10/11/2026,group,Two questions,A. Clerk,\n")
    audited(world, path)
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        (kept,) = words.looks(tx, "marchwardine")
        assert kept.until == date(2026, 11, 24)
        assert runs.broken_link(tx, "marchwardine") is None
        tx.exec_driver_sql("update looks set seen = 'Nothing at all'")
        assert runs.broken_link(tx, "marchwardine") is not None
    store.close()


def test_a_look_by_command_holds_as_long_as_the_council_file_says(world: World) -> None:
    path = str(a_council(world))
    done = invoke("look", path, "group", *SAID, "--on", "2026-11-14")
    assert (done.exit_code, done.stdout) == (
        0,
        "group: seen on 2026-11-14 by A. Clerk, holds until 2026-11-28\n",
    )
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        assert words.looks(tx, "marchwardine") == (
            Look(
                council="marchwardine",
                account="group",
                day=date(2026, 11, 14),
                by="A. Clerk",
                seen="Two questions about bins, both answered",
                until=date(2026, 11, 28),
            ),
        )
    store.close()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("grop", *SAID), 'no such by-hand account: "grop"; did you mean "group"?'),
        (("facebook", *SAID), '"facebook" is read by a program'),
        (("group", *SAID, "--on", "2026-11-18"), "--on 2026-11-18 is in the future"),
        (("group", *SAID, "--until", "2026-11-16"), "is in the past"),
        (("group", *SAID, "--until", "2029-11-16"), "more than two years ahead"),
        (("group", "--saw", " ", "--by", "A. Clerk"), "--saw must be one line"),
        (("group", "--saw", "x", "--by", "A\u202eB"), "--by must be one line"),
    ],
)
def test_a_look_that_cannot_be_is_refused_in_one_line(
    world: World, arguments: tuple[str, ...], expected: str
) -> None:
    said = invoke("look", str(a_council(world)), *arguments)
    assert (said.exit_code, said.stdout) == (2, "")
    assert expected in said.stderr


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2026-11-10,grop,x,A,", 'row 2, column account: no such by-hand account: "grop"'),
        ("2026-11-10,facebook,x,A,", 'row 2, column account: "facebook" is read by a program'),
        ("2026-11-17,group,x,A,", "row 2, column date: 2026-11-17 is in the future"),
        ("10.11.2026,group,x,A,", "row 2, column date"),
        ("2026-11-10,group,,A,", "row 2, column seen: is empty"),
        ("2026-11-10,group,x,,", "row 2, column by: is empty"),
        ("2026-11-10,group,=1+1,A,", 'row 2, column seen: "=1+1" starts as a formula does'),
        ("2026-11-10,group,x,A,2026-11-09", "row 2, column until: 2026-11-09 is before its date"),
        ("2026-11-10,group,x,A,2028-12-09", "row 2, column until: 2028-12-09 is more than two"),
        ("2026-11-10,group,x,A,\n10/11/2026,group,x,A,24/11/2026", "row 3, column date: says the same as row 2"),
    ],
)  # fmt: skip
def test_a_fault_in_the_spreadsheet_is_told_with_its_place(
    world: World, row: str, expected: str
) -> None:
    files = plans.read_files(a_council(world, row + "\n"))
    with pytest.raises(UsageError) as fault:
        sheets.read(*files, MONDAY)
    assert expected in str(fault.value)


def test_the_doctor_says_who_looked_and_until_when_it_holds(world: World) -> None:
    path = a_council(world)
    assert doctors_word(path) == (False, "only people can look at it, and nobody wrote it down")
    (world.out / "looks.csv").write_text(
        "date,account,seen,by,until\n1/11/2026,group,Nothing,A. Clerk,1/11/2028\n", "utf-8"
    )
    assert doctors_word(path) == (
        True,
        "seen by people on 2026-11-01, by A. Clerk; holds until 2028-11-01",
    )


def doctors_word(path: Path) -> tuple[bool, str]:
    return next(
        (s.good, s.said) for s in examination.examine(str(path)) if s.what == "account group"
    )


def test_what_people_look_at_is_never_looked_back_on(world: World) -> None:
    path = a_council(world)
    audited(world, path)
    audited(world, path, datetime(2026, 11, 23, 6, tzinfo=UTC))
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        closed = runs.of_council(tx, "marchwardine")
        assert [run.kind.value for run in closed] == ["first", "weekly", "weekly"]
        assert "group" not in closed[0].accounts
    store.close()
