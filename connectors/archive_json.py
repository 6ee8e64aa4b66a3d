"""The items of a long JSON list, one at a time, so that a large export takes little memory."""

from __future__ import annotations

import json
import re
from json import JSONDecoder
from typing import IO, TYPE_CHECKING, Any

from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 65_536
"""Characters that are read at a time."""
MAX_ITEM = 8_000_000
"""Characters of one item; a post of any platform has a few thousand."""
_PREFIX = re.compile(r"\s*(?:window\.)?[\w.$]+\s*=\s*")
_SPACE = " \t\r\n"
_DECODER = JSONDecoder(parse_constant=lambda _: None)
"""``NaN`` and its like are no JSON, and nothing that keeps records takes them."""


def items(text: IO[str], key: str | None = None) -> Iterator[Any]:
    """The items of the list that a text holds, or that stands under ``key`` in its object.

    ``key`` None takes the list itself, or the first list in an object. X's ``window.… =`` before it
    is left out. Raises ``Malformed`` where it is no such text or breaks off, after the items
    before.
    """
    scanner = _Scanner(text)
    scanner.skip_assignment()
    if scanner.peek() == "{":
        yield from scanner.of_object(key)
    elif scanner.peek() == "[":
        yield from scanner.of_list()
    else:
        raise Malformed("no list of records")


def whole(text: IO[str]) -> Any:
    """A small text as one value, with X's ``window.… =`` left out. Raises ``Malformed``."""
    scanner = _Scanner(text)
    scanner.skip_assignment()
    return scanner.value()


class _Scanner:
    """A text being read, a piece at a time."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._held = ""
        self._at = 0
        self._ended = False

    def skip_assignment(self) -> None:
        self.peek()
        found = _PREFIX.match(self._held)
        if found:
            self._at = found.end()

    def peek(self) -> str:
        """The next character that is no space; ``""`` at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def take(self, wanted: str) -> bool:
        if self.peek() != wanted:
            return False
        self._at += 1
        return True

    def value(self) -> Any:
        """The next value. Raises ``Malformed``."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                if self._ended or len(self._held) - self._at > MAX_ITEM:
                    raise Malformed("a record that cannot be understood") from None
            except (RecursionError, ValueError):
                raise Malformed("a record that cannot be understood") from None
            else:
                # A number may go on in the next piece.
                if end < len(self._held) or self._ended:
                    self._at = end
                    return found
            self._more(max(PIECE, len(self._held) - self._at))

    def of_list(self) -> Iterator[Any]:
        self.take("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if self.take("]"):
                return
            if not self.take(","):
                raise Malformed("a list that breaks off")

    def of_object(self, key: str | None) -> Iterator[Any]:
        self.take("{")
        while not self.take("}"):
            name = self.value()
            if not self.take(":"):
                raise Malformed("an object that breaks off")
            if self.peek() == "[" and key in {None, name}:
                yield from self.of_list()
                return
            self.value()
            if not self.take(",") and self.peek() != "}":
                raise Malformed("an object that breaks off")

    def _more(self, wanted: int = PIECE) -> bool:
        piece = self._text.read(wanted)
        self._ended = not piece
        self._held = self._held[self._at :] + piece
        self._at = 0
        return bool(piece)
