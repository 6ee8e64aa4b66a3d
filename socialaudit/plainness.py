"""Words that stand in the way: officialese, short forms that are not explained, links to "here".

The lists are ``jargon.toml``. A short form is explained where its words stand in the text too
("Public Spaces Protection Order (PSPO)"), in any order.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from socialaudit.letters import shouted
from socialaudit.words import known

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,80}@\S+|[#@\uff03]\w+", re.IGNORECASE)
_SHORT_FORM = re.compile(r"(?<![\w#@/.&'’])([A-Z](?:[A-Z]|&(?=[A-Z])){1,5})(?:s|'s|’s)?(?![\w&])")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(["of", "and", "the", "for", "in", "to", "on", "a", "an", "at", "by", "with"])
_HERE = re.compile(r"\bhere\b\s*[:>\-–—👇👉➡️⬇️]*\s*(?=https?://|www\.)", re.IGNORECASE)
_CERTAIN_LENGTH = 3


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files("socialaudit").joinpath("jargon.toml").read_text("utf-8"))


@cache
def _officialese() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    rules = {
        phrase: re.escape(phrase)
        .replace(r"\*", r"\w*")
        .replace(r"\ ", r"\s+")
        .replace(r"\-", "[- ]?")
        for phrase in _lists()["plainer"]
    }
    whole = re.compile(rf"\b(?:{'|'.join(rules.values())})\b", re.IGNORECASE)
    each = tuple(
        (re.compile(rule, re.IGNORECASE), _lists()["plainer"][phrase])
        for phrase, rule in rules.items()
    )
    return whole, each


@cache
def gate() -> str:
    """For ``Records.candidates``: lets through every text with a word of ``officialese``.

    It looks for the longest piece of each phrase, for an address may stand between its words.
    """
    pieces = {max(re.split(r"[*\s-]+", phrase), key=len) for phrase in _lists()["plainer"]}
    return "|".join([*map(re.escape, sorted(pieces)), "[\u017f\u0131\u0130\u212a]"])


def officialese(text: str, allowed: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Stiff words of a text, as written in lower case, each with plainer ones."""
    whole, each = _officialese()
    found = {}
    for hit in whole.finditer(_ADDRESS.sub(" ", text)):
        said = " ".join(hit[0].lower().split())
        if said not in allowed:
            found[said] = next(plainer for rule, plainer in each if rule.fullmatch(hit[0]))
    return found


def vague_links(text: str) -> tuple[str, ...]:
    """Words that a link is given instead of what it leads to: "click here"."""
    rule = _vague()
    found = [hit[0].lower() for hit in rule.finditer(text)]
    if not found and _HERE.search(text):
        found.append("here")
    return tuple(dict.fromkeys(found))


@cache
def _vague() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_lists()['links']['words'])})\b", re.IGNORECASE)


def unexplained(text: str, allowed: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Short forms in capitals that few know and that the text does not write out.

    Words in capitals among others, or known as words, are shouted and no short forms.
    """
    plain = _ADDRESS.sub(" ", text)
    usual = _usual()
    every = dict.fromkeys(_SHORT_FORM.findall(plain))
    rare = [short for short in every if short not in usual and short not in allowed]
    loud = {word for run in shouted(plain) for word in run.split()} if rare else ()
    return tuple(
        short
        for short in rare
        if short not in loud and not known(short.lower()) and not _explained(short, plain)
    )


@cache
def _usual() -> frozenset[str]:
    return frozenset(_lists()["short_forms"]["known"].split())


def _explained(short: str, text: str) -> bool:
    """Whether words with its letters as initials stand in the text, small words left out or not."""
    letters = short.replace("&", "").lower()
    every = [word.lower() for word in _WORD.findall(text) if word != short]
    telling = [word for word in every if word not in _SMALL]
    if len(letters) < _CERTAIN_LENGTH:
        every = telling = [w.lower() for w in _WORD.findall(text) if w[0].isupper() and w != short]
    return any(letters in "".join(word[0] for word in words) for words in (every, telling))
