from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from socialaudit.check import (
    Check,
    Confidence,
    Context,
    Counted,
    Observation,
    Scope,
    Urgency,
    check,
)
from socialaudit.engine import Judged, assess
from socialaudit.finding import Outcome
from socialaudit.models import AccountKind, Captions, Unread
from socialaudit.records import from_records
from tests.records import COUNCIL, NOW, SINCE, UNTIL, a_video

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from socialaudit.models import Record
    from socialaudit.records import Records

KINDS = {"facebook": AccountKind.COUNCIL, "clerk": AccountKind.STAFF}


def a_check(
    *,
    whole: bool = False,
    also: tuple[str, ...] = (),
    kinds: frozenset[AccountKind] | None = None,
) -> Check:
    @check(
        id="silent-video",
        title="Videos have captions",
        examines="media",
        needs=("media.captions",),
        kinds=frozenset({AccountKind.COUNCIL}) if kinds is None else kinds,
        urgency=Urgency.WEEK,
        instruction="Add captions",
        joined="Add captions to {n} videos",
        fixed="captions added",
        why="People who are deaf cannot follow it.",
        how={"": ("Add them.",)},
        minutes=5,
        references=(),
        whole=whole,
        also=also,
    )
    def silent_video(records: Records, context: Context) -> Iterator[Observation | Scope | Counted]:
        if not context.accounts:
            return
        yield Scope(records.media, records.media["captions"].isna())
        for row in records.rows(records.media.dropna(subset=["captions"])):
            if row.captions == "none":
                yield Observation(row.key, "It has no captions.", excused=_excuse(row))
            elif row.captions == "automatic":
                yield Observation(row.key, "Automatic only.", Confidence.POSSIBLE)

    return silent_video


def _excuse(row: object) -> str:
    return "a trailer without speech" if getattr(row, "id", "") == "99" else ""


def judged(
    *read: Record,
    unread: Mapping[str, tuple[Unread, ...]] | None = None,
    whole: bool = False,
    also: tuple[str, ...] = (),
) -> Judged:
    context = Context(
        now=NOW,
        since=SINCE,
        until=UNTIL,
        timezone=ZoneInfo("Europe/London"),
        council=COUNCIL,
        accounts=KINDS,
    )
    return assess([a_check(whole=whole, also=also)], from_records(read), context, {}, unread or {})


def outcome(found: Judged) -> Outcome:
    (one,) = found.assessments
    return one.outcome


def test_an_open_observation_fails_the_account_even_beside_what_is_unknown() -> None:
    found = judged(a_video(captions=Captions.NONE), a_video(id="22", captions=None))
    (one,) = found.assessments
    assert (one.outcome, one.examined, one.failed, one.unknown) == (Outcome.FAIL, 1, 1, 1)


def test_an_unknown_record_is_not_assessed_and_never_passed() -> None:
    found = judged(a_video(), a_video(id="22", captions=None))
    assert outcome(found) is Outcome.NOT_ASSESSED
    assert found.unknown == {("silent-video", "facebook:22")}


def test_one_examined_record_without_observation_passes() -> None:
    assert outcome(judged(a_video())) is Outcome.PASS


def test_nothing_to_examine_is_not_applicable() -> None:
    assert outcome(judged()) is Outcome.NOT_APPLICABLE


def test_an_excused_observation_counts_but_does_not_fail() -> None:
    (one,) = judged(a_video(id="99", captions=Captions.NONE)).assessments
    assert (one.outcome, one.failed, one.excused) == (Outcome.PASS, 1, 1)


@pytest.mark.parametrize("fact", ["*", "media", "media.captions"])
def test_a_missing_fact_blocks_the_check_on_that_account(fact: str) -> None:
    unread = {"facebook": (Unread(fact, "no permission", "Ask for it."),)}
    found = judged(a_video(captions=Captions.NONE), unread=unread)
    (one,) = found.assessments
    assert (one.outcome, one.reason) == (Outcome.NOT_ASSESSED, "no permission. Ask for it.")
    assert found.blocked == {("silent-video", "facebook")}
    assert found.observed == ()


def test_a_missing_fact_that_the_check_does_not_need_changes_nothing() -> None:
    assert (
        outcome(judged(a_video(), unread={"facebook": (Unread("comments", "no"),)})) is Outcome.PASS
    )


def test_a_fact_read_in_part_still_shows_what_is_wrong() -> None:
    unread = {"facebook": (Unread("media", "cut off", partial=True),)}
    assert outcome(judged(a_video(captions=Captions.NONE), unread=unread)) is Outcome.FAIL


def test_a_fact_read_in_part_never_passes() -> None:
    unread = {"facebook": (Unread("media", "cut off", partial=True),)}
    assert outcome(judged(a_video(), unread=unread)) is Outcome.NOT_ASSESSED


def test_a_check_on_the_whole_is_not_run_on_a_part() -> None:
    unread = {"facebook": (Unread("media", "cut off", partial=True),)}
    found = judged(a_video(captions=Captions.NONE), unread=unread, whole=True)
    assert outcome(found) is Outcome.NOT_ASSESSED


@pytest.mark.parametrize(
    ("captions", "expected"),
    [(Captions.NONE, Outcome.FAIL), (Captions.STANDARD, Outcome.NOT_ASSESSED)],
)
def test_without_a_fact_that_it_reads_beside_a_check_looks_and_does_not_pass(
    captions: Captions, expected: Outcome
) -> None:
    unread = {"facebook": (Unread("comments", "no permission"),)}
    found = judged(a_video(captions=captions), unread=unread, also=("comments",))
    assert outcome(found) is expected
    assert found.blocked == frozenset()


def test_accounts_of_other_kinds_are_left_alone() -> None:
    assert [a.account for a in judged(a_video(account="clerk")).assessments] == ["facebook"]
