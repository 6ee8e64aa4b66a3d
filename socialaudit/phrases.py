"""Rules over plain words: a sentence in lower case, its words parted by one space.

In a rule a space parts two words, ``~`` stands for some words between, ``^`` and ``$`` for the ends of
the sentence. An apostrophe parts words too: "don t".
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a text in lower case, parted by one space."""
    return " ".join(_WORD.findall(text)).lower()


def compiled(rule: str, between: int) -> re.Pattern[str]:
    """A rule that finds whole words of a plain text; ``~`` is at most so many words."""
    return re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", rf"(?: \w+){{0,{between}}}"))


def wide(rule: str) -> str:
    """An RE2 expression for ``Records.candidates`` that every text matches in which a rule is found."""
    loose = re.sub(r"[\^$]", "", rule).replace("~", "(?s:.*)").replace(r"\w", "(?s:.)")
    return loose.replace(" ?", "[^a-z0-9]*").replace(" ", "[^a-z0-9]+")
