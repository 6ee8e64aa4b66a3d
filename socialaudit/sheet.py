"""A spreadsheet saved as CSV, as people send it: read whole, bounded, every fault with its place.

UTF-8 with or without a byte order mark, UTF-16 with one, or Windows-1252; commas, semicolons or
tabs. A row is named by the number that a spreadsheet shows: the heading is row 1.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from socialaudit.document import shown, suggestion
from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

MAX_BYTES = 2_000_000
"""More than a clerk writes in a lifetime; a larger file is refused unread."""
MAX_CELL = 1_000
"""Characters of one cell of what a clerk writes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and its cells by column, without spaces around them."""

    path: Path
    number: int
    cells: Mapping[str, str]

    def fault(self, column: str, what: str) -> UsageError:
        """The error to raise for one cell."""
        return UsageError(f"{self.path}: row {self.number}, column {column}: {what}")

    def text(self, column: str) -> str:
        """A cell that people read. Raises ``UsageError`` when empty, too long or a formula."""
        text = self.cells.get(column, "")
        if not text:
            raise self.fault(column, "is empty")
        if len(text) > MAX_CELL:
            raise self.fault(column, f"over {MAX_CELL:,} characters; shorten it")
        if text.startswith(_FORMULA):
            raise self.fault(
                column,
                f"{shown(text)} starts as a formula does; begin with a letter or a figure",
            )
        if _CONTROL.search(text):
            raise self.fault(column, "holds a line break or control character; type it again")
        return text

    def day(self, column: str) -> date:
        """A cell that holds a date, day before month. Raises ``UsageError``."""
        text = self.cells.get(column, "")
        found = _DAY.fullmatch(text)
        try:
            if found and found[1]:
                return date(int(found[1]), int(found[2]), int(found[3]))
            if found:
                return date(int(found[6]), int(found[5]), int(found[4]))
        except ValueError:
            pass
        raise self.fault(column, f"{shown(text)} is not a date such as 2027-01-31 or 31/01/2027")


def read(
    path: Path,
    wanted: Collection[str],
    optional: Collection[str] | None = (),
    *,
    most: int = MAX_BYTES,
) -> list[Row]:
    """The rows of a file that are not blank.

    The heading must name every column of ``wanted``; beside these, only those of ``optional``, or
    any when that is ``None``: then a row of empty cells counts too, and only an empty line does not. ``most`` bounds the file in bytes. Raises ``UsageError`` for the
    first fault, with row and column.
    """
    lines = iter(_lines(path, _decoded(path, _bytes(path, most))))
    number, heading = next(lines, (1, []))
    columns = _columns(path, [cell.strip() for cell in heading], wanted, optional)
    rows = []
    for number, cells in lines:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            raise UsageError(
                f"{path}: row {number} has {len(cells)} cells and the heading {len(columns)}; "
                "put a text with a comma in quotes"
            )
        held = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
        if any(held.values()) or (cells and optional is None):
            rows.append(Row(path, number, held))
    return rows


def _bytes(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(most + 1)
    except FileNotFoundError:
        beside = sorted(p.name for p in path.parent.glob("*.csv"))
        raise UsageError(f"{path}: no such file{suggestion(path.name, beside)}") from None
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "not a path"
        raise UsageError(f"{path}: cannot be read: {why}") from None
    if len(body) > most:
        raise UsageError(f"{path}: over {most // 1_000_000} MB; split it")
    return body


def _decoded(path: Path, body: bytes) -> str:
    marked = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{path}: not text; save the spreadsheet as CSV (UTF-8)")


def _lines(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Every row as a spreadsheet counts them: a text with line breaks in quotes is one row."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    before = csv.field_size_limit()
    csv.field_size_limit(max(before, len(text)))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return list(enumerate(reader, start=1))
    except csv.Error as fault:
        raise UsageError(f"{path}: line {reader.line_num}: not CSV: {fault}") from None
    finally:
        csv.field_size_limit(before)


def _columns(
    path: Path, heading: list[str], wanted: Collection[str], optional: Collection[str] | None
) -> list[str]:
    """The columns by the names asked for, letter case ignored."""
    known = {name.lower(): name for name in (*wanted, *(optional or ()))}
    columns = [known.get(name.lower(), name) for name in heading]
    for name in wanted:
        if name not in columns:
            choices = [c for c in columns if c and c not in known.values()]
            raise UsageError(f"{path}: row 1 names no column {shown(name)}{_meant(name, choices)}")
    for name in columns:
        if columns.count(name) > 1 and name:
            raise UsageError(f"{path}: row 1 names the column {shown(name)} twice")
        if optional is not None and name and name not in known.values():
            raise UsageError(
                f"{path}: row 1: unknown column {shown(name)}{suggestion(name, known.values())}"
            )
    return columns


def _meant(name: str, columns: Collection[str]) -> str:
    near = suggestion(name, columns)
    return near.replace("; did you mean", "; is it").replace("; choose from", "; it names")
