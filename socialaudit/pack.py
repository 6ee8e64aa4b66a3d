"""The evidence pack: one zip that a stranger can check without the store it came from.

``pack.json`` holds the chain of the council's runs and the digest of every other file. Each run in
``runs/`` is all that its digest covers, so it can be recomputed; each record in ``records/`` fits
the digest that a run has of it. Words of third parties are left out unless they are asked for: what
is left out is named, and its digest stays.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from socialaudit.store.body import digest
from socialaudit.store.runs import GENESIS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FORMAT = "socialaudit evidence pack 1"
INDEX, MANIFEST, READ_ME = "index.html", "pack.json", "README.txt"
MAX_BYTES = 2_000_000_000
"""Of all files of a pack unpacked: a larger one is not opened."""
LEFT_OUT = "[left out]"
_PERSONAL = ("text", "author", "title")
_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same pack is the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What goes into a pack. Everything is JSON.

    ``chain`` are the links of all closed runs: run, number, finished_at, previous, digest. ``runs``
    maps the runs that are packed to what their digest covers. ``records`` are versions: key,
    sha256, account, kind, captured_at, body, payload. ``quotations`` are what led to findings: run,
    ref, body, evidence, evidence_sha256. ``whole`` says that words of third parties are in it.
    """

    council: str
    name: str
    made_at: str
    version: str
    scope: str
    whole: bool
    reason: str
    by: str
    chain: Sequence[Mapping[str, Any]]
    runs: Mapping[str, Mapping[str, Any]]
    records: Sequence[Mapping[str, Any]]
    quotations: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a pack fits. ``problem`` names the first thing that does not; ``""`` when all does.

    ``digest`` is that of ``pack.json``, to be held against the one told when the pack was made.
    """

    problem: str = ""
    runs: int = 0
    records: int = 0
    left_out: int = 0
    digest: str = ""


def without_third_parties(pack: Pack) -> Pack:
    """The pack without words, names and answers of anybody but the council."""
    theirs = {r["key"] for r in pack.records if r["kind"] == "comment" and not _own(r)}
    return Pack(
        **{name: getattr(pack, name) for name in Pack.__dataclass_fields__}
        | {
            "whole": False,
            "records": [_redacted(r, theirs) for r in pack.records],
            "quotations": [_unquoted(q) for q in pack.quotations],
        }
    )


def _own(record: Mapping[str, Any]) -> bool:
    return bool((record["body"] or {}).get("own"))


def _redacted(record: Mapping[str, Any], theirs: set[str]) -> dict[str, Any]:
    """Without the platform's own answer, which may name anybody, and a third party's words."""
    if record["body"] is None:
        return dict(record)
    body = dict(record["body"])
    if record["key"] in theirs:
        body |= {name: LEFT_OUT for name in _PERSONAL if body.get(name)}
    return {**record, "body": body, "payload": None, "left_out": True}


def _unquoted(quotation: Mapping[str, Any]) -> dict[str, Any]:
    subject = quotation["body"].get("subject") or {}
    if not quotation["evidence"] or subject.get("kind") != "comment":
        return dict(quotation)
    evidence = dict.fromkeys(quotation["evidence"], LEFT_OUT)
    return {**quotation, "evidence": evidence, "left_out": True}


def packed(pack: Pack, index: str) -> tuple[bytes, str]:
    """The zip, and the digest of its ``pack.json``. ``index`` is the page for people."""
    files = {READ_ME: _READ_ME.format(format=FORMAT).encode(), INDEX: index.encode()}
    about = {READ_ME: "the notes", INDEX: "the page for people"}
    for path, words, body in _parts(pack):
        files[path] = _dumped(body)
        about[path] = words
    manifest = _dumped(
        {
            "format": FORMAT,
            **{
                name: getattr(pack, name)
                for name in ("council", "name", "made_at", "version", "scope", "whole", "reason")
            },
            "by": pack.by,
            "chain": list(pack.chain),
            "files": [
                {"path": path, "about": about[path], "sha256": sha256(body).hexdigest()}
                for path, body in files.items()
            ],
        }
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, body in {MANIFEST: manifest, **files}.items():
            archive.writestr(zipfile.ZipInfo(path, _TIME), body, zipfile.ZIP_DEFLATED)
    return out.getvalue(), sha256(manifest).hexdigest()


def _parts(pack: Pack) -> Iterator[tuple[str, str, Any]]:
    """Path, what it is in words, and JSON of each file about a run, record or quotation."""
    for number, (run, contents) in enumerate(pack.runs.items(), 1):
        yield f"runs/{number:04d}.json", f"run {run}", {"run": run, "contents": contents}
    for number, record in enumerate(pack.records, 1):
        words = f"record {record['key']}, captured {record['captured_at']}"
        yield f"records/{number:06d}.json", words, record
    for number, quotation in enumerate(pack.quotations, 1):
        words = f"evidence of {quotation['ref']} in run {quotation['run']}"
        kept = {k: v for k, v in quotation.items() if k != "body"}
        yield f"findings/{number:06d}.json", words, kept


def _dumped(value: Any) -> bytes:
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def verify(path: Path) -> Verdict:
    """Check a pack by itself: every file, every link of the chain, every digest that can be made.

    Raises ``OSError`` when the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _Checked(archive).verdict()
    except zipfile.BadZipFile:
        return Verdict("the file is not a whole zip")
    except _Altered as altered:
        return Verdict(str(altered))


class _Altered(Exception):
    """The first thing in a pack that does not fit."""


@dataclass
class _Checked:
    archive: zipfile.ZipFile
    sightings: dict[str, set[str]] = field(default_factory=dict)
    evidence: set[tuple[str, str]] = field(default_factory=set)
    left_out: int = 0

    def verdict(self) -> Verdict:
        """Read everything once, in the order in which one thing rests on another."""
        raw = self._manifest()
        manifest = _loaded(raw, MANIFEST)
        try:
            bodies = self._files(manifest)
            links = self._chain(manifest["chain"])
            runs = [body for path, body in bodies.items() if path.startswith("runs/")]
            for body in runs:
                self._run(body, links)
            records = [b for path, b in bodies.items() if path.startswith("records/")]
            for body in records:
                self._record(body)
            for path, body in bodies.items():
                if path.startswith("findings/"):
                    self._quotation(body)
        except (KeyError, TypeError, AttributeError, ValueError, IndexError):
            raise _Altered(f"{MANIFEST} or a file it names is not as a pack is made") from None
        return Verdict("", len(runs), len(records), self.left_out, sha256(raw).hexdigest())

    def _manifest(self) -> bytes:
        if sum(info.file_size for info in self.archive.infolist()) > MAX_BYTES:
            raise _Altered("the pack is too large to be one of ours")
        return self._read(MANIFEST, "the list of its files")

    def _read(self, path: str, about: str) -> bytes:
        try:
            return self.archive.read(path)
        except KeyError:
            raise _Altered(f"{about} ({path}) is missing") from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ):
            raise _Altered(f"{about} ({path}) was altered") from None

    def _files(self, manifest: Mapping[str, Any]) -> dict[str, Any]:
        listed = {entry["path"]: entry for entry in manifest["files"]}
        extra = sorted(set(self.archive.namelist()) - set(listed) - {MANIFEST})
        bodies = {}
        for path, entry in listed.items():
            body = self._read(path, entry["about"])
            if sha256(body).hexdigest() != entry["sha256"]:
                raise _Altered(f"{entry['about']} ({path}) was altered")
            if path.endswith(".json"):
                bodies[path] = _loaded(body, path)
        if extra or len(self.archive.namelist()) != len(listed) + 1:
            raise _Altered(f"{extra[0] if extra else 'a file'} was added")
        return bodies

    def _chain(self, chain: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
        previous = GENESIS
        for number, link in enumerate(chain, 1):
            if link["number"] != number or link["previous"] != previous:
                raise _Altered(f"the chain is broken at run {link['run']}")
            previous = link["digest"]
        return {link["run"]: link for link in chain}

    def _run(self, body: Mapping[str, Any], links: Mapping[str, Mapping[str, Any]]) -> None:
        link, contents = links[body["run"]], body["contents"]
        if digest([link["previous"], contents]) != link["digest"]:
            raise _Altered(f"run {body['run']} does not fit its digest")
        for key, known in contents["records"]:
            self.sightings.setdefault(key, set()).add(known)
        for _, found, known in contents["findings"]:
            self.evidence.add((found["ref"], known))

    def _record(self, record: Mapping[str, Any]) -> None:
        if record["sha256"] not in self.sightings.get(record["key"], ()):
            raise _Altered(f"record {record['key']} was seen by no run of the pack")
        self._fits(
            f"record {record['key']}", record, [record["body"], record["payload"]], record["sha256"]
        )

    def _quotation(self, quotation: Mapping[str, Any]) -> None:
        ref, known = quotation["ref"], quotation["evidence_sha256"]
        if (ref, known) not in self.evidence:
            raise _Altered(f"the evidence of {ref} is that of no run of the pack")
        self._fits(f"the evidence of {ref}", quotation, quotation["evidence"], known)

    def _fits(self, what: str, kept: Mapping[str, Any], value: Any, expected: str) -> None:
        emptied = kept.get("body", kept.get("evidence")) is None
        if kept.get("left_out") or emptied:
            self.left_out += 1
        elif digest(value) != expected:
            raise _Altered(f"{what} does not fit its digest")


def _loaded(body: bytes, path: str) -> Any:
    try:
        return json.loads(body.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise _Altered(f"{path} is not as a pack is made") from None


_READ_ME = """\
{format}

index.html is for people. Everything else is JSON in UTF-8.

How to check it
  With the program:  socialaudit evidence verify THIS-FILE.zip
  Without it, with any SHA-256:
  1. pack.json lists every file with its SHA-256.
  2. pack.json "chain" has a link for each run of the council's audits. "previous" of each is
     "digest" of the one before; of the first it is 64 zeros.
  3. A file in runs/ holds "contents". The digest of its link is the SHA-256 of the JSON list
     [previous, contents], written with sorted keys, without spaces, in UTF-8.
  4. "contents" has under "records" the key and SHA-256 of every record that the run read. A file
     in records/ has that SHA-256; it is that of the JSON list [body, payload], written likewise.
  5. A file in findings/ has words that led to a finding. Their SHA-256 is made likewise and
     stands in "contents" under "findings".
Where a file says "left_out", words of third parties are not in it. Its SHA-256 is then that of
the whole, which the council keeps as long as its retention says. Where "body" is null, they are no
longer kept.

A pack proves that nothing in it was changed since its runs were closed, for whoever knows the
digest of one of its runs, or of pack.json, from elsewhere: each weekly report shows its own.
"""
