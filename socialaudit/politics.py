"""Which political parties a text names, and what in it campaigns for or against somebody.

To name a party or a member is no campaigning: a sentence has to take sides, ask for votes, tell of
canvassing, carry an imprint, or lead to a party's own account. Names that are also everyday words
(Labour, Green, Reform) count only where capitals or the words beside them say that a party is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIMIT = 20_000
"""Characters read of one text."""
SHOWN = 200
"""Characters of a sentence that is shown as what led to a sign."""

Sign = Literal["imprint", "votes", "candidate", "canvassing", "sides"]

_NO_PLACE = (
    r"(?!['’]?s?[ -](?i:club|hall|inn|road|street|lane|avenue|park|close|room|rooms|bowls)\b)"
)
_NOT_WORK = (
    r"(?! (?i:of|day|market|costs?|exchange|force|shortages?|relations|rates?|charges?|ward|pains?"
    r"|only|saving|intensive)\b)"
)
_NOT_CAREFUL = r"(?! (?i:estimates?|approach|figures?|guess|style|dress)\b)"
_THEIR = r"(?= (?i:councillors?|cllrs?|candidates?|mps?|mss?|msps?|group|voters?|government|council|mayor)\b)"

NAMES: Mapping[str, str] = {
    "Labour": (
        "(?i:labour party|co-operative party)"
        rf"|(?:Labour|LABOUR){_NO_PLACE}{_NOT_WORK}|labour{_THEIR}"
    ),
    "Conservatives": (
        f"(?i:tory|tories|conservatives){_NO_PLACE}"
        rf"|(?:Conservative|CONSERVATIVE){_NO_PLACE}{_NOT_CAREFUL}|conservative{_THEIR}"
    ),
    "Liberal Democrats": r"(?i:lib(?:eral)?[ -]?dem(?:ocrat)?s?)",
    "Green Party": rf"(?i:green party)|[Tt]he Greens{_NO_PLACE}|[Gg]reen{_THEIR}",
    "Reform UK": (
        rf"(?i:reform ?uk|reform party)|Reform{_THEIR}"
        r"|(?:(?<=[Tt]rust )|(?<=[Vv]ote )|(?<=[Ss]top )|(?<=[Bb]eat )|(?<=vote on ))Reform(?! (?:of|to)\b)"
    ),
    "Plaid Cymru": "(?i:plaid cymru)|Plaid",
    "Scottish National Party": "(?i:scottish national party)|SNP",
    "UKIP": "(?i:ukip|uk independence party)",
    "Sinn Féin": "(?i:sinn f[eé]in)",
    "Democratic Unionist Party": "(?i:democratic unionist party)|DUP",
    "Ulster Unionist Party": "(?i:ulster unionist party)|UUP",
    "Social Democratic and Labour Party": "(?i:social democratic and labour party)|SDLP",
    "Traditional Unionist Voice": "(?i:traditional unionist voice)|TUV",
    "Alliance Party": "(?i:alliance party)",
    "Alba Party": "(?i:alba party)",
    "Social Democratic Party": "(?i:social democratic party)|SDP",
    "Workers Party": "(?i:workers['’]? party)",
    "Heritage Party": "(?i:heritage party)",
    "Restore Britain": "(?i:restore britain)",
    "Trade Unionist and Socialist Coalition": "(?i:trade unionist and socialist coalition)|TUSC",
}
"""Parties with seats in a parliament or candidates in several regions, and how texts name them.

After the Electoral Commission's registers of political parties; a policy file adds local ones.
"""
_NAMED = {party: re.compile(rf"(?<![\w@#])(?:{rule})(?!\w)") for party, rule in NAMES.items()}

_ACCOUNT = re.compile(
    r"(?<![\w/])[@#](?:\w{0,30}(?:labour(?!market|day|ward|oflove|club)|conservatives?(?!club)"
    r"|libdem|greenparty|reformuk|reformparty|plaidcymru|ukip)\w{0,30}|tor(?:y|ies)\w{0,20}"
    r"|(?:the)?snp|vote(?:green|reform|plaid|snp|tory|tories)\w{0,20})(?!\w)"
    r"|(?<![\w-])(?:[\w-]{0,40}labour\.org(?:\.uk)?|[\w-]{0,40}conservatives?\.(?:com|org\.uk|org"
    r"|uk)"
    r"|[\w-]{0,40}libdems\.(?:org\.uk|org|uk)|[\w-]{0,40}greenparty\.org\.uk|reformparty\.uk"
    r"|reformuk\.com|partyof\.wales|plaid\.cymru|snp\.org|ukip\.org)(?![\w.-]*\w)"
)

_PARTY = (
    "(?:labour|conservatives?|tory|tories|lib ?dems?|liberal democrats?|greens|green party"
    "|reform(?: uk)?|plaid(?: cymru)?|snp|ukip|§)"
)
"""A party as somebody names it who asks for votes, with or without capitals."""
_TOWARDS = (
    "support(?:s|ing|ed)?|back(?:s|ing|ed)?|join(?:s|ing|ed)?|elect(?:ing)?|re-?elect|trust|choose"
    "|campaign(?:s|ing|ed)? (?:for|with)|donat(?:e|ing|ions?) to|out with|winning for|proud(?:ly)?"
    "|proud to (?:be|support|back)|proud member|well done|thanks?|thank you|stick with"
    "|stand(?:ing)? with|great (?:news|work|job)(?: from| by)?|because|down"
    "|(?:don't|do not|won't|never) let|sign(?:ed|ing)?|shame on|blam(?:e|es|ed|ing)|stop|beat"
    "|(?:kick|boot)(?:ing)? out|get rid|get|kick|fed up"
    "|(?:shocking|shameful|disgraceful|outrageous|appalling|scandalous)(?: that| how| of)?"
    "|more of the same|(?:shows?|proves?|reveals?)(?: (?:us|you|everyone))? (?:what|how|that|why|who)"
    "|sick|enough|tired|(?:promises?|lies|mess|cuts|failures?|chaos|shambles|betrayal)(?: left"
    "| made)?"
    "|(?:sign up|become|join)(?: \\w+){0,3} members?|no more|typical|only|under|(?:years|decades)"
    "|(?:let down|failed|betrayed|ignored|forgotten|abandoned|wrecked|ruined|broken|neglected)"
)
"""What is said of a party that somebody is for or against, before its name."""
_BETWEEN = (
    r"(?:(?:the|your|our|my|a|for|of|from|to|with|by|local|all|both|this|these|those|another|more"
    r"|\d+)"
    r"[ ,]+){0,4}"
)
_THEIRS = (
    "(?: (?:party|councillors?|cllrs?|group|council|government|led|run|mps?|team|candidates?"
    "|administration))"
)
_LINK = (
    "(?: (?:is|are|has|have|had|will|would|can|cannot|can't|won't|was|were|been|be|always|never"
    "|again|once|still|just|really|also|now|all|not|do|does|don't|doesn't|didn't|the|a|ones?|only"
    "|who|that|in|on|for|this|more|most|to|you|us|your|our|town|complete|absolute|utter|total))"
)
_SIDE = (
    r"deliver\w*|fail\w*|promis\w*|pledg\w*|fight\w*|fought|stand\w* up|stood up|listen\w*|cares?"
    r"|caring|working hard|work\w* for|protect\w*|saves?|saved|saving|cuts|cutting|wreck\w*|ruin\w*"
    r"|destroy\w*|betray\w*|lies|lied|lying|liars?|mess|shambles|chaos|incompeten\w*|corrupt\w*"
    r"|austerity|sleaze|disgrace\w*|broken?|wastes?|wasted|wasting|ignor\w*|abandon\w*|neglect\w*"
    r"|manifesto|record|hypocri\w*|shame\w*|policies|rosettes?|out|trusted|best|brilliant|great"
    r"|amazing|useless|clueless|joke|to blame|gett?(?:s|ing)? (?:things|it) done|on your side"
    r"|let (?:us|you|(?:this|our) town) down|crashed|stole|winning here"
    r"|party (?:with|who|that|which)|plans? (?:for|to)"
)
"""What is said of a party that somebody is for or against, after its name."""

_IMPRINT = re.compile(
    r"(?:(?:printed|published)(?:,| and| &|, printed and)? ?promoted"
    r"|(?:^|[.!?:;|*)\n>] ?)promoted(?: and published| & published)?)"
    r" by\b.{1,200}?\bon behalf of\b"
)
_RULES: Mapping[Sign, re.Pattern[str]] = {
    "votes": re.compile(
        rf"\bvot(?:e|es|ed|ing) (?:for )?(?:the |your |our |local )*{_PARTY}(?!\w)"
        r"|\bvote green\b(?! (?:one|flag|design|bin))"
        r"|\b(?:vote for|re-?elect|elect) (?:me|us|him|her|cllr|councillor|your local)\b"
        r"|\b(?:lend|wast(?:e|ing)) (?:\w+ ){1,2}votes?\b"
        r"|\b(?:grateful for|count(?:ing)? on|earn|ask(?:s|ing)? for|hope for|need"
        r"|win) your votes?\b|\bgive (?:\w+ ){1,3}your votes?\b|\bvot(?:e|ing) for (?:a )?(?:real "
        r"|positive )?(?:change|better|fresh start)\b|\b(?:vote|voting) (?:them|him|her"
        r"|this lot) out\b"
    ),
    "candidate": re.compile(
        r"\b(?:i am|i'm|im|i will be|i'll be|i have decided to|(?:proud|delighted"
        r"|honoured) to (?:be|have been)|i)"
        r" (?:now |once again |again )?(?:standing|running|stand|run|selected|chosen) (?:again )?"
        r"(?:for (?:re-?election|election|council|mayor|parliament)|in the [\w ]{0,30}election"
        r"|as (?:a|an|your|the)(?: [\w§]+){0,4} candidate)"
        rf"|\b(?:your|our|my) (?:local |excellent |brilliant |great "
        rf"|fantastic )*{_PARTY} candidate\b"
        r"|\b(?:support|back|endorse) (?:my|his|her|our) (?:election )?"
        r"(?:campaign|candidacy|candidate)\b"
        r"|\b(?:proud|delighted|thrilled|pleased|congratulations"
        r"|good luck)\b[^.!?]{0,80}\bcandidate\b"
        r"[^.!?]{0,60}\b(?:ward|election|council|seat|division)\b"
        r"|\b(?:proud|delighted|thrilled|pleased|congratulations"
        r"|good luck)\b[^.!?]{0,80}§ candidate\b"
        r"|§[^.!?]{0,60}\b(?:looking for|seek(?:s|ing)?|wants?|needs?|recruiting)\b[^.!?]{0,20}"
        r"\b(?:candidates|members|volunteers|activists|supporters)\b"
    ),
    "canvassing": re.compile(
        r"\bcanvass(?:ing|ers?|ed)\b|\bcampaign trail\b"
        r"|\bleaflett?ing (?:for|in|with|session|round|today)\b"
        r"|\b(?:out|great|good|positive|warm|fantastic|lovely|busy|campaigning|support|response"
        r"|conversations?|listening|team)\b[^.!?]{0,60}\bon the door ?steps?\b"
        r"|\bon the door ?steps?\b[^.!?]{0,40}\b(?:campaign|voters?|support|listening|team)\b"
        r"|\b(?:campaign|door[ -]?knocking) (?:session|day|team|volunteers)\b[^.!?]{0,60}"
        r"(?:§|\belection)"
        r"|\bphone[ -]?bank\w*[^.!?]{0,40}§"
        r"|§[^.!?]{0,40}\b(?:phone[ -]?bank|campaign|canvass|action|leafleting|door[ -]?knocking)"
        r" (?:session|day|team|volunteers|weekend|launch)\b"
    ),
    "sides": re.compile(
        rf"(?<!\w)(?:{_TOWARDS}) {_BETWEEN}§"
        r"|\bonly (?:one|the one) party (?:will|can|has|that)\b|§[^.!?]{0,40}\b(?:deserves?|needs?|asks? for|wants?|pledge) (?:\w+ )?"
        r"(?:your (?:support|votes?|cross|backing))\b"
        r"|§[^.!?]{0,60}\bpledge your support\b"
        rf"|\b(?:cross|x|tick) (?:next to|beside|against|for|by) {_BETWEEN}§"
        rf"|\b(?:time for|fundrais\w+ (?:for|by)|donations? (?:for|to)) {_BETWEEN}§"
        rf"|§(?:'s|s')?{_THEIRS}{{0,3}}{_LINK}{{0,6}} (?:{_SIDE})\b"
    ),
}
"""Signs in one sentence without capitals, in which § stands for the name of any party."""
_CONTEST = re.compile(
    r"\b(?:awards?|competition|of the year|in bloom|favourites?|finalists?|shortlist\w*|prizes?"
    r"|contest|logo"
    r"|people's choice|design|names?|naming|best|lottery|green flag|community (?:fund|champions?)"
    r"|window|costume|photo\w*)\b"
)
"""Where votes are for something other than people."""
_HARMLESS = re.compile(
    r"\b(?:annual canvass|canvass (?:form|reply|letter|email)|electoral regist\w+|household|scams?"
    r"|register of electors|fraud\w*|cold call\w*|trading standards|doorstep crime|charit\w+"
    r"|fundrais\w+|opinion|politically neutral)\b|\b(?:no|not|never)\b[^.!?]{0,60}\bcanvass"
    r"|n't\b[^.!?]{0,60}\bcanvass"
)
"""Where calling from door to door is for the register, for charity or a swindle, or not wanted."""
_NAMED_PERSON = re.compile(r"\b[Vv](?:ote|OTE)(?: for| FOR)? (?:[A-Z][\w'-]+|§) [A-Z][\w'-]+")
"""A vote for somebody by name: capitals tell."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
# Letters that Python takes for i, s and k without case and RE2 does not, and the mark for a party.
_ODD = dict.fromkeys((0x130, 0x131, 0x17F, 0x212A, ord("§")), "?") | {0x2019: "'"}

_GATE = (
    "promoted|only|vot(?:e|ing)|phone.?bank|elect|canvass|campaign|leaflet|door ?step|knocking|candid|stand|run"
    "|chosen"
    "|labour|conservative|tory|tories|lib|green|reform|plaid|snp|ukip|sinn|dup|uup|unionist|sdlp"
    "|tuv"
    "|alliance|alba|democratic|sdp|workers|heritage|restore|tusc|co-operative|scottish national"
    "|independence|partyof"
)


def gate(more: Iterable[str] = ()) -> str:
    """An RE2 expression for ``Records.candidates`` that every text matches which is remarked on.

    ``more`` are further names of parties, and of accounts.
    """
    return "|".join([_GATE, *(re.escape(name.lower().lstrip("@")) for name in more)])


def parties(text: str, more: Iterable[str] = ()) -> dict[str, str]:
    """The parties that a text names, each with the words for it; ``more`` are further names."""
    read = text[:LIMIT].translate(_ODD)
    return {party: hit[0] for party, rule in _rules(more).items() if (hit := rule.search(read))}


def party_account(text: str, links: Iterable[str] = (), more: Iterable[str] = ()) -> str:
    """The first account, hashtag or site of a party in a text or its links, or ``""``.

    ``more`` are further accounts, with or without ``@``.
    """
    read = text[:LIMIT].translate(_ODD).lower()
    for written in (read, *(link[:LIMIT].lower() for link in links)):
        if hit := _ACCOUNT.search(written):
            return hit[0]
    known = {name.lower().lstrip("@") for name in more}
    named = re.findall(r"(?<![\w/])@([\w.]{1,60})", read)
    return next((f"@{name}" for name in named if name.rstrip(".") in known), "")


def campaigning(text: str, more: Iterable[str] = ()) -> tuple[Sign | None, str]:
    """The first sign that a text campaigns, and the words that give it.

    ``more`` are further names of parties.
    """
    read = text[:LIMIT].translate(_ODD)
    lowered = read.lower()
    flat = " ".join(lowered.split())
    if hit := _IMPRINT.search(lowered) or _IMPRINT.search(flat):
        return "imprint", " ".join(hit[0].split())
    names = _rules(more)
    for sentence in _SENTENCE.split(read):
        marked = sentence
        for rule in names.values():
            marked = rule.sub("§", marked)
        if _NAMED_PERSON.search(marked) and not _CONTEST.search(flat):
            return "votes", " ".join(sentence.split())[:SHOWN]
        marked = " ".join(marked.lower().split())
        for sign, rule in _RULES.items():
            if (hit := rule.search(marked)) and not _innocent(sign, hit[0], flat):
                return sign, " ".join(sentence.split())[:SHOWN]
    return None, ""


def _innocent(sign: Sign, words: str, text: str) -> bool:
    if sign == "votes":
        return "§" not in words and bool(_CONTEST.search(text))
    return sign == "canvassing" and bool(_HARMLESS.search(text))


def _rules(more: Iterable[str]) -> Mapping[str, re.Pattern[str]]:
    return _NAMED | {
        name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in more
    }
