"""Hashtags that cannot be told into words: several in one case, or all in capitals.

A screen reader, and a person who reads slowly, tells the words of a tag by their capitals.
Acronyms (#NHS) and single words (#carnival) need none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from socialaudit.words import known, words_of

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TAG = re.compile(r"(?<![\w&/#\uff03])[#\uff03](\w{2,100})(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"(?:(?<=\d)(?:km?|th|st|nd|rd))?([^\W\d_]+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BODY = frozenset(
    [
        "town",
        "parish",
        "city",
        "community",
        "village",
        "council",
        "borough",
        "district",
        "county",
        "of",
        "the",
        "and",
    ]
)
_LONGEST_ACRONYM, _SHORTEST_WORD, _NAME = 6, 5, 4

MOST = 100
"""Different hashtags of one text that are read."""
GATE = "[#\uff03]"
"""An RE2 expression for ``Records.candidates`` that every text with a hashtag matches."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag as ``written``, the same made ``readable``; ``shouted`` if all in capitals."""

    written: str
    readable: str
    shouted: bool


def names_of(council: str) -> frozenset[str]:
    """What counts as one word because the council is called so: its place, and all of its name."""
    every = [word.lower() for word in _LETTERS.findall(council)]
    place = [word for word in every if word not in _BODY]
    joined = {"".join(every), "".join(place), *place}
    return frozenset(name for name in joined if len(name) >= _NAME)


def unreadable(text: str, names: frozenset[str]) -> tuple[Tag, ...]:
    """The hashtags of a text whose words run together, each once; ``names`` are one word each."""
    found: list[Tag] = []
    every = dict.fromkeys(hit[1] for hit in _TAG.finditer(_ADDRESS.sub(" ", text)))
    for written in islice(every, MOST):
        readable = _RUN.sub(lambda run: _in_place(run, names), written)
        if readable != written and not written.isdigit():
            found.append(Tag(f"#{written}", f"#{readable}", written.isupper()))
    return tuple(found)


def _in_place(run: re.Match[str], names: frozenset[str]) -> str:
    return run[0][: -len(run[1])] + _readable(run[1], names)


def _readable(run: str, names: frozenset[str]) -> str:
    if run.isupper():
        return _spoken(run, names)
    return "".join(_separate(piece, names) for piece in _CAMEL.split(run))


def _spoken(shout: str, names: frozenset[str]) -> str:
    """Capitals throughout: an acronym stays, words get one capital each."""
    word = shout.lower()
    parts = words_of(word, names)
    wordlike = len(word) >= _SHORTEST_WORD and (known(word) or word in names)
    if len(parts) > 1 or wordlike or len(word) > _LONGEST_ACRONYM:
        return _with_capitals(parts)
    return shout


def _separate(piece: str, names: frozenset[str]) -> str:
    if piece.isupper():
        return piece
    parts = words_of(piece, names)
    return _with_capitals(parts) if len(parts) > 1 else piece


def _with_capitals(parts: tuple[str, ...]) -> str:
    return "".join(part[:1].upper() + part[1:] for part in parts)
