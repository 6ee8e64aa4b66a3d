r"""What in a text sells something, asks for money, or speaks for somebody's own venture.

One sign of an own venture, an own collection, a referral or a paid post is enough. A price, a
recommendation, an invitation to buy or the address of a shop is not: two different ones have to
come together. What a council sells and collects for by right, and talk of trade as a whole, is told
by words of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIMIT = 20_000
"""Characters read of one text, its links included."""

Sign = Literal[
    "own venture",
    "own collection",
    "referral",
    "paid",
    "price",
    "invitation to buy",
    "haste",
    "shop",
    "goods",
    "recommendation",
]
Reason = Literal["own services", "events", "charity", "local trade"]
STRONG: frozenset[Sign] = frozenset({"own venture", "own collection", "referral", "paid"})
"""Signs of which one is enough."""
ENOUGH = 2
"""So many other signs have to come together."""

_FAMILY = (
    "(?:husband|wife|partner|son|daughter|brother|sister|mum|dad|mother|father|friend|mate|cousin"
    "|nephew|niece|family|other half)"
)
_TRADE = (
    "(?:plumber|builder|electrician|decorator|painter|gardener|roofer|joiner|carpenter|plasterer"
    "|tiler|mechanic|cleaner|hairdresser|barber|beautician|photographer|florist|handyman|caterer"
    "|personal trainer|tutor|dog walker|window cleaner)"
)
_STAFF = (
    "(?:clerk|officer|receptionist|caretaker|groundsm[ae]n|groundsperson|gardener|ranger|warden"
    "|administrator|assistant|apprentice|colleague|staff|team)"
)
_LITTLE = (
    "(?: (?:has|have|just|is|now|opened|opening|runs|launched|launching|started|starting|a|an|her"
    "|his"
    "|their|own|new|latest|first|second|little|small|lovely|local|online|craft|tiny|side|family"
    "|home"
    "|holiday|gardening|cleaning|beauty|hair|nail|cake|baking|dog|walking|window|plumbing|etsy))"
)
_VENTURE = (
    "(?:business|shop|store|company|salon|studio|gallery|bakery|caf[eé]|restaurant|stall|firm"
    "|start-?up|hustle|sideline|etsy|book|novel|album|patreon|classes|candles|crafts|jewellery"
    "|cakes|artwork|paintings|prints|knitwear|products?|services?|consultancy|cottage|airbnb|let"
    "|b&b|guest ?house|annexe|flat|room|chalet|caravan|beach hut|cleaning round|agency"
    "|franchise|farm shop)"
)
_SIGNS: Mapping[Sign, str] = {
    "own venture": (
        rf"\bmy{_LITTLE}{{0,4}} (?!room|flat){_VENTURE}\b"
        rf"|\b(?:my|our) (?:\w+ )?{_FAMILY}(?:'s|s')?{_LITTLE}{{0,5}} {_VENTURE}\b"
        rf"|\bmy {_FAMILY}(?:'s| has| have)? (?:just )?(?:opened|launched|started|set up)"
        rf"(?: \w+){{0,5}} {_VENTURE}\b"
        rf"|\bi(?:'ve| have)? (?:just )?(?:opened|launched|started|set up"
        rf"|published){_LITTLE}{{0,4}}"
        rf" {_VENTURE}\b"
        r"|\bi (?:also |now )?sell\b|\bi (?:also |now )?make\b[^.!?\n]{0,40}\bto order\b"
        r"|\bcommissions? (?:are )?(?:now )?open\b"
        rf"|\b(?:cllr|councillor)(?: \w+){{0,2}}'s{_LITTLE}{{0,3}}(?: \w+)?"
        rf" (?:pub|garage|{_VENTURE})\b"
        rf"|\bmy {_FAMILY}(?: \w+)?(?:'s| is) an? (?:\w+ ){{0,2}}{_TRADE}\b[^\n]{{0,120}}"
        r"\b(?:msg|message|dm|pm|call|ring|text|contact|slots?|space|available|availability)\b"
        r"|\bi(?:'ve| have)? (?:just )?started selling\b"
        r"|\bi(?:'m| am) (?:now )?(?:taking|accepting) (?:\w+ ){0,2}"
        r"(?:orders|bookings|commissions|clients)\b"
        r"|\b(?:room|flat|house|cottage|chalet) to (?:let|rent) (?:in|at) my\b"
        r"|\b(?:selling|letting|renting out) my\b|\bo\.?n\.?o\b|\bbook (?:direct )?with me\b"
        r"|\b(?:pm|dm|inbox) (?:me )?for (?:(?:the|my|a|an|our|new|free) ){0,3}"
        r"(?:pics|details|prices?|brochures?|catalogues?|menus?|samples?|bookings?)\b"
        r"|\b(?:dm|message|text|whatsapp|pm|inbox|call|ring|contact) me\b[^.!?\n]{0,40}"
        r"\b(?:prices?|quotes?|orders?|book|details|buy|slots?|interested|\d{5})"
        r"|\b(?:be your own boss|join my team|work from home opportunity|passive income"
        r"|financial freedom|(?:doubled|trebled|tripled) my (?:money|savings|income))\b"
        r"|\b(?:earn|mak(?:e|ing)|invest)\b[^.!?\n]{0,30}£\d[^.!?\n]{0,30}\bfrom home\b"
        r"|\bearn\b[^.!?\n]{0,30}\bfrom home\b|\b(?:invest|trade) (?:in |with )?"
        r"(?:bitcoin|crypto\w*|forex)\b|\b(?:bitcoin|crypto\w*|forex)\b[^!?\n]{0,80}"
        r"\b(?:invest|platform|register|sign up|join|profits?)\b"
    ),
    "own collection": (
        r"\b(?:go ?fund ?me|crowdfund(?:er|ing)?|kickstarter|indiegogo|buy ?me ?a ?coffee|ko-fi"
        r"|change\.org|38degrees)\b"
        r"|\b(?:sponsor me|donate to my|sign my|support my"
        r"|my (?:just ?giving|fundrais\w+|petition|campaign))\b"
    ),
    "referral": (
        r"\b(?:use|using|with|enter|quote|quoting|apply) (?:my |our |the |this )?"
        r"(?:\w+ )?(?:(?:promo|discount|referral|voucher|offer) )?code\b(?! of)"
        r"|\bquot(?:e|ing) [a-z]{3,15}\d{1,3}\b"
        r"|\b(?:tell|mention)\b[^.!?\n]{0,30}\byou saw (?:it|this|us|them) here\b"
        r"|\b(?:tell|say to) them (?:that )?(?:we|i|the \w+) sent you\b"
        r"|\b(?:referral|affiliate) (?:links?|codes?|bonus|scheme|rewards?)\b|\brefer a friend\b"
        r"|\b(?:through|via|using|with|use|click) (?:my|our|this) (?:\w+ )?link\b"
        r"|[?&](?:ref|aff|affiliate|tag|referral|invite)=\w|\bamzn\.to\b"
    ),
    "paid": (
        r"(?:^|\n)[^\w\n]{0,5}(?:ad|advert|sponsored|paid promotion)[ \t]*[\])|:–—-]"
        r"|(?<!\w)#(?:ad|advert|sponsored|spon|gifted|affiliate|paidpartnership)(?!\w)"
        r"|\b(?:paid (?:partnership|promotion)|advertisement feature|sponsored post|advertorial"
        r"|(?:kindly )?gifted (?:me|us)|for the gifted)\b"
    ),
    "price": (
        r"\b(?:\d{1,2} ?%|£\d+|a third|half) (?:off|discount)|\bsave (?:up to )?(?:£\d|\d+ ?%)"
        r"|\b(?:half price|bogof|buy one,? get one|two[- ]for[- ]one"
        r"|2 ?for ?1|3 ?for ?2|special offers?"
        r"|(?:big|massive|huge|clearance|closing[- ]down|moving|january|summer|winter) sale|black friday|cyber monday|flash sale"
        r"|sale (?:now on|starts|ends|on now)|discount(?:s|ed)?|introductory (?:offer|price)"
        r"|free (?:delivery|p&p|postage|consultation|quotes?|trial|gift|valuations?|estimates?|fitting)"
        r"|no (?:joining|booking|delivery|arrangement|sign-?up) fees?|very reasonable|vouchers?|bargains?"
        r"|prices? (?:start|from)|(?:best|unbeatable|lowest|keenest|cheapest|competitive|fair|keen|great|reasonable) (?:prices?|rates)|great deals?"
        r"|win an? [£\w ]{0,40}(?:voucher|prize|hamper|meal|stay))\b"
        r"|£\d{1,3}(?:\.\d\d)?(?![\d,.]*\d|k\b|m\b| ?(?:million|billion))"
    ),
    "invitation to buy": (
        r"\b(?:buy|shop|order|book|pre-?order|grab|get|treat yourself|treat|bag|snap up)"
        r" (?:now|online|yours|today|here|one|early|(?:with )?them|with us|in for"
        r"|your (?:\w+ ){0,2}(?:tickets?|table|appointment|slot|place|orders?|copy|gifts?"
        r"|presents?|hair|nails|lunch|dinner|car|boiler|windows))\b"
        r"|\bget (?:yourself |yourselves )?(?:down|over|along|in) (?:there|to)\b|\bgrab (?:an?"
        r"|some)\b"
        r"|\b(?:call|ring|text|phone|whatsapp|contact) (?:\w+ ){1,3}on \+?\d{3}"
        r"|\bgo (?:to|and see|see) (?!our|the|your|www|http|gov)"
        r"|\b(?:order|buy) from (?:them|him|her)\b|\bnumber in the comments\b"
        r"|\b(?:call|ring|message|text|dm|pm|msg) (?:(?:him|her|them|me|us) )?"
        r"(?:today|now|tonight|to (?:order|book))\b|\bcome and see me at\b"
        r"|\bbook an? (?:table|lesson|session|slot|treatment|fitting)\b"
        r"|\bcomment ['\"]?\w{1,20}['\"]? (?:below )?(?:to (?:join|book|order|win)|and (?:we|i)'ll)\b"
        r"|\b(?:like(?:,| and) (?:share|follow)|(?:follow|like) their page|tag a friend)\b"
        r"|\b(?:place your|taking) orders?\b"
        r"|\b(?:add to (?:basket|cart)|orders? (?:are )?(?:now )?open|available to (?:buy|order)"
        r"|on sale now|(?:pop|call|come) (?:on )?in(?:to)?|head (?:on )?(?:down|over) to"
        r"|pay them a visit"
        r"|give (?:them|him|her) a (?:call|ring|try|go|visit)|link in (?:my |our )?bio|swipe up"
        r"|(?:call|ring|dm|message|contact) (?:them|us) (?:now|today)|get a (?:free )?quote)\b"
    ),
    "haste": (
        r"\b(?:while stocks last|limited (?:stock|time|offer|edition)|last few|don't miss (?:out|it|this)|hurry"
        r"|before (?:they're|they are|it's) (?:all )?gone|ends (?:soon|midnight|tonight))\b"
    ),
    "shop": (
        r"\b(?:etsy\.com|ebay\.(?:co\.uk|com)|amazon\.co(?:\.uk|m)|shopify|depop|vinted"
        r"|notonthehighstreet|gumtree|facebook marketplace|bigcartel|folksy|tropic skincare"
        r"|avon rep"
        r"|scentsy|utility warehouse|linktr\.ee|airbnb|vrbo|groupon|wowcher|redbubble|teespring"
        r"|uber ?eats|just ?eat|deliveroo)\b"
        r"|\b[\w-]{1,40}\.(?:shop|store)\b|(?<!/)/(?:shop|store|products?|basket|checkout)\b"
    ),
    "goods": (
        r"\b(?:home|hand)[- ]?(?:made|crafted|knitted|sewn|painted)\b|\bmade to order\b|\bbespoke\b"
        rf"|\bour (?:\w+ ){{0,2}}{_STAFF}(?: \w+)? (?:also |now )?(?:sells|makes|bakes|knits|is selling)\b"
    ),
    "recommendation": (
        r"\b(?:highly|can'?t|cannot|would|thoroughly|really)(?: \w+)? recommend\b"
        r"|\brecommend (?:them|him|her|this|these|a visit)\b|\bshout ?out to\b|\bgo-to for\b"
        r"|\b(?:best|finest|tastiest|cheapest) [\w -]{1,30} (?:in|this side of) (?:town|the (?:county|area|east|business|world)"
        r"|norfolk|britain|england)\b|\bif you(?:'re| are)? (?:need|looking for|want) an?\b"
        r"|(?:^|[.!?\n] ?)(?:are you )?(?:looking for|need|fancy|struggling with) [^.!?\n]{1,60}\?"
        r"|\bnever (?:find|get|have) an? better\b"
        r"|\b(?:he|she|they)(?:'s|'re| is| are) (?:absolutely |just |simply )?"
        r"(?:brilliant|the best|amazing|fantastic|so good|reliable)\b"
        r"|\bwon't (?:find|get|be disappointed)\b|\bcouldn't be happier\b"
        r"|\b(?:family|locally)[- ](?:run|owned)\b"
    ),
}
"""How a text shows each sign, without capitals."""
_REASONS: Mapping[Reason, str] = {
    "own services": (
        r"town hall|(?:town|parish|city) council(?:'s)?|council (?:offices?|chambers?|shop)"
        r"|(?:hire|book|rent|let|letting) (?:\w+ ){0,4}(?:halls?|rooms?|pitch(?:es)?|pavilion"
        r"|bandstand|chamber|courts?|huts?|garages?|plots?|stalls?|offices?|units?)"
        r"|(?:hall|room|pitch|court|venue) hire|allotments?|beach huts?|market (?:stalls?|pitch\w*)"
        r"|stallholders?|memorial bench\w*|tourist information|visitor (?:information )?centre"
        r"|our (?:\w+ )?(?:hall|venue|museum|theatre|cinema|pool|market|community centre|car parks?"
        r"|box office|gift shop|caf[eé]|shop|museum shop|library)|permits?|precept|council tax"
        r"|budget|grants?|fines?|penalty|bus (?:pass|fares?)|household support"
    ),
    "events": (
        r"tickets?|admission|entry|box office|doors (?:open)?|concert|panto(?:mime)?|carnival"
        r"|f[eê]te"
        r"|festival|fair(?! (?:prices?|rates?|deal|enough|share|play|trade))|parade|fireworks|bonfire|supper|coffee morning|quiz|matinee|screening"
        r"|switch[- ]on|show|open day|workshop|craft market|christmas market|youth club"
    ),
    "charity": (
        r"charit(?:y|ies|able)|in aid of|(?:all )?(?:proceeds|profits|donations)|raffle|tombola"
        r"|mayor's (?:appeal|fund)|poppy appeal|food ?banks?|hospice|lifeboats?|rnli|macmillan"
        r"|air ambulance|children in need|comic relief|jumble sale|toy appeal|friends of"
        r"|raised? money|raising money|fundrais(?:er|ing) for"
    ),
    "local trade": (
        r"shop local|shopping local\w*|independent (?:shops|traders|businesses|retailers)"
        r"|local (?:shops|businesses|traders|producers|retailers)|small business saturday"
        r"|(?:our|the|town's) (?:traders|high street|shops|market traders)"
    ),
}
"""Whole words that say why a council may sell."""
_SHOWS = {sign: re.compile(rule) for sign, rule in _SIGNS.items()}
_SAYS = {why: re.compile(rf"\b(?:{rule})\b") for why, rule in _REASONS.items()}
_WARNING = re.compile(
    r"\b(?:scams?|scammers?|fraud\w*|beware|phishing|fake|counterfeit|rogue traders?"
    r"|trading standards"
    r"|don't click|do not click|hoax)\b"
)
GATE = (
    "my |our |i sell|i also|i now|i make|i.ve|i have|i just|i opened|i launched|i started|i set up"
    "|i publ"
    "|to let|to rent|selling|letting|renting|o.?n.?o|with me|for pics|doubled|crypto|bitcoin|forex"
    "|commission|i.m|i am|(?:dm|message|text|whatsapp|pm|inbox|call|ring|contact) me|own boss"
    "|from home"
    "|passive income|financial freedom|fund ?me|crowdfund|link|gifted|(?:^|[^a-z])ad(?:$|[^a-z])"
    "|sponsored|save|win an?|kickstarter|indiegogo|coffee|ko-fi|change.org"
    "|38degrees|sponsor|code|referral|affiliate|refer a friend|[?&][a-z]+=|amzn|#|paid|advert"
    "|% (?:off|disc)|%off|%disc|price|bogof|buy one|two for|2 ?for|3 ?for|offer|black friday"
    "|cyber monday|sale|discount|free "
    "|voucher|bargain|deal|£|/shop|/store|/product|/basket|/checkout|recommend|shout ?out|go-to"
    "|best "
    "|[.]shop|[.]store|etsy|ebay|amazon|shopify|depop|vinted|gumtree|marketplace|bigcartel|folksy"
    "|tropic"
    "|avon|scentsy|warehouse|linktr|airbnb|vrbo|groupon|wowcher|redbubble|teespring|eats|eat"
    "|deliveroo"
    "|notonthe|limited|last few|stocks last|miss out|hurry|before (?:they|it)|ends |family|locally"
    "|if you|looking for|need|fancy|struggling|won.t|couldn.t|cllr|councillor|earn|mak(?:e|ing)"
    "|home.?made|hand.?(?:made|craft|knit|sewn|paint)|home.?(?:craft|knit|sewn|paint)|made to order"
    "|bespoke|our |never |brilliant|the best|amazing|fantastic|so good|reliable|come and see"
    "|call |ring |message|text |msg |book an? |number in|keenest|two-for|you saw|miss|invest|trade|quot|sent you|no |reasonable|rates|order|buy|comment|finest|tastiest|cheapest"
)
"""An RE2 expression for ``Records.candidates`` that every text matches which ``selling`` lists."""
# Letters that lower case makes into others than RE2 does, and the two apostrophes.
_ODD = {0x130: "?", 0x2019: "'", 0x2018: "'"}


def signs(text: str, links: Iterable[str] = ()) -> dict[Sign, str]:
    """The signs of selling in a text and its links, each with the words that give it."""
    read = _plain("\n".join((text[:LIMIT], *links)))
    return {sign: hit[0].strip() for sign, rule in _SHOWS.items() if (hit := rule.search(read))}


def selling(text: str, links: Iterable[str] = ()) -> dict[Sign, str]:
    """The signs of selling, if they are enough to say that a text sells; else nothing.

    What warns of a swindle sells nothing.
    """
    found = signs(text, links)
    enough = bool(STRONG & found.keys()) or len(found) >= ENOUGH
    return found if enough and not _WARNING.search(_plain(text)) else {}


def reasons(text: str) -> dict[Reason, str]:
    """Why a council may sell what a text sells, each with the words that say so."""
    read = _plain(text)
    return {why: hit[0] for why, rule in _SAYS.items() if (hit := rule.search(read))}


def _plain(text: str) -> str:
    return text[:LIMIT].translate(_ODD).lower()
