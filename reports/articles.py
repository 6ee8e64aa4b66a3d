"""The things to do as the web report shows them, with evidence and what the filters match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import items as things
from reports.answering import answer
from reports.entries import due_day
from reports.evidence import evidence
from reports.places import Guide
from reports.subject import WHEN
from reports.wording import joined, number, weekday
from socialaudit.check import Urgency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.answering import Answer
    from reports.audit import Audit
    from reports.evidence import Evidence
    from reports.items import Item
    from reports.signposts import Piece, Signposts

PLACES = 100
EVIDENCE = 25
"""Places and pieces of evidence of one item; the rest is in the spreadsheet."""
NO_ACCOUNT = "_council"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A thing to do. ``accounts``, ``when`` and ``parts`` are what the filters match."""

    number: int
    size: int
    when: str
    accounts: str
    parts: str
    heading: str
    tag: str
    note: str
    references: tuple[str, ...]
    why: str
    where: tuple[Piece, ...]
    steps: tuple[str, ...]
    verified: str
    answer: Answer | None
    evidence: tuple[Evidence, ...]
    more: str


def account_choices(audit: Audit, numbered: Sequence[Item]) -> Iterable[tuple[str, str]]:
    """What the filter by account offers: value and words."""
    present = {a for item in numbered for a in item.accounts}
    for coverage in audit.coverage:
        if coverage.account in present:
            yield coverage.account, audit.label(coverage.account)
    if None in present:
        yield NO_ACCOUNT, "The council itself"


def part_choices(audit: Audit, numbered: Sequence[Item]) -> Iterable[tuple[str, str]]:
    """What the filter by part of the policy offers: value and words."""
    present = {c for item in numbered for f in item.findings for c in f.clauses}
    for clause in audit.policy.clauses:
        if clause.id in present:
            yield clause.id, f"{clause.cite}: {clause.title}"


def article(audit: Audit, item: Item, signposts: Signposts) -> Article:
    """One thing to do with its evidence."""
    due = due_day(audit.day, item.urgency)
    shown_evidence = item.findings[:EVIDENCE]
    left_out = len(item.findings) - len(shown_evidence)
    dated = min(f.due for f in item.findings) < due
    by = weekday(due) if item.urgency is Urgency.TODAY else f"by {weekday(due)}"
    parts = dict.fromkeys(c for f in item.findings for c in f.clauses)
    return Article(
        number=item.number,
        size=len(item.findings),
        when=item.urgency.value,
        accounts=" ".join(a or NO_ACCOUNT for a in item.accounts),
        parts=" ".join(parts),
        heading=f"{item.number}. {item.heading}",
        tag=f"Do {WHEN[item.urgency]}",
        note=joined("" if dated else by, things.note(audit, item, due)),
        references=things.references(item),
        why=things.why(item),
        where=tuple(Guide(audit, signposts).where(item, PLACES, linked=True)),
        steps=things.steps(audit, item),
        verified=things.verified(audit, item),
        answer=answer(audit, item, signposts),
        evidence=tuple(evidence(audit, item, f) for f in shown_evidence),
        more=f"The evidence for {number(left_out)} more is in the evidence pack."
        if left_out
        else "",
    )
