"""What may be disrespectful in the council's own words to residents: named rules over plain English.

*told already* ("as we have already told you"), *belittling* ("if you had bothered to read it"),
*sarcasm* ("oh what a surprise"), *arguing* ("get your facts straight") and *dismissive* ("not our
problem") are phrases (``manners.toml``); *shouting* is capitals at somebody. An apology, a plain
correction and a firm request are none of these: "I'm afraid that is not right, the County owns it."
Words in quotation marks are not read.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from socialaudit.phrases import compiled, plain, wide

if TYPE_CHECKING:
    from collections.abc import Mapping

Rule = Literal["told already", "belittling", "sarcasm", "arguing", "dismissive", "shouting"]

LIMIT = 10_000
"""Characters read of one text."""
_FEW, _LETTERS, _EMPHATIC = 3, 10, 2

CAPITALS = re.compile(r"(?<![A-Z])[A-Z]{2,}+[^a-zA-Z].*?(?<![A-Za-z])[A-Z]{2,}+", re.DOTALL)
"""Every text that shouts matches it."""
_QUOTED = re.compile(r"[\"“”][^\"“”\n]{1,300}[\"“”]|https?://\S+")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n+")
_WEARY = re.compile("[\U0001f644\U0001f921\U0001f971\U0001f612]")
_LOUD = re.compile(r"(?<![^\W\d_])[A-Z]+(?:[^\w\n.!?:;]+[A-Z]+){2,40}+(?![^\W\d_])")
_ACCUSING = re.compile(
    r"\b(?:you (?:are|were|have been|cannot|can t|did|don t|lot|people)|read (?:the|it|our|before)"
    r"|again|enough|stop \w+ing|listen|told|already|how many|not our|never|fed up|sick of|yourself|yourselves"
    r"|your (?:own )?(?:dogs?|rubbish|cars?|litter|kids|children|bins?|mess|poo))\b"
)
_KIND = re.compile(
    r"^(?:thank|thanks|have you|do you|did you|are you|never (?:forget|too late))|thank you"
)
_STACCATO = re.compile(
    r"(?<![\w.])(?:[A-Z][a-z]{1,9}\. ){1,4}(?:The|It|This|That|Your|To|Not|Is|Our)\. [A-Z][a-z]{1,9}(?:[.!]|$)"
)
"""A sentence of which every word is one: "Read. The. Post."."""
_EMPHASIS = re.compile(
    r"(?<!\w)(?:NOT|NEVER|NO|NONE|ALL|ALWAYS|EVERY|ONLY|AGAIN|READ|YOU|YOUR|STOP|DO|ARE|IS|WILL|CANNOT)(?!\w)"
)


def unmannerly(text: str, *, addressed: bool) -> list[tuple[Rule, str]]:
    """Each rule that a text breaks, with the first words that break it.

    ``addressed`` is true of a reply: its capitals are always at somebody.
    """
    text = _QUOTED.sub(" ", text[:LIMIT])
    found: dict[Rule, str] = {}
    if weary := _WEARY.search(text):
        found["sarcasm"] = weary[0]
    for part in _SENTENCE.split(text):
        words = plain(part)
        for rule, pattern in _compiled().items():
            if rule not in found and (hit := pattern.search(words)):
                found[rule] = hit[0]
    if staccato := _STACCATO.search(text):
        found.setdefault("belittling", staccato[0])
    if loud := _shouted(text, addressed=addressed):
        found["shouting"] = loud
    return list(found.items())


def _shouted(text: str, *, addressed: bool) -> str:
    for run in _LOUD.finditer(text):
        words = plain(run[0])
        letters = sum(map(len, words.split()))
        if letters >= _LETTERS and (
            addressed or (_ACCUSING.search(words) and not _KIND.search(words))
        ):
            return run[0]
    emphatic = _EMPHASIS.findall(text) if addressed and not text.isupper() else []
    return " ".join(emphatic) if len(emphatic) >= _EMPHATIC else ""


@cache
def rules() -> Mapping[Rule, tuple[str, ...]]:
    """The phrases of each rule, slots filled."""
    content = tomllib.loads(files("socialaudit").joinpath("manners.toml").read_text("utf-8"))
    slots = content["slots"]
    return {
        rule: tuple(_filled(phrase, slots) for phrase in phrases)
        for rule, phrases in content["rules"].items()
    }


def _filled(phrase: str, slots: Mapping[str, str]) -> str:
    for name, words in slots.items():
        phrase = phrase.replace(f"{{{name}}}", words)
    return phrase


@cache
def _compiled() -> Mapping[Rule, re.Pattern[str]]:
    return {rule: compiled("|".join(phrases), 5) for rule, phrases in rules().items()}


@cache
def gate() -> tuple[str, ...]:
    """RE2 expressions for ``Records.candidates``; every text that breaks a rule of words matches one."""
    words = (wide("|".join(phrases)) for phrases in rules().values())
    return (*words, _WEARY.pattern, "[.] (?:the|it|this|that|your|to|not|is|our)[.] ")
