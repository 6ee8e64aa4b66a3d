r"""Undo the common disguises of words: look-alike letters, ``sh1t``, ``f**k``, ``f u c k``.

A text without any of ``TRACES`` comes back as it was, but for web addresses and handles: so a
cheap filter may look for plain words or traces and miss nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEFT_OUT = "\ue000"
"""Stands where a web address, email address or handle was, so that words do not join across it."""

_SIGN = r"0-9@$|*#%+^_~"
_GAP = r"\s\x0b._*\-"
HARMLESS = "£€°•“”‘’–—\u2600-\u27bf\U0001f300-\U0001faff"
"""Beyond ASCII, but in nobody's disguise and left as they are: for a class of an expression."""
_COLOURED = "\ufe0f"
"""Stands after a sign to show it in colour; harmless there."""
TRACES = "|".join(
    (
        rf"[^\x00-\x7f{HARMLESS}{_COLOURED}]|[\x00-\x7f]{_COLOURED}",
        r"[\x00-\x08\x0b\x0e-\x1f\x7f]",
        r"&#?[a-z0-9]",
        rf"[a-z][{_SIGN}]|[{_SIGN}][a-z]",
        rf"[a-z][!.]+[a-z{_SIGN}]|![a-z]",
        *(f"{letter}{{3}}" for letter in "abcdefghijklmnopqrstuvwxyz"),
        rf"(?:^|[^a-z0-9])[a-z](?:[{_GAP}]{{1,3}}[a-z0-9@$!]){{2}}",
    )
)
"""RE2, over a lower-cased text: whether ``unmask(fold(text))`` can differ from the text."""

_TRACE = re.compile(
    rf"[a-z][{_SIGN}]|[{_SIGN}][a-z]|[a-z][!.]+[a-z{_SIGN}]|![a-z]|([a-z])\1\1"
    rf"|(?<![a-z0-9])[a-z](?:[{_GAP}]{{1,3}}[a-z0-9@$!]){{2}}"
)
"""The same for a folded text."""

_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|(?<![\w@])@\w{2,}(?:\.\w+)*"
)
_HASHTAG = re.compile(r"(?<!\w)#(\w+)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PART = r"[^\s\"()\[\]<>/\\,;:?\ue000]"
_SIGNED = re.compile(
    rf"(?<!{_PART}){_PART}*?(?:[{_SIGN}]|[!.]+(?![!.]){_PART}|([a-zA-Z])\1\1){_PART}*"
)
"""A word with a sign in it, or a letter three times; signs that end a sentence are none."""
_SPACED = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z](?:[{_GAP}]{{1,3}}[A-Za-z0-9@$!]){{2,40}}(?![A-Za-z0-9])"
)
_RUN = re.compile(r"([a-z])\1{2,}")
_MASKED = re.compile(r"[a-z][a-z*#%]*[*#%][a-z*#%]*")
_LEET = [str.maketrans("03457@$!|18+", f"oeastas{i}{i}{i}bt") for i in "il"]
_MIN_MASKED, _MIN_LETTERS, _MIN_SPACED = 3, 2, 3


def fold(text: str) -> str:
    """The text in plain Latin letters where it can be; case is kept, addresses left out."""
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii() and _PLAIN.fullmatch(text):
        text = text.translate(_ACCENTS)
    elif not text.isascii() or _CONTROL.search(text):
        wide = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
        text = wide.translate(_LATIN)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(LEFT_OUT, text)
    return _HASHTAG.sub(lambda tag: _CAMEL.sub(" ", tag[1]), text) if "#" in text else text


class _Latin(dict[int, int | None]):
    """What each character is written as: a Latin letter for its look-alike, nothing if unseen."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        unseen = unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"} and not char.isspace()
        return self.setdefault(code, None if unseen else code)


_LATIN = _Latin()
for _small, _letter in zip(
    "авеіјкмнорсѕтухԁԛԝһɡɑıοαενιρτυχκγϲ", "abeijkmhopcstyxdqwhgaioaeviptuxkyc", strict=True
):
    _LATIN[ord(_small.upper())] = ord(_letter.upper())
    _LATIN[ord(_small)] = ord(_letter)
_ACCENTED = [c for c in map(chr, range(0xC0, 0x100)) if unicodedata.decomposition(c)]
_PLAIN = re.compile(rf"[\n\r\t -~{''.join(_ACCENTED)}{HARMLESS}{_COLOURED}]*")
"""What needs no look at each character: it is what it seems, once its accents are gone."""
_ACCENTS = {ord(c): unicodedata.normalize("NFD", c)[0] for c in _ACCENTED} | {ord(_COLOURED): None}


def unmask(text: str, known: Callable[[str], str]) -> str:
    """The folded text with each disguised word that ``known`` recognises written out.

    ``known`` gets a lower-case candidate, in which ``?`` stands for a masked letter, and answers
    with the word, or ``""``.
    """
    if not _TRACE.search(text.lower()):
        return text
    text = _SPACED.sub(lambda found: _joined(found[0], known), text)
    return _SIGNED.sub(lambda found: _written_out(found[0], known), text)


def _joined(spaced: str, known: Callable[[str], str]) -> str:
    letters = re.sub(rf"[{_GAP}]", "", spaced).lower()
    for start in range(min(4, len(letters))):
        for end in range(len(letters), max(start + _MIN_SPACED, len(letters) - 3), -1):
            for candidate in _plain(letters[start:end]):
                if word := known(candidate):
                    return " ".join([*letters[:start], word, *letters[end:]])
    return spaced


def _written_out(chunk: str, known: Callable[[str], str]) -> str:
    for candidate in _candidates(chunk):
        if word := known(candidate):
            return word + chunk[len(chunk.rstrip("!.")) :]
    return chunk


@lru_cache(maxsize=20_000)
def _candidates(chunk: str) -> tuple[str, ...]:
    core = chunk.lower().rstrip("!.'").removesuffix("'s")
    letters = sum(c.isalpha() for c in core)
    digits = sum(c.isdigit() for c in core)
    if not letters or len(core) > 40 or letters < digits:  # noqa: PLR2004 - no word is longer
        return ()
    found = [*_plain(core), *_plain(re.sub(r"[._*~]", "", core))]
    masked = core.strip("_~")
    enough = letters >= _MIN_LETTERS or masked.count("*") >= _MIN_MASKED
    if enough and len(masked) >= _MIN_MASKED and _MASKED.fullmatch(masked):
        found.append(re.sub(r"[*#%]", "?", masked))
    return tuple(dict.fromkeys(found))


def _plain(word: str) -> Iterator[str]:
    for read in dict.fromkeys([word, *(word.translate(table) for table in _LEET)]):
        yield read
        if _RUN.search(read):
            yield _RUN.sub(r"\1", read)
            yield _RUN.sub(r"\1\1", read)
