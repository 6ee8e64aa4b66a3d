"""What officers decided or signed that wants a look: it ends soon, has ended, or matched nothing.

Statements that are missing or end soon are things to do of their own (``signed-statements``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reports.items import reference_order
from reports.quoting import shown
from reports.wording import past_day
from socialaudit.finding import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.audit import Audit
    from socialaudit.finding import Finding

SOON = timedelta(days=30)
"""How long before its last day a decision is named, and how long after it."""


def to_look_at(audit: Audit) -> tuple[str, ...]:
    """One sentence for each, in the order of their references."""
    decided = (f for f in audit.findings if f.decision is not None)
    ordered = sorted(decided, key=lambda f: reference_order(f.ref))
    known = [sentence for f in ordered if (sentence := _decided(audit, f))]
    return (*known, *_matched_nothing(audit))


def _decided(audit: Audit, finding: Finding) -> str:
    decision = finding.decision
    if decision is None:
        return ""
    day = past_day(decision.until, audit.day)
    if finding.status in {Status.LEFT, Status.MISTAKE}:
        if decision.until - audit.day > SOON:
            return ""
        what = "to leave it" if decision.verdict is Verdict.LEAVE else "that it is our mistake"
        return f"{finding.ref}: your decision {what} ends on {day}."
    if not finding.to_do:
        return ""
    if decision.until >= audit.day:
        return f"{finding.ref}: its words changed after you called it a mistake, so it is back."
    recent = audit.day - decision.until <= SOON
    return f"{finding.ref}: your decision ended on {day}, so it is back." if recent else ""


def _matched_nothing(audit: Audit) -> Iterable[str]:
    for ref in dict.fromkeys(
        d.ref for d in audit.decisions if d.fingerprint is None and d.until >= audit.day
    ):
        yield f"{shown(ref, 24)}: nothing has had this reference, so your decision changes nothing."
    asked = {(s.clause, s.number) for s in audit.policy.signatures(())}
    asked |= {(clause, 0) for clause, _ in asked}
    for clause in dict.fromkeys(
        s.clause
        for s in audit.statements
        if (s.clause, s.number) not in asked and s.until >= audit.day
    ):
        yield f"Statement for part {shown(clause, 24)}: the policy asks for none like it."
