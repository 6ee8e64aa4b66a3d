"""One TOML file that a person wrote: read once, bounded, every fault told in one line.

A fault is a ``UsageError`` that says the file, the place in it, what is wrong and what to do, with
the nearest known word where one was probably meant. A message names keys and places, never the
value of a key that might hold a secret.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection  # noqa: TC003 - read at run time by get_type_hints
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path  # noqa: TC003 - read at run time by get_type_hints
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, TypeAdapter, ValidationError

from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed import DataclassInstance
    from pydantic_core import ErrorDetails

Shape = TypeVar("Shape", bound="DataclassInstance")
Leaf = TypeVar("Leaf", str, int)

MAX_BYTES = 1_000_000
"""More than any policy or council file needs; a larger file is refused unread."""
MAX_NUMBER = 100_000
"""A number of hours, days or words; a larger one is a slip, and no date can be reckoned with it."""
_LINE = 300
_TEXT = 20_000
_SHOWN = 60
_LISTED = 12

_SECRET = re.compile(r"(?i)token|secret|passw|api_?key|private_?key|bearer")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_PLAIN = {
    "missing": "is missing",
    "string_type": "must be text in quotes",
    "path_type": "must be text in quotes",
    "int_type": "must be a whole number, without quotes",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number, without quotes",
    "bool_type": "must be true or false, without quotes",
    "tuple_type": 'must be a list: ["…", "…"]',
    "list_type": 'must be a list: ["…", "…"]',
    "frozen_set_type": 'must be a list: ["…", "…"]',
    "dict_type": "must be a table of key = value lines",
}


def a_line(text: str) -> str:
    """``text`` when it is one line that may stand in a heading; raise ``ValueError``."""
    if not text.strip() or "\n" in text or len(text) > _LINE:
        raise ValueError(f"must be one line of 1 to {_LINE} characters")
    return text


def a_text(text: str) -> str:
    """``text`` when it is not blank; raise ``ValueError``."""
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def an_id(text: str) -> str:
    """``text`` when it is a short kebab-case name; raise ``ValueError``."""
    if not _KEBAB.fullmatch(text) or len(text) > _SHOWN:
        raise ValueError("must be a short name of small letters, digits and hyphens: my-name")
    return text


Line = Annotated[str, AfterValidator(a_line)]
Text = Annotated[str, AfterValidator(a_text)]
Id = Annotated[str, AfterValidator(an_id)]


def shown(text: object) -> str:
    """``text`` in quotes for a message: one line, printable, at most 60 characters."""
    line = "".join(c if c.isprintable() else "?" for c in str(text))
    return f'"{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"}"'


def suggestion(word: str, known: Collection[str]) -> str:
    """What was probably meant, to follow a message; the choices when there are few; or ``""``.

    >>> suggestion("facebok", ["facebook", "x"])
    '; did you mean "facebook"?'
    """
    close = get_close_matches(word[:_SHOWN].lower(), {k.lower(): k for k in known}, 1)
    if close:
        return f"; did you mean {shown(next(k for k in known if k.lower() == close[0]))}?"
    return f"; choose from {', '.join(sorted(known))}" if 0 < len(known) <= _LISTED else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its path as given, the SHA-256 of its bytes in hex, and its TOML content."""

    path: Path
    sha256: str
    content: dict[str, Any]

    def fault(self, where: str, what: str) -> UsageError:
        """The error to raise for something at ``where`` in this file."""
        return UsageError(f"{self.path}: {where}: {what}")

    def expect(self, names: Collection[str]) -> None:
        """Raise ``UsageError`` for a top-level key that is not one of ``names``."""
        for key in self.content:
            if key not in names:
                raise self.fault("top level", _unknown("table", key, names))

    def table(self, name: str, shape: type[Shape]) -> Shape:
        """The table ``[name]`` as a dataclass; an absent one is empty. Raises ``UsageError``."""
        return self.shaped(f"[{name}]", self.content.get(name, {}), shape)

    def tables(self, name: str, shape: type[Shape]) -> tuple[Shape, ...]:
        """The tables ``[[name]]`` as dataclasses, in order, at least one. Raises ``UsageError``."""
        written = self.content.get(name, [])
        if not isinstance(written, list) or not written:
            raise self.fault(f"[[{name}]]", f"there must be at least one [[{name}]] table")
        return tuple(
            self.shaped(_place(name, number, table), table, shape)
            for number, table in enumerate(written, start=1)
        )

    def once(self, where: str, names: Iterable[str]) -> None:
        """Raise ``UsageError`` for a name that stands twice, letter case ignored."""
        seen = set[str]()
        for name in names:
            if name.lower() in seen:
                raise self.fault(where, f"{shown(name)} stands twice; remove or rename one")
            seen.add(name.lower())

    def bounded(self, where: str, table: object) -> None:
        """Raise ``UsageError`` for parameters that no check could work with.

        Words become patterns: each is one line and not blank, and all of them together are no
        more than one text may be. Numbers are small enough to reckon dates with.
        """
        texts = list(_leaves("", table, str))
        for place, text in texts:
            try:
                a_line(text)
            except ValueError as fault:
                raise self.fault(f"{where} {place}", str(fault)) from None
        if sum(len(text) for _, text in texts) > _TEXT:
            raise self.fault(where, f"over {_TEXT:,} characters of words; leave some out")
        for place, number in _leaves("", table, int):
            if abs(number) > MAX_NUMBER:
                raise self.fault(f"{where} {place}", f"must be at most {MAX_NUMBER:,}")

    def shaped(self, where: str, table: object, shape: type[Shape], noun: str = "key") -> Shape:
        """``table`` as an instance of the dataclass ``shape``, types strict.

        Raises ``UsageError`` for an unknown or missing key and for a wrong type or value.
        """
        if not isinstance(table, dict):
            raise self.fault(where, "must be a table of key = value lines")
        known = [field.name for field in fields(shape)]
        for key in table:
            if key not in known:
                raise self.fault(where, _unknown(noun, key, known))
        try:
            # JSON, because strict validation takes an array for a tuple and text for an
            # enumeration there, yet neither "24" nor true for a whole number.
            written = json.dumps(table, default=lambda value: value.isoformat(), allow_nan=False)
            shaped: Shape = _adapter(shape).validate_json(written, strict=True)
        except ValidationError as fault:
            first = fault.errors(include_url=False, include_input=False)[0]
            raise self.fault(f"{where} {_key(first)}".strip(), plain(first)) from None
        except ValueError:
            raise self.fault(where, "holds a number that is not finite (nan or inf)") from None
        return shaped


def read(path: Path, noun: str) -> Document:
    """The file at ``path``; ``noun`` says what it should be ("council file").

    Raises ``UsageError`` when it is not there, cannot be read, is too large or is not TOML.
    """
    body = _bytes(path, noun)
    try:
        # A byte order mark is what some Windows editors write first.
        content = tomllib.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text; save the {noun} as UTF-8") from None
    except (ValueError, RecursionError) as fault:
        why = shown(fault)[1:-1] if isinstance(fault, ValueError) else "nested too deeply"
        raise UsageError(f"{path}: not TOML: {why}; correct the {noun} there") from None
    document = Document(path, hashlib.sha256(body).hexdigest(), content)
    for where, text in _leaves("", content, str):
        if len(text) > _TEXT:
            raise document.fault(where, f"a text of over {_TEXT:,} characters; shorten it")
        if _CONTROL.search(text):
            raise document.fault(where, "holds a control or direction character; type it again")
    return document


def _leaves(where: str, value: object, kind: type[Leaf]) -> Iterator[tuple[str, Leaf]]:
    """Every text, or every number, in a TOML value, with its place: ``clause 3 title``."""
    if isinstance(value, kind):
        yield where, value
    elif isinstance(value, list | dict):
        parts = value.items() if isinstance(value, dict) else enumerate(value, start=1)
        for key, part in parts:
            yield from _leaves(f"{where} {shown(key)[1:-1]}".strip(), part, kind)


def _bytes(path: Path, noun: str) -> bytes:
    try:
        if not path.is_file():
            beside = sorted(p.name for p in path.parent.glob("*.toml") if p.is_file())
            raise UsageError(f"{path}: no such {noun}{suggestion(path.name, beside)}")
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "not a path"
        raise UsageError(f"{path}: the {noun} cannot be read: {why}") from None
    if len(body) > MAX_BYTES:
        raise UsageError(f"{path}: over {MAX_BYTES // 1_000_000} MB; this is no {noun}")
    return body


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _unknown(noun: str, key: str, known: Collection[str]) -> str:
    if _SECRET.search(key):
        return (
            f"{shown(key)} looks like a secret, and secrets never stand in this file; remove it, "
            "and give it by environment or secrets folder (see README)"
        )
    if not known:
        return f"unknown {noun} {shown(key)}; nothing can be set here"
    return f"unknown {noun} {shown(key)}{suggestion(key, known)}"


def _place(name: str, number: int, table: object) -> str:
    named = table.get("id", table.get("title")) if isinstance(table, dict) else None
    return f"[[{name}]] {shown(named) if isinstance(named, str) else f'number {number}'}"


def _key(fault: ErrorDetails) -> str:
    return ", ".join(
        f"entry {part + 1}" if isinstance(part, int) else part for part in fault["loc"]
    )


def plain(fault: ErrorDetails) -> str:
    """What pydantic says of a value, in words for its writer; the value itself is not repeated."""
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    words = fault["msg"].replace("Input should be", "must be")
    return _PLAIN.get(fault["type"], words)
