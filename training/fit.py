"""Logistic regression on counted traits: full batches, L-BFGS, numpy alone, the same every time."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from socialaudit.tone.normal import normal
from socialaudit.tone.traits import BITS, see

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

SIZE = sum(1 << bits for bits in BITS.values())
_MEMORY, _HALVINGS, _ENOUGH = 8, 12, 1e-5


@dataclass(frozen=True, slots=True)
class Matrix:
    """Texts as rows of a sparse matrix, in coordinates."""

    height: int
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Matrix:
        """The traits of each text; a text is read whole."""
        rows, columns, values, height = [], [], [], 0
        for seen in see(normal(text).replace("\n", " ") for text in texts):
            offset = 0
            for name, block in seen.blocks.items():
                rows.append((block.rows + height).astype(np.int32))
                columns.append((block.columns + offset).astype(np.int32))
                values.append(seen.shares(name))
                offset += 1 << BITS[name]
            height += len(seen.texts)
        return cls(height, np.concatenate(rows), np.concatenate(columns), np.concatenate(values))

    def chosen(self, keep: NDArray[np.bool_]) -> Matrix:
        """Only these rows."""
        kept = keep[self.rows]
        renumbered = (np.cumsum(keep) - 1).astype(np.int32)[self.rows[kept]]
        return Matrix(int(keep.sum()), renumbered, self.columns[kept], self.values[kept])

    def times(self, weights: Reals) -> Reals:
        """One number for each row."""
        return _sums(self.rows, weights[self.columns] * self.values, self.height)

    def turned_times(self, numbers: Reals) -> Reals:
        """One number for each column."""
        return _sums(self.columns, numbers[self.rows] * self.values, SIZE)


def _sums(places: NDArray[np.int32], values: Reals, size: int) -> Reals:
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def importance(sources: Sequence[str], labels: Sequence[int], own: float) -> Reals:
    """How much each row counts: one over the root of its kind's number, so that no set drowns another.

    Rows of the project's ``own talk`` count ``own`` times that.
    """
    sizes = Counter(zip(sources, labels, strict=True))
    weights: Reals = np.array(
        [
            sizes[source, label] ** -0.5 * (own if source == "own talk" else 1.0)
            for source, label in zip(sources, labels, strict=True)
        ]
    )
    return np.asarray(weights / weights.mean(), np.float64)


def regression(
    texts: Matrix, labels: Reals, weights: Reals, *, strength: float, rounds: int
) -> Reals:
    """Weights of all traits, and the intercept last. ``strength`` is the inverse of the penalty."""

    def loss(at: Reals) -> tuple[float, Reals]:
        said = texts.times(at[:-1]) + at[-1]
        missed = weights * np.logaddexp(0, np.where(labels == 1, -said, said))
        wrong = weights * (1 / (1 + np.exp(-said)) - labels)
        penalty = at[:-1] / strength
        return (
            float(missed.sum() + at[:-1] @ penalty / 2),
            np.append(texts.turned_times(wrong) + penalty, wrong.sum()),
        )

    return lowest(loss, np.zeros(SIZE + 1), rounds)


def lowest(loss: Callable[[Reals], tuple[float, Reals]], at: Reals, rounds: int) -> Reals:
    """Where a smooth convex loss is lowest, by L-BFGS (Nocedal 1980) with step halving."""
    value, slope = loss(at)
    steps: deque[tuple[Reals, Reals]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        way = _way(slope, steps)
        size, gain = 1.0, slope @ way
        for _ in range(_HALVINGS):
            moved = at - size * way
            new, new_slope = loss(moved)
            if new <= value - 1e-4 * size * gain:
                break
            size /= 2
        if (moved - at) @ (new_slope - slope) > 0:
            steps.append((moved - at, new_slope - slope))
        small = abs(value - new) < _ENOUGH * value
        at, value, slope = moved, new, new_slope
        if small:
            break
    return at


def _way(slope: Reals, steps: deque[tuple[Reals, Reals]]) -> Reals:
    """Down the slope, corrected by how the slope changed over the last steps."""
    if not steps:
        return np.asarray(slope / np.abs(slope).sum(), np.float64)
    way = slope.copy()
    shares = []
    for step, change in reversed(steps):
        share = step @ way / (change @ step)
        shares.append(share)
        way -= share * change
    step, change = steps[-1]
    way *= step @ change / (change @ change)
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        way += (share - change @ way / (change @ step)) * step
    return way
