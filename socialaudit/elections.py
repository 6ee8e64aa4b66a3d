"""Elections as a council writes them into its policy file, and the time before each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated

from annotated_types import MinLen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CLOSE = time(22)
"""When polling stations close, by the clock of the place."""
Name = Annotated[str, MinLen(2)]


@dataclass(frozen=True, kw_only=True)
class Election:
    """One election: the day of its notice, the day of its poll, and its candidates, once known."""

    name: Name
    notice: date
    poll: date
    candidates: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        """Raise ``ValueError`` where the poll does not come after the notice."""
        if self.poll <= self.notice:
            raise ValueError("the poll must be after the notice of election")

    def window(self, timezone: ZoneInfo) -> tuple[datetime, datetime]:
        """From the start of the day of the notice to the close of poll."""
        return (
            datetime.combine(self.notice, time(), timezone),
            datetime.combine(self.poll, CLOSE, timezone),
        )
