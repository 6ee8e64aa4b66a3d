"""Private details of people in comments that everybody can see, whoever wrote them.

The same rules as for the council's own posts (``personal-data``). Somebody who writes down their own
number is in the same danger as one whose neighbour does; the council's own answers count too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from socialaudit.check import Context, Observation, Scope, Urgency, check
from socialaudit.exposure import weigh
from socialaudit.models import AccountKind
from socialaudit.personal.published import Published
from socialaudit.personal.reading import GATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``published``: telephones, emails and addresses that may stay, beside the council's own."""

    published: tuple[str, ...] = ()


@check(
    id="personal-data-in-comments",
    title="Comments show no private details",
    examines="comments",
    needs=("comments",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Hide a comment that may show private details",
    joined="Hide {n} comments that may show private details",
    fixed="private details hidden",
    why="A stranger can find, trick or shame people by details that were never meant for all.",
    minutes=5,
    references=(
        "UK GDPR, articles 5, 6 and 9",
        "Data Protection Act 2018",
        "Human Rights Act 1998, schedule 1, article 8",
    ),
    parameters=Parameters,
    private=True,
)
def personal_data_in_comments(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """For today when somebody could do harm with it at once."""
    comments = records.comments
    shown = comments["state"].isna() | comments["state"].isin(["published"])
    yield Scope.of(comments, shown, comments["text"].isna())
    council = context.council
    contacts = (*council.contacts, *context.parameters.published)
    published = Published.of(replace(council, contacts=contacts))
    for comment in records.rows(comments[shown & records.candidates(comments["text"], GATE)]):
        own = comment.own is True
        if (weighed := weigh(comment.text, published, ours=own)) is not None:
            where = "The council’s own comment" if own else "This comment"
            yield weighed.observation(comment.key, where)
