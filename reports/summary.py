"""The quarterly summary for the committee: one page that prints on A4.

How many things were to do and are, how each part of the policy stands, what was fixed, and what
could not be checked. It names no post, no person and no words of the public.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports import changes, rendering
from reports.clauses import NO_PROBLEM, Fragment, group_rows
from reports.gaps import facts
from reports.items import things
from reports.quoting import clean, shown
from reports.trend import trend_of
from reports.wording import capital, count, full_day, joined, listed, number, past_day, sentence
from socialaudit.finding import ReadStatus
from socialaudit.looking import BY_HAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reports.audit import Audit
    from reports.quarter import Quarter
    from reports.trend import Trend
    from socialaudit.finding import Finding
    from socialaudit.policy import Group

BARS = 14
"""The weeks of a quarter and the one before it."""
LISTED = 6
"""Kinds of what was fixed, and accounts that were not checked: one page has no room for more."""


@dataclass(frozen=True, slots=True)
class Week:
    """One weekly report: its last day, how many things were to do, accounts that were not checked."""

    last_day: date
    to_do: int
    not_checked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a quarter's page is made from.

    ``audit`` is the last weekly run of the quarter and ``weeks`` all of them, oldest first.
    ``start`` is the weekly run before the quarter or, where there is none, the first in it, and
    ``before`` what was to do after that. ``fixed`` is what was found fixed since and still is.
    """

    quarter: Quarter
    audit: Audit
    start: Week
    before: tuple[Finding, ...]
    weeks: tuple[Week, ...]
    fixed: tuple[Finding, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table: a group of the policy, its things to do then and now, how it stands."""

    title: str
    cite: str
    then: str
    now: str
    stands: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Every word of the summary; ``figures`` are key for colour, number, words."""

    council: str
    heading: str
    intro: str
    figures: tuple[tuple[str, str, str], ...]
    trend: Trend | None
    then: str
    now: str
    parts: tuple[Part, ...]
    caution: str
    fixed: tuple[str, ...]
    missed: tuple[str, ...]
    settled: str
    footer: str


def render(summary: Summary) -> str:
    """The page as an HTML document that loads nothing."""
    style = f"{rendering.inline('web.css')}\n{rendering.inline('summary.css')}"
    return rendering.html(
        "summary.html",
        page=page(summary),
        style=Markup(style),  # noqa: S704 - our own files
        style_digest=rendering.digest(style),
    )


def page(summary: Summary) -> Page:
    """The view of the page."""
    audit, start = summary.audit, summary.start
    earlier = [start] if start.last_day < summary.weeks[0].last_day else []
    parts = tuple(_parts(summary))
    certain = any(f.strong == NO_PROBLEM for part in parts for f in part.stands)
    return Page(
        council=shown(audit.council.name),
        heading=f"Social media and our policy: {summary.quarter.words}",
        intro=_intro(summary),
        figures=_figures(summary),
        trend=trend_of(
            [(w.last_day, w.to_do) for w in (*earlier, *summary.weeks)],
            audit.last_day,
            BARS,
            last="at the end",
        ),
        then=f"Week to {past_day(start.last_day, audit.last_day)}",
        now=f"Week to {past_day(audit.last_day, audit.last_day)}",
        parts=parts,
        caution="‘No problem found’ does not prove that nothing is wrong." if certain else "",
        fixed=tuple(_fixed(audit, summary.fixed)),
        missed=tuple(_missed(summary)),
        settled=changes.settled(audit),
        footer=joined(
            f"Last report: {clean(audit.run.id)}",
            f"Digest: {audit.digest}" if audit.digest else "",
        ),
    )


def _intro(summary: Summary) -> str:
    policy = summary.audit.policy
    return joined(
        f"The council’s social media accounts, held against its own {policy.title}, "
        f"adopted {policy.adopted:%B %Y}",
        f"{count(len(summary.weeks), 'weekly check')}, the last of the week to "
        f"{full_day(summary.audit.last_day)}",
        "The quarter is not over" if summary.today <= summary.quarter.last else "",
    )


def _figures(summary: Summary) -> tuple[tuple[str, str, str], ...]:
    gaps = sum(bool(week.not_checked) for week in summary.weeks)
    return (
        ("month", number(summary.start.to_do), "to do at the start"),
        ("week", number(len(summary.audit.to_do)), "to do at the end"),
        ("fixed", number(len(summary.fixed)), "fixed in between"),
        ("gap", number(gaps), f"{'week' if gaps == 1 else 'weeks'} with an account not checked"),
    )


def _parts(summary: Summary) -> Iterable[Part]:
    groups = {(g.title, g.cite): g for g in summary.audit.policy.groups}
    for row in group_rows(summary.audit, ()):
        group = groups[row.title, row.cite]
        yield Part(
            title=row.title,
            cite=row.cite,
            then=number(_within(summary.before, group)),
            now=number(_within(summary.audit.to_do, group)),
            stands=row.stands,
        )


def _within(found: Iterable[Finding], group: Group) -> int:
    return sum(not set(group.clauses).isdisjoint(f.clauses) for f in found)


def _fixed(audit: Audit, fixed: Sequence[Finding]) -> Iterable[str]:
    """What was fixed, the most frequent kind first."""
    kinds = Counter(capital(audit.check(f.check).fixed).rstrip(".") for f in fixed)
    for kind, n in kinds.most_common(LISTED):
        yield f"{kind} ({count(n, 'time')})" if n > 1 else kind
    left = sum(n for _, n in kinds.most_common()[LISTED:])
    if left:
        yield f"{things(left)} of other kinds"


def _missed(summary: Summary) -> Iterable[str]:
    """What could not be checked: weeks, accounts, and what platforms do not show."""
    days = _weeks_without(summary)
    if days:
        said = listed([past_day(day, summary.audit.last_day) for day in days[:LISTED]])
        more = f" and {len(days) - LISTED} more" if len(days) > LISTED else ""
        yield sentence(f"No report was made for the week to {said}{more}")
    names = Counter(name for week in summary.weeks for name in week.not_checked)
    for name, n in names.most_common(LISTED):
        yield f"{name}: not checked in {n} of {count(len(summary.weeks), 'week')}."
    for coverage in summary.audit.coverage:
        name = summary.audit.label(coverage.account, whole=True)
        if coverage.platform == BY_HAND:
            yield f"{name}: {_by_people(summary.audit, coverage.account)}"
        if coverage.status is ReadStatus.NOT_READ:
            continue
        now = facts(u for u in coverage.unread if not u.permanent)
        never = facts(u for u in coverage.unread if u.permanent)
        if now:
            yield f"{name}: in the last check we could not see all {now}."
        if never:
            yield f"{name}: it never lets us see {never}."


def _by_people(audit: Audit, account: str) -> str:
    """What is known of a place that no program can read."""
    look = audit.look(account)
    if look is None:
        return "only people can look at it, and no look that still holds is written down."
    return f"only people can look at it. They did on {past_day(look.day, audit.last_day)}."


def _weeks_without(summary: Summary) -> list[date]:
    """The last days of whole weeks of the quarter, up to the last report, that have no report."""
    there = {week.last_day for week in summary.weeks}
    day, missing = max(there), []
    while day > summary.start.last_day and day in summary.quarter:
        if day not in there:
            missing.append(day)
        day -= timedelta(days=7)
    return missing[::-1]
