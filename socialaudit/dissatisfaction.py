r"""What reads like a complaint to the council: dissatisfaction that wants an answer from it.

The Ombudsman's Code calls a complaint an expression of dissatisfaction, however made, with the
standard of service, with what the council did or with what it left undone. One of seven things makes
one here: it says that it is a complaint; it tells of a report that nobody answered; a service failed
again and again, or for long; it is about how somebody from the council behaved; about what the
council did or left undone, in hard words or with a wish for redress; about what the council looks
after, in hard words; or about how it uses social media (a comment removed, a person blocked, a picture
without leave). The first report of a fault is none, nor is grumbling about what is not the council's
or what other people do, nor what somebody
tells another body ("I have complained to the water company") or advises others to do. The rules read
plain English, word by word, without capitals or punctuation; ``~`` stands for up to five words of one
sentence, and a full stop is a word of its own.
"""

from __future__ import annotations

import re

from socialaudit.sieve import SIGNS
from socialaudit.upkeep import KEPT, KEPT_GATE, LONG, LONG_GATE, OTHERS, OUT, OUT_GATE, VERDICT

LIMIT = 5_000
"""Characters read of one text."""

_START = "(?:^|\\. )"
_STAFF = (
    "(?:staff|clerk|officers?|wardens?|rangers?|workmen|workers?|grass cutters?|bin(?: )?men|crews?|sweepers?|contractors?|councillors?|cllr [a-z]+|employees?"
    "|mayor|caretaker|receptionist|gardeners?|cleaners?|inspectors?|attendants?|(?:lady|man|woman|girl|lad|bloke|chap|person|people)"
    " (?:on|at|in|from) (?:your|the) (?:[a-z]+ )?(?:phone|desk|office|line|counter|reception|council))"
)
_BAD = (
    "(?:rude|aggressive|abusive|unhelpful|unprofessional|disrespectful|dismissive|insulting|patronising"
    "|condescending|threatening|bullying|bullied|swore|swearing|shouted|shouting|hung up|discriminated)"
)
_UNHAPPY = "(?:disappointed|dissatisfied|unhappy|not happy|appalled|disgusted|dismayed|furious|upset|frustrated)"
_REPORTED = (
    "(?:reported|emailed|rung|rang|called|phoned|telephoned|written|wrote|contacted|messaged|asked"
    "|complained|told (?:you|the council)|sent you|left (?:[a-z]+ )?messages?|sent (?:[a-z]+ )?(?:emails?|letters?|messages?)"
    "|(?:phone )?calls|emails|letters|chased|complaint|raised (?:this|it|that)|brought (?:this|it) up|mentioned (?:this|it))"
)
_SILENCE = (
    "(?:no (?:reply|response|answer|action|acknowledgement|joy|luck)|un(?:answered|acknowledged)|(?:zero|not one|not a single|never an?) (?:answers?|repl(?:y|ies)|responses?|call)|(?:no one|noone|nobody)~ (?:repl(?:y|ie[sd])|respond(?:ed|s)?"
    "|answer(?:s|ed)?|back|come out|came|bothered|cares)|nothing~ (?:done|happened|happens|changed)"
    "|heard nothing|ignored|fobbed off|getting nowhere|(?:brick|deaf) (?:wall|ears)"
    "|(?:not|never|hasn t|haven t|didn t|hasnt|havent|didnt|without|yet)~ (?:reply|replied|response|responded|answer"
    "|answered|got back|come back|called back|heard|hear back|fixed|repaired|mended|been done|acknowledge?ment))"
)
_OFTEN = (
    "(?:(?:second|third|fourth|fifth|sixth|2nd|[3-9](?:rd|th)|umpteenth)(?: [a-z]+)? (?:time|week|month|fortnight|day"
    "|year|collection)|(?:two|three|four|five|six|[2-9]) (?:times|weeks|months|years|days|collections)"
    " (?:running|in a row|on the trot)|yet again|time and (?:time )?again)"
)
_FAILED = (
    "(?:missed|failed|broken|cancelled|(?:not|never|hasn t|haven t|wasn t|weren t|hasnt|havent|wasnt|werent)~ (?:collected"
    "|emptied|cut|cleaned|fixed|repaired|swept|opened|done))"
)
_WORDS = "(?:comments?|posts?|questions?|messages?|repl(?:y|ies)|reviews?)"
_REMOVED = "(?:deleted?|deleting|removed?|removing|hidden|hid|hiding|censored|censoring|taken (?:down|off)|disappeared)"
_PEOPLE = "(?:my|our|his|her|peoples?|residents)"

_DID = (
    "(?:cancelled|left|lost|forgot|forgotten|damaged|broke|broken|failed|refused|locked|wasted|misled|ignored|overcharged"
    "|charged|turned~ away|cut down|felled|posted|removed|closed|changed|gave|given|told|sent|let|allowed|promised"
    "|run|ran|handled|missed|messed up|made|put|treated|didn t|haven t|didnt|havent|never|could not|couldn t)"
)
_HARD = (
    "(?:appalling|appalled|disgrace|disgraceful|disgusting|disgusted|shocking|shambles|shambolic|unacceptable"
    "|not acceptable|not good enough|not on|joke of|(?:very|really|so|extremely) (?:poor|bad)|poor service|incompetent"
    "|incompetence|ashamed|shame on|disappointed|disappointing|dissatisfied|fuming|furious|livid|angry|fed up|insulting"
    "|outrageous|outrage|let down|ruined|distressing|heartbreaking|upsetting|upset)"
)
_AGENT = "(?:you|you ve|your [a-z]+|(?:the |our |town |parish )+council)"

_STANDARD = "standard of service"
RULES = {
    "says that it is one": (
        "(?:i|we|i d|we d|id)(?: [a-z]+){0,3} (?:want|wish|like|need|have|going|forced) to (?:[a-z]+ ){0,2}"
        "(?:complain|complaint)|(?:i|we)(?: am| are| m| re) (?:[a-z]+ )?complaining"
        "|(?:how|where|who) (?:do|can|would|should|could) (?:i|we|you|one|people)~ (?:complain|complaint)"
        "|(?:make|making|lodge|lodging|raise|raising|register|registering|submit|submitting|file|filing|log|logging"
        "|put in|putting in|this is|will be|as)"
        "(?: [a-z]+){0,3} (?:complaint|complaining)|escalate (?:this|it|my|the)|ombudsman|monitoring officer"
        f"|{_START}(?:a )?(?:formal |official )?complaint (?:about|regarding|re|against)|formal(?:ly)? compla(?:in|int)"
        "|my (?:[a-z]+ )?complaint|complaints? (?:procedure|process|department|form|policy|team|officer)"
        "|the way (?:i|we|my [a-z]+|she|he) (?:was|were|have been|has been) (?:dealt with|treated|spoken to)"
        "|(?:handles?|deals? with|in charge of|responsible for) (?:[a-z]+ )?complaints?|(?:taken|take (?:this|it)) (?:further|higher)"
        "|(?:want|like|ask(?:ing)? for|need|deserves?|should be)~ (?:looked (?:at|into)|investigated|investigation|formal review)"
        "|complain(?:ed)?~ to (?:you|the (?:town |parish )?(?:council|clerk))"
    ),
    "nobody answered": (
        f"{_REPORTED}(?: [a-z0-9.]+){{0,25}}? {_SILENCE}|{_SILENCE}(?: [a-z0-9.]+){{0,12}}? (?:i|we)(?: ve)?~ {_REPORTED}"
        "|(?:was|were|been|you|council) promised|(?:no joy|no luck|no help|nothing)~ (?:from|out of)~ (?:office|council|you|clerk)"
        "|still (?:no|not had an?|haven t had an?) (?:reply|response|answer|acknowledgement|call|word)|still nothing from"
        "|who (?:do|can|should) (?:i|we) take (?:this|it) up with"
        "|still (?:waiting|awaiting)~ (?:reply|response|answer|call|email|somebody|someone|acknowledgement)"
        f"|(?:weeks?|months?|years?|days|ages)~ (?:since|after) (?:i|we)(?: first| last)? {_REPORTED}"
        "|(?:page|account|council|office|clerk|you|they) (?:just |simply )?(?:never|don t|won t|doesn t|dont|wont|doesnt|refuses? to)"
        " (?:ever )?(?:answers?|reply|replies|responds?|rings? back|gets? back|calls? back)"
        "|(?:enough|sick|tired|fed up)~ being (?:ignored|fobbed|passed|messed|lied|treated|told)"
        "|(?:my|our) (?:emails?|letters?|calls?|messages?|reports?|questions?)~ un(?:answered|acknowledged)"
        "|(?:no one|noone|nobody)(?: there| at [a-z]+)? (?:will|would|can|could|wants to|is willing to)~ (?:sort|help|explain|listen|answer"
        "|take responsibility|deal|tell me|tell us|call|ring)"
        "|(?:was|were|been) told~ (?:would|will|d|ll) (?:be|get) (?:[a-z]+ )?(?:done|fixed|finished|repaired|ready|back|reopened|replaced"
        "|sorted|cut|cleaned|mended|refunded|contacted|called|in touch)"
        f"|{_REPORTED}~ (?:(?:three|four|five|six|several|numerous|many|multiple|countless|[3-9]) times)"
    ),
    "failed again and again": (
        f"{_OFTEN}(?: [a-z0-9.]+){{0,12}}? {_FAILED}|{_FAILED}(?: [a-z0-9.]+){{0,12}}? {_OFTEN}"
        f"|{_OFTEN}(?: [a-z0-9]+){{0,5}}? {KEPT}~ {OUT}|{KEPT}~ {OUT}(?: [a-z0-9.]+){{0,8}}? (?:{_OFTEN}|{LONG})"
        f"|(?:no one|nobody)~ (?:emptied|cut|cleaned|swept|fixed|mended)~ {KEPT}(?: [a-z0-9]+){{0,6}}? {LONG}"
    ),
    "conduct": (
        f"(?:{_STAFF}|one of your [a-z]+|whoever~ (?:phone|desk|page|account))~ (?:was|were|is|are|been|being)~ {_BAD}"
        f"|{_STAFF}~ (?:swore|shouted|hung up|laughed|put the phone down|slammed|spoke to) (?:at|on|me|us|my)"
        f"|{_STAFF}~ (?:called|accused|insulted|threatened|ignored|bullied|humiliated|belittled|mocked) (?:me|us|my|her|him)"
        "|(?:i|we|she|he|mum|dad)(?: was| were| ve been| have been| has been| am| feel| felt)~ (?:treated|spoken to|dealt with)~"
        " (?:unfairly|badly|appallingly|disgracefully|differently|rudely|disgusting|dirt|rubbish|way)|treated (?:me|us|my [a-z]+)~"
        " (?:unfairly|badly|appallingly|differently|rudely|dirt|rubbish)"
        f"|{_BAD} (?:[a-z]+ )?(?:{_STAFF}|reply|response|attitude)"
        f"|{_UNHAPPY}(?: [a-z]+){{0,3}}? (?:with|by|at|about|in) (?:(?:the|your) (?:[a-z]+ ){{0,2}}(?:council|clerk|service|response|reply"
        "|handling|attitude|conduct|behaviour|lack|way)|how (?:i|we|you|this|it|my|our|the)|that (?:i|we|you|this|nobody|no one)|you)"
    ),
    "what the council did": (
        f"{_AGENT}~ {_DID}(?: [a-z0-9.]+){{0,30}}? {_HARD}|{_HARD}(?: [a-z0-9.]+){{0,20}}? {_AGENT}~ {_DID}"
        f"|(?:{_STAFF}|someone from the council|your [a-z]+|you|(?:the |our |town |parish )+council)~ (?:refused|refusing|refuses|dug up"
        "|damaged|broke|threatened|overcharged|knocked|stole|lost|dumped|ruined|scratched|smashed|dented|cracked|destroyed|blocked|parked|wouldn t let|would not let|won t let)~"
        " (?:me|my|us|our)"
        f"|(?:made to feel|humiliated|embarrassed|intimidated|belittled)~ by~ (?:{_STAFF}|you|council)|letter (?:threatening|demanding)"
        "|without (?:even )?(?:telling|asking|consulting|informing|warning) (?:me|us|anyone|anybody|residents|people|locals|a soul|a single)"
        "|(?:woken|woke|kept awake|disturbed|kept up)~ by~ (?:your|council)|(?:want|wants|needs?|expect)~ (?:put|putting|made|making) (?:right|good)"
        f"|let down~ (?:by|council|you)|the way (?:this|that|the|you|it)~ (?:was|is|been|were|has)(?: [a-z.]+){{0,5}}? {_HARD}"
        "|(?:like|want|demand|expect|deserve|owed?|waiting for)~ (?:apology|compensation|refund|money back)"
    ),
    _STANDARD: (
        f"{KEPT}(?: [a-z0-9.]+){{0,8}}? {VERDICT}|{VERDICT}(?: [a-z0-9.]+){{0,8}}? {KEPT}"
        "|what (?:are|do) we (?:even )?(?:pay|paying)~ (?:for|tax|taxes)|double ?booked"
        "|(?:shocking|appalling|poor|terrible|awful|dreadful|rubbish|useless) service~ (?:council|you)"
    ),
    "use of social media": (
        f"(?:you|council|admin|page|they|ve|someone|who|why)~ {_REMOVED} (?:all |any |every )?{_PEOPLE}~ {_WORDS}"
        f"|{_PEOPLE}~ {_WORDS} (?:(?:was|were|is|are|been|has|have|got|gets|get|getting|keeps?|being) ){{1,3}}{_REMOVED}"
        "|(?:you|council|admin|page|they|ve) (?:have |has |just |ve )*(?:blocked|banned|muted) (?:me|us|my|people|residents)"
        "|(?:i|we)(?: ve| m| am| was| were| have| been)+ (?:blocked|banned) (?:from|by|on|for)"
        "|why (?:am|was|were|have|has|are|did)(?: [a-z0-9]+){0,10}? (?:blocked|banned|deleted|removed|hidden|taken down|delete|block|hide)"
        "|(?:photo|picture|video|image|post|name|child|son|daughter)s?~ without"
        " (?:asking|(?:my|our|her|his|their|any) (?:permission|consent|knowledge))|take (?:down|off)~ (?:photo|picture|video)~ (?:my|me|our)"
        "|(?:used?|using|posted|shared|put(?: up)?|taken|took) (?:my|our|his|her)~ (?:photo|photograph|picture|video|image|name|words|drawing)s?(?: [a-z0-9]+){0,10}?"
        " (?:no|without) (?:credit|permission|consent|asking)"
        "|(?:you|ve|have|council|page|has|been) (?:tagged|named|filmed|identified) (?:my|me|our|us)"
        "|(?:right|fair|appropriate|acceptable|proper)~ (?:you|council|page|account)~ (?:share|post|publish|put|posting|sharing)"
        "|(?:should|please|must|need to|ought to|want you to)~ (?:take|pull) (?:[a-z]+ )?(?:post|photo|picture|video|this|it|that)"
        " (?:down|off)|this (?:post|photo|picture|video)~ (?:unfair|offensive|misleading|inappropriate|insensitive"
        "|disrespectful|biased|discriminatory)|your (?:[a-z]+ )?(?:posts?|page|videos?|pictures?)~ (?:impossible|unreadable"
        "|inaccessible|can t (?:read|hear|see)|cannot (?:read|hear|see))"
        "|(?:not|shouldn t|shouldnt|never)~ (?:post|posted|posting|appropriate|acceptable)~ (?:council|official)"
        " (?:page|account|facebook|channel)"
    ),
}
"""What makes it a complaint; the first that fits names it."""

_COMPILED = {
    name: re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", r"(?: \w+){0,5}?"))
    for name, rule in RULES.items()
}
_IDIOM = re.compile(
    r"\b(?:can ?t|cannot|mustn ?t|not|never|stop|nothing to|do is|always|no|any|love to|quick to|another|other)"
    r" (?:really |ever )?compla(?:in|int)"
    r"|\b(?:you|u|they|he|she|anyone|everyone|people|those)(?: [a-z]+){0,2} (?:should|could|can|need to|ought to"
    r"|want to|have to|who)\b(?: \w+){0,4} compla(?:in|int)"
)
_NOT_ONE = {"says that it is one": _IDIOM, _STANDARD: OTHERS}
_ELSEWHERE = re.compile(
    r"\b(?:report(?:ed)?|compla(?:in|ined|int)|emailed|rung|rang|called|phoned|written|wrote|contacted|told|asked"
    r"|messaged)(?: (?!about|regarding|re |that|when|why)\w+){0,4}? (?:county|district|borough|city|highways|police|101|water|anglian|royal mail|buses"
    r"|bus company|surgery|gp|doctors?|hospital|nhs|housing association|landlord|school|openreach|bt|energy"
    r"|network rail|environment agency|mp|ofcom|supermarket|tesco|pub|landlady|neighbours?)\b"
)
_OVER = re.compile(
    r"\b(?:thank(?:s| you)|cheers)(?: [a-z]+){0,3} for (?:dealing|sorting|resolving|fixing|looking|getting|taking|your|the)"
    r"|\b(?:been|now|all|got it) (?:sorted|resolved|dealt with)\b"
)
_LEFT_OUT = re.compile(r"[\"“”][^\"“”]{0,500}[\"“”]|https?://\S+|www\.\S+")
_ENDS = re.compile(r"[.!?]+(?=\s|$)|\n+")

_NOT = "no|nobody|nothing|ignored|fobbed|nowhere|brick|deaf|not|never|hasn|haven|didn|wasn|weren|without|yet"
_OUTCOME = (
    "repl|respon|answer|action|acknowledg|joy|luck|back|c[ao]me|bother|care|done|happen|chang|nothing"
    "|ignored|fobbed|nowhere|wall|ears|hear|fixed|repaired|mended"
)
_GATE: tuple[tuple[str, ...], ...] = (
    ("compla(?:in|int)|ombudsman|monitoring officer",),
    (_REPORTED, f"(?:^|[^a-z])(?:{_NOT})", _OUTCOME),
    ("promised",),
    (VERDICT, KEPT_GATE),
    (KEPT_GATE, OUT_GATE, LONG_GATE),
    ("(?:pay|paying) ", "what (?:are|do) we"),
    ("double(?: )?booked",),
    ("service", "council|you", "shocking|appalling|poor|terrible|awful|dreadful|rubbish|useless"),
    ("woken|woke|kept (?:awake|up)|disturbed", "your|council"),
    ("(?:put|putting|made|making) (?:right|good)",),
    ("no joy|no luck|no help|nothing", "from|out of"),
    ("waiting|no|not had|haven[^a-z0-9]t had|nothing from", "still"),
    ("take (?:this|it) up",),
    (_REPORTED, "times"),
    (
        "second|third|fourth|fifth|sixth|2nd|[3-9](?:rd|th)|umpteenth|running|in a row|trot|again",
        "missed|failed|broken|cancelled|not|never|hasn|haven|wasn|weren",
    ),
    (f"{_STAFF}|one of your|whoever", f"{_BAD}|laughed"),
    (_BAD, "reply|response|attitude"),
    (
        _UNHAPPY,
        "(?:with|by|at|about|in)[^a-z0-9]",
    ),
    (_HARD, f"{_DID}|turned", "you|council"),
    (f"{_REPORTED}", "since|after", "week|month|year|days|ages"),
    ("unanswered|unacknowledged",),
    ("zero|not one|not a single|never an?", "answer|repl|response|call"),
    (
        "(?:never|don t|won t|doesn t|dont|wont|doesnt|refuses? to)",
        "(?:page|account|council|office|clerk|you|they)",
        "answer|repl|respon|back",
    ),
    ("being (?:ignored|fobbed|passed|messed|lied|treated|told)",),
    ("escalate",),
    (
        "refus|dug up|damaged|broke|threatened|overcharged|knocked|stole|lost|dumped|ruined|scratched|smashed|dented|cracked|destroyed|blocked|parked|let[^a-z0-9]",
        "(?:me|my|us|our)[^a-z0-9]*",
    ),
    ("made to feel|humiliated|embarrassed|intimidated|belittled|letter (?:threatening|demanding)",),
    ("telling|asking|consulting|informing|warning", "without"),
    ("(?:tagged|named|filmed|identified) (?:my|me|our|us)",),
    (
        "right|fair|appropriate|acceptable|proper",
        "shar|post|publish|put",
        "you|council|page|account",
    ),
    (
        "no one|noone|nobody",
        "will|would|can|could|want|willing",
        "sort|help|explain|listen|answer|responsib|deal|tell|call|ring",
    ),
    ("(?:was|were|been) told", "would|will|d |ll "),
    ("taken? (?:this |it )?(?:further|higher)|looked (?:at|into)|investigat|formal review",),
    ("treated|spoken to|dealt with",),
    (
        _STAFF,
        "phone down|slammed|spoke|called|accused|insulted|threatened|ignored|bullied|humiliated|belittled|mocked|swore|shouted|hung up",
    ),
    ("photo|picture|video|image|name|words|drawing", "credit|permission|consent|asking"),
    ("let down|apology|compensation|refund|money back",),
    (_HARD, "the way"),
    (_REMOVED, _WORDS),
    ("blocked|banned|muted",),
    (f"{_REMOVED}|delete|remove|block|hide", "why"),
    ("asking|permission|consent|knowledge", "without"),
    ("(?:take|post|photo|picture|video|this|it|that) (?:down|off)", "take|pull"),
    ("this (?:post|photo|picture|video)",),
    ("impossible|unreadable|inaccessible|can(?:no| )t", "your"),
    ("post|appropriate|acceptable", "not|shouldn|never", "council|official"),
)
GATE = tuple(tuple(one.replace(" ", SIGNS) for one in group) for group in _GATE)
"""For ``Records.candidates``: lets through every complaint."""


def complaint(text: str) -> tuple[str, str]:
    """What makes it a complaint (a key of ``RULES``) and the words; ``("", "")`` for none."""
    text = _ENDS.sub(" . ", _LEFT_OUT.sub(" . ", text[:LIMIT])).lower()
    words = " ".join(re.sub(r"[^\w.]+|_|(?<!\s)\.|\.(?!\s)", " ", text).split())
    if _ELSEWHERE.search(words) or _OVER.search(words):
        return "", ""
    for name, rule in _COMPILED.items():
        hit = rule.search(words)
        idle = _NOT_ONE.get(name)
        if hit and not (idle and idle.search(words)):
            return name, hit[0]
    return "", ""
