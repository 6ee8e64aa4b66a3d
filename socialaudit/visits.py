"""What a visitor's post on the council's page may want: named rules over plain English.

A *question* (``socialaudit.questions``), a *problem* to be put right, a *request*, or to sell
something (*advert*). Thanks, praise and swans on the mill pond want nothing; nor does a sentence that
says thanks for what was mended. The words are in ``visits.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from socialaudit import questions
from socialaudit.phrases import compiled, plain, wide

if TYPE_CHECKING:
    from collections.abc import Mapping

Want = Literal["question", "problem", "request", "advert"]

LIMIT = 5_000
"""Characters read of one text."""

_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n+")
_LEFT_OUT = re.compile(r"https?://\S+|www\.\S+")
_WELL = re.compile(
    r"\b(?:thank|thanks|thankyou|cheers|well done|credit to|hats off|kudos|great job|good job|brilliant job"
    r"|fantastic job|(?:now|been|finally|has|have|all) (?:been )?(?:mended|fixed|repaired|sorted|cleared|cleaned"
    r"|replaced|emptied|removed|painted|restored)|grateful to|proud|lovely to see|great to see|good to see"
    r"|so glad|no longer|at last|hooray|hurrah|open again|reopened|raised|what a (?:lovely|great|wonderful|fantastic|brilliant)|no complaints)\b"
)
_STILL = re.compile(r"\b(?:but|however|though|still|please|can you|could you|when|shame)\b")


def wants(text: str) -> dict[Want, str]:
    """What a text wants, with the first words that say so; empty where it wants nothing."""
    text = text[:LIMIT]
    found: dict[Want, str] = {}
    if asked := questions.question(text):
        found["question"] = asked
    for sentence in _SENTENCE.split(_LEFT_OUT.sub(" ", text)):
        words = plain(sentence)
        if _WELL.search(words) and not _STILL.search(words):
            continue
        for want, rule in _compiled().items():
            if want not in found and (hit := rule.search(words)):
                found[want] = hit[0]
    return found


@cache
def rules() -> Mapping[Want, str]:
    """The rules of ``visits.toml``."""
    path = files("socialaudit").joinpath("visits.toml")
    content: dict[Any, list[str]] = tomllib.loads(path.read_text("utf-8"))
    return {want: "|".join(phrases) for want, phrases in content.items()}


@cache
def _compiled() -> Mapping[Want, re.Pattern[str]]:
    return {want: compiled(rule, 5) for want, rule in rules().items()}


@cache
def gate() -> tuple[str, ...]:
    """RE2 expressions for ``Records.candidates``; every text that wants something matches one."""
    return (questions.GATE, *map(wide, rules().values()))
