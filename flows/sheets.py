"""What a clerk keeps in spreadsheets: decisions and signed statements, read before a run.

A fault is told with row and column before anything is asked of a platform, and nothing of the
file is kept then. What is left out of a file later stays in the store; a newer row counts instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from socialaudit import sheet
from socialaudit.document import shown, suggestion
from socialaudit.finding import Decision, Statement, Verdict

if TYPE_CHECKING:
    from socialaudit.council import CouncilFile
    from socialaudit.policy import Policy
    from socialaudit.sheet import Row

MOST = timedelta(days=731)
"""The longest that anybody's word holds: two years."""
DECISIONS = ("ref", "verdict", "reason", "by", "date", "until")
STATEMENTS = ("clause", "by", "evidence", "date", "until")
"""Columns. A clause is named by its id or, since spreadsheets make 4.1 of 4.10, as it is cited."""
WHICH = "statement"
"""Optional column: which of a clause's statements is signed, from 1; empty for all of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a clerk's spreadsheets hold, in their order; not yet matched with what is on the list."""

    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()


def read(council: CouncilFile, policy: Policy, now: datetime) -> Said:
    """What the clerk's spreadsheets hold. Raises ``UsageError`` with row and column."""
    today = now.astimezone(ZoneInfo(council.council.timezone)).date()
    sheets, zone = council.sheets, ZoneInfo(council.council.timezone)
    decisions = sheet.read(sheets.decisions, DECISIONS) if sheets.decisions else []
    statements = sheet.read(sheets.statements, STATEMENTS, (WHICH,)) if sheets.statements else []
    return Said(
        tuple(_decision(row, council.council.id, zone, today) for row in decisions),
        tuple(_statement(row, council.council.id, zone, today, policy) for row in statements),
    )


def _decision(row: Row, council: str, zone: ZoneInfo, today: date) -> Decision:
    written = row.text("verdict").lower()
    if written not in set(Verdict):
        raise row.fault("verdict", f"{shown(written)} is neither mistake nor leave")
    made_at, until = _days(row, zone, today)
    return Decision(
        council=council,
        ref=row.text("ref").upper(),
        verdict=Verdict(written),
        reason=row.text("reason"),
        by=row.text("by"),
        made_at=made_at,
        until=until,
    )


def _statement(row: Row, council: str, zone: ZoneInfo, today: date, policy: Policy) -> Statement:
    written, which = row.text("clause"), row.cells.get(WHICH, "")
    cited = {clause.cite.lower(): clause.id for clause in policy.clauses}
    clause = cited.get(written.lower(), written)
    if which and not (which.isascii() and which.isdigit()):
        raise row.fault(WHICH, f"{shown(which)} is not a number from 1, or empty for all")
    number = int(which[:9]) if which else 0
    if fault := not_asked(policy, clause, number):
        raise row.fault(WHICH if fault.startswith("clause") else "clause", fault)
    made_at, until = _days(row, zone, today)
    return Statement(
        council=council,
        clause=clause,
        by=row.text("by"),
        evidence=row.text("evidence"),
        made_at=made_at,
        until=until,
        number=number,
    )


def _days(row: Row, zone: ZoneInfo, today: date) -> tuple[datetime, date]:
    """When it was said, and its last day, which may be over by now."""
    made, until = row.day("date"), row.day("until")
    if made > today:
        raise row.fault("date", f"{made} is in the future")
    if until < made:
        raise row.fault("until", f"{until} is before its date, {made}")
    if until - made > MOST:
        raise row.fault("until", f"{until} is more than two years after its date, {made}")
    return datetime.combine(made, time(), zone).astimezone(UTC), until


def not_asked(policy: Policy, clause: str, number: int) -> str:
    """Why a clause asks for no such statement; ``""`` when it does."""
    asked = {c.id: len(c.statements) for c in policy.clauses if c.statements}
    if clause not in {c.id for c in policy.clauses}:
        return f"the policy has no clause {shown(clause)}{suggestion(clause, asked)}"
    if clause not in asked:
        return (
            f"the policy asks for no signed statement on {shown(clause)}; "
            f"it does on {', '.join(asked) or 'none'}"
        )
    if number > asked[clause]:
        return f"clause {clause} has {asked[clause]}, so no statement number {number}"
    return ""
