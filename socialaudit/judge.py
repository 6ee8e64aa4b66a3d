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
from socialaudit.sieve import FEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from socialaudit.records import Records

__all__ = ["SCORES", "Rating", "TextJudge", "Tier", "judge", "offending", "rated", "ratings"]

AT_ONCE = 50_000
"""Texts that are Python objects at a time."""


@cache
def judge() -> TextJudge:
    """The judge in use."""
    from socialaudit.tone.model import model  # noqa: PLC0415 - numpy only when a text is read

    return Several(lexicon(), model())


def offending(
    records: Records, table: pd.DataFrame, where: pd.Series[bool], found: Mapping[str, Rating]
) -> Iterator[tuple[Any, Tier, Rating]]:
    """The rows of a frame that are marked and rated, how strongly, and their ratings."""
    for row in records.rows(table[where & table["key"].isin(list(found))]):
        rating = found[row.key]
        if rating.tier:
            yield row, rating.tier, rating


def ratings(records: Records) -> Mapping[str, Rating]:
    """The rating of each comment by others that is rated above nothing, by key; read once."""
    others = ~records.comments["own"].fillna(value=False)
    return records.once("ratings", lambda: rated(records, records.comments, others))


def rated(records: Records, table: pd.DataFrame, where: pd.Series[bool]) -> dict[str, Rating]:
    """The rating of each marked row of a frame whose text is rated above nothing, by key."""
    texts, found = table["text"], {}
    worth = texts.notna() if len(texts) < FEW else records.candidates(texts, judge().gate)
    told = table.loc[worth & where, ["key", "text"]]
    for start in range(0, len(told), AT_ONCE):
        part = told.iloc[start : start + AT_ONCE]
        said = zip(part["key"].tolist(), judge().score(part["text"].tolist()), strict=True)
        found.update({key: rating for key, rating in said if rating.tier})
    return found


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
