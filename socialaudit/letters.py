"""Letters that are not read as letters: look-alikes from other alphabets, capitals, drawings.

A screen reader spells a word in mathematical script out as "mathematical bold script capital s …" or skips it (WCAG failure
F71), says every sign of a drawing (F72), and may spell words in capitals. People with dyslexia know
a word by its shape, which capitals have not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from socialaudit.words import known

_RUN, _WORDS, _SHARE, _ENOUGH, _LONG_WORD, _SHORT_WORD = 3, 3, 0.5, 20, 7, 4
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S{1,80}@\S+|[#@\uff03]\w+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_OVERLAID = re.compile(
    "(?:[^\\W_][\u0305\u0332\u0333\u0335-\u0338\u033f\u20d2\u20d3]+ ?){3,}"
    "|(?:[^\\W_][\u0300-\u036f]{2,} ?){3,}"
)
_LOOK_ALIKE = re.compile(
    "(?:LATIN (?:LETTER SMALL CAPITAL|SMALL LETTER TURNED)"
    "|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) "
)
_SPACED = re.compile(r"(?<![\w'’&.])[^\W\d_]([ _*-])[^\W\d_](?:\1[^\W\d_]){2,}(?![\w'’])")
_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~¯\u00b4¨\u00b8\u00b7•★☆ツ益ʖ͜͡°□◡◕｡･ω\uff40ﾉ")
_BOX = "\u2500-\u25a9\u25ac-\u25af\u25b2-\u25b5\u25bc-\u25bf\u25c6-\u25fa\u2801-\u28ff"
_BOXES = re.compile(f"[{_BOX}]")
_DRAWN = re.compile(f"[{re.escape(''.join(sorted(_SIGNS)))}{_BOX}]")
_FEW, _MOST = 3, 0.5
_SHRUG = re.compile(r"¯\\+_\S{0,12}|╯[^\n]{1,12}╯?︵|\( ?͡")


@dataclass(frozen=True, slots=True)
class Fancy:
    """Look-alikes as ``written``, and the ``plain`` letters that they stand for."""

    written: str
    plain: str


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """The plain letter or figure that a look-alike stands for; empty for all else."""
    folded = unicodedata.normalize("NFKC", character).strip("()")
    name = unicodedata.name(character, "")
    if folded != character and len(folded) == 1 and folded.isascii() and folded.isalnum():
        styled = folded.isalpha() or "MATHEMATICAL" in name or "FULLWIDTH" in name
        return folded if styled and "ROMAN NUMERAL" not in name else ""
    return name.split()[-1].lower() if _LOOK_ALIKE.match(name) else ""


def fancy(text: str) -> tuple[Fancy, ...]:
    """Runs of three look-alikes or more, spaces between them left aside."""
    if text.isascii():
        return ()
    found = [Fancy(hit[0].strip(), _bare(hit[0])) for hit in _OVERLAID.finditer(text)]
    run: list[tuple[str, str]] = []
    for character in f"{text}\0":
        plain = "" if character.isascii() else _plain(character)
        if plain or (run and (character.isspace() or unicodedata.combining(character))):
            run.append((character, plain or " "))
            continue
        if sum(plain != " " for _, plain in run) >= _RUN:
            written, read = ("".join(part) for part in zip(*run, strict=True))
            found.append(Fancy(written.strip(), " ".join(read.split())))
        run = []
    return tuple(found)


def _bare(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c)).strip()


def shouted(text: str, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Runs of three words or more in capitals; acronyms and figures neither count nor part them.

    Fewer words count where most letters of the text are theirs. ``names`` are words too, in lower
    case.
    """
    tokens = _TOKEN.findall(_ADDRESS.sub(" ", text))
    if not any(len(token) >= _SHORT_WORD and token.isupper() for token in tokens):
        return ()
    runs: list[list[str]] = [[]]
    letters = 0
    for token in tokens:
        letters += sum(map(str.isalpha, token))
        if token.isupper() and _wordlike(token.lower(), names):
            runs[-1].append(token)
        elif not token.isupper() and token.isalpha():
            runs.append([])
    loud = [run for run in runs if any(len(word) >= _SHORT_WORD for word in run)]
    share = sum(len(word) for run in loud for word in run) / max(1, letters)
    least = 1 if letters >= _ENOUGH and share > _SHARE else _WORDS
    return tuple(" ".join(run) for run in loud if len(run) >= least)


def _wordlike(word: str, names: frozenset[str]) -> bool:
    return len(word) > 1 and (word in names or len(word) >= _LONG_WORD or known(word))


def spaced(text: str) -> str:
    """Words of which every letter stands alone ("n o t i c e"), the first of them; or empty."""
    hit = _SPACED.search(text)
    return " ".join(hit[0].split()) if hit else ""


def drawing(text: str) -> str:
    """The first lines of a picture made of characters; empty where there is none.

    A line of one sign over and over is a rule between paragraphs and no picture.
    """
    if hit := _SHRUG.search(text):
        return hit[0]
    drawn: list[str] = []
    for line in text.splitlines():
        signs = _DRAWN.findall(line)
        boxes = {c for c in signs if _BOXES.match(c)}
        mostly = len(signs) >= _FEW and len(signs) >= _MOST * len("".join(line.split()))
        if not mostly or len(set(signs)) == 1:
            drawn = []
            continue
        drawn.append(line.strip())
        if len(drawn) > 1 or len(boxes) > 1:
            return "\n".join(drawn)
    return ""
