"""What a post tells of the transcript of its recording: linked, written out, on request, none.

A transcript goes by few names ("transcript", "read the interview"). One that is named is linked
when the post has an address too; one that is denied or promised counts as such. A text that takes
turns ("Clerk: … Mayor: …"), or is about as long as what is said, is itself the transcript.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

LIMIT = 200_000
"""Characters read of one text: an hour of speech and more."""
TURNS = 6
"""So often does somebody take the word in what is written out."""
LEAST = 60
"""No fewer words are a transcript, however short the recording."""

Way = Literal["linked", "named", "written out", "on request", "later", "none", ""]


@dataclass(frozen=True, slots=True)
class Told:
    """How a transcript is given, and the words or address that say so."""

    way: Way
    words: str


_NAME = re.compile(
    r"\btranscri(?:pts?|ptions?|bed)\b|\btrawsgrifiad(?:au)?\b"
    r"|\b(?:full|written|text) (?:text|version|copy) of (?:the|this|our|what)\b"
    r"|\bread (?:what (?:was|is|they|we) sa(?:id|y)|(?:the|this) (?:interview|episode|podcast|speech)"
    r"|it instead|instead of listen\w+)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"\b(?:on request|ask (?:us |the \w+ )?for|request (?:a|one)|(?:just|please) ask|if you (?:need|would like|want)"
    r"|contact us|(?:email|ring|call|phone|write to) (?:us|the \w+)|can (?:be provided|provide|send))\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:to follow|will (?:follow|be)|coming(?: soon)?|soon|later (?:today|this|on)|next week|shortly)\b",
    re.IGNORECASE,
)
_MAKE = r"(?:have|got|provid|offer|publish|produc|mak|add|suppl|typ|a\b|any\b)\w*"
_DENIED = re.compile(
    rf"(?:\b(?:no|without|not (?:yet )?{_MAKE})|n['’]t (?:yet )?{_MAKE}|\b(?:cannot|unable to) (?:yet )?{_MAKE})"
    r"(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
_TURN = re.compile(
    r"^\s*\[?(?:\d{1,2}:\d{2}(?::\d{2})?\]?\s*)?[A-Z][\w.'’ -]{1,40}:\s+\S", re.MULTILINE
)


def told(text: str, links: Iterable[str], least: int | None) -> Told:
    """What a post tells of the transcript of its recording.

    ``links`` are the post's addresses beside those in its text; ``least`` is the number of words
    that would be what is said, ``None`` where nobody knows how long the recording is.
    """
    text = text[:LIMIT]
    spoken = _ADDRESS.sub(" ", text)
    addresses = [*links, *_ADDRESS.findall(text)]
    for address in addresses:
        if "transcript" in address.lower():
            return Told("linked", address[:200])
    for sentence in _SENTENCE.split(text):
        if name := _NAME.search(sentence):
            return Told(_way(sentence, name.start(), linked=bool(addresses)), name[0])
    if len(spoken.split()) >= max(least or LEAST, LEAST) and (least or _turns(text)):
        return Told("written out", f"{len(spoken.split())} words")
    return Told("", "")


def _turns(text: str) -> bool:
    return sum(1 for _ in _TURN.finditer(text)) >= TURNS


def _way(sentence: str, start: int, *, linked: bool) -> Way:
    if _DENIED.search(sentence[:start][-200:]):
        return "none"
    if _ADDRESS.search(sentence):
        return "linked"
    if _LATER.search(sentence):
        return "later"
    if _ASK.search(sentence):
        return "on request"
    return "linked" if linked else "named"
