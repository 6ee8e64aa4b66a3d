"""results.json: everything one run concluded, for programs (schema ``socialaudit/results/1``).

The JSON Schema is ``docs/results.schema.json``. Sums agree: ``last_week - fixed - answered + new +
returned = to_do = today + week + month``, and every clause is in one state. Counts are of
findings, never of the joined items of an email.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reports import links
from reports.audit import movement
from reports.clauses import standing_of
from reports.items import reference_order
from reports.quoting import clean
from socialaudit.check import Urgency
from socialaudit.finding import ReadStatus, Status
from socialaudit.policy import State

if TYPE_CHECKING:
    from reports.audit import Audit
    from socialaudit.finding import Assessment, Coverage, Finding
    from socialaudit.policy import Standing

SCHEMA = "socialaudit/results/1"


def document(audit: Audit) -> dict[str, Any]:
    """The results of one run as plain values."""
    found = sorted((*audit.findings, *audit.fixed), key=lambda f: reference_order(f.ref))
    stand = standing_of(audit)
    return {
        "schema": SCHEMA,
        "run": _run(audit),
        "accounts": [_account(audit, c) for c in audit.coverage],
        "assessments": [_assessment(a) for a in audit.assessments],
        "findings": [_finding(audit, f) for f in found],
        "clauses": [_clause(s) for s in stand],
        "totals": _totals(audit, stand),
    }


def dumps(audit: Audit) -> str:
    """The results of one run as JSON text."""
    return json.dumps(document(audit), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _time(when: datetime | None) -> str | None:
    if when is None:
        return None
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _run(audit: Audit) -> dict[str, Any]:
    run = audit.run
    return {
        "id": run.id,
        "council": run.council,
        "kind": run.kind.value,
        "reason": clean(run.reason),
        "asked_by": clean(run.asked_by),
        "window": {"since": _time(run.window.since), "until": _time(run.window.until)},
        "started_at": _time(run.started_at),
        "finished_at": _time(run.finished_at),
        "version": run.version,
        "policy": {"id": run.policy_id, "sha256": run.policy_sha256},
        "digest": audit.digest,
    }


def _account(audit: Audit, coverage: Coverage) -> dict[str, Any]:
    look = audit.look(coverage.account)
    return {
        "id": coverage.account,
        "platform": coverage.platform,
        "handle": clean(coverage.handle),
        "status": coverage.status.value,
        "reasons": [clean(f"{u.fact}: {u.reason}") for u in coverage.unread],
        "posts": coverage.posts,
        "media": coverage.media,
        "comments": coverage.comments,
        "requests": coverage.requests,
        "cost": {"amount": coverage.amount, "unit": coverage.unit},
        "seen": look
        and {"on": look.day.isoformat(), "by": clean(look.by), "until": look.until.isoformat()},
        "export": clean(coverage.export) or None,
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "check": assessment.check,
        "account": assessment.account,
        "outcome": assessment.outcome.value,
        "examined": assessment.examined,
        "failed": assessment.failed,
        "unknown": assessment.unknown,
        "reason": clean(assessment.reason),
    }


def _finding(audit: Audit, finding: Finding) -> dict[str, Any]:
    subject = finding.subject
    return {
        "ref": finding.ref,
        "fingerprint": finding.fingerprint,
        "check": finding.check,
        "clauses": list(finding.clauses),
        "urgency": finding.urgency.value,
        "confidence": finding.confidence.value,
        "status": finding.status.value,
        "excused": clean(finding.excused) or None,
        "account": finding.account,
        "record": subject
        and {
            "kind": subject.kind,
            "id": clean(subject.id),
            "permalink": links.safe(subject.permalink, audit.hosts),
            "published_at": _time(subject.published_at),
        },
        "message": clean(finding.message),
        "first_seen": finding.first_seen.isoformat(),
        "due": finding.due.isoformat(),
        "evidence": {
            "sha256": subject and subject.sha256,
            "captured_at": _time(subject.captured_at) if subject else None,
        },
    }


def _clause(standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.clause.id,
        "state": standing.state.value,
        "findings": list(standing.findings),
        "unchecked_accounts": list(standing.unchecked_accounts),
    }


def _totals(audit: Audit, stand: tuple[Standing, ...]) -> dict[str, Any]:
    moved = movement(audit)
    status = [f.status for f in audit.findings if not f.excused]
    return {
        "to_do": len(audit.to_do),
        **{u.value: sum(f.urgency is u for f in audit.to_do) for u in Urgency},
        "last_week": None if audit.previous is None else len(moved.last_week),
        "fixed": len(moved.fixed),
        "answered": len(moved.answered),
        "new": len(moved.new),
        "returned": len(moved.returned),
        "not_rechecked": status.count(Status.NOT_RECHECKED),
        "left": sum(f.status is Status.LEFT for f in audit.findings),
        "mistake": sum(f.status is Status.MISTAKE for f in audit.findings),
        "excused": sum(bool(f.excused) and f.status.to_do for f in audit.findings),
        "accounts": len(audit.coverage),
        "accounts_not_read": sum(c.status is ReadStatus.NOT_READ for c in audit.coverage),
        "clauses": {state.value: sum(s.state is state for s in stand) for state in State},
    }
