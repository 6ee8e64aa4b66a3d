from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from socialaudit.finding import Decision, Statement, Verdict
from socialaudit.register import Action, Entry
from socialaudit.store import runs, tables, words
from socialaudit.store.body import digest
from tests.records import NOW
from tests.socialaudit.store.conftest import begun

if TYPE_CHECKING:
    from socialaudit.store import Store

LEFT = Decision(
    council="testham",
    ref="FB-001",
    verdict=Verdict.LEAVE,
    reason="The maker is away.",
    by="A. Clerk",
    made_at=NOW,
    until=date(2027, 1, 31),
    fingerprint="a" * 32,
    words_sha256="b" * 64,
)
SIGNED = Statement(
    council="testham",
    clause="4.14",
    by="A. Clerk",
    evidence="Password register of 3 March",
    made_at=NOW,
    until=date(2027, 3, 3),
)

HIDDEN = Entry(
    council="testham",
    day=date(2026, 11, 9),
    link="https://www.facebook.com/10?comment_id=30",
    action=Action.HIDDEN,
    rule="House rule 3, abuse",
    by="A. Clerk",
)


def closed(store: Store, name: str) -> None:
    run = begun(store, id=name)
    with store.begin() as tx:
        runs.close(tx, run, NOW)


def test_words_come_back_as_they_were_said(store: Store) -> None:
    with store.begin() as tx:
        assert words.add_decisions(tx, "testham", [LEFT]) == 1
        assert words.add_statements(tx, "testham", [SIGNED, replace(SIGNED, number=2)]) == 2
        assert words.decisions(tx, "testham") == (LEFT,)
        assert words.statements(tx, "testham") == (SIGNED, replace(SIGNED, number=2))
        assert words.statements(tx, "otherham") == ()


def test_the_same_word_is_kept_once(store: Store) -> None:
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [LEFT, LEFT])
        words.add_statements(tx, "testham", [SIGNED, SIGNED])
    with store.begin() as tx:
        again = replace(LEFT, fingerprint=None, words_sha256=None)
        assert words.add_decisions(tx, "testham", [again]) == 0
        assert words.add_statements(tx, "testham", [SIGNED]) == 0
        assert words.add_decisions(tx, "testham", [replace(LEFT, by="B. Mayor")]) == 1


def test_the_register_comes_back_by_day_each_line_once(store: Store) -> None:
    earlier = replace(HIDDEN, day=date(2026, 11, 2), action=Action.REPORTED)
    with store.begin() as tx:
        assert words.add_entries(tx, "testham", [HIDDEN, HIDDEN, earlier]) == 2
    with store.begin() as tx:
        assert words.add_entries(tx, "testham", [HIDDEN]) == 0
        assert words.entries(tx, "testham") == (earlier, HIDDEN)
        assert words.entries(tx, "otherham") == ()


def test_the_newest_decision_counts_whatever_the_order_they_came_in(store: Store) -> None:
    older = replace(LEFT, made_at=NOW - timedelta(days=3), verdict=Verdict.MISTAKE)
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [LEFT])
        words.add_decisions(tx, "testham", [older])
        assert words.newest_decisions(tx, "testham") == {"FB-001": LEFT}


def test_a_decision_on_what_nothing_was_called_counts_for_nothing(store: Store) -> None:
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [replace(LEFT, fingerprint=None)])
        assert words.newest_decisions(tx, "testham") == {}


def test_a_closed_run_knew_the_words_up_to_its_closing(store: Store) -> None:
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [LEFT])
    closed(store, "run-1")
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [replace(LEFT, ref="FB-002")])
        words.add_statements(tx, "testham", [SIGNED])
        assert words.decisions(tx, "testham", "run-1") == (LEFT,)
        assert words.statements(tx, "testham", "run-1") == ()
        assert runs.broken_link(tx, "testham") is None


KEPT = [tables.decisions, tables.statements, tables.register]


@pytest.mark.parametrize("table", KEPT, ids=lambda t: t.name)
def test_a_word_that_a_run_knew_cannot_be_changed_or_removed(store: Store, table: sa.Table) -> None:
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [LEFT])
        words.add_statements(tx, "testham", [SIGNED])
        words.add_entries(tx, "testham", [HIDDEN])
    closed(store, "run-1")
    with store.begin() as tx:
        before = tx.execute(sa.select(table)).one()._asdict()
        tx.execute(table.update().values(by="B. Mayor"))
        assert runs.broken_link(tx, "testham") == "run run-1"
        tx.execute(table.delete())
        assert runs.broken_link(tx, "testham") == "run run-1"
        tx.execute(table.insert().values(**before))
        assert runs.broken_link(tx, "testham") is None


def test_a_run_that_was_closed_before_words_counted_still_fits(store: Store) -> None:
    run = begun(store, id="run-1")
    with store.begin() as tx:
        runs.close(tx, run, NOW)
        sealed = digest([runs.GENESIS, runs.contents(tx, replace(run, finished_at=NOW), None)])
        tx.execute(tables.closings.update().values(digest=sealed, decisions=None, statements=None))
        assert runs.broken_link(tx, "testham") is None


def test_a_run_that_was_closed_before_the_register_counted_still_fits(store: Store) -> None:
    run = begun(store, id="run-1")
    with store.begin() as tx:
        words.add_decisions(tx, "testham", [LEFT])
        runs.close(tx, run, NOW)
        known = replace(words.known(tx, "testham"), register=None)
        sealed = digest([runs.GENESIS, runs.contents(tx, replace(run, finished_at=NOW), known)])
        tx.execute(tables.closings.update().values(digest=sealed, register=None))
        words.add_entries(tx, "testham", [HIDDEN])
        assert runs.broken_link(tx, "testham") is None
