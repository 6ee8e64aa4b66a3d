"""The model as a judge: its weights, its gate, and what it says of each text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from socialaudit.disguise import TRACES
from socialaudit.rating import SCORES, Rating, Tier
from socialaudit.sieve import any_word, passing
from socialaudit.tone.normal import normal, pieces
from socialaudit.tone.traits import BITS, SMALL, Seen, see
from socialaudit.tone.words import meanings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from socialaudit.tone.words import Flags

    Reals = NDArray[np.float64]

HOSTILE = ("hate", "violence", "removal", "vermin", "bad", "scorn")
"""Kinds of words that attack."""
NAMING, HINTING = ("group", "slur"), ("custom", "they", "slang")
"""Kinds that name somebody who is protected, and that may."""
ATTACKING = (*HOSTILE, "swearing", "less", "negation", "slur")
"""Kinds of which an attack on those who are named nearly always has one."""
AIMING, TELLING = ("you", "they", "others", "scorn"), ("saying", "wrong")
"""Kinds that say whom abuse is for, and that tell of abuse."""
DOUBT = 1.0
"""How much further over the threshold a text must be that lacks what most attacks have."""
_SHOWN = 4
_ENDINGS = re.compile(r"(?<=[a-z])(s|t|m|re|ve)$")
_SHORTENED = {"will": "(?:will|ll)", "would": "(?:would|d)"}
_ADDRESS = r"://|www\.|@[0-9_]"
"""What ``normal`` leaves out, so that the words on both sides meet."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question to the model, as a weight for each trait."""

    weights: dict[str, NDArray[np.float32]]
    intercept: float
    threshold: float

    def says(self, seen: Seen) -> Reals:
        """How much over the threshold each text is."""
        total = np.full(len(seen.texts), self.intercept - self.threshold)
        for name, block in seen.blocks.items():
            total += np.bincount(block.rows, self._shares(seen, name), len(seen.texts))
        return total

    def blames(self, seen: Seen) -> Reals:
        """How much each word added."""
        total = np.zeros(len(seen.tokens.rows))
        for name, block in seen.blocks.items():
            total += np.bincount(block.tokens, self._shares(seen, name), len(total))
        return total

    def _shares(self, seen: Seen, name: str) -> NDArray[np.float32]:
        return self.weights[name][seen.blocks[name].columns] * seen.shares(name)


def load(raw: bytes) -> tuple[dict[str, Any], dict[str, Head]]:
    """The header and the heads: a line of JSON, then one byte for each trait of each head."""
    line, _, body = raw.partition(b"\n")
    header = json.loads(line)
    numbers = np.frombuffer(body, np.int8)
    heads, at = {}, 0
    for name, head in header["heads"].items():
        weights = {}
        for block, bits in BITS.items():
            weights[block] = numbers[at : at + (1 << bits)] * np.float32(head["scales"][block])
            at += 1 << bits
        heads[name] = Head(weights, head["intercept"], head["threshold"])
    return header, heads


@cache
def model() -> Model:
    """The model in use, read once."""
    return Model(load(files("socialaudit.tone").joinpath("weights.bin").read_bytes())[1])


class Model:
    """A judge made of two heads.

    A text can be *hate* only where it names somebody who is protected and holds a word of attack, or
    points at people with a hostile one; *abuse* only with a hostile word for somebody. The names and
    the hostile words are the gate.
    """

    def __init__(self, heads: dict[str, Head]) -> None:
        self._hate, self._abuse = heads["hate"], heads["abuse"]
        self.gate, self._exact = _gates()

    def score(self, texts: Sequence[str]) -> list[Rating]:
        """One rating for each text, in order.

        What only a trace of a disguise let through is looked at again when it is written out.
        """
        chosen = passing(texts, self.gate)
        plain = [normal(texts[place]) for place in chosen]
        owners, parts = [], []
        for at in passing(plain, self._exact):
            for piece in pieces(plain[at]):
                owners.append(chosen[at])
                parts.append(piece)
        ratings = [Rating()] * len(texts)
        at = 0
        for part in see(parts):
            kept = np.flatnonzero(_worth_reading(part)).tolist()
            for row, rating in self._rated(Seen([part.texts[i] for i in kept])):
                owner = owners[at + kept[row]]
                ratings[owner] = max(ratings[owner], rating, key=lambda r: r.score)
            at += len(part.texts)
        return ratings

    def margins(self, texts: Sequence[str]) -> dict[str, Reals]:
        """For each head, how much over the threshold each text is; minus infinity where gated."""
        found: dict[str, list[Reals]] = {"hate": [], "abuse": []}
        for seen in see(normal(text).replace("\n", " ") for text in texts):
            for name, margin in self._margins(seen).items():
                found[name].append(margin)
        return {name: np.concatenate(parts) for name, parts in found.items()}

    def _margins(self, seen: Seen) -> dict[str, Reals]:
        hostile, attacking = seen.having(*HOSTILE), seen.having(*ATTACKING)
        named, hinted = seen.having(*NAMING), seen.having(*HINTING) & hostile
        plain = self._hate.says(seen) - np.where(named & attacking, 0, DOUBT)
        abuse = hostile & seen.having(*AIMING)
        quoted = np.array(['"' in text for text in seen.texts], bool)
        blunt = self._abuse.says(seen) - DOUBT * (seen.having(*TELLING) * (1 + quoted))
        return {
            "hate": np.where(named | hinted, plain, -np.inf),
            "abuse": np.where(abuse, blunt, -np.inf),
        }

    def _rated(self, seen: Seen) -> Iterator[tuple[int, Rating]]:
        """Each text that is over a threshold, with its rating."""
        margins = self._margins(seen)
        hateful = margins["hate"] > 0
        yield from self._said(seen, self._hate, margins["hate"], hateful)
        yield from self._said(
            seen, self._abuse, margins["abuse"], (margins["abuse"] > 0) & ~hateful
        )

    def _said(
        self, seen: Seen, head: Head, margins: Reals, flags: Flags
    ) -> Iterator[tuple[int, Rating]]:
        if not flags.any():
            return
        blames, threatening = head.blames(seen), seen.having("violence", "scorn")
        for row in np.flatnonzero(flags).tolist():
            tier = Tier.STRONG if threatening[row] else Tier.MILD
            tier = Tier.DISCRIMINATORY if head is self._hate else tier
            score = SCORES[tier] / (1 + float(np.exp(-margins[row])))
            yield row, Rating(tier, score, *_evidence(seen, row, blames))


def _worth_reading(seen: Seen) -> Flags:
    """Which texts either head may rate at all."""
    pointing = seen.having(*HINTING, *AIMING)
    return seen.having(*NAMING) | (pointing & seen.having(*HOSTILE))


def _evidence(seen: Seen, row: int, blames: Reals) -> tuple[tuple[str, ...], str]:
    """The words that added most, in their order, and the characteristics of those spoken of."""
    kinds = seen.tokens.kinds
    at = np.flatnonzero(seen.tokens.rows == row)
    telling = at[~np.isin(kinds[at], meanings().of(*SMALL))]
    most = telling[np.argsort(-blames[telling], kind="stable")][:_SHOWN]
    named = at[np.isin(kinds[at], meanings().of(*NAMING, "custom"))][:_SHOWN]
    words = dict.fromkeys(seen.word(i) for i in sorted({*most.tolist(), *named.tolist()}))
    about = dict.fromkeys(meanings().characteristics[place] for place in seen.tokens.about[at])
    return tuple(words), " and ".join(name for name in about if name)


def _gates() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For texts as they came, and for those that ``normal`` made."""
    kinds = set(meanings().of(*HOSTILE, *NAMING))
    known = sorted(phrase for phrase, (kind, _) in meanings().phrases.items() if kind in kinds)
    pictures = f"[{''.join(map(chr, meanings().pictures))}]"
    exact = any_word([_spelt(phrase) for phrase in known])
    return (*exact, pictures, _ADDRESS, TRACES), exact


def _spelt(phrase: str) -> str:
    """The phrase with any signs between its words, and apostrophes where they may stand."""
    words = (_SHORTENED.get(w) or _ENDINGS.sub(r"['’]?\1", w) for w in phrase.split())
    return "[^a-z0-9]+".join(words)
