from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from socialaudit.document import Document, Line, read, shown, suggestion
from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Shop:
    name: Line
    shelves: int = 2
    height: float = 1.0
    goods: tuple[str, ...] = ()
    opened: date | None = None
    closed: bool = False


def a_document(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "shop.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, "shop file")


def the_fault(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        a_document(tmp_path, text).table("shop", Shop)
    message = str(caught.value)
    assert "\n" not in message
    return message.replace(f"{tmp_path}/", "")


def test_a_table_becomes_a_dataclass(tmp_path: Path) -> None:
    text = '[shop]\nname = "Corner"\nheight = 2\ngoods = ["milk"]\nopened = 2016-05-01\n'
    expected = Shop("Corner", height=2.0, goods=("milk",), opened=date(2016, 5, 1))
    assert a_document(tmp_path, text).table("shop", Shop) == expected


def test_windows_line_ends_and_a_byte_order_mark_are_no_fault(tmp_path: Path) -> None:
    text = b'\xef\xbb\xbf[shop]\r\nname = "Corner"\r\n'
    assert a_document(tmp_path, text).table("shop", Shop) == Shop("Corner")


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    expected = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert a_document(tmp_path, "").sha256 == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[shop]\n", "shop.toml: [shop] name: is missing"),
        ("[shop]\nname = 3\n", "shop.toml: [shop] name: must be text in quotes"),
        (
            '[shop]\nname = " "\n',
            "shop.toml: [shop] name: must be one line of 1 to 300 characters",
        ),
        (
            '[shop]\nname = "a\\nb"\n',
            "shop.toml: [shop] name: must be one line of 1 to 300 characters",
        ),
        (
            '[shop]\nname = "a"\nshelves = "2"\n',
            "shop.toml: [shop] shelves: must be a whole number, without quotes",
        ),
        (
            '[shop]\nname = "a"\nshelves = true\n',
            "shop.toml: [shop] shelves: must be a whole number, without quotes",
        ),
        (
            '[shop]\nname = "a"\nheight = nan\n',
            "shop.toml: [shop]: holds a number that is not finite (nan or inf)",
        ),
        (
            '[shop]\nname = "a"\nclosed = "no"\n',
            "shop.toml: [shop] closed: must be true or false, without quotes",
        ),
        (
            '[shop]\nname = "a"\ngoods = "milk"\n',
            'shop.toml: [shop] goods: must be a list: ["…", "…"]',
        ),
        (
            '[shop]\nname = "a"\ngoods = ["milk", 2]\n',
            "shop.toml: [shop] goods, entry 2: must be text in quotes",
        ),
        (
            '[shop]\nname = "a"\nshelfs = 2\n',
            'shop.toml: [shop]: unknown key "shelfs"; did you mean "shelves"?',
        ),
        (
            '[shop]\nname = "a"\nzzz = 2\n',
            'shop.toml: [shop]: unknown key "zzz"; choose from closed, goods, height, name, opened, shelves',
        ),
        ('shop = "a"\n', "shop.toml: [shop]: must be a table of key = value lines"),
        (
            '[shop]\nname = "a\\u202eb"\n',
            "shop.toml: shop name: holds a control or direction character; type it again",
        ),
        (
            f'[shop]\nname = "a"\ngoods = ["{"x" * 20_001}"]\n',
            "shop.toml: shop goods 1: a text of over 20,000 characters; shorten it",
        ),
        (b'[shop]\nname = "\xff"\n', "shop.toml: not UTF-8 text; save the shop file as UTF-8"),
        (
            "[shop]\nname = \n",
            "shop.toml: not TOML: Invalid value (at line 2, column 8); correct the shop file there",
        ),
        (
            "a = " + "[" * 100_000,
            "shop.toml: not TOML: nested too deeply; correct the shop file there",
        ),
        (b"#" * 1_000_001, "shop.toml: over 1 MB; this is no shop file"),
    ],
    ids=range(19),
)
def test_a_fault_is_one_line_that_says_where_what_and_what_to_do(
    tmp_path: Path, text: str | bytes, expected: str
) -> None:
    assert the_fault(tmp_path, text) == expected


@pytest.mark.parametrize("key", ["token", "ACCESS_TOKEN", "api_key", "client_secret", "password"])
def test_a_key_that_looks_like_a_secret_is_refused_without_its_value(
    tmp_path: Path, key: str
) -> None:
    message = the_fault(tmp_path, f'[shop]\nname = "a"\n{key} = "hunter2hunter2"\n')
    assert "looks like a secret" in message
    assert "hunter2" not in message


def test_an_unknown_table_names_the_nearest(tmp_path: Path) -> None:
    document = a_document(tmp_path, "[shpo]\n")
    with pytest.raises(UsageError, match='unknown table "shpo"; did you mean "shop"'):
        document.expect(("shop", "till"))


def test_tables_are_named_by_id_or_number(tmp_path: Path) -> None:
    document = a_document(tmp_path, '[[shop]]\nname = "a"\n[[shop]]\nname = 2\n')
    with pytest.raises(UsageError, match=re.escape("[[shop]] number 2 name: must be text")):
        document.tables("shop", Shop)


@pytest.mark.parametrize("text", ["", "shop = []\n", '[shop]\nname = "a"\n'])
def test_a_list_of_tables_must_hold_one(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="there must be at least one"):
        a_document(tmp_path, text).tables("shop", Shop)


def test_a_name_stands_once_whatever_its_letter_case(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match='"B" stands twice; remove or rename one'):
        a_document(tmp_path, "").once("goods", ["a", "b", "B"])


def test_a_missing_file_names_the_nearest_beside_it(tmp_path: Path) -> None:
    (tmp_path / "cromer.toml").touch()
    with pytest.raises(UsageError, match=r'no such shop file; did you mean "cromer\.toml"'):
        read(tmp_path / "comer.toml", "shop file")


@pytest.mark.parametrize("name", ["", "x" * 300, "nul\0"])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        read(tmp_path / name, "shop file")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(UsageError, match="no such shop file"):
        read(tmp_path / "pipe.toml", "shop file")


def test_what_is_shown_is_short_and_printable() -> None:
    assert shown("a\nb\x1b[31m") == '"a?b?[31m"'
    assert len(shown("x" * 1_000_000)) == 62


def test_a_suggestion_ignores_letter_case() -> None:
    assert suggestion("europe/london", ["Europe/London"]) == '; did you mean "Europe/London"?'


def test_no_suggestion_is_made_from_many_choices() -> None:
    assert suggestion("zzz", [f"choice-{n}" for n in range(50)]) == ""
