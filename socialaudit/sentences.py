"""Sentences of a post, their words, and the age at which a child can read them.

Reading age is the Flesch-Kincaid grade and five years. It is a rough guide: it sees the length of
words and sentences, not their sense. Names are not the writer's choice: they count as two syllables.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S{1,80}@\S+|\b[\w-]{1,60}(?:\.[a-z]{2,12}){1,4}/\S*"
)
_TAGS = re.compile(
    r"(?:^|(?<=[\s.!?]))[#@\uff03]\w+(?=\s{0,3}(?:[#@\uff03]\w+\s{0,3}){0,20}$)", re.MULTILINE
)
_ITEM = re.compile(r"\s{1,3}[|•·▪►➤]\s{1,3}|^\s*(?:[•·▪►➤*\-–—]|\(?\d{1,2}[.)])\s+")
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff\u20e3\ufe0f"
_END = re.compile(
    rf"(?:[.!?…]{{1,9}}[\"'”’)\]]{{0,3}}\s{{1,3}}|\s{{0,3}}[{_EMOJI}\u200d]{{1,20}}\s{{0,3}})"
    r"(?=[\"'“‘(\[£#@]{0,3}[A-Z0-9])"
)
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|cllr|rev|revd|st|no|nos|tel|e\.g|i\.e|etc|approx|dept|rd|ave|co|ltd|prof|sgt|capt"
    r"|a\.m|p\.m|vs|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|[a-z])\.\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’.,:/&\-][^\W_]+)*")
_GROUP = re.compile("[aeiouy]+")
_SILENT = re.compile(
    "(?:[^aeiouyl]|[aeiouy]l)e$|[^aeioutd]ed$|[^aeiousxzcg]es$|[aeiouy]les$"
    "|[^aeiouyl]e(?=ment|ful|less|ly|ness|ty)|(?<=ev)e(?=r[yn])|(?<=bus)i(?=ness)|(?<=fer)e(?=nt)"
)
_APART = re.compile(
    "(?<![ctsg])ia|(?<![ctsgx])io|i(?:um|us)$|(?<![ctsbfl])ie(?=n[ct]|ty?)|(?<![gq])ua|e(?:o(?!p)|um)"
    "|(?<=[cb])lie(?=n)|(?<=sc)ie(?=n)|o(?:em|et)|[ueo]el|[aeouy]ing|ism|[fl]i(?=on)"
    "|(?<=[ch])rea(?=t)|(?<=the)a|(?<=ar)ea|(?<=id)ea"
)
_FEW = 30
_NAME_SYLLABLES = 2


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text: a line, an item of a list and an emoji end one too.

    Addresses are left out, and so are tags and handles that close a line.
    """
    plain = _TAGS.sub("", _ADDRESS.sub(" ", text))
    found: list[str] = []
    for line in plain.splitlines():
        for part in _ITEM.split(line):
            found.extend(_parted(part))
    return tuple(one for one in found if _WORD.search(one))


def _parted(line: str) -> list[str]:
    parts, start = [], 0
    for end in _END.finditer(line):
        before = line[max(start, end.start() - 12) : end.end()]
        if not _SHORTENED.search(before):
            parts.append(line[start : end.end()].strip())
            start = end.end()
    return [*parts, line[start:].strip()]


def words(sentence: str) -> tuple[str, ...]:
    """The words of a sentence; figures, times and hyphened words are one each."""
    return tuple(_WORD.findall(sentence))


def names_mostly(sentence: str) -> bool:
    """Whether more than half of its words are names: a list of thanks, which nobody can shorten."""
    later = words(sentence)[1:]
    return sum(word[0].isupper() for word in later) > len(later) / 2


def reading_age(every: tuple[str, ...]) -> float | None:
    """The age at which these sentences can be read; ``None`` of fewer than 30 words.

    Lists of names are left out.
    """
    if sum(len(words(sentence)) for sentence in every) < _FEW:
        return None
    counted = [words(sentence) for sentence in every if not names_mostly(sentence)]
    total = sum(map(len, counted))
    if total < _FEW:
        return None
    spoken = sum(
        _spoken(word, first=not place) for one in counted for place, word in enumerate(one)
    )
    return float(0.39 * total / len(counted) + 11.8 * spoken / total - 15.59 + 5)


def _spoken(word: str, *, first: bool) -> int:
    if any(map(str.isdigit, word)) or word.isupper():
        return 1
    several = sum(syllables(part) for part in re.split("[^a-z]+", word.lower()) if part) or 1
    name = word[0].isupper() and not first
    return min(several, _NAME_SYLLABLES) if name else several


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """About how many syllables an English word in lower case has."""
    return max(
        1, len(_GROUP.findall(word)) + len(_APART.findall(word)) - len(_SILENT.findall(word))
    )
