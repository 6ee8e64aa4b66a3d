"""Records as read: versions with digests, which run saw which, and what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from socialaudit.models import Account, Comment, Media, Post, Setting
from socialaudit.register import Vanished
from socialaudit.store.body import digest, from_json, to_json
from socialaudit.store.tables import cache, records, runs, sightings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from socialaudit.finding import Run
    from socialaudit.models import Record

KINDS: dict[str, type[Any]] = {
    "account": Account,
    "post": Post,
    "media": Media,
    "comment": Comment,
    "setting": Setting,
}
_NAMES = {model: name for name, model in KINDS.items()}


def kind_of(record: Record) -> str:
    """The word for a record's kind: account, post, media, comment, setting."""
    return _NAMES[type(record)]


def save(
    tx: sa.Connection, run: Run, read: Iterable[Record], at: datetime, platform: str = ""
) -> None:
    """Keep records as read in a run: a new version only where something changed."""
    newest = {record.key: record for record in read}
    versions: list[dict[str, Any]] = []
    for record in newest.values():
        body = to_json(record, without=frozenset({"payload"}))
        versions.append(
            {
                "council": run.council,
                "key": record.key,
                "sha256": digest([body, record.payload]),
                "account": record.account,
                "kind": kind_of(record),
                "published_at": getattr(record, "published_at", None),
                "captured_at": at,
                "body": body,
                "payload": record.payload,
            }
        )
    known = _known_versions(tx, run.council, [v["key"] for v in versions])
    fresh = [v for v in versions if (v["key"], v["sha256"]) not in known]
    if fresh:
        tx.execute(records.insert(), fresh)
    for version in versions:
        if known.get((version["key"], version["sha256"])) is False:
            _refill(tx, version)
    _sight(tx, run.id, [(v["key"], v["account"], v["sha256"]) for v in versions], at)


def save_gone(tx: sa.Connection, run: Run, account: str, keys: Iterable[str], at: datetime) -> None:
    """Note records that the platform says no longer exist."""
    _sight(tx, run.id, [(key, account, None) for key in keys], at)


def _sight(
    tx: sa.Connection, run: str, seen: Sequence[tuple[str, str, str | None]], at: datetime
) -> None:
    there = set(tx.scalars(sa.select(sightings.c.key).where(sightings.c.run == run)))
    rows = [
        {"run": run, "key": key, "account": account, "sha256": sha256, "captured_at": at}
        for key, account, sha256 in seen
        if key not in there
    ]
    if rows:
        tx.execute(sightings.insert(), rows)


def _known_versions(
    tx: sa.Connection, council: str, keys: Sequence[str]
) -> dict[tuple[str, str], bool]:
    """Whether each known version of these records still has its body."""
    found: dict[tuple[str, str], bool] = {}
    for start in range(0, len(keys), 500):
        wanted = sa.select(
            records.c.key, records.c.sha256, records.c.body.is_not(sa.null()).label("whole")
        ).where(records.c.council == council, records.c.key.in_(keys[start : start + 500]))
        found.update({(row.key, row.sha256): bool(row.whole) for row in tx.execute(wanted)})
    return found


def _refill(tx: sa.Connection, version: dict[str, Any]) -> None:
    """Put back what retention had emptied and the platform shows again."""
    same = {name: version[name] for name in ("council", "key", "sha256")}
    again = {name: version[name] for name in ("body", "payload")}
    tx.execute(records.update().filter_by(**same).values(**again))


def read(tx: sa.Connection, run: Run) -> list[Record]:
    """Every record a run saw whose body is still kept."""
    return [from_json(KINDS[row.kind], row.body) for row in tx.execute(_seen(run)) if row.body]


def captures(tx: sa.Connection, run: Run) -> dict[str, tuple[str, datetime]]:
    """Digest and time of capture of every record a run saw, by key."""
    return {row.key: (row.sha256, row.captured_at) for row in tx.execute(_seen(run))}


def _seen(run: Run) -> sa.Select[Any]:
    return (
        sa.select(
            records.c.key, records.c.kind, records.c.body, records.c.sha256, sightings.c.captured_at
        )
        .join_from(
            sightings,
            records,
            sa.and_(
                records.c.council == run.council,
                records.c.key == sightings.c.key,
                records.c.sha256 == sightings.c.sha256,
            ),
        )
        .where(sightings.c.run == run.id)
    )


def gone(tx: sa.Connection, run: str) -> frozenset[str]:
    """Keys that a run found to be gone."""
    wanted = sa.select(sightings.c.key).where(sightings.c.run == run, sightings.c.sha256.is_(None))
    return frozenset(tx.scalars(wanted))


def vanished(tx: sa.Connection, run: Run) -> tuple[Vanished, ...]:
    """What a run found gone that had been read before, in the order of the keys."""
    kept = newest(tx, run.council, gone(tx, run.id))
    missing = sa.select(sightings.c.key).where(
        sightings.c.run == run.id, sightings.c.sha256.is_(None)
    )
    same = sa.and_(records.c.key == sightings.c.key, records.c.sha256 == sightings.c.sha256)
    wanted = (
        sa.select(
            records.c.key,
            records.c.account,
            records.c.kind,
            sa.func.max(sightings.c.captured_at).label("at"),
        )
        .join(sightings, same)
        .join(runs, runs.c.run == sightings.c.run)
        .where(
            records.c.council == run.council,
            runs.c.council == run.council,
            records.c.key.in_(missing),
        )
        .group_by(records.c.key, records.c.account, records.c.kind)
        .order_by(records.c.key)
    )
    return tuple(
        Vanished(
            key=row.key,
            account=row.account,
            kind=row.kind,
            comment=found if isinstance(found := kept.get(row.key), Comment) else None,
            last_seen=row.at,
        )
        for row in tx.execute(wanted)
    )


def newest(tx: sa.Connection, council: str, keys: Iterable[str]) -> dict[str, Record]:
    """The newest kept version of some records, by key."""
    wanted = list(keys)
    found: dict[str, Record] = {}
    for start in range(0, len(wanted), 500):
        versions = (
            sa.select(records.c.key, records.c.kind, records.c.body)
            .where(records.c.council == council, records.c.key.in_(wanted[start : start + 500]))
            .order_by(records.c.captured_at)
        )
        for row in tx.execute(versions):
            if row.body is not None:
                found[row.key] = from_json(KINDS[row.kind], row.body)
    return found


def between(
    tx: sa.Connection,
    council: str,
    account: str,
    since: datetime,
    until: datetime,
    kinds: Sequence[str] = tuple(KINDS),
) -> list[Record]:
    """The newest kept version of every record of an account published in [since, until)."""
    wanted = (
        sa.select(records.c.key, records.c.kind, records.c.body)
        .where(
            records.c.council == council,
            records.c.account == account,
            records.c.published_at >= since,
            records.c.published_at < until,
            records.c.kind.in_(kinds),
            records.c.body.is_not(sa.null()),
        )
        .order_by(records.c.captured_at)
    )
    found = {row.key: row for row in tx.execute(wanted)}
    return [from_json(KINDS[row.kind], row.body) for row in found.values()]


class Cache(dict[str, str]):
    """What a connector keeps between runs, loaded whole; ``save`` writes what changed."""

    def __init__(self, tx: sa.Connection, council: str, account: str) -> None:
        self._whose = {"council": council, "account": account}
        wanted = sa.select(cache.c.key, cache.c.value).filter_by(**self._whose)
        super().__init__((row.key, row.value) for row in tx.execute(wanted))
        self._loaded = dict(self)

    def save(self, tx: sa.Connection) -> None:
        """Write what changed since it was loaded; a text that is not plain is not worth keeping."""
        gone = [k for k, v in self._loaded.items() if self.get(k) != v]
        changed = {
            k: v
            for k, v in self.items()
            if self._loaded.get(k) != v and k.isprintable() and v.isprintable()
        }
        if gone:
            tx.execute(cache.delete().filter_by(**self._whose).where(cache.c.key.in_(gone)))
        if changed:
            tx.execute(
                cache.insert(), [{**self._whose, "key": k, "value": v} for k, v in changed.items()]
            )
