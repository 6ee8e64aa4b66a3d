"""Comments that wait for the council's decision for longer than the policy allows.

Only comments that a platform says are *held* count: what it set aside as likely spam asks for no
decision, and a hidden comment has had one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``hours``: how long a comment may wait."""

    hours: Annotated[int, Ge(1)] = 72


@check(
    id="held-comments",
    title="Comments that wait for a decision get one in good time",
    examines="comments",
    needs=("comments.state",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Decide on a comment that is waiting",
    joined="Decide on {n} comments that are waiting",
    fixed="waiting comment decided on",
    why="Residents who wrote in good faith are not heard, and abuse may go unreported.",
    minutes=2,
    references=("European Convention on Human Rights, article 10 (Human Rights Act 1998)",),
    parameters=Parameters,
    reads_text=False,
)
def held_comments(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Certain: the platform states that it is held, and since when it can have been."""
    hours = context.parameters.hours
    comments = records.comments
    others = ~comments["own"].fillna(value=False)
    yield Scope.of(comments, others, comments["state"].isna())
    late = comments["published_at"] < context.now - timedelta(hours=hours)
    for comment in records.rows(comments[others & comments["state"].isin(["held"]) & late]):
        days = (context.now - comment.published_at).days
        waited = f"{days} days" if days > 1 else f"more than {hours} hours"
        yield Observation(
            record=comment.key,
            message=f"This comment has waited for a decision for {waited}.",
            would_pass=f"Somebody decides within {hours} hours.",
            evidence={"state": "held"},
        )
