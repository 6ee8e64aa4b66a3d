"""Numbers, dates, lists and policy parts as a clerk reads them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

NO_BREAK = "\u00a0"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_KEPT = re.compile(
    rf"(?<=\d) (?=(?:{_MONTHS}|minutes?|hours?|days?|weeks?|parts? not checked)\b)"
    r"|(?<=\b[Ii]tem) (?=\d)|(?<=\b[Ii]tems) (?=\d)"
    r"|(?<=\b[Ss]ection) (?=\d)|(?<=\b[Ss]ections) (?=\d)"
    r"|(?<=\bpoint) (?=\d)|(?<=\bpoints) (?=\d)"
    r"|(?<=\bparagraph) (?=\d)|(?<=\bparagraphs) (?=\d)"
    r"|(?<=\w) (?=not checked\b)|(?<=\bnot) (?=checked\b)"
)
_CITE = re.compile(r"[Ss]ection (\d+)(?:, (point|paragraph) (\d+))?")
_HOUR = 60
_LONG = 90


def kept_together(text: str) -> str:
    """The text with no line break inside "15 November", "item 7", "section 4", "X not checked"."""
    return _KEPT.sub(NO_BREAK, text)


def month_day(day: date) -> str:
    """``13 November``."""
    return f"{day.day} {day:%B}"


def full_day(day: date) -> str:
    """``Sunday 15 November 2026``."""
    return f"{weekday(day)} {day.year}"


def weekday(day: date) -> str:
    """``Friday 13 November``."""
    return f"{day:%A} {month_day(day)}"


def past_weekday(day: date, now: date) -> str:
    """``Sunday 18 October``, with the year when it is not this year."""
    return weekday(day) if day.year == now.year else full_day(day)


def past_day(day: date, now: date) -> str:
    """``18 October``, with the year when it is not this year."""
    return month_day(day) if day.year == now.year else f"{month_day(day)} {day.year}"


def clock(when: datetime) -> str:
    """``8:04pm``, in the time zone that the time is in."""
    return f"{when.hour % 12 or 12}:{when.minute:02}{'am' if when.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def number(n: int) -> str:
    """``1,200``."""
    return f"{n:,}"


def count(n: int, one: str, many: str = "") -> str:
    """``1 thing``, ``2 things``."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def listed(words: Sequence[str], link: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; ``link`` is the word before the last."""
    *start, last = words or [""]
    return f"{', '.join(start)} {link} {last}" if start else last


def items(numbers: Sequence[int]) -> str:
    """``item 2``, ``items 5, 6 and 8``, ``items 1 and 5 to 10``; numbers in order."""
    word = "item" if len(numbers) == 1 else "items"
    parts: list[str] = []
    for _, pairs in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [str(n) for _, n in pairs]
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run  # noqa: PLR2004 - "5 and 6" is shorter
    return f"{word} {listed(parts)}"


def duration(minutes: int) -> str:
    """``About 5 minutes``, ``About 2 hours``."""
    if minutes < _LONG:
        return f"About {count(minutes, 'minute')}"
    return f"About {count(round(minutes / _HOUR), 'hour')}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The text with its first letter small, unless its first word is a name or initials."""
    word = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if word[1:].islower() or word == "A" else text


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if not text or text[-1] in ".?!…" else f"{text}."


def joined(*sentences: str) -> str:
    """The sentences that are not empty, one after the other."""
    return " ".join(sentence(s) for s in sentences if s)


def cited(cites: Iterable[str]) -> str:
    """Policy parts in one phrase, in the order given.

    >>> cited(["Section 5", "Section 10"])
    'sections 5 and 10'
    >>> cited(["Section 4, point 15", "Section 10, paragraph 2"])
    'section 4, point 15, and section 10, paragraph 2'
    """
    phrases: list[str] = []
    for section, found in groupby(_parsed(cites), key=lambda part: part[0]):
        kinds, numbers = zip(*((kind, n) for _, kind, n in found), strict=True)
        phrases.append(_phrase(section, kinds[0], list(numbers)))
    return ", and ".join(phrases)


def _parsed(cites: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What to group by, the word for the part, its number: ``("section 4", "point", "6")``."""
    for cite in dict.fromkeys(cites):
        found = _CITE.fullmatch(cite)
        if found is None:
            yield lower(cite), "", ""
        elif found[2] is None:
            yield "", "section", found[1]
        else:
            yield f"section {found[1]}", found[2], found[3]


def _phrase(section: str, kind: str, numbers: list[str]) -> str:
    if not kind:
        return section
    part = f"{kind if len(numbers) == 1 else kind + 's'} {listed(numbers)}"
    return f"{section}, {part}" if section else part
