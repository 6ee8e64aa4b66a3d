"""Posts of a member of staff that speak of the council's customers or service providers.

The policy forbids both to staff who write for themselves. Read on accounts of kind staff only, and
of those no more than the sentence that names such a party (``socialaudit.customers``). Somebody's
own builder, or being a customer oneself, does not count. No report repeats the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.customers import GATE, party
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``providers``: names of firms that work for the council; a mention of one counts."""

    providers: tuple[str, ...] = ()


@check(
    id="customer-mentions",
    title="Staff do not speak of the council’s customers or suppliers",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.STAFF}),
    urgency=Urgency.WEEK,
    instruction="Talk to a colleague about a post on council customers",
    joined="Talk to colleagues about {n} posts on council customers",
    fixed="mention of a customer removed",
    why="People who deal with the council must trust that nobody talks about them online.",
    minutes=10,
    references=(
        "UK GDPR, article 5",
        "Human Rights Act 1998, schedule 1, article 8",
        "Information Commissioner, Employment practices and data protection: monitoring workers, 2023",
    ),
    parameters=Parameters,
    private=True,
)
def customer_mentions(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: only the writer and the council know who was meant."""
    posts = records.own_posts()
    yield Scope(posts, posts["text"].isna())
    firms = tuple(firm.lower() for firm in context.parameters.providers if firm.strip())
    named = posts["text"].fillna("").map(lambda text: any(f in text.lower() for f in firms))
    for post in records.rows(posts[records.candidates(posts["text"], GATE) | named.astype(bool)]):
        about = "service provider" if _names(post.text, firms) else party(post.text)
        if about is not None:
            yield Observation(
                record=post.key,
                message=f"It may speak of a {about} of the council.",
                confidence=Confidence.POSSIBLE,
                would_pass="It is gone, or speaks of nobody who deals with the council.",
                evidence={"speaks of": about},
            )


def _names(text: str, firms: tuple[str, ...]) -> bool:
    return any(firm in text.lower() for firm in firms)
