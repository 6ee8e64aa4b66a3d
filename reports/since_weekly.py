"""What an extra check found of the things to do in the weekly report before, by their numbers there."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from reports import items as things
from reports.wording import capital, items, month_day, number, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.audit import Audit
    from reports.items import Item

NAMED = 3
"""Things still to do that are named one by one."""
_WEEK = 7


class Fate(Enum):
    """What became of one numbered thing to do."""

    FIXED = "fixed"
    PARTLY = "partly fixed"
    TO_DO = "still to do"
    ANSWERED = "answered"
    APART = "not part of this check"


def title(audit: Audit) -> str:
    """The heading: ``What changed since Monday’s report``; ``""`` without a report before."""
    return f"What changed since {_whose(audit)} report" if audit.weekly_before else ""


def lines(audit: Audit) -> tuple[str, ...]:
    """What became of each thing to do of the weekly report before, a sentence or two a line."""
    weekly = audit.weekly_before
    if weekly is None:
        return ()
    fates = [(item, _fate(audit, item)) for item in things.gather(weekly)]
    return (*_sentences(audit, fates), f"{_whose(audit, start=True)} report has not been changed.")


def _sentences(audit: Audit, fates: Sequence[tuple[Item, Fate]]) -> Iterator[str]:
    whose = _whose(audit, start=True)
    by_fate = {fate: [item for item, one in fates if one is fate] for fate in Fate}
    if done := by_fate[Fate.FIXED]:
        yield f"{whose} {_numbers(done)} {'is' if len(done) == 1 else 'are'} fixed."
    for item in by_fate[Fate.PARTLY]:
        left = sum(f.ref in {g.ref for g in audit.to_do} for f in item.findings)
        places = f"{number(left)} of {number(len(item.findings))} places"
        yield f"{whose} item {item.number}, ‘{item.kind}’, is still to do in {places}."
    waiting = by_fate[Fate.TO_DO]
    for item in waiting[:NAMED]:
        day = weekday(min(f.due for f in item.findings))
        yield f"{whose} item {item.number}, ‘{item.kind}’, is still to do by {day}."
    if more := waiting[NAMED:]:
        yield f"{capital(_numbers(more))} {'is' if len(more) == 1 else 'are'} still to do."
    if answered := by_fate[Fate.ANSWERED]:
        yield f"{whose} {_numbers(answered)} {'is' if len(answered) == 1 else 'are'} answered by you."
    if apart := by_fate[Fate.APART]:
        were = "was" if len(apart) == 1 else "were"
        those = "that" if len(apart) == 1 else "those"
        yield (
            f"{whose} {_numbers(apart)} {were} not part of this check. "
            f"{whose} report still stands for {those}."
        )


def _fate(audit: Audit, item: Item) -> Fate:
    asked = set(audit.run.accounts)
    if asked and not asked.intersection(item.accounts):
        return Fate.APART
    refs = {f.ref for f in item.findings}
    waiting = refs.intersection(f.ref for f in audit.to_do)
    fixed = refs.intersection(f.ref for f in audit.fixed)
    if waiting:
        return Fate.PARTLY if fixed else Fate.TO_DO
    if fixed:
        return Fate.FIXED
    return Fate.ANSWERED if refs.intersection(f.ref for f in audit.findings) else Fate.APART


def _numbers(some: Sequence[Item]) -> str:
    return items([item.number for item in some])


def _whose(audit: Audit, *, start: bool = False) -> str:
    """``Monday’s`` where it was within a week, else ``the 9 November``."""
    weekly = audit.weekly_before
    day = weekly.day if weekly else audit.day
    if (audit.day - day).days < _WEEK:
        return f"{day:%A}’s"
    return f"{'The' if start else 'the'} {month_day(day)}"
