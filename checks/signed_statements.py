"""What no platform can show and a named officer signs: passwords, training, risks assessed.

The policy says what is to be signed. A statement holds until its last day; then it is asked for
again.
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

    from socialaudit.check import Signature
    from socialaudit.records import Records

SUBJECT = "statement {clause} {number}"
"""What tells one statement from another, from week to week."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``warn_days``: how long before its last day a statement is asked for again."""

    warn_days: Annotated[int, Ge(0)] = 30


@check(
    id="signed-statements",
    title="What only people can know is signed by somebody who knows it",
    examines="statements",
    needs=(),
    kinds=frozenset(),
    urgency=Urgency.MONTH,
    instruction="Have a policy statement signed",
    joined="Have {n} policy statements signed",
    fixed="policy statement signed",
    why="Nobody outside the council can see this, so it rests on somebody’s word.",
    minutes=10,
    references=("The policy’s own clauses", "UK GDPR, article 5(2), accountability"),
    parameters=Parameters,
)
def signed_statements(_records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Certain: the statement is there or it is not. One thing to do for each statement."""
    today = context.now.astimezone(context.timezone).date()
    soon = today + timedelta(days=context.parameters.warn_days)
    if context.signatures:
        yield Counted(None, examined=len(context.signatures))
    for asked in context.signatures:
        if not asked.holds(soon):
            yield Observation(
                record=None,
                subject=SUBJECT.format(clause=asked.clause, number=asked.number),
                clauses=(asked.clause,),
                message=_message(asked, today),
                would_pass="A named officer has signed it, and its last day is not near.",
                evidence={"statement": asked.text, "signed by": asked.by or "nobody"},
            )


def _message(asked: Signature, today: date) -> str:
    if asked.until is None:
        return f"Nobody has signed: {_quoted(asked.title)}."
    ends = "ends" if asked.holds(today) else "ended"
    day = f"{asked.until.day} {asked.until:%B %Y}"
    return f"The statement for {_quoted(asked.title)} {ends} on {day}."


def _quoted(title: str) -> str:
    return f"‘{title}’"
