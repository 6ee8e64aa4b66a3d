r"""Who speaks of the council, and who speaks for it: rules over plain English.

To speak of a council is to name it, its people or its business: "the council", its own name, the
mayor, a consultation. Council tax, houses
and other tiers of government do not count. To speak for it is to give its view, to say "we" for it,
to promise or confirm in its name. News of what it decided is neither, nor is somebody's own opinion
of it. ``~`` stands for up to four words of one sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.profiles import plain

if TYPE_CHECKING:
    from socialaudit.models import Council

LIMIT = 20_000
"""Characters read of one text."""

_THING = frozenset(
    [
        "tax",
        "taxes",
        "house",
        "houses",
        "housing",
        "estate",
        "flat",
        "flats",
        "tip",
        "worker",
        "workers",
    ]
)
"""What follows "council" where no council is meant."""
_OTHERS = frozenset(
    [
        "county",
        "district",
        "borough",
        "city",
        "security",
        "student",
        "school",
        "arts",
        "british",
        "research",
        "design",
        "church",
    ]
)
"""What comes before "council" where another body is meant."""
_NAMED = re.compile(
    r"(?<!\w)(?:(\w+) )?(councill?ors?|councils?|(?:the|our|your|town|parish|deputy) clerk|town hall|cllr|ctc"
    r"|mayor|precept|consultation|have your say|planning (?:application|committee|permission)s?)(?: (\w+))?(?!\w)"
)
_GATE = "council|clerk|hall|cllr|ctc|mayor|precept|consultation|your[^a-z0-9]+say|planning"

_COUNCIL = "(?:the |our |your |this )?(?:[a-z]+ )?(?:town |parish |community )?council"
_DECIDE = (
    "(?:decided|agreed|resolved|approved|refused|rejected|refusing|rejecting|approving|agreeing|closing|reopening|introducing|reviewing|consulting|looking into"
    "|dealing with|investing|replacing)"
)
RULES = {
    "in its name": (
        f"on behalf of {_COUNCIL}|on {_COUNCIL} s behalf|(?:speaking|writing|posting|replying|here) (?:as|for) (?:the )?(?:council|(?:town |deputy |parish )?clerk)"
        f"|(?:as a representative of|asked by) {_COUNCIL}|speaking for (?:all of us|everyone|us all)"
        f"|{_COUNCIL} has my (?:full )?(?:authority|word|permission|support)"
        "|in my (?:role|capacity|position|job) as|as (?:the|your|town|parish|deputy|council s?)~ (?:clerk|officer|ranger|manager|warden)"
        "~ (?:i|we)|(?:asked|told|wants?|wanted|authori[sz]ed|instructed|allowed) (?:me|us) to~ (?:say|tell|post|announce|share|confirm|explain)"
        "|official (?:statement|position|response|line|reply|announcement)"
    ),
    "we, the council": (
        f"(?:we|us|our team|everyone|all of us|here)(?: all| here)? (?:at|in|from|as) (?:a |{_COUNCIL}|the town hall|town hall)"
        f"|we {_COUNCIL}|as (?:a|the)(?: [a-z]+)? council we"
        f"|we (?:re|are) (?:the|your) (?:[a-z]+ )?council|colleagues and i~ {_DECIDE}|(?:here )?at {_COUNCIL} we|our (?:council )?(?:policy|position|view|decision|stance)~ (?:is|was|on|remains|has|hasn)"
        f"|we(?: have| ve| are| re| will| ll| had| were| at)*~ {_DECIDE}"
        "|we (?:won t|will not|are not|aren t|re not)~ chang(?:e|ing) our minds?"
        "|(?:email|ring|call|contact|message|let|tell) us|get back to you|we ll (?:sort|fix|get|look|let)"
    ),
    "its view": (
        "(?:view|position|stance|opinion|policy) of (?:this|our|the) (?:[a-z]+ )?(?:town |parish )?council"
        "|this council~ (?:we|our|will|is|has|believes)|"
        f"{_COUNCIL}(?: s)? (?:official )?(?:view|position|stance|opinion|line|response|policy) (?:is|isn|on|remains|has|hasn|will)"
        f"|{_COUNCIL} (?:firmly |strongly |fully |does not |doesn t |never |always )*(?:believes?|thinks?|feels?|supports?|opposes?"
        "|welcomes?|condemns?|objects?|apologi[sz]es?|regrets?|backs?|rejects?|stands? (?:by|with)|disagrees?|agrees? (?:with|that)"
        "|(?:is|isn t|will|won t|is not)~ (?:tolerate|accept|fight|defend|stand (?:for|by|up)|give (?:in|way)|back down|ensure|make sure)"
        "|is (?:proud|delighted|disappointed|against|in favour|committed|opposed|sorry|clear|not responsible|right)"
        "|cares|takes~ seriously|(?:would like|wishes|wants) to (?:apologise|thank|stress|make|say|point out|reassure|remind)"
        "|is not (?:to blame|at fault))"
        f"|{_COUNCIL} s decision is final|^(?:the )?(?:town |parish )?council says (?:no|yes|sorry)"
        f"|{_COUNCIL} s (?:official )?(?:view|position|stance|line|answer|response)$"
        "|^(?:town |parish )?council (?:response|reply|statement|position|view) (?:to|on|is)"
    ),
    "a promise": (
        f"i (?:can|am able to|m able to) (?:confirm|assure|promise|guarantee|reassure|announce)|(?:rest|be) assured|i (?:promise|assure) you"
        f"|you (?:have|ve) (?:my|our) (?:word|assurance)|take it from me~ {_COUNCIL}|what {_COUNCIL} (?:means|meant|wants|is trying)"
    ),
}
"""How somebody speaks for a council; the first that fits names it."""

_COMPILED = {
    name: re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", "(?: [a-z0-9]+){0,4}?"))
    for name, rule in RULES.items()
}
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n+")
_QUOTED = re.compile(r"[\"“”][^\"“”]{0,1000}[\"“”]")
_OWN = re.compile(
    r"\b(?:i (?:think|reckon|feel|wish|believe|hope|d say)|in my (?:own )?(?:view|opinion)|imho|imo)\b"
)


def gate(council: Council) -> str:
    """An RE2 expression for ``Records.candidates`` that every mention of the council matches."""
    words = plain(council.name).split()
    if not all(word.isascii() for word in words):
        return "(?s:.)"
    return f"{_GATE}|{'[^a-z0-9]+'.join(words)}" if words else _GATE


def mentions(text: str, council: Council) -> str:
    """The words that name the council, its people or its business, or ``""``."""
    words = plain(text[:LIMIT])
    if name := plain(council.name):
        own = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
        if own:
            return own[0]
    for before, name, after in _NAMED.findall(words):
        if before not in _OTHERS and after not in _THING:
            return str(name)
    return ""


def speaks(text: str) -> tuple[str, str]:
    """How a text speaks for a council (a key of ``RULES``) and the words; ``("", "")`` if not.

    A sentence that says it is an opinion speaks for nobody else.
    """
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", text[:LIMIT])):
        words = plain(sentence)
        if _OWN.search(words):
            continue
        for name, rule in _COMPILED.items():
            hit = rule.search(words)
            if hit and not _OTHERS.intersection(hit[0].split()):
                return name, hit[0]
    return "", ""
