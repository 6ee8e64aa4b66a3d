"""What officers said: decisions, statements, the moderation register, looks; kept for good.

Nothing is changed or taken back: a newer word counts instead. A closed run knew the words up to
its closing, and its digest covers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from socialaudit.finding import Decision, Statement, Verdict
from socialaudit.looking import Look
from socialaudit.register import Action, Entry
from socialaudit.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Known:
    """The newest word of each kind that a run knew, by their numbers; 0: none.

    ``register`` and ``looks`` are ``None`` for a run that was closed before there were any.
    """

    decisions: int
    statements: int
    register: int | None = None
    looks: int | None = None


def add_decisions(tx: sa.Connection, council: str, given: Iterable[Decision]) -> int:
    """Keep decisions, in order, but those that are there already; how many were new."""
    _alone(tx, council)
    there = {_who_what_when(one) for one in decisions(tx, council)}
    new = [one for one in dict.fromkeys(given) if _who_what_when(one) not in there]
    for one in new:
        tx.execute(tables.decisions.insert().values(**_columns(tables.decisions, one)))
    return len(new)


def add_statements(tx: sa.Connection, council: str, given: Iterable[Statement]) -> int:
    """Keep statements, in order, but those that are there already; how many were new."""
    _alone(tx, council)
    there = set(statements(tx, council))
    new = [one for one in dict.fromkeys(given) if one not in there]
    for one in new:
        tx.execute(tables.statements.insert().values(**_columns(tables.statements, one)))
    return len(new)


def add_entries(tx: sa.Connection, council: str, given: Iterable[Entry]) -> int:
    """Keep lines of the register, in order, but those that are there already; how many were new."""
    _alone(tx, council)
    there = set(entries(tx, council))
    new = [one for one in dict.fromkeys(given) if one not in there]
    for one in new:
        tx.execute(tables.register.insert().values(**_columns(tables.register, one)))
    return len(new)


def add_looks(tx: sa.Connection, council: str, given: Iterable[Look]) -> int:
    """Keep looks by hand, in order, but those that are there already; how many were new."""
    _alone(tx, council)
    there = set(looks(tx, council))
    new = [one for one in dict.fromkeys(given) if one not in there]
    for one in new:
        tx.execute(tables.looks.insert().values(**_columns(tables.looks, one)))
    return len(new)


def decisions(tx: sa.Connection, council: str, run: str | None = None) -> tuple[Decision, ...]:
    """Every decision, oldest first; those that a closed run knew, where one is named."""
    return tuple(
        Decision(
            council=row.council,
            ref=row.ref,
            verdict=Verdict(row.verdict),
            reason=row.reason,
            by=row.by,
            made_at=row.made_at,
            until=row.until,
            fingerprint=row.fingerprint,
            words_sha256=row.words_sha256,
        )
        for row in tx.execute(_of(tables.decisions, council, run))
    )


def statements(tx: sa.Connection, council: str, run: str | None = None) -> tuple[Statement, ...]:
    """Every signed statement, oldest first; those that a closed run knew, where one is named."""
    return tuple(
        Statement(
            council=row.council,
            clause=row.clause,
            by=row.by,
            evidence=row.evidence,
            made_at=row.made_at,
            until=row.until,
            number=row.number,
        )
        for row in tx.execute(_of(tables.statements, council, run))
    )


def entries(tx: sa.Connection, council: str) -> tuple[Entry, ...]:
    """Every line of the moderation register, by day."""
    mine = sa.select(tables.register).where(tables.register.c.council == council)
    return tuple(
        Entry(
            council=row.council,
            day=row.day,
            link=row.link,
            action=Action(row.action),
            rule=row.rule,
            by=row.by,
        )
        for row in tx.execute(mine.order_by(tables.register.c.day, tables.register.c.id))
    )


def looks(tx: sa.Connection, council: str, run: str | None = None) -> tuple[Look, ...]:
    """Every look by hand, as written down; those that a closed run knew, where one is named."""
    return tuple(
        Look(
            council=row.council,
            account=row.account,
            day=row.day,
            by=row.by,
            seen=row.seen,
            until=row.until,
        )
        for row in tx.execute(_known_to(tables.looks, council, run).order_by(tables.looks.c.id))
    )


def newest_decisions(tx: sa.Connection, council: str) -> dict[str, Decision]:
    """The newest decision on each reference, of those that a finding had."""
    return {one.ref: one for one in decisions(tx, council) if one.fingerprint is not None}


def known(tx: sa.Connection, council: str) -> Known:
    """What a run that closes now knows; nobody else adds a word before it has closed."""
    _alone(tx, council)
    kept = (tables.decisions, tables.statements, tables.register, tables.looks)
    return Known(*(_last(tx, table, council) for table in kept))


def contents(tx: sa.Connection, council: str, up_to: Known) -> dict[str, list[list[Any]]]:
    """Everything that a run knew, as JSON for its digest."""
    given = [(tables.decisions, up_to.decisions), (tables.statements, up_to.statements)]
    later = ((tables.register, up_to.register), (tables.looks, up_to.looks))
    given += [(table, last) for table, last in later if last is not None]
    return {
        table.name: [
            [str(value) if value is not None else None for value in row]
            for row in tx.execute(
                sa.select(table)
                .where(table.c.council == council, table.c.id <= last)
                .order_by(table.c.id)
            )
        ]
        for table, last in given
    }


def _of(table: sa.Table, council: str, run: str | None) -> sa.Select[Any]:
    return _known_to(table, council, run).order_by(table.c.made_at, table.c.id)


def _known_to(table: sa.Table, council: str, run: str | None) -> sa.Select[Any]:
    wanted = sa.select(table).where(table.c.council == council)
    if run is not None:
        last = sa.select(tables.closings.c[table.name]).where(tables.closings.c.run == run)
        wanted = wanted.where(table.c.id <= last.scalar_subquery())
    return wanted


def _last(tx: sa.Connection, table: sa.Table, council: str) -> int:
    return tx.scalar(sa.select(sa.func.max(table.c.id)).where(table.c.council == council)) or 0


def _columns(table: sa.Table, word: Decision | Statement | Entry | Look) -> dict[str, Any]:
    return {c.name: getattr(word, c.name) for c in table.c if c.name != "id"}


def _who_what_when(one: Decision) -> tuple[object, ...]:
    return (one.ref, one.verdict, one.reason, one.by, one.made_at, one.until)


def _alone(tx: sa.Connection, council: str) -> None:
    """Until this transaction ends, nobody else adds a word or closes a run of the council.

    SQLite has one writer in any case.
    """
    mine = tables.councils.c.council == council
    tx.execute(sa.select(tables.councils.c.salt).where(mine).with_for_update())
