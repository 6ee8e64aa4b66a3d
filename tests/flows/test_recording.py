"""What officers say by command: kept, or refused in one line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from flows import plan as plans
from flows import stages
from socialaudit.cli import main
from socialaudit.store import Store, findings, runs, words

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from demo.world import World

MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)
NEXT = datetime(2026, 11, 23, 6, tzinfo=UTC)
NOW = ("--now", "2026-11-17T09:00:00Z")
WHY = ("--reason", "It is a place.", "--by", "A. Clerk")
SIGNED = ("--by", "A. Clerk", "--evidence", "Register")


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, *NOW])


def refused(*arguments: str) -> str:
    said = invoke(*arguments)
    assert (said.exit_code, said.stdout) == (2, "")
    return said.stderr.strip()


def audited(world: World, now: datetime = MONDAY) -> tuple[Path, dict[str, Any]]:
    world.at(now)
    path = world.council_file()
    folder = world.out / now.date().isoformat()
    stages.run(plans.weekly(path, now, fixed=True), stages.Plain(), str(folder), email=False)
    return path, json.loads((folder / "results.json").read_text("utf-8"))


def store_of(world: World) -> Store:
    return Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])


def of_check(results: dict[str, Any], check: str) -> list[dict[str, Any]]:
    return [f for f in results["findings"] if f["check"] == check]


def test_a_mistake_leaves_the_list_and_the_outcome_stays(world: World) -> None:
    path, before = audited(world)
    found = of_check(before, "image-description")[0]
    done = invoke(
        "decide", str(path), found["ref"].lower(), "mistake", *WHY, "--until", "2027-11-30"
    )
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        f"{found['ref']}: marked as a mistake until 2027-11-30, from the next check on\n"
    )
    _, after = audited(world, NEXT)
    (now,) = (f for f in after["findings"] if f["ref"] == found["ref"])
    assert now["status"] == "mistake"
    assert after["totals"]["mistake"] == 1
    (outcome,) = (
        a["outcome"]
        for a in after["assessments"]
        if (a["check"], a["account"]) == (found["check"], found["account"])
    )
    assert outcome == "fail"
    with store_of(world).begin() as tx:
        (decision,) = words.decisions(tx, "marchwardine")
        stood = findings.of_run(tx, before["run"]["id"])[found["fingerprint"]]
        assert stood.subject is not None
        assert decision.fingerprint == found["fingerprint"]
        assert decision.words_sha256 == stood.subject.words_sha256 is not None
        assert runs.broken_link(tx, "marchwardine") is None


def test_a_signed_statement_takes_its_items_off_the_list(world: World) -> None:
    path, before = audited(world)
    open_ = [f["ref"] for f in of_check(before, "signed-statements")]
    assert [ref[:4] for ref in open_] == ["STF-", "STF-"]
    done = invoke("state", str(path), "9", *SIGNED, "--statement", "1", "--until", "2027-11-30")
    assert (done.exit_code, done.stdout) == (0, "9: signed by A. Clerk until 2027-11-30\n")
    _, after = audited(world, NEXT)
    status = {f["ref"]: f["status"] for f in of_check(after, "signed-statements")}
    assert status == dict(zip(open_, ("fixed", "open"), strict=True))
    text = (world.out / NEXT.date().isoformat() / "email.txt").read_text("utf-8")
    assert "1 of 2 statements signed" in text


def test_the_review_of_the_policy_is_the_councils_first_reference(world: World) -> None:
    _, results = audited(world)
    assert [f["ref"] for f in of_check(results, "policy-review")] == ["POL-001"]
    assert [f["clauses"] for f in of_check(results, "signed-statements")] == [["9"], ["9"]]


def test_a_decision_on_what_nothing_was_called_names_the_nearest(world: World) -> None:
    path, _ = audited(world)
    line = refused("decide", str(path), "POL-002", "leave", *WHY, "--until", "2027-01-31")
    assert 'nothing has had the reference "POL-002"; did you mean "POL-001"?' in line


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"until": "2026-11-16"}, "--until 2026-11-16 is in the past"),
        ({"until": "2028-12-01"}, "--until 2028-12-01 is more than two years ahead"),
        ({"reason": " "}, "--reason must be one line"),
        ({"by": "x" * 301}, "--by must be one line"),
        ({"by": "A\u202eB"}, "--by must be one line"),
    ],
)
def test_a_wrong_decision_is_refused_in_one_line(
    world: World, change: dict[str, str], expected: str
) -> None:
    given = {"until": "2027-01-31", "reason": "x", "by": "A", **change}
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    line = refused("decide", str(world.council_file()), "POL-001", "leave", *options)
    assert expected in line
    assert "\n" not in line
    with store_of(world).begin() as tx:
        assert words.decisions(tx, "marchwardine") == ()


@pytest.mark.parametrize(
    ("clause", "options", "expected"),
    [
        ("4.41", (), 'no clause "4.41"; did you mean "4.1"'),
        ("4.15", (), "asks for no signed statement"),
        ("9", ("--statement", "3"), "clause 9 has 2"),
        ("9", ("--until", "2020-01-01"), "in the past"),
    ],
)
def test_a_wrong_statement_is_refused_in_one_line(
    world: World, clause: str, options: tuple[str, ...], expected: str
) -> None:
    until = () if "--until" in options else ("--until", "2027-01-31")
    line = refused("state", str(world.council_file()), clause, *SIGNED, *options, *until)
    assert expected in line
    assert "\n" not in line


LINK = "https://www.facebook.com/10?comment_id=30"
BROKEN = ("--rule", "House rule 3", "--by", "A. Clerk")


def test_a_line_of_the_register_is_kept_once(world: World) -> None:
    path = str(world.council_file())
    for _ in range(2):
        done = invoke("register", path, LINK, "hidden", *BROKEN)
        assert (done.exit_code, done.stdout) == (0, "2026-11-17: hidden, by A. Clerk\n")
    done = invoke("register", path, LINK, "looked at members", *BROKEN, "--on", "2026-11-02")
    assert done.exit_code == 0, done.output
    with store_of(world).begin() as tx:
        kept = words.entries(tx, "marchwardine")
    assert [(one.day.isoformat(), one.action.value) for one in kept] == [
        ("2026-11-02", "looked at members"),
        ("2026-11-17", "hidden"),
    ]


@pytest.mark.parametrize(
    ("link", "options", "expected"),
    [
        ("the post", (), "LINK must be a web address"),
        (LINK, ("--on", "2026-11-18"), "--on 2026-11-18 is in the future"),
        (LINK, ("--rule", " "), "--rule must be one line"),
        (LINK, ("--by", "A\u202eB"), "--by must be one line"),
    ],
)
def test_a_wrong_line_of_the_register_is_refused(
    world: World, link: str, options: tuple[str, ...], expected: str
) -> None:
    path = str(world.council_file())
    assert expected in refused("register", path, link, "hidden", *BROKEN, *options)


@pytest.mark.parametrize("missing", ["--reason", "--by", "--until"])
def test_a_decision_has_reason_name_and_last_day(world: World, missing: str) -> None:
    options = [*WHY, "--until", "2027-01-31"]
    place = options.index(missing)
    del options[place : place + 2]
    assert missing in refused("decide", str(world.council_file()), "FB-001", "leave", *options)


def test_an_extra_check_asks_nothing_about_the_council(world: World) -> None:
    path, _ = audited(world)
    plan = plans.incident(path, NEXT, accounts=["x"], reason="Asked.", fixed=True)
    stages.run(plan, stages.Plain(), email=False)
    with store_of(world).begin() as tx:
        stood = findings.of_run(tx, plan.run.id).values()
        assert {f.account for f in stood} <= {"x"}
        assert "policy-review" not in {a.check for a in runs.read_assessments(tx, plan.run.id)}


@pytest.mark.xdist_group("prefect")
@pytest.mark.usefixtures("prefect")
def test_the_forms_keep_what_the_commands_keep(world: World) -> None:
    from flows.record_decision import record_decision  # noqa: PLC0415 - loads Prefect
    from flows.record_moderation import record_moderation  # noqa: PLC0415 - likewise
    from flows.record_statement import record_statement  # noqa: PLC0415 - likewise
    from socialaudit.finding import Verdict  # noqa: PLC0415 - beside them
    from socialaudit.register import Action  # noqa: PLC0415 - beside them

    path, _ = audited(world)
    until = datetime(2027, 1, 31, tzinfo=UTC).date()
    now = datetime(2026, 11, 17, 9, tzinfo=UTC)
    decided = record_decision(str(path), "POL-001", Verdict.LEAVE, "Agenda", "A. Clerk", until, now)
    signed = record_statement(str(path), "9", "A. Clerk", "Register", until, 2, now)
    written = record_moderation(str(path), LINK, Action.DELETED, "House rule 3", "A", None, now)
    assert (decided, signed, written) == ("POL-001", "9", LINK)
    with store_of(world).begin() as tx:
        assert [d.verdict for d in words.decisions(tx, "marchwardine")] == [Verdict.LEAVE]
        assert words.statements(tx, "marchwardine")[-1].number == 2
        assert words.entries(tx, "marchwardine")[-1].day == now.date()
