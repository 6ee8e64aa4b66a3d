from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from socialaudit.register import Vanished
from socialaudit.store import evidence, runs, tables
from tests.records import NOW, a_comment, a_post, a_setting, a_video, an_account
from tests.socialaudit.store.conftest import begun

if TYPE_CHECKING:
    from socialaudit.models import Record
    from socialaudit.store import Store


def test_every_kind_of_record_comes_back_as_it_was_read(store: Store) -> None:
    read: list[Record] = [
        an_account(),
        a_post(),
        a_video(),
        a_comment(),
        a_setting("PROFANITY_FILTER", '"Off"'),
    ]
    run = begun(store)
    with store.begin() as tx:
        evidence.save(tx, run, read, NOW)
        assert {r.key: r for r in evidence.read(tx, run)} == {r.key: r for r in read}


def test_hostile_text_survives_the_store(store: Store) -> None:
    text = "\u202e=cmd|'/C calc'!A0 <script> \ud83d \x07 😀"
    run = begun(store)
    with store.begin() as tx:
        evidence.save(tx, run, [a_comment(text=text, payload={"message": text})], NOW)
        (found,) = evidence.read(tx, run)
    assert getattr(found, "text", None) == text


def test_a_record_that_did_not_change_is_kept_once(store: Store) -> None:
    for number in (1, 2):
        run = begun(store, id=f"run-{number}")
        with store.begin() as tx:
            evidence.save(tx, run, [a_post(payload={"id": "10"})], NOW + timedelta(days=number))
            runs.close(tx, run, NOW)
    with store.begin() as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.records)) == 1
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.sightings)) == 2


def test_a_changed_text_is_a_new_version_and_the_old_run_keeps_the_old_one(store: Store) -> None:
    before, after = begun(store, id="run-1"), begun(store, id="run-2")
    with store.begin() as tx:
        evidence.save(tx, before, [a_post(text="Old")], NOW)
        evidence.save(tx, after, [a_post(text="New")], NOW + timedelta(days=7))
        assert [getattr(r, "text", "") for r in evidence.read(tx, before)] == ["Old"]
        newest = evidence.newest(tx, "testham", ["facebook:10"])["facebook:10"]
    assert getattr(newest, "text", "") == "New"


def test_a_second_attempt_adds_what_the_first_missed_and_repeats_nothing(store: Store) -> None:
    run = begun(store)
    with store.begin() as tx:
        evidence.save(tx, run, [a_post()], NOW)
        evidence.save(tx, run, [a_post(), a_comment()], NOW)
        assert sorted(r.key for r in evidence.read(tx, run)) == ["facebook:10", "facebook:30"]


def test_what_is_gone_is_noted_and_not_read(store: Store) -> None:
    run = begun(store)
    with store.begin() as tx:
        evidence.save_gone(tx, run, "facebook", ["facebook:99"], NOW)
        assert evidence.gone(tx, run.id) == {"facebook:99"}
        assert evidence.read(tx, run) == []


def test_what_vanished_is_told_with_what_was_kept_of_it_and_when_it_was_last_seen(
    store: Store,
) -> None:
    runs_ = [begun(store, id=f"run-{number}") for number in (1, 2, 3)]
    with store.begin() as tx:
        evidence.save(tx, runs_[0], [a_comment(text="Old"), a_post()], NOW - timedelta(days=14))
        evidence.save(tx, runs_[1], [a_comment()], NOW - timedelta(days=7))
        evidence.save_gone(tx, runs_[2], "facebook", ["facebook:10", "facebook:30"], NOW)
        assert evidence.vanished(tx, runs_[1]) == ()
        assert evidence.vanished(tx, runs_[2]) == (
            Vanished(
                key="facebook:10",
                account="facebook",
                kind="post",
                last_seen=NOW - timedelta(days=14),
            ),
            Vanished(
                key="facebook:30",
                account="facebook",
                kind="comment",
                comment=a_comment(),
                last_seen=NOW - timedelta(days=7),
            ),
        )
        tx.execute(tables.records.update().values(body=None, payload=None))
        assert [v.comment for v in evidence.vanished(tx, runs_[2])] == [None, None]


def test_records_of_a_time_come_in_their_newest_version(store: Store) -> None:
    run, later = begun(store), begun(store, id="later")
    week_old = NOW - timedelta(days=10)
    with store.begin() as tx:
        old = a_post(id="11", published_at=week_old, comment_count=1)
        ancient = a_post(id="12", published_at=NOW - timedelta(days=90))
        evidence.save(tx, run, [old, ancient, a_post()], NOW)
        newer = replace(old, comment_count=4)
        evidence.save(tx, later, [newer], NOW + timedelta(days=1))
        since, until = NOW - timedelta(days=30), NOW - timedelta(days=7)
        assert evidence.between(tx, "testham", "facebook", since, until) == [newer]
        assert evidence.between(tx, "testham", "facebook", since, until, ("comment",)) == []


def test_one_council_never_sees_the_records_of_another(store: Store) -> None:
    run = begun(store)
    with store.begin() as tx:
        evidence.save(tx, run, [a_post()], NOW)
        assert evidence.newest(tx, "otherham", ["facebook:10"]) == {}
        assert evidence.between(tx, "otherham", "facebook", NOW - timedelta(days=9), NOW) == []


def test_a_cache_outlives_the_run_and_forgets_what_was_removed(store: Store) -> None:
    with store.begin() as tx:
        kept = evidence.Cache(tx, "testham", "youtube")
        kept.update(etag="abc", captions="standard", old="1")
        kept.save(tx)
    with store.begin() as tx:
        again = evidence.Cache(tx, "testham", "youtube")
        del again["old"]
        again["etag"] = "def"
        again.save(tx)
    with store.begin() as tx:
        assert dict(evidence.Cache(tx, "testham", "youtube")) == {
            "etag": "def",
            "captions": "standard",
        }
        assert dict(evidence.Cache(tx, "testham", "x")) == {}


@pytest.mark.parametrize("odd", ["\0", "\ud83d", "a\nb"])
def test_a_cache_keeps_plain_text_alone(store: Store, odd: str) -> None:
    with store.begin() as tx:
        kept = evidence.Cache(tx, "testham", "youtube")
        kept.update({"plain": "en,cy", "odd": odd, odd: "odd"})
        kept.save(tx)
        assert dict(evidence.Cache(tx, "testham", "youtube")) == {"plain": "en,cy"}
