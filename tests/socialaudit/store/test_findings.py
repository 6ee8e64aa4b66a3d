from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Urgency
from socialaudit.finding import Finding, Status, Subject, fingerprint
from socialaudit.store import findings, runs
from tests.records import NOW
from tests.socialaudit.store.conftest import begun

if TYPE_CHECKING:
    from socialaudit.store import Store

FOUND = Finding(
    ref="FB-001",
    fingerprint=fingerprint("video-captions", "facebook:1", "facebook"),
    check="video-captions",
    clauses=("10.3",),
    urgency=Urgency.WEEK,
    confidence=Confidence.CERTAIN,
    status=Status.NEW,
    account="facebook",
    subject=Subject(key="facebook:1", kind="media", id="1", label="video", captured_at=NOW),
    message="It has no captions.",
    instruction="Add captions",
    first_seen=date(2026, 11, 16),
    due=date(2026, 11, 20),
    evidence={"track": "none"},
)


def saved(store: Store, run_id: str, finding: Finding, *, close: bool = True) -> None:
    run = begun(store, id=run_id)
    with store.begin() as tx:
        findings.save(tx, run.id, run.council, [finding])
        if close:
            runs.close(tx, run, NOW)


def test_a_finding_comes_back_as_it_stood(store: Store) -> None:
    saved(store, "run-1", FOUND)
    with store.begin() as tx:
        assert findings.of_run(tx, "run-1") == {FOUND.fingerprint: FOUND}


def test_the_last_closed_run_says_how_it_stands(store: Store) -> None:
    saved(store, "run-1", FOUND)
    saved(store, "run-2", replace(FOUND, status=Status.FIXED))
    saved(store, "run-3", replace(FOUND, status=Status.RETURNED), close=False)
    with store.begin() as tx:
        now = findings.after(tx, "testham")[FOUND.fingerprint]
        then = findings.after(tx, "testham", "run-1")[FOUND.fingerprint]
    assert (now.status, then.status) == (Status.FIXED, Status.NEW)


def test_references_count_up_by_prefix_and_stay_with_their_finding(store: Store) -> None:
    with store.begin() as tx:
        given = [findings.reference(tx, "testham", "FB", mark) for mark in ("a", "b", "a")]
        other = findings.reference(tx, "testham", "X", "c")
        elsewhere = findings.reference(tx, "otherham", "FB", "a")
    assert given == ["FB-001", "FB-002", "FB-001"]
    assert (other, elsewhere) == ("X-001", "FB-001")


def test_things_are_counted_by_run_and_status_without_what_is_excused(store: Store) -> None:
    saved(store, "run-1", FOUND)
    saved(store, "run-2", replace(FOUND, status=Status.OPEN, excused="older than the law"))
    saved(store, "run-3", replace(FOUND, status=Status.FIXED))
    with store.begin() as tx:
        assert findings.counted(tx, "testham") == {
            "run-1": {Status.NEW: 1},
            "run-3": {Status.FIXED: 1},
        }
        assert findings.counted(tx, "elsewhere") == {}
