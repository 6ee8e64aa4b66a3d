"""Links that say where they go, and no two places under the same words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports import links

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, linked when it has an address. ``quoted``: in quotes where it is no link.

    ``mark`` comes after the text and outside its quotes, to tell it from a link of the same words.
    """

    text: str
    address: str = ""
    quoted: bool = False
    mark: str = ""


@dataclass(slots=True)
class Signposts:
    """The links of one report. Addresses off the list of hosts are not linked."""

    hosts: Iterable[str]
    _taken: dict[str, str] = field(default_factory=dict)

    def to(self, words: str, address: str | None, reference: str = "") -> Piece | None:
        """A link with these words, or marked with the reference when they lead elsewhere already.

        ``None`` when the address may not be linked.
        """
        allowed = links.safe(address, self.hosts)
        return self.ours(words, allowed, reference) if allowed else None

    def ours(self, words: str, address: str, reference: str = "") -> Piece | None:
        """The same for an address that we made, whatever its host or scheme."""
        for mark in ("", f"({reference})", f"({address.rsplit('/', maxsplit=1)[-1]})"):
            if self._taken.setdefault(f"{words} {mark}".casefold(), address) == address:
                return Piece(words, address, mark=mark)
        return None
