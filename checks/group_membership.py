"""Online groups that the council runs: somebody looks at who their members are.

No platform lets a program see a group any more (Meta closed its Groups API on 22 April 2024), so a
person looks by hand and writes it down: a line of the moderation register with the group's link and
the action "looked at members". It lives there and not among the signed statements, because there is
one for each group and each look. The council file names the groups.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Context, Counted, Observation, Urgency, check
from socialaudit.register import Action, within

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from socialaudit.records import Records

NOBODY_SAID = (
    "Nobody has said which online groups the council runs. "
    "Tell your support contact which, or that it runs none."
)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``days``: how long a look at the members of a group holds. The policy names no time."""

    days: Annotated[int, Ge(1)] = 90


@check(
    id="group-membership",
    title="Somebody looks at who is in the council’s online groups",
    examines="groups",
    needs=(),
    kinds=frozenset(),
    urgency=Urgency.MONTH,
    instruction="Look at the members of an online group",
    joined="Look at the members of {n} online groups",
    fixed="members of an online group looked at",
    why="Whoever should not be there can reach residents in the council’s name.",
    minutes=15,
    references=("The policy’s own clause on restricting membership of online groups",),
    parameters=Parameters,
)
def group_membership(_records: Records, context: Context) -> Iterator[Observation | Counted]:
    """Certain: the register has a line about it or it does not. One thing to do for each group."""
    groups = context.council.groups
    if groups is None:
        yield Counted(None, examined=0, unknown=1, reason=NOBODY_SAID)
        return
    if groups:
        yield Counted(None, examined=len(groups))
    days = context.parameters.days
    since = context.now.astimezone(context.timezone).date() - timedelta(days=days)
    for group in groups:
        last = _last_look(group, context)
        if last is None or last < since:
            yield Observation(
                record=None,
                subject=f"group {group}",
                message=_message(group, last),
                would_pass=f"The register has a look at its members in the last {days} days.",
                evidence={"group": group},
            )


def _last_look(group: str, context: Context) -> date | None:
    looks = (e.day for e in context.register if e.action is Action.LOOKED and within(e.link, group))
    return max(looks, default=None)


def _message(group: str, last: date | None) -> str:
    name = f"‘{group.rstrip('/').rpartition('/')[2]}’"
    if last is None:
        return f"Nobody has written down a look at the members of the group {name}."
    return f"The members of the group {name} were last looked at on {last.day} {last:%B %Y}."
