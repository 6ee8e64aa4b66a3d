"""Train the model and write its weights: ``python -m training --data DIR [--without SET] [--out FILE]``.

The thresholds are set on talk that no head was trained on: as low as lets through at most ``FALSE``
of the calibration half of the held-out British talk and of the held-out messages and comments.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from socialaudit.tone import model
from socialaudit.tone.traits import BITS
from training import fit, sources, talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.sources import Row

WEIGHTS = Path(model.__file__).with_name("weights.bin")
MEANINGS = WEIGHTS.with_name("meanings.toml")
STRENGTH, ROUNDS, OWN = 1.0, 45, 1.5
"""The inverse of the penalty, the most steps, and what a row of the project's own talk counts."""
FALSE = {"hate": 0.008, "abuse": 0.008}
"""The share of ordinary texts that a head may flag when its threshold is set."""
LOWEST = {"hate": -0.5, "abuse": 0.7}
"""No threshold is set below this, however quiet ordinary texts are."""
ORDINARY = frozenset({"sms", "youtube"})


def train(rows: Sequence[Row]) -> tuple[dict[str, Any], bytes]:
    """What the header says of the heads, and one byte for each trait of each head."""
    learnt = [row for row in rows if not row.held_out]
    texts = fit.Matrix.of([row.text for row in learnt])
    heads: dict[str, Any] = {}
    body = b""
    for name in sources.HEADS:
        told = np.array([name in row.labels for row in learnt])
        chosen = [row for row in learnt if name in row.labels]
        labels = [row.labels[name] for row in chosen]
        counts = fit.importance([row.source for row in chosen], labels, OWN)
        found = fit.regression(
            texts.chosen(told), np.array(labels, float), counts, strength=STRENGTH, rounds=ROUNDS
        )
        scales, packed = _packed(found[:-1])
        heads[name] = {"scales": scales, "intercept": round(float(found[-1]), 4), "threshold": 0.0}
        body += packed
    return heads, body


def _packed(weights: fit.Reals) -> tuple[dict[str, float], bytes]:
    """Each block in whole numbers from -127 to 127, and what one of them is worth."""
    scales, packed, at = {}, b"", 0
    for name, bits in BITS.items():
        block = weights[at : at + (1 << bits)]
        at += 1 << bits
        scales[name] = float(np.float32(np.abs(block).max() / 127))
        packed += np.round(block / scales[name]).astype(np.int8).tobytes()
    return scales, packed


def calibrate(heads: dict[str, Any], body: bytes, ordinary: Sequence[str]) -> None:
    """Set each head's threshold so that it flags at most its share of these texts."""
    raw = json.dumps({"heads": heads}).encode() + b"\n" + body
    margins = model.Model(model.load(raw)[1]).margins(ordinary)
    for name, head in heads.items():
        ranked = np.sort(margins[name])[::-1]
        allowed = int(len(ranked) * FALSE[name])
        head["threshold"] = round(max(float(ranked[allowed]), LOWEST[name]) + 0.0001, 4)


def header(heads: dict[str, Any], without: frozenset[str]) -> bytes:
    """What the weights are made of, in one line."""
    used = {name: said for name, said in sources.named().items() if name not in without}
    written = (talk.TRAINING, talk.HELD_OUT, MEANINGS)
    said = {
        "made": "python -m training",
        "settings": {
            "strength": STRENGTH,
            "rounds": ROUNDS,
            "own": OWN,
            "false": FALSE,
            "lowest": LOWEST,
        },
        "sources": [{k: s[k] for k in ("title", "sha256", "licence")} for s in used.values()],
        "own": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written},
        "heads": heads,
    }
    return json.dumps(said, ensure_ascii=True).encode() + b"\n"


def ordinary(rows: Sequence[Row]) -> list[str]:
    """Texts that should not be flagged and that no head was trained on, to set thresholds by."""
    calm = [s.text for s in talk.read(talk.HELD_OUT) if s.british and talk.calibrates(s.text)]
    return calm + [row.text for row in rows if row.held_out and row.source in ORDINARY]


def main(arguments: Sequence[str]) -> None:
    """Read the sets, train, set the thresholds, write the file."""
    parser = argparse.ArgumentParser(prog="python -m training")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    asked = parser.parse_args(arguments)
    without = frozenset(asked.without)
    rows = [*sources.published(asked.data, without=without), *sources.own()]
    heads, body = train(rows)
    calibrate(heads, body, ordinary(rows))
    asked.out.write_bytes(header(heads, without) + body)
    sys.stderr.write(f"{asked.out}: {asked.out.stat().st_size} bytes, from {len(rows)} texts\n")


if __name__ == "__main__":
    main(sys.argv[1:])
