from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import checks as checks_folder
from socialaudit.check import PUBLIC_IDS, Check, Confidence, NoParameters, Urgency
from socialaudit.errors import UsageError
from socialaudit.finding import (
    Assessment,
    Decision,
    Finding,
    Outcome,
    Statement,
    Status,
    Verdict,
)
from socialaudit.policy import Clause, Group, Policy, Standing, State, load, overall, standings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.check import Context, Observation, Scope
    from socialaudit.records import Records

CROMER = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"


@dataclass(frozen=True)
class Hours:
    hours: int = 24
    words: tuple[str, ...] = ()


def judge(_records: Records, _context: Context) -> Iterator[Observation | Scope]:
    yield from ()


def a_check(name: str, parameters: type = NoParameters) -> Check:
    return Check(
        id=name,
        title="Videos have captions",
        examines="media",
        needs=(),
        kinds=frozenset(),
        urgency=Urgency.WEEK,
        instruction="",
        joined="",
        fixed="",
        why="",
        how={},
        minutes=1,
        references=(),
        parameters=parameters,
        judge=judge,
    )


CHECKS = {
    "video-captions": a_check("video-captions"),
    "unanswered-comments": a_check("unanswered-comments", Hours),
}

HEADING = """
[policy]
id = "cromer-2016"
title = "Social Media Policy"
council = "Cromer Town Council"
adopted = "2016-05"
review_due = "2017-05"
source = "The adopted text"
"""
CLAUSES = """
[[clause]]
id = "5"
title = "Comments are watched"
cite = "Section 5"
text = "Social media tools need to be monitored."
checks = ["unanswered-comments"]

[[clause]]
id = "10.3"
title = "Videos have captions"
cite = "Section 10, paragraph 3"
text = "Content may not be accessible to all."
checks = ["video-captions"]
planned = ["audio-transcript"]
"""
GROUPS = """
[[group]]
title = "All of it"
cite = "Sections 5 and 10"
clauses = ["5", "10.3"]
"""
WHOLE = HEADING + CLAUSES + GROUPS


def a_policy_file(tmp_path: Path, text: str = WHOLE) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_policy_is_read_whole(tmp_path: Path) -> None:
    path = a_policy_file(tmp_path, WHOLE + "[checks.unanswered-comments]\nhours = 48\n")
    assert load(path, CHECKS) == Policy(
        id="cromer-2016",
        title="Social Media Policy",
        council="Cromer Town Council",
        adopted=date(2016, 5, 1),
        review_due=date(2017, 5, 31),
        source="The adopted text",
        sha256=sha256(path.read_bytes()).hexdigest(),
        clauses=(
            Clause(
                "5",
                "Comments are watched",
                "Section 5",
                "Social media tools need to be monitored.",
                checks=("unanswered-comments",),
            ),
            Clause(
                "10.3",
                "Videos have captions",
                "Section 10, paragraph 3",
                "Content may not be accessible to all.",
                checks=("video-captions",),
                planned=("audio-transcript",),
            ),
        ),
        groups=(Group("All of it", "Sections 5 and 10", ("5", "10.3")),),
        parameters={"unanswered-comments": Hours(48), "video-captions": NoParameters()},
    )


def test_a_silent_file_leaves_parameters_at_their_defaults(tmp_path: Path) -> None:
    assert load(a_policy_file(tmp_path), CHECKS).parameters == {
        "unanswered-comments": Hours(),
        "video-captions": NoParameters(),
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('words = ["one", ""]', "[checks.unanswered-comments] words 2: must be one line"),
        ('words = ["a\\nb"]', "[checks.unanswered-comments] words 1: must be one line"),
        (f'words = ["{"a" * 301}"]', "[checks.unanswered-comments] words 1: must be one line"),
        (f"words = {['a' * 300] * 67}", "[checks.unanswered-comments]: over 20,000 characters"),
        ("hours = 100001", "[checks.unanswered-comments] hours: must be at most 100,000"),
        ("hours = 9999999999999999999999", "hours: must be at most 100,000"),
    ],
)
def test_parameters_that_no_check_could_work_with_are_refused(
    tmp_path: Path, line: str, expected: str
) -> None:
    path = a_policy_file(tmp_path, f"{WHOLE}[checks.unanswered-comments]\n{line}\n")
    with pytest.raises(UsageError) as fault:
        load(path, CHECKS)
    assert expected in str(fault.value)
    assert "\n" not in str(fault.value)


def test_dates_may_be_days_and_the_review_may_be_unsaid(tmp_path: Path) -> None:
    text = WHOLE.replace('"2016-05"', "2016-05-17").replace('review_due = "2017-05"\n', "")
    policy = load(a_policy_file(tmp_path, text), CHECKS)
    assert (policy.adopted, policy.review_due) == (date(2016, 5, 17), None)


def test_a_policy_tells_its_checks_and_their_clauses(tmp_path: Path) -> None:
    policy = load(a_policy_file(tmp_path), CHECKS)
    assert policy.checks == ("unanswered-comments", "video-captions")
    assert policy.clauses_of("video-captions") == ("10.3",)
    assert policy.clauses_of("audio-transcript") == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'id = "5"\n',
            'id = "5"\nchekcs = []\n',
            '[[clause]] "5": unknown key "chekcs"; did you mean "checks"?',
        ),
        (
            '["video-captions"]',
            '["video-caption"]',
            '[[clause]] "10.3" checks: no such check "video-caption"; did you mean "video-captions"?',
        ),
        (
            '["video-captions"]',
            '["plain-english"]',
            '[[clause]] "10.3" checks: the check "plain-english" is not built yet; name it under planned',
        ),
        (
            '["audio-transcript"]',
            '["video-captions"]',
            '[[clause]] "10.3": "video-captions" stands twice; remove or rename one',
        ),
        (
            '["audio-transcript"]',
            '["unanswered-comments"]',
            '[[clause]] "10.3" planned: "unanswered-comments" exists; move it to checks',
        ),
        (
            '["audio-transcript"]',
            '["audio-transcripts"]',
            '[[clause]] "10.3" planned: no check "audio-transcripts" is planned; did you mean "audio-transcript"?',
        ),
        (
            'checks = ["unanswered-comments"]',
            "",
            '[[clause]] "5": give either nothing_to_check with a reason, or some of checks, statements and planned',
        ),
        (
            'checks = ["unanswered-comments"]',
            'checks = ["unanswered-comments"]\nnothing_to_check = "It is a definition."',
            '[[clause]] "5": give either nothing_to_check with a reason, or some of checks, statements and planned',
        ),
        (
            'checks = ["unanswered-comments"]',
            'nothing_to_check = " "',
            '[[clause]] "5": give either nothing_to_check with a reason, or some of checks, statements and planned',
        ),
        ('id = "10.3"', 'id = "5"', '[[clause]]: "5" stands twice; remove or rename one'),
        (
            'id = "10.3"',
            'id = "10 3"',
            '[[clause]] "10 3" id: must be letters and digits joined by dots: 4.16',
        ),
        (
            '["5", "10.3"]',
            '["5", "10.4"]',
            '[[group]] "All of it": no clause has the id "10.4"; did you mean "10.3"?',
        ),
        (
            '["5", "10.3"]',
            '["5", "10.3", "5"]',
            '[[group]] "All of it": clause "5" is already in "All of it"; remove one',
        ),
        (
            '["5", "10.3"]',
            '["5"]',
            '[[clause]] "10.3": is in no group; add it to the clauses of one [[group]]',
        ),
        (
            '"2016-05"',
            '"May 2016"',
            "[policy] adopted: must be a month or a day: 2016-05 or 2016-05-17",
        ),
        ('"2016-05"', '"2016-02-30"', "[policy] adopted: day is out of range for month"),
        (
            GROUPS,
            GROUPS + "[checks.unanswered-comments]\nhour = 48\n",
            '[checks.unanswered-comments]: unknown parameter "hour"; did you mean "hours"?',
        ),
        (
            GROUPS,
            GROUPS + '[checks.unanswered-comments]\nhours = "48"\n',
            "[checks.unanswered-comments] hours: must be a whole number, without quotes",
        ),
        (
            GROUPS,
            GROUPS + "[checks.video-captions]\nhours = 48\n",
            '[checks.video-captions]: unknown parameter "hours"; nothing can be set here',
        ),
        (
            GROUPS,
            GROUPS + "[checks.video-caption]\n",
            '[checks.video-caption]: no such check "video-caption"; did you mean "video-captions"?',
        ),
        (
            '["unanswered-comments"]',
            '["video-captions"]\n[checks.unanswered-comments]\n',
            "[checks.unanswered-comments]: no clause cites this check; cite it under checks or remove this",
        ),
        (
            HEADING,
            "checks = 3\n" + HEADING,
            "[checks]: must hold one table for each check: [checks.video-captions]",
        ),
        (
            HEADING,
            HEADING + "[polic]\n",
            'top level: unknown table "polic"; did you mean "policy"?',
        ),
    ],
    ids=range(23),
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    path = a_policy_file(tmp_path, WHOLE.replace(old, new, 1))
    with pytest.raises(UsageError) as caught:
        load(path, CHECKS)
    assert str(caught.value) == f"{path}: {expected}"


def an_assessment(
    check: str, outcome: Outcome, account: str | None = "facebook", examined: int = 0
) -> Assessment:
    return Assessment(check=check, account=account, outcome=outcome, examined=examined)


def a_finding(ref: str, status: Status = Status.NEW, excused: str = "") -> Finding:
    return Finding(
        ref=ref,
        fingerprint="0" * 32,
        check="a",
        clauses=("1",),
        urgency=Urgency.WEEK,
        confidence=Confidence.CERTAIN,
        status=status,
        account="facebook",
        subject=None,
        message="",
        instruction="",
        first_seen=date(2026, 11, 16),
        due=date(2026, 11, 20),
        excused=excused,
        decision=Decision(
            council="cromer",
            ref=ref,
            verdict=Verdict.LEAVE,
            reason="Asked",
            by="Clerk",
            made_at=datetime(2026, 11, 16, tzinfo=UTC),
            until=date(2026, 12, 1),
        )
        if status is Status.LEFT
        else None,
    )


def the_standing(
    *assessments: Assessment,
    findings: tuple[Finding, ...] = (),
    checks: tuple[str, ...] = ("a",),
    statements: tuple[str, ...] = (),
    planned: tuple[str, ...] = (),
    nothing_to_check: str = "",
) -> Standing:
    clause = Clause(
        "1",
        "A clause",
        "Section 1",
        "Words.",
        checks=checks,
        statements=statements,
        planned=planned,
        nothing_to_check=nothing_to_check,
    )
    policy = Policy(
        id="a-policy",
        title="Policy",
        council="A council",
        adopted=date(2016, 5, 1),
        review_due=None,
        source="",
        sha256="",
        clauses=(clause,),
        groups=(),
        parameters={},
    )
    (standing,) = standings(policy, assessments, findings)
    return standing


def test_a_thing_to_do_needs_action_whatever_else_was_not_checked() -> None:
    standing = the_standing(
        an_assessment("a", Outcome.FAIL, "facebook", 3),
        an_assessment("a", Outcome.NOT_ASSESSED, "x"),
        an_assessment("b", Outcome.NOT_ASSESSED, "x"),
        findings=(a_finding("FB-1"),),
        checks=("a", "b"),
    )
    assert standing.state is State.NEEDS_ACTION
    assert standing.findings == ("FB-1",)
    assert standing.unchecked_accounts == ("x",)
    assert standing.examined == 3


@pytest.mark.parametrize("status", [Status.OPEN, Status.RETURNED, Status.NOT_RECHECKED])
def test_what_is_still_to_do_needs_action(status: Status) -> None:
    standing = the_standing(
        an_assessment("a", Outcome.NOT_ASSESSED), findings=(a_finding("FB-1", status),)
    )
    assert standing.state is State.NEEDS_ACTION


@pytest.mark.parametrize(
    ("status", "state"),
    [(Status.LEFT, State.NEEDS_ACTION), (Status.MISTAKE, State.NO_PROBLEM_FOUND)],
)
def test_what_a_person_decided_is_set_aside_and_what_is_left_is_still_a_problem(
    status: Status, state: State
) -> None:
    standing = the_standing(an_assessment("a", Outcome.FAIL), findings=(a_finding("FB-1", status),))
    assert standing.state is state
    assert (standing.findings, standing.set_aside) == ((), ("FB-1",))
    assert standing.left == (("FB-1",) if status is Status.LEFT else ())


def a_statement(clause: str, number: int = 0, **changes: Any) -> Statement:
    said: dict[str, Any] = {
        "council": "testham",
        "clause": clause,
        "number": number,
        "by": "A. Clerk",
        "evidence": "Register",
        "made_at": datetime(2026, 1, 5, tzinfo=UTC),
        "until": date(2026, 12, 31),
    }
    return Statement(**(said | changes))


def test_a_statement_for_the_whole_clause_signs_each_of_its_statements() -> None:
    signed = [s for s in cromer().signatures([a_statement("9")]) if s.until]
    assert [(s.clause, s.number, s.by) for s in signed] == [("9", n, "A. Clerk") for n in (1, 2)]
    assert signed[0].holds(date(2026, 12, 31))
    assert not signed[0].holds(date(2027, 1, 1))


def test_the_newest_word_on_a_statement_counts() -> None:
    later = datetime(2026, 6, 1, tzinfo=UTC)
    given = [
        a_statement("9", 2, until=date(2026, 6, 1), made_at=later, by="B. Mayor"),
        a_statement("9"),
    ]
    found = {s.number: s for s in cromer().signatures(given) if s.clause == "9"}
    assert (found[1].by, found[2].by, found[2].until) == ("A. Clerk", "B. Mayor", date(2026, 6, 1))
    over = [*given, a_statement("9", made_at=later + timedelta(days=1), by="C. Deputy")]
    assert {s.by for s in cromer().signatures(over) if s.clause == "9"} == {"C. Deputy"}


def test_a_clause_counts_the_statements_that_hold_today() -> None:
    policy = cromer()
    given = policy.signatures([a_statement("9", 1)])
    for day, signed in ((date(2026, 11, 16), 1), (date(2027, 1, 1), 0)):
        found = {s.clause.id: s for s in standings(policy, (), (), given, day)}
        assert found["9"].signed == signed


def test_a_finding_about_one_statement_is_no_other_clauses() -> None:
    policy = cromer()
    lapsed = replace(
        a_finding("STF-1"), check="signed-statements", clauses=("9",), account=None, subject=None
    )
    found = {s.clause.id: s.findings for s in standings(policy, (), (lapsed,))}
    assert {clause for clause, refs in found.items() if refs} == {"9"}


def test_what_is_excused_is_set_aside_and_what_is_fixed_is_gone() -> None:
    standing = the_standing(
        an_assessment("a", Outcome.FAIL),
        findings=(a_finding("FB-1", excused="Live"), a_finding("FB-2", Status.FIXED)),
    )
    assert standing.state is State.NO_PROBLEM_FOUND
    assert (standing.findings, standing.set_aside) == ((), ("FB-1",))


def test_partial_coverage_is_named_beside_no_problem_found() -> None:
    standing = the_standing(
        an_assessment("a", Outcome.PASS, "facebook", 4),
        an_assessment("a", Outcome.PASS, "youtube", 2),
        an_assessment("a", Outcome.NOT_ASSESSED, "x"),
    )
    assert standing.state is State.NO_PROBLEM_FOUND
    assert standing.checked_accounts == ("facebook", "youtube")
    assert standing.unchecked_accounts == ("x",)
    assert standing.unchecked == ()
    assert standing.examined == 6


def test_an_account_that_one_check_could_not_look_at_is_not_called_checked() -> None:
    standing = the_standing(
        an_assessment("a", Outcome.PASS, "facebook"),
        an_assessment("b", Outcome.NOT_ASSESSED, "facebook"),
        an_assessment("b", Outcome.PASS, "youtube"),
        checks=("a", "b"),
    )
    assert standing.state is State.NO_PROBLEM_FOUND
    assert standing.checked_accounts == ("youtube",)
    assert standing.unchecked_accounts == ("facebook",)


def test_a_check_that_could_look_nowhere_leaves_its_clause_not_checked() -> None:
    standing = the_standing(
        an_assessment("a", Outcome.PASS),
        an_assessment("b", Outcome.NOT_ASSESSED),
        checks=("a", "b"),
    )
    assert standing.state is State.NOT_CHECKED
    assert standing.unchecked == ("b",)


def test_a_check_without_any_assessment_looked_nowhere() -> None:
    assert the_standing().state is State.NOT_CHECKED


def test_a_check_about_the_council_counts_without_an_account() -> None:
    standing = the_standing(an_assessment("a", Outcome.PASS, None, 1))
    assert standing.state is State.NO_PROBLEM_FOUND
    assert standing.checked_accounts == ()
    assert the_standing(an_assessment("a", Outcome.NOT_ASSESSED, None)).state is State.NOT_CHECKED


def test_nothing_to_examine_this_week_is_no_problem_found() -> None:
    standing = the_standing(an_assessment("a", Outcome.NOT_APPLICABLE))
    assert standing.state is State.NO_PROBLEM_FOUND
    assert (standing.checked_accounts, standing.examined) == (("facebook",), 0)


def test_planned_checks_alone_are_not_checked_and_beside_others_take_nothing_away() -> None:
    assert the_standing(checks=(), planned=("p",)).state is State.NOT_CHECKED
    standing = the_standing(checks=(), planned=("p",), statements=("Signed",))
    assert standing.state is State.NOT_CHECKED
    standing = the_standing(an_assessment("a", Outcome.PASS), planned=("p",))
    assert standing.state is State.NO_PROBLEM_FOUND


def test_a_clause_on_statements_relies_on_them_even_when_none_is_recorded() -> None:
    standing = the_standing(checks=(), statements=("Signed",))
    assert (standing.state, standing.signed) == (State.SIGNED_STATEMENTS, 0)
    standing = the_standing(an_assessment("a", Outcome.PASS), statements=("Signed",))
    assert standing.state is State.SIGNED_STATEMENTS


def test_a_definition_has_nothing_to_check() -> None:
    standing = the_standing(checks=(), nothing_to_check="It is a definition.")
    assert standing.state is State.NOTHING_TO_CHECK


def test_several_clauses_stand_together_as_the_gravest() -> None:
    assert overall(reversed(State)) is State.NEEDS_ACTION
    assert overall([State.NOTHING_TO_CHECK, State.NO_PROBLEM_FOUND]) is State.NO_PROBLEM_FOUND
    assert overall([]) is State.NOTHING_TO_CHECK


def cromer() -> Policy:
    return load(CROMER, checks_folder.load())


def test_the_cromer_policy_numbers_every_part() -> None:
    expected = ["review", "1", "2", "3", *(f"4.{n}" for n in range(1, 17)), "5", "6", "7", "8"]
    expected += ["9", *(f"10.{n}" for n in range(1, 5))]
    assert [clause.id for clause in cromer().clauses] == expected


def test_the_cromer_policy_is_whole_and_in_its_own_words() -> None:
    adopted = CROMER.with_suffix(".txt").read_text("utf-8").splitlines()
    words = [line.removeprefix("- ") for line in adopted if line.strip()]
    headings = [line for line in words if line[0].isdigit()]
    expected = [line for line in words[2:] if line not in headings]
    clauses = {clause.id: clause.text for clause in cromer().clauses}
    clauses["review at the end"] = clauses.pop("review")
    assert [line for text in clauses.values() for line in text.splitlines() if line] == expected


def test_every_public_check_stands_behind_the_cromer_policy() -> None:
    policy = cromer()
    cited = {check for clause in policy.clauses for check in (*clause.checks, *clause.planned)}
    assert cited == PUBLIC_IDS
    assert set(policy.checks) == set(checks_folder.load())


def test_the_cromer_policy_is_one_row_per_subject_in_the_email() -> None:
    policy = cromer()
    assert len(policy.groups) == 9
    assert len(policy.clauses) == 29
    assert (policy.adopted, policy.review_due) == (date(2016, 5, 1), date(2017, 5, 31))
