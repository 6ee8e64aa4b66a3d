"""Emoji that get in the way: many, repeated, as bullet points, within or instead of words.

One or two at the end of a sentence are fine. A screen reader says the name of each ("party popper")
where it stands. Only their place is read, not their sense, so the answer is *possible*.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.emoji import Use, uses
from socialaudit.models import AccountKind
from socialaudit.style import DAYS, clipped, own_words, too_old

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from socialaudit.records import Records

GATE = r"[^\x00-\x7f]"
"""An RE2 expression that every text with an emoji matches: none is within ASCII."""
TOLD = 2
SEEN: Mapping[Use, str] = {
    "many": "It has {} emoji.",
    "repeated": "The same emoji is repeated: {}.",
    "bullets": "Lines begin with emoji: {}.",
    "middle": "An emoji is in the middle of a sentence: “{}”.",
    "instead": "An emoji stands for a word: “{}”.",
}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``most``: how many emoji a post may have. ``row``: how many of one kind side by side count as repeated.

    ``allowed``: uses that are fine here. ``days``: older posts may stay.
    """

    most: Annotated[int, Ge(0)] = 3
    row: Annotated[int, Ge(2)] = 2
    allowed: tuple[Use, ...] = ()
    days: Annotated[int, Ge(1)] = DAYS


@check(
    id="emoji-use",
    title="Emoji are few and at the end of sentences",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Use fewer emoji, at the end of sentences",
    joined="Use fewer emoji in {n} posts, at the end of sentences",
    fixed="emoji made fewer",
    why="A screen reader says the name of every emoji aloud, in the middle of your words.",
    minutes=2,
    references=(
        "Government Communication Service, accessible social media guidance",
        "WCAG 2.2 technique H86, text alternatives for emoji, as advice",
    ),
    parameters=Parameters,
)
def emoji_use(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for a post, with each use that gets in the way."""
    posts = own_words(records)
    yield Scope(posts, posts["text"].isna())
    wanted: Parameters = context.parameters
    for post in records.rows(posts[records.candidates(posts["words"], GATE)]):
        found = uses(post.words, wanted.most, wanted.row)
        seen = [
            SEEN[use].format(clipped(shown))
            for use, shown in found.items()
            if use not in wanted.allowed
        ]
        if seen:
            yield Observation(
                record=post.key,
                message=" ".join(seen[:TOLD]),
                confidence=Confidence.POSSIBLE,
                excused=too_old(post, context, wanted.days),
                would_pass=f"It has at most {wanted.most} emoji, each at the end of a sentence.",
                evidence={use: shown for use, shown in found.items() if use not in wanted.allowed},
            )
