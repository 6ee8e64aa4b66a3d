"""What councils leave aside before an election: members in words and pictures, news of new things.

After the Code of Recommended Practice on Local Authority Publicity 2011, paragraphs 33 to 35, and
the LGA's guidance on publicity before elections. How to register and where to vote is neutral, and
so are meetings, closures and emergencies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIMIT = 20_000
"""Characters read of one text."""

Sign = Literal["candidate", "member speaks", "member pictured", "new plan", "record", "view"]

_NAME = r"(?:[A-Z][\w'-]+|(?:van|de|von|and|&))"
_MEMBER = (
    rf"(?:(?:[Cc]llrs?|[Cc]ouncillors?|CLLR|COUNCILLOR|MP|(?:[Tt]own |[Dd]eputy )?[Mm]ayor(?:ess)?"
    rf"|[Ll]eader of the [Cc]ouncil|[Cc]ouncil [Ll]eader|[Cc]hair(?:man|woman)? of the [Cc]ouncil"
    rf"|the Leader)\b"
    rf"\.?(?: {_NAME}){{0,4}}(?: MP\b)?|{_NAME} {_NAME},? MP\b)"
)
_SPEAKS = (
    "said|says|told|tells|added|adds|comment(?:s|ed)|explain(?:s|ed)|believes?|thinks|promis(?:es"
    "|ed)"
    "|pledg(?:es|ed)|welcom(?:es|ed)|praised?|praises|critici[sz](?:es|ed)|urg(?:es|ed)|call(?:s"
    "|ed) (?:for|on)"
    "|secur(?:es|ed)|won|fought|led|champion(?:s|ed)|deliver(?:s|ed)|campaign(?:s|ed)|lobbied"
    "|push(?:es|ed) for"
    "|work(?:s|ed|ing) (?:so |very |really )?hard|opened|opens|unveil(?:s|ed)|launch(?:es|ed)"
    "|cuts? the ribbon|cutting the ribbon"
    "|is (?:delighted|proud|pleased|thrilled)|was (?:delighted|proud|pleased|thrilled)|shar(?:es"
    "|ed) (?:his|her|their)"
    "|answers? your|explaining|talks? (?:about|us|you)|reflects?|visited|visits|met|meets|joined"
    "|joins|helped|helping|invites?|dropped in|called in|came to|praise|paid tribute|thank(?:s|ed)"
    "|presented|handed"
)
_CREDIT = (
    r"(?:[Tt]hanks? (?:you )?to|[Tt]hank you,?|[Ww]ell done,?(?: to)?|(?:said|says|told"
    r"|according to|added),?"
    r"|(?:opened|led|launched|secured|written|hosted|championed|delivered|unveiled|won) by"
    r"|(?:message|update|column|blog|words|quote|video) from"
    r"|[Mm]eet|[Cc]ongratulations,? to|(?:the )?(?:hard )?work of|[Jj]oin|[Cc]ome and (?:meet|see"
    r"|hear|join)|[Ss]urger(?:y|ies) with|Q&A with|interview with)"
)
_MEMBER_SPEAKS = re.compile(
    rf"\b{_MEMBER}(?:[,(][^.!?\n]{{1,60}}[,)])?(?: (?:has|have|had|who|also|today|yesterday|then"
    rf"|recently|and|again))*"
    rf" (?:{_SPEAKS}|(?:is|was|been) (?:such )?(?:a|an|our) (?:\w+ ){{0,3}}"
    rf"(?:champion|advocate|friend|credit|asset|supporter|servant|voice|inspiration))\b|\b{_CREDIT} (?:(?:our|local|the|ward|town|your|new|all|to"
    rf"|a)[ ,]+){{0,4}}{_MEMBER}"
    rf"|[\"”“]\s{{0,4}}[-–—]\s{{0,4}}{_MEMBER}|\n[ \t]{{0,4}}[-–—] ?{_MEMBER}|\b{_MEMBER}:\s*[\"“']"
)
_PICTURED = re.compile(
    rf"\b(?:[Pp]ictured?|[Pp]hotos?|[Pp]hotograph(?:ed|s)?|[Ss]elfie|[Pp]ic|[Vv]ideo|[Ww]atch"
    rf"|[Ii]mage|[Ss]een here|[Pp]osing)\b"
    rf"[^.!?\n]{{0,60}}\b{_MEMBER}|\b{_MEMBER}[^.!?\n]{{0,40}}\b(?:pictured|in the (?:photo"
    rf"|picture)|poses|posing|\((?:left|right|centre)\))"
)
_SHOWN = re.compile(rf"\b{_MEMBER}")

_THING = (
    r"(?:schemes?|strateg(?:y|ies)|plans?|projects?|funding|funds?|investments?|grants?"
    r"|initiatives?|campaigns?|consultations?"
    r"|proposals?|programmes?|vision|improvements?|upgrades?|regeneration|facilit(?:y|ies)"
    r"|playgrounds?|play (?:area|park)s?|skate ?parks?"
    r"|centres?|polic(?:y|ies)|budgets?|master ?plans?|homes|housing|pool|park|pavilion|survey"
    r"|cycle (?:path|route|way)|footpaths?"
    r"|charter|pledge|partnership|hubs?|services?|toilets?|crossings?|cameras|cctv|lights|lighting"
    r"|building|development|appeal|app)"
)
_NEW_PLAN = re.compile(
    r"\b(?:launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|announc(?:e|es|ed|ing|ement)|reveal(?:s|ed"
    r"|ing)?|introduc(?:es|ed|ing)|kick(?:s|ing)? off"
    r"|(?:delighted|thrilled|proud|pleased|excited|happy) to (?:say|share|confirm|bring|tell)"
    r"|exciting|big news|great news|green light|go-ahead"
    rf"|approved|signed off|invest(?:s|ed|ing)|will be (?:building|spending"
    rf"|investing))\b[^.!?\n]{{0,80}}\b{_THING}\b"
    rf"|\b{_THING}\b[^.!?\n]{{0,40}}\b(?:launch(?:es|ed|ing)?|unveiled|announced"
    rf"|is (?:officially )?(?:open|here|coming)|(?:gets?|got|given) the (?:green light|go-ahead))\b"
    r"|\b(?:brand[- ])?new (?:\w+ ){0,2}(?:scheme|strategy|initiative|campaign|fund|policy|vision"
    r"|master ?plan|programme|proposals?|homes"
    r"|facilit(?:y|ies)|investment|play ?(?:area|ground|park)|skate ?park|pavilion|consultation"
    r"|charter|pledge)\b"
    r"|\b(?:secured?|won|awarded|winning|receive[sd]?|bid(?:ding)? for"
    r"|share of) (?:\w+ ){0,4}(?:£ ?\d|funding|(?:a |the )?(?:\w+ )?grant\b)"
    r"|£ ?[\d.,]+ ?(?:k|m|million|thousand)?\b[^.!?\n]{0,30}\b(?:investment|funding|boost|upgrade"
    r"|grant|revamp|makeover|project|scheme)\b"
    r"|\b(?:join|back|support|sign up to|get behind) our (?:\w+ ){0,3}(?:campaign|bid|petition"
    r"|pledge)\b"
    r"|\bhave your say\b|\bwe(?: are|'re) consulting\b|\b(?:we will|we'll|we plan to"
    r"|we are going to|we're going to|our plans? to) (?:\w+ )?"
    r"(?:build|invest|spend|create|deliver|transform|improve|double|cut|freeze|replace|scrap)\b"
)
_RECORD = re.compile(
    r"\b(?:we|the (?:town )?council|this council|your council)(?: have|'ve"
    r"| has)? (?:\w+ )?(?:delivered|achieved|invested|saved|kept|frozen|froze"
    r"|transformed|secured|turned)\b|\b(?:our|(?:the|this|your)(?: town)? council's"
    r"|this year's) (?:achievements?|successes|track record|record)\b"
    r"|\b(?:over|in|during) the (?:last|past) (?:four|4|five|few|three|two) years\b"
    r"|\bsince (?:the last election|20\d\d,? (?:we|the council))\b"
    r"|\bno (?:rise|increase) in council tax\b|\bproud of (?:what|our|the council's|everything)\b"
    r"|\blook(?:ing)? back (?:on|at) (?:our|four|the council)"
)
_VIEW = re.compile(
    r"\b(?:we|the (?:town )?council|this council|your council)(?: has| have| will|'ve|'ll"
    r"| would)?(?: always| strongly| firmly| now| never| not| also)*"
    r" (?:oppos(?:e|es|ed|ing)|object(?:s|ed)?|condemn(?:s|ed)?|call(?:s|ed|ing)? on"
    r"|urges? (?:the )?(?:government|minister|county|district)|reject(?:s|ed)?"
    r"|support(?:s|ed)? (?:the|this) (?:plan|proposal|bypass|scheme|application|development|merger"
    r"|reorgani[sz]ation)|disagree|believes?|stands? (?:against|with|up))\b"
    r"|\b(?:government|ministers?|whitehall|westminster|county council"
    r"|district council)\b[^.!?\n]{0,60}\b(?:fail(?:ed|ing|s)?|let(?:ting)? (?:us"
    r"|you)?[^.!?\n]{0,20}down"
    r"|betray\w*|disgrace\w*|wrong|shameful|must (?:act|think again)|refus(?:e|es|ed))\b"
    r"|\b(?:opposition|ruling|majority|minority) (?:group|councillors?|cllrs?|members?|part(?:y"
    r"|ies)|administration)\b"
    r"|\b(?:local champion|(?:standing up|fighting) for (?:you|our|residents|local)|(?:we|i)(?: can"
    r"| will|'ll)? promise)\b"
    r"|\bwhich (?:political )?party\b|\b(?:who|how) (?:will|would|are|do) you vot(?:e|ing)\b"
)
_RULES: Mapping[Sign, re.Pattern[str]] = {
    "new plan": _NEW_PLAN,
    "record": _RECORD,
    "view": _VIEW,
}
"""Signs in a text without capitals."""
NEUTRAL = re.compile(
    r"\bnotice of (?:election|poll|vacancy)\b|\bregist(?:er|ering|ration|ered) to vote\b"
    r"|\bpolling (?:stations?|places?|cards?|day|hours)\b"
    r"|\b(?:postal|proxy) vot(?:e|es|ing|er)\b|\b(?:photo(?:graphic)?|voter) id\b"
    r"|\bvoter authority\b|\bpersons nominated\b"
    r"|\bnomination (?:papers?|packs?|forms?)\b|\b(?:list of|all(?: the)?|who the) candidates\b"
    r"|\bturnout\b|\breturning officer\b"
    r"|\bpre-election period\b|\bpurdah\b|\belectoral (?:services|commission|register|roll)\b"
    r"|\bhustings\b|\bnumber of candidates\b"
    r"|\bstand(?:ing)? for election\b|\bballot papers?\b"
)
"""Words of neutral news about an election, without capitals."""
# Letters that lower case makes into others than RE2 does, and the two apostrophes.
_ODD = {0x130: "?", 0x2019: "'", 0x2018: "'"}


def signs(text: str, candidates: Iterable[str] = ()) -> dict[Sign, str]:
    """What a text has that is left aside before an election, each with the words that show it."""
    read = text[:LIMIT].translate(_ODD)
    flat = re.sub(r"[ \t]+", " ", read.lower())
    hits: dict[Sign, re.Match[str] | None] = {
        "candidate": _any_of(candidates, read),
        "member speaks": _MEMBER_SPEAKS.search(read),
        "member pictured": _PICTURED.search(read),
        **{sign: rule.search(flat) for sign, rule in _RULES.items()},
    }
    return {sign: " ".join(hit[0].split()) for sign, hit in hits.items() if hit}


def pictured(description: str, candidates: Iterable[str] = ()) -> str:
    """The words of a picture's description that name a member or a candidate, or ``""``."""
    read = description[:LIMIT].translate(_ODD)
    hit = _any_of(candidates, read) or _SHOWN.search(read)
    return hit[0] if hit else ""


def neutral(text: str) -> bool:
    """Whether a text has words of neutral news about an election."""
    return bool(NEUTRAL.search(text[:LIMIT].translate(_ODD).lower()))


def _any_of(names: Iterable[str], text: str) -> re.Match[str] | None:
    wanted = "|".join(map(re.escape, names))
    return re.search(rf"(?<!\w)(?:{wanted})(?!\w)", text, re.IGNORECASE) if wanted else None
