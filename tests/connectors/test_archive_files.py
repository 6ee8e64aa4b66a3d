"""The files of an export, opened safely."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from connectors import archive_files
from connectors.archive_files import Files
from socialaudit.errors import ExportUnusable
from tests.connectors.exports import packed, unpacked

if TYPE_CHECKING:
    from pathlib import Path


def read_all(path: Path) -> None:
    files = Files.of(path)
    for name in files.sizes:
        with files.open(name) as file:
            file.read()


def refused(path: Path) -> ExportUnusable:
    with pytest.raises(ExportUnusable) as caught:
        read_all(path)
    assert caught.value.remedy
    assert str(path.parent) not in caught.value.message
    return caught.value


def test_a_zip_and_its_folder_are_read_alike(tmp_path: Path) -> None:
    content = {"a/data/x.json": "[1]", "a/data/é.json": "[2]"}
    made = Files.of(packed(tmp_path, content))
    folder = Files.of(unpacked(tmp_path / "folder", content))
    for files in (made, folder):
        assert files.matching(r".*\.json") == ["a/data/x.json", "a/data/é.json"]
        assert files.text("a/data/x.json").read() == "[1]"
        files.close()


def test_a_single_file_is_an_export_too(tmp_path: Path) -> None:
    path = tmp_path / "site.xml"
    path.write_text("<rss/>")
    files = Files.of(path)
    assert files.text("site.xml").read() == "<rss/>"


def test_a_missing_export_is_said_to_be_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.zip").message == 'there is no file "none.zip"'


@pytest.mark.parametrize(
    "body",
    [b"PK\x03\x04 and no more", b"not a zip at all", b"", b"\x1f\x8b\x08\x00gz", b"Rar!\x1a\x07"],
)
def test_what_is_no_zip_is_refused_in_one_sentence(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(body)
    assert '"export.zip"' in refused(path).message


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_zip_that_broke_off_is_not_complete(tmp_path: Path, part: float) -> None:
    path = packed(tmp_path, {f"data/{n}.js": "x" * 1000 for n in range(20)})
    body = path.read_bytes()
    path.write_bytes(body[: int(len(body) * part)])
    assert refused(path).message == '"export.zip" is damaged or not complete'


def test_a_file_whose_bytes_were_changed_is_damaged(tmp_path: Path) -> None:
    path = packed(tmp_path, {"data/tweets.js": str(list(range(5000)))})
    body = bytearray(path.read_bytes())
    body[200:240] = bytes(40)
    path.write_bytes(body)
    assert refused(path).message == '"export.zip" is damaged or not complete'


@pytest.mark.parametrize(
    "name", ["../up.js", "a/../../up.js", "/etc/passwd", "C:\\x.js", "a\\..\\x"]
)
def test_entries_that_lead_out_are_refused(tmp_path: Path, name: str) -> None:
    assert "leads out of it" in refused(packed(tmp_path, {name: "x"})).message


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    link = zipfile.ZipInfo("data/tweets.js")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, "/etc/passwd")
    assert "leads out of it" in refused(path).message


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    folder = unpacked(tmp_path / "folder", {"data/a.js": "[]"})
    (folder / "data" / "tweets.js").symlink_to(tmp_path / "secret")
    (folder / "up").symlink_to(tmp_path, target_is_directory=True)
    assert list(Files.of(folder).sizes) == ["data/a.js"]


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    path = packed(tmp_path, {"data/tweets.js": "x"})
    body = path.read_bytes()
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = body.index(mark) + at
        body = body[:start] + b"\x01" + body[start + 1 :]
    path.write_bytes(body)
    assert refused(path).message == "the export is locked with a password"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path, {"data/tweets.js": " " * 5_000_000})
    assert "over 200 times its size" in refused(path).message


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "MAX_FILES", 3)
    content = {f"{n}.js": "x" for n in range(4)}
    assert "more than 3 files" in refused(packed(tmp_path, content)).message
    assert "more than 3 files" in refused(unpacked(tmp_path / "folder", content)).message


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {"a.js": "x" * 60, "b.js": "x" * 60})
    monkeypatch.setattr(archive_files, "MAX_FILE", 50)
    assert "too large" in refused(path).message
    monkeypatch.setattr(archive_files, "MAX_FILE", 500)
    monkeypatch.setattr(archive_files, "MAX_READ", 100)
    files = Files.of(path)
    files.open("a.js").close()
    with pytest.raises(ExportUnusable, match="too large"):
        files.open("b.js")


def test_what_computers_add_is_left_out(tmp_path: Path) -> None:
    path = packed(tmp_path, {"data/a.js": "", "__MACOSX/data/._a.js": "", "data/.DS_Store": ""})
    assert list(Files.of(path).sizes) == ["data/a.js"]


def test_names_in_another_encoding_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("data/caf?.js", "[1]")
    path.write_bytes(path.read_bytes().replace(b"caf?", b"caf\xe9"))
    (name,) = (files := Files.of(path)).sizes
    assert files.text(name).read() == "[1]"


def test_two_exports_in_one_are_refused(tmp_path: Path) -> None:
    files = Files.of(packed(tmp_path, {"old/data/tweets.js": "", "new/data/tweets.js": ""}))
    with pytest.raises(ExportUnusable, match="more than one export"):
        files.root(r"data/tweets\.js")


def test_numbered_parts_come_in_their_order(tmp_path: Path) -> None:
    files = Files.of(packed(tmp_path, {f"posts_{n}.json": "" for n in (10, 2, 1)}))
    assert files.matching(r"posts_\d+\.json") == ["posts_1.json", "posts_2.json", "posts_10.json"]
