from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports.trend import Trend, trend
from tests.reports.audits import a_finding, an_audit

if TYPE_CHECKING:
    from reports.audit import Audit


def of(*counts: int) -> Audit:
    """An audit with one thing to do, after weeks with these numbers."""
    weeks = enumerate(reversed(counts), start=1)
    history = [(date(2026, 11, 15) - timedelta(weeks=n), count) for n, count in weeks]
    return an_audit(a_finding(), history=tuple(reversed(history)))


def told(*counts: int) -> Trend:
    found = trend(of(*counts))
    assert found is not None
    return found


def test_the_words_hold_the_numbers_that_matter() -> None:
    assert told(3, 0, 2).sentence == (
        "There was 1 thing to do at the end of the week to 15 November, down from 2 in the week to "
        "8 November. In the week to 25 October there were 3. "
        "The lowest so far was 0, in the week to 1 November."
    )


def test_no_change_is_said() -> None:
    assert "the same as in the week to 8 November" in told(1).sentence


def test_one_week_is_no_trend() -> None:
    assert trend(of()) is None


def test_bars_are_in_proportion_and_empty_weeks_have_none() -> None:
    bars = told(2, 0).bars
    assert [bar.width for bar in bars] == [182, 0, 91]
    assert [bar.now for bar in bars] == [False, False, True]


def test_two_hundred_weeks_are_cut_to_what_can_be_read() -> None:
    found = told(*range(200))
    assert (len(found.bars), len(found.rows)) == (12, 60)


def test_all_weeks_at_nothing_do_not_divide_by_it() -> None:
    found = trend(an_audit(history=((date(2026, 11, 8), 0),)))
    assert found is not None
    assert [bar.width for bar in found.bars] == [0, 0]
