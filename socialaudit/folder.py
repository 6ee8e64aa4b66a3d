"""The folder of council files, and which of them a person means."""

from __future__ import annotations

from pathlib import Path

from socialaudit.document import read, shown, suggestion
from socialaudit.errors import UsageError


def find(name: str, folder: Path | None) -> Path:
    """The council file that a person means: a path, or the id of a council in ``folder``.

    A path need not exist: ``load`` says so best. Raises ``UsageError`` for an id that no file has.
    """
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1 or path.is_file():
        return path
    if folder is None:
        raise UsageError(
            f"{shown(name)}: no such council file; give the path of one, or set "
            "SOCIALAUDIT_COUNCILS to the folder that holds them"
        )
    usual = folder / f"{name}.toml"
    if usual.is_file() and _id(usual) == name:
        return usual
    known = in_folder(folder)
    if name not in known:
        raise UsageError(f"{folder}: no council has the id {shown(name)}{suggestion(name, known)}")
    if (council := _id(known[name])) != name:
        other = known[council].name
        raise UsageError(
            f"{known[name]}: the id {shown(council)} is that of {other} too; change one"
        )
    return known[name]


def in_folder(folder: Path) -> dict[str, Path]:
    """Every council file in a folder by its council's id; by its own name where that cannot be.

    That is so for a file that cannot be read, and for one whose id another has: the other is the
    one that is named after the id, else the first. Raises ``UsageError`` where there is no folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; SOCIALAUDIT_COUNCILS must name one")
    ids = {path: _id(path) for path in sorted(folder.glob("*.toml"))}
    found: dict[str, Path] = {}
    for path in sorted(ids, key=lambda path: path.stem != ids[path]):
        found[path.stem if ids[path] in found else ids[path]] = path
    return dict(sorted(found.items()))


def _id(path: Path) -> str:
    try:
        heading = read(path, "council file").content.get("council")
    except UsageError:
        return path.stem
    written = heading.get("id") if isinstance(heading, dict) else None
    return written if isinstance(written, str) else path.stem
