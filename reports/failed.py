"""The short email for a week in which no check could be made.

It never shows last week's things to do as if they were new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports import rendering
from reports.email import Email
from reports.items import things
from reports.quoting import shown
from reports.wording import capital, full_day, month_day, sentence, weekday

if TYPE_CHECKING:
    from datetime import date

    from socialaudit.models import Council


WHY = 140
"""Characters of the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A weekly check that was not made.

    ``last_day`` is the last day of the week it was for. ``why`` is a sentence or a few for the clerk.
    ``still_to_do`` were to do at the last check, on ``last_checked`` (``None``: never checked).
    ``operator_told`` is whether the support contact gets this email too.
    """

    council: Council
    last_day: date
    why: str
    next_due: date
    still_to_do: int = 0
    last_checked: date | None = None
    operator_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureView:
    """Every word of the email."""

    subject: str
    preview: str
    council: str
    heading: str
    lead: str
    lines: tuple[tuple[str, str], ...]
    checked: str


def render(failure: Failure) -> Email:
    """The email that says that no check was made."""
    seen = view(failure)
    return Email(
        subject=seen.subject,
        preview=seen.preview,
        html=rendering.inlined(rendering.html("failed.html", view=seen), "email.css"),
        text=rendering.text("failed.txt", view=seen),
    )


def view(failure: Failure) -> FailureView:
    """What the email says."""
    still = _still_to_do(failure)
    return FailureView(
        subject=f"No check this week: council social media, week to {month_day(failure.last_day)}",
        preview="Nothing was checked, so problems may be there that we have not seen.",
        council=shown(failure.council.name),
        heading=f"Social media check: week to {full_day(failure.last_day)}",
        lead="No check was made this week",
        lines=(
            ("Why", sentence(capital(shown(failure.why, WHY))) or "We do not know yet."),
            ("What that means", "There may be problems that we have not seen. Please look at the accounts yourself."),
            ("What happens next", _next(failure)),
            *((("Still to do", still),) if still else ()),
        ),
        checked="If the next report does not arrive, tell your support contact.",
    )  # fmt: skip


def _next(failure: Failure) -> str:
    told = (
        "Your support contact has been told."
        if failure.operator_told
        else "Please tell your support contact."
    )
    return f"{told} The next report is due on {weekday(failure.next_due)}."


def _still_to_do(failure: Failure) -> str:
    if failure.last_checked is None:
        return ""
    when = full_day(failure.last_checked)
    if not failure.still_to_do:
        return f"Nothing was left to do at the last check, on {when}."
    return f"{things(failure.still_to_do)} from the last check, on {when}. Its report still stands."
