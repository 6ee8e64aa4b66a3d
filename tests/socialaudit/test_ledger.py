from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from socialaudit.check import Observation, Urgency
from socialaudit.engine import Judged, Observed
from socialaudit.finding import (
    Assessment,
    Decision,
    Finding,
    Outcome,
    Status,
    Subject,
    Verdict,
)
from socialaudit.ledger import Ledger, Reread
from tests.records import NOW

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 11, 16)
CHECK = cast(
    "Any", SimpleNamespace(id="video-captions", urgency=Urgency.WEEK, instruction="Add captions")
)
POLICY = cast("Any", SimpleNamespace(clauses_of=lambda _: ("10.3",)))


def a_ledger(
    before: Iterable[Finding] = (),
    baseline: Iterable[Finding] | None = None,
    *,
    decisions: dict[str, Decision] | None = None,
    today: date = TODAY,
    scope: frozenset[str] | None = None,
) -> Ledger:
    stood = {s.fingerprint: s for s in before}
    compared = stood if baseline is None else {s.fingerprint: s for s in baseline}
    return Ledger(
        policy=POLICY,
        checks={"video-captions": CHECK},
        before=stood,
        baseline=compared,
        subjects=lambda key: Subject(key=key, kind="media", id=key, label="video"),
        reference=lambda _mark, account, _check: f"{account}-001",
        today=today,
        decisions=decisions or {},
        scope=scope,
    )


def saw(*records: str, outcome: Outcome = Outcome.FAIL, **changes: Any) -> Judged:
    observed = tuple(
        Observed("video-captions", "youtube", Observation(record, "None.")) for record in records
    )
    assessed = (Assessment(check="video-captions", account="youtube", outcome=outcome),)
    return replace(Judged(assessed, observed), **changes)


def read(*keys: str, gone: tuple[str, ...] = ()) -> Reread:
    return Reread(frozenset(keys), frozenset(gone))


def opened(*records: str) -> tuple[Finding, ...]:
    return a_ledger(today=TODAY - timedelta(days=7)).carry(saw(*records), read(*records))


def only(standings: Iterable[Finding]) -> Finding:
    (one,) = standings
    return one


def test_a_first_sight_is_new_and_due_by_friday() -> None:
    found = only(a_ledger().carry(saw("youtube:1"), read("youtube:1")))
    assert (found.status, found.first_seen, found.due) == (Status.NEW, TODAY, date(2026, 11, 20))
    assert (found.ref, found.clauses) == ("youtube-001", ("10.3",))


def test_seen_again_is_open_since_the_first_day() -> None:
    found = only(a_ledger(opened("youtube:1")).carry(saw("youtube:1"), read("youtube:1")))
    assert (found.status, found.first_seen) == (Status.OPEN, TODAY - timedelta(days=7))


def test_read_again_and_not_seen_is_fixed() -> None:
    judged = saw(outcome=Outcome.PASS)
    found = only(a_ledger(opened("youtube:1")).carry(judged, read("youtube:1")))
    assert found.status is Status.FIXED


def test_not_read_again_is_not_rechecked_and_never_fixed() -> None:
    found = only(a_ledger(opened("youtube:1")).carry(saw(outcome=Outcome.PASS), read()))
    assert found.status is Status.NOT_RECHECKED


def test_a_record_the_check_could_not_tell_is_not_rechecked() -> None:
    judged = saw(unknown=frozenset({("video-captions", "youtube:1")}), outcome=Outcome.NOT_ASSESSED)
    found = only(a_ledger(opened("youtube:1")).carry(judged, read("youtube:1")))
    assert found.status is Status.NOT_RECHECKED


def test_a_blocked_check_fixes_nothing() -> None:
    judged = saw(blocked=frozenset({("video-captions", "youtube")}), outcome=Outcome.NOT_ASSESSED)
    found = only(a_ledger(opened("youtube:1")).carry(judged, read("youtube:1")))
    assert found.status is Status.NOT_RECHECKED


def test_a_record_that_is_gone_is_fixed() -> None:
    found = only(a_ledger(opened("youtube:1")).carry(saw(), read(gone=("youtube:1",))))
    assert found.status is Status.FIXED


def test_what_was_fixed_and_is_seen_again_has_returned_under_its_old_reference() -> None:
    fixed = a_ledger(opened("youtube:1")).carry(saw(outcome=Outcome.PASS), read("youtube:1"))
    found = only(a_ledger(fixed).carry(saw("youtube:1"), read("youtube:1")))
    assert (found.status, found.first_seen) == (Status.RETURNED, TODAY - timedelta(days=7))


def test_what_an_incident_opened_since_the_last_week_is_new_in_the_weekly_report() -> None:
    ledger = a_ledger(opened("youtube:1"), baseline=())
    assert only(ledger.carry(saw("youtube:1"), read("youtube:1"))).status is Status.NEW


def test_what_was_fixed_stays_out_of_the_next_run() -> None:
    fixed = a_ledger(opened("youtube:1")).carry(saw(outcome=Outcome.PASS), read("youtube:1"))
    assert a_ledger(fixed).carry(saw(outcome=Outcome.PASS), read()) == ()


def test_a_decision_holds_until_its_last_day() -> None:
    decision = Decision(
        council="testham",
        ref="youtube-001",
        verdict=Verdict.LEAVE,
        reason="The maker is on leave.",
        by="Clerk",
        made_at=NOW,
        until=TODAY,
    )
    ledger = a_ledger(opened("youtube:1"), decisions={"youtube-001": decision})
    assert only(ledger.carry(saw("youtube:1"), read("youtube:1"))).status is Status.LEFT
    after = replace(ledger, today=TODAY + timedelta(days=1))
    assert only(after.carry(saw("youtube:1"), read("youtube:1"))).status is Status.OPEN


def test_an_incident_leaves_other_accounts_as_they_are() -> None:
    ledger = a_ledger(opened("youtube:1"), scope=frozenset({"facebook"}))
    assert ledger.carry(Judged((), ()), read()) == ()


def test_a_finding_on_an_account_is_fixed_when_its_check_is_assessed_again() -> None:
    before = opened("youtube:1")
    whole = tuple(replace(s, subject=None) for s in before)
    assert only(a_ledger(whole).carry(saw(outcome=Outcome.PASS), read())).status is Status.FIXED
    unsure = saw(outcome=Outcome.NOT_ASSESSED)
    assert only(a_ledger(whole).carry(unsure, read())).status is Status.NOT_RECHECKED


def a_decision(verdict: Verdict, until: date = TODAY, **changes: Any) -> Decision:
    return Decision(
        council="testham",
        ref="youtube-001",
        verdict=verdict,
        reason="It is a place.",
        by="Clerk",
        made_at=NOW,
        until=until,
        fingerprint="a" * 32,
        **changes,
    )


def decided(decision: Decision, words: str | None = None, **changes: Any) -> Ledger:
    ledger = a_ledger(opened("youtube:1"), decisions={"youtube-001": decision}, **changes)
    return replace(
        ledger,
        subjects=lambda key: Subject(
            key=key, kind="comment", id=key, label="comment", words_sha256=words
        ),
    )


def test_a_mistake_stays_one_until_the_words_change() -> None:
    decision = a_decision(Verdict.MISTAKE, words_sha256="old")
    judged, reread = saw("youtube:1"), read("youtube:1")
    same = only(decided(decision, "old").carry(judged, reread))
    assert same.status is Status.MISTAKE
    after = replace(decided(decision, "new"), baseline={same.fingerprint: same})
    changed = only(after.carry(judged, reread))
    assert (changed.status, changed.decision) == (Status.RETURNED, decision)
    assert changed.first_seen == same.first_seen


def test_what_is_left_stays_left_whatever_its_words() -> None:
    decision = a_decision(Verdict.LEAVE, words_sha256="old")
    found = only(decided(decision, "new").carry(saw("youtube:1"), read("youtube:1")))
    assert found.status is Status.LEFT


def test_a_mistake_stands_where_the_words_were_never_known() -> None:
    found = only(
        decided(a_decision(Verdict.MISTAKE), "new").carry(saw("youtube:1"), read("youtube:1"))
    )
    assert found.status is Status.MISTAKE


def test_what_is_left_comes_back_after_its_day() -> None:
    decision = a_decision(Verdict.LEAVE)
    ledger = decided(decision)
    left = only(ledger.carry(saw("youtube:1"), read("youtube:1")))
    later = replace(
        ledger,
        today=TODAY + timedelta(days=7),
        before={left.fingerprint: left},
        baseline={left.fingerprint: left},
    )
    assert only(later.carry(saw("youtube:1"), read("youtube:1"))).status is Status.RETURNED


def test_a_decision_counts_for_what_could_not_be_read_again_too() -> None:
    judged = saw(outcome=Outcome.PASS)
    found = only(decided(a_decision(Verdict.LEAVE)).carry(judged, read()))
    assert (found.status, found.decision) == (Status.LEFT, a_decision(Verdict.LEAVE))
    over = decided(a_decision(Verdict.LEAVE), today=TODAY + timedelta(days=1))
    assert only(over.carry(judged, read())).status is Status.NOT_RECHECKED


def test_several_things_about_the_council_are_told_apart() -> None:
    seen = tuple(
        Observed(
            "video-captions",
            None,
            Observation(None, "Not signed.", subject=f"statement 9 {n}", clauses=("9",)),
        )
        for n in (1, 2)
    )
    found = a_ledger().carry(replace(saw(), observed=seen), read())
    assert len({f.fingerprint for f in found}) == 2
    assert [f.clauses for f in found] == [("9",), ("9",)]
