"""Words that are not written in plain letters: look-alikes, capitals throughout, drawings.

That letters are look-alikes is a fact of Unicode, so it is certain. Capitals and drawings are
*possible*: an acronym may look like a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.hashtags import names_of
from socialaudit.letters import drawing, fancy, shouted, spaced
from socialaudit.models import AccountKind
from socialaudit.style import DAYS, clipped, own_words, too_old

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``allowed``: words that may stand in capitals here. ``days``: older posts may stay."""

    allowed: tuple[str, ...] = ()
    days: Annotated[int, Ge(1)] = DAYS


@check(
    id="plain-letters",
    title="Words are in plain letters",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Write these words in plain letters",
    joined="Write {n} posts in plain letters",
    fixed="words put in plain letters",
    why="Screen readers spell fancy letters out or skip them. Capitals are hard to read for many.",
    minutes=2,
    references=(
        "WCAG 2.2 success criterion 1.1.1, failures F71 (look-alikes) and F72 (ASCII art), Level A",
        "Government Communication Service, accessible social media guidance",
    ),
    parameters=Parameters,
)
def plain_letters(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for a post. Capitals show in no cheap filter: every post is read."""
    posts = own_words(records)
    yield Scope(posts, posts["text"].isna())
    names, allowed = names_of(context.council.name), set(context.parameters.allowed)
    for post in records.rows(posts):
        alike = fancy(post.words)
        loud = [run for run in shouted(post.words, names) if not set(run.split()) <= allowed]
        apart, drawn = spaced(post.words), drawing(post.words)
        if not (alike or loud or apart or drawn):
            continue
        if alike:
            message = f"Screen readers cannot read these letters: “{clipped(alike[0].written)}”."
        elif loud:
            message = f"These words are in capitals: “{clipped(loud[0])}”."
        elif apart:
            message = f"These letters are spaced out: “{clipped(apart)}”."
        else:
            message = "It has a picture made of signs."
        yield Observation(
            record=post.key,
            message=message,
            confidence=Confidence.CERTAIN if alike else Confidence.POSSIBLE,
            excused=too_old(post, context, context.parameters.days),
            would_pass=f"It says “{clipped(alike[0].plain)}”."
            if alike
            else _plainly(bool(loud or apart)),
            evidence={
                "look-alikes": ", ".join(one.written for one in alike),
                "capitals": ", ".join(loud),
                "spaced out": apart,
                "drawing": drawn,
            },
        )


def _plainly(loud: bool) -> str:  # noqa: FBT001 - or drawn
    if loud:
        return "Its words are written as in a letter, with few capitals."
    return "It is a picture with a description (alt text), or is left out."
