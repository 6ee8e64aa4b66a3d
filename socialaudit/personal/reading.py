"""All private details of a text, each once, and the text without them."""

from __future__ import annotations

import re
from unicodedata import decimal

from socialaudit.personal import addresses, numbers, papers, people
from socialaudit.personal.kinds import Detail, Kind

LIMIT = 100_000
"""Characters read of one text: more than any platform takes."""
GATE = (numbers.GATE, papers.GATE, addresses.GATE, people.GATE)
"""For ``Records.candidates``: lets through every text with a private detail."""
_DIGIT = re.compile(r"\d")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LOOKALIKES = str.maketrans(dict.fromkeys("\u017f\u0131\u0130\u212a", "\u00e9"))
"""Letters that Python takes for s, i and k when it ignores case, and that Arrow does not."""
_ORDER = {kind: place for place, kind in enumerate(Kind)}
_INSTEAD = {
    Kind.EMAIL: "[email address removed]",
    Kind.ADDRESS: "[address removed]",
    Kind.BIRTH: "[date removed]",
    Kind.SENSITIVE: "[private matter removed]",
}


def details(text: str) -> list[Detail]:
    """Every private detail in the order of the text; of two that overlap, the kind named first."""
    text = _plain_digits(text[:LIMIT])
    found = [*addresses.emails(text), *people.sensitive(text)]
    if _DIGIT.search(text):
        found += [*numbers.numbers(text), *papers.papers(text), *addresses.homes(text)]
    taken, kept = bytearray(len(text)), []
    for detail in sorted(found, key=lambda d: (_ORDER[d.kind], d.start, -d.end)):
        if not any(taken[detail.start : detail.end]):
            taken[detail.start : detail.end] = b"\1" * (detail.end - detail.start)
            kept.append(detail)
    return sorted(kept, key=lambda d: d.start)


def hidden(text: str) -> str:
    """The text with a word in place of every private detail, whoever's it is.

    >>> hidden("Her number is QQ 12 34 56 C, or AB 12 34 56 C.")
    'Her number is QQ 12 34 56 C, or [number removed].'
    """
    parts, done = [], 0
    for detail in details(text):
        parts += [text[done : detail.start], _INSTEAD.get(detail.kind, "[number removed]")]
        done = detail.end
    return "".join([*parts, text[done:]])


def _plain_digits(text: str) -> str:
    """The text, character for character, with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    text = text.translate(_LOOKALIKES)
    if not _OTHER_DIGIT.search(text):
        return text
    return "".join(str(decimal(c)) if c.isdecimal() else c for c in text)
