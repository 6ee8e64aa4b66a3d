"""How the policy's parts stand, in the words of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.wording import capital, count, items, listed
from socialaudit.finding import Outcome
from socialaudit.policy import Standing, State, overall, standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.audit import Audit
    from reports.items import Item
    from socialaudit.policy import Clause

NO_PROBLEM = "No problem found"
SIGNED = "signed-statements"
"""The check that looks at signatures only."""
_POINTS = {"point": "points", "paragraph": "paragraphs"}


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of how something stands. ``kind`` (act, gap, okk, plain) colours ``strong`` only.

    ``items`` are numbers of items to name after it.
    """

    kind: str
    strong: str
    rest: str = ""
    items: tuple[int, ...] = ()

    @property
    def tail(self) -> str:
        """What follows ``strong``, in words."""
        return f"{f': {items(self.items)}' if self.items else ''}{self.rest}"

    @property
    def text(self) -> str:
        """All of it in words."""
        return f"{self.strong}{self.tail}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of policy parts. ``state`` is the state as results.json names it."""

    id: str
    title: str
    cite: str
    how: str
    state: State
    stands: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """How it stands, in words."""
        return ". ".join(f.text for f in self.stands)


def standing_of(audit: Audit) -> tuple[Standing, ...]:
    """How every clause of the policy stands."""
    signatures = audit.policy.signatures(audit.statements)
    return standings(audit.policy, audit.assessments, audit.findings, signatures, audit.day)


def group_rows(audit: Audit, numbered: Sequence[Item]) -> tuple[Row, ...]:
    """One row for each group of the policy: those that need action first, in policy order."""
    by_id = {s.clause.id: s for s in standing_of(audit)}
    rows = [
        _row(audit, group.title, group.cite, [by_id[c] for c in group.clauses], numbered)
        for group in audit.policy.groups
    ]
    return tuple(sorted(rows, key=lambda row: list(State).index(row.state)))


def clause_rows(audit: Audit, numbered: Sequence[Item]) -> tuple[Row, ...]:
    """One row for each clause of the policy, in its order."""
    return tuple(
        _row(audit, s.clause.title, s.clause.cite, [s], numbered) for s in standing_of(audit)
    )


def numbering(audit: Audit) -> str:
    """What we number that the policy does not: sections whose parts are cited by point."""
    last: dict[tuple[str, str], str] = {}
    for clause in audit.policy.clauses:
        section, _, part = clause.cite.partition(", ")
        kind, _, number = part.partition(" ")
        if kind in _POINTS and number.isdigit():
            last[section, kind] = number
    phrases = [
        f"the {_POINTS[kind]} in {section.lower()} from 1 to {number}"
        for (section, kind), number in last.items()
    ]
    return f"We number {listed(phrases)}, in the order they appear." if phrases else ""


def _row(
    audit: Audit, title: str, cite: str, parts: Sequence[Standing], numbered: Sequence[Item]
) -> Row:
    state = overall(s.state for s in parts)
    return Row(
        id=parts[0].clause.id,
        title=title,
        cite=cite,
        how=_how(parts),
        state=state,
        stands=tuple(_fragments(audit, state, parts, numbered)),
    )


def _how(parts: Sequence[Standing]) -> str:
    clauses = [s.clause for s in parts]
    ways = [
        "automatic check" if any(set(c.checks) - {SIGNED} for c in clauses) else "",
        "signed statements" if any(c.statements for c in clauses) else "",
        "check to come" if any(c.planned and not c.checks for c in clauses) else "",
    ]
    return capital(listed([w for w in ways if w]) or "no check")


def _fragments(
    audit: Audit, state: State, parts: Sequence[Standing], numbered: Sequence[Item]
) -> list[Fragment]:
    main = _main(audit, state, parts, numbered)
    accounts = tuple(dict.fromkeys(a for s in parts for a in s.unchecked_accounts))
    if state is State.NOT_CHECKED:
        return [main]
    fragments = [main, *_beside(state, parts)]
    seen = {c.account for c in audit.seen}
    looked = _looked_at(audit, parts) - {c.account for c in audit.not_read} - seen
    missed = tuple(a for a in accounts if a not in looked)
    for words, some in (
        ("not checked", tuple(a for a in missed if a not in seen)),
        ("seen by people only", tuple(a for a in missed if a in seen)),
        ("only partly checked", tuple(a for a in accounts if a in looked)),
    ):
        if some:
            fragments.append(Fragment("gap", f"{audit.labels(some)} {words}"))
    missing = sum(s.state is State.NOT_CHECKED for s in parts)
    if missing:
        fragments.append(Fragment("gap", f"{count(missing, 'part')} not checked"))
    return fragments


def _beside(state: State, parts: Sequence[Standing]) -> Iterator[Fragment]:
    """What is left and what is not signed, beside things to do."""
    left = sum(len(s.left) for s in parts)
    if left and any(s.findings for s in parts):
        yield Fragment("plain", f"{count(left, 'thing')} left as you decided")
    needed = sum(len(s.clause.statements) for s in parts)
    signed = sum(s.signed for s in parts)
    if state is State.NEEDS_ACTION and signed < needed:
        yield Fragment("plain", f"{signed} of {count(needed, 'statement')} signed")


def _looked_at(audit: Audit, parts: Sequence[Standing]) -> set[str | None]:
    """The accounts at which at least one of the checks behind these parts could look."""
    behind = {check for s in parts for check in s.clause.checks}
    return {
        a.account
        for a in audit.assessments
        if a.check in behind and a.outcome is not Outcome.NOT_ASSESSED
    }


def _main(
    audit: Audit, state: State, parts: Sequence[Standing], numbered: Sequence[Item]
) -> Fragment:
    if state is State.NEEDS_ACTION:
        refs = {ref for s in parts for ref in s.findings}
        if not refs:
            left = sum(len(s.left) for s in parts)
            return Fragment("plain", "Left as you decided", f": {count(left, 'thing')}")
        mine = tuple(i.number for i in numbered if refs.intersection(f.ref for f in i.findings))
        return Fragment("act", "Needs action", items=mine)
    if state is State.NOT_CHECKED:
        return _unlooked(audit, parts)
    if state is State.SIGNED_STATEMENTS:
        needed = sum(len(s.clause.statements) for s in parts)
        signed = sum(s.signed for s in parts)
        are = "is" if needed == 1 else "are"
        return Fragment("plain", f"Relies on signed statements: {signed} of {needed} {are} signed")
    if state is State.NO_PROBLEM_FOUND:
        looked = {a for s in parts for a in s.checked_accounts}
        return Fragment("okk", NO_PROBLEM, f" on {count(len(looked), 'account')}" if looked else "")
    return Fragment("plain", "Nothing for us to check")


def _unlooked(audit: Audit, parts: Sequence[Standing]) -> Fragment:
    missing = [s for s in parts if s.state is State.NOT_CHECKED]
    words = "Not checked" if any(s.clause.checks for s in missing) else "Not checked yet"
    some = f": {len(missing)} of {len(parts)} parts" if len(missing) < len(parts) else ""
    return Fragment("gap", words, some or _nobody(audit, parts[0].clause))


def _nobody(audit: Audit, clause: Clause) -> str:
    """That no account which the checks behind a clause look at is on the list, where that is so."""
    kinds = {kind for check in clause.checks for kind in audit.check(check).kinds}
    if not kinds or kinds.intersection(c.kind for c in audit.coverage):
        return ""
    return f": no {listed(sorted(kinds), 'or')} account is on the council’s list"
