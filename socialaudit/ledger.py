"""The same finding from week to week: new, open, returned, not rechecked, fixed.

Pure: what stood before, what was observed now and what was read now, to what stands. An item that
was open and could not be read again is *not rechecked*, never *fixed*.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from socialaudit.check import Urgency
from socialaudit.finding import Finding, Outcome, Status, Verdict, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from socialaudit.check import Check
    from socialaudit.engine import Judged, Observed
    from socialaudit.finding import Decision, Subject
    from socialaudit.policy import Policy

BY_FRIDAY, BY_FOURTH_FRIDAY = 4, 25
"""Days from the Monday of the report to the dates that "this week" and "this month" mean."""


@dataclass(frozen=True, slots=True)
class Reread:
    """What this run read: record keys, and the keys of records that the platform says are gone."""

    keys: frozenset[str]
    gone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything needed to carry findings over to this run.

    ``before`` is what stood last, after any run, by fingerprint; ``baseline`` what stood after the
    run whose sums this run is compared with. ``subjects`` describes records by key; ``reference``
    gives the reference of a fingerprint, account and check, a new one if it has none.
    ``today`` is the local date of the report. ``scope`` limits an incident to some accounts.
    """

    policy: Policy
    checks: Mapping[str, Check]
    before: Mapping[str, Finding]
    baseline: Mapping[str, Finding]
    subjects: Callable[[str], Subject | None]
    reference: Callable[[str, str | None, str], str]
    today: date
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    scope: frozenset[str] | None = None

    def carry(self, judged: Judged, reread: Reread) -> tuple[Finding, ...]:
        """What stands after this run: everything observed, and what becomes of what stood before."""
        now = [self._observed(seen) for seen in _first_of_each(judged.observed)]
        here = {finding.fingerprint for finding in now}
        settled_pairs = {
            (a.check, a.account)
            for a in judged.assessments
            if a.outcome is not Outcome.NOT_ASSESSED
        }
        for mark, finding in self.before.items():
            if mark in here or finding.status is Status.FIXED:
                continue
            if self.scope is not None and finding.account not in self.scope:
                continue
            pair = (finding.check, finding.account)
            if finding.subject is None:
                fixed = pair in settled_pairs
            else:
                fixed = _is_fixed(finding, finding.subject.key, judged, reread)
            now.append(replace(finding, status=Status.FIXED) if fixed else self._unseen(finding))
        return tuple(now)

    def _observed(self, seen: Observed) -> Finding:
        mark = mark_of(seen)
        before = self.before.get(mark)
        check, said = self.checks[seen.check], seen.observation
        urgency = said.urgency or check.urgency
        ref = before.ref if before else self.reference(mark, seen.account, seen.check)
        subject = self.subjects(said.record) if said.record is not None else None
        return Finding(
            ref=ref,
            fingerprint=mark,
            check=seen.check,
            clauses=said.clauses or self.policy.clauses_of(seen.check),
            urgency=urgency,
            confidence=said.confidence,
            status=self._decided(ref, subject) or _status(self.baseline.get(mark)),
            account=seen.account,
            subject=subject,
            message=said.message,
            instruction=said.instruction or check.instruction,
            first_seen=before.first_seen if before else self.today,
            due=_due(urgency, self.today, before, said.due.date() if said.due else None),
            excused=said.excused,
            would_pass=said.would_pass,
            evidence=dict(said.evidence),
            decision=self.decisions.get(ref),
        )

    def _unseen(self, finding: Finding) -> Finding:
        """What was not looked at again stands as it was decided, or was not rechecked."""
        decided = self._decided(finding.ref, finding.subject)
        return replace(
            finding,
            status=decided or Status.NOT_RECHECKED,
            decision=self.decisions.get(finding.ref),
        )

    def _decided(self, ref: str, subject: Subject | None) -> Status | None:
        decision = self.decisions.get(ref)
        words = subject.words_sha256 if subject else None
        if decision is None or not decision.holds(self.today, words):
            return None
        return Status.MISTAKE if decision.verdict is Verdict.MISTAKE else Status.LEFT


def mark_of(seen: Observed) -> str:
    """The fingerprint of what was observed."""
    said = seen.observation
    return fingerprint(seen.check, said.record, seen.account, said.subject)


def _status(compared: Finding | None) -> Status:
    """How what is to do now stands beside the baseline: what came off the list has returned."""
    if compared is None:
        return Status.NEW
    return Status.OPEN if compared.status.to_do else Status.RETURNED


def _is_fixed(finding: Finding, key: str, judged: Judged, reread: Reread) -> bool:
    if key in reread.gone:
        return True
    looked_at = key in reread.keys and (finding.check, finding.account) not in judged.blocked
    return looked_at and (finding.check, key) not in judged.unknown


def _first_of_each(observed: Iterable[Observed]) -> Iterable[Observed]:
    seen: dict[str, Observed] = {}
    for one in observed:
        seen.setdefault(mark_of(one), one)
    return seen.values()


def _due(urgency: Urgency, today: date, before: Finding | None, fixed: date | None) -> date:
    """The date to act by: the record's own, or the one first given, or by urgency from today."""
    if fixed is not None:
        return fixed
    days = {Urgency.TODAY: 0, Urgency.WEEK: BY_FRIDAY, Urgency.MONTH: BY_FOURTH_FRIDAY}[urgency]
    monday = today - timedelta(days=today.weekday())
    fresh = today if urgency is Urgency.TODAY else max(monday + timedelta(days=days), today)
    if before is not None and before.urgency is urgency and before.due > today:
        return before.due
    return fresh
