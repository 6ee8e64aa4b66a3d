"""What the private details of one text come to: which are to be looked at, and how soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialaudit.check import Confidence, Observation, Urgency
from socialaudit.personal.kinds import CONTACTS, GRAVE
from socialaudit.personal.people import sensitive_near
from socialaudit.personal.published import excuse
from socialaudit.personal.reading import details

if TYPE_CHECKING:
    from collections.abc import Iterable

    from socialaudit.personal.kinds import Detail
    from socialaudit.personal.published import Published

WELL = "It is gone, it is the council’s own contact, or the person has agreed to it."
_WEIGHED = 500
"""Details of one text that are weighed; of the rest, more than anybody writes, all are listed."""
_SHOWN = 5
"""Details named one by one; of more only the number."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Details of a text that may be a private person's, and why others are not counted.

    ``listed`` wait for a person's look; ``excused`` says why the rest may stand, where there are no
    ``listed``. ``shown`` names the details, ``allowed`` the reasons, neither repeats a value.
    """

    listed: tuple[Detail, ...]
    excused: str
    grave: bool
    shown: str
    allowed: str

    @property
    def kinds(self) -> str:
        """The kinds in words: "a telephone number and a home address"."""
        *others, last = dict.fromkeys(_with_article(d.kind.value) for d in self.listed)
        return f"{', '.join(others)} and {last}" if others else last

    def observation(self, record: str, where: str) -> Observation:
        """What a check says of a record; ``where`` is "This post".

        A checksum shows that it is such a number, never that it is somebody's: always possible.
        """
        return Observation(
            record=record,
            message=f"{where} may show {self.kinds}.",
            confidence=Confidence.POSSIBLE,
            urgency=Urgency.TODAY if self.grave else None,
            excused=self.excused,
            would_pass=WELL,
            evidence={"details": self.shown, "allowed beside them": self.allowed},
        )


def weigh(text: str, published: Published, *, ours: bool = False) -> Weighed | None:
    """What the private details of a text come to; ``None`` when nobody's are there.

    ``ours`` is true of the council's own words.
    """
    allowed, excused, listed = [], [], []
    found = details(text)
    for detail in found[:_WEIGHED]:
        if why := published.nobodys(text, detail, ours=ours):
            allowed.append(why)
        elif why := excuse(text, detail):
            excused.append((detail, why))
        else:
            listed.append(detail)
    listed += found[_WEIGHED:]
    if not listed and not excused:
        return None
    reason = " ".join(dict.fromkeys(why for _, why in excused))
    chosen = tuple(listed) or tuple(detail for detail, _ in excused)
    return Weighed(
        listed=chosen,
        excused="" if listed else reason,
        grave=_grave(text, listed),
        shown=_named(text, chosen),
        allowed="; ".join(dict.fromkeys([*allowed, *([reason] if listed and reason else [])])),
    )


def _grave(text: str, listed: list[Detail]) -> bool:
    contacts = [detail for detail in listed[:_WEIGHED] if detail.kind in CONTACTS]
    return any(detail.kind in GRAVE for detail in listed) or any(
        sensitive_near(text, contact) for contact in contacts
    )


def _named(text: str, found: Iterable[Detail]) -> str:
    shown = list(dict.fromkeys(detail.shown(text) for detail in found))
    more = f", and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return ", ".join(shown[:_SHOWN]) + more


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiouN' and not noun.startswith('Na') else 'a'} {noun}"
