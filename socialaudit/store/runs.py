"""Runs: opened, covered account by account, closed with a digest chained to the run before."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from socialaudit.finding import Assessment, Coverage, Run, RunKind, Window
from socialaudit.store import words
from socialaudit.store.body import digest, from_json, to_json
from socialaudit.store.tables import (
    assessments,
    closings,
    councils,
    coverage,
    findings,
    records,
    runs,
    sightings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

GENESIS = "0" * 64
"""The digest that the first run of a council is chained to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One closed run in the chain: its digest covers ``previous`` and what ``contents`` gives.

    ``known`` are the words of officers that it knew.
    """

    run: str
    number: int
    finished_at: datetime
    previous: str
    digest: str
    known: words.Known | None


def salt(tx: sa.Connection, council: str) -> bytes:
    """The key of a council's pseudonyms, made when first asked for."""
    found = tx.scalar(sa.select(councils.c.salt).where(councils.c.council == council))
    if found is None:
        found = secrets.token_hex(32)
        tx.execute(councils.insert().values(council=council, salt=found))
    return bytes.fromhex(found)


def begin(tx: sa.Connection, run: Run) -> Run:
    """Open a run; if a run with this id is there already, return that one unchanged."""
    found = read(tx, run.id)
    if found is not None:
        return found
    tx.execute(
        runs.insert().values(
            run=run.id,
            council=run.council,
            kind=run.kind.value,
            since=run.window.since,
            until=run.window.until,
            reason=run.reason,
            accounts=list(run.accounts),
            started_at=run.started_at,
            version=run.version,
            policy_id=run.policy_id,
            policy_sha256=run.policy_sha256,
            asked_by=run.asked_by,
        )
    )
    return run


_RUNS = sa.select(runs, closings.c.finished_at).outerjoin(closings, closings.c.run == runs.c.run)


def read(tx: sa.Connection, run: str) -> Run | None:
    """One run, or None."""
    row = tx.execute(_RUNS.where(runs.c.run == run)).one_or_none()
    return None if row is None else _run(row)


def of_council(tx: sa.Connection, council: str, kinds: Iterable[RunKind] = RunKind) -> list[Run]:
    """Every closed run of these kinds, oldest first."""
    wanted = _RUNS.where(
        runs.c.council == council,
        runs.c.kind.in_([k.value for k in kinds]),
        closings.c.finished_at.is_not(None),
    ).order_by(closings.c.number)
    return [_run(row) for row in tx.execute(wanted)]


def unfinished(tx: sa.Connection, council: str, kind: RunKind) -> list[Run]:
    """Runs of this kind that were begun and never closed, newest first."""
    wanted = _RUNS.where(
        runs.c.council == council, runs.c.kind == kind.value, closings.c.finished_at.is_(None)
    ).order_by(runs.c.started_at.desc())
    return [_run(row) for row in tx.execute(wanted)]


def _run(row: sa.Row[tuple[object, ...]]) -> Run:
    return Run(
        id=row.run,
        council=row.council,
        kind=RunKind(row.kind),
        window=Window(row.since, row.until),
        started_at=row.started_at,
        finished_at=row.finished_at,
        reason=row.reason,
        accounts=tuple(row.accounts),
        version=row.version,
        policy_id=row.policy_id,
        policy_sha256=row.policy_sha256,
        asked_by=row.asked_by,
    )


def cover(tx: sa.Connection, run: Run, covered: Coverage, at: datetime) -> None:
    """Record what the run could read of one account."""
    tx.execute(
        coverage.insert().values(
            run=run.id,
            account=covered.account,
            council=run.council,
            status=covered.status.value,
            read_at=at,
            body=to_json(covered),
        )
    )


def covered(tx: sa.Connection, run: str) -> dict[str, Coverage]:
    """What the run could read, by account, in the order it was read."""
    wanted = sa.select(coverage).where(coverage.c.run == run).order_by(coverage.c.read_at)
    return {
        row.account: replace(from_json(Coverage, row.body), read_at=row.read_at)
        for row in tx.execute(wanted)
    }


def last_read(
    tx: sa.Connection, council: str, until: datetime | None = None
) -> dict[str, datetime]:
    """When each account was last read, in full or in part; ``until`` a moment, or ever."""
    wanted = (
        sa.select(coverage.c.account, sa.func.max(coverage.c.read_at).label("at"))
        .where(coverage.c.council == council, coverage.c.status != "not read")
        .where(coverage.c.read_at <= until if until else sa.true())
        .group_by(coverage.c.account)
    )
    return {row.account: row.at for row in tx.execute(wanted)}


def spent(tx: sa.Connection, council: str, account: str, since: datetime, unit: str) -> float:
    """What reading an account has cost since a moment, in one unit (``USD``)."""
    wanted = sa.select(coverage.c.body).where(
        coverage.c.council == council, coverage.c.account == account, coverage.c.read_at >= since
    )
    covered = (from_json(Coverage, body) for body in tx.scalars(wanted))
    return sum(one.amount for one in covered if one.unit == unit)


def save_assessments(tx: sa.Connection, run: str, judged: Iterable[Assessment]) -> None:
    """Record the outcome of every check."""
    rows = [{"run": run, "number": n, "body": to_json(one)} for n, one in enumerate(judged)]
    if rows:
        tx.execute(assessments.insert(), rows)


def read_assessments(tx: sa.Connection, run: str) -> tuple[Assessment, ...]:
    """The outcomes of a run, in the order they were made."""
    wanted = (
        sa.select(assessments.c.body).where(assessments.c.run == run).order_by(assessments.c.number)
    )
    return tuple(from_json(Assessment, body) for body in tx.scalars(wanted))


def close(tx: sa.Connection, run: Run, at: datetime) -> str:
    """Close a run: its digest covers all it holds and the digest of the run before.

    Returns the digest. The run must not be closed already.
    """
    known = words.known(tx, run.council)
    last = tx.execute(
        sa.select(closings.c.number, closings.c.digest)
        .where(closings.c.council == run.council)
        .order_by(closings.c.number.desc())
        .limit(1)
    ).one_or_none()
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    sealed = digest([previous, contents(tx, replace(run, finished_at=at), known)])
    tx.execute(
        closings.insert().values(
            run=run.id,
            council=run.council,
            number=number,
            finished_at=at,
            previous=previous,
            digest=sealed,
            decisions=known.decisions,
            statements=known.statements,
            register=known.register,
            looks=known.looks,
        )
    )
    return sealed


def contents(tx: sa.Connection, run: Run, known: words.Known | None) -> dict[str, object]:
    """Everything that a run's digest covers, as JSON: digests of records, not their words.

    ``known`` are the words of officers; ``None`` for a run that was closed before they counted.
    """
    said = {} if known is None else {"words": words.contents(tx, run.council, known)}
    unasked = frozenset() if run.asked_by else frozenset({"asked_by"})  # not there before 0005
    return said | {
        "run": to_json(run, without=unasked),
        "coverage": _rows(tx, run, coverage, "account", "status", "body"),
        "records": _rows(tx, run, sightings, "key", "sha256"),
        "assessments": _rows(tx, run, assessments, "number", "body"),
        "findings": _rows(tx, run, findings, "fingerprint", "body", "evidence_sha256"),
    }


def _rows(tx: sa.Connection, run: Run, table: sa.Table, *columns: str) -> list[list[Any]]:
    """Some columns of the rows of a run, in the order of the first."""
    wanted = sa.select(*(table.c[name] for name in columns)).where(table.c.run == run.id)
    return sorted([list(row) for row in tx.execute(wanted)], key=lambda row: row[0])


def links(tx: sa.Connection, council: str) -> list[Link]:
    """The chain of a council's closed runs, from the first."""
    wanted = sa.select(closings).where(closings.c.council == council).order_by(closings.c.number)
    return [
        Link(
            run=row.run,
            number=row.number,
            finished_at=row.finished_at,
            previous=row.previous,
            digest=row.digest,
            known=None
            if row.decisions is None
            else words.Known(row.decisions, row.statements, row.register, row.looks),
        )
        for row in tx.execute(wanted)
    ]


def digest_of(tx: sa.Connection, run: str) -> str:
    """The digest of a closed run, ``""`` for one that is not closed."""
    return tx.scalar(sa.select(closings.c.digest).where(closings.c.run == run)) or ""


def broken_link(tx: sa.Connection, council: str) -> str | None:
    """The first run or record that no longer fits its digest, in words; None when all do.

    Bodies that retention emptied are not compared: their digests stay in the chain.
    """
    previous = GENESIS
    for link in links(tx, council):
        run = read(tx, link.run)
        if run is None or link.previous != previous:
            return f"run {link.run}"
        if digest([previous, contents(tx, run, link.known)]) != link.digest:
            return f"run {link.run}"
        previous = link.digest
    return _changed_record(tx, council) or _changed_evidence(tx, council)


def _changed_record(tx: sa.Connection, council: str) -> str | None:
    kept = sa.select(records).where(records.c.council == council, records.c.body.is_not(sa.null()))
    for row in tx.execute(kept.order_by(records.c.key)):
        if digest([row.body, row.payload]) != row.sha256:
            return f"record {row.key}"
    same = sa.and_(
        records.c.council == runs.c.council,
        records.c.key == sightings.c.key,
        records.c.sha256 == sightings.c.sha256,
    )
    lost = (
        sa.select(sightings.c.key)
        .join(runs, runs.c.run == sightings.c.run)
        .outerjoin(records, same)
        .where(
            runs.c.council == council,
            sightings.c.sha256.is_not(None),
            records.c.sha256.is_(None),
        )
    )
    key = tx.scalar(lost.limit(1))
    return None if key is None else f"record {key}"


def _changed_evidence(tx: sa.Connection, council: str) -> str | None:
    kept = sa.select(findings).where(
        findings.c.council == council, findings.c.evidence.is_not(sa.null())
    )
    for row in tx.execute(kept.order_by(findings.c.ref)):
        if digest(row.evidence) != row.evidence_sha256:
            return f"evidence of {row.ref}"
    return None
