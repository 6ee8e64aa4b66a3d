"""Subject and preview lines: counts, account names and dates, never a word from a post or person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.gaps import unchecked
from reports.items import things
from reports.wording import capital, count, listed, lower, month_day, sentence, weekday
from socialaudit.check import Urgency
from socialaudit.finding import RunKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.audit import Audit
    from reports.items import Item

SUBJECT = 69
PREVIEW = 109
WHEN = {Urgency.TODAY: "today", Urgency.WEEK: "this week", Urgency.MONTH: "this month"}


def subject(audit: Audit) -> str:
    """The subject line, under 70 characters, the number first."""
    leads = [lead(audit), lead(audit, short=True)]
    tails = _tails(audit)
    lines = [f"{start}: {tail}" for tail in tails for start in leads]
    return next((line for line in lines if len(line) <= SUBJECT), lines[-1][:SUBJECT])


def lead(audit: Audit, *, short: bool = False) -> str:
    """``3 things to do today``, or what there is to say when there are none.

    The summary begins with it, and the subject. ``short`` names no account.
    """
    for urgency, when in WHEN.items():
        n = sum(f.urgency is urgency for f in audit.to_do)
        if n:
            return f"{things(n)} to do {when}"
    missed = audit.not_read
    if missed and len(missed) == len(audit.coverage):
        return "No account was checked" if len(missed) > 1 or short else _was_not(audit)
    if missed:
        return _was_not(audit) if len(missed) == 1 and not short else _number_not(len(missed))
    if audit.partly_read:
        return f"{count(len(audit.partly_read), 'account')} only partly checked"
    return "Nothing to do"


def preview(audit: Audit, numbered: Sequence[Item]) -> str:
    """One or two sentences that add to the subject, under 110 characters."""
    gap = _gap(audit)
    kinds = _kinds(numbered)
    for shown in range(len(kinds), 0, -1):
        parts = [lower(k).rstrip(".") for k in kinds[:shown]]
        if shown < len(kinds):
            parts.append(f"{len(kinds) - shown} more")
        line = f"{capital(listed(parts))}. {gap}".strip()
        if len(line) <= PREVIEW:
            return line
    due = f"The next report is due on {weekday(audit.next_due)}."
    quiet = gap or _covered(audit)
    return next(
        (line for line in (f"{quiet} {due}", quiet, due) if line.strip() and len(line) <= PREVIEW),
        due,
    ).strip()


def _kinds(numbered: Sequence[Item]) -> list[str]:
    """What there is to do in the first band: one phrase for each check."""
    totals: dict[str, list[Item]] = {}
    for item in numbered:
        if item.urgency is numbered[0].urgency:
            totals.setdefault(item.check.id, []).append(item)
    return [
        found[0].kind
        if len(found) == 1
        else found[0].check.joined.format(n=sum(len(i.findings) for i in found))
        for found in totals.values()
    ]


def heading(audit: Audit) -> str:
    """The heading of the report: what it is and the time that it looks at."""
    if audit.run.kind is RunKind.INCIDENT:
        return (
            f"Extra check: {_looked_at(audit, whole=False)}, {weekday(audit.day)} {audit.day.year}"
        )
    if audit.run.kind is RunKind.FIRST:
        return f"First check: {month_day(audit.first_day)} to {month_day(audit.last_day)} {audit.last_day.year}"
    return f"Social media check: week to {weekday(audit.last_day)} {audit.last_day.year}"


def _looked_at(audit: Audit, *, whole: bool) -> str:
    return audit.labels(audit.run.accounts, whole=whole) if audit.run.accounts else "all accounts"


def _tails(audit: Audit) -> tuple[str, ...]:
    if audit.run.kind is RunKind.INCIDENT:
        day = month_day(audit.day)
        n = len(audit.run.accounts) or len(audit.coverage)
        return (
            f"extra check of {_looked_at(audit, whole=False)}, {day}",
            f"extra check of {count(n, 'account')}, {day}",
        )
    day = month_day(audit.last_day)
    if audit.run.kind is RunKind.FIRST:
        return (f"council social media, first check to {day}", f"first check to {day}")
    return (f"council social media, week to {day}", f"social media, week to {day}")


def _was_not(audit: Audit) -> str:
    return f"{audit.label(audit.not_read[0].account)} was not checked"


def _number_not(n: int) -> str:
    return f"{count(n, 'account')} not checked"


def _gap(audit: Audit) -> str:
    names = unchecked(audit)
    if len(names) == 1:
        return f"{names[0]} was not checked."
    if names:
        return f"{count(len(names), 'account')} were not checked."
    if audit.partly_read:
        return f"{count(len(audit.partly_read), 'account')} could only partly be checked."
    return ""


def _covered(audit: Audit) -> str:
    n = len(audit.coverage)
    return (
        sentence(f"{'The account was' if n == 1 else f'All {n} accounts were'} checked")
        if n
        else ""
    )
