"""What a clerk keeps in spreadsheets: decisions, statements, register, looks; read before a run.

A fault is told with row and column before anything is asked of a platform, and nothing of the
file is kept then. What is left out of a file later stays in the store; a newer row counts instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from socialaudit import sheet
from socialaudit.document import shown, suggestion
from socialaudit.finding import Decision, Statement, Verdict
from socialaudit.looking import BY_HAND, Look
from socialaudit.register import Action, Entry, a_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from socialaudit.council import CouncilFile
    from socialaudit.policy import Policy
    from socialaudit.sheet import Row

T = TypeVar("T", Decision, Statement, Entry, Look)

MOST = timedelta(days=731)
"""The longest that anybody's word holds: two years."""
DECISIONS = ("ref", "verdict", "reason", "by", "date", "until")
STATEMENTS = ("clause", "by", "evidence", "date", "until")
REGISTER = ("date", "link", "action", "rule", "by")
LOOKS = ("date", "account", "seen", "by")
"""Columns. A clause is named by its id or, since spreadsheets make 4.1 of 4.10, as it is cited."""
WHICH = "statement"
"""Optional column: which of a clause's statements is signed, from 1; empty for all of them."""
UNTIL = "until"
"""Optional column of looks; empty for as long as the council file says of the place."""
_OPTIONAL = {STATEMENTS: (WHICH,), LOOKS: (UNTIL,)}


@dataclass(frozen=True, slots=True)
class Said:
    """What a clerk's spreadsheets hold, in their order; not yet matched with what is on the list."""

    decisions: tuple[Decision, ...] = ()
    statements: tuple[Statement, ...] = ()
    entries: tuple[Entry, ...] = ()
    looks: tuple[Look, ...] = ()


def read(council: CouncilFile, policy: Policy, now: datetime) -> Said:
    """What the clerk's spreadsheets hold. Raises ``UsageError`` with row and column."""
    of, zone, kept = council.council.id, ZoneInfo(council.council.timezone), council.sheets
    today = now.astimezone(zone).date()
    return Said(
        _each(kept.decisions, DECISIONS, lambda row: _decision(row, of, zone, today)),
        _each(kept.statements, STATEMENTS, lambda row: _statement(row, of, zone, today, policy)),
        _each(kept.register, REGISTER, lambda row: _entry(row, of, today)),
        _each(kept.looks, LOOKS, lambda row: _look(row, council, today)),
    )


def _each(path: Path | None, columns: tuple[str, ...], meant: Callable[[Row], T]) -> tuple[T, ...]:
    """What each row of a file means; no two of them the same."""
    said: dict[T, int] = {}
    optional = _OPTIONAL.get(columns, ())
    for row in sheet.read(path, columns, optional) if path else ():
        one = meant(row)
        if one in said:
            raise row.fault(columns[0], f"says the same as row {said[one]}; remove one of them")
        said[one] = row.number
    return tuple(said)


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


def _entry(row: Row, council: str, today: date) -> Entry:
    day, action, link = row.day("date"), row.text("action").lower(), row.text("link")
    if day > today:
        raise row.fault("date", f"{day} is in the future")
    if action not in set(Action):
        raise row.fault("action", f"{shown(action)} is not one of {', '.join(Action)}")
    try:
        a_link(link)
    except ValueError as fault:
        raise row.fault("link", str(fault)) from None
    return Entry(
        council=council,
        day=day,
        link=link,
        action=Action(action),
        rule=row.text("rule"),
        by=row.text("by"),
    )


def _look(row: Row, council: CouncilFile, today: date) -> Look:
    written = row.text("account")
    place = next((a for a in council.accounts if a.by_hand and a.id == written.lower()), None)
    if place is None:
        raise row.fault("account", no_place(council, written))
    day = row.day("date")
    if day > today:
        raise row.fault("date", f"{day} is in the future")
    until = row.day(UNTIL) if row.cells.get(UNTIL) else day + timedelta(days=place.look_days)
    if until < day:
        raise row.fault(UNTIL, f"{until} is before its date, {day}")
    if until - day > MOST:
        raise row.fault(UNTIL, f"{until} is more than two years after its date, {day}")
    return Look(
        council=council.council.id,
        account=place.id,
        day=day,
        by=row.text("by"),
        seen=row.text("seen"),
        until=until,
    )


def no_place(council: CouncilFile, written: str) -> str:
    """Why no look at this account can be written down."""
    if any(a.id == written for a in council.accounts):
        return (
            f"{shown(written)} is read by a program; only {shown(BY_HAND)} accounts are looked at"
        )
    places = [a.id for a in council.accounts if a.by_hand]
    if not places:
        return f"the council file has no account of platform {shown(BY_HAND)}"
    return f"no such {BY_HAND} account: {shown(written)}{suggestion(written, places)}"


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
