from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from reports import email, web
from reports.changes import settled
from reports.clauses import group_rows
from reports.items import gather
from reports.words import to_look_at
from socialaudit.finding import Decision, Statement, Status, Verdict
from tests.reports.audits import a_finding, an_audit

if TYPE_CHECKING:
    from socialaudit.finding import Finding

LEAVE, MISTAKE = Verdict.LEAVE, Verdict.MISTAKE


def a_decision(until: date, verdict: Verdict = LEAVE, ref: str = "FB-001") -> Decision:
    return Decision(
        council="cromer",
        ref=ref,
        verdict=verdict,
        reason="The lift is ordered.",
        by="A. Clerk",
        made_at=datetime(2026, 10, 1, tzinfo=UTC),
        until=until,
        fingerprint="a" * 32,
    )


def decided(status: Status, until: date, verdict: Verdict = LEAVE) -> Finding:
    return replace(a_finding(), status=status, decision=a_decision(until, verdict))


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (decided(Status.LEFT, date(2026, 12, 16)), "FB-001: your decision to leave it ends on 16 December."),
        (decided(Status.LEFT, date(2026, 12, 17)), None),
        (decided(Status.MISTAKE, date(2026, 11, 16), MISTAKE), "FB-001: your decision that it is our mistake ends on 16 November."),
        (decided(Status.RETURNED, date(2026, 11, 15)), "FB-001: your decision ended on 15 November, so it is back."),
        (decided(Status.OPEN, date(2026, 10, 1)), None),
        (decided(Status.RETURNED, date(2027, 1, 1), MISTAKE), "FB-001: its words changed after you called it a mistake, so it is back."),
        (a_finding(), None),
    ],
)  # fmt: skip
def test_what_ends_soon_or_has_ended_is_named(finding: Finding, said: str | None) -> None:
    assert to_look_at(an_audit(finding)) == ((said,) if said else ())


def test_a_decision_that_matched_nothing_is_named_while_it_would_hold() -> None:
    lost = replace(a_decision(date(2027, 1, 1), ref="FB-999"), fingerprint=None)
    over = replace(lost, ref="FB-998", until=date(2026, 11, 1))
    (line,) = to_look_at(an_audit(decisions=(lost, lost, over)))
    assert line == "FB-999: nothing has had this reference, so your decision changes nothing."


def test_a_statement_for_what_the_policy_no_longer_asks_is_named() -> None:
    given = Statement(
        council="cromer",
        clause="4.99",
        by="A. Clerk",
        evidence="Register",
        made_at=datetime(2026, 10, 1, tzinfo=UTC),
        until=date(2027, 1, 1),
    )
    kept = replace(given, clause="4.1")
    third = replace(given, clause="4.1", number=3)
    lines = to_look_at(an_audit(statements=(given, kept, third)))
    assert len(lines) == 2
    assert "part 4.99:" in lines[0]


def test_they_are_in_every_form_of_the_report_and_hold_no_names() -> None:
    audit = an_audit(decided(Status.LEFT, date(2026, 12, 1)))
    sent = email.render(audit)
    for text in (sent.html, sent.text, web.render(audit)):
        assert "Decisions to look at again" in text
        assert "your decision to leave it ends on" in text
        assert "A. Clerk" not in text


def test_what_is_left_is_counted_and_its_part_of_the_policy_says_so() -> None:
    audit = an_audit(decided(Status.LEFT, date(2027, 2, 1)))
    assert settled(audit).startswith("1 thing left as you decided.")
    rows = {row.title: row.text for row in group_rows(audit, gather(audit))}
    assert rows["Everyone can use what we post"] == "Left as you decided: 1 thing"


def test_what_is_left_stands_beside_what_is_to_do() -> None:
    audit = an_audit(decided(Status.LEFT, date(2027, 2, 1)), a_finding("video-captions", 2))
    rows = {row.title: row.text for row in group_rows(audit, gather(audit))}
    assert rows["Everyone can use what we post"] == (
        "Needs action: item 1. 1 thing left as you decided"
    )


def test_signed_statements_are_counted_to_the_day() -> None:
    given = Statement(
        council="cromer",
        clause="4.1",
        by="A. Clerk",
        evidence="Register",
        made_at=datetime(2026, 1, 1, tzinfo=UTC),
        until=date(2026, 11, 16),
        number=2,
    )
    audit = an_audit(statements=(given,))
    for day, n in ((audit.day, 1), (date(2026, 11, 17), 0)):
        seen = replace(audit, day=day)
        rows = {row.title: row.text for row in group_rows(seen, gather(seen))}
        assert rows["Staff use of settings and passwords"] == (
            f"Relies on signed statements: {n} of 2 are signed"
        )
