"""Texts as the model reads them: plain lower case, disguises undone, in pieces of a few sentences."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from socialaudit.disguise import HARMLESS, LEFT_OUT, fold, unmask
from socialaudit.tone.words import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 5_000
"""Characters read of one text; few comments pass 1,000."""
FEW, MANY = 3, 40
"""Words: a text with fewer says too little; one with more is read in pieces of two sentences."""
_SHORT = 3
_MARKS = str.maketrans("“”„«»’‘`\n", '"""""\'\'\' ')
_SAID = re.compile(r"(?<![a-z0-9])'([^'\n]{2,200})'(?![a-z0-9])")
_SHORTENED = re.compile(r"(?<=[a-z])'(?=(?:s|t|m|re|ve)(?![a-z]))")
_LATER = (("'ll", " will"), ("'d", " would"), ("'", " "))
_RUN = re.compile(r"(.)\1{2,}")
_ANY_TRACE = re.compile(
    rf"[a-z][0-9@$|*#%+^_~!]|[0-9@$|*#%+^_~!][a-z]|([a-z])(?:\1\1|\.[a-z])|[^\x00-\x7f{HARMLESS}]"
    r"|(?<![a-z0-9])[a-z][ ._*\-](?:[ ._*\-]{0,2}[a-z0-9@$!](?![a-z0-9])){2}"
)
_SPACES = re.compile(r" {2,}")
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def normal(text: str) -> str:
    """The text in lower case, without addresses, with pictures and disguised words written out."""
    text = text[:LIMIT]
    if not text.isascii():
        text = text.translate(_MARKS).translate(meanings().pictures)
    text = fold(text).replace(LEFT_OUT, " ")
    lowered = text.lower()
    if _ANY_TRACE.search(lowered):
        lowered = _RUN.sub(r"\1\1", unmask(text, _known).lower())
    if "'" in lowered:
        lowered = _SHORTENED.sub("", _SAID.sub(r'"\1"', lowered))
        for short, written in _LATER:
            lowered = lowered.replace(short, written)
    return _SPACES.sub(" ", lowered) if "  " in lowered else lowered


def pieces(text: str) -> Iterator[str]:
    """The text where it is short, else each two sentences that follow each other."""
    size = text.count(" ") + 1
    if size <= MANY:
        if size >= FEW:
            yield text.replace("\n", " ")
        return
    sentences = [s for s in _END.split(text) if s.strip()]
    for first, second in zip(sentences, [*sentences[1:], ""], strict=True):
        piece = f"{first} {second}" if first.count(" ") + second.count(" ") < MANY else first
        yield piece.replace("\n", " ")


@cache
def _vocabulary() -> dict[tuple[str, int], list[str]]:
    """Known words by first letter and length."""
    alike: dict[tuple[str, int], list[str]] = {}
    for word in sorted({w for phrase in meanings().phrases for w in phrase.split()}):
        alike.setdefault((word[0], len(word)), []).append(word)
    return alike


def _known(candidate: str) -> str:
    if len(candidate) < _SHORT:
        return ""
    alike = _vocabulary().get((candidate[0], len(candidate)), [])
    if "?" not in candidate:
        return candidate if candidate in alike else ""
    shape = re.compile(candidate.replace("?", "[a-z]"))
    return next((word for word in alike if shape.fullmatch(word)), "")
