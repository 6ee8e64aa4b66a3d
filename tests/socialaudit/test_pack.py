from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit import pack
from socialaudit.store.body import digest
from socialaudit.store.runs import GENESIS

if TYPE_CHECKING:
    from pathlib import Path

OWN = {
    "kind": "comment",
    "body": {"own": True, "text": "Thank you.", "author": None},
    "payload": {"id": "1"},
}
THEIRS = {
    "kind": "comment",
    "body": {"own": False, "text": "planted words", "author": "planted-author", "title": None},
    "payload": {"from": {"name": "planted name"}},
}
POST = {"kind": "post", "body": {"text": "Mill Lane is closed."}, "payload": {"tags": "planted"}}


def a_version(key: str, **said: Any) -> dict[str, Any]:
    return {
        "key": key,
        "account": "facebook",
        "captured_at": "2026-11-16T06:00:00+00:00",
        "sha256": digest([said["body"], said["payload"]]),
        **said,
    }


def a_link(run: str, number: int, previous: str, known: str) -> dict[str, Any]:
    at = f"2026-11-{8 * number:02d}T06:00:00+00:00"
    return {
        "run": run,
        "number": number,
        "finished_at": at,
        "previous": previous,
        "digest": known,
    }


def a_pack() -> pack.Pack:
    """Two runs of one council; the second is packed."""
    records = [a_version("f:1", **POST), a_version("f:2", **THEIRS), a_version("f:3", **OWN)]
    evidence = {"words": "planted words"}
    found = {
        "ref": "FB-001",
        "subject": {"kind": "comment", "key": "f:2"},
        "message": "Look.",
        "check": "offensive-comments",
    }
    contents = {
        "run": {"id": "second"},
        "records": [[r["key"], r["sha256"]] for r in records] + [["f:9", None]],
        "findings": [["mark", found, digest(evidence)]],
    }
    first = digest([GENESIS, {"run": {"id": "first"}}])
    return pack.Pack(
        council="testham",
        name="Testham Town Council",
        made_at="2026-11-16T07:00:00+00:00",
        version="1",
        scope="run second",
        whole=True,
        reason="A court asked",
        by="The clerk",
        chain=[
            a_link("first", 1, GENESIS, first),
            a_link("second", 2, first, digest([first, contents])),
        ],
        runs={"second": contents},
        records=records,
        quotations=[
            {
                "run": "second",
                "ref": "FB-001",
                "body": found,
                "evidence": evidence,
                "evidence_sha256": digest(evidence),
            }
        ],
    )


def written(folder: Path, what: pack.Pack | None = None) -> Path:
    body, _ = pack.packed(what or a_pack(), "<p>index</p>")
    (folder / "pack.zip").write_bytes(body)
    return folder / "pack.zip"


def changed(path: Path, name: str, change: Any) -> Path:
    """The pack with one file changed, and the list of files and digests made to fit."""
    with zipfile.ZipFile(path) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    body = json.loads(files[name])
    change(body)
    files[name] = json.dumps(body).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return path


def relist(path: Path) -> Path:
    """A forger's work: the list of files fits again."""
    with zipfile.ZipFile(path) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    manifest = json.loads(files[pack.MANIFEST])
    for entry in manifest["files"]:
        entry["sha256"] = sha256(files[entry["path"]]).hexdigest()
    files[pack.MANIFEST] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)
    return path


def test_a_pack_fits_and_says_what_it_holds(tmp_path: Path) -> None:
    body, told = pack.packed(a_pack(), "index")
    (tmp_path / "pack.zip").write_bytes(body)
    assert pack.verify(tmp_path / "pack.zip") == pack.Verdict("", 1, 3, 0, told)


def test_the_same_pack_is_the_same_bytes() -> None:
    assert pack.packed(a_pack(), "index") == pack.packed(a_pack(), "index")


def test_third_parties_are_left_out_of_every_file_and_the_digests_still_fit(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, pack.without_third_parties(a_pack()))
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"planted" not in everything
    assert b"Mill Lane is closed." in everything
    assert b"Thank you." in everything
    verdict = pack.verify(path)
    assert (verdict.problem, verdict.records, verdict.left_out) == ("", 3, 4)


def test_every_altered_byte_is_found_and_its_record_named(tmp_path: Path) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        entries = [(i.filename, i.header_offset, i.compress_size) for i in archive.infolist()]
        listed = json.loads(archive.read(pack.MANIFEST))["files"]
    about = {entry["path"]: entry["about"] for entry in listed}
    for name, offset, size in entries:
        # The first bit only says whether more blocks follow, the last ones fill up a byte.
        start = offset + 30 + len(name) + 1
        for at in range(start, start + size - 2, max(1, size // 9)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            problem = pack.verify(path).problem
            assert about.get(name, "the list of its files") in problem, (name, at - start)


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (
            "records/000002.json",
            lambda b: b["body"].update(text="kinder words"),
            "record f:2 does not fit its digest",
        ),
        (
            "records/000002.json",
            lambda b: b.update(key="f:7"),
            "record f:7 was seen by no run of the pack",
        ),
        (
            "runs/0001.json",
            lambda b: b["contents"]["findings"].clear(),
            "run second does not fit its digest",
        ),
        (
            "findings/000001.json",
            lambda b: b.update(evidence={}),
            "the evidence of FB-001 does not fit its digest",
        ),
        (
            "findings/000001.json",
            lambda b: b.update(ref="FB-002"),
            "the evidence of FB-002 is that of no run of the pack",
        ),
        (
            "pack.json",
            lambda b: b["chain"][1].update(previous="0" * 64),
            "the chain is broken at run second",
        ),
        ("pack.json", lambda b: b["chain"].pop(0), "the chain is broken at run second"),
        ("pack.json", lambda b: b.pop("chain"), "pack.json or a file it names is not as"),
        ("runs/0001.json", lambda b: b.clear(), "pack.json or a file it names is not as"),
    ],
)
def test_a_forger_who_mends_the_list_is_found_by_the_chain(
    tmp_path: Path, name: str, change: Any, expected: str
) -> None:
    path = relist(changed(written(tmp_path), name, change))
    assert pack.verify(path).problem.startswith(expected)


def test_a_file_that_is_taken_out_or_put_in_is_found(tmp_path: Path) -> None:
    path = changed(written(tmp_path), pack.MANIFEST, lambda b: b["files"].pop())
    assert pack.verify(path).problem == "findings/000001.json was added"
    with zipfile.ZipFile(written(tmp_path), "a") as archive:
        archive.writestr("extra.txt", "x")
    assert pack.verify(path).problem == "extra.txt was added"


def test_what_retention_emptied_is_counted_and_no_fault(tmp_path: Path) -> None:
    whole = a_pack()
    emptied = [{**r, "body": None, "payload": None} for r in whole.records]
    verdict = pack.verify(written(tmp_path, replace(whole, records=emptied)))
    assert (verdict.problem, verdict.left_out) == ("", 3)


@pytest.mark.parametrize("body", [b"", b"PK\3\4nonsense", b"not a zip" * 100])
def test_what_is_no_pack_is_said_to_be_none(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "pack.zip").write_bytes(body)
    assert pack.verify(tmp_path / "pack.zip").problem == "the file is not a whole zip"


def test_a_pack_that_would_fill_the_memory_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "MAX_BYTES", 100)
    assert "too large" in pack.verify(written(tmp_path)).problem
