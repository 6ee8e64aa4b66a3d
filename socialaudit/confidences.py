r"""Words by which a text gives away what was meant to stay between few: rules over plain English.

A hint is a sentence that tells, not one that names the subject: "in the private session we agreed to
sell" is one, "the public will be excluded for item 9" is the law's own notice. Each hint has a name
for the reviewer. Nothing is certain: what is confidential, the council knows and the text does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from socialaudit.personal.people import PERSON

if TYPE_CHECKING:
    from collections.abc import Mapping

Hint = Literal["secrecy", "closed session", "paper", "staff matter", "case", "bid", "dispute"]

LIMIT = 20_000
"""Characters read of one text."""

_STAFF = (
    r"(?:(?:our|the|a|one of our|my|former|ex) (?:\w+ )?(?:clerk|deputy|officer|caretaker|handyman|groundsman|\w+keeper|gardener|ranger|warden"
    r"|manager|cleaner|receptionist|assistant|supervisor|colleague|apprentice|member of staff|employee|worker|team member)"
    r"|he|she|they|\w+person)"
)
_PERSON_OR_STAFF = rf"(?:{PERSON}|(?i:{_STAFF}))"
_MATTER = (
    r"(?:disciplinary|grievance|off (?:work )?with|suspended|dismissed|sacked|fired|let go|off sick|sick leave|signed off|long[- ]term sick"
    r"|occupational health|employment tribunal|tribunal claim|settlement agreement|pay[- ]?off|gross misconduct|made redundant"
    r"|redundancy|final warning|written warning|under investigation|being investigated|performance review|failed (?:his|her|their) probation"
    r"|maternity leave|salary of|paid £|earns £|on £|quit after|handed in (?:his|her|their) notice|resigned after|resigned over|failed (?:the|a|his|her) drugs? test)"
)
_CLOSED = (
    r"(?:(?:in|at|from|during|after|behind) (?:the |a |our |last night[’']s |tonight[’']s |yesterday[’']s )?"
    r"(?:(?:confidential|private|closed|exempt|secret|restricted) (?:session|part|meeting|item|items|discussions?|business|section|bit)"
    r"|part (?:2|two|ii|b)\b|closed doors|pink papers?|camera\b)"
    r"|(?:after|once|when) (?:the )?(?:public|press)(?: and (?:the )?(?:public|press))? (?:had )?(?:left|gone|went out|filed out))"
)
_TOLD = (
    r"(?:agreed|decided|voted|told|heard|said|offered|rejected|chose|chosen|named|learned|learnt|discussed|discussing|talked|revealed"
    r"|approved|admitted|argued|shouted|resolved to (?!exclude|move|go)|was that|is that|we are going to|they are going to|£)"
)
_PAPER = r"(?:report|email|emails|letter|document|minutes|papers?|legal advice|advice|file|memo|briefing|figures|plans?|list|notes?|correspondence|details)"

HINTS: Mapping[Hint, tuple[str, ...]] = {
    "secrecy": (
        r"between (?:you and me|ourselves|us|these four walls)",
        r"(?:keep|keeping) (?:this|it|that) (?:to yourself|to yourselves|quiet|hush|under (?:your|wraps)|between)",
        r"(?:did ?n[’']?t|did not|never) (?:hear|get) (?:it|this|that) from (?:me|us)",
        r"off the record|\bshh+\b|does ?n[’']?t want (?:it|this|that) (?:known|to get out)|does not want (?:it|this|that) known|hush[- ]hush|mum[’']?s the word|strictly between|\bpsst\b|say no more but",
        (
            r"(?:should ?n[’']?t|should not|not supposed to|not meant to|not allowed to|can[’']?t really|probably should ?n[’']?t)"
            r" (?:really |be |be really |even |strictly ){0,2}(?:say|saying|share|sharing|tell|telling|post|posting|reveal)"
        ),
        r"(?:not|n[’']t|hasn[’']t been|before it[’']?s?(?: is)?) (?:yet )?(?:been )?(?:(?:made )?public|announced|official)(?: yet| knowledge)?",
        r"(?:under embargo|embargoed until|leaked|sneak(?:y)? (?:peek|look) at the (?:confidential|unpublished))",
        r"(?:don[’']?t|do not) (?:tell (?:anyone|anybody|a soul|people|everyone|everybody)|let on to|quote me|pass (?:this|it) on|share this)",
    ),
    "closed session": (
        rf"{_CLOSED}.{{0,90}}{_TOLD}",
        rf"{_TOLD}.{{0,90}}{_CLOSED}",
        r"(?:minutes|papers?|notes?|recording|report|film) (?:of|from) (?:the )?(?:exempt|private|confidential|closed|secret) (?:part|session|meeting|section|items?)",
        r"(?:minutes|papers?|notes?|recording|report) (?:of|from|for) (?:the )?part (?:2|two|ii|b)\b",
        r"part (?:2|two|ii|b)(?: items?)? ?:",
        rf"part (?:2|two|ii|b) (?:was|turned|got|of (?:the|last night[’']?s|tonight[’']?s) meeting).{{0,90}}{_TOLD}",
    ),
    "paper": (
        (
            rf"(?:confidential|private|internal|unpublished|restricted|exempt|leaked|sensitive) {_PAPER}.{{0,40}}"
            r"(?:says?|said|shows?|reveals?|seen|below|attached|here|copied|states?|warns?|names?|screenshot|that the|from the|link|reads?)"
        ),
        (
            rf"(?:here (?:is|are)|attached|see|seen|read|screenshots? of|photos? of|link to|copy of|posting|sharing|extract from) (?:\w+ ){{0,4}}"
            rf"(?:confidential|private|internal|unpublished|restricted|exempt) {_PAPER}"
        ),
        r"screen ?(?:shots?|grabs?) of (?:[\w’]+ ){0,3}(?:committee|council|councillors|staff|clerk|officers?|internal|private)(?:[’']s?)? (?:\w+ ){0,2}(?:whatsapp|chat|emails?|messages?)",
        r"(?:strictly )?private (?:and|&) confidential|not for (?:publication|circulation|release)|commercial in confidence|commercially sensitive",
        r"(?:had|got|have|received|taken|on|our) legal advice (?:that|which|saying|is|says)|legal advice (?:\w+ ){0,6}(?:was|is|says|said) (?:that|to|we|not)\b|counsel[’']?s opinion",
        r"(?:our|the council[’']?s) (?:solicitors?|lawyers?|barrister|legal advice|auditors?|insurers?) (?:\w+ ){0,3}(?:advised|advises|says?|said|told|warned|think)",
    ),
    "staff matter": (
        r"(?:grievance|disciplinary|capability|redundancy|dismissal) (?:hearing|case|outcome|investigation|appeal|meeting|proposals?|complaint)",
        r"(?:interview shortlist|shortlist for the (?:job|post|role|clerk))",
    ),
    "case": (
        r"(?:rent|council tax|allotment) arrears (?:of|at|from|owed by|for) (?:mr|mrs|ms|miss|the tenant|number|no|plot|\d)",
        (
            r"(?:safeguarding|social services|housing benefit|benefit|blue badge|hardship|foodbank|food bank|grant) (?:referral|case|claim|application|voucher)s?"
            r" (?:for|of|from|by|about|concerning|on) (?:mr|mrs|ms|miss|(?:an?|the|that) (?:\w+ )?(?:child|pupil|boy|girl|man|woman|resident|tenant|teenager|mother)|the \w+ family|[a-z]+ [a-z]+ of|a family (?:in|on|at))"
        ),
        (
            r"the (?:complaint|complainant|objector|person who (?:complained|reported)|whistle ?blower|informant|resident who complained) "
            r"(?:\w+ ){0,4}(?:was|is|lives|came from|turned out|works|called|named)(?! (?:made|received|dealt|closed|upheld|not|about|resolved|investigated|being))"
        ),
        r"complain(?:t|ts|ed)(?: \w+){0,3} (?:from|by) (?:mr|mrs|ms|miss)\b",
        r"(?:tenan\w+|plot \d+|lease|flat \d+).{0,60}(?:arrears|evicted|eviction)",
        r"case (?:ref|reference|number|no)\.? ?:? ?[a-z/-]{0,6}\d[a-z0-9/-]{2,}",
        (
            r"(?:the|an?) (?:\w+ )?(?:lady|woman|man|family|couple|tenant|resident|mum|mother|child|boy|girl) (?:in|at|from|of) (?:flat|number|no|plot|room|\d)\b"
            r".{0,80}(?:violence|abuse|arrears|evict\w+|police|social services|benefits?|owes|complained|reported|told our|moved up)"
        ),
    ),
    "bid": (
        r"(?:tender|tenders|bid|bids|bidder|quote|quotes|quotation|quotations|offer (?:of|from|for))\b.{0,60}£ ?\d",
        r"£ ?\d[\d,.km]*.{0,50}\b(?:tender|tenders|bid|bids|quote|quotes|quotation|quotations|reserve price)\b",
        r"(?:council|we|they)(?:[’']ll| will| would| can| could)? (?:go|bid) (?:up to|to|as high as|no higher than|no further than) £",
        r"(?:prepared|willing|ready) to (?:pay|accept|go) (?:up |down )?(?:to |as (?:high|low) as )?£",
        r"(?:the )?(?:lowest|cheapest|highest|winning|losing|rival|other) (?:tender|bid|bidder|quote) (?:was|is|came|from)",
    ),
    "dispute": (
        (
            r"(?:out[- ]of[- ]court|legal|confidential|nda|non-disclosure) (?:settlement|agreement)"
            r"|settled (?:out of court|the claim|his claim|her claim)|without prejudice|compensation (?:pay ?out|payment)? ?(?:of £|to (?:mr|mrs|the former))"
        ),
    ),
}
"""What a hint is called, and the expressions of which one makes it (small letters, one sentence)."""

_NOT_TELLING = re.compile(
    r"\b(?:helpline|in confidence|confidential(?:ly)? (?:and free|help|support|advice (?:line|service)|service|waste|shred\w*|counselling|chat|survey|ballot)"
    r"|(?:strictly|completely|totally|remain|kept|be|are|is) (?:strictly |completely )?confidential|free and confidential|policy|policies|procedures?"
    r"|training|exclu(?:de|des|ded|sion|ding)(?: of)? (?:the )?(?:press|public|members)|public (?:and press )?(?:are|is|will be|were) excluded"
    r"|press and public|will be (?:held|taken|considered|discussed|dealt)|to be (?:held|taken|considered|discussed)|agenda|vacanc\w+|invit\w+"
    r"|wanted|apply|deadline|closing date|is awarded|was awarded|been awarded|awarded (?:the contract|to)|contract award\w*|raffle|auction|bid to|bids? for"
    r"|offers? of|special offer|half price|tickets?|free quotes?|famous quote|love island|santa|father christmas|surprise|the kids|panto\w*|(?:a|new|the) play (?:by|called|about))\b"
)
_DESPITE = re.compile(r"\bexcluded\b.{0,60}\b(?:but|however|still|anyway)\b")
_PRIVATE_LIFE = re.compile(
    r"\b(?:football|team sheet|referee|match|goal|rugby|cricket|premier league|striker)\b"
)
_STAFF_MATTER = re.compile(
    rf"(?<!\w){_PERSON_OR_STAFF}\b(?:\W+(?!(?:not|never|should|would|if)\b)[\w’'-]+){{0,7}}?\W+(?i:{_MATTER})\b"
)
_STAFF_MATTER_FIRST = re.compile(
    rf"\b(?i:disciplinary(?: \w+)?|grievance|investigation|tribunal claim|suspension|dismissal|sacking|settlement agreement|pay ?off) (?i:against|by|into|of|for|with|involving|about) (?:the )?{_PERSON_OR_STAFF}"
)
_DEBT = re.compile(
    rf"(?<!\w){PERSON}(?:\W+[\w’'-]+){{0,5}}?\W+(?i:(?:still )?owes|has(?:n’t| not| still not) paid|in arrears|behind with)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_COMPILED = {
    name: re.compile("|".join(rf"(?:\b|(?<=\W)|^)(?:{rule})" for rule in rules))
    for name, rules in HINTS.items()
    if rules
}
GATE = (
    r"public|press|minutes|papers?|legal|screen|violence|abuse|police|moved.up|told.our|prepared|willing|ready|£|shh|want|known|get.out|owes|notice|behind|"
    r"excluded|minutes|papers|notes|recording|report|film|commercial|publication|circulation|release|counsel|capability|shortlist|tenan|plot|lease|evict"
    r"|off.(?:work.)?with|drug|"
    r"between|keep|hear|get.{1,6}from|record|hush|mum.?s.the|psst|no.more|should|supposed|meant|allowed|really|public|announced|official"
    r"|embargo|leaked|sneak|tell|quote|pass|share|confidential|private|closed|exempt|secret|restricted|part.(?:2|two|ii|b)|camera|pink"
    r"|internal|unpublished|sensitive|solicitor|lawyer|barrister|legal|auditor|insurer|arrears|safeguarding|social.services|benefit|badge"
    r"|hardship|food.?bank|grant|complain|objector|whistle|informant|person.who|case|tender|bid|offer|quotation|reserve|settle|prejudice"
    r"|compensation|disciplinary|grievance|suspen|dismiss|sack|fired|let.go|sick|signed.off|occupational|tribunal|pay.?off|misconduct"
    r"|redundan|warning|investigat|performance|probation|maternity|salary|paid|earns|on.£|quit|resigned|agreement|nda"
)
"""An RE2 expression for ``Records.candidates`` that every text with a hint matches."""


def hint(text: str) -> Hint | None:
    """What a text may give away; ``None`` when it tells nothing of the kind."""
    for sentence in _SENTENCE.split(text[:LIMIT].replace("'", "’")):
        small = " ".join(sentence.lower().split())
        if _DESPITE.search(small):
            return "closed session"
        if _NOT_TELLING.search(small) or small.endswith("?"):
            continue
        for name, rule in _COMPILED.items():
            if rule.search(small):
                return name
        if _DEBT.search(sentence):
            return "case"
        told = _STAFF_MATTER.search(sentence) or _STAFF_MATTER_FIRST.search(sentence)
        if told and not _PRIVATE_LIFE.search(small):
            return "staff matter"
    return None
