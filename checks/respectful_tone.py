"""Posts and replies of the account itself whose tone may not be respectful.

Named rules (``socialaudit.manners``): told already, belittling, sarcasm, arguing, dismissive,
shouting. Offensive words are for offensive-posts. To say no, to correct a mistake and to ask firmly
are a council's work and are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.manners import CAPITALS, Rule, gate, unmannerly
from socialaudit.models import AccountKind, CommentKind, PostKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN: dict[Rule, str] = {
    "told already": "It may tell somebody off for asking again.",
    "belittling": "It may talk down to people.",
    "sarcasm": "It may be sarcastic.",
    "arguing": "It may argue with somebody rather than inform.",
    "dismissive": "It may brush somebody off.",
    "shouting": "Its capitals may read as shouting at somebody.",
}
ADDRESSED = [PostKind.REPLY, *CommentKind]
"""Kinds of what is written to somebody."""
SCORES = {1: 0.5, 2: 0.7}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``rules``: what counts as disrespectful."""

    rules: tuple[Rule, ...] = get_args(Rule)


@check(
    id="respectful-tone",
    title="We write to people with respect",
    examines="posts",
    needs=("posts",),
    also=("comments",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.WEEK,
    instruction="Read again how we wrote to people",
    joined="Read again how we wrote to people {n} times",
    fixed="words made more respectful",
    why="The person is hurt, and other residents learn not to ask the council.",
    minutes=10,
    references=(
        "The policy’s own clause, and the council’s code of conduct for staff",
        "Localism Act 2011, sections 27 and 28, for what members write",
    ),
    parameters=Parameters,
)
def respectful_tone(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible: a person decides how it sounds."""
    said = records.own_words()
    yield Scope(said, said["text"].isna())
    loud = said["text"].fillna("").map(lambda text: bool(CAPITALS.search(text))).astype(bool)
    for one in records.rows(said[loud | records.candidates(said["text"], gate())]):
        found = dict(unmannerly(one.text, addressed=one.kind in ADDRESSED))
        rules = [rule for rule in SEEN if rule in found and rule in context.parameters.rules]
        if not rules:
            continue
        yield Observation(
            record=one.key,
            message=SEEN[rules[0]],
            confidence=Confidence.POSSIBLE,
            would_pass="It says the same plainly, and as we would to somebody at the counter.",
            score=SCORES.get(len(rules), 0.8),
            evidence={"rules": ", ".join(rules), "words": "; ".join(found[r] for r in rules)},
        )
