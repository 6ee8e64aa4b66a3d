"""Offensive text: one small interface (``socialaudit.rating``), and the judge behind it.

The judge is two that are asked in turn: ``lexicon`` knows words and phrases, ``tone`` is a compact
model of what words do together. Another judge (a larger model, a service) takes their place by
having the same ``gate`` and ``score``. A judge says how offensive a text may be and which words led
to it; it never decides.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from socialaudit.lexicon import lexicon
from socialaudit.rating import SCORES, Rating, TextJudge, Tier
from socialaudit.sieve import AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from socialaudit.records import Records

__all__ = ["SCORES", "Rating", "TextJudge", "Tier", "judge", "offending"]


@cache
def judge() -> TextJudge:
    """The judge in use."""
    from socialaudit.tone.model import model  # noqa: PLC0415 - numpy only when a text is read

    return Several(lexicon(), model())


def offending(records: Records, table: pd.DataFrame) -> Iterator[tuple[Any, Tier, Rating]]:
    """Every row of a frame of posts or comments whose text may offend, how strongly, and its rating."""
    told = table[table["text"].notna()]
    for start in range(0, len(told), AT_ONCE):
        part = told.iloc[start : start + AT_ONCE]
        ratings = judge().score(part["text"].tolist())
        found = [(place, one.tier, one) for place, one in enumerate(ratings) if one.tier]
        rows = records.rows(part.iloc[[place for place, _, _ in found]])
        for row, (_, tier, rating) in zip(rows, found, strict=True):
            yield row, tier, rating


class Several:
    """Judges as one: the strongest rating of each text, with what any of them saw."""

    def __init__(self, *judges: TextJudge) -> None:
        self._judges = judges
        self.gate = tuple(dict.fromkeys(one for judge in judges for one in judge.gate))

    def score(self, texts: Sequence[str]) -> list[Rating]:
        """One rating for each text, in order."""
        said = [judge.score(texts) for judge in self._judges]
        return [_together(ratings) for ratings in zip(*said, strict=True)]


def _together(ratings: tuple[Rating, ...]) -> Rating:
    """The strongest, with the words of all that are as strong; its own word of what is attacked."""
    if all(one.tier is None for one in ratings):
        return ratings[0]
    first = max(ratings, key=lambda r: r.score)
    same = [r for r in ratings if r.tier is first.tier]
    words = dict.fromkeys(word for r in same for word in r.words)
    about = first.about or next((r.about for r in same if r.about), "")
    return Rating(first.tier, first.score, tuple(words), about)
