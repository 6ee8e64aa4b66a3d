"""What makes a picture's description (alt text) no description: named faults, read word by word.

A description says what matters in the picture, in words of a person. A file name, the word "photo",
what software guessed and the words of the post itself do not. "Photo of" before a good description
is no fault: those words are left out, and what follows is looked at. English and Welsh.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Fault = Literal["file name", "address", "placeholder", "machine-made", "copy of the post", "short"]

LIMIT = 5_000
"""Characters read of one description."""
COPY = 6
"""So many words must a description have that is a piece of its post."""
INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show as nothing: Hangul fillers and the empty Braille pattern."""

_FILE = re.compile(
    r"[^/\n]{0,120}\.(?:jpe?g|png|gif|webp|heic|heif|tiff?|bmp|svg|pdf)"
    r"|(?:img|dsc[nf]?|dscf|pxl|mvimg|gopr|p|sam|image|photo|screenshot|screen shot|fb_img|received|snapchat)"
    r"[-_ ]?\d[-_ \d.()~]{2,}(?:at [\d.]+)?(?:-?(?:wa\d+|edited|scaled|copy|\d+x\d+))*"
    r"|(?:whatsapp image|screenshot|screen shot|photo|image) \d{4}[-.]\d{2}[-.]\d{2}.{0,40}"
    r"|untitled(?: design)?[-_ ]?\(?\d*\)?|\d{8}[-_ ]\d{4,}.{0,20}"
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[a-z]*\d)[0-9a-z]{16,}"
    r"|[a-z0-9]+(?:[-_][a-z0-9]+)*[-_](?:\d{3,4}x\d{3,4}|scaled|final|v\d+|copy|\d{4,})"
    r"|[a-z0-9]+(?:_[a-z0-9]+){2,}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_MACHINE = re.compile(
    r"(?:this )?may be (?:an? |the )?[\w\s-]{0,40}?\b(?:of|text)\b|image may contain\b"
    r"|no (?:photo |image )?(?:alternative text )?description available"
    r"|.{0,300}?\bdescription (?:was )?(?:automatically )?generated\b"
    r"|.{0,300}?\bai[- ]generated (?:content|description|alt text)\b"
    r"|photo (?:shared )?by .{1,80} on \w+ \d{1,2}, \d{4}\b",
    re.IGNORECASE | re.DOTALL,
)
_SORT = (
    r"(?:images?|photos?|photographs?|pictures?|pics?|graphics?|posters?|flyers?|leaflets?|adverts?|banners?"
    r"|screenshots?|screen ?grabs?|snaps?|illustrations?|thumbnails?|icons?|attachments?|logos?"
    r"|llun(?:iau)?|delwedd(?:au)?|ffoto(?:graff)?|graffig|posteri?)"
)
_OPENING = re.compile(
    rf"(?:(?:an?|the|this is an?|y|yr) )?{_SORT} (?:of|showing|shows|o(?:['’]r)?|yn dangos) "
)
_PLACEHOLDER = re.compile(
    rf"(?:(?:an?|the|my|our|this|post|cover|profile|featured|social media|facebook|twitter|news|event|main|header)"
    rf" )*{_SORT}(?: (?:of|for|here|below|above|attached|text|post|only|\d+|[a-z]))*"
    r"|(?:image |picture |photo |add (?:an? )?)?(?:alt(?:ernative)?(?: |-)?(?:text|tag)|description|caption)"
    r"(?: (?:here|goes here|to follow|text|needed|required|of image|of the image|of picture))*"
    r"|(?:no|without) (?:alt text|description|caption)"
    r"|n a|none|null|undefined|nan|nil|test(?:ing)?|tbc|tba|todo|to do|x+|asdf\w*|untitled|blank|empty|unknown"
    r"|see (?:above|below|post|text|caption)|as (?:above|below|per post)|decorative|media|unnamed|file|jpe?g|png"
)
_LINK_OR_TAG = re.compile(r"https?://\S+|www\.\S+|[#@]\w+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_LETTERS_TO_A_WORD = 2


def blank(text: str) -> bool:
    """Whether a text shows as nothing: separators, controls and marks without a base only."""
    return all(unicodedata.category(c)[0] in "CMZ" or c in INVISIBLE for c in text)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without links, tags, signs and emoji."""
    plain = unicodedata.normalize("NFKC", _LINK_OR_TAG.sub(" ", text[:LIMIT])).lower()
    return _WORD.findall(plain)


def fault(description: str, post: str, least: int) -> Fault | None:
    """What is wrong with a description that is not blank; ``None`` when nothing is.

    ``post`` is the text of the post that shows the picture, ``""`` for none. Fewer than ``least``
    words are too short; in scripts that do not part words, two letters count as one.
    """
    text = " ".join(description[:LIMIT].split())
    said = words(text)
    plain = " ".join(said)
    if _FILE.fullmatch(text):
        return "file name"
    if _ADDRESS.fullmatch(text):
        return "address"
    if _MACHINE.match(text):
        return "machine-made"
    if _PLACEHOLDER.fullmatch(plain):
        return "placeholder"
    if _copies(said, words(post)):
        return "copy of the post"
    told = _OPENING.sub("", plain, count=1) if _OPENING.match(plain) else plain
    telling = said if told is plain and plain.isascii() else words(told)
    return "short" if _count(telling) < least else None


def _copies(said: list[str], post: list[str]) -> bool:
    """Whether a description is the post's text, or a good piece of it."""
    if len(said) < COPY:
        return len(said) > 1 and said == post
    return f" {' '.join(said)} " in f" {' '.join(post)} "


def _count(telling: list[str]) -> int:
    letters = sum(len(_UNSPACED.findall(word)) for word in telling)
    return sum(1 for word in telling if not _UNSPACED.search(word)) + letters // _LETTERS_TO_A_WORD
