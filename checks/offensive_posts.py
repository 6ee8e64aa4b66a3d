"""Posts and comments of the account itself that may be offensive, sexual or discriminatory.

The judge that reads residents' comments reads these too (``socialaudit.judge``). A council is held
to a higher standard: mild swearing, insults, violence wished on anybody, sexual talk, and people
shut out or blamed for who they are (``socialaudit.unseemly``). Words that are quoted to condemn
them are left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.judge import Rating, Tier, rated
from socialaudit.models import AccountKind
from socialaudit.rating import SCORES
from socialaudit.unseemly import GATE, Rule, unseemly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN: dict[str, str] = {
    Tier.DISCRIMINATORY: "may attack people for who they are",
    Tier.STRONG: "may be abusive or threatening",
    "prejudice": "may shut people out or blame them for who they are",
    "violence": "may wish violence on people",
    "sexual": "may be sexual",
    Tier.MILD: "may be insulting, or swears",
    "insult": "may insult people",
    "swearing": "swears, or nearly",
}
"""Gravest first; what comes before ``Tier.MILD`` is for today."""
ORDER = list(SEEN)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``rules``: what is unseemly for a council beside what would offend in anybody's words."""

    rules: tuple[Rule, ...] = get_args(Rule)


@check(
    id="offensive-posts",
    title="Our own posts and comments are not offensive",
    examines="posts",
    needs=("posts",),
    also=("comments",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.TODAY,
    instruction="Read something we wrote that may offend",
    joined="Read {n} things we wrote that may offend",
    fixed="words that may offend changed",
    why="Residents and staff are hurt by it, and it is said in the council’s name.",
    minutes=10,
    references=(
        "Equality Act 2010, sections 26, 29, 39 and 149",
        "Communications Act 2003, section 127",
        "Ofcom, Attitudes towards offensive language (2021), as a guide to strength",
    ),
    parameters=Parameters,
)
def offensive_posts(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible, never certain: context decides more than the words."""
    said = records.own_words()
    yield Scope(said, said["text"].isna())
    told = said[said["text"].notna()]
    unfit = records.candidates(told["text"], GATE)
    known = rated(records, told, told["text"].notna())
    for one in records.rows(told[unfit | told["key"].isin(list(known))]):
        rating = known.get(one.key, Rating())
        found: dict[str, str] = dict(unseemly(one.text))
        found = {rule: found[rule] for rule in found if rule in context.parameters.rules}
        if rating.tier is not None:
            found[rating.tier] = ", ".join(rating.words)
        if found:
            yield _observation(one.key, found, rating)


def _observation(record: str, found: dict[str, str], rating: Rating) -> Observation:
    first = min(found, key=ORDER.index)
    grave = ORDER.index(first) < ORDER.index(Tier.MILD)
    about = {"about": rating.about} if rating.about else {}
    return Observation(
        record=record,
        message=f"What we wrote here {SEEN[first]}.",
        confidence=Confidence.POSSIBLE,
        urgency=Urgency.TODAY if grave else Urgency.WEEK,
        would_pass="It says the same in words that offend nobody, or quotes them to condemn them.",
        score=max(rating.score, SCORES[Tier.STRONG if grave else Tier.MILD]),
        evidence={"rules": ", ".join(map(str, found)), "words": "; ".join(found.values()), **about},
    )
