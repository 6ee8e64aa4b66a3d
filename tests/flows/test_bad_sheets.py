"""Every spreadsheet that the program reads, spoilt in every way: one line with the place, nothing kept."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from demo.world import World
from flows import plan as plans
from flows import trying
from socialaudit.errors import UsageError
from socialaudit.sheet import MAX_BYTES
from tests.flows.councils import council_with
from tests.records import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = {
    "decisions": {
        "ref": "FB-001",
        "verdict": "leave",
        "reason": "New lift in the café",
        "by": "A. Clerk",
        "date": "2026-11-01",
        "until": "2027-01-31",
    },
    "statements": {
        "clause": "9",
        "by": "A. Clerk",
        "evidence": "Signed at the café",
        "date": "2026-11-01",
        "until": "2027-01-31",
    },
    "register": {
        "date": "2026-11-01",
        "link": "https://www.facebook.com/10?comment_id=30",
        "action": "hidden",
        "rule": "House rule 3, the café",
        "by": "A. Clerk",
    },
}
DATES = {"date", "until"}
CELLS = [(name, column) for name, row in GOOD.items() for column in row]
TEXTS = [(name, column) for name, column in CELLS if column not in DATES]
EVERY = pytest.mark.parametrize("name", GOOD)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One town for all of these: none of them may leave anything in it."""
    with World(tmp_path_factory.mktemp("sheets"), NOW).running() as world:
        yield world


def sheet(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def said(world: World, name: str, body: str | bytes) -> None:
    """Plan the week of a council whose one spreadsheet this is."""
    only = f'[records]\n{name} = "{name}.csv"\n'
    path = council_with(world, (r"\[records\]\n(?:\w+ = .*\n)+", only))
    encoded = body if isinstance(body, bytes) else body.encode()
    (world.out / f"{name}.csv").write_bytes(encoded)
    plans.weekly(path, NOW, fixed=True)


def fault(world: World, name: str, body: str | bytes) -> str:
    """What is wrong, in one line; nothing was kept and nothing asked for."""
    with pytest.raises(UsageError) as raised:
        said(world, name, body)
    line = str(raised.value)
    assert line.startswith(f"{world.out / name}.csv: ")
    assert line.isprintable()
    assert len(line) < 400
    assert not (world.out / "socialaudit.db").exists()
    assert [name for name, server in world.servers.items() if server.log] == []
    return line.removeprefix(f"{world.out / name}.csv: ")


@EVERY
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write_is_taken(world: World, name: str, encoding: str) -> None:
    said(world, name, sheet(GOOD[name]).encode(encoding))


@EVERY
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32", "cp037"])
def test_another_encoding_is_told(world: World, name: str, encoding: str) -> None:
    told = fault(world, name, sheet(GOOD[name]).encode(encoding))
    assert "not text" in told or "row 1 names no column" in told


@pytest.mark.parametrize(("name", "column"), TEXTS)
@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1", "@SUM(A1)", "\uff1dHYPERLINK(1)", "a\nb", "a\u202eb", ""]
)
def test_a_formula_a_break_and_nothing_are_told_with_row_and_column(
    world: World, name: str, column: str, text: str
) -> None:
    told = fault(world, name, sheet(GOOD[name], {**GOOD[name], column: text}))
    assert told.startswith(f"row 3, column {column}: ")


@pytest.mark.parametrize(("name", "column"), [pair for pair in CELLS if pair not in TEXTS])
@pytest.mark.parametrize(
    "text",
    ["", "31/02/2026", "2026-13-01", "44927", "1 May 2026", "=TODAY()", "01/05/26", "9" * 5_000],
)
def test_a_wrong_date_is_told_with_row_and_column(
    world: World, name: str, column: str, text: str
) -> None:
    told = fault(world, name, sheet(GOOD[name], {**GOOD[name], column: text}))
    assert told.startswith(f"row 3, column {column}: ")
    assert "is not a date such as 2027-01-31 or 31/01/2027" in told


@pytest.mark.parametrize(("name", "column"), TEXTS)
def test_a_huge_cell_is_told_with_row_and_column(world: World, name: str, column: str) -> None:
    told = fault(world, name, sheet(GOOD[name], {**GOOD[name], column: "x" * 1_900_000}))
    assert told.startswith(f"row 3, column {column}: over 1,000 characters")


@EVERY
def test_a_row_that_stands_twice_is_told(world: World, name: str) -> None:
    first = next(iter(GOOD[name]))
    told = fault(world, name, sheet(GOOD[name], GOOD[name]))
    assert told == f"row 3, column {first}: says the same as row 2; remove one of them"


@EVERY
def test_a_file_of_another_shape_is_told(world: World, name: str) -> None:
    good, heading = sheet(GOOD[name]), ",".join(GOOD[name])
    for body, expected in (
        (b"", "row 1 names no column"),
        (b"PK\x03\x04\0\0\0", "not text"),
        (b"x" * (MAX_BYTES + 1), "over 2 MB"),
        (good.replace(heading, heading + ",notes", 1), 'row 1: unknown column "notes"'),
        (good.replace(heading, heading + ",by", 1), 'row 1 names the column "by" twice'),
        (good + f'"{"x" * 50}', "line 3: not CSV"),
        (good.rstrip() + ",one,more\n", "row 2 has"),
    ):
        assert fault(world, name, body).startswith(expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", 'row 1 names no column "text"'),
        (b"PK\x03\x04\0\0\0", "not text"),
        ("text\nHello\n".encode("utf-16-le"), "not text"),
        (b"\0" * (trying.MAX_BYTES + 1), "over 50 MB"),
        (b'text\n"Hello', "line 2: not CSV"),
        (b"text,likes\nHello, you,3\n", "row 2 has 3 cells and the heading 2"),
        (b"text,text\nHello,3\n", 'row 1 names the column "text" twice'),
    ],
)
def test_a_sheet_to_be_tried_is_told_likewise(tmp_path: Path, body: bytes, expected: str) -> None:
    path = tmp_path / "texts.csv"
    path.write_bytes(body)
    with pytest.raises(UsageError) as raised:
        trying.attempt("offensive-comments", path, "text", None, NOW)
    assert str(raised.value).startswith(f"{path}: {expected}")
