"""A council's policy as data: its clauses in its own words, and what stands behind each.

A policy file (``policies/*.toml``) holds ``[policy]``, one ``[[clause]]`` for each numbered
statement, one ``[[group]]`` for each row of the email's table, and ``[checks.ID]`` with the
parameters that this council sets. ``load`` reads one; ``standings`` says how each clause stands
after a run.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator

from socialaudit.check import PUBLIC_IDS, Check, Signature
from socialaudit.document import Document, Id, Line, Text, read, shown, suggestion
from socialaudit.finding import Assessment, Finding, Outcome, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_CLAUSE_ID = re.compile(r"[A-Za-z0-9]{1,20}(\.[A-Za-z0-9]{1,20}){0,5}")
_MONTH_OR_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")


def _clause_id(text: str) -> str:
    if not _CLAUSE_ID.fullmatch(text):
        raise ValueError("must be letters and digits joined by dots: 4.16")
    return text


def _month_or_day(text: str) -> str:
    if not _MONTH_OR_DAY.fullmatch(text):
        raise ValueError("must be a month or a day: 2016-05 or 2016-05-17")
    _first_day(text)
    return text


ClauseId = Annotated[str, AfterValidator(_clause_id)]
MonthOrDay = Annotated[str, AfterValidator(_month_or_day)]


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered statement of a policy, in its own words, and the ground it stands on.

    ``title`` is the clause in a few words, phrased as the compliant state; ``cite`` where it
    stands ("Section 4, point 6"). ``checks`` are ids of checks that exist, ``planned`` of those
    not built yet, ``statements`` what a named officer has to sign because no platform can show
    it. ``nothing_to_check`` is the reason why there is none of these; it excludes them.
    """

    id: ClauseId
    title: Line
    cite: Line
    text: Text
    checks: tuple[Id, ...] = ()
    statements: tuple[Line, ...] = ()
    planned: tuple[Id, ...] = ()
    nothing_to_check: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the email's table: clauses that a clerk thinks of as one thing."""

    title: Line
    cite: Line
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    id: Id
    title: Line
    council: Line
    adopted: MonthOrDay
    source: Line
    review_due: MonthOrDay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The council's adopted text, whole, and the parameters of the checks behind it.

    Where the policy names a month only, ``adopted`` is its first day and ``review_due`` its last.
    ``sha256`` is of the file's bytes. ``parameters`` holds, for every check there is, an instance
    of its own ``parameters`` dataclass: defaults where the file is silent.
    """

    id: str
    title: str
    council: str
    adopted: date
    review_due: date | None
    source: str
    sha256: str
    clauses: tuple[Clause, ...]
    groups: tuple[Group, ...]
    parameters: Mapping[str, Any]

    @property
    def checks(self) -> tuple[str, ...]:
        """Ids of the checks that any clause cites, in the order of the policy, each once."""
        return tuple(dict.fromkeys(check for clause in self.clauses for check in clause.checks))

    def clauses_of(self, check_id: str) -> tuple[str, ...]:
        """Ids of the clauses that cite a check, in the order of the policy."""
        return tuple(clause.id for clause in self.clauses if check_id in clause.checks)

    def signatures(self, statements: Iterable[Statement]) -> tuple[Signature, ...]:
        """What the clauses ask to be signed, each with the newest of some statements on it."""
        given = sorted(statements, key=lambda statement: statement.made_at)
        newest = {(s.clause, s.number): s for s in given}
        return tuple(
            self._signature(clause, number, [newest.get((clause.id, n)) for n in (number, 0)])
            for clause in self.clauses
            for number in range(1, len(clause.statements) + 1)
        )

    @staticmethod
    def _signature(clause: Clause, number: int, given: list[Statement | None]) -> Signature:
        last = max((s for s in given if s), key=lambda s: s.made_at, default=None)
        return Signature(
            clause=clause.id,
            title=clause.title,
            number=number,
            text=clause.statements[number - 1],
            by=last.by if last else "",
            until=last.until if last else None,
        )


def load(path: Path, checks: Mapping[str, Check]) -> Policy:
    """The policy in a file, held against the checks that exist.

    Raises ``UsageError``, in one line, for the first fault found.
    """
    document = read(path, "policy file")
    document.expect(("policy", "clause", "group", "checks"))
    heading = document.table("policy", _Heading)
    clauses = document.tables("clause", Clause)
    groups = document.tables("group", Group)
    for clause in clauses:
        _examine_clause(document, clause, checks)
    document.once("[[clause]]", [clause.id for clause in clauses])
    _examine_groups(document, groups, [clause.id for clause in clauses])
    cited = {check for clause in clauses for check in clause.checks}
    return Policy(
        id=heading.id,
        title=heading.title,
        council=heading.council,
        adopted=_first_day(heading.adopted),
        review_due=_last_day(heading.review_due) if heading.review_due else None,
        source=heading.source,
        sha256=document.sha256,
        clauses=clauses,
        groups=groups,
        parameters=_read_parameters(document, checks, cited),
    )


def _first_day(written: str) -> date:
    return date.fromisoformat(written if written.count("-") > 1 else f"{written}-01")


def _last_day(written: str) -> date:
    day = _first_day(written)
    return day if written.count("-") > 1 else day.replace(day=monthrange(day.year, day.month)[1])


def _examine_clause(document: Document, clause: Clause, checks: Mapping[str, Check]) -> None:
    where = f"[[clause]] {shown(clause.id)}"
    grounds = (*clause.checks, *clause.statements, *clause.planned)
    if bool(grounds) == bool(clause.nothing_to_check.strip()):
        raise document.fault(
            where,
            "give either nothing_to_check with a reason, or some of checks, statements and planned",
        )
    document.once(where, grounds)
    for check in clause.checks:
        if check not in checks:
            raise document.fault(f"{where} checks", _no_such_check(check, checks))
    for check in clause.planned:
        if check in checks:
            raise document.fault(f"{where} planned", f"{shown(check)} exists; move it to checks")
        if check not in PUBLIC_IDS:
            meant = suggestion(check, PUBLIC_IDS - set(checks))
            raise document.fault(f"{where} planned", f"no check {shown(check)} is planned{meant}")


def _no_such_check(check: str, checks: Mapping[str, Check]) -> str:
    if check in PUBLIC_IDS:
        return f"the check {shown(check)} is not built yet; name it under planned"
    return f"no such check {shown(check)}{suggestion(check, checks)}"


def _examine_groups(document: Document, groups: Iterable[Group], clauses: list[str]) -> None:
    holder: dict[str, str] = {}
    for group in groups:
        where = f"[[group]] {shown(group.title)}"
        for clause in group.clauses:
            if clause not in clauses:
                raise document.fault(
                    where, f"no clause has the id {shown(clause)}{suggestion(clause, clauses)}"
                )
            if clause in holder:
                raise document.fault(
                    where,
                    f"clause {shown(clause)} is already in {shown(holder[clause])}; remove one",
                )
            holder[clause] = group.title
    for clause in clauses:
        if clause not in holder:
            raise document.fault(
                f"[[clause]] {shown(clause)}",
                "is in no group; add it to the clauses of one [[group]]",
            )


def _read_parameters(
    document: Document, checks: Mapping[str, Check], cited: set[str]
) -> Mapping[str, Any]:
    written = document.content.get("checks", {})
    if not isinstance(written, dict):
        raise document.fault(
            "[checks]", "must hold one table for each check: [checks.video-captions]"
        )
    for check in written:
        if check not in checks:
            raise document.fault(f"[checks.{shown(check)[1:-1]}]", _no_such_check(check, checks))
        if check not in cited:
            raise document.fault(
                f"[checks.{check}]",
                "no clause cites this check; cite it under checks or remove this",
            )
        document.bounded(f"[checks.{check}]", written[check])
    return MappingProxyType(
        {
            name: document.shaped(
                f"[checks.{name}]", written.get(name, {}), check.parameters, "parameter"
            )
            for name, check in checks.items()
        }
    )


class State(StrEnum):
    """How a clause stands: the first of these that applies."""

    NEEDS_ACTION = "needs action"
    NOT_CHECKED = "not checked"
    SIGNED_STATEMENTS = "signed statements"
    NO_PROBLEM_FOUND = "no problem found"
    NOTHING_TO_CHECK = "nothing to check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one clause stands after one run.

    ``findings`` are references of its things to do; ``set_aside`` of those that are excused, left
    or called a mistake, ``left`` of those that are left. ``checked_accounts`` are accounts that every check behind it could look
    at, ``unchecked_accounts`` those that at least one could not; no account is in both.
    ``unchecked`` are its checks that could look nowhere. ``examined`` counts records over all its
    checks, ``signed`` its statements that are signed and up to date, of ``clause.statements``.
    """

    clause: Clause
    state: State
    findings: tuple[str, ...] = ()
    set_aside: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    checked_accounts: tuple[str, ...] = ()
    unchecked_accounts: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    examined: int = 0
    signed: int = 0


def standings(
    policy: Policy,
    assessments: Iterable[Assessment],
    findings: Iterable[Finding],
    signatures: Iterable[Signature] = (),
    today: date = date.min,
) -> tuple[Standing, ...]:
    """How every clause stands, in the order of the policy.

    The state is the first that applies:

    - *needs action*: a thing to do of one of its checks, or one that somebody decided to leave
      for a time: a decision never hides how things are. A mistake was never one.
    - *not checked*: one of its checks could look nowhere (*not assessed* on every account, or
      without any assessment, as when no account of its kind is registered), or all it has are
      checks that are planned, beside statements or not.
    - *signed statements*: it rests on statements, alone or beside checks that found nothing.
    - *no problem found*: each of its checks looked somewhere, if only to find nothing to examine
      (*not applicable*). Where it could not look is in ``unchecked_accounts``, to be named beside.
    - *nothing to check*: the policy file gives the reason.

    A planned check beside ones that exist takes nothing from what these found. ``signatures`` are
    what the clauses ask to be signed; those that hold ``today`` count as signed.
    """
    signed = Counter(one.clause for one in signatures if one.holds(today))
    by_check: dict[str, list[Assessment]] = {}
    for assessment in assessments:
        by_check.setdefault(assessment.check, []).append(assessment)
    found = tuple(findings)
    return tuple(
        replace(_standing(clause, by_check, found), signed=signed[clause.id])
        for clause in policy.clauses
    )


def overall(states: Iterable[State]) -> State:
    """How several clauses stand together: the first state that any of them has.

    >>> overall([State.NOTHING_TO_CHECK, State.NOT_CHECKED])
    <State.NOT_CHECKED: 'not checked'>
    """
    present = set(states)
    return next((state for state in State if state in present), State.NOTHING_TO_CHECK)


def _standing(
    clause: Clause, by_check: Mapping[str, list[Assessment]], findings: tuple[Finding, ...]
) -> Standing:
    of_clause = [a for check in clause.checks for a in by_check.get(check, ())]
    looked = {a.check for a in of_clause if a.outcome is not Outcome.NOT_ASSESSED}
    unlooked = [a.account for a in of_clause if a.outcome is Outcome.NOT_ASSESSED]
    accounts = dict.fromkeys(a.account for a in of_clause if a.account is not None)
    mine = [f for f in findings if f.check in clause.checks and _is_about(f, clause)]
    to_do = tuple(f.ref for f in mine if f.to_do)
    left = tuple(f.ref for f in mine if f.status is Status.LEFT and not f.excused)
    unchecked = tuple(check for check in clause.checks if check not in looked)
    return Standing(
        clause=clause,
        state=_state(clause, to_do or left, unchecked),
        findings=to_do,
        set_aside=tuple(f.ref for f in mine if _is_set_aside(f)),
        left=left,
        checked_accounts=tuple(a for a in accounts if a not in unlooked),
        unchecked_accounts=tuple(a for a in accounts if a in unlooked),
        unchecked=unchecked,
        examined=sum(a.examined for a in of_clause),
    )


def _is_about(finding: Finding, clause: Clause) -> bool:
    """Whether a finding is about a clause; one without a record may be about some of them only."""
    council = finding.account is None and finding.subject is None
    return not council or not finding.clauses or clause.id in finding.clauses


def _is_set_aside(finding: Finding) -> bool:
    return finding.status in {Status.LEFT, Status.MISTAKE} or (
        bool(finding.excused) and finding.status.to_do
    )


def _state(clause: Clause, open_: tuple[str, ...], unchecked: tuple[str, ...]) -> State:
    if open_:
        return State.NEEDS_ACTION
    if unchecked or (clause.planned and not clause.checks):
        return State.NOT_CHECKED
    if clause.statements:
        return State.SIGNED_STATEMENTS
    return State.NO_PROBLEM_FOUND if clause.checks else State.NOTHING_TO_CHECK
