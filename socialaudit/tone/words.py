"""Words of many texts at once, as arrays: where each stands, its hash, its kind.

Texts lie in one array of bytes. A word's hash is the difference of two prefix sums, so no word is
ever looked at in Python. Words and phrases that ``meanings.toml`` knows have a kind (hate, violence,
negation, praise …); those that name a protected group are then wiped out, so that what is learnt of
one group holds for all of them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

CHUNK = 1 << 20
"""How many bytes are read at once."""
LONGEST_PHRASE = 3

_PRIME = 0x9E3779B97F4A7C15
_MARK = 2


def _bytes() -> NDArray[np.uint8]:
    """For each byte: 1 for a letter or digit, 2 for a mark that is a word of its own, else 0."""
    kinds = np.zeros(256, np.uint8)
    kinds[[*b"abcdefghijklmnopqrstuvwxyz0123456789", *range(0x80, 0x100)]] = 1
    kinds[[*b'"?']] = _MARK
    return kinds


_BYTES = _bytes()


@cache
def _powers(base: int) -> Hashes:
    powers = np.full(2 * CHUNK, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


def mixed(hashes: Hashes, *others: int | Hashes) -> Hashes:
    """One hash from several, in order, well spread in its high bits (splitmix64)."""
    for other in others:
        hashes = (hashes ^ (hashes >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        hashes = hashes + (np.uint64(other) if isinstance(other, int) else other)
    hashes = (hashes ^ (hashes >> np.uint64(32))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


class Text:
    """Texts in lower case as one array of bytes, with what hashing any piece of it needs."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.raw = "\n".join(["", *texts, ""]).encode("utf-8", "replace")
        self.bytes = np.frombuffer(self.raw, np.uint8).copy()
        sort = _BYTES[self.bytes]
        self.word: Flags = sort == 1
        edges = np.diff(self.word.astype(np.int8), prepend=0, append=0)
        marks = np.flatnonzero(sort == _MARK)
        starts = np.concatenate([np.flatnonzero(edges == 1), marks])
        order = np.argsort(starts, kind="stable")
        self.starts: Whole = starts[order]
        self.ends: Whole = np.concatenate([np.flatnonzero(edges == -1), marks + 1])[order]
        self.rows: Whole = (np.cumsum(self.bytes == ord("\n")) - 1)[self.starts]
        self.bytes[sort == 0] = ord(" ")

    def hashes(self, starts: Whole, ends: Whole) -> Hashes:
        """The hash of each piece, the same wherever the piece stands."""
        sums = self._sums
        return (sums[ends] - sums[starts]) * _powers(pow(_PRIME, -1, 1 << 64))[starts]

    @cached_property
    def _sums(self) -> Hashes:
        weighed = self.bytes * _powers(_PRIME)[: len(self.bytes)]
        return np.concatenate([np.zeros(1, np.uint64), np.cumsum(weighed, dtype=np.uint64)])

    def wipe(self, starts: Whole, ends: Whole) -> None:
        """Turn these pieces into spaces."""
        change = np.zeros(len(self.bytes) + 1, np.int64)
        np.add.at(change, starts, 1)
        np.add.at(change, ends, -1)
        gone = np.cumsum(change[:-1]) > 0
        self.bytes[gone] = ord(" ")
        self.word &= ~gone
        vars(self).pop("_sums", None)


class Meanings:
    """The content of ``meanings.toml``, ready to be looked up by hash."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.kinds = ["", "group", "custom", *content["kinds"]]
        self.characteristics = ["", *content["groups"]]
        self.pictures = {
            ord(picture): f" {word} "
            for word, pictures in content["pictures"].items()
            for picture in pictures
        }
        folk = _listed(content["folk"]["words"])
        self.common = frozenset([*folk, *_listed(content["folk"]["common"])])
        self.phrases: dict[str, tuple[int, int]] = {}
        for kind, words in content["kinds"].items():
            self._add(_listed(words), self.kinds.index(kind), 0)
        for kind, groups in (("custom", content["customs"]), ("group", content["groups"])):
            for about, words in groups.items():
                spelt = (w.replace("{folk}", f) for w in _listed(words) for f in folk)
                self._add(spelt, self.kinds.index(kind), self.characteristics.index(about))
        self._tables = {n: self._table(n) for n in range(1, LONGEST_PHRASE + 1)}

    def of(self, *kinds: str) -> list[int]:
        """The numbers of these kinds."""
        return [self.kinds.index(kind) for kind in kinds]

    def _add(self, phrases: Iterable[str], kind: int, about: int) -> None:
        self.phrases.update(dict.fromkeys(phrases, (kind, about)))

    def _table(self, n: int) -> tuple[Hashes, Whole, Whole]:
        chosen = [phrase for phrase in self.phrases if len(phrase.split()) == n]
        text = Text(chosen)
        words = text.hashes(text.starts, text.ends).reshape(-1, n)
        keys = _joined([words[:, i] for i in range(n)])
        order = np.argsort(keys)
        found = np.array([self.phrases[phrase] for phrase in chosen])[order]
        return keys[order], found[:, 0], found[:, 1]

    def look_up(self, keys: Hashes, n: int) -> tuple[Whole, Whole]:
        """Kind and characteristic of each phrase of ``n`` words; 0 where it has none."""
        known, kinds, about = self._tables[n]
        at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        fits = known[at] == keys
        return np.where(fits, kinds[at], 0), np.where(fits, about[at], 0)


def _listed(words: str) -> list[str]:
    return [" ".join(word.split()) for word in words.split(",") if word.strip()]


def _joined(words: Sequence[Hashes]) -> Hashes:
    return mixed(words[0], *words[1:]) if len(words) > 1 else words[0]


@cache
def meanings() -> Meanings:
    """The meanings in use."""
    path = files("socialaudit.tone").joinpath("meanings.toml")
    return Meanings(tomllib.loads(path.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of many texts, one after another; a phrase that has a kind is one word."""

    rows: Whole
    """Which text."""
    starts: Whole
    ends: Whole
    hashes: Hashes
    kinds: Whole
    """An index into ``Meanings.kinds``; 0 for most words."""
    about: Whole
    """Which characteristic a group has: an index into ``Meanings.characteristics``."""


def tokens(text: Text) -> Tokens:
    """The words of a text with their kinds; the letters of groups are wiped out of the text."""
    size = len(text.starts)
    hashes = text.hashes(text.starts, text.ends)
    own, ends = hashes.copy(), text.ends.copy()
    kinds, about = np.zeros(size, np.int64), np.zeros(size, np.int64)
    taken, inner = np.zeros(size, bool), np.zeros(size, bool)
    for n in range(LONGEST_PHRASE, 0, -1):
        keys = _joined([hashes[i : max(0, size - n + 1) + i] for i in range(n)])
        kind, characteristic = meanings().look_up(keys, n)
        at = _apart(np.flatnonzero((kind > 0) & _together(text, taken, n)), n)
        kinds[at], about[at], own[at] = kind[at], characteristic[at], keys[at]
        ends[at] = text.ends[at + n - 1]
        for i in range(n):
            taken[at + i] = True
            inner[at + i] = i > 0
    for number in meanings().of("group", "custom"):
        own[kinds == number] = number
    masked = np.isin(kinds, meanings().of("group", "custom"))
    text.wipe(text.starts[masked], ends[masked])
    kept = ~inner
    return Tokens(
        text.rows[kept], text.starts[kept], ends[kept], own[kept], kinds[kept], about[kept]
    )


def _together(text: Text, taken: Flags, n: int) -> Flags:
    """Where ``n`` words stand in one text, only a sign apart, and are part of no longer phrase."""
    size = max(0, len(text.rows) - n + 1)
    fits: Flags = text.rows[:size] == text.rows[n - 1 :]
    for i in range(n):
        fits &= ~taken[i : size + i]
    for i in range(1, n):
        fits &= text.starts[i : size + i] - text.ends[i - 1 : size + i - 1] == 1
    return fits


def _apart(at: Whole, n: int) -> Whole:
    """Places without those that begin inside the one before."""
    for i in range(1, n):
        at = at[np.concatenate([[True], np.diff(at) != i])] if len(at) else at
    return at
