r"""What reads like a request for recorded information: the Freedom of Information Act in a comment.

A request need not name the Act. It asks for something that a council has on record: a document
("please publish the tree survey"), a figure of what was done or spent ("how much did the lights
cost?"), who decided, when something was last inspected, what is held about oneself. What anyone is told who asks (a time, a
price, a ticket, a form) is an ordinary question, and so is how to make a request; what others asked
for, and what somebody threatens to ask for, is none. The rules read plain English, word by word,
without capitals or punctuation; ``~`` stands for up to five words.
"""

from __future__ import annotations

import re

from socialaudit.sieve import SIGNS

LIMIT = 5_000
"""Characters read of one text."""

_LAW = (
    "(?:freedom of info(?:rmation)?|fois?|foia|f o i|environmental information regulations?|eirs?)"
)
_NAMED = f"(?:{_LAW}|subject access)"
_LIST = (
    "list of (?!(?:the |all |all the )?(?:[a-z]+ )?(?:stalls?|stallholders|traders|events|acts|bands|winners|times"
    "|dates|places|shops|numbers|ingredients) )"
)
_RECORD = (
    "(?:contracts?|accounts|invoices?|receipts|budgets?|breakdown|figures|costings?|expenses|spending"
    "|expenditure|salar(?:y|ies)|correspondence|risk assessments?|[a-z]+ impact assessments?|audits?"
    "|statistics|stats|data|records|documents?|documentation|reports?|agendas?|tenders?|quotations?|leases?"
    "|deeds|agreements?|polic(?:y|ies)|business (?:case|plan)|legal advice|registers?|evidence|plans"
    f"|payments|{_LIST}[a-z]+|decision notice|voting record|terms of reference|inspection (?:log|sheet|certificate)s?"
    "|(?:the|your|our|any|meeting|council|committee|draft|approved|full) (?:[a-z]+ ){0,2}minutes"
    "|(?:tree|traffic|condition|structural|parking|speed|ecology|ecological|flood|noise|asbestos|building|drainage|bat|habitat|soil|site|energy) surveys?"
    "|(?:emails|letters|messages) (?:between|about|sent|from)"
    "|(?:survey|consultation|audit|inspection|test) (?:results|responses|findings|feedback)"
    "|(?:results|responses|findings) (?:of|from|to) (?:the|your|that|this)~ (?:survey|consultation|audit"
    "|inspection|tests?))"
)
_COUNCIL = "(?:you|we|they|(?:the |our |your )?(?:town |parish )?council|the clerk|councillors)"
_GIVE = (
    "(?:send|publish|provide|supply|release|disclose|produce|show|give|forward|email|share|post|upload"
    "|put|point|let (?:me|us|everyone) (?:have|see)|make (?:public|available))"
)
_GET = "(?:see|have|get|view|inspect|read|look at|obtain|access|know|be (?:sent|given|shown|told))"
_TELLING = (
    "(?:invoices?|breakdown of|costings|expenses|expenditure|salar(?:y|ies)|correspondence|risk assessments?"
    "|the lease|title deeds|legal advice|asset register|payments (?:over|to|made)|terms of reference|voting record"
    "|impact assessment|inspection reports?|tender documents?|the accounts (?:for|of))"
)
_SPENT = "(?:spen[dt]|spending|cost|costing|pay|paid|paying|charged)"
_MONEY = "(?:cost|costs|budget|bill|spend|fee|fees|salary|expenditure)"
_DONE = "(?:inspected|tested|assessed|surveyed|serviced|approved|agreed|decided|minuted|awarded|audited)"

OWN_DATA = "own data"
"""What a person asks for who asks what is held about them: another law, with another clock."""
RULES = {
    OWN_DATA: (
        "subject access|(?:information|data|everything|emails|records|file) (?:that )?(?:you|the council)~ (?:hold|have|keep"
        "|held|kept|got) (?:on|about) (?:me|us|my)"
        f"|(?:{_GIVE}|{_GET}|copy of|copies of|want|like|request) (?:me )?(?:all )?(?:of )?my (?:own )?(?:personal )?(?:data|records|file)"
    ),
    "the Act": (
        f"(?:under|per|as|making|(?:like|want|wish) to (?:make|submit|lodge)|formal|official|this is)"
        f"(?: [a-z]+){{0,3}} {_LAW}|^(?:[a-z]+ ){{0,3}}{_LAW}(?: act)? (?:request|question|enquiry|please)"
        f"|^{_LAW} (?:number|list|cop(?:y|ies)|details|all|how|what|which|total|amount|cost|spend)"
    ),
    "a document": (
        f"(?:please|pls|can|could|would|will|able to|any chance of|{_COUNCIL} (?:must|should|need to|ought to))(?: {_COUNCIL})? (?:please |kindly |also |just )*{_GIVE}~ {_RECORD}"
        f"|(?:mind|consider|chance of|start) (?:sending|publishing|providing|posting|sharing|giving|showing)~ {_RECORD}"
        f"|(?:can|could|may|might|please) (?:(?:i|we|residents|the public) )?(?:please )?{_GET}~ {_RECORD}"
        f"|(?:i|we)(?: would| d| am| m| are| will)? (?:also |now |formally )?(?:like|want|wish|request|requesting"
        f"|asking)(?: to {_GET}| for| {_COUNCIL} to {_GIVE})?~ {_RECORD}"
        f"|(?:grateful for|interested in(?: seeing)?|let s (?:see|have)|let us (?:see|have)|how about(?: seeing)?|any chance of(?: seeing)?)"
        f"~ {_RECORD}|(?:is|are|was|were) there (?:a|an|any)(?: [a-z]+)? {_RECORD}"
        "|(?:please|can|could|would|will)~ (?:publish|release|disclose)~ (?:who|how|why|what|when|whether|which)"
        f"|(?:please|pls|kindly|could|can|would|requesting|request|asking for|ask for|sight of|grateful|publish|release|provide"
        f")(?: [a-z0-9]+){{0,8}}? {_TELLING}"
        f"|^(?:so |and |ok )*(?:did|has|have|is|was|were|are|where|what|why|how)(?: [a-z0-9]+){{0,8}}? {_TELLING}"
        f"|^(?:so |then |ok |and |right |just )*{_GIVE} (?:(?:me|us|residents|the public) )?"
        f"(?:the|a|all|any|your|full)~ {_RECORD}"
    ),
    "money spent": (
        "what (?:the council|you|we|they|our council) (?:have |ve |has )?(?:paid|spent|pay|spend)|how many~ (?:hours|days)~ (?:went|spent)"
        "|what~ (?:reserves|debts|loans|assets)~ (?:hold|have|own|owe)|"
        f"how much~ (?:u|you|ye|they|we|council|ctc|has|been)~ (?:spent|spend|paid)|what~ (?:claim(?:ed)?|being saved|was saved)|"
        f"how much~ (?:did|has|have|had|was|were|is being|are being|are you|are we|is the council|is this|is it"
        f"|do you|do we|does the(?: [a-z]+)? council|does [a-z]+ council|is the [a-z]+)~ {_SPENT}"
        f"|what(?: s| is| are|s) the (?:total|overall|annual|yearly|final|actual|true|full) (?:[a-z]+ ){{0,2}}{_MONEY}"
        f"|what (?:was|were|has been) the (?:[a-z]+ ){{0,3}}{_MONEY}"
        f"|what~ (?:has|have|ve|did)~ (?:spent|spend|cost|paid)|^what did (?:\\w+ ){{1,10}}cost|what(?: s| is| was| are)~ (?:salary|salaries|expenditure|allowances|asset value|rateable value|income|revenue|reserves)"
    ),
    "a number": (
        "how many(?! times| more| of us)~ (?:(?:have|has|had) (?:been|you|the(?: [a-z]+)? council|we|there been)"
        "|were (?:[a-z]+ ){0,3}?(?:[a-z]+ed|sent|given|made|spent)"
        f"|did {_COUNCIL}|(?:do|does) {_COUNCIL} (?:employ|own|hold|spend|manage|maintain|receive|get)"
        "|(?:replied|responded|applied|complained|objected|attended|voted|signed|visited)"
        "|are (?:on the waiting list|vacant|empty|employed|owned))"
    ),
    "a decision": (
        "(?<!anyone know )who owns (?:the|this|that) (?:[a-z]+ )?(?:land|building|field|path|property|site|car park)|"
        "(?<!we know )(?<!i know )who (?:[a-z]+ )?(?:authori[sz]ed|approved|voted|signed (?:it |this |that )?off|decided|made (?:the|this|that)"
        " decision|won the (?:contract|tender)|(?:was|were|is|has|have|got)~ (?:awarded|contract|tender)|got the (?:contract|tender)|is paying for"
        "|(?:got|gets|received|was given|were given) (?:the|a|any) (?:[a-z]+ ){0,2}grants?)|how often (?:is|are|was|were|has|have|do you|does the council)(?: \\w+){0,10}?"
        " (?:inspected|tested|checked|inspect|test|check|serviced|monitored)"
        "|(?:which|what) (?:[a-z]+ )?(?:councillors?|firms?|company|companies|contractors?|suppliers?|builders?|committee)~ (?:voted|approved|tendered|bid|quoted"
        "|decided|agreed|won|got|carried|built|installed|did|was|were|has|have|is)"
        f"|how did~ councillors? vote|(?:put )?out to tender|when (?:was|were)~ {_DONE}|(?:tell|know|say|confirm)~ when~ (?:was|were) (?:last )?{_DONE}"
        "|(?:on what|under what|what) (?:legal |lawful )(?:basis|grounds|authority|powers?)"
    ),
}
"""What is asked for; the first that fits names it."""

_COMPILED = {
    name: re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", r"(?: \w+){0,5}?"))
    for name, rule in RULES.items()
}
_HEARSAY = re.compile(
    rf"\b(?:ll|will|wont|going to|gonna|might|someone|somebody|anyone|anybody|how (?:do|can|would|could) (?:i|we|you"
    rf"|one)|thinking (?:of|about)|after|following|through|via|obtained|released|disclosed|revealed|refused|ignored"
    rf"|should)\b(?: \w+){{0,6}}? {_NAMED}\b"
    rf"|\b{_NAMED}\b(?: \w+){{0,3}}? (?:show(?:s|ed|n)?|reveal(?:s|ed)|says?|said|told|came back|confirmed|proved?)\b"
)
"""What was asked before, by others, or may be asked one day."""
_PRICE = re.compile(
    r"\b(?:tickets?|entry|entrance|admission|to (?:get in|park|hire|book|enter|rent)|per (?:person|head|hour|day)"
    r"|(?:a )?(?:pitch|stall))\b"
)
_MOCKING = re.compile(r"\bwho \w* ?(?:decided|agreed|approved) (?:this|that|it) (?:was|is|would)\b")
_LEFT_OUT = re.compile(r"[\"“”][^\"“”]{0,500}[\"“”]|https?://\S+|www\.\S+")
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)|\n\s*\n")
_APOSTROPHE = re.compile(r"['’]")
_INITIALS = re.compile(r"\bf\. ?o\. ?i\b\.?", re.IGNORECASE)

_RECORDS = (
    "contract|accounts|invoice|receipts|budget|breakdown|figures|costing|expens|spending|expenditure|salar"
    "|correspondence|assessment|audit|statistic|stats|data|record|document|report|agenda|tender|quotation"
    "|lease|deeds|agreement|polic|business (?:case|plan)|legal advice|register|evidence|plans|payments|list of"
    "|decision notice|terms of|inspection|minutes|survey|emails|letters|messages|results|responses|findings|feedback"
)
_ASKING = (
    f"{_GIVE}|sending|providing|sharing|giving|showing|see|have|get|view|inspect|read|look at|obtain|access"
    "|know|be (?:sent|given|shown|told)|like|want|wish|request|asking"
)
_NAMED_RECORDS = (
    "invoice|breakdown of|costings|expenses|expenditure|salar|correspondence|risk assessment|the lease|title deeds"
    "|legal advice|asset register|payments (?:over|to|made)|terms of reference|voting record|impact assessment|inspection report|tender|the accounts"
)
_GATE: tuple[tuple[str, ...], ...] = (
    ("subject access|foi|f o i|freedom of info|environmental info",),
    ("(?:on|about) (?:me|us|my)", "information|data|everything|emails|records|file"),
    ("my (?:own )?(?:personal )?(?:data|records|file)",),
    (_RECORDS, _ASKING),
    ("(?:^|[^a-z])eir",),
    ("how often", "inspect|test|check|servic|monitor"),
    ("grant", "who"),
    ("how much", "spen[dt]|cost|pa(?:y|id)|charged"),
    ("spen[dt]|cost|paid|budget|bill|fee|salar|expenditure|allowances", "what"),
    ("how many",),
    (
        "who",
        "authori|approved|voted|signed|decided|decision|contract|tender|paying",
    ),
    (
        "which|what",
        "councillor|firm|compan|contractor|supplier|builder|committee|basis|grounds|authority|power",
    ),
    ("how did", "vote"),
    ("out to tender",),
    (_NAMED_RECORDS,),
    ("what", "claim|saved|paid|pay|spen[dt]|reserves|debts|loans|assets"),
    ("who owns",),
    ("when", _DONE),
    ("publish|release|disclose", "who|how|why|what|when|whether|which"),
    (
        "grateful|interested|let[^a-z0-9]?s |let us|how about|any chance|(?:is|are|was|were) there",
        _RECORDS,
    ),
    ("what", "value|income|revenue|reserves"),
    ("when (?:was|were)", _DONE),
)
GATE = tuple(tuple(one.replace(" ", SIGNS) for one in group) for group in _GATE)
"""For ``Records.candidates``: lets through every request."""


def request(text: str) -> tuple[str, str]:
    """What is asked for (a key of ``RULES``) and the words that ask; ``("", "")`` for no request."""
    text = _INITIALS.sub("foi", _LEFT_OUT.sub(" . ", text[:LIMIT]))
    for sentence in _SENTENCE.split(text):
        words = re.sub(r"[\W_]+", " ", _APOSTROPHE.sub(" ", sentence)).strip().lower()
        hearsay, price = _HEARSAY.search(words), _PRICE.search(words)
        for name, rule in _COMPILED.items():
            hit = rule.search(words)
            if (
                not hit
                or (hearsay and name in {"the Act", OWN_DATA})
                or (price and name == "money spent")
            ):
                continue
            if name != "a decision" or not _MOCKING.search(words):
                return name, hit[0]
    return "", ""
