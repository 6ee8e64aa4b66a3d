"""Looks by hand: what a person saw where no program can read (a group, a newspaper's comments).

The council file registers such a place as an account whose platform is ``by-hand``. Nothing is read
there, so nothing about it is ever found well: a look only says that people saw it, and until when
that may be relied on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the store reads this annotation at run time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BY_HAND = "by-hand"
"""What a council file gives for a platform where people look and no connector reads."""
EVERY_DAYS = 30
"""How often to look, where the council file does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look of one person at a place. ``account`` is the place's id in the council file.

    ``seen`` is what the person saw, in one line, and ``until`` the last day on which it holds.
    """

    council: str
    account: str
    day: date
    by: str
    seen: str
    until: date

    def holds(self, today: date) -> bool:
        """Whether it may still be relied on."""
        return self.day <= today <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where only people look: its address, what to look for (or ``""``), and their last look."""

    address: str
    look_for: str = ""
    last: Look | None = None


def newest(looks: Iterable[Look]) -> dict[str, Look]:
    """The latest look at each place; of two on one day, the one written down last."""
    found: dict[str, Look] = {}
    for look in looks:
        if look.account not in found or look.day >= found[look.account].day:
            found[look.account] = look
    return found
