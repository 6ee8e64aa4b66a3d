"""Emoji in a text, and how they are used: one by one as a screen reader says them.

A flag, a keycap, a skin tone and a joined family are one emoji each, as Unicode counts them
(UTS 51). Signs that show as text (©, ™, ↔) are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Literal

Use = Literal["many", "repeated", "bullets", "middle", "instead"]

_BLANK = re.compile(r"[\s\ufe0f]*")
_LAST_WORD = re.compile(r"([^\W_]+)['’]?\s*$|(&)\s*$")
_WANTS_A_WORD = frozenset(
    ["the", "a", "an", "our", "own", "your", "my", "their", "and", "or", "by", "of", "with"]
)
_WANTS_MORE = _WANTS_A_WORD | frozenset(
    ["we", "i", "they", "to", "for", "at", "from", "is", "are", "this", "love", "no", "not"]
)
_GOES_ON = re.compile(r"\s*(?:is|are|was|will|must|can|and|or|needs?|has|have|=|\+|&)(?!\w)")
_FIRST_EMOJI_ABOVE_TEXT = "\u2600"


@dataclass(frozen=True, slots=True)
class Emoji:
    """One emoji and where it stands, in characters."""

    text: str
    start: int
    end: int


@cache
def _expression() -> Any:
    import regex  # noqa: PLC0415 - re knows no emoji; loaded only when posts are read

    base = r"\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})?(?!\ufe0e)"
    return regex.compile(
        rf"[0-9#*]\ufe0f?\u20e3|\p{{Regional_Indicator}}{{1,2}}"
        rf"|\U0001f3f4[\U000e0020-\U000e007f]{{2,8}}|{base}(?:\u200d{base})*"
    )


def emoji(text: str) -> tuple[Emoji, ...]:
    """The emoji of a text in order."""
    if text.isascii():
        return ()
    hits = _expression().finditer(text)
    found = (Emoji(hit[0], hit.start(), hit.end()) for hit in hits)
    return tuple(e for e in found if _shows_as_picture(e.text))


def _shows_as_picture(text: str) -> bool:
    import regex  # noqa: PLC0415 - as above

    alone = len(text) == 1
    sign = alone and text < _FIRST_EMOJI_ABOVE_TEXT
    return not sign or bool(regex.match(r"\p{Emoji_Presentation}", text))


def uses(text: str, most: int, row: int) -> dict[Use, str]:
    """How a text uses emoji beyond a few at the end: each use with what shows it.

    ``most`` are not many; ``row`` of one kind side by side are repeated.
    """
    found: dict[Use, str] = {}
    every = emoji(text)
    if not every:
        return found
    if len(every) > most:
        found["many"] = str(len(every))
    if again := _repeated(text, every, row):
        found["repeated"] = again
    if bullets := _bullets(text, every):
        found["bullets"] = " ".join(bullets)
    for first, last in _groups(text, every):
        use = _among_words(text, first, last)
        if use:
            found.setdefault(use, _around(text, first, last))
    return found


def _repeated(text: str, every: tuple[Emoji, ...], row: int) -> str:
    """The first row of one and the same emoji, as long as it is."""
    times = 1
    for before, after in pairwise((*every, Emoji("", len(text), len(text)))):
        if before.text == after.text and _BLANK.fullmatch(text, before.end, after.start):
            times += 1
            continue
        if times >= row:
            return before.text * times
        times = 1
    return ""


def _bullets(text: str, every: tuple[Emoji, ...]) -> list[str]:
    """Emoji that begin lines with words, where there are two such lines."""
    at = {one.start: one.text for one in every}
    found, start = [], 0
    for line in text.splitlines(keepends=True):
        head = start + len(line) - len(line.lstrip())
        if head in at and any(map(str.isalnum, line)):
            found.append(at[head])
        start += len(line)
    return found if len(found) > 1 else []


def _groups(text: str, every: tuple[Emoji, ...]) -> list[tuple[Emoji, Emoji]]:
    """First and last of the emoji that stand side by side."""
    groups: list[tuple[Emoji, Emoji]] = []
    for one in every:
        if groups and _BLANK.fullmatch(text, groups[-1][1].end, one.start):
            groups[-1] = (groups[-1][0], one)
        else:
            groups.append((one, one))
    return groups


def _among_words(text: str, first: Emoji, last: Emoji) -> Use | None:
    """What an emoji does in its line: stands for a word, or parts a sentence."""
    before = text[max(0, first.start - 80) : first.start].rpartition("\n")[2]
    after = text[last.end : last.end + 80].partition("\n")[0].lstrip("\ufe0f")
    if not any(map(str.isalnum, text)):
        return "instead"
    word = _LAST_WORD.search(before)
    goes_on = any(map(str.isalnum, after))
    if word and (word[1] or word[2]).lower() in (_WANTS_MORE if goes_on else {*_WANTS_A_WORD, "&"}):
        return "instead"
    if not before.strip():
        return "instead" if _GOES_ON.match(after) else None
    following = after.lstrip()[:1]
    open_ended = word is not None or before.rstrip().endswith(",")
    return "middle" if open_ended and (following.islower() or following.isdigit()) else None


def _around(text: str, first: Emoji, last: Emoji) -> str:
    before = text[max(0, first.start - 40) : first.start].rpartition("\n")[2].split()[-2:]
    after = text[last.end : last.end + 40].partition("\n")[0].split()[:2]
    return " ".join((*before, text[first.start : last.end], *after))
