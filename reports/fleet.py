"""The operator's view of every council: worst first, as words for a terminal, a page and an email."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from reports import rendering
from reports.email import Email
from reports.failed import FailureView
from reports.quoting import shown
from reports.wording import count, full_day, joined, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

LISTED = 40
"""Councils named in the email; the page has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one council stands.

    ``last_day`` is the last day of its newest weekly report, ``late`` how many whole weeks lie
    between that and the last one; without a report ever, ``late`` is 1 more than any other could be.
    ``unread`` names the accounts that its newest report could not read in full, ``ending`` the
    credentials that end within 30 days with their day, ``undelivered`` counts messages that wait.
    ``version`` is the program's that made the newest report. ``fault`` says why its file cannot be
    read.
    """

    council: str
    last_day: date | None = None
    late: int = 0
    unread: tuple[str, ...] = ()
    ending: tuple[tuple[str, date], ...] = ()
    undelivered: int = 0
    to_do: int = 0
    version: str = ""
    fault: str = ""

    @property
    def troubles(self) -> tuple[str, ...]:
        """What the operator has to do about it, the worst first."""
        return tuple(_troubles(self))

    @property
    def order(self) -> tuple[object, ...]:
        """The place in a list that begins with the worst."""
        return (
            not self.fault,
            -self.late,
            not self.undelivered,
            -len(self.unread),
            min((day.toordinal() for _, day in self.ending), default=10_000_000),
            -self.to_do,
            self.council,
        )


def _troubles(one: Standing) -> Iterator[str]:
    if one.fault:
        yield shown(one.fault, 140)
    if one.last_day is None:
        yield "It has never had a weekly report"
    elif one.late:
        yield f"The last {count(one.late, 'weekly report')} missing"
    if one.undelivered:
        yield f"{count(one.undelivered, 'message')} not delivered"
    if one.unread:
        yield f"Not read in full: {listed([shown(name) for name in one.unread])}"
    for name, day in one.ending:
        yield f"The credential {name} ends on {full_day(day)}"


def lines(standings: Sequence[Standing]) -> Iterator[str]:
    """A line for each council, for a terminal."""
    widest = max((len(s.council) for s in standings), default=0)
    for one in standings:
        last = f"{one.last_day:%d.%m.%Y}" if one.last_day else "never     "
        said = "; ".join(one.troubles) or "well"
        yield f"{one.council:<{widest}}  {last}  {one.to_do:>4} to do  {one.version or '-':<8}  {said}"


def summary(standings: Sequence[Standing]) -> str:
    """All of them in one sentence."""
    troubled = sum(bool(one.troubles) for one in standings)
    if not troubled:
        return f"All is well with {count(len(standings), 'council')}"
    return f"{count(troubled, 'council')} of {len(standings)} need something done"


def render_page(standings: Sequence[Standing], today: date) -> str:
    """One self-contained HTML page with all of them."""
    style = rendering.inline("web.css")
    return rendering.html(
        "fleet.html",
        heading=f"Councils on {full_day(today)}",
        lead=summary(standings),
        rows=[_row(one) for one in standings],
        style=Markup(style),  # noqa: S704 - our own file
        style_digest=rendering.digest(style),
    )


def _row(one: Standing) -> tuple[str, str, str, str, str]:
    return (
        shown(one.council),
        full_day(one.last_day) if one.last_day else "never",
        str(one.to_do),
        one.version or "–",
        joined(*one.troubles) or "Well.",
    )


def render_email(standings: Sequence[Standing], today: date) -> Email:
    """The operator's monthly email: those with something to be done about, then how many are well."""
    troubled = [one for one in standings if one.troubles]
    rows = [(shown(one.council), joined(*one.troubles)) for one in troubled[:LISTED]]
    if more := len(troubled) - len(rows):
        rows.append(("Not named here", f"{count(more, 'more council')}. See “socialaudit fleet”."))
    well = len(standings) - len(troubled)
    rows.append(("Well", f"{count(well, 'council')}."))
    seen = FailureView(
        subject=f"{summary(standings)}: social media checks",
        preview=f"{count(len(standings), 'council')} on {full_day(today)}, worst first.",
        council="Social media checks",
        heading=f"Councils on {full_day(today)}",
        lead=summary(standings),
        lines=tuple(rows),
        checked="This email comes once a month. “socialaudit fleet” shows the same at any time.",
    )
    return Email(
        subject=seen.subject,
        preview=seen.preview,
        html=rendering.inlined(rendering.html("failed.html", view=seen), "email.css"),
        text=rendering.text("failed.txt", view=seen),
    )
