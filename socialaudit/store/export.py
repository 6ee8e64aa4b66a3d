"""What an evidence pack holds, as it lies in the store; and who took one out, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from socialaudit.store import runs
from socialaudit.store.tables import exports, findings, records, sightings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from socialaudit.store.runs import Link


def contents(tx: sa.Connection, link: Link) -> dict[str, object]:
    """All that the digest of a closed run covers, as JSON."""
    run = runs.read(tx, link.run)
    if run is None:
        raise LookupError(link.run)
    return runs.contents(tx, run, link.known)


def versions(
    tx: sa.Connection, council: str, seen_by: Iterable[str], keys: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """Every version of a record that one of some runs saw, as read; of some ``keys``, or of all.

    ``body`` and ``payload`` are ``None`` where retention has emptied them.
    """
    seen = sa.exists().where(
        sightings.c.run.in_(list(seen_by)),
        sightings.c.key == records.c.key,
        sightings.c.sha256 == records.c.sha256,
    )
    columns = ("key", "sha256", "account", "kind", "captured_at", "body", "payload")
    wanted = (
        sa.select(*(records.c[name] for name in columns))
        .where(records.c.council == council, seen)
        .order_by(records.c.key, records.c.captured_at)
    )
    kept = None if keys is None else frozenset(keys)
    found = tx.execute(wanted).mappings()
    return [dict(row) for row in found if kept is None or row["key"] in kept]


def quotations(
    tx: sa.Connection, of: Iterable[str], ref: str | None = None
) -> list[dict[str, Any]]:
    """What led to each finding of some runs, or to one finding: its words have their own digest."""
    columns = ("run", "ref", "body", "evidence", "evidence_sha256")
    wanted = sa.select(*(findings.c[name] for name in columns)).where(findings.c.run.in_(list(of)))
    if ref is not None:
        wanted = wanted.where(findings.c.ref == ref)
    ordered = wanted.order_by(findings.c.run, findings.c.ref)
    return [dict(row) for row in tx.execute(ordered).mappings()]


def note(
    tx: sa.Connection,
    council: str,
    at: datetime,
    *,
    scope: str,
    whole: bool,
    reason: str,
    by: str,
    sha256: str,
) -> None:
    """Keep that a pack was made: of what, whether with the words of third parties, why, by whom."""
    tx.execute(
        exports.insert().values(
            council=council, at=at, scope=scope, whole=whole, reason=reason, by=by, sha256=sha256
        )
    )


def notes(tx: sa.Connection, council: str) -> list[dict[str, Any]]:
    """Every pack that was made, oldest first."""
    wanted = sa.select(exports).where(exports.c.council == council).order_by(exports.c.id)
    return [dict(row) for row in tx.execute(wanted).mappings()]
