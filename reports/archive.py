"""The front page of a council's archive: every report, every extra check, and the year by clause.

Plain files that any web server or SharePoint library can hold: this page as ``index.html`` and one
page for each run, all in one folder, joined by relative links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports import rendering
from reports.audit import page_name
from reports.quarter import Quarter
from reports.quoting import shown
from reports.trend import Trend, trend_of
from reports.wording import full_day, listed, number
from socialaudit.finding import RunKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from socialaudit.models import Council
    from socialaudit.policy import Policy

INDEX = "index.html"
AGO = (0, 4, 13, 26, 52)
"""Weeks before the newest report for which the table of clauses has a column."""
_COLUMNS = ("Now", "4 weeks ago", "13 weeks ago", "26 weeks ago", "52 weeks ago")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One closed run: its last day, the things to do after it by clause (``""``: all), its gaps."""

    run: str
    kind: RunKind
    last_day: date
    to_do: dict[str, int]
    not_checked: tuple[str, ...] = ()
    reason: str = ""

    @property
    def address(self) -> str:
        """The name of its page, beside the index."""
        return page_name(self.run)


@dataclass(frozen=True, slots=True)
class _Line:
    title: str
    address: str
    to_do: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """The view of the front page.

    ``clauses`` are title, citation and one cell for each column; ``quarters`` words and address.
    """

    council: str
    intro: str
    weekly: tuple[_Line, ...]
    extra: tuple[_Line, ...]
    quarters: tuple[tuple[str, str], ...]
    trend: Trend | None
    latest: str
    columns: tuple[str, ...]
    clauses: tuple[tuple[str, str, tuple[str, ...]], ...]


def render(council: Council, policy: Policy, reports: Sequence[Report], today: date) -> str:
    """The front page as an HTML document. ``reports`` are of all closed runs, oldest first."""
    style = rendering.inline("web.css")
    return rendering.html(
        "archive.html",
        page=page(council, policy, reports, today),
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=rendering.digest(style),
    )


def summary_name(quarter: Quarter) -> str:
    """The name of the page of a quarter's summary, beside the index."""
    return f"{quarter.name}.html"


def page(council: Council, policy: Policy, reports: Sequence[Report], today: date) -> Page:
    """The view of the front page."""
    weekly = [r for r in reports if r.kind is RunKind.WEEKLY]
    columns = _columns(weekly)
    return Page(
        council=shown(council.name),
        intro=f"{number(len(weekly))} weekly reports on the council’s social media accounts, "
        f"held against its own {policy.title}."
        if len(weekly) != 1
        else f"The first weekly report on the council’s social media accounts, held against its own {policy.title}.",
        weekly=tuple(_line(r) for r in reversed(weekly)),
        extra=tuple(_line(r) for r in reversed(reports) if r.kind is RunKind.INCIDENT),
        quarters=tuple(
            (quarter.words, summary_name(quarter))
            for quarter in sorted({Quarter.of(r.last_day) for r in weekly}, reverse=True)
        ),
        trend=trend_of([(r.last_day, r.to_do.get("", 0)) for r in weekly], today),
        latest=weekly[-1].address if weekly else "",
        columns=tuple(name for name, _ in columns),
        clauses=tuple(
            (c.title, c.cite, tuple(number(r.to_do.get(c.id, 0)) for _, r in columns))
            for c in policy.clauses
            if any(r.to_do.get(c.id) for r in weekly)
        ),
    )


def _columns(weekly: Sequence[Report]) -> list[tuple[str, Report]]:
    """The reports to compare, newest first; weeks without a report have no column."""
    by_day = {r.last_day: r for r in weekly}
    if not weekly:
        return []
    last = weekly[-1].last_day.toordinal()
    return [
        (name, by_day[day])
        for name, weeks in zip(_COLUMNS, AGO, strict=True)
        if (day := weekly[-1].last_day.fromordinal(last - 7 * weeks)) in by_day
    ]


def _line(report: Report) -> _Line:
    weekly = report.kind is RunKind.WEEKLY
    what = "Week to" if weekly else "Extra check to"
    missed = f"{listed(report.not_checked)} not checked" if report.not_checked else ""
    return _Line(
        title=f"{what} {full_day(report.last_day)}",
        address=report.address,
        to_do=number(report.to_do.get("", 0)),
        note=". ".join(filter(None, (shown(report.reason), missed))),
    )
