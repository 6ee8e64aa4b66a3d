"""Comments that complain to the council: tasks for its complaints procedure, no faults.

What makes a comment a complaint are named rules (``socialaudit.dissatisfaction``). What the council
has replied to is not listed. A comment that asks for information on record as well is listed as that,
for the law's clock, where the policy has that check (``socialaudit.tasks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.dissatisfaction import GATE, complaint
from socialaudit.models import AccountKind
from socialaudit.tasks import from_others, handles, is_open, received, spoken, taken
from socialaudit.threads import Threads
from socialaudit.working_days import after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``acknowledge_days``: working days in which the council's procedure acknowledges a complaint.

    ``days``: older comments are not listed.
    """

    acknowledge_days: Annotated[int, Ge(1)] = 5
    days: Annotated[int, Ge(1)] = 60


@check(
    id="complaints",
    title="Complaints in comments are taken up (tasks, not faults)",
    examines="comments",
    needs=("comments",),
    whole=True,
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Take up a complaint",
    joined="Take up {n} complaints",
    fixed="complaint taken up",
    why="Somebody who complains in a comment has a right to the complaints procedure too.",
    minutes=15,
    references=(
        "The council’s complaints procedure",
        "Local Government and Social Care Ombudsman, Complaint Handling Code 2024, as good practice",
    ),
    parameters=Parameters,
)
def complaints(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: a person decides whether somebody complains."""
    comments = records.comments
    read = from_others(records, context.now - timedelta(days=context.parameters.days))
    unknown = comments["text"].isna() | comments["own"].isna()
    yield Scope.of(comments, read, unknown)
    unhappy = comments[read & ~unknown & records.candidates(comments["text"], GATE)]
    said = ((row, complaint(row.text)[0]) for row in records.rows(unhappy))
    found = [(row, about) for row, about in said if about]
    threads = Threads.of(records) if found else None
    ours = handles(records)
    for comment, about in found:
        if not threads or taken(comment.text, "complaints", context.checks):
            continue
        if is_open(comment, threads, ours.get(comment.account)):
            yield _observation(comment, about, context)


def _observation(comment: Any, about: str, context: Context) -> Observation:
    days = context.parameters.acknowledge_days
    last = after(received(comment, context.timezone), days)
    today = context.now.astimezone(context.timezone).date()
    late = last < today
    return Observation(
        record=comment.key,
        message="This comment reads like a complaint: a task, not a fault. "
        + (
            f"It was to be acknowledged by {spoken(last)}."
            if late
            else f"Acknowledge it by {spoken(last)}."
        ),
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.TODAY if last <= today else None,
        due=datetime.combine(last, time(), context.timezone),
        would_pass=f"The council acknowledges it within {days} working days.",
        evidence={"reads like": about, "answer": "none seen from this account"},
    )
