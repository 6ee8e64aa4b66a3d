"""What a council would not say in its own name, beside what would offend in anybody's.

Five named rules over plain English: *swearing* however mild, an *insult* to anybody, *violence* wished
on anybody, *sexual* talk, and *prejudice* (people shut out, blamed or belittled for who they are, in a
job or an offer too: Equality Act 2010, sections 13, 29 and 39). Left out: what stands in quotation marks, titles and names
("Bloody Mary"), words reported as somebody else's, and health, safety or licensing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from socialaudit.phrases import compiled, wide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Rule = Literal["prejudice", "violence", "sexual", "insult", "swearing"]

LIMIT = 10_000
"""Characters read of one text."""

_PEOPLES = (
    "(?:muslims?|islam|jews?|jewish|hindus?|sikhs?|catholics?|blacks?|asians?|pakistanis?|indians?|africans?"
    "|poles|polish|romanians?|bulgarians?|albanians?|foreigners?|immigrants?|migrants?|refugees?"
    "|asylum seekers?|gyps(?:y|ies)|travellers?|roma|gays?|lesbians?|trans(?:gender)?|disabled)"
)
_NATIONS = "(?:irish|welsh|scots|scottish|english|french|germans?|italians?|spanish|americans?|chinese|russians?|ukrainians?)"
_FOLK = "(?: (?:people|folk|families|lot|types|kids|children|men|women))?"
_SOUGHT = "(?:wanted|required|needed|sought|preferred)"
_FIT = "(?:young|younger|attractive|pretty|good looking|bubbly|strong|fit)"
_SEXED = "(?:man|men|lady|ladies|woman|women|girls?|lads?|blokes?|males?|females?|chaps?)"
_MEMBER = "(?:white|british|english|christian|straight|able bodied|non muslim)"

RULES: Mapping[Rule, str] = {
    "prejudice": (
        f"no (?:more )?{_PEOPLES}{_FOLK} (?:allowed|welcome|wanted|please|here|need apply)"
        f"|{_PEOPLES}{_FOLK} (?:are |is )?(?:not|never|un) ?(?:welcome|wanted|allowed)"
        f"|(?:do not|don t|never) (?:want|need) (?:any |more |any more |the |these |those )?{_PEOPLES}"
        f"|keep (?:the |these |those )?{_PEOPLES}{_FOLK} (?:out|away|off)"
        f"|{_PEOPLES}~ (?:lock (?:up )?your|hide your|thieving|thieves|stealing|invad(?:ed|ing)|invasion"
        "|infest(?:ed|ing|ation)|overrun|swamped|swamping|vermin|dirty|filthy|filth)"
        "|(?:lock (?:up )?your|hide your|thieving|infest(?:ed|ation)|overrun|invasion|invaded|swamped|plague"
        f"|thefts?|crime wave|filth|usual mess)~ {_PEOPLES}"
        f"|{_PEOPLES}~ (?:(?:are|is|s) (?:why|the (?:reason|problem|cause))|to blame|(?:get|getting|take|taking|took)"
        " (?:all )?(?:our|the) (?:houses|homes|jobs|benefits|school places))"
        f"|(?:because of|blame) (?:all |all the |the |these |those )?{_PEOPLES}"
        "|(?:same sex|gays?|lesbians?|homosexual[a-z]*|trans(?:gender)?)~ (?:unnatural|disgusting|abnormal|sinful"
        "|sinners?|sick|against nature|not natural|pervert[a-z]*|immoral)"
        "|(?:man|men|bloke|boy|lad)s? in (?:a dress|dresses|drag)|pretend(?:s|ing)? to be (?:a )?(?:woman|women|girl|man|men)"
        "|real (?:women|men|man|woman) only"
        "|(?:don t|do not|can t|cannot|won t) (?:even )?speak (?:proper |any )?(?:english|the language)~ (?:should|shouldn t|go|don t|not)"
        "|britain first|england for the english|(?:our|british|english) (?:own )?(?:people|families|folk) first"
        "|jocks|taff(?:s|ies)|paddies|krauts|frogs who|sheep ?shaggers|bog ?trotters"
        "|(?:mental|head|basket) cases?|(?:on|off) (?:their|his|her|your) meds|not right in the head|funny farm"
        "|(?:are|is|re|he s|she s) (?:all |clearly |obviously |completely |quite )?(?:mental|deranged|unhinged|senile"
        "|demented|retarded)"
        f"|{_MEMBER}{_FOLK} (?:only|need apply|applicants only)|must be {_MEMBER}"
        f"|{_FIT}(?: {_FIT})? {_SEXED} {_SOUGHT}"
        f"|(?:looking for|seeking|recruiting|hiring|wanted) (?:a |an |some |two |three )?{_FIT}(?: {_FIT})?"
        f" {_SEXED}"
        f"|(?:job|role|post|position|work)~ (?:suits?|suited to|suitable for|ideal for|one for) (?:a |an |the )?"
        f"(?:{_FIT} )?{_SEXED}"
        "|(?:no|nobody|no one|anyone) over (?:[3-6][05]|thirty|forty|fifty|sixty)s?(?: need)?(?: not)? appl(?:y|ies)"
        "|must be under (?:[3-6][05]|thirty|forty|fifty|sixty)|no over (?:[3-6][05])s"
        "|(?:native english speakers?|english speakers?) only|speak english or"
        "|(?:women|lady|female) drivers? (?:again|who|can|should|need|always|never|and)|(?:like|such) a girl"
        "|man up|fairer sex|weaker sex|blonde moment|boys will be boys|(?:the )?little woman"
        "|(?:women|ladies|girls)~ (?:in|to) the kitchen|(?:leave|left) (?:it|that|this) to the (?:men|boys|lads)"
        "|old (?:biddies|biddy|dears|codgers?|fogeys?|crones?)|coffin dodgers?|wrinklies|crumblies"
        "|half ?castes?|coloureds|coloured (?:people|folk|man|men|woman|women|family|families)"
        "|the (?:blacks|gays|disabled lot|illegals|foreigners)|illegals"
        "|(?:that s|so|too|bit) gay|nutcases?|nut jobs?|lo+ney bin|loonies|lunatics|schizos?|mentalists?"
        "|(?:send|turn|push|stop) the boats(?: back)?|big girl s blouse|women s work|send them (?:all )?(?:back|home)|(?:go|went) back (?:home )?to (?:your|their) own country"
        "|(?:they|these people|those people|that lot|them lot)(?: all| just)? com(?:e|ing) over here"
        f"|(?:{_PEOPLES}|{_NATIONS}){_FOLK} are (?:all|always) (?:drunks?|drinking|lazy|thieves|crooks|liars|lie|criminals"
        "|terrorists|rapists|the same|stupid|thick|dirty|rude|greedy|violent|dishonest|cheats?)"
        "|(?:like|such) (?:a |an |some )?special needs|(?:are|is) (?:you|he|she|they) special needs"
        f"|{_PEOPLES}{_FOLK} (?:should|must|need to|have to|ought to)~ (?:go (?:back|home)|integrate|fit in|be grateful"
        "|(?:hold|run|build|start|stick to|keep to|live with) their own|our (?:ways?|culture|laws|values|customs))"
        "|their (?:sort|kind)|those people (?:always|never|are all|will)|not like (?:us|normal people)"
        "|normal (?:people|families|couples) (?:only|like us)"
    ),
    "violence": (
        "(?:string|strung|stringing) (?:them|him|her|em|the lot|the lot of them) up|(?:be|get) strung up"
        "|(?:hanging|flogging|prison|jail|shooting)(?: s| is) too good for|bring back (?:the )?(?:birch|cane|stocks"
        "|hanging|gallows|noose|death penalty|lash)"
        "|(?:should|ought to|need to|needs to|deserves? to|must) (?:all )?be (?:shot|hanged|hung|flogged|horsewhipped"
        "|castrated|drowned|birched|lynched|beaten|whipped|put (?:up )?against (?:a|the) wall|put down|neutered|tarred)"
        "|(?:a |needs a |deserves? a )(?:good )(?:hiding|slap|kicking|thrashing|beating|smack|whipping)"
        "|(?:needs?|deserves?|wants?) (?:a )?(?:slap|slapping|kicking|smack|thump|hiding)"
        "|(?:break|broke|breaking) (?:their|his|her) (?:legs?|necks?|fingers|arms?)|throw away the key"
        "|(?:shoot|drown|hang|lynch|kill) (?:them all|the lot|them|him|her)"
    ),
    "sexual": (
        "(?:piece|bit) of (?:ass|arse|skirt|tail|crumpet|totty|stuff)|porn[a-z]*|only ?fans|nudes|(?:nude|naked) (?:pics?|pictures?|photos?|selfies?)|sexy|sexiest|sexting"
        "|horny|boobs?|boobies|titties|bonking|shagg(?:ed|ing|able)|(?:blow|hand) ?jobs?|orgasm[a-z]*|milfs?"
        "|sex (?:toys?|tapes?|party|parties|on legs|god|goddess|appeal|kitten|mad)|get(?:ting)? laid|totty"
        "|(?:ladies|girls|gents|boys|fellas|lads) (?:please )?form an orderly queue"
        "|phwoar|hubba hubba|eye candy|topless|cleavage"
        "|(?:hot|fit|lovely|gorgeous) (?:babes?|blondes?|birds?|totty|bods?|bodies|young things?)"
        "|(?:nice|great|lovely|peachy|tight|cracking) (?:rack|bums?|arses?|pair of legs|buns|behinds?)"
        "|(?:nice|great|lovely|cracking) legs on|in (?:her|his|their) (?:bikinis?|knickers|bra|undies|panties|speedos|lingerie)|give (?:her|him) one"
        "|wet dreams?|x rated|talk dirty|dirty weekend|strip ?tease|lads mags?|size matters|nsfw"
    ),
    "insult": (
        "idiots?|idiotic|morons?|moronic|imbeciles?|cretins?|half ?wits?|dim ?wits?|nit ?wits?|numb ?skulls?"
        "|scumbags?|low ?lifes?|muppets?|numpty|numpties|pillocks?|plonkers?|prats?|twerps?|thickos?|chavs?"
        "|plebs?|nutters?|weirdos?|slobs?|bimbos?|scroungers?|spongers?|cretinous|dickheads?|knuckle ?draggers?"
        "|waste of (?:space|oxygen)|brain ?dead|braindead|trailer trash|gobby|dregs of (?:humanity|society)"
        "|scum (?:who|that|like|of the earth)|(?:these|those|utter|absolute|total|such|you|mindless) scum"
        "|(?:bitter|nasty|miserable|silly|sour|grumpy|moody|stupid|wicked|horrible) (?:old )?(?:cows?|bags?|bats?"
        "|witch|witches|hags?|trouts?|gits?|crows?|mares?|so and sos?|goats?|farts?)"
        "|(?:selfish|ignorant|arrogant|mindless|inconsiderate|little|thieving|lazy|pathetic|dirty|filthy"
        "|greedy|rotten|brainless|gormless) (?:pricks?|swines?|louts?|oiks?|gits?|sods?"
        "|cows?|toerags?|scrotes?|so and sos?)"
        "|(?:brainless|gormless|witless|gutless|spineless) [a-z]+|oiks?|toerags?|scrotes?"
        "|thick as (?:mince|two short planks|a brick)|(?:lazy|idle|useless) (?:beggars?|layabouts?|shower)"
        "|losers|saddos?|cowardly (?:little )?(?:rats?|worms?)|(?:fat|lazy) (?:so and sos?|lumps?|pigs?|gits?|sods?)"
        "|(?:stupid|silly|daft|thick|dumb|lazy|fat|ugly|vile|horrible|mindless) (?:people|cow|cows|woman|women|man"
        "|men|old|kids|teenagers|drivers?|residents?|dog owners?|owners?|parents|lot|gits?|sods?|fools?)"
    ),
    "swearing": (
        "bloody|damn|damned|dammit|crap|crappy|arsed?|arses|bugger(?:ed|y|s)?|bollocks|bollocking|piss|pissed"
        "|pissing|shit|shite|shitty|sod off|sod (?:this|it|that|the lot)|sodding|wtf|ffs|omfg|stfu|balls up|cock ?up|fecking|feck|frigging"
        "|effing|(?:what|who|how|where) the hell|go to hell|to hell with|(?:the )?f word|son of a bitch|t w a t"
        "|b llocks|b ll cks|b ll x|sh t|sh te|p ss(?:ed|ing)?|b gger|cr p|bl dy|bl ody|d mn"
    ),
}
"""What is unseemly, gravest first; ``~`` stands for up to seven words."""

_COMPILED = {name: compiled(rule, 7) for name, rule in RULES.items()}
GATE = tuple(map(wide, RULES.values()))
"""RE2 expressions for ``Records.candidates``; every text with something unseemly matches one."""

_QUOTED = re.compile(r"[\"“”][^\"“”\n]{1,300}[\"“”]|(?<!\w)[‘'][^‘’'\n]{1,300}[’'](?!\w)")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n+")
_WORD = re.compile(r"[^\W_]+")
_REPORTED = re.compile(
    r"\b(?:words?|terms?|language|names?|phrases?|slurs?|insults?) (?:like|such as)|the (?:word|term|phrase)"
    r"|(?:call(?:ed|ing)?|shout(?:ed|ing|s)?) (?:me|us|him|her|them|people|our|at|each other|staff|someone)"
    r"|being called|hate crime|house rules|(?:is|are|was|were) (?:not|never) (?:ok|okay|acceptable|banter)"
    r"|no (?:place|room) for|stamp out|against (?:hate|racism|discrimination|women|gay|people)"
)
_PLAINLY = {
    "sexual": re.compile(
        r"\b(?:health|clinics?|screening|cancer|education|harass\w*|assault\w*|abus\w*|offen[cd]\w*|exploit\w*"
        r"|safeguard\w*|consent|licen[cs]\w*|police|courts?|crimes?|scam\w*|report\w*|victims?|survivors?"
        r"|phishing|blackmail\w*|online safety|parents|therapy|breast|filter\w*|block\w*|law|illegal)\b"
    ),
    "prejudice": re.compile(
        r"\b(?:hate|holocaust|memorial|histor\w+|victims?|genocide|support\w*|prejudice|stereotyp\w*|myths?"
        r"|discriminat\w*|equality|inclusi\w+|welcoming|museum|exhibition|banned|persecut\w+)\b"
    ),
    "swearing": re.compile(
        r"\bbloody (?:sunday|mary|battles?|wars?|assizes|civil|conflict|cranesbill|nose|fight|tower|histor\w+)\b"
    ),
    "insult": re.compile(r"\b(?:idiot (?:proof|s guide)|foolproof)\b"),
}


def unseemly(text: str) -> list[tuple[Rule, str]]:
    """Each rule that a text breaks, gravest first, with the first words that break it."""
    found: dict[Rule, str] = {}
    for sentence in _SENTENCE.split(_QUOTED.sub(" ", text[:LIMIT])):
        for rule, words in _in(sentence):
            found.setdefault(rule, words)
    return [(rule, found[rule]) for rule in RULES if rule in found]


def _in(sentence: str) -> Iterator[tuple[Rule, str]]:
    written = _WORD.findall(sentence)
    words = " ".join(written).lower()
    if _REPORTED.search(words):
        return
    for rule, pattern in _COMPILED.items():
        if rule in _PLAINLY and _PLAINLY[rule].search(words):
            continue
        for hit in pattern.finditer(words):
            at = words.count(" ", 0, hit.start())
            if rule == "prejudice" or not _named(written, at):
                yield rule, hit[0]
                break


def _named(written: list[str], at: int) -> bool:
    """Whether a word is part of a title or a name: capital within a sentence, or before another."""
    if not written[at].istitle():
        return False
    return at > 0 or (len(written) > 1 and written[1].istitle())
