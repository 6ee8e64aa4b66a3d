"""What the parts of ``docs/accuracy.md`` share: the page, its tables, shares and how sure they are."""

from __future__ import annotations

from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
_SURE = 1.959964
"""Standard deviations around a mean that hold 95% of a normal distribution."""


def share(flags: Sequence[bool]) -> float:
    """How many in one are true."""
    return sum(flags) / len(flags)


def interval(right: int, of: int) -> tuple[float, float]:
    """Between what shares the true one lies with 95% certainty, seen ``right`` times ``of`` so many.

    Wilson's score interval (1927), which holds for few texts and for shares near 0 and 1.
    """
    seen, square = right / of, _SURE**2
    middle = (seen + square / (2 * of)) / (1 + square / of)
    reach = _SURE * sqrt(seen * (1 - seen) / of + square / (4 * of**2)) / (1 + square / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, and an empty one after it."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""
