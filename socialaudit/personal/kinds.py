"""The kinds of private detail, and one of them where it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a detail is, in the clerk's words. The first of two that overlap is kept."""

    CARD = "payment card number"
    BANK = "bank account"
    INSURANCE = "National Insurance number"
    HEALTH_NUMBER = "NHS number"
    LICENCE = "driving licence number"
    PASSPORT = "passport number"
    BIRTH = "date of birth"
    EMAIL = "email address"
    PHONE = "telephone number"
    ADDRESS = "home address"
    VEHICLE = "vehicle registration"
    SENSITIVE = "sensitive matter of a named person"


GRAVE = frozenset(
    {
        Kind.CARD,
        Kind.BANK,
        Kind.INSURANCE,
        Kind.HEALTH_NUMBER,
        Kind.LICENCE,
        Kind.PASSPORT,
        Kind.SENSITIVE,
    }
)
"""Kinds with which a stranger can do harm at once."""
CONTACTS = frozenset({Kind.EMAIL, Kind.PHONE, Kind.ADDRESS})
"""Kinds that people publish on purpose, so that they can be reached."""
_ENDINGS = frozenset(
    {Kind.CARD, Kind.BANK, Kind.INSURANCE, Kind.HEALTH_NUMBER, Kind.PHONE, Kind.VEHICLE}
)


@dataclass(frozen=True, slots=True)
class Detail:
    """A private detail: its kind and where it stands in its text, [start, end)."""

    kind: Kind
    start: int
    end: int

    def shown(self, text: str) -> str:
        """What may be said of it: its kind and, of a long number, its last two characters.

        >>> Detail(Kind.PHONE, 5, 17).shown("ring 01632 960001")
        'telephone number ending 01'
        """
        if self.kind not in _ENDINGS:
            return self.kind.value
        written = "".join(c for c in text[self.start : self.end] if c.isalnum())
        return f"{self.kind.value} ending {written[-2:]}"
