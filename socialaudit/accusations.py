"""Where a text says that somebody it names did wrong: named rules over plain English.

Somebody named is a person ("Mr Hall", "Cllr Jane Webb", "Tom Askew"), a business ("Bay Motors", "the
Red Lion"), a handle, or the one holder of a post ("the former clerk", "the owner of the kiosk"). An
accusation is of a *crime*, of *dishonesty* or of *incompetence*, and must be said of the name: as
what it did or is, or as something of its. Public bodies and political parties cannot be defamed
(Derbyshire v Times [1993] AC 534; Goldsmith v Bhoyrul [1998] QB 459); the dead and figures of plays cannot
either. What a court, regulator or inquest found, and what is said to be alleged, is left out; but
"allegedly" is no defence in itself, for who repeats a libel is as liable as who began it.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from socialaudit.phrases import plain, wide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Wrong = Literal["crime", "dishonesty", "incompetence"]

LIMIT = 10_000
"""Characters read of one text."""
NEAR = 300
"""Characters read on either side of a name: what is said of it stands close by."""

_CONTENT = tomllib.loads(files("socialaudit").joinpath("accusations.toml").read_text("utf-8"))


def _any(name: str) -> str:
    return f"(?:{'|'.join(_CONTENT[name])})"


DID: Mapping[Wrong, str] = {wrong: "|".join(words) for wrong, words in _CONTENT["did"].items()}
"""What somebody did, by wrong."""
IS: Mapping[Wrong, str] = {wrong: "|".join(words) for wrong, words in _CONTENT["is"].items()}
"""What somebody is said to be, or to have of their own."""

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Rev|Revd|Father|Cllr|Clr|Councillor|Coun|Sir|Lady|Lord|Dame|PC|Sgt"
    r"|Inspector|Mayor|Alderman|Professor|Prof|Captain|Major)\.?"
)
_NAME = "(?:[A-Z][’'])?[A-Z][A-Za-z-]{0,40}[a-z](?![A-Za-z-])"
_INITIALS = r"[A-Z](?:[.&]? ?[A-Z]\.?){0,2}(?![a-z])"
_PERSON = re.compile(
    rf"(?<!\w)(?:{_TITLE}(?: {_NAME}){{1,3}}|@\w{{2,30}}|{_NAME}(?: {_NAME}){{1,2}})"
)
_SURE = re.compile(rf"{_TITLE} |@")
_FIRM = re.compile(
    rf"(?<!\w)(?:{_NAME}|{_INITIALS})(?:[ &]{{1,3}}(?:and )?{_NAME}){{0,3}}?[ &]{{1,3}}(?:and )?"
    rf"{_any('trades')}(?: {_any('trades')})?(?!\w)"
)
_FIRST = re.compile(rf"(?<!\w){_NAME}(?= (?:from|at|of) (?:the |No |no |number )?\w)")
_BEFORE = "(?:former|previous|last|old|ex|current|late|new|deputy|local|town|parish|site|pub|main)"
_HOLDER = re.compile(
    rf"(?<!\w)(?:the|our|your|that|this) (?:{_BEFORE} )+{_any('posts')}s?"
    rf"(?:,? (?-i:{_NAME}(?:(?: &)? {_NAME})?))?(?!\w)"
    rf"|(?<!\w)(?:the|our|that) {_any('posts')} (?:of|at|behind|from|in|who (?:owns|runs|built))"
    r" (?:the |our )?\w+(?: \w+)?"
    rf"|(?<!\w)(?:the|our|that) {_any('posts')} (?=(?:is|was|has|stole|lied|took|had|who)\b)",
    re.IGNORECASE,
)
_PUBLIC = re.compile(rf"\b{_any('public')}\b")
_PLACE = re.compile(rf"\b{_any('places')}\b")
_NOBODY = frozenset(_CONTENT["nobody"])
_ELSEWHERE = re.compile(rf"\b(?:{_any('elsewhere')}|{_any('stories')})\b", re.IGNORECASE)

_APART = r"(?:(?:at|of|from|in|who|behind|on|the|our) (?:the )?(?:\w+ ){1,2}?)?"
_DENIED = re.compile(r"\b(?:not|never|n t|didn|doesn|hasn|haven|isn|wasn|weren|aren|nor)\b")
_PASSIVE = re.compile(r"(?:^| )(?:is|was|are|were|been|be|being|s|got|gets)$")
_ACTIVE = re.compile(r"(?:\w+ )?\w+ing\b|on the|drunk|asleep|out of|in it|not ")
_IDIOM = re.compile(rf"{_any('idioms')}\b")
_BE = "(?:is|was|are|were|s|been|be|remains?|m|re|turned out to be)"
_DID = {
    wrong: re.compile(
        rf"(?P<between>{_APART}(?:{_any('between')} ){{0,6}}?)(?P<did>{words})(?= |$)"
    )
    for wrong, words in DID.items()
}
_IS = {
    wrong: re.compile(
        rf"(?P<between>{_APART}(?:{_any('between')} ){{0,3}}?{_BE} (?:{_any('much')} ){{0,5}}?"
        rf"|s (?:\w+ ){{0,2}}?)(?P<did>{words})(?= |$)"
    )
    for wrong, words in IS.items()
}
_THE = "(?: (?:that|the|those|these|our|this|like|at|mr|so called))*"
_AHEAD: Mapping[re.Pattern[str], Wrong] = {
    re.compile(rf"(?:^| ){_any('by')}(?: \w+){{0,2}} by{_THE}$"): "dishonesty",
    re.compile(
        rf"(?:^| ){_any('of')}(?: (?!{_any('lectures')} )\w+){{0,2}} (?:of|by|at|from|to){_THE}$"
    ): "dishonesty",
    re.compile(rf"(?:^| ){_any('shun')}{_THE}$"): "incompetence",
    re.compile(rf"(?:^| ){_any('bare')}{_THE}$"): "dishonesty",
}
_ASK = re.compile(r"(?:^| )ask$")
_HOW = re.compile(
    r"(?:how|where|why|what) (?:\w+ ){0,4}(?:got|paid|pays|went|happened|afford\w*|won|spent|money|cash)(?= |$)"
)
_ALONE = re.compile(
    rf"(?:what )?(?:{_any('much')} )*{_any('bare')}(?: (?:the lot|all|both)(?: of them)?)?"
)
_PRONOUN = re.compile(
    r"\W{0,3}(?:He|She|They|The man|The woman|The firm|The company|Both)(?=\W)", re.IGNORECASE
)
_ASIDE = re.compile(r"[,;–—] ?(?:and |but |because |as )?(?:he|she|they)(?=\W)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bCllr)[.!?](?=\s|$)|\n+")
GATE = (
    *map(wide, (*DID.values(), *IS.values())),
    wide("|".join(_any(name) for name in ("bare", "by", "of", "shun")) + "|ask"),
)
"""RE2 expressions for ``Records.candidates``; every text with an accusation matches one."""


def accusation(text: str) -> Wrong | None:
    """What a text says that somebody it names did; ``None`` where it accuses nobody named.

    Never says who, or in which words: a report must not repeat it.
    """
    text = text[:LIMIT]
    if _ELSEWHERE.search(text):
        return None
    named = False
    for sentence in _SENTENCE.split(text):
        spans = list(_named(sentence))
        if named and _ALONE.fullmatch(plain(sentence)):
            return "dishonesty"
        if named and (opening := _PRONOUN.match(sentence)):
            spans.append(opening.span())
        if spans:
            spans.extend(said.span() for said in _ASIDE.finditer(sentence, spans[0][1]))
        for start, end in spans:
            before = sentence[max(0, start - NEAR) : start]
            if wrong := _said_of(plain(before), plain(sentence[end : end + NEAR])):
                return wrong
        named = bool(spans) or (named and not plain(sentence))
    return None


def _named(sentence: str) -> Iterator[tuple[int, int]]:
    """Where a sentence names a person, a business or the holder of a post."""
    for kind in (_FIRM, _HOLDER, _PERSON, _FIRST):
        for found in kind.finditer(sentence):
            if kind is _HOLDER:
                yield found.start(), sentence.rfind(" ", 0, found.end())
            if kind is _HOLDER or _is_name(found[0], sure=kind is _FIRM):
                yield found.span()


def _is_name(words: str, *, sure: bool) -> bool:
    """Whether it is a person's or a firm's name, not that of a public body or a place."""
    if _PUBLIC.search(words):
        return False
    if sure or _SURE.match(words):
        return True
    return not _PLACE.search(words) and _NOBODY.isdisjoint(plain(words).split())


def _said_of(before: str, after: str) -> Wrong | None:
    """What the words before and after a name say of it."""
    for wrong in DID:
        did, is_ = _DID[wrong].match(after), _IS[wrong].match(after)
        if did and not _DENIED.search(did["between"]) and not _turned(did, after):
            return wrong
        if is_ and not _DENIED.search(is_["between"]):
            return wrong
    if _ASK.search(before) and _HOW.match(after):
        return "dishonesty"
    return next((wrong for rule, wrong in _AHEAD.items() if rule.search(before)), None)


def _turned(did: re.Match[str], after: str) -> bool:
    """Whether it was done to them, or is a manner of speaking."""
    if _PASSIVE.search(did["between"].strip()) and not _ACTIVE.match(did["did"]):
        return True
    return bool(_IDIOM.match(after[did.start("did") :].partition(" ")[2]))
