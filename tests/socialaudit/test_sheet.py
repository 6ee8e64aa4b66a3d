from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from socialaudit import sheet
from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

WANTED = ("ref", "reason", "until")
GOOD = "ref,reason,until\nFB-001,Café closed,2027-01-31\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.csv"


def read(path: Path) -> None:
    for row in sheet.read(path, WANTED, ("note",)):
        row.text("ref")
        row.text("reason")
        row.day("until")


def fault(path: Path, text: str | bytes) -> str:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError) as raised:
        read(path)
    line = str(raised.value)
    assert "\n" not in line
    return line.removeprefix(f"{path}: ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_write_is_read(path: Path, encoding: str, separator: str) -> None:
    path.write_text(GOOD.replace(",", separator).replace("\n", "\r\n"), encoding)
    (row,) = sheet.read(path, WANTED)
    assert (row.number, row.text("reason"), row.day("until")) == (
        2,
        "Café closed",
        date(2027, 1, 31),
    )


def test_blank_rows_are_passed_over_and_rows_keep_the_numbers_a_spreadsheet_shows(
    path: Path,
) -> None:
    path.write_text('Ref,REASON,until,\nFB-001,"one\ntwo",,\n,,,\n\nFB-002,x,,\n')
    assert [(row.number, row.cells["ref"]) for row in sheet.read(path, WANTED)] == [
        (2, "FB-001"),
        (5, "FB-002"),
    ]


def test_a_british_date_is_day_before_month(path: Path) -> None:
    path.write_text(GOOD.replace("2027-01-31", "3/2/2027"))
    assert sheet.read(path, WANTED)[0].day("until") == date(2027, 2, 3)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2027-01-31", "2027-02-30", 'row 2, column until: "2027-02-30" is not a date'),
        ("2027-01-31", "31/13/2027", 'row 2, column until: "31/13/2027" is not a date'),
        ("2027-01-31", "31/01/27", 'row 2, column until: "31/01/27" is not a date'),
        ("2027-01-31", "next year", 'row 2, column until: "next year" is not a date'),
        ("Café closed", "=1+1", 'row 2, column reason: "=1+1" starts as a formula does'),
        ("Café closed", "@SUM(A1)", "row 2, column reason"),
        ("Café closed", "\uff1d1", "row 2, column reason"),
        ("Café closed", '"a\nb"', "row 2, column reason: holds a line break"),
        ("Café closed", "a\u202eb", "row 2, column reason: holds a line break or control"),
        ("Café closed", "", "row 2, column reason: is empty"),
        ("Café closed", "x" * 1001, "row 2, column reason: over 1,000 characters"),
        ("Café closed", "Café, closed", "row 2 has 4 cells and the heading 3"),
        ("reason,", "reasons,", 'row 1 names no column "reason"; is it "reasons"?'),
        ("ref,reason", "ref,ref,reason", 'row 1 names the column "ref" twice'),
        ("until\n", "until,notes\n", 'row 1: unknown column "notes"; did you mean "note"?'),
        ("Café closed", '"Café', "line 2: not CSV"),
        (GOOD, "", 'row 1 names no column "ref"'),
    ],
)
def test_a_fault_is_told_with_its_place(path: Path, old: str, new: str, expected: str) -> None:
    assert fault(path, GOOD.replace(old, new)).startswith(expected)


@pytest.mark.parametrize("body", [b"PK\x03\x04\0\0", b"\xff\xfea", b"ref,\x81\x8d"])
def test_what_is_no_text_is_refused(path: Path, body: bytes) -> None:
    assert "not text; save the spreadsheet as CSV" in fault(path, body)


def test_a_file_that_is_too_large_is_refused_unread(path: Path) -> None:
    assert "over 2 MB" in fault(path, b"x" * (sheet.MAX_BYTES + 1))


def test_a_missing_file_names_the_nearest(path: Path) -> None:
    path.with_name("decision.csv").write_text(GOOD)
    with pytest.raises(UsageError, match=r'did you mean "decision\.csv"'):
        sheet.read(path, WANTED)


def test_a_folder_is_no_file(path: Path) -> None:
    path.mkdir()
    with pytest.raises(UsageError, match="cannot be read"):
        sheet.read(path, WANTED)


def test_any_other_column_may_be_there_where_that_is_asked_for(path: Path) -> None:
    path.write_text("text,likes\nHello,3\n")
    (row,) = sheet.read(path, ("text",), None)
    assert row.cells == {"text": "Hello", "likes": "3"}
