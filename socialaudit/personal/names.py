"""Given names that are common in Britain: how a text shows that it speaks of a person.

Commonest names of the living of all ages and backgrounds (``given_names.txt``), after the yearly
lists of the Office for National Statistics (Open Government Licence). Surnames need no list: a
word with a capital after a given name or a title is one.
"""

from __future__ import annotations

from importlib.resources import files
from itertools import groupby

GIVEN = frozenset(
    files("socialaudit.personal").joinpath("given_names.txt").read_text("utf-8").split()
)
"""Given names, with their capital."""

ALSO_WORDS = GIVEN & {
    "Daisy",
    "Dawn",
    "Florence",
    "Georgia",
    "Hazel",
    "Heather",
    "Ivy",
    "Jack",
    "Jade",
    "June",
    "Mark",
    "Max",
    "Olive",
    "Poppy",
    "Ray",
    "Robin",
    "Violet",
}
"""Those that are ordinary words or places too: a name only with another beside them."""


def alternatives(names: frozenset[str]) -> str:
    """Names as a part of a regular expression, parted by their first letter for speed."""
    groups = groupby(sorted(names), key=lambda name: name[0])
    return "|".join(
        f"{letter}(?:{'|'.join(sorted((n[1:] for n in some), key=len, reverse=True))})"
        for letter, some in groups
    )
