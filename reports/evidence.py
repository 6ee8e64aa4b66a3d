"""What a thing to do rests on, for the web report alone: only the words needed, masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from reports.quoting import clean, cut, shown
from reports.wording import capital, clock, full_day, lower, sentence, weekday
from socialaudit.check import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from reports.audit import Audit
    from reports.items import Item
    from socialaudit.finding import Finding

CLAUSES = 2
NAME = 60
SURE = {
    Confidence.CERTAIN: "Certain: it is stated by the platform or the council’s records.",
    Confidence.POSSIBLE: "Possible: it needs a person to look and decide.",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of evidence. ``quote`` is somebody's own words, shown in quotes before ``text``."""

    term: str
    text: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one finding rests on."""

    summary: str
    facts: tuple[Fact, ...]


def evidence(audit: Audit, item: Item, finding: Finding) -> Evidence:
    """Everything that the web report shows of one finding."""
    several = f", {finding.ref}" if len(item.findings) > 1 else ""
    return Evidence(f"Evidence for item {item.number}{several}", tuple(_facts(audit, finding)))


def _facts(audit: Audit, finding: Finding) -> Iterable[Fact]:
    message = shown(finding.message)
    if message:
        yield Fact("What we saw", sentence(message))
    yield from _words(audit, finding)
    for name, value in finding.evidence.items():
        if shown(name, NAME) and shown(value):
            yield Fact(capital(shown(name, NAME)), shown(value))
    yield Fact("What we check for", sentence(audit.check(finding.check).title))
    yield Fact("How sure we are", SURE[finding.confidence])
    if shown(finding.would_pass):
        yield Fact("What would put it right", sentence(shown(finding.would_pass)))
    cited = [c for c in audit.policy.clauses if c.id in finding.clauses]
    for clause in cited[:CLAUSES]:
        yield Fact(f"What the policy says ({lower(clause.cite)})", quote=cut(clean(clause.text)))
    yield from _times(audit, finding)


def _words(audit: Audit, finding: Finding) -> Iterable[Fact]:
    """The record's own words; with a date for deleting them when somebody else wrote them."""
    subject = finding.subject
    excerpt = shown(subject.excerpt) if subject is not None else ""
    if audit.check(finding.check).private:
        yield Fact("Words", "We do not repeat them here, as they may be private.")
    if subject is None or not excerpt:
        return
    gone = ""
    if subject.kind == "comment":
        read = subject.captured_at or audit.run.finished_at or audit.run.started_at
        until = audit.local(read).date() + timedelta(days=audit.evidence_days)
        gone = f"We delete these words on {full_day(until)}."
    yield Fact(f"Words of the {shown(subject.label)}", gone, excerpt)


def _times(audit: Audit, finding: Finding) -> Iterable[Fact]:
    subject = finding.subject
    if subject is not None and subject.published_at is not None:
        yield Fact("Published", when(audit, subject.published_at))
    yield Fact("First reported", full_day(finding.first_seen))
    account = audit.account(finding.account)
    read = (subject.captured_at if subject else None) or (account.read_at if account else None)
    if read is not None:
        yield Fact("Last checked", when(audit, read))


def when(audit: Audit, moment: datetime) -> str:
    """``Friday 13 November, 6:52pm``, with the year when it is not this year."""
    local = audit.local(moment)
    day = weekday(local.date()) if local.year == audit.day.year else full_day(local.date())
    return f"{day}, {clock(local)}"
