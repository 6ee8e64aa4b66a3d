from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.store import evidence, findings, outbox, retention, runs, tables
from socialaudit.store.outbox import Event, Letter
from tests.records import NOW, a_comment, a_post
from tests.socialaudit.store.conftest import begun
from tests.socialaudit.store.test_findings import FOUND

if TYPE_CHECKING:
    from socialaudit.store import Store

CITED = replace(FOUND, subject=replace(FOUND.subject, key="facebook:30"), evidence={"words": "x"})  # type: ignore[type-var]  # it has a subject


def a_week(store: Store, name: str, days_ago: int) -> None:
    run = begun(store, id=name)
    at = NOW - timedelta(days=days_ago)
    with store.begin() as tx:
        evidence.save(tx, run, [a_post(), a_comment(text="Rude.")], at)
        findings.save(tx, run.id, run.council, [CITED])
        runs.close(tx, run, at)


def purged(store: Store, **days: int) -> retention.Emptied:
    with store.begin() as tx:
        kept = {"records_days": 30, "evidence_days": 365} | days
        return retention.purge(tx, "testham", NOW, **kept)


def bodies(store: Store) -> set[str]:
    with store.begin() as tx:
        wanted = sa.select(tables.records.c.key).where(tables.records.c.body.is_not(sa.null()))
        return set(tx.scalars(wanted))


def test_what_was_seen_lately_is_kept(store: Store) -> None:
    a_week(store, "run-1", days_ago=29)
    assert purged(store) == retention.Emptied(0, 0, 0)


def test_what_no_finding_cites_is_emptied_first(store: Store) -> None:
    a_week(store, "run-1", days_ago=31)
    assert purged(store) == retention.Emptied(1, 0, 0)
    assert bodies(store) == {"facebook:30"}


def test_what_a_finding_cites_and_quotes_is_emptied_in_its_time(store: Store) -> None:
    a_week(store, "run-1", days_ago=366)
    assert purged(store) == retention.Emptied(2, 1, 0)
    assert bodies(store) == set()
    with store.begin() as tx:
        (found,) = findings.of_run(tx, "run-1").values()
    assert dict(found.evidence) == {}


def test_what_was_seen_again_lately_is_kept(store: Store) -> None:
    a_week(store, "run-1", days_ago=60)
    a_week(store, "run-2", days_ago=3)
    assert purged(store).records == 0


def test_the_chain_holds_after_a_purge(store: Store) -> None:
    a_week(store, "run-1", days_ago=400)
    a_week(store, "run-2", days_ago=3)
    purged(store)
    with store.begin() as tx:
        assert runs.broken_link(tx, "testham") is None


def test_a_record_that_is_read_again_after_a_purge_is_whole_again(store: Store) -> None:
    a_week(store, "run-1", days_ago=400)
    purged(store)
    a_week(store, "run-2", days_ago=0)
    assert bodies(store) == {"facebook:10", "facebook:30"}


def test_a_message_is_emptied_only_when_it_is_done_with(store: Store) -> None:
    old = NOW - timedelta(days=31)
    sent, waiting = (Letter(f"run-{n}", "clerk@x.example", f"<{n}@x>", b"words") for n in (1, 2))
    with store.begin() as tx:
        for letter in (sent, waiting):
            outbox.put(tx, "testham", letter, old)
        outbox.note(tx, sent, Event.SENT, old)
    assert purged(store).messages == 1
    with store.begin() as tx:
        assert outbox.pending(tx, "testham") == [waiting]


def test_a_second_purge_finds_nothing_left(store: Store) -> None:
    a_week(store, "run-1", days_ago=400)
    purged(store)
    assert purged(store) == retention.Emptied(0, 0, 0)
