"""Numbers that belong to one person: telephones, NHS, National Insurance, cards, bank accounts.

Checksums are python-stdnum's, telephone plans phonenumbers'. That library rejects the numbers that
Ofcom keeps for drama (07700 900123), and British spellings that people use, so a pattern of our own
stands beside it: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.personal.kinds import Detail, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = "\u200b-\u200f\u2060\ufeff"
_GAP = rf"[\s.(){_UNSEEN}–-]{{0,3}}"
NINE = rf"\d(?:{_GAP}\d){{8}}"
"""Nine digits with little between them: what a text with a telephone number holds."""
_NINE = re.compile(NINE)
_OWN_PHONE = re.compile(
    rf"(?<![\d£$.,/-])(?<!\d\s)(?!0 1 2 3)(?:(?:\+|00)44{_GAP}(?:\(0\))?{_GAP}|\(?0{_GAP})"
    rf"[1-357-9](?:{_GAP}\d){{8,9}}(?![\d/])(?![\s.-][1-9]\d\d)"
)
_LOCAL_PHONE = re.compile(
    r"\b(?:tel|telephone|phone|ring|call)\b[^\d\n.£$#]{0,25}(?<![\w£])(\d{6}|\d{3}\s\d{3})"
    r"(?![\d,:/-])(?!\s?\d)",
    re.IGNORECASE,
)
_NOUGHT = re.compile(
    r"(?<=\d)[oO]{1,3}(?=[\d ])|(?<![^\W\d])[oO](?=\d[\doO]{2})|(?<=\d )[oO](?=\d)"
)
_ONE = re.compile(r"(?<=\d)[lI](?=[\d ])|(?<=\d )[lI](?=\d)")
_REFERENCE = re.compile(
    r"\b(?:(?<!to )order|ref(?:erence)?|invoice|tracking|parcel|serial|barcode)\b\W{0,3}"
    r"(?:(?:no|number|is|ref|id)\b\W{0,3}){0,2}$",
    re.IGNORECASE,
)
_TRIES = 50

_NHS = re.compile(r"(?<![\d+-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\d-])")
_NHS_WORD = re.compile(r"\bnhs\b", re.IGNORECASE)
_NI = re.compile(
    r"(?<![A-Za-z0-9])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"([ -]?)\d{2}\1?\d{2}\1?\d{2}\1?[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NI_WORD = re.compile(r"\b(?:ni|nino|n\.i\.|national insurance)\b", re.IGNORECASE)
_CARD = re.compile(
    r"(?<![\d-])(?:\d{4}([ .-]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ .-]?)\d{6}\2\d{5}|\d{13}"
    r"|\d{4}([ .-])\d{6}\3\d{4})(?![\d-])"
)
_SCHEME = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35\d{14}"
    r"|(?:50|5[6-8]|6[37])\d{14}"
)
_BANK_WORDS = (
    r"sort\s?-?code|s/c|sortcode|account|acct?|a/c|bank\s(?:details|transfer)|bacs|iban|pay\sinto"
)
_BANK_WORD = re.compile(rf"\b(?:{_BANK_WORDS})\b", re.IGNORECASE)
_SORT_WORD = re.compile(r"\b(?:sort\s?-?code|sortcode|s/c|sc)\b", re.IGNORECASE)
_SORT_CODE = re.compile(r"(?<![\d/-])\d{2}([ –-])\d{2}\1\d{2}(?![\d/–-])|(?<![\d-])\d{6}(?![\d-])")
_ACCOUNT = re.compile(r"(?<![\d/-])\d{8}(?![\d/-])|(?<![\d/-])\d{4} \d{4}(?![ \d/-])")
_IBAN = re.compile(r"(?<!\w)GB\d{2}(?: ?[A-Z]{4})(?: ?\d){14}(?!\d)", re.IGNORECASE)
_NEAR = 40

GATE = (
    r"[\p{Nd}oli](?:[^0-9a-z]{0,4}[\p{Nd}oli]){5}"
    r"|\p{Nd}{2}[^\p{Nd}]?[a-d](?:[^\p{L}]|$)"
)
"""An RE2 expression for ``Records.candidates`` that every text with such a number matches.

A gap between digits is told by ASCII alone: all letters of Unicode make an automaton too large.
"""


def numbers(text: str) -> Iterator[Detail]:
    """Every number of these kinds, overlaps included."""
    yield from _cards(text)
    yield from _banks(text)
    yield from _insured(text)
    yield from _patients(text)
    yield from phones(text)


def phones(text: str) -> Iterator[Detail]:
    """Telephone numbers: the library's and ours together, and local ones beside a word for it."""
    text = _ONE.sub("1", _NOUGHT.sub(lambda found: "0" * len(found[0]), text))
    if _NINE.search(text):
        import phonenumbers  # noqa: PLC0415 - slow to import, and most texts need it not

        for found in phonenumbers.PhoneNumberMatcher(text, "GB", max_tries=_TRIES):
            if not _REFERENCE.search(text[max(0, found.start - _NEAR) : found.start]):
                yield Detail(Kind.PHONE, found.start, found.end)
        for own in _OWN_PHONE.finditer(text):
            if not _REFERENCE.search(text[max(0, own.start() - _NEAR) : own.start()]):
                yield Detail(Kind.PHONE, own.start(), own.end())
    for local in _LOCAL_PHONE.finditer(text):
        yield Detail(Kind.PHONE, local.start(1), local.end(1))


def _patients(text: str) -> Iterator[Detail]:
    """One in eleven numbers has the right last digit: so also grouped 3-3-4, or beside "NHS"."""
    for found in _NHS.finditer(text):
        grouped = bool(found[2])
        if (grouped or _near(_NHS_WORD, text, found)) and _nhs_valid(
            found[1] + found[3] + found[4]
        ):
            yield Detail(Kind.HEALTH_NUMBER, found.start(), found.end())


def _nhs_valid(digits: str) -> bool:
    from stdnum.gb import nhs  # noqa: PLC0415 - only for the few texts that need it

    return bool(nhs.is_valid(_ascii(digits)))


def _insured(text: str) -> Iterator[Detail]:
    """Prefixes that HMRC allocates; in small letters only in one piece or beside its name.

    https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
    """
    for found in _NI.finditer(text):
        written = found[0]
        in_capitals = written.upper() == written
        if in_capitals or written.isalnum() or _near(_NI_WORD, text, found):
            yield Detail(Kind.INSURANCE, found.start(), found.end())


def _cards(text: str) -> Iterator[Detail]:
    for found in _CARD.finditer(text):
        digits = _ascii(found[0])
        if _SCHEME.fullmatch(digits):
            from stdnum import luhn  # noqa: PLC0415 - only for the few texts that need it

            if luhn.is_valid(digits):
                yield Detail(Kind.CARD, found.start(), found.end())


def _banks(text: str) -> Iterator[Detail]:
    """Six or eight digits are an account only beside words of banking."""
    for found in _IBAN.finditer(text):
        from stdnum import iban  # noqa: PLC0415 - only for the few texts that need it

        if iban.is_valid(found[0]):
            yield Detail(Kind.BANK, found.start(), found.end())
    if not _BANK_WORD.search(text) and not _SORT_WORD.search(text):
        return
    for found in _ACCOUNT.finditer(text):
        if _near(_BANK_WORD, text, found):
            yield Detail(Kind.BANK, found.start(), found.end())
    for found in _SORT_CODE.finditer(text):
        if _near(_SORT_WORD, text, found):
            yield Detail(Kind.BANK, found.start(), found.end())


def _near(word: re.Pattern[str], text: str, found: re.Match[str]) -> bool:
    return bool(word.search(text[max(0, found.start() - _NEAR) : found.end() + _NEAR]))


def _ascii(written: str) -> str:
    """The digits of a number, whatever script they are written in."""
    return "".join(str(int(c)) for c in written if c.isdecimal())
