"""Posts that are hard to read: long sentences, stiff or unexplained words, links called "here".

Reading age is a rough guide and is not told of fewer than 30 words. A list of names may be long.
Short forms that everybody knows, that the post writes out or that the policy lists are fine, and so
is the council's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from annotated_types import Ge

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind
from socialaudit.plainness import gate, officialese, unexplained, vague_links
from socialaudit.sentences import names_mostly, reading_age, sentences, words
from socialaudit.style import DAYS, clipped, own_words, too_old

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from socialaudit.records import Records

TOLD = 2
"""What a message tells of one post; the evidence has all."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``words``: how many a sentence may have. ``reading_age``: in years, the highest that will do.

    ``short_forms``: those that residents know, beside the usual ones. ``allowed``: phrases that may
    stay, in lower case. ``days``: older posts may stay.
    """

    words: Annotated[int, Ge(1)] = 25
    reading_age: Annotated[int, Ge(5)] = 14
    short_forms: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    days: Annotated[int, Ge(1)] = DAYS


@check(
    id="plain-english",
    title="Posts are in plain English",
    examines="posts",
    needs=("posts",),
    kinds=frozenset({AccountKind.COUNCIL, AccountKind.SUPPLIER}),
    urgency=Urgency.MONTH,
    instruction="Say this in plainer words",
    joined="Say {n} posts in plainer words",
    fixed="post made plainer",
    why="People who read slowly, or whose first language is another, give up on long sentences.",
    minutes=5,
    references=(
        "GOV.UK content design guidance: sentences of up to 25 words, and words to avoid",
        "WCAG 2.2 success criteria 2.4.9, 3.1.4 and 3.1.5, Level AAA, as advice",
    ),
    parameters=Parameters,
)
def plain_english(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """One observation for a post, with the start of each long sentence and each word."""
    posts = own_words(records)
    yield Scope(posts, posts["text"].isna())
    wanted: Parameters = context.parameters
    own = "".join(word[0] for word in context.council.name.split())
    short_forms = frozenset({own.upper(), *map(str.upper, wanted.short_forms)})
    stiff = set(posts.loc[records.candidates(posts["words"], gate()), "key"])
    for post in records.rows(posts):
        found = _found(post.words, wanted, short_forms, stiff=post.key in stiff)
        if not found:
            continue
        yield Observation(
            record=post.key,
            message=" ".join(list(found)[:TOLD]),
            confidence=Confidence.POSSIBLE,
            excused=too_old(post, context, wanted.days),
            would_pass=f"Sentences have at most {wanted.words} words, and every word is a common one.",
            evidence={"seen": " · ".join(found.values())},
        )


def _found(
    text: str, wanted: Parameters, short_forms: frozenset[str], *, stiff: bool
) -> Mapping[str, str]:
    """What was seen, as a sentence for a message and in full; ``stiff``: whether words may be."""
    found: dict[str, str] = {}
    every = sentences(text)
    counts = {one: len(words(one)) for one in every}
    long = {one: n for one, n in counts.items() if n > wanted.words and not names_mostly(one)}
    if long:
        first, most = next(iter(long.items()))
        start = f"A sentence has {most} words: “{clipped(first)}”."
        found[start] = "; ".join(f"{n} words: {clipped(one, 80)}" for one, n in long.items())
    if links := vague_links(text):
        found[f"It says “{links[0]}”, not what the link is about."] = ", ".join(links)
    stiff_words = officialese(text, wanted.allowed) if stiff else {}
    for said, plainer in stiff_words.items():
        found[f"A plainer word for “{said}” is “{plainer}”."] = f"{said}: {plainer}"
    for short in unexplained(text, short_forms):
        found[f"It does not say what {short} means."] = short
    age = reading_age(every)
    if age is not None and age > wanted.reading_age:
        found[f"Its words suit readers of {age:.0f} and older."] = f"reading age {age:.0f}"
    return found
