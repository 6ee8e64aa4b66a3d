"""Sentences from templates: what the project wrote itself to train and to test the model.

``talk.toml`` is for training, ``held_out.toml`` has other lines and other words, for calibration and
for the published numbers. The same file gives the same sentences, in the same order, everywhere.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
TRAINING, HELD_OUT, SECOND = (HERE / f"{n}.toml" for n in ("talk", "held_out", "second_suite"))
_SLOT = re.compile(r"\{([^{}]*)\}")
_GROUPS = ("G", "Gs", "Ga")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what it is. ``target`` is the group it speaks of, if one."""

    text: str
    phenomenon: str
    hateful: bool
    abusive: bool
    target: str = ""
    british: bool = False


def read(path: Path) -> list[Sentence]:
    """Every sentence that a file of templates gives."""
    content = tomllib.loads(path.read_text("utf-8"))
    slots = {name: words.split(";") for name, words in content["slots"].items()}
    found: dict[str, Sentence] = {}
    for talk in content["talk"]:
        labels = talk.get("hateful", False), talk.get("abusive", False)
        for line in talk["lines"].strip().splitlines():
            for text, target in _made(line, slots, talk["each"]):
                british = talk.get("british", False)
                sentence = Sentence(text, talk["phenomenon"], *labels, target, british)
                found.setdefault(text, sentence)
    return list(found.values())


def calibrates(text: str) -> bool:
    """Whether a held-out British text sets thresholds (half do); the others are published."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def _made(line: str, slots: dict[str, list[str]], each: int) -> Iterator[tuple[str, str]]:
    """At most ``each`` different sentences of one template, each with its group."""
    seen = set()
    for turn in range(each * 3):
        text, target = _filled(line, slots, turn)
        if text not in seen:
            seen.add(text)
            yield text, target
        if len(seen) == each or not _SLOT.search(line):
            return


def _filled(line: str, slots: dict[str, list[str]], turn: int) -> tuple[str, str]:
    target = ""
    place = 0
    while slot := _SLOT.search(line):
        name = slot[1]
        choices = name.split("|") if "|" in name else slots[name]
        drawn = hashlib.sha256(f"{line}/{turn}/{place}".encode()).digest()
        chosen = choices[int.from_bytes(drawn[:4]) % len(choices)]
        target = chosen if name in _GROUPS else target
        line = line[: slot.start()] + chosen + line[slot.end() :]
        place += 1
    line = re.sub(r" +", " ", line).strip()
    return line[:1].upper() + line[1:], target
