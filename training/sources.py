"""The rows that the model learns from and is tested with: published sets and the project's own talk."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training import talk

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADS = ("hate", "abuse")
_PLACEHOLDERS = ("[USER]", "[URL]")


class SourceChanged(Exception):
    """A file of the data folder is not the one that ``sources.toml`` names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text. ``labels`` has 1 or 0 for each head that its source speaks of."""

    text: str
    labels: dict[str, int]
    source: str
    held_out: bool = False


def named() -> dict[str, dict[str, Any]]:
    """The content of ``sources.toml``."""
    return tomllib.loads(Path(__file__).with_name("sources.toml").read_text("utf-8"))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def published(folder: Path, *, without: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Every row of every published set in this folder; raises ``SourceChanged``."""
    for name, source in named().items():
        if name in without:
            continue
        path = folder / source["file"]
        if digest(path) != source["sha256"]:
            raise SourceChanged(f"{path} is not the file that training/sources.toml names")
        with path.open(encoding="utf-8", newline="") as lines:
            yield from _rows(name, source, csv.DictReader(lines))


def _rows(name: str, source: dict[str, Any], lines: csv.DictReader[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        value = line.get(source.get("column", ""), "")
        labels = {head: source[head][value] for head in HEADS if head in source}
        text = line["text"]
        for placeholder in _PLACEHOLDERS:
            text = text.replace(placeholder, " ")
        if "one_in" in source:
            held_out = number % source["one_in"] == 0
        else:
            held_out = line["split"] != source["split"]
        yield Row(text, labels, name, held_out)


def own() -> Iterator[Row]:
    """The project's own talk. What attacks a group is no example for the head of abuse."""
    for path in (talk.TRAINING, talk.HELD_OUT):
        for sentence in talk.read(path):
            labels = {"hate": int(sentence.hateful)}
            if not sentence.hateful:
                labels["abuse"] = int(sentence.abusive)
            yield Row(sentence.text, labels, "own talk", path == talk.HELD_OUT)
