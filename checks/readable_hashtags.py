"""Hashtags of several words without a capital for each, or in capitals throughout.

Which words a tag is made of is read from a small list (``socialaudit.words``), so the answer is
*possible*. A place's name, the council's own above all, is one word; so is what the policy lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.hashtags import GATE, names_of, unreadable
from socialaudit.models import AccountKind
from socialaudit.style import DAYS, own_words, too_old

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

NAMED = 3
"""Hashtags that a message names."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``one_word``: tags that everybody here reads as one word. ``days``: older posts may stay."""

    one_word: tuple[str, ...] = ()
    days: Annotated[int, Ge(1)] = DAYS


@check(
    id="readable-hashtags",
    title="Each word of a hashtag begins with a capital",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Give each word of a hashtag a capital",
    joined="Give each word of a hashtag a capital in {n} posts",
    fixed="hashtag made readable",
    why="Screen readers say a hashtag as one garbled word unless each word begins with a capital.",
    minutes=2,
    references=("Government Communication Service, accessible social media guidance",),
    parameters=Parameters,
)
def readable_hashtags(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for a post, with each tag and a way to write it."""
    posts = own_words(records)
    yield Scope(posts, posts["text"].isna())
    own = frozenset(tag.lstrip("#").lower() for tag in context.parameters.one_word)
    names = names_of(context.council.name) | own
    for post in records.rows(posts[records.candidates(posts["words"], GATE)]):
        tags = unreadable(post.words, names)
        if not tags:
            continue
        written = ", ".join(tag.written for tag in tags[:NAMED])
        several = "These hashtags run words together" if len(tags) > 1 else _seen(tags[0].shouted)
        yield Observation(
            record=post.key,
            message=f"{several}: “{written}”{' and more' if len(tags) > NAMED else ''}.",
            confidence=Confidence.POSSIBLE,
            excused=too_old(post, context, context.parameters.days),
            would_pass=f"It says “{', '.join(tag.readable for tag in tags[:NAMED])}”.",
            evidence={
                "hashtags": ", ".join(tag.written for tag in tags),
                "readable": ", ".join(tag.readable for tag in tags),
            },
        )


def _seen(shouted: bool) -> str:  # noqa: FBT001 - of one tag
    return "This hashtag is all capitals" if shouted else "This hashtag runs words together"
