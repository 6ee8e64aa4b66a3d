"""What a judge of offensive text says, and the interface that every such judge has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Tier(StrEnum):
    """How strong: the strongest first."""

    DISCRIMINATORY = "discriminatory"
    STRONG = "strong"
    MILD = "mild"


SCORES = {Tier.DISCRIMINATORY: 1.0, Tier.STRONG: 0.8, Tier.MILD: 0.5}


@dataclass(frozen=True, slots=True)
class Rating:
    """What a judge says of one text. ``tier`` is ``None`` where it sees nothing.

    ``score`` runs from 0 to 1 and only ranks. ``words`` led to it; ``about`` names what is
    attacked or threatened, where that can be told.
    """

    tier: Tier | None = None
    score: float = 0.0
    words: tuple[str, ...] = ()
    about: str = ""


class TextJudge(Protocol):
    """Anything that can rate texts."""

    gate: tuple[str, ...]
    """For ``Records.candidates``: lets through every text that is rated above nothing."""

    def score(self, texts: Sequence[str]) -> list[Rating]:
        """One rating for each text, in order."""
