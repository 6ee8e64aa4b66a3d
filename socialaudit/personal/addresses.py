"""Where a person can be found: email addresses and home addresses.

A postcode alone is fifteen homes or so and nobody's; with the number and the street it is one door.
Without a postcode, a number and a street are a home when the words say that somebody lives there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.personal.kinds import Detail, Kind
from socialaudit.personal.people import PERSON

if TYPE_CHECKING:
    from collections.abc import Iterator

# The areas that Royal Mail has given out, the Crown dependencies included.
_AREA = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE"
    r"|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]"
    r"|UB|W[ACDFNRSV]?|YO|ZE)"
)
_SPELT = r"[\w.+-]{1,64}(?: dot [\w-]{1,64}){0,2} at [\w-]{1,63}(?: dot [\w-]{1,63}){0,2} dot (?:com|uk|org|net)"
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])"
    rf"|(?<![\w.+-]){_SPELT}\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?[\[(]\s?at\s?[\])]\s?"
    r"[\w-]{1,63}(?:(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)[\w-]{2,24}){1,4}",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9]){_AREA}\d[A-Z\d]?\s{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_STREET = (
    "road|rd|street|st|lane|ln|avenue|ave|av|close|cl|drive|dr|way|crescent|cres|court|ct|place|pl"
    "|gardens?|gdns|grove|terrace|hill|row|walk|square|view|rise|mews|green|loke|yard|park|parade"
    "|croft|drove|end|gate|vale|cottages|villas|buildings|estate|common|quay|wharf|mount|bank|fold"
    "|brae|wynd|vennel|loan|heol|ffordd|stryd|l[oô]n|rhodfa|clos|maes|cwrt|parc|cilgant"
)
_WELSH = "heol|ffordd|stryd|l[oô]n|rhodfa|clos|maes|cwrt|parc|cilgant"
_DOOR = (
    rf"\d{{1,4}}[a-z]?,?\s+(?:(?:{_WELSH})(?:\s+[^\W\d_][\w'’-]{{0,30}}){{1,2}}"
    rf"|(?:[^\W\d_][\w'’.-]{{0,30}}\s+){{0,3}}?(?:{_STREET}))\b\.?"
)
_FLAT = r"(?:flat|apartment|apt|unit)\s+\d{1,4}[a-z]?\b"
_NUMBERED = re.compile(rf"(?<![\w£.:/-])(?:{_FLAT}[^\d\n]{{0,40}}|{_DOOR})", re.IGNORECASE)
_NAMED_DOOR = re.compile(
    r"(?<![\w£.:/-])\d{1,4}[A-Za-z]?,?\s+[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,3}"
)
_BETWEEN = 60
_SMALL_WORDS = (
    r"(?:at|of|is|are|in|on|from|over|now|still|next door|round|who|lives?|living|and family|no|number"
    r"|[A-Z][\w'’-]+ (?:[Cc]ottage|[Hh]ouse|[Ff]arm|[Ll]odge|[Vv]illa))"
)
_LIVES = re.compile(
    r"(?<!\w)(?:(?i:lives?|living|resides?|residing|my (?:home )?address|(?:his|her|their|home) address|address is"
    r"|moved (?:in ?)?to|(?:we|they|you)(?: are|['’]re)(?= )|theyre(?= )|(?:i am|i['’]m|she is|he is|she['’]s|he['’]s)(?= )|(?:her|him|them)(?= at ))"
    rf"|{PERSON})[\s,:]{{1,3}}(?:{_SMALL_WORDS}[\s,:.]{{1,3}}){{0,4}}((?i:(?:{_FLAT},?\s+)?{_DOOR}))"
)
_HOUSE = re.compile(
    r"\b(?:(?i:lives?|living|home|house) (?:is )?at|(?i:my|our|his|her|their) (?i:(?:home )?address)(?i: is)?:?)\s+"
    r"[A-ZŴŶ][^\d\n.!?]{2,60}$"
)

GATE = (
    r"@| at [^ ]{1,63} dot | dot (?:com|uk|org|net)|[\[(][\s\p{Z}]?at[\s\p{Z}]?[\])]|[a-z]\p{Nd}[a-z\p{Nd}]?[\s\p{Z}]{0,2}\p{Nd}[a-z]{2}"
    r"|\p{Nd}{1,4}[a-z]?,?[\s\p{Z}]+(?:[\p{L}][\p{L}\p{Nd}_'’.-]*[\s\p{Z}]+){0,3}?(?:"
    rf"{_STREET})"
)
"""An RE2 expression for ``Records.candidates`` that every text with an address matches."""


def emails(text: str) -> Iterator[Detail]:
    """Email addresses, those written with "(at)" included."""
    if not any(sign in text for sign in "@[(") and " dot " not in text.lower():
        return
    for found in _EMAIL.finditer(text):
        yield Detail(Kind.EMAIL, found.start(), found.end())


def homes(text: str) -> Iterator[Detail]:
    """Doors and named houses with their postcode, and doors where words say that somebody lives."""
    for code in _POSTCODE.finditer(text):
        start = max(0, code.start() - _BETWEEN - 60)
        before = text[start : code.start()]
        doors = [*_NUMBERED.finditer(before), *_NAMED_DOOR.finditer(before)]
        near = [door for door in doors if len(before) - door.end() <= _BETWEEN]
        if near:
            first = min(door.start() for door in near)
            yield Detail(Kind.ADDRESS, start + first, code.end())
        elif house := _HOUSE.search(before):
            yield Detail(Kind.ADDRESS, start + house.start(), code.end())
    for home in _LIVES.finditer(text):
        yield Detail(Kind.ADDRESS, home.start(1), home.end(1))
