"""Comments that may be offensive and that people can still see.

A judge reads the words and says how strong they are (``socialaudit.judge``); a person decides. What
is discriminatory, a threat, or strong abuse of a person is for today; swearing at nobody and milder
insults are for this week. Criticism of the council, however angry, is not offensive in itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.judge import Tier, offending, ratings
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN = {
    Tier.DISCRIMINATORY: "This comment may attack people for who they are.",
    Tier.STRONG: "This comment may be abusive or threatening.",
    Tier.MILD: "This comment may be insulting, or swears.",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``hours``: how long a comment may be visible before it is listed, so that people can deal with it first."""

    hours: Annotated[int, Ge(0)] = 0


@check(
    id="offensive-comments",
    title="No offensive comment stays visible",
    examines="comments",
    needs=("comments",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.TODAY,
    instruction="Read a comment that may be offensive",
    joined="Read {n} comments that may be offensive",
    fixed="offensive comment removed",
    why="Offensive words hurt the residents or staff they are aimed at while they stay up.",
    minutes=5,
    references=(
        "Equality Act 2010, sections 26 and 149",
        "Protection from Harassment Act 1997",
        "Ofcom, Attitudes towards offensive language (2021), as a guide to strength",
    ),
    parameters=Parameters,
)
def offensive_comments(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible, never certain: context decides more than the words."""
    comments = records.comments
    shown = comments["state"].isna() | comments["state"].isin(["published"])
    seen_long = comments["published_at"] <= context.now - timedelta(hours=context.parameters.hours)
    read = shown & seen_long & ~comments["own"].fillna(value=False)
    yield Scope.of(comments, read, comments["text"].isna())
    for comment, tier, rating in offending(records, comments, read, ratings(records)):
        about = {"about": rating.about} if rating.about else {}
        yield Observation(
            record=comment.key,
            message=SEEN[tier],
            confidence=Confidence.POSSIBLE,
            urgency=Urgency.WEEK if tier is Tier.MILD else Urgency.TODAY,
            would_pass="Nobody can see it any more, or you decide that it may stay.",
            score=rating.score,
            evidence={"words": ", ".join(rating.words), "tier": tier.value, **about},
        )
