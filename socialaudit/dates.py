"""Dates in plain British English: "Monday 23 November", "23/11/2026", "by Friday", "tomorrow".

Day before month. A date without a year is the one nearest ahead, unless it was less than two
months ago. A weekday alone is the next one, "Friday week" the one after. "last Friday" is no date.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 20_000
"""Characters read of one text."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
DAYS = "mon tue wed thu fri sat sun"
_BACK = timedelta(days=60)
_CENTURY = 100

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_TH = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
    | \b(?P<slashed>\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}}))\b(?![./]\d)
    | (?:\b(?P<first>\d{{1,2}}){_TH}\s?(?:-|–|—|to|and|&)\s?(?:\w+day\s)?)?
      \b(?P<day>\d{{1,2}}){_TH}\s(?:of\s)?{_MONTH}\.?,?(?:\s(?P<year>\d{{4}})\b)?
    | {_MONTH.replace("month", "month2")}\.?\s(?P<day2>\d{{1,2}}){_TH}\b(?!:|\s?[ap]m)
      (?:,?\s(?P<year2>\d{{4}})\b)?
    | (?P<last>\b(?:last|previous|every|each)\s)?
      \b(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b(?!s)(?P<week>\sweek\b)?
      (?!,?\s(?:the\s)?\d{{1,2}}{_TH}\s(?:(?:-|–|to|and|&)\s)?)
    | \b(?P<near>today|tonight|tomorrow|this\s(?:morning|afternoon|evening))\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def dates(text: str, on: date) -> tuple[date, ...]:
    """Every date that a text written ``on`` a day names, in order, each once.

    A weekday alone beside a written date on that weekday is that date: "on the Monday".
    """
    found = list(_DATE.finditer(re.sub(r"\s+", " ", text[:LIMIT])))
    written = {day for one in found if not one["weekday"] for day in _days(one, on)}
    named = {day.weekday() for day in written}
    alone = {day for one in found if one["weekday"] for day in _days(one, on)}
    return tuple(sorted(written | {day for day in alone if day.weekday() not in named}))


def _days(found: re.Match[str], on: date) -> Iterator[date]:
    if found["near"]:
        yield on + timedelta(days=1 if found["near"].lower() == "tomorrow" else 0)
    elif found["weekday"]:
        if not found["last"]:
            ahead = (DAYS.split().index(found["weekday"][:3].lower()) - on.weekday() - 1) % 7 + 1
            yield on + timedelta(days=ahead + (7 if found["week"] else 0))
    elif found["iso"]:
        year, month, day = map(int, found["iso"].split("-"))
        yield from _day(year, month, day, on)
    elif found["slashed"]:
        day, month, year = map(int, re.split(r"[/.]", found["slashed"]))
        yield from _day(year, month, day, on)
    else:
        month = MONTHS.split().index((found["month"] or found["month2"])[:3].lower()) + 1
        named = found["year"] or found["year2"]
        for written in (found["first"], found["day"] or found["day2"]):
            if written:
                yield from _day(int(named) if named else None, month, int(written), on)


def _day(year: int | None, month: int, day: int, on: date) -> Iterator[date]:
    if year is not None and year < _CENTURY:
        year += 2000
    years = [year] if year else [on.year - 1, on.year, on.year + 1]
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year or found >= on - _BACK:
            yield found
            return
