"""What the model sees of a text: numbered traits in three blocks, found for many texts at once.

- ``letters``: runs of two to five letters inside a word, which survive misspelling;
- ``words``: single words and pairs, words near somebody who is protected, words that are denied;
- ``kinds``: the sequence of the words' kinds, up to four long, with and without the small ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from socialaudit.tone.words import CHUNK, Text, Tokens, meanings, mixed, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from socialaudit.tone.words import Flags, Hashes, Whole

BITS = {"letters": 17, "words": 18, "kinds": 15}
"""How many traits a block tells apart, as a power of two."""
SHARES = {"letters": 0.7, "words": 1.0, "kinds": 1.6}
"""How much a block may say: each of its n traits in a text counts for this over the root of n."""
SMALL = ("", "are", "person", "every", "here", "we", "asking")
"""Kinds that say little: left out of the second sequence."""
NEAR, DENIED = 5, 3
"""How many words away from a group, or after a negation, a word is still about it."""
LETTERS, KINDS = 5, 4
"""The longest run of letters, and of kinds."""


@dataclass(frozen=True, slots=True)
class Block:
    """The traits of one block in many texts: three arrays of one length."""

    rows: Whole
    """Which text."""
    columns: Whole
    """Which trait: from 0 to below ``2 ** BITS[name]``."""
    tokens: Whole
    """At which word it begins, as an index into ``Seen.tokens``."""


class Seen:
    """What was found in some texts; their traits are counted only when they are asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._text = Text(texts)
        self.tokens = tokens(self._text)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        """The traits, by block."""
        found = self.tokens
        return {
            "letters": _letters(self._text, found),
            "words": _words(found),
            "kinds": _kinds(found),
        }

    def word(self, token: int) -> str:
        """A word, or a phrase that counts as one, as it stands in its text."""
        piece = self._text.raw[self.tokens.starts[token] : self.tokens.ends[token]]
        return piece.decode("utf-8", "ignore")

    def shares(self, name: str) -> NDArray[np.float32]:
        """What each trait of this block counts for: one number for each of its rows."""
        rows = self.blocks[name].rows
        counts = np.bincount(rows, minlength=len(self.texts))
        return (SHARES[name] / np.sqrt(np.maximum(counts, 1))).astype(np.float32)[rows]

    def having(self, *kinds: str) -> Flags:
        """Which texts have a word of one of these kinds."""
        found = np.isin(self.tokens.kinds, meanings().of(*kinds))
        return np.bincount(self.tokens.rows[found], minlength=len(self.texts)) > 0


def see(texts: Iterable[str]) -> Iterator[Seen]:
    """Words and traits of texts that ``normal`` made, in parts of at most about a megabyte."""
    part: list[str] = []
    size = 0
    for text in texts:
        if part and size + 4 * len(text) > CHUNK:
            yield Seen(part)
            part, size = [], 0
        part.append(text)
        size += 4 * len(text) + 1
    if part:
        yield Seen(part)


def _block(name: str, found: Sequence[tuple[Whole, Hashes]], rows: Whole) -> Block:
    at = np.concatenate([place for place, _ in found])
    hashes = np.concatenate([h for _, h in found])
    return Block(rows[at], (hashes >> np.uint64(64 - BITS[name])).astype(np.int64), at)


def _letters(text: Text, found: Tokens) -> Block:
    letters = np.concatenate([[0], np.cumsum(text.word)])
    runs = []
    for n in range(2, LETTERS + 1):
        at = np.arange(max(0, len(text.bytes) - n + 1))
        inside = letters[at + n - 1] - letters[at + 1] == n - 2
        at = at[inside & (letters[at + n] > letters[at])]
        owner = np.searchsorted(found.starts, at + 1, side="right") - 1
        runs.append((np.maximum(owner, 0), mixed(text.hashes(at, at + n), n)))
    return _block("letters", runs, found.rows)


def _words(found: Tokens) -> Block:
    kinds, hashes = found.kinds, found.hashes
    protected = np.isin(kinds, meanings().of("group", "custom", "slur", "slang"))
    negation = np.isin(kinds, meanings().of("negation"))
    traits = [(np.arange(len(hashes)), mixed(hashes, 11)), *_neighbours(found)]
    for apart in range(1, NEAR + 1):
        first = np.flatnonzero(found.rows[:-apart] == found.rows[apart:])
        after, before = first[protected[first]] + apart, first[protected[first + apart]]
        traits += [(after, mixed(hashes[after], 15)), (before, mixed(hashes[before], 16))]
        if apart <= DENIED:
            denied = first[negation[first]] + apart
            traits.append((denied, mixed(hashes[denied], 17)))
    return _block("words", traits, found.rows)


def _neighbours(found: Tokens) -> Iterator[tuple[Whole, Hashes]]:
    """Pairs of words, and of a word with the kind of the one beside it."""
    hashes, kinds = found.hashes, found.kinds.astype(np.uint64)
    at = np.flatnonzero(found.rows[:-1] == found.rows[1:])
    yield at, mixed(hashes[at], 12, hashes[at + 1])
    known = at[kinds[at] > 0]
    yield known, mixed(kinds[known], 13, hashes[known + 1])
    known = at[kinds[at + 1] > 0]
    yield known, mixed(hashes[known], 14, kinds[known + 1])


def _kinds(found: Tokens) -> Block:
    traits = []
    for seed, dropped in enumerate((("",), SMALL), 1):
        at = np.flatnonzero(~np.isin(found.kinds, meanings().of(*dropped)))
        kinds, rows = found.kinds[at].astype(np.uint64), found.rows[at]
        for n in range(seed, KINDS + 1):
            size = max(0, len(at) - n + 1)
            fits = np.flatnonzero(rows[:size] == rows[n - 1 :])
            following = (kinds[fits + i] for i in range(1, n))
            traits.append((at[fits], mixed(kinds[fits], 20 + seed, *following)))
    for apart in range(2, KINDS + 1):
        fits = np.flatnonzero(rows[:-apart] == rows[apart:])
        traits.append((at[fits], mixed(kinds[fits], 30, kinds[fits + apart])))
    return _block("kinds", traits, found.rows)
