"""English words, to tell the words of a hashtag apart and a shouted word from an acronym.

The list (``words.txt``) is the project's own and small. A name of a place counts as one word: by the
list, by the council's own name, or by its form (``-ham``, ``-ton-on-sea``). What is not known is left
whole, so that a tag in another language is never taken apart.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 60
"""Letters of one piece of a tag that are looked at."""
_SHORT, _WORTH, _STRONG, _REST, _PLACE_WORDS = 3, 8, 6, 4, 4
_LONGEST_WORD = 18

_MADE = re.compile(
    r"(.{4,}?)(?:ships?|hood|ness|ments?|less|ful|fully|able|ably|ation|ity|ous|ism|ists?|wards?"
    r"|m[ae]n|wom[ae]n|wise)"
)
_TURNED = re.compile(r"(?:mis|dis|un|re|non|pre|inter|micro|mini|anti|multi)(.{4,})")
_PREFIX = re.compile(
    "anti|auto|cross|cyber|down|electro|fore|hydro|hyper|inter|macro|mega|meta|micro|mini|mono|multi"
    "|neuro|over|para|photo|poly|post|psycho|semi|socio|super|tele|thermo|trans|ultra|under|video"
)
_ELEMENT = (
    "(?:ham|ton|by|ford|pool|mouth|wick|wich|bury|borough|brough|burgh|chester|cester|caster|port|head|hill"
    "|field|stead|ley|leigh|well|bridge|castle|church|kirk|minster|sea|dale|water|stone|wood|worth|thorpe"
    "|gate|bourne|burn|haven|shire|land|end|side|combe|cott?|den|dean|hurst|holme?|ness|wold|moor|mere"
    "|marsh|over|hythe|wade|grave|hope|thwaite|tree|wells|bank|beck|garth|stow|low|mill|cliffe?|gill|ter"
    "|sey|ney|ing|ings|wall|lynn|fleet|lake|staple|beach|bay|glen|loch|firth|toft|rigg|fell|ridge|court|stock|foot|more|rich|brook|down|hulme|bush|rope)s?"
)
_QUALIFIER = (
    "(?:north|south|east|west|great|little|upper|lower|nether|over|high|long|new|old|saints?|st|market|royal"
    "|bishops?|kings?|queens?|abbots?|monks?|priors?|canons?|castle|church|chapel|temple|mid|middle|black"
    "|white|red|green|stoke|sutton|milton|norton|newton|holy|stony|steeple|broad|cold|hay|milford|port)"
)
_WATER = (
    "thames|trent|tyne|tees|avon|wye|severn|soar|dee|don|ouse|wear|wharfe|aire|stour|tweed|spey|sea"
)
_PLACE = re.compile(
    rf"[a-z]{{2,6}}{_ELEMENT}|{_QUALIFIER}[a-z]*{_ELEMENT}"
    rf"|[a-z]+(?:(?:on|by|next)(?:the)?(?:{_WATER})|upon[a-z]{{3,}}|(?:le|super|in|under)(?:the)?{_ELEMENT})"
)
_SPOKEN = re.compile(
    "(?:[aeiou][^aeiou]|(?:[bcdfghjklmnprstvwyz]|b[lr]|c[hlr]|d[rw]|f[lr]|g[lrw]|kn|ll|p[hlr]|qu|rh"
    "|s[chklmnptw]|t[hrw]|w[hr])[aeiouy])"
)
_OPENERS = frozenset(
    [
        "visit",
        "love",
        "discover",
        "explore",
        "shop",
        "support",
        "save",
        "enjoy",
        "meet",
        "join",
        "clean",
        "help",
        "make",
        "keep",
        "share",
        "stop",
        "live",
        "this",
        "that",
        "your",
        "with",
        "from",
        "beat",
        "celebrate",
        "remember",
        "thank",
        "thanks",
        "choose",
        "back",
        "open",
        "free",
        "happy",
        "proud",
    ]
)
_LOOSE = frozenset(
    [
        "our",
        "my",
        "the",
        "big",
        "new",
        "day",
        "get",
        "buy",
        "art",
        "fun",
        "all",
        "we",
        "go",
        "no",
        "be",
        "run",
        "sea",
        "war",
        "see",
        "use",
        "you",
        "dog",
        "bus",
        "car",
        "tea",
        "cat",
    ]
)


@cache
def _sections() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    name = ""
    for line in files("socialaudit").joinpath("words.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, set()).update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


@cache
def _listed() -> frozenset[str]:
    return frozenset(
        word
        for name, words in _sections().items()
        for word in words
        if name == "short" or len(word) > _SHORT
    )


@lru_cache(maxsize=50_000)
def known(word: str) -> bool:
    """Whether a word in lower case is on the list, with its regular endings."""
    listed = _listed()
    if word in listed:
        return True
    if any(len(s) >= _SHORT and s in listed for s in _stems(word)):
        return True
    if word.endswith("bility"):
        return known(f"{word.removesuffix('ility')}le")
    made = _MADE.fullmatch(word) or _TURNED.fullmatch(word)
    return bool(made) and known(made[1] if made else "")


def _stems(word: str) -> Iterator[str]:
    """What a word may be an ending of: "planned" of plan, "making" of make, "cities" of city."""
    if word.endswith("s"):
        yield word[:-1]
    for ending in ("es", "d", "ed", "ing", "er", "ers", "ly", "y"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORT:
            continue
        if ending in {"ed", "ing", "er", "ers"}:
            yield f"{stem}e"
            yield stem[:-1] if stem[-1] == stem[-2] else stem
        if stem.endswith("i"):
            yield f"{stem[:-1]}y"
        if len(stem) > _SHORT:
            yield stem


def words_of(piece: str, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words that a piece of a tag in one case is made of: one, where it is not surely several.

    ``names`` count as one word each, in lower case and without spaces.
    """
    letters = piece.lower()
    if len(letters) <= _SHORT or len(letters) > LONGEST or not letters.isascii():
        return (piece,)
    if letters in names or known(letters):
        return (piece,)
    parts = _split(letters, names)
    if not _credible(parts, names) or (_placelike(letters, parts) and not set(parts) & names):
        parts = _with_a_stranger(letters, names)
    return parts or (piece,)


def _split(letters: str, names: frozenset[str]) -> tuple[str, ...]:
    """The fewest known words that make up all of it; nothing where there are none."""
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before, word = best[start], letters[start:end]
            if before is None or not (word in names or known(word)):
                continue
            cost = before[0] + (1.0 if len(word) > _SHORT else 1.5)
            if (found := best[end]) is None or cost < found[0]:
                best[end] = (cost, (*before[1], word))
    whole = best[-1]
    return whole[1] if whole else ()


def _credible(parts: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether they are more than chance: two long words, or a short one that is often before one."""
    long = [part for part in parts if len(part) > _SHORT or part in names]
    if len(parts) < 2:  # noqa: PLR2004 - several words are two or more
        return False
    if len(long) > 1 or set(parts) <= _LOOSE:
        return True
    if not long:
        return False
    if len(parts) == 2:  # noqa: PLR2004 - a short word and a long one
        return bool(set(parts) & _LOOSE)
    return sum(map(len, parts)) >= _WORTH


def _placelike(letters: str, parts: tuple[str, ...]) -> bool:
    """Whether it has the form of a place's name, and does not begin as a call to people does."""
    call = not parts or parts[0] in _OPENERS or len(parts) > _PLACE_WORDS
    return not call and bool(_PLACE.fullmatch(letters))


def _with_a_stranger(letters: str, names: frozenset[str]) -> tuple[str, ...]:
    """A telling word and one stranger beside it, which is likely a name ("visitmarchwardine")."""
    if _PLACE.fullmatch(letters):
        return ()
    for at in range(_REST, len(letters) - _REST + 1):
        first, last = letters[:at], letters[at:]
        strong = last in names or (len(last) >= _STRONG and known(last))
        if strong and _stranger(first):
            return (first, *(_split(last, names) or (last,)))
    for at in range(len(letters) - _REST, _REST - 1, -1):
        first, last = letters[:at], letters[at:]
        strong = first in names or first in _OPENERS or (len(first) >= _STRONG and known(first))
        if strong and _stranger(last) and len(last) > _REST:
            return (*(_split(first, names) or (first,)), last)
    return ()


def _stranger(word: str) -> bool:
    return bool(_SPOKEN.match(word)) and not _PREFIX.fullmatch(word)
