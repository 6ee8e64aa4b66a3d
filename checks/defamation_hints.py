"""Posts and comments of the account itself that may accuse somebody they name.

A person, business or holder of a post, and a crime, dishonesty or incompetence said of them
(``socialaudit.accusations``): what may be defamation if it cannot be proved (Defamation Act 2013,
sections 1 to 4). Reports of what a court found are left out. A hint, never a judgement: whether it
is true, and whether it does harm, cannot be read from here. Nothing here repeats who or what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from socialaudit.accusations import GATE, Wrong, accusation
from socialaudit.check import Confidence, Context, Observation, Scope, Urgency, check
from socialaudit.models import AccountKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialaudit.records import Records

SEEN: dict[Wrong, str] = {
    "crime": "It may accuse somebody whom it names of a crime.",
    "dishonesty": "It may say that somebody whom it names is dishonest.",
    "incompetence": "It may say that somebody whom it names is not fit for their work.",
}
SCORES: dict[Wrong, float] = {"crime": 0.9, "dishonesty": 0.7, "incompetence": 0.5}


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """``wrongs``: which accusations count."""

    wrongs: tuple[Wrong, ...] = get_args(Wrong)


@check(
    id="defamation-hints",
    title="We accuse nobody by name",
    examines="posts",
    needs=("posts",),
    also=("comments",),
    kinds=frozenset(AccountKind),
    urgency=Urgency.TODAY,
    instruction="Read something we wrote that may accuse somebody",
    joined="Read {n} things we wrote that may accuse somebody",
    fixed="possible accusation changed",
    why="The person or business may be harmed, and the council may have to pay for it.",
    minutes=15,
    references=(
        "Defamation Act 2013, sections 1 to 4",
        "Derbyshire County Council v Times Newspapers [1993] AC 534: no council can be defamed",
    ),
    parameters=Parameters,
)
def defamation_hints(records: Records, context: Context) -> Iterator[Observation | Scope]:
    """Always possible, and never said in the report's own words."""
    said = records.own_words()
    yield Scope(said, said["text"].isna())
    for one in records.rows(said[records.candidates(said["text"], GATE)]):
        wrong = accusation(one.text)
        if wrong is None or wrong not in context.parameters.wrongs:
            continue
        yield Observation(
            record=one.key,
            message=SEEN[wrong],
            confidence=Confidence.POSSIBLE,
            would_pass="It names nobody, or reports what a court or regulator found and says so.",
            score=SCORES[wrong],
            evidence={"accusation of": wrong, "words": "not repeated here"},
        )
