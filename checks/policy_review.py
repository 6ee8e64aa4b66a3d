"""The policy's own date for its next review.

A policy that was due for review and was not reviewed may no longer say what the law does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Context, Counted, Observation, Urgency, check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from socialaudit.records import Records

_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``warn_days``: how long before its date a review becomes a thing to do."""

    warn_days: Annotated[int, Ge(0)] = 60


@check(
    id="policy-review",
    title="The policy is reviewed on time",
    examines="policy",
    needs=(),
    kinds=frozenset(),
    urgency=Urgency.MONTH,
    instruction="Put a policy review on the council’s agenda",
    joined="Put {n} policy reviews on the council’s agenda",
    fixed="policy reviewed",
    why="Staff and residents rely on a policy that may no longer say what the law does.",
    minutes=10,
    references=(
        "The policy’s own review date",
        "Freedom of Information Act 2000, section 19, publication schemes: current policies",
    ),
    parameters=Parameters,
)
def policy_review(_records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Certain: the policy names the date. It stands until the policy file has a later one."""
    due = context.review_due
    if due is None:
        return
    yield Counted(None, examined=1)
    today = context.now.astimezone(context.timezone).date()
    if today <= due - timedelta(days=context.parameters.warn_days):
        return
    when = f"{due:%B %Y}"
    message = f"The review is due in {when}."
    if today > due:
        late = _age(due, today)
        message = f"The review was due in {when}" + (f", so it is {late} late." if late else ".")
    yield Observation(
        record=None,
        message=message,
        would_pass="The council has reviewed the policy and set its next date.",
        evidence={"next review": due.isoformat()},
    )


def _age(since: date, today: date) -> str:
    """Whole years and months between two days: ``9 years and 6 months``; ``""`` under a month."""
    months = (today.year - since.year) * _MONTHS + today.month - since.month
    months -= today.day < since.day
    parts = [
        f"{n} {word}{'' if n == 1 else 's'}"
        for n, word in zip(divmod(months, _MONTHS), ("year", "month"), strict=True)
        if n
    ]
    return " and ".join(parts)
