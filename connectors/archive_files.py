"""The files of an export, as the platform sent it: a zip, a folder or a single file, opened safely.

Nothing is ever unpacked. Entries that lead out of the export make it refused, links in a folder are
not followed, and what is read is bounded: files, bytes of one, bytes of all, and how far a file may
have been compressed. Every fault is an ``ExportUnusable`` with a remedy.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from connectors.transport import redact
from socialaudit.errors import ExportUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

MAX_FILES = 500_000
"""An account's photographs of fifteen years are some ten thousand files."""
MAX_FILE = 1_000_000_000
"""Bytes of one file that is read; these are texts, and they are read piece by piece."""
MAX_READ = 4_000_000_000
"""Bytes that are read of one export."""
MAX_RATIO = 200
"""How far a text of ours may have been compressed; real ones reach about 30."""
_SMALL = 1_000_000  # a small file may be all spaces
_ENCRYPTED = 0x1
_EAST = timedelta(hours=14)
_AGAIN = "Download the export again and put it in place whole."
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError)
_JUNK = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")


@dataclass(slots=True)
class Files:
    """The files of one export by their names, ``/`` between folders.

    ``called`` is the name of the export itself, in which many platforms write the date.
    """

    called: str
    sizes: dict[str, int]
    _path: Path
    _zip: zipfile.ZipFile | None = None
    _stored: dict[str, str] = field(default_factory=dict)
    _left: int = field(default_factory=lambda: MAX_READ)

    @classmethod
    def of(cls, path: Path) -> Files:
        """Open an export. Raises ``ExportUnusable`` where it is missing, damaged or unsafe."""
        try:
            if path.is_dir():
                return cls(path.name, dict(_in_folder(path)), path)
            if not path.is_file():
                raise ExportUnusable(
                    f"there is no file {shown(path)}",
                    'Put the export there, or correct "archive" in the council file.',
                )
            if not _is_zip(path):
                return cls(path.name, {path.name: path.stat().st_size}, path)
            return cls._of_zip(path)
        except _DAMAGE as fault:
            raise _damaged(path.name, fault) from None

    @classmethod
    def _of_zip(cls, path: Path) -> Files:
        packed = zipfile.ZipFile(path)
        entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        found = cls(path.name, {}, path, packed)
        try:
            _count(len(entries))
            for entry in entries:
                name = entry.filename.replace("\\", "/")
                _examine(name, entry)
                if not _JUNK.search(name):
                    found.sizes[name] = entry.file_size
                    found._stored[name] = entry.filename
        except ExportUnusable:
            packed.close()
            raise
        return found

    def matching(self, pattern: str) -> list[str]:
        """Names that a pattern fits wholly, numbered parts in their order, letter case ignored."""
        fits = re.compile(pattern, re.IGNORECASE)
        return sorted((n for n in self.sizes if fits.fullmatch(n)), key=_in_order)

    def root(self, pattern: str) -> str | None:
        """The folder (``""`` or ``…/``) in which a file lies whose path there the pattern fits.

        Raises ``ExportUnusable`` where there are several: then it is more than one export.
        """
        found = re.compile(rf"(?P<root>(?:[^/]+/)*?)(?:{pattern})", re.IGNORECASE)
        roots = {m["root"] for n in self.sizes if (m := found.fullmatch(n))}
        if len(roots) > 1:
            raise ExportUnusable(
                f"{shown(self.called)} holds more than one export",
                'Name only the newest one as "archive" in the council file.',
            )
        return next(iter(roots), None)

    def open(self, name: str) -> io.BufferedReader:
        """One file, for reading piece by piece. Raises ``ExportUnusable``."""
        size = self.sizes[name]
        self._left -= size
        if size > MAX_FILE or self._left < 0:
            raise ExportUnusable(f"{shown(name)} in the export is too large to read", _AGAIN)
        try:
            if self._zip is not None:
                inner = self._zip.open(self._stored[name])
                return io.BufferedReader(Guarded(inner, self.called))
            path = self._path / name if self._path.is_dir() else self._path
            return io.BufferedReader(Guarded(path.open("rb"), self.called))
        except (*_DAMAGE, RuntimeError) as fault:
            raise _damaged(self.called, fault) from None

    def text(self, name: str, encoding: str = "utf-8-sig") -> IO[str]:
        """One file as text; a byte order mark is left out, bytes that are no text replaced."""
        return io.TextIOWrapper(self.open(name), encoding=encoding, errors="replace", newline="")

    def packed_at(self, name: str) -> datetime | None:
        """The earliest moment at which an entry of a zip can have been written; None for a folder.

        The clock of a zip names no time zone, so it is read as that of the farthest east. Times
        at the zip's own beginning (1980) are what tools write that know none.
        """
        if self._zip is None:
            return None
        try:
            told = datetime(*self._zip.getinfo(self._stored[name]).date_time, tzinfo=UTC)
        except ValueError:
            return None
        return told - _EAST if told.year > 1980 else None  # noqa: PLR2004 - the first year of a zip

    def close(self) -> None:
        """Close the zip."""
        if self._zip is not None:
            self._zip.close()


class Guarded(io.RawIOBase):
    """A file being read, whose damage is told as ``ExportUnusable``."""

    def __init__(self, inner: IO[bytes], called: str) -> None:
        self._inner = inner
        self._called = called

    def readable(self) -> bool:
        """It is read and no more."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """The next bytes. Raises ``ExportUnusable``."""
        room = memoryview(buffer)
        try:
            piece = self._inner.read(len(room))
        except _DAMAGE as fault:
            raise _damaged(self._called, fault) from None
        room[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        """Close the file."""
        self._inner.close()
        super().close()


def shown(name: object) -> str:
    """The last part of a name, in quotes: hostile text, and no path of this machine."""
    last = PurePosixPath(str(name)).name
    return f'"{redact("".join(c if c.isprintable() else "?" for c in last))}"'


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(4)
    if not start:
        raise ExportUnusable(f"{shown(path)} is empty", _AGAIN)
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise ExportUnusable(
            f"{shown(path)} is packed in a way that we do not read",
            "Ask for the export as a zip, or unpack it into a folder and name that.",
        )
    return start[:2] == b"PK" or path.suffix.lower() == ".zip"


def _count(files: int) -> None:
    if files > MAX_FILES:
        raise ExportUnusable(f"the export holds more than {MAX_FILES:,} files", _AGAIN)


def _examine(name: str, entry: zipfile.ZipInfo) -> None:
    """Refuse what no platform puts into an export, and what we cannot open."""
    leads_out = bool(re.match(r"/|[A-Za-z]:", name)) or ".." in name.split("/")
    if leads_out or stat.S_ISLNK(entry.external_attr >> 16):
        raise ExportUnusable(
            f"the export holds {shown(name)}, which leads out of it: no platform makes such a file",
            _AGAIN,
        )
    if entry.flag_bits & _ENCRYPTED:
        raise ExportUnusable(
            "the export is locked with a password", "Unpack it into a folder and name that."
        )
    is_text = name.lower().endswith((".js", ".json", ".csv", ".xml", ".html"))
    far = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
    if is_text and far and entry.file_size > _SMALL:
        raise ExportUnusable(
            f"{shown(name)} in the export unpacks to over {MAX_RATIO} times its size: no platform "
            "makes such a file",
            _AGAIN,
        )


def _in_folder(folder: Path) -> Iterator[tuple[str, int]]:
    """Names and sizes of what lies in a folder; links are not followed."""
    count = 0
    for where, _, names in os.walk(folder, onerror=_cannot_list):
        for name in names:
            path = os.path.join(where, name)  # noqa: PTH118 - as many files as there are photographs
            told = os.lstat(path)
            if stat.S_ISREG(told.st_mode) and not _JUNK.search(name):
                count += 1
                _count(count)
                yield os.path.relpath(path, folder).replace(os.sep, "/"), told.st_size


def _cannot_list(fault: OSError) -> None:
    raise fault


def _damaged(called: str, fault: Exception) -> ExportUnusable:
    if isinstance(fault, PermissionError):
        return ExportUnusable(f"{shown(called)} may not be read", "Let this program read it.")
    if isinstance(fault, NotImplementedError):
        return ExportUnusable(
            f"{shown(called)} is packed in a way that we do not read",
            "Unpack it into a folder and name that.",
        )
    return ExportUnusable(f"{shown(called)} is damaged or not complete", _AGAIN)


def _in_order(name: str) -> list[tuple[int, str]]:
    return [
        (int(part[:18]), "") if part.isdecimal() else (-1, part)
        for part in re.split(r"(\d+)", name)
    ]
