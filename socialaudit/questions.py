r"""Whether a comment asks something that wants an answer: rules over plain English.

A question is a sentence that ends in a question mark or opens like one ("When is", "Can you"). What
asks nothing is left out: rhetoric ("Are you serious?", "what's the point?"), question tags ("lovely,
isn't it?"), plans among friends ("Shall we go, Sue?"), and what stands in quotation marks.
"""

from __future__ import annotations

import re

LIMIT = 5_000
"""Characters read of one text."""
_FEW = 3

_QUOTED = re.compile(r"[\"“”][^\"“”]{0,500}[\"“”]")
_LEFT_OUT = re.compile(r"https?://\S+|www\.\S+")
_SENTENCE = re.compile(r"([^.!?\n]+)([.!?\n]*)")
_HANDLES = re.compile(r"^(?:\s*@\w[\w.]*)+")
_BEFORE = re.compile(
    r"^(?:(?:hi|hello|hiya|morning|good (?:morning|afternoon|evening)|afternoon|evening|hey|ok|okay|so|and"
    r"|but|also|well|just|sorry|thanks|thank you|cheers|please|pls|plz|excuse me|lovely|great|brilliant|question"
    r"|quick question|just wondering|i was wondering|out of interest|all|there|team|everyone|council|x"
    r"|ooh|oh|um|er|yes|no|if so|anyway|again|then)\b[\s,:;–—-]*)+"
)
_OPENINGS = (
    r"(?:what (?:time|day|date|are the|is the|about the|happens|happened to)"
    r"|when(?: s|s| is| are| will| does| do| did| can| was| were)\b"
    r"|where(?: s|s| is| are| will| does| do| can| should| would)\b"
    r"|how (?:do|does|can|much|many|long|far|often|will|would|is|are|old|early|late)\b"
    r"|which (?:day|days|road|roads|street|end|way|part|one|ones|bin|bins|week|entrance|car park)\b"
    r"|who (?:do|should|can|is|will|are)\b"
    r"|(?:can|could|will|would) (?:you|we|i|someone|somebody|anyone|anybody|the council|this|it|there)\b"
    r"|(?:is|are|was|were|will) (?:there|it|this|they|the|these|we)\b"
    r"|(?:do|does|did) (?:we|you|i|it|this|the|anyone|anybody|they)\b"
    r"|(?:has|have) (?:anyone|anybody|the|this|it|you|they|there)\b"
    r"|any (?:idea|ideas|news|update|updates|chance|plans|word|info|information|more)\b"
    r"|(?:anyone|anybody|any1) (?:know|knows|tell)\b"
    r"|(?:please )?(?:can|could|would) (?:you|someone|somebody) (?:please|tell|let|confirm|explain)\b"
    r"|(?:i|we)(?: d| would) (?:like|love) to know|(?:i|we) (?:need|want) to know"
    r"|(?:advise|confirm|let (?:me|us) know|tell me) (?:who|what|when|where|which|how|whether|if (?:the|this|it|there|we|i))\b"
    r"|please (?:can|could|would|will) )"
)
_OPENING = re.compile(_OPENINGS)
GATE = f"[?\uff1f]|{_OPENINGS}".replace(" ", "[^a-z0-9_]+")
"""An RE2 expression for ``Records.candidates`` that every text with a question matches."""

_TOPICAL = frozenset(
    ["when", "where", "how", "why", "cost", "price", "time", "parking", "times", "date"]
)
_RHETORIC = re.compile(
    r"(?:.* )?(?:are you|r u|you|u)(?: all| lot| actually)? (?:serious|seriously|kidding|joking"
    r"|having a laugh|having us on|mad|blind|for real|what)"
    r"|(?:.* )?(?:who cares|what(?: s| is)? the point|why bother|what next|whatever next|since when"
    r"|what planet|how dare|who knew|who would (?:have thought|want|pay)|what (?:did|do) you expect"
    r"|need i say more|am i surprised|why am i not surprised|is it any wonder|what can you do"
    r"|who do they think|why oh why|what on earth|what the (?:hell|heck|fuck)|you know what|guess what"
    r"|know what i mean|don ?t you think|do you think|would you believe|can you (?:believe|imagine)"
    r"|remember (?:when|this|that|him|her|these)|how (?:stupid|hard can|thick|lovely|nice|cute|sad|sweet"
    r"|beautiful|gorgeous|fab|good is|cool|amazing|wonderful|brilliant|many more times)"
    r"|who (?:would|could|does|did|has)n ?t|what(?: s| is) not to (?:like|love)"
    r"|(?:is|are|was|were)n ?t (?:it|this|that|he|she|they|these|those)(?: \w+){0,2} (?:lovely|nice|cute|sad|sweet|beautiful|gorgeous|fab|fabulous"
    r"|cool|amazing|wonderful|brilliant|great|stunning|funny|fantastic|pretty|grand|marvellous)"
    r"|what an?|what lovely|what could possibly|what part of|do(?:es)? (?:you|he|she|it|they) do"
    r" (?:weddings|parties|windows|requests))(?: .*)?"
    r"|(?:.* )?what (?:are|will|is) (?:they|he|she|it) .*\bnext(?: .*)?"
    r"|(?:really|what|wtf|eh|huh|ok|okay|seriously|surely|lol|oh|pardon|again|me|us|and|so)"
)
_TAG = re.compile(
    r".*\b(?:is|are|was|were|do|does|did|has|have|had|will|would|could|should|ca|wo|can|ai)n? ?t"
    r" (?:it|they|he|she|we|you|i|there|that)"
    r"|.*\b(?:innit|eh|right|huh|yeah|yes|no|ok|okay|hey|lol)"
)
_FRIENDS = re.compile(
    r"(?:.* )?(?:shall we|should we go|fancy (?:it|this|going|a)|fancy|you (?:going|coming|up for)"
    r"|(?:anyone|anybody|who s|whos|who is|who else) (?:else )?(?:going|coming|up for|fancy|want|wants)"
    r"|are we going|are you (?:going|coming|free|in|up for)|want to go|wanna go|do you (?:fancy|want to)"
    r"|you free|see you there|(?:is|are) (?:this|that|it|these) (?:you|yours|your|us|our \w+)"
    r"|(?:anyone|anybody) (?:lost|selling|seen my|got a spare|recommend))\b.*"
)
_VOCATIVE = re.compile(
    r"\s*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2}\s*,?\s+[^A-Z.!?\n]*\b(?:you|u|your|we|us|this)\b"
)
_OFFICIAL = re.compile(r"\b(?:council|councillors?|cllr|clerk|mayor|town|parish)\b", re.IGNORECASE)
_FOUND = r"sorted|found it|got it|no worries|never ?mind|ignore (?:me|that)"
_SETTLED = re.compile(rf"\b(?:thanks|thank ?you|cheers|ta|diolch|{_FOUND})\b", re.IGNORECASE)
_WITHDRAWN = re.compile(rf"\b(?:{_FOUND})\b", re.IGNORECASE)
_ECHO = re.compile(
    r"\b(?:same|me too|us too|good (?:question|luck)|no idea|not sure|(?:do|does)n[o']?t know|dunno"
    r"|like to know|wonder(?:ing|ed)?|never (?:answer|reply)|no ?body knows|ask the council|waiting|agree"
    r"|typical|don[’']?t hold your breath)\b",
    re.IGNORECASE,
)

SETTLED_GATE = (
    "thank|cheers|diolch|sorted|found it|got it|no worries|never ?mind|ignore|(?:^|[^a-z])ta"
)
"""Likewise for texts that ``settles`` says yes to."""


def question(text: str) -> str:
    """The first sentence that wants an answer, or ``""``."""
    text = _HANDLES.sub("", text[:LIMIT].replace("\uff1f", "?"))
    if _WITHDRAWN.search(text):
        return ""
    mocking = False
    for sentence, end in _SENTENCE.findall(_LEFT_OUT.sub(" . ", _QUOTED.sub(" . ", text))):
        words = re.sub(r"[^\w]+", " ", sentence).strip().lower()
        plain = _BEFORE.sub("", words).strip() or words
        opens = bool(_OPENING.match(plain))
        if _RHETORIC.fullmatch(plain):
            mocking = True
        elif _asks(plain, end, opens=opens) and (opens or not mocking):
            return f"{sentence}{end}".strip()
    return ""


def settles(text: str) -> bool:
    """Whether somebody who asked has what they wanted: thanks, and no further question."""
    return bool(_SETTLED.search(text[:LIMIT])) and not question(text)


def answers(text: str) -> bool:
    """Whether a resident's reply may answer: some words, no question, no "I'd like to know too"."""
    text = text[:LIMIT]
    return len(text.split()) >= _FEW and not _ECHO.search(text) and not question(text)


def to_a_friend(text: str) -> bool:
    """Whether a comment opens with a person's name, as people tag a friend ("Sue Bell are you …")."""
    named = _VOCATIVE.match(text[:LIMIT])
    return bool(named) and not _OFFICIAL.search(text[:LIMIT])


def _asks(plain: str, end: str, *, opens: bool) -> bool:
    if not plain or _FRIENDS.fullmatch(plain) or (not opens and _TAG.fullmatch(plain)):
        return False
    if "?" not in end:
        return opens and len(plain.split()) > 3  # noqa: PLR2004 - "is it good" is no question yet
    if "!" in end:
        return opens
    return len(plain.split()) > 1 or plain in _TOPICAL
