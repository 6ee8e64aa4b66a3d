"""What tells that a picture holds words, and which facts a text gives: named rules.

Nobody here reads a picture. What tells is the post ("see the poster for details"), the picture's
description ("Poster: …") or the platform's guess ("text that says …"). The facts that people need
are the day, the time and the place; a link to a page that gives them, or the website by name, will
do. English, some Welsh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from socialaudit.dates import dates
from socialaudit.notices import plain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Reason = Literal["sends people to the picture", "the description tells more", "says little"]
Fact = Literal["day", "time", "place"]

LIMIT = 20_000
"""Characters read of one text."""
FEW_AFTER = 8
"""Fewer words after "details below" than these are not the details."""
SOMETHING = 3
"""So many words after a heading are a sentence that says something."""

_SHEET = (
    "(?:posters?|flyers?|fliers?|leaflets?|infographics?|graphics?|adverts?|timetables?|brochures?"
    "|pamphlets?|notices?|programmes?|schedules?|invitations?|slides?|screenshots?|posteri|taflen)"
)
_PICTURE = (
    "(?:pictures?|images?|photos?|photographs?|pics?|jpe?gs?|attachments?|artwork|maps?|llun)"
)
_DETAILS = (
    "(?:details?|info|information|dates?|times?|timings|prices?|line ?up|rules|programme|schedule"
    "|timetable|opening hours|rates|fees|directions|instructions|routes?|manylion)"
)
_THE = "(?:(?:the|our|this|these|that|attached|following|above|new|enclosed|event|full|y) )*"
_SEE = "(?:see|view|check(?: out)?|read|refer to|as per|per|look at|study|consult|gweler)"
_TELLS = "(?:has|have|gives|shows|explains|tells|contains|includes|with)"
_IS = "(?:(?:need|want|know) (?:is|are)|it s|it is|they re|they are|everything|all|shown|listed|given|set out|explained)"
_ON = "(?:in|on|from|within|at|ar|yn)"

POINTERS = (
    rf"{_SEE} {_THE}{_SHEET}",
    rf"(?:read|seen?) (?:{_ON} )?{_THE}{_SHEET}",
    rf"read {_THE}{_PICTURE}",
    rf"(?:attached|enclosed|below|added) as (?:a |an )?{_PICTURE}",
    rf"{_SEE} {_THE}{_PICTURE}(?: \w+){{0,3}} for(?: \w+){{0,3}} {_DETAILS}",
    rf"{_DETAILS}(?: \w+){{0,4}} {_ON} {_THE}(?:{_SHEET}|{_PICTURE})",
    rf"{_SHEET}(?: \w+){{0,2}} {_TELLS}(?: \w+){{0,4}} {_DETAILS}",
    rf"(?:{_SHEET}|{_PICTURE}) (?:below|above|attached) for",
    rf"{_SHEET} (?:below|above|attached|underneath)",
    rf"{_IS} {_ON} {_THE}(?:{_SHEET}|{_PICTURE})",
    rf"(?:see|as|please find|find|{_DETAILS}) attached|attached {_SHEET}",
    rf"(?:click|tap|press|zoom|enlarge)(?: \w+){{0,4}} {_PICTURE}(?: \w+){{0,2}} (?:to (?:read|enlarge|view)|for)",
    rf"(?:click|tap|zoom in) to (?:read|enlarge)|(?:swipe|scroll)(?: \w+){{0,4}} for(?: \w+){{0,3}} {_DETAILS}",
    r"zoom in (?:for|on|to)",
    r"scan(?: \w+){0,4} code|(?:use|via|with|using) (?:the|our|this) qr code",
)
"""How a post sends people to its picture, in plain words (``notices.plain``)."""
BELOW = (
    rf"{_DETAILS}(?: \w+){{0,3}} (?:below|above|underneath|isod)",
    r"(?:see|read|look|listed|shown|set out|outlined) (?:below|above|underneath)",
    rf"(?<!you )(?<!to )see {_THE}{_PICTURE}",
)
"""The same where the details may follow, or the picture may just be looked at."""
NEWS = (
    "(?:agenda|(?:draft|meeting|council) minutes|notices?|(?:opening|office) (?:hours|times)|timetables?|what s on|save the dates?"
    "|vacanc(?:y|ies)|reminder|programme|schedule|line ?up|rota|dates|details|info|information|prices?"
    "|price list|menu|results|rules|statement|message|announcement|appeal|warning)"
)
"""What a short post may announce and leave to its picture, in its first words."""
SHEETS = (
    "(?:poster|flyer|flier|leaflet|infographic|notice|timetable|screenshot|advert|advertisement)s?",
    "graphic (?:with|showing|saying|reading|for)|posteri|taflen",
    "(?:text|words|wording|writing|lettering|caption|title)(?: that)? (?:says?|saying|reads?|reading)",
    "text over|text on|with text",
)
"""How a description tells that the picture holds words."""


def _whole(*rules: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<= )|^)(?:{'|'.join(rules)})(?= |$)(?! boards?\b)")


def _gate(*rules: str) -> str:
    wide = re.sub(r"\(\?: \\w\+\)\{[\d,]+\}|\(\?<!.*?\)", "(?s:.*)", "|".join(rules))
    return wide.replace(" ", "[^a-z0-9_]+")


_POINTER, _BELOW, _SHEETS = _whole(*POINTERS), _whole(*BELOW), _whole(*SHEETS)
_NEWS = re.compile(
    rf"(?!\w+ing |thank|lovely|great |take |who |can |did |we )(?:\w+ ){{0,4}}?"
    rf"(?:what s on|(?:opening|office) (?:hours|times)|{NEWS}(?= (?:of|for|from|about|over|this|next|is|are|now)\b|$))(?! boards?\b)"
)
_ARROW = re.compile("[\u2193\u2b07\u2935\u21e9\U0001f447\U0001f53d]")
_SENTENCE = re.compile(r"[.!?:](?=\s|$)|\n+")
POST_GATE = f"{_gate(*POINTERS, *BELOW, NEWS)}|{_ARROW.pattern}"
ALT_GATE = _gate(*SHEETS)
"""RE2 expressions for ``Records.candidates`` that each such post, and description, matches."""

_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|daily|weekdays?|weekends?|today|tonight|tomorrow"
    r"|boxing day|easter|bank holiday|every (?:day|week|month))\b"
)
_TIME = re.compile(
    r"(?<![\d./:£])\d{1,2}(?:[:.][0-5]\d)?\s?[ap]\.?m\b|(?<![\d./:£])\d{1,2}[:.][0-5]\d(?![\d./:]|\s?%)"
    r"|\b(?:noon|midday|midnight|all day|o['’]?clock|half past|quarter (?:past|to))\b"
    r"|\b(?:at|from|until|till|by) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:\w*halls?|church|chapel|parks?|square|street|road|lane|avenue|library|centre|school|college"
    r"|green|fields?|rec|recreation|market place|offices?|chambers?|rooms?|club|museum|theatre|beach"
    r"|pier|prom(?:enade)?|station|pavilion|playground|memorial|marina|harbour|quay|pub|inn|arms|café"
    r"|cafe|gardens?|woods?|online|zoom|teams|neuadd|meadow|common|institute|bridge|cemetery)\b"
)
_NAMED = re.compile(
    r"\b(?i:at|in|outside|opposite|behind|near) (?:the )?(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Christmas|Easter)[a-z]*\b)[A-Z][a-z]"
)
_LINK = re.compile(r"https?://\S{1,500}|\bwww\.\S{1,500}", re.IGNORECASE)
_WEBSITE = re.compile(r"\b(?:on|via|visit|see|from) (?:our|the)(?: \w+){0,2} web ?site\b")
_TO_A_PICTURE = re.compile(
    r"/(?:photo|photos|video)(?:/|\.php|$)|//(?:t\.co|pic\.(?:x|twitter)\.com)/", re.IGNORECASE
)
_TAG = re.compile(r"[#@]\w+|https?://\S+")


@dataclass(frozen=True, slots=True)
class Seen:
    """Why facts seem to be in a picture only, and the words that tell so."""

    reason: Reason
    words: str


def facts(text: str, on: date) -> frozenset[Fact]:
    """Which of day, time and place a text published ``on`` a day gives."""
    text = text[:LIMIT]
    words = plain(text)
    given: dict[Fact, object] = {
        "day": _DAY.search(words) or dates(text, on),
        "time": _TIME.search(text),
        "place": _PLACE.search(words) or _NAMED.search(text),
    }
    return frozenset(name for name, found in given.items() if found)


def in_picture_only(
    text: str, links: Iterable[str], descriptions: Iterable[str], on: date, few: int
) -> Seen | None:
    """Why facts seem to be in a post's pictures and not in its text; ``None`` if they do not.

    ``links`` are the post's addresses beside those in its text, ``descriptions`` those of its
    pictures. Fewer than ``few`` words are little.
    """
    text = text[:LIMIT]
    if _elsewhere(text, links):
        return None
    told = facts(text, on)
    enough = "day" in told and len(told) > 1
    little = not enough and _words(text) < few
    for description in descriptions:
        if sheet := _SHEETS.search(plain(description[:LIMIT])):
            held = facts(description, on)
            if held & {"day", "time"} and held - told:
                return Seen("the description tells more", ", ".join(sorted(held - told)))
            if little:
                return Seen("says little", sheet[0])
    if sends := "" if enough else _sends(text):
        return Seen("sends people to the picture", sends)
    news = _NEWS.match(_only_sentence(text)) if little else None
    return Seen("says little", news[0]) if news else None


def _elsewhere(text: str, links: Iterable[str]) -> bool:
    """Whether a text says where else the facts can be read."""
    addresses = (*links, *_LINK.findall(text))
    linked = any(not _TO_A_PICTURE.search(address) for address in addresses)
    return linked or _WEBSITE.search(plain(text)) is not None


def _words(text: str) -> int:
    return sum(1 for word in _TAG.sub(" ", text).split() if plain(word))


def _only_sentence(text: str) -> str:
    """The first sentence in plain words, ``""`` where another says something after it."""
    sentences = [plain(sentence) for sentence in _SENTENCE.split(_TAG.sub(" ", text))]
    first, *later = [*filter(None, sentences), ""]
    return "" if any(len(sentence.split()) >= SOMETHING for sentence in later) else first


def _sends(text: str) -> str:
    """The words that send people to the picture, ``""`` for none."""
    text = _ARROW.sub(" below ", text)
    if found := _POINTER.search(plain(text)):
        return found[0]
    sentences = [plain(sentence) for sentence in _SENTENCE.split(text)]
    for place, sentence in enumerate(sentences):
        if below := _BELOW.search(sentence):
            after = sum(len(later.split()) for later in sentences[place + 1 :])
            return below[0] if after < FEW_AFTER else ""
    return ""
