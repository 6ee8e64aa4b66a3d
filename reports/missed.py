"""The short email to the operator when councils have had no weekly report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import rendering
from reports.email import Email
from reports.failed import FailureView
from reports.quoting import shown
from reports.wording import count, full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LISTED = 20
"""Councils named in one email; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A council whose last whole week has no report. ``last_day`` is that of its last one, if any.

    ``fault`` says why it cannot even be known.
    """

    council: str
    last_day: date | None = None
    fault: str = ""

    @property
    def words(self) -> str:
        """What is known of it."""
        if self.fault:
            return shown(self.fault, 140)
        if self.last_day is None:
            return "It has never had a weekly report."
        return f"Its last report was for the week to {full_day(self.last_day)}."


def render(missed: Sequence[Missed], today: date) -> Email:
    """The email; ``missed`` is not empty."""
    councils = count(len(missed), "council")
    more = len(missed) - LISTED
    lines = [(shown(one.council), one.words) for one in missed[:LISTED]]
    if more > 0:
        lines.append(("Not named here", f"{count(more, 'more council')}."))
    seen = FailureView(
        subject=f"No weekly report for {councils}: social media check",
        preview=f"{councils} should have had a report since last Monday.",
        council="Social media check",
        heading=f"Missing reports on {full_day(today)}",
        lead=f"No weekly report for {councils}",
        lines=tuple(lines),
        checked="Look at the schedule and the worker’s log. “socialaudit doctor” says what needs doing. "
        "This email comes every day until the reports are there.",
    )
    return Email(
        subject=seen.subject,
        preview=seen.preview,
        html=rendering.inlined(rendering.html("failed.html", view=seen), "email.css"),
        text=rendering.text("failed.txt", view=seen),
    )
