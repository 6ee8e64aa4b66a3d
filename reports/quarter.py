"""A quarter of a year: January to March is the first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from socialaudit.errors import UsageError

_NAME = re.compile(r"([1-9][0-9]{3})-Q([1-4])")
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """The quarter ``number`` (1 to 4) of a year."""

    year: int
    number: int

    @classmethod
    def named(cls, name: str) -> Quarter:
        """The quarter of a name such as 2026-Q4. Raises ``UsageError``."""
        found = _NAME.fullmatch(name)
        if found is None:
            raise UsageError(f"--quarter {name!r} is not a quarter such as 2026-Q4")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def name(self) -> str:
        """``2026-Q4``, as in commands and names of files."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number * _MONTHS - 2, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        after = self.first + timedelta(days=100)
        return date(after.year, after.month, 1) - timedelta(days=1)

    @property
    def words(self) -> str:
        """``October to December 2026``."""
        return f"{self.first:%B} to {self.last:%B} {self.year}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
