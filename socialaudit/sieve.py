r"""Which of many texts are worth an exact look: RE2 over Arrow, a hundred times faster than ``re``.

A gate is one expression, or several of which any will do; where one of several is itself a group,
all of the group must match. It is matched on lower-cased texts.
``\b``, ``\w`` and ``\d`` are ASCII there, so a gate is written wide and an exact, Unicode-aware
verdict decides on what it lets through. Several expressions of a few hundred words are many times
faster than one of all: RE2 gives up its automaton where it grows too large.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Gate: TypeAlias = "str | Sequence[str | tuple[str, ...]]"
SIGNS = "[^a-z0-9]+"
"""What may stand between two words."""
FEW = 400
"""Texts: for fewer, an expression costs more to compile than it saves."""
AT_ONCE = 200_000
"""Texts that are held in lower case at a time."""
MANY = 600
"""Words of one expression; more become several."""


def matching(texts: Any, gate: Gate) -> NDArray[np.bool_]:
    """A flag for each text of an Arrow array of text; missing ones are false."""
    import numpy as np  # noqa: PLC0415 - only when texts are read

    gates = [gate] if isinstance(gate, str) else gate
    parts = range(0, len(texts), AT_ONCE)
    return np.concatenate([[], *(_flags(texts[at : at + AT_ONCE], gates) for at in parts)]) > 0


def _flags(texts: Any, gates: Sequence[str | tuple[str, ...]]) -> NDArray[np.bool_]:
    """The first expressions of all groups are tried as one, and groups only on what that lets through."""
    import numpy as np  # noqa: PLC0415 - only when texts are read
    import pyarrow.compute as pc  # noqa: PLC0415 - likewise

    lowered = pc.utf8_lower(texts)
    found = np.zeros(len(texts), bool)
    for alone in (one for one in gates if isinstance(one, str)):
        found |= _hits(lowered, alone)
    if groups := [one for one in gates if not isinstance(one, str)]:
        first = "|".join(f"(?:{group[0]})" for group in groups)
        places = np.flatnonzero(~found & _hits(lowered, first))
        some = lowered.take(places)
        for group in groups:
            found[places[_all(some, group)]] = True
    return found


def _all(lowered: Any, group: tuple[str, ...]) -> NDArray[np.int64]:
    """The places of the texts that every expression of a group matches."""
    import numpy as np  # noqa: PLC0415 - only when texts are read

    places = np.arange(len(lowered))
    for one in group:
        places = places[_hits(lowered.take(places), one)]
    return places


def _hits(lowered: Any, expression: str) -> NDArray[np.bool_]:
    import pyarrow.compute as pc  # noqa: PLC0415 - only when texts are read

    hits = pc.fill_null(pc.match_substring_regex(lowered, expression), False)  # noqa: FBT003 - Arrow takes a value
    flags: NDArray[np.bool_] = hits.to_numpy(zero_copy_only=False)
    return flags


def passing(texts: Sequence[str], gate: Gate) -> list[int]:
    """The places of the texts that a gate lets through: of few texts, all.

    Half a surrogate pair reads as ``?``.
    """
    if len(texts) < FEW:
        return list(range(len(texts)))
    import pyarrow as pa  # noqa: PLC0415 - only when texts are read

    whole = pa.array([text.encode("utf-8", "replace") for text in texts], pa.large_binary())
    places: list[int] = matching(whole.cast(pa.large_string()), gate).nonzero()[0].tolist()
    return places


def any_word(words: Sequence[str]) -> tuple[str, ...]:
    """A gate for texts with any of these words or RE2 phrases in them, whole."""
    parts = (words[at : at + MANY] for at in range(0, len(words), MANY))
    return tuple(f"(?:^|[^a-z0-9])(?:{'|'.join(part)})(?:$|[^a-z0-9])" for part in parts)
