from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from flows import plan as plans
from flows import sheets, stages
from socialaudit.errors import UsageError
from socialaudit.finding import Decision, Statement, Verdict
from socialaudit.register import Action, Entry
from socialaudit.store import Store, findings, runs, words
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from demo.world import World

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
DECISIONS = "ref,verdict,reason,by,date,until\n"
STATEMENTS = "clause,by,evidence,date,until,statement\n"
REGISTER = "date,link,action,rule,by\n"
LINK = "https://www.facebook.com/10?comment_id=30"


def a_council(world: World, decisions: str = "", statements: str = "", register: str = "") -> Path:
    """The demo council with spreadsheets of these rows."""
    path = council_with(world, (r"\[records\]", '[records]\ndecisions = "decisions.csv"'))
    (world.out / "decisions.csv").write_text(DECISIONS + decisions, "utf-8")
    (world.out / "statements.csv").write_text(STATEMENTS + statements, "utf-8")
    (world.out / "register.csv").write_text(REGISTER + register, "utf-8")
    return path


def said(path: Path) -> sheets.Said:
    return sheets.read(*plans.read_files(path), NOW)


def test_the_rows_of_all_are_read_in_the_councils_time(world: World) -> None:
    path = a_council(
        world,
        "fb-001,Leave,New lift in May,A. Clerk,1/6/2026,31/5/2027\n",
        "9,A. Clerk,Training record,2026-03-02,2027-03-01,2\n",
        f"9/11/2026,{LINK},Looked at members,Section 5,A. Clerk\n",
    )
    summer = datetime(2026, 5, 31, 23, tzinfo=UTC)
    assert said(path) == sheets.Said(
        (
            Decision(
                council="marchwardine",
                ref="FB-001",
                verdict=Verdict.LEAVE,
                reason="New lift in May",
                by="A. Clerk",
                made_at=summer,
                until=date(2027, 5, 31),
            ),
        ),
        (
            Statement(
                council="marchwardine",
                clause="9",
                by="A. Clerk",
                evidence="Training record",
                made_at=datetime(2026, 3, 2, tzinfo=UTC),
                until=date(2027, 3, 1),
                number=2,
            ),
        ),
        (
            Entry(
                council="marchwardine",
                day=date(2026, 11, 9),
                link=LINK,
                action=Action.LOOKED,
                rule="Section 5",
                by="A. Clerk",
            ),
        ),
    )


def test_a_clause_may_be_named_as_it_is_cited(world: World) -> None:
    path = a_council(
        world, statements='"Section 4, point 14",A. Clerk,Register,2026-03-02,2027-03-01,\n'
    )
    assert [(s.clause, s.number) for s in said(path).statements] == [("4.14", 0)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("FB-001,maybe,x,A,2026-11-01,2027-01-01", "column verdict"),
        ("FB-001,leave,,A,2026-11-01,2027-01-01", "column reason: is empty"),
        ("FB-001,leave,x,,2026-11-01,2027-01-01", "column by: is empty"),
        ("FB-001,leave,x,A,2026-11-01,", "column until"),
        ("FB-001,leave,x,A,2026-11-01,2026-10-31", "is before its date"),
        ("FB-001,leave,x,A,2026-11-01,2028-12-01", "more than two years"),
        ("FB-001,leave,x,A,2026-11-17,2027-12-01", "is in the future"),
        ("=HYPERLINK(1),leave,x,A,2026-11-01,2027-01-01", "column ref"),
    ],
)
def test_a_wrong_decision_is_told_with_row_and_column(
    world: World, row: str, expected: str
) -> None:
    good = "FB-001,leave,x,A,2026-11-01,2027-01-01\n"
    path = a_council(world, good + row + "\n")
    with pytest.raises(UsageError, match=r"decisions\.csv: row 3, column .*") as fault:
        said(path)
    assert expected in str(fault.value)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("4.99,A,x,2026-11-01,2027-01-01,", 'column clause: the policy has no clause "4.99"'),
        ("4.15,A,x,2026-11-01,2027-01-01,", "column clause: the policy asks for no signed"),
        ("9,A,x,2026-11-01,2027-01-01,3", "column statement: clause 9 has 2"),
        ("9,A,x,2026-11-01,2027-01-01,one", "column statement"),
        ("9,A,,2026-11-01,2027-01-01,", "column evidence: is empty"),
    ],
)
def test_a_wrong_statement_is_told_with_row_and_column(
    world: World, row: str, expected: str
) -> None:
    path = a_council(world, statements=row + "\n")
    with pytest.raises(UsageError, match=r"statements\.csv: row 2, column ") as fault:
        said(path)
    assert expected in str(fault.value)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (f"2026-11-31,{LINK},hidden,Abuse,A", 'column date: "2026-11-31" is not a date'),
        (f"2026-11-17,{LINK},hidden,Abuse,A", "column date: 2026-11-17 is in the future"),
        (f",{LINK},hidden,Abuse,A", "column date"),
        ("2026-11-09,the post,hidden,Abuse,A", "column link: must be a web address"),
        ("2026-11-09,=HYPERLINK(1),hidden,Abuse,A", "column link: "),
        (f"2026-11-09,{LINK},removed,Abuse,A", 'column action: "removed" is not one of hidden'),
        (f"2026-11-09,{LINK},hidden,,A", "column rule: is empty"),
        (f"2026-11-09,{LINK},hidden,@rule,A", "column rule: "),
        (f"2026-11-09,{LINK},hidden,{'x' * 1001},A", "column rule: over 1,000 characters"),
        (f"2026-11-09,{LINK},hidden,Abuse,", "column by: is empty"),
    ],
)
def test_a_wrong_line_of_the_register_is_told_with_row_and_column(
    world: World, row: str, expected: str
) -> None:
    good = f"2026-11-09,{LINK},hidden,Abuse,A\n"
    path = a_council(world, register=good + row + "\n")
    with pytest.raises(UsageError, match=r"register\.csv: row 3, column ") as fault:
        said(path)
    assert expected in str(fault.value)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("decisions", "FB-1,leave,x,A,1/11/2026,2027-01-01\nfb-1,leave,x,A,2026-11-01,1/1/2027\n"),
        ("statements", "9,A,x,2026-11-01,2027-01-01,\nSection 9,A,x,2026-11-01,2027-01-01,\n"),
        ("register", f"9/11/2026,{LINK},Hidden,x,A\n2026-11-09,{LINK},hidden,x,A\n"),
    ],
)
def test_a_row_that_stands_twice_is_told_in_whatever_form(
    world: World, name: str, rows: str
) -> None:
    path = a_council(world, **{name: rows})
    with pytest.raises(UsageError, match=rf"{name}\.csv: row 3, column \w+: .* same as row 2"):
        said(path)


def test_a_fault_in_either_stops_the_run_before_anything_is_read_or_kept(world: World) -> None:
    good = "FB-001,leave,x,A,2026-11-01,2027-01-01\n"
    path = a_council(world, good, "4.99,A,x,2026-11-01,2027-01-01,\n")
    with pytest.raises(UsageError, match=r"statements\.csv"):
        plans.weekly(path, NOW, fixed=True)
    assert not (world.out / "socialaudit.db").exists()
    assert [name for name, server in world.servers.items() if server.log] == []


def test_a_run_keeps_the_rows_once_and_acts_on_them(world: World) -> None:
    unknown = "FB-999,leave,x,A,2026-11-01,2027-01-01\n"
    path = a_council(world, unknown, "9,A. Clerk,Register,2026-03-02,2027-03-01,\n")
    before = plans.weekly(path, NOW, fixed=True)
    stages.run(before, stages.Plain())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        stood = findings.of_run(tx, before.run.id).values()
        assert not [f for f in stood if f.clauses == ("9",)]
        assert [d.fingerprint for d in words.decisions(tx, "marchwardine")] == [None]
        ref = next(f.ref for f in stood if f.check == "policy-review")
    store.close()
    later = datetime(2026, 11, 23, 6, tzinfo=UTC)
    path = a_council(world, f"{unknown}{ref},leave,Agenda of May,A,2026-11-17,2027-01-01\n")
    world.at(later)
    after = plans.weekly(path, later, fixed=True)
    stages.run(after, stages.Plain())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        (review,) = (f for f in findings.of_run(tx, after.run.id).values() if f.ref == ref)
        assert (review.status.value, review.to_do) == ("left", False)
        outcomes = {a.check: a.outcome for a in runs.read_assessments(tx, after.run.id)}
        assert outcomes["policy-review"].value == "fail"
        assert len(words.decisions(tx, "marchwardine")) == 2
        assert len(words.statements(tx, "marchwardine")) == 1
        assert runs.broken_link(tx, "marchwardine") is None
    store.close()
