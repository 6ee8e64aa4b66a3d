r"""What makes a post a notice, and what counts as another way to learn of it: named rules.

A notice is a sentence on a subject that people must not miss (a closure, a consultation, …) that is
about now or later. A sentence that looks back ("Thank you to everyone who came to the public
meeting") is none. The rules read plain English, word by word, without capitals or punctuation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from socialaudit.dates import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

Subject = Literal[
    "emergency", "closure", "election", "consultation", "meeting", "public notice", "deadline"
]
Way = Literal[
    "own website",
    "official website",
    "telephone",
    "email",
    "office",
    "post",
    "noticeboard",
    "meeting",
    "other formats",
    "print",
]

LIMIT = 20_000
"""Characters read of one text."""

_PLACE = (
    "(?:(?:[a-z]+ )?(?:[a-z]*road|street|lane|avenue|bridge|car(?: )?park|path|footpath|footway"
    "|pavement|crossing|promenade|prom|slipway|square)|library|toilets?|conveniences|playground"
    "|play area|skate(?: )?park|pool|offices?|cemetery|park|pier|beach|hall|market place|centre)"
)
_BODY = "(?:town|parish|city|full|district|county|community|planning|finance|committee|council)"

SUBJECTS: Mapping[Subject, str] = {
    "emergency": (
        "flood (?:warnings?|alerts?)|(?:severe|red|amber) (?:weather )?warnings?"
        "|boil (?:your |all |tap |the )*water|do not drink|burst (?:water )?main"
        "|evacuat(?:e|ed|ing|ion)|rest cent(?:re|er)|gas leak|major incident|power cuts?"
        "|no (?:running )?water|keep~ (?:windows|doors)~ (?:closed|shut)"
        "|avoid the area|stay (?:indoors|away)|(?:storm|tidal) surge|emergency (?:shelter|number)"
    ),
    "closure": (
        f"{_PLACE}~ (?:closed|closes|closing|closure|shut|shuts|close from|close at|close on)"
        f"|(?:closed?|closure|closing|shut)~ {_PLACE}"
        "|closed to (?:all )?(?:traffic|vehicles|the public|pedestrians)"
        "|no (?:vehicle |vehicular |pedestrian |through )?access|no through (?:road|route|traffic)"
        "|(?:road|temporary|emergency) closures?"
        "|diversions?(?: routes?)? (?:is|are|will|in place|signed)|parking~ suspended"
        "|road(?: )?works|(?:temporary|4 way|four way) traffic lights"
        "|(?:bins?|waste|rubbish|refuse|recycling|days? s?)~ (?:collections?|collected)~"
        " (?:changes?|changed|changing|moves?|moved|moving|later|earlier|early|delayed|suspended|cancelled)"
        "|bin days?~ (?:changes?|changed|changing|moves?|moved|moving|later|earlier)"
        "|(?:water|gas|electricity|power)(?: supply| supplies)? (?:will be|is|are|to be)"
        " (?:switched |turned |cut |shut )?off"
        "|no (?:bin|rubbish|refuse|recycling|waste)~ collections?"
        "|(?:market|event|meeting|committee|surgery|fair|service|switch on|parade)~"
        " (?:cancelled|postponed|called off)"
    ),
    "election": (
        "notice of (?:election|poll|vacancy|casual vacancy)|(?:by|bye)(?: )?elections?|referendums?"
        "|(?:local|general|council|parish|mayoral|county|town) (?:council )?elections?"
        "|polling (?:stations?|places?|day|cards?)|register(?:ing)? to vote|postal votes?"
        "|casual vacancy|nomination (?:papers?|packs?)|(?:photo|voter) id"
    ),
    "consultation": (
        "have your say|(?:public|online|community|statutory) consultations?"
        "|consultations?~ (?:open|opens|closes|closing|runs|running|starts|begins|launched|ends|until|on)"
        "|consulting on|(?:your|residents) views (?:on|are|sought|wanted)"
        "|(?:want|like|give us|send us|share|hear) your (?:views|comments|opinions)"
        "|comment on (?:the|our|this) (?:draft|plans?|proposals?|planning|neighbourhood|budget)"
        "|(?:plans|applications?|proposals) (?:is|are|has been|have been) (?:in|submitted|lodged|received) for"
        "|(?:planning|retrospective|listed building|licensing) applications?"
        "|(?:comments|objections|representations)~ (?:must|have to|need to|close) (?:be|by|reach|arrive|on|at)"
        "|object (?:by|before)"
        "|(?:complete|fill in|take) (?:the|our|this) (?:short |online )?(?:survey|questionnaire)"
    ),
    "meeting": (
        f"(?:{_BODY}|annual|extraordinary|special|public|electors|open|next|assembly)"
        f"(?: {_BODY}| assembly){{0,4}} (?:meetings?|assembly)"
        f"|(?:meeting|assembly) of (?:the )?(?:[a-z]+ )?{_BODY}"
        "|(?:council|committee) (?:meets|will meet)|agenda (?:for|is|now)|summoned to attend"
    ),
    "public notice": (
        "(?:public|statutory|legal) notices?|notice is hereby given"
        "|notice of (?:conclusion|audit|public rights|intention|application|completion)"
        "|exercise of public rights|inspect the (?:accounts|plans)|traffic (?:regulation )?orders?"
    ),
    "deadline": (
        "deadlines?|closing date|last (?:date|day|chance) (?:to|for)|no later than"
        "|apply (?:by|before)|applications?~ (?:close|closes|closing|must|are due|by)|not later than"
        "|(?:rents?|fees?|payments?|charges|forms?|entries|deposits?|subscriptions?|bills?|tax)~"
        " (?:due|payable) (?:in |back )?(?:on|by|before)"
        "|(?:return|submit|register|respond|renew|object|claim|pay|apply|applications?|reach|received)~ by (?:the"
        "|noon|midnight|[0-9]+(?:st|nd|rd|th|am|pm)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    ),
}
"""What a notice is about; the first that fits names it. ``~`` stands for up to five words."""

_COMPILED = {
    name: re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", r"(?: \w+){0,5}"))
    for name, rule in SUBJECTS.items()
}
GATE = "|".join(SUBJECTS.values()).replace("~", "(?s:.*)").replace(" ", "[^a-z0-9_]+")
"""An RE2 expression for ``Records.candidates`` that every notice matches."""

_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n+")
_BACK = re.compile(
    r"\b(?:was|were|had|yesterday|last (?:night|week|month|year|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday)|thanks? (?:you |again )*(?:to|for|everyone|all)|re ?open\w*|open again|lifted"
    r"|no longer|enjoyed|attended|went|came|visited|popped|loved|celebrated|joined us|took place"
    r"|great to see|lovely to|good to see|minutes|results?|congratulations|well done|proud|remember when"
    r"|years ago|in (?:1[89]|20[01])\d\d|could have|pretend|imagine)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|today|tonight|tomorrow|now|currently|until|till|please|opens?|starts?|starting|begins?"
    r"|is|are|be|next|this (?:week|month|evening)|taking place|join us|come along|attend|have your say"
    r"|do not|must|apply|register|in place|from|notice of|want)\b"
)
_PRESENT = frozenset({"emergency", "closure"})


def subject(text: str, on: date) -> tuple[Subject | None, str]:
    """What a text published ``on`` a day gives notice of, and the words that say so."""
    text = text[:LIMIT]
    named = dates(text, on)
    if named and named[-1] < on:
        return None, ""
    found: dict[Subject, str] = {}
    for sentence in _SENTENCE.split(text):
        words = plain(sentence)
        ahead = any(day >= on for day in dates(sentence, on))
        if _BACK.search(words) and not ahead:
            continue
        for name, rule in _COMPILED.items():
            hit = rule.search(words)
            if hit and (ahead or named or name in _PRESENT or _AHEAD.search(words)):
                found.setdefault(name, hit[0])
    first = next((name for name in SUBJECTS if name in found), None)
    return first, found[first] if first else ""


def plain(text: str) -> str:
    """The words of a text in lower case, parted by one space."""
    return re.sub(r"[^\w]+", " ", text).strip().lower()


_PHONE = re.compile(r"(?<![\d/])(?:\+44[\s-]?(?:\(0\))?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
_HOST = re.compile(
    r"(?<![@\w.-])(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![\w-])", re.IGNORECASE
)
_OFFICIAL = re.compile(r"(?:^|\.)(?:gov\.uk|gov\.wales|gov\.scot|nhs\.uk|police\.uk)$")
_WAYS: Mapping[Way, re.Pattern[str]] = {
    "own website": re.compile(
        r"\b(?:on|via|visit|see|from|at) (?:our|the|the council s|the town council s|the town council"
        r"|the council|the parish council s) (?:own )?web ?site\b"
    ),
    "telephone": re.compile(r"\b(?:call|ring|phone|dial|telephone) (?:\w+ ){0,4}\d{3,}\b"),
    "office": re.compile(
        r"\b(?:call in|pop in|pop into|drop in|drop into|visit|available|collect|collected|pick up|copies|copy"
        r"|view|viewed|inspect|inspected|see the plans|ask|forms?|in person)\b(?: \w+){0,6}?"
        r" (?:at|from|in|to|into)(?: \w+){0,3}? (?:offices?|town hall|council house|library|reception|counter"
        r"|museum|community centre|information centre|post office)\b"
    ),
    "post": re.compile(r"\b(?:write to (?:us|the)|by post)\b"),
    "noticeboard": re.compile(
        r"\b(?:notice ?boards?|site notices?|(?:notices?|details|signs?)(?: \w+){0,12}? (?:on|to) (?:the )?lamp ?posts?)\b"
    ),
    "meeting": re.compile(
        r"\b(?:drop in (?:session|event|day)|public meeting|exhibition|open (?:evening|day)"
        r"|information (?:event|evening|session)|roadshow|come and talk to)\b"
    ),
    "other formats": re.compile(
        r"\b(?:large print|easy read|braille|audio version|other (?:formats?|languages?)"
        r"|alternative formats?|on request|paper (?:copy|copies|forms?|versions?)|printed cop(?:y|ies))\b"
    ),
    "print": re.compile(
        r"\b(?:leaflet(?:s|ed)?|newsletter|local (?:paper|press|radio|newspaper)|letters? (?:has|have|will|is|are)"
        r"|in (?:the|this week s|next week s|today s|\w+day s)(?: \w+){1,3} (?:news|times|gazette|herald|chronicle|echo"
        r"|mercury|journal|observer|advertiser|guardian|express|argus|telegraph|courier)|poll cards?"
        r"|through (?:your|every) (?:door|letterbox))\b"
    ),
}


def ways(text: str, links: Iterable[str], website: str | None) -> dict[Way, str]:
    """Other ways to learn more that a text names, each with the words or address that say so.

    ``website`` is the council's own. A link to another social medium is none.
    """
    text = text[:LIMIT]
    words = plain(text)
    found: dict[Way, str] = {}
    own = _host(website)
    for address in (*links, *(m[0] for m in _HOST.finditer(text))):
        host = _host(address)
        if own and (host == own or host.endswith(f".{own}")):
            found.setdefault("own website", address)
        elif _OFFICIAL.search(host):
            found.setdefault("official website", address)
    for name, rule in _WAYS.items():
        if hit := rule.search(words):
            found.setdefault(name, hit[0])
    if phone := _PHONE.search(text):
        found.setdefault("telephone", phone[0])
    if email := _EMAIL.search(text):
        found.setdefault("email", email[0])
    return found


def _host(address: str | None) -> str:
    if not address:
        return ""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.")


_SHARED, _SHARE, _LONG = 3, 0.3, 3
_STOP = re.compile(
    "the|and|for|you|your|our|are|will|with|from|this|that|have|has|not|but|all|any|can|please|about"
    "|more|than|there|their|they|was|were|been|what|when|where|which|who|how|town|parish|council"
    "|notice|news|update|find|out|here|also|into|over|until|between|after|before|www|http|https|com"
)


def alike(text: str, entries: Mapping[str, str]) -> tuple[str, tuple[str, ...]] | None:
    """The entry of a website that gives the same notice, and the words that both share.

    Words that more than a quarter of the entries use tell nothing; three rare ones must be shared,
    and three in ten of the shorter text.
    """
    rare = {key: _telling(entry) for key, entry in entries.items()}
    many = max(2, len(rare) // 4)
    uses: dict[str, int] = {}
    for words in rare.values():
        for word in words:
            uses[word] = uses.get(word, 0) + 1
    asked = {word for word in _telling(text) if uses.get(word, 0) <= many}
    best: tuple[float, str, set[str]] = (0.0, "", set())
    for key, words in rare.items():
        telling = {word for word in words if uses[word] <= many}
        shared = asked & telling
        share = len(shared) / max(1, min(len(asked), len(telling)))
        if len(shared) >= _SHARED and share >= max(_SHARE, best[0]):
            best = (share, key, shared)
    return (best[1], tuple(sorted(best[2]))) if best[1] else None


def _telling(text: str) -> set[str]:
    words = plain(text[:LIMIT]).split()
    return {w for w in words if (len(w) >= _LONG or w.isdigit()) and not _STOP.fullmatch(w)}
