"""One person who is hostile to the same target again and again: a course of conduct.

Each comment that the judge rates (``socialaudit.judge``) is a hit at one target: the councillor or
member of staff that it names, else the resident it replies to, else the council where it speaks to
it. Hidden comments count, for they were sent. Enough hits of one author at one target in some days
are an observation. Authors are pseudonyms, and who the target is stays here too. People named now
with their title and now without count as two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, get_args

from annotated_types import Ge, Le

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.judge import Rating, Tier, offending, rated, ratings
from socialaudit.models import AccountKind
from socialaudit.targets import Target, Targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from socialaudit.records import Records

WORDS: dict[Target, str] = {
    "person": "the same councillor or member of staff",
    "resident": "the same resident",
    "council": "the council",
}
_PERSONAL = re.compile(r"\b(?:you|your|u|ur|youre|yous|he|she|him|her|they|them)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``hits`` at one target within the last ``days``; ``targets``: whom it counts for.

    ``tiers``: how strong a comment must be to be a hit.
    """

    hits: Annotated[int, Ge(2)] = 3
    days: Annotated[int, Ge(1), Le(60)] = 30
    targets: tuple[Target, ...] = get_args(Target)
    tiers: tuple[Tier, ...] = tuple(Tier)


@check(
    id="repeated-hostility",
    title="Nobody is abused again and again",
    examines="comments",
    needs=("comments",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.WEEK,
    instruction="Look at one person’s hostile comments together",
    joined="Look at {n} people’s hostile comments together",
    fixed="repeated hostility ended",
    why="Abuse that goes on wears down residents, staff and councillors. It may be harassment.",
    minutes=20,
    references=(
        "Protection from Harassment Act 1997, sections 1 and 7: a course of conduct",
        "Health and Safety at Work etc. Act 1974, section 2, for staff",
    ),
    parameters=Parameters,
    reads_text=False,
)
def repeated_hostility(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible. For today where a comment is strong or attacks people for who they are."""
    wanted: Parameters = context.parameters
    comments, before = records.comments, _before(records, context)
    others = ~comments["own"].fillna(value=False)
    yield Scope.of(comments, others, comments["text"].isna() | comments["author"].isna())
    targets = _targets(records, before, context)
    hits = [*_hits(records, comments, ratings(records), context)]
    hits += _hits(records, before, rated(records, before, before["text"].notna()), context)
    courses: dict[tuple[str, str, Target, str], list[tuple[Any, Tier]]] = defaultdict(list)
    for comment, tier in hits:
        if tier not in wanted.tiers:
            continue
        kind, whom = targets.of(comment)
        mild = tier is Tier.MILD and kind != "person"
        if kind in wanted.targets and not (mild and not _PERSONAL.search(comment.text)):
            courses[comment.account, comment.author, kind, whom].append((comment, tier))
    for (account, author, kind, whom), course in courses.items():
        if len(course) >= wanted.hits:
            course.sort(key=lambda hit: (hit[0].published_at, hit[0].key))
            subject = f"{author} {kind} {whom}"
            yield _observation(account, subject, WORDS[kind], course, context)


def _before(records: Records, context: Context) -> pd.DataFrame:
    """Comments of the last weeks that this run did not read."""
    from socialaudit.records import frame  # noqa: PLC0415 - only when a check is run

    here = {*records.accounts["account"], *records.comments["account"].unique()}
    earlier = [c for c in context.earlier if c.account in here]
    read = records.comments["key"].isin([c.key for c in earlier])
    known = set(records.comments.loc[read, "key"])
    return frame("comments", [c for c in earlier if c.key not in known])


def _recent(comments: pd.DataFrame, context: Context) -> pd.Series[bool]:
    return comments["published_at"] > context.now - timedelta(days=context.parameters.days)


def _targets(records: Records, before: pd.DataFrame, context: Context) -> Targets:
    import pandas as pd  # noqa: PLC0415 - only when a check is run

    both = [t.loc[_recent(t, context), list(Targets.COLUMNS)] for t in (records.comments, before)]
    return Targets(pd.concat(both, ignore_index=True), records.accounts)


def _hits(
    records: Records, comments: pd.DataFrame, found: Mapping[str, Rating], context: Context
) -> Iterator[tuple[Any, Tier]]:
    """Others' comments of the last days that may offend, and how strongly."""
    others = comments["author"].notna() & ~comments["own"].fillna(value=False)
    sent = others & _recent(comments, context) & ~comments["state"].isin(["spam"])
    for comment, tier, _ in offending(records, comments, sent, found):
        yield comment, tier


def _observation(
    account: str, subject: str, whom: str, course: list[tuple[Any, Tier]], context: Context
) -> Observation:
    wanted: Parameters = context.parameters
    days = [c.published_at.astimezone(context.timezone).date() for c, _ in course]
    links = [c.permalink if isinstance(c.permalink, str) else c.id for c, _ in course]
    first, last = days[0], days[-1]
    grave = any(tier is not Tier.MILD for _, tier in course)
    return Observation(
        record=None,
        account=account,
        subject=subject,
        message=f"One person wrote {len(course)} hostile comments to {whom} from "
        f"{first.day} {first:%B} to {last.day} {last:%B}.",
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.TODAY if grave else Urgency.WEEK,
        would_pass=f"Fewer than {wanted.hits} such comments in {wanted.days} days.",
        evidence={
            "comments": "; ".join(
                f"{day.isoformat()} {link}" for day, link in zip(days, links, strict=True)
            ),
            "tiers": ", ".join(tier.value for _, tier in course),
        },
    )
