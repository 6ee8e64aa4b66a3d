"""What stands on a person's papers: vehicle registration, date of birth, passport, licence.

A format that ordinary text can have by chance counts only beside words that say what it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.personal.kinds import Detail, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR, _SENTENCE = 40, 80
_EARLIEST = 1915
"""The law protects the living, and hardly anybody who was born before is."""

# https://www.gov.uk/government/publications/vehicle-registration-numbers-and-number-plates
_PLATE = re.compile(
    r"(?<![A-Za-z0-9])(?<!(?i:model) )(?<!(?i:type) )(?<!(?i:part) )[A-HJ-PR-Y][A-HJ-PR-Y](?:0[1-9]|[1-9]\d)\s?[A-HJ-PR-Z]{3}(?![A-Za-z0-9])"
)
_SMALL_PLATE = re.compile(r"(?<!\w)[a-hj-pr-y]{2}\d{2}\s?[a-hj-pr-z]{3}(?!\w)", re.IGNORECASE)
_OLDER_PLATE = re.compile(
    r"(?<![A-Za-z0-9])(?<!(?i:model) )(?<!(?i:type) )(?<!(?i:part) )(?:[A-HJ-NPR-TV-Y]\d{1,3}\s?[A-HJ-PR-Z]{3}|[A-HJ-PR-Z]{3}\s?\d{1,3}[A-HJ-NPR-TV-Y])"
    r"(?![A-Za-z0-9])"
)
_DATELESS_PLATE = re.compile(
    r"\b(?i:reg(?:istration)?|number\s?plate|plate|vrm)(?i: (?:number|no|is))?[\s.:]{1,3}"
    r"([A-Z]{1,3}\s?\d{1,4}|\d{1,4}\s?[A-Z]{1,3})(?![A-Za-z0-9])"
)
_VEHICLE_WORD = re.compile(
    r"\b(?:reg|registration|number\s?plates?|plates?|vrm|cars?|vans?|lorry|lorries|trucks?|pick-?up"
    r"|motor\s?(?:bikes?|cycles?|homes?)|vehicles?|parked|parking|driver|driving|drove|driven)\b",
    re.IGNORECASE,
)
_BIRTH_WORD = re.compile(r"\b(?:born|date\s+of\s+birth|birth\s?date|dob|d\.o\.b)\b", re.IGNORECASE)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?((?:\d\d)?\d\d)(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})[,\s]+(\d{{4}}|['’]\d\d)|(\d{{4}})-\d\d-\d\d(?!\d))"
    rf"|\b(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(\d{{4}})",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:\d{9}|[A-Za-z]\d{8}|\d{3} \d{3} \d{3})(?![A-Za-z0-9])")
_PASSPORT_WORD = re.compile(r"\bpassports?\b", re.IGNORECASE)
_LICENCE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z9]{5}[ -]?\d[0156]\d[0-3]\d\d[ -]?[A-Z9]{2}\d[A-Z]{2}(?![A-Za-z0-9])",
    re.IGNORECASE,
)

GATE = (
    r"[a-z]{2}\p{Nd}{2}[\s\p{Z}]?[a-z]{3}"
    r"|[a-z]\p{Nd}{1,3}[\s\p{Z}]?[a-z]{3}|[a-z]{3}[\s\p{Z}]?\p{Nd}{1,3}[a-z]"
    r"|reg(?:[\s\p{Z}.:i])|plate|vrm|born|birth|dob|d\.o\.b|passport"
    r"|\p{Nd}{6}[ -]?[a-z9]{2}\p{Nd}[a-z]{2}"
)
"""An RE2 expression for ``Records.candidates`` that every text with such a detail matches."""


def papers(text: str) -> Iterator[Detail]:
    """Every detail of these kinds, overlaps included."""
    yield from _vehicles(text)
    if _BIRTH_WORD.search(text):
        for found in _DATE.finditer(text):
            if _near(_BIRTH_WORD, text, found) and _alive(found):
                yield Detail(Kind.BIRTH, found.start(), found.end())
    if _PASSPORT_WORD.search(text):
        for found in _PASSPORT.finditer(text):
            if _near(_PASSPORT_WORD, text, found, within=_SENTENCE):
                yield Detail(Kind.PASSPORT, found.start(), found.end())
    for found in _LICENCE.finditer(text):
        yield Detail(Kind.LICENCE, found.start(), found.end())


def _vehicles(text: str) -> Iterator[Detail]:
    """Today's format in capitals stands alone; small letters and older ones want a vehicle near."""
    for found in _PLATE.finditer(text):
        yield Detail(Kind.VEHICLE, found.start(), found.end())
    if not _VEHICLE_WORD.search(text):
        return
    for pattern in (_SMALL_PLATE, _OLDER_PLATE):
        for found in pattern.finditer(text):
            if _near(_VEHICLE_WORD, text, found):
                yield Detail(Kind.VEHICLE, found.start(), found.end())
    for found in _DATELESS_PLATE.finditer(text):
        yield Detail(Kind.VEHICLE, found.start(1), found.end(1))


def _alive(date: re.Match[str]) -> bool:
    year = next(part for part in date.groups() if part)
    return len(year) != 4 or int(year) >= _EARLIEST  # noqa: PLR2004 - a year in full


def _near(word: re.Pattern[str], text: str, found: re.Match[str], *, within: int = _NEAR) -> bool:
    return bool(word.search(text[max(0, found.start() - within) : found.end() + within]))
