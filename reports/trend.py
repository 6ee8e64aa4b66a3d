"""Is it getting better: the number of things to do at the end of each week, in words and bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.items import things
from reports.wording import full_day, month_day, number, past_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reports.audit import Audit

BARS = 12
ROWS = 60
_LONGEST, _LEFT, _STEP, _BAR = 182, 118, 30, 22
"""Geometry of the chart in its own units: longest bar, its left end, row height, bar height."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the chart: what is written, and where things are drawn."""

    week: str
    label: str
    now: bool
    top: int
    baseline: int
    width: int
    end: int


@dataclass(frozen=True, slots=True)
class Trend:
    """The words, the chart and the table, which all tell the same."""

    sentence: str
    caption: str
    height: int
    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, str], ...]


def trend(audit: Audit) -> Trend | None:
    """The trend up to this run; ``None`` when there are no two weeks to compare."""
    weeks = list(audit.history)
    if audit.weekly:
        weeks.append((audit.last_day, len(audit.to_do)))
    return trend_of(weeks, audit.day)


def trend_of(
    weeks: Sequence[tuple[date, int]], today: date, most: int = BARS, last: str = "now"
) -> Trend | None:
    """The trend of last days and numbers of things to do, oldest first, with up to ``most`` bars.

    ``last`` is written beside the last of them.
    """
    if len(weeks) < 2:  # noqa: PLR2004 - two points make a trend
        return None
    shown = weeks[-most:]
    return Trend(
        sentence=_sentence(weeks, shown, today),
        caption=f"Things to do at the end of each week, {past_day(shown[0][0], today)} "
        f"to {full_day(shown[-1][0])}.",
        height=_STEP * len(shown) + 6,
        bars=tuple(_bars(shown, last)),
        rows=tuple((past_day(day, today), number(n)) for day, n in weeks[-ROWS:]),
    )


def _sentence(
    weeks: Sequence[tuple[date, int]], shown: Sequence[tuple[date, int]], today: date
) -> str:
    (earlier, before), (last, now) = weeks[-2:]
    change = "the same as"
    if now != before:
        change = f"{'up' if now > before else 'down'} from {number(before)}"
    was = "was" if now == 1 else "were"
    week = f"the end of the week to {month_day(last)}"
    said = [
        f"There {was} {things(now)} to do at {week}, {change} in the week to {past_day(earlier, today)}."
    ]
    if len(shown) > 2:  # noqa: PLR2004 - else it is said already
        first, then = shown[0]
        said.append(f"In the week to {past_day(first, today)} there were {number(then)}.")
        lowest = min(n for _, n in weeks)
        day = max(day for day, n in weeks if n == lowest)
        said.append(
            f"The lowest so far was {number(lowest)}, in the week to {past_day(day, today)}."
        )
    return " ".join(said)


def _bars(shown: Sequence[tuple[date, int]], last: str) -> list[Bar]:
    most = max(n for _, n in shown) or 1
    bars = []
    for i, (day, n) in enumerate(shown):
        width = round(n / most * _LONGEST)
        top = _STEP * i + 4
        now = i == len(shown) - 1
        bars.append(
            Bar(
                week=month_day(day),
                label=f"{number(n)} {last}" if now else number(n),
                now=now,
                top=top,
                baseline=top + _BAR - 5,
                width=width,
                end=_LEFT + width + 8,
            )
        )
    return bars
