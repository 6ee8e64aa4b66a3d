r"""Which of many texts are worth an exact look: RE2 over Arrow, a hundred times faster than ``re``.

A gate is one expression, or several of which any will do. It is matched on lower-cased texts.
``\b``, ``\w`` and ``\d`` are ASCII there, so a gate is written wide and an exact, Unicode-aware
verdict decides on what it lets through. Several expressions of a few hundred words are many times
faster than one of all: RE2 gives up its automaton where it grows too large.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Gate: TypeAlias = "str | Sequence[str]"
FEW = 200
"""Texts: for fewer, an expression costs more to compile than it saves."""
MANY = 600
"""Words of one expression; more become several."""


def matching(texts: Any, gate: Gate) -> Any:
    """A flag for each text of an Arrow array of text; missing ones are false."""
    import pyarrow.compute as pc  # noqa: PLC0415 - only when texts are read

    lowered = pc.utf8_lower(texts)
    gates = [gate] if isinstance(gate, str) else gate
    hits = (pc.match_substring_regex(lowered, one) for one in gates)
    return pc.fill_null(reduce(pc.or_, hits), False)  # noqa: FBT003 - Arrow takes a value


def passing(texts: Sequence[str], gate: Gate) -> list[int]:
    """The places of the texts that a gate lets through: of few texts, all.

    Half a surrogate pair reads as ``?``.
    """
    if len(texts) < FEW:
        return list(range(len(texts)))
    import pyarrow as pa  # noqa: PLC0415 - only when texts are read
    import pyarrow.compute as pc  # noqa: PLC0415 - likewise

    whole = pa.array([text.encode("utf-8", "replace") for text in texts], pa.large_binary())
    places: list[int] = pc.indices_nonzero(
        matching(whole.cast(pa.large_string()), gate)
    ).to_pylist()
    return places


def any_word(words: Sequence[str]) -> tuple[str, ...]:
    """A gate for texts with any of these words or RE2 phrases in them, whole."""
    parts = (words[at : at + MANY] for at in range(0, len(words), MANY))
    return tuple(f"(?:^|[^a-z0-9])(?:{'|'.join(part)})(?:$|[^a-z0-9])" for part in parts)
