"""Whether a text says that somebody other than the council wrote it or published it.

It may be passed on (``RT @somebody``), come from a guest, an agency or a program, or be published on
the council's behalf. What public bodies tell (police, health service, other councils) is told apart
by their names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIMIT = 20_000
"""Characters read of one text."""

Sign = Literal["passed on", "guest", "agency", "program", "draft"]

_MAKERS = (
    "(?:pr|comms|communications|social media|media|marketing|web|digital|design) (?:company|firm"
    "|agency|partners?|people|consultants?|contractors?|suppliers?)"
)
_AGENCY = (
    r"(?:agency|contractors?|suppliers?|consultants?|consultancy|freelancers?|marketing (?:team"
    r"|company|partners?)"
    rf"|{_MAKERS})"
)
_PROGRAM = (
    "(?:hootsuite|buffer|sprout ?social|later|loomly|sendible|agorapulse|ifttt|zapier|dlvr\\.?it"
    "|tweetdeck|social ?pilot"
    "|meta business suite|canva|contentcal|crowdfire|socialbee|mailchimp|an? (?:app|bot"
    "|scheduling tool)|auto ?post\\w*)"
)
_OURS = r"(?!(?:the |your )?(?:\w+ ){0,2}(?:council|clerk)\b|us\b|our\b)"
_OFFICE = r"(?!(?:the |our |your )?(?:us|our|town|deputy|council|clerk|mayor|chair|leader|cllr|councillor)\b)"
_PAGE = r"(?:account|page|feed|profile|socials?|social media|instagram|facebook|twitter|channel)"
_COUNCIL = r"(?:[\w']+ ){0,8}(?:council|tc|our client)"
_MAKING = (
    "posted|published|written|sent|shared|issued|prepared|produced|created|made|filmed|designed"
    "|supplied|provided"
)
_MADE = f"(?:{_MAKING})"
_SIGNS: Mapping[Sign, str] = {
    "draft": (
        r"\[(?:client|company|council|name|insert|date|link|logo|image|town)[^\]\n]{0,30}\]"
        r"|\blorem ipsum\b|\binsert (?:\w+ ){0,2}here\b|\b(?:edit|delete) this template\b"
        r"|\b(?:draft|copy|version|proof) for (?:approval|sign[- ]off)\b|\bagency ref\b"
    ),
    "passed on": (
        r"(?:^|\n)[^\w\n@]{0,5}(?:(?:rt|mt|retweet)(?! (?:if|to|and|this|for)\b)|repost(?:ed)?(?: from| by)?|retweeted(?: from)?"
        r"|shared(?: post)?(?: from| by)?|regram|copied from|cross-?post(?:ed|ing) from|re-?blog(?:ged)? from|re-?shared from"
        r"|passing (?:this )?on (?:from|for)|sharing (?:this )?(?:from|for"
        r"|on behalf of))[: ]{1,3}@?\w"
        r"|(?:^|\n)[^\w\n@]{0,5}shared for (?!info|interest|aware|refer|you|all|any|every|those|resid|the)\w"
        rf"|\b(?:post(?:ed|ing)|shar(?:ed|ing)|publish(?:ed|ing)) (?:this )?on behalf of {_OFFICE}(?!the \w+ (?:\w+ )?council)\w"
        r"|\bforwarded (?:from|by)\b|\ba (?:word|message) from our sponsors?\b"
        rf"|\bthe (?:text|words|message|statement|information)(?: \w+)? (?:comes?|is|are|was) from {_OFFICE}\w"
        r"|\bfrom our friends at\b|\bthank(?:s| you) to @\w+ for (?:this|the) (?:\w+ )?"
        r"(?:write-?up|article|post|piece|words|blog|story)\b"
        r"|\brt @\w|\b(?:via|from) @\w"
        r"|\b(?:reproduced|reprinted|republished)(?: here)? (?:with|by) (?:\w+ )?permission\b"
        r"|\b(?:the following|this|here|below) is an? (?:message|statement|letter|note|post) (?:from|by)"
        rf" {_OFFICE}\w"
        r"|\b(?:h/t|reposted from|shared from|originally (?:posted|shared|published) (?:by|on|in))"
        r" @?\w"
    ),
    "guest": (
        r"\bguest (?:post|blog|column|article|writer|author|contributor|editor)\b"
        rf"|\b{_PAGE} takeover\b|\btakeover (?:is )?(?:by|from|day)\b|\btoday's takeover\b"
        rf"|\btak(?:ing|en|es) over (?:our|the|this) (?:\w+ )?(?:council's )?(?:{_PAGE}|stories)\b"
        r"|\b(?:words|text|captions?|article|post|copy|content|blog|column|update|film|video)"
        r"(?: and (?:photos?|pictures?|images?))? (?:is |was |were )?(?:(?:written|supplied"
        r"|provided"
        rf"|contributed|submitted|sent in|prepared|created|produced) )?by {_OURS}"
    ),
    "agency": (
        rf"\b(?:{_MADE}|by [\w' ]{{2,40}}|ltd|limited|media|agency|pr|comms|communications"
        rf"|marketing"
        rf"|design|creative|digital|events|consulting),? (?:for and )?on behalf of {_COUNCIL}\b"
        rf"|\b{_MADE} by {_OURS}[\w' &]{{2,40}} for {_COUNCIL}\b|\b(?:for|from) our client\b"
        rf"|\bour (?:new )?(?:agency|{_MAKERS})\b"
        rf"|\b(?:managed|run|looked after|handled|moderated|{_MADE}) (?:\w+ ){{0,3}}by"
        rf" (?:\w+ ){{0,4}}{_AGENCY}\b"
        rf"|\b{_PAGE} (?:is |are )?(?:now )?(?:managed|run|operated|administ(?:er|rat)ed|looked after|handled"
        rf"|maintained)"
        rf" (?:(?:for|this|today|again) (?:\w+ ){{0,4}})?by {_OURS}"
        rf"|\b(?:running|doing) the {_PAGE} (?:today|tonight|this|for|over)\b"
        rf"|\b(?:do|does|run|runs|manage|manages|managing|look after|looks after|looking after)"
        rf" (?:our|this|the council's|\w+ (?:town |parish )?council's) {_PAGE}\b"
        r"|\b(?:posts|content)(?: \w+){1,3} (?:is|are|was|were) by "
        rf"{_OURS}\w"
        r"|\b(?:social media|socials|posts|content) (?:managed |run )?by "
        rf"{_OURS}\w|(?:^|\n)[^\w\n]{{0,3}}admin(?:istrator)?s?: ?\w"
        r"|\b(?:sent|posted|published) from the [\w ]{2,30} account of\b"
    ),
    "program": (
        rf"\b(?:{_MAKING}|scheduled|powered|generated|tweeted) (?:\w+ ){{0,2}}"
        rf"(?:via|with|by|using|from|through|in) {_PROGRAM}\b|\bvia {_PROGRAM}\b"
        r"|(?:^|\n|[.!?] )[^\w\n]{0,3}(?:posted|published|scheduled|sent|tweeted)"
        r" (?:via|using|with|through) (?!our|the|email|post|mail)\w"
        r"|\b(?:automatically|auto-?) ?(?:posted|published|generated|tweeted|shared)\b"
        r"|(?:^|\n)[^\w\n]{0,3}(?:automated|automatic|auto-?|bot) ?(?:post|message|tweet|update)\b"
        r"|(?:^|[\n.!?(\[] ?)[^\w\n]{0,3}(?:(?:this |the )?(?:image|picture|photo|text|post|video|artwork)s?(?: is| was| are|:)? )?"
        r"(?:ai|chatgpt|computer)[- ](?:generated|written|made|created)"
        r"(?: (?:image|picture|text|post|video|artwork|illustration|impression|content)\b| ?[.!)\]]|$)"
        r"|\bthis (?:post|message|tweet) (?:was|is) (?:automated|generated|scheduled)\b"
        r"|\b(?:written|created|generated|made) (?:by|with|using) (?:ai|chatgpt|copilot|gemini)\b"
    ),
}
"""How a text shows each sign, without capitals; the first that fits names it."""
_SHOWS = {sign: re.compile(rule) for sign, rule in _SIGNS.items()}
GATE = (
    "rt|mt|via|repost|retweet|shar|regram|from|copied|cross|passing|h/t|hat tip|origin|guest"
    "|takeover|over"
    "|by|behalf|client|our|posted|published|scheduled|sent|tweeted|auto|this|written|created"
    "|generated|made"
    "|bot|forwarded|sponsor|comes|re-?blog|re-?shar|cross-?post|reproduced|reprinted|following|below|here|-generated|ai"
    "|\\[|lorem|insert|template|draft|copy|version|proof|agency|do|run|manage|look|admin|powered"
)
"""An RE2 expression for ``Records.candidates`` that every text with a sign matches."""
PUBLIC = re.compile(
    r"police|constabulary|fire ?(?:and|&)? ?rescue|fireservice|nfrs|nhs|hospital(?!ity)|ambulance"
    r"|coastguard|metoffice|met office|env(?:ironment)? ?agency"
    r"|highways|council|cyngor|govuk|gov\.uk|\w*(?:cc|dc|bc)news\b|county|borough|library|libraries"
    r"|ukhsa|dwp|hmrc|dvla|defra|trading ?standards"
    r"|electoral ?commission|ofsted|ordnance|lifeboats?|rnli|school|academy|university"
    r"|crimestoppers|samaritans|flood ?line|national ?rail|networkrail"
)
"""Names of public bodies and rescue services, in small letters."""
_SOURCE = re.compile(r"@(\w[\w.]{0,59}(?:-[\w.]{1,59}){0,5})")
_HANDLE_AFTER = re.compile(
    r"(?:\brt|\bvia|\bfrom|\bby|\brepost(?:ed)?|\bshared|\bretweet(?:ed)?)(?: from| by)?[: ]{1,3}(?:the )?@?([\w'& .-]{2,60})"
)


def written_elsewhere(text: str) -> tuple[Sign | None, str]:
    """The first sign that somebody else wrote or published a text, and the words that give it."""
    read = _plain(text)
    for sign, rule in _SHOWS.items():
        if hit := rule.search(read):
            return sign, " ".join(read[hit.start() : hit.end() + 60].split())
    return None, ""


def source(text: str, links: Iterable[str] = ()) -> str:
    """Who wrote what is passed on, as far as text or links tell: a handle or the words after "from"."""
    read = _plain(text)
    if hit := _SOURCE.search(read) or _HANDLE_AFTER.search(read):
        return hit[1].strip()
    for link in links:
        try:
            split = urlsplit(link)
            first = split.path.strip("/").split("/")[0]
        except ValueError:
            continue
        if (
            re.search(r"(?:^|\.)(?:facebook|x|twitter|instagram)\.com$", split.hostname or "")
            and first
        ):
            return first.lower()
    return ""


def public_body(name: str) -> bool:
    """Whether a handle or name reads as that of a public body or rescue service."""
    return bool(PUBLIC.search(name.lower().replace("_", "")))


def _plain(text: str) -> str:
    return text[:LIMIT].replace("\u0130", "?").replace("\u2019", "'").lower()
