"""Findings from run to run, and their references."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from socialaudit.finding import Finding, Status
from socialaudit.store.body import digest, from_json, to_json
from socialaudit.store.tables import closings, findings, references

if TYPE_CHECKING:
    from collections.abc import Iterable


def save(tx: sa.Connection, run: str, council: str, stood: Iterable[Finding]) -> None:
    """Record what stands after a run, without words of the records: those have their own retention."""
    rows: list[dict[str, Any]] = [
        {
            "run": run,
            "fingerprint": one.fingerprint,
            "council": council,
            "ref": one.ref,
            "status": one.status.value,
            "body": to_json(_wordless(one)),
            "evidence": dict(one.evidence),
            "evidence_sha256": digest(dict(one.evidence)),
        }
        for one in stood
    ]
    if rows:
        tx.execute(findings.insert(), rows)


def _wordless(finding: Finding) -> Finding:
    subject = finding.subject and replace(finding.subject, excerpt=None)
    return replace(finding, subject=subject, evidence={})


def of_run(tx: sa.Connection, run: str, statuses: Iterable[Status] = Status) -> dict[str, Finding]:
    """What stood after one run in these statuses, by fingerprint."""
    wanted = sa.select(findings.c.body, findings.c.evidence).where(
        findings.c.run == run, findings.c.status.in_([s.value for s in statuses])
    )
    return _by_fingerprint(tx, wanted)


def after(tx: sa.Connection, council: str, run: str | None = None) -> dict[str, Finding]:
    """What stood after all runs up to and including one (default: all closed runs)."""
    last = sa.select(closings.c.number).where(closings.c.run == run).scalar_subquery()
    newest = (
        sa.select(findings.c.fingerprint, sa.func.max(closings.c.number).label("number"))
        .join(closings, closings.c.run == findings.c.run)
        .where(
            findings.c.council == council, sa.true() if run is None else closings.c.number <= last
        )
        .group_by(findings.c.fingerprint)
        .subquery()
    )
    wanted = (
        sa.select(findings.c.body, findings.c.evidence)
        .join(closings, closings.c.run == findings.c.run)
        .join(
            newest,
            sa.and_(
                newest.c.fingerprint == findings.c.fingerprint,
                newest.c.number == closings.c.number,
            ),
        )
        .where(findings.c.council == council)
        .order_by(closings.c.number)
    )
    return _by_fingerprint(tx, wanted)


def to_do(tx: sa.Connection, council: str) -> dict[str, dict[str, int]]:
    """How many things were to do after each closed run, by run and clause; ``""`` is all of them."""
    columns = (findings.c.run, findings.c.body["clauses"].label("clauses"))
    wanted = sa.select(*columns).where(
        findings.c.council == council,
        findings.c.status.in_([s.value for s in Status if s.to_do]),
        findings.c.body["excused"].as_string() == "",
    )
    found: dict[str, dict[str, int]] = {}
    for row in tx.execute(wanted):
        counts = found.setdefault(row.run, {})
        for clause in ("", *row.clauses):
            counts[clause] = counts.get(clause, 0) + 1
    return found


def counted(tx: sa.Connection, council: str) -> dict[str, dict[Status, int]]:
    """How many things stood after each run, by run and status, without what is excused."""
    wanted = (
        sa.select(findings.c.run, findings.c.status, sa.func.count().label("n"))
        .where(findings.c.council == council, findings.c.body["excused"].as_string() == "")
        .group_by(findings.c.run, findings.c.status)
    )
    found: dict[str, dict[Status, int]] = {}
    for row in tx.execute(wanted):
        found.setdefault(row.run, {})[Status(row.status)] = row.n
    return found


def _by_fingerprint(tx: sa.Connection, wanted: sa.Select[Any]) -> dict[str, Finding]:
    found: dict[str, Finding] = {}
    for row in tx.execute(wanted):
        finding = replace(from_json(Finding, row.body), evidence=row.evidence or {})
        found[finding.fingerprint] = finding
    return found


def reference(tx: sa.Connection, council: str, prefix: str, fingerprint: str) -> str:
    """The reference of a finding: the one it has, or the next number of the prefix."""
    mine = references.c.council == council
    found = tx.execute(
        sa.select(references.c.prefix, references.c.number).where(
            mine, references.c.fingerprint == fingerprint
        )
    ).one_or_none()
    if found is not None:
        return f"{found.prefix}-{found.number:03d}"
    last = tx.scalar(
        sa.select(sa.func.max(references.c.number)).where(mine, references.c.prefix == prefix)
    )
    number = (last or 0) + 1
    tx.execute(
        references.insert().values(
            council=council, prefix=prefix, number=number, fingerprint=fingerprint
        )
    )
    return f"{prefix}-{number:03d}"
