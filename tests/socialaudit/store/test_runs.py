from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from socialaudit.finding import Assessment, Coverage, Outcome, ReadStatus, RunKind
from socialaudit.models import AccountKind, Unread
from socialaudit.store import evidence, runs, tables
from tests.records import NOW, a_comment, a_post
from tests.socialaudit.store.conftest import a_run, begun

if TYPE_CHECKING:
    from socialaudit.store import Store

COVERED = Coverage(
    account="facebook",
    platform="facebook",
    title="Facebook",
    handle="testham",
    kind=AccountKind.COUNCIL,
    status=ReadStatus.PARTLY,
    unread=(Unread("comments.state", "no permission"),),
    posts=3,
    read_at=NOW,
)
ASSESSED = Assessment(check="held-comments", account="facebook", outcome=Outcome.NOT_ASSESSED)


def closed(store: Store, number: int) -> str:
    run = begun(store, id=f"testham-{number}", started_at=NOW + timedelta(days=number))
    with store.begin() as tx:
        runs.cover(tx, run, COVERED, NOW)
        evidence.save(tx, run, [a_post(), a_comment(text=f"Comment {number}")], NOW)
        runs.save_assessments(tx, run.id, [ASSESSED])
        runs.close(tx, run, NOW + timedelta(days=number))
    return run.id


def test_a_run_begun_twice_is_the_first_one(store: Store) -> None:
    first = begun(store)
    again = begun(store, started_at=NOW + timedelta(days=1))
    assert again == first == a_run()


def test_what_was_covered_and_assessed_comes_back_as_it_was(store: Store) -> None:
    id_ = closed(store, 1)
    with store.begin() as tx:
        assert runs.covered(tx, id_) == {"facebook": COVERED}
        assert runs.read_assessments(tx, id_) == (ASSESSED,)
        run = runs.read(tx, id_)
    assert run is not None
    assert run.finished_at == NOW + timedelta(days=1)


def test_only_closed_runs_count_as_runs_of_the_council(store: Store) -> None:
    done = closed(store, 1)
    begun(store, id="testham-2")
    with store.begin() as tx:
        assert [r.id for r in runs.of_council(tx, "testham")] == [done]
        assert [r.id for r in runs.unfinished(tx, "testham", RunKind.WEEKLY)] == ["testham-2"]
        assert runs.of_council(tx, "otherham") == []


def test_an_account_that_could_not_be_read_was_not_read(store: Store) -> None:
    run = begun(store)
    with store.begin() as tx:
        runs.cover(tx, run, replace(COVERED, status=ReadStatus.NOT_READ), NOW)
        assert runs.last_read(tx, "testham") == {}


def test_when_an_account_was_last_read_can_be_told_as_of_a_moment(store: Store) -> None:
    run = begun(store)
    with store.begin() as tx:
        runs.cover(tx, run, COVERED, NOW)
        assert runs.last_read(tx, "testham", NOW) == {COVERED.account: NOW}
        assert runs.last_read(tx, "testham", NOW - timedelta(seconds=1)) == {}


def test_the_chain_of_untouched_runs_holds(store: Store) -> None:
    closed(store, 1)
    closed(store, 2)
    with store.begin() as tx:
        assert runs.broken_link(tx, "testham") is None


def test_a_changed_assessment_breaks_the_chain_at_its_run(store: Store) -> None:
    closed(store, 1)
    second = closed(store, 2)
    with store.begin() as tx:
        changed = tables.assessments.c.run == second
        tx.execute(tables.assessments.update().where(changed).values(body={"check": "x"}))
    with store.begin() as tx:
        broken = tx.execute(sa.select(tables.assessments.c.body).where(changed)).scalar_one()
        assert broken == {"check": "x"}
        assert runs.broken_link(tx, "testham") == f"run {second}"


def test_a_changed_word_of_a_record_is_found_and_its_record_named(store: Store) -> None:
    closed(store, 1)
    with store.begin() as tx:
        mine = tables.records.c.key == "facebook:30"
        body = tx.execute(sa.select(tables.records.c.body).where(mine)).scalar_one()
        tx.execute(tables.records.update().where(mine).values(body=body | {"text": "Nice."}))
        assert runs.broken_link(tx, "testham") == "record facebook:30"


def test_a_deleted_record_is_found(store: Store) -> None:
    closed(store, 1)
    with store.begin() as tx:
        tx.execute(tables.records.delete().where(tables.records.c.key == "facebook:30"))
        assert runs.broken_link(tx, "testham") == "record facebook:30"


def test_a_removed_sighting_breaks_the_chain(store: Store) -> None:
    first = closed(store, 1)
    closed(store, 2)
    with store.begin() as tx:
        tx.execute(tables.sightings.delete().where(tables.sightings.c.run == first))
        assert runs.broken_link(tx, "testham") == f"run {first}"


def test_a_removed_run_breaks_the_chain(store: Store) -> None:
    closed(store, 1)
    second = closed(store, 2)
    with store.begin() as tx:
        tx.execute(tables.closings.delete().where(tables.closings.c.number == 1))
        assert runs.broken_link(tx, "testham") == f"run {second}"


def test_a_salt_is_made_once_for_each_council(store: Store) -> None:
    with store.begin() as tx:
        salt = runs.salt(tx, "testham")
    with store.begin() as tx:
        assert runs.salt(tx, "testham") == salt
        assert runs.salt(tx, "otherham") != salt


def test_who_asked_counts_in_the_digest_and_old_runs_keep_theirs(store: Store) -> None:
    unasked, asked = closed(store, 1), begun(store, id="testham-9", asked_by="the mayor")
    with store.begin() as tx:
        runs.close(tx, asked, NOW + timedelta(days=9))
        contents = [
            runs.contents(tx, run, link.known)["run"]
            for link in runs.links(tx, "testham")
            if (run := runs.read(tx, link.run))
        ]
        assert runs.broken_link(tx, "testham") is None
        tx.execute(tables.runs.update().filter_by(run="testham-9").values(asked_by="nobody"))
        assert runs.broken_link(tx, "testham") == "run testham-9"
    assert unasked == "testham-1"
    assert ["asked_by" in run for run in contents if isinstance(run, dict)] == [False, True]
