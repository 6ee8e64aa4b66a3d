"""What a post hands out to be read or filled in, and what offers it in another form: named rules.

Something is handed out where a sentence names it and says to read it, fill it in or fetch it, or where
a link leads to a file or a form. An offer names another form (large print, a language, "on request")
or help with the one there is; one that is denied is none. The rules read plain words
(``notices.plain``) in English, with some Welsh.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from socialaudit.notices import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Handed = Literal["document", "plan", "form", "consultation", "public notice", "file"]
Form = Literal["print", "easy read", "sound", "signs", "language", "paper", "another", "help"]

LIMIT = 20_000
"""Characters read of one text."""

HANDED: Mapping[Handed, str] = {
    "document": (
        "agendas?|(?<!\\d )minutes of (?:the |our |last )?(?:\\w+ ){0,3}(?:meeting|council|committee)|(?:draft|meeting|council|committee|the|our|full|latest|approved|[a-z]+s) minutes"
        "|(?:annual|progress|full|draft|audit|final|the|our|this|new|latest|[a-z]+s) reports?|report (?:is|on)"
        "|newsletters?|leaflets?|brochures?|booklets?|pamphlets?|magazines?|bulletins?|prospectus"
        "|(?:town|visitors?|our|new|residents) guides?|guides? (?:to|for|on)|guidance|handbooks?"
        "|fact ?sheets?|annual (?:accounts|return)|accounts for|(?:draft|annual|the|our|council s) budget"
        "|documents?|timetables?|programmes?(?! of )|polic(?:y|ies)|strateg(?:y|ies)|by ?laws|price list"
        "|(?:meeting|committee|council|supporting|consultation) papers|publication scheme|slides"
        "|draft (?:[a-z]+ )?(?:code|charter|statement|scheme|framework|guide|policy)|templates?"
        "|(?:information|application|welcome|resource|starter) packs?|pack for|adroddiad|cofnodion"
    ),
    "plan": (
        "(?:neighbourhood|local|draft|strategic|corporate|parish|village|transport|recovery|delivery|regeneration|investment|five year|management|master|emergency|action|business|climate|flood|community"
        "|development|travel|site|park|new|design) plans?|masterplan"
        "|(?:proposed|draft|traffic(?: regulation)?|public spaces protection) orders?"
        "|(?:draft|our|the|new|these|latest|full) (?:plans|proposals?|drawings|designs)"
    ),
    "form": (
        "(?<!to )(?<!will )(?<!would )(?<!sixth )(?<!in )forms?(?! of )(?! an? )(?! part )"
        "|surveys?|questionnaires?|nomination papers?|ffurflen"
    ),
    "consultation": (
        "consultations?|consulting on|have your say|ymgynghoriad|share your views|(?:want|like) your views"
    ),
    "public notice": (
        "(?:public|statutory|legal|formal) notices?|notice of [a-z]+|notice is hereby given"
        "|statement of (?:persons|accounts|parties|community)"
    ),
}
"""What may be handed out; a link to a file is another."""
_BY_THEMSELVES: frozenset[Handed] = frozenset({"consultation", "public notice"})
_HANDING = re.compile(
    r"\b(?:read|browse|download\w*|view|viewed|see|find|found|available|published|publish|out now|is out|are out"
    r"|(?:is|are) (?:now )?(?:up|ready|live|open|here)|now (?:up|ready|live|open)|online|(?:web ?)?site|web ?page"
    r"|fill\w*|complete|completed|take part|take (?:our|the|this)|attached|click|copy|copies|look at"
    r"|comments?|respond|responses?|apply|return|return it|inspect\w*|posted|landed|launched|out today|latest"
    r"|deadline|closes|closing|tell us|let us know|links?|pdf|save|keep|share|new|updated|put together"
    r"|produced|created|lawrlwythwch|darllen\w*)\b"
)
_DONE = re.compile(
    r"\b(?:(?:approved|agreed|signed|adopted|received|noted|heard|discussed|reviewed|accepted|debated"
    r"|considered|voted|presented|handed in|filled) (?:\w+ ){0,2}(?:the|a|an|our|last|this|its|his|her)"
    r"|(?:consultation|survey)s? (?:\w+ ){0,2}(?:had|closed|ended|over|received|showed|found)"
    r"|thank(?:s| you)|minutes(?: s)? (?:silence|walk|away|drive|late|past|to|from|of (?:fun|your)))\b"
)

OFFERS: Mapping[Form, str] = {
    "print": "(?:large|larger|big|bigger) (?:print|type|text)|braille|print bras",
    "easy read": "easy (?:to )?read|easyread|plain english version|simple version",
    "sound": (
        "audio (?:versions?|cop(?:y|ies)|cd|files?|recordings?|described|formats?)|on (?:tape|cd)|read aloud"
        "|talking newspaper|(?:in|on|or|and) audio"
    ),
    "signs": "bsl|(?:british )?sign language",
    "language": (
        "other languages?|another language|different languages?|translat(?:ed|ions?|ors?|e)|interpreters?"
        "|(?:available|copy|copies|version|also|it|this)(?: \\w+){0,2} in (?:welsh|polish|ukrainian|bengali"
        "|punjabi|urdu|arabic|romanian|portuguese|lithuanian|gymraeg)|ar gael yn gymraeg|fersiwn gymraeg|in your language"
        "|(?:welsh|gaelic|polish|ukrainian|bengali|punjabi|urdu|arabic|romanian|portuguese|lithuanian) (?:version|cop(?:y|ies)|edition|translation)"
    ),
    "paper": (
        "(?:paper|printed|hard|print)(?: \\w+){0,1} (?:cop(?:y|ies)|forms?|versions?|surveys?|questionnaires?)"
        "|(?:cop(?:y|ies)|forms?|versions?|surveys?) (?:in print|on paper|by post)|in print|on paper"
        "|cop(?:y|ies)(?: \\w+){0,3} (?:at|from|in)(?: \\w+){0,4} (?:office|library|town hall|reception|counter)"
        "|post(?: \\w+){0,2} (?:cop(?:y|ies)|one|it) to you|(?:post|send) you (?:a|one)(?: \\w+){0,2} copy|post you one"
    ),
    "another": (
        "(?:alternative|other|another|accessible|various) formats?|in (?:an? |any |any other )?(?:other|another|different"
        "|alternative|accessible)(?: \\w+){0,1} (?:formats?|forms?|ways?|versions?)|different formats? (?:available|please)"
        "|(?:accessible|screen reader|plain text|text only|word|html)(?: \\w+){0,1} (?:versions?|cop(?:y|ies))"
        "|(?:cop(?:y|ies)|versions?|formats?|documents?|papers|minutes|agendas?|forms?)(?: \\w+){0,4} (?:on|upon)"
        " request|fformat(?:au)? (?:arall|eraill|gwahanol)|ar gais|format that (?:suits|works)"
    ),
    "help": (
        "(?:if|anyone|anybody|who|those|residents|people)(?: \\w+){0,4} (?:can t|cannot|can not|unable to|not able to"
        "|trouble|difficult|difficulty|difficulties|struggl(?:e|es|ing)|hard to|do not have|don t have|without|not)"
        "(?: \\w+){0,4} (?:read|reading|view|see|access|open|opening|online|internet|computer|print|fill|filling|complete"
        "|completing|form|use)"
        "|^(?:can t|cannot|unable to|not able to|trouble|difficulty|struggling|not online)"
        "(?: \\w+){0,4} (?:read|reading|print|printing|open|opening|online|fill|filling|complete|completing|form)"
        "|^no (?:internet|computer|printer)|(?:need|want|like|require|get|offer)(?: \\w+){0,2} (?:help|support|assistance)(?: \\w+){0,3} (?:read|reading|fill"
        "|filling|complete|completing|access|accessing|form|survey|document|understanding|it|this)"
        "|help(?: \\w+){0,2} (?:to )?(?:read|fill|complete|filling|completing|reading)|read (?:it|them|(?:the|your|a|this|any) \\w+) (?:out|to (?:you|anyone|people))"
        "|(?:fill|go) (?:it|them|(?:the|your|a|this) \\w+)? ?(?:in |through |over )*(?:it )?with you"
        "|accessib(?:le|ility) (?:contact|help|needs|requirements|officer|support|team|statement|enquiries|query|queries)"
    ),
}
"""What offers another form. ``paper`` is one for what is online."""


def _any(rules: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<= )|^)(?:{'|'.join(rules)})(?= |$)")


def _gate(rules: Iterable[str]) -> str:
    wide = re.sub(r"\(\?<?!.*?\)", "", "|".join(rules))
    return wide.replace(" ?", "[^a-z0-9_]*").replace(" ", "[^a-z0-9_]+")


_HANDED = {name: _any([rule]) for name, rule in HANDED.items()}
_OFFERS = {name: _any([rule]) for name, rule in OFFERS.items()}
GATE = f"{_gate(HANDED.values())}|https?://|www\\."
"""An RE2 expression for ``Records.candidates`` that each text that hands something out matches."""

_DENIED = re.compile(
    r"(?:^| )(?:no(?! problem| need| trouble)|never|stopped|sorry|not (?:available|offered?|offering|provided?|in|yet"
    r"|able to|have|produced?|printed?|print)|(?:cannot|can t|unable to|won t|don t|doesn t|do not|does not|will not"
    r"|no longer|not) (?:be|have|offer|provide|supply|do|send|produce|print|make|publish|get))(?: \w+){0,4} ?$"
)
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n+")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|pptx?|rtf)$", re.IGNORECASE)
_SURVEY = re.compile(
    r"(?:www\.|uk\.|online\d?\.)?(?:surveymonkey\.\w+|smartsurvey\.co\.uk|forms\.gle|forms\.office\.com"
    r"|forms\.cloud\.microsoft)",
    re.IGNORECASE,
)


def handed_out(
    text: str, links: Iterable[str], wanted: Iterable[Handed]
) -> tuple[Handed, str] | None:
    """Which of ``wanted`` a post hands out, and the words or address that say so.

    What a post with a link names needs no other word to say that it is there to be read.
    """
    text, rules = text[:LIMIT], {name: _HANDED.get(name) for name in wanted}
    addresses = [*links, *_LINK.findall(text)]
    for sentence in _SENTENCE.split(_LINK.sub(" ", text)):
        words = plain(sentence)
        if _DONE.search(words):
            continue
        handing = addresses or _HANDING.search(words)
        for name, rule in rules.items():
            found = rule.search(words) if rule else None
            if found and (handing or name in _BY_THEMSELVES):
                return name, found[0]
    first = next(filter(_leads_to_a_file, addresses), "") if "file" in rules else ""
    return ("file", first[:200]) if first else None


def offer(text: str, wanted: Iterable[Form]) -> str:
    """The words that offer one of the ``wanted`` forms; ``""`` where none do."""
    rules = [_OFFERS[name] for name in wanted]
    for sentence in _SENTENCE.split(text[:LIMIT]):
        words = plain(sentence)
        for rule in rules:
            for found in rule.finditer(words):
                if not _DENIED.search(words[max(0, found.start() - 60) : found.start()]):
                    return found[0]
    return ""


def accessible_page(addresses: Iterable[str]) -> str:
    """An address that names accessibility, as a page of help or contact does; ``""`` for none."""
    return next((address[:200] for address in addresses if "accessib" in address.lower()), "")


def _leads_to_a_file(address: str) -> bool:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(_FILE.search(parts.path.rstrip(").,")) or _SURVEY.fullmatch(host))
