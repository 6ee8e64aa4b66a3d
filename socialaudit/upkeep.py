r"""What a council looks after, and the words in which people say that it does not.

Parts of the rules of ``socialaudit.dissatisfaction``: plain English in small letters without
punctuation, where ``~`` stands for up to five words of one sentence.
"""

from __future__ import annotations

import re

LONG = (
    "(?:since (?:last |the |early |late |mid )?(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|easter|christmas|summer|spring|winter|autumn|week|month|year|[a-z]+day)|for (?:over |more than |nearly |about )?(?:a|an|two|three|four|five|six|several|weeks|months|years|[0-9]+)"
    " ?(?:days|weeks?|months?|years?|fortnights?|on end)?|all (?:summer|winter|spring|autumn|year|month|week)|(?:weeks|months|years) (?:now|on end))"
)
"""How long a fault has lasted, said as something too long."""
KEPT = (
    "(?:(?:dog |litter |brown |green |black |mess |dog mess )?bins?|(?:public )?(?:toilets?|loos?|conveniences)|street ?lights?|street ?lamps?|lamps"
    "|grass|verges?|hedges?|weeds|pot ?holes?|pavements?|(?:foot)?paths?|cemetery|graveyard|churchyard|graves?|play ?(?:area|ground|park)"
    "|swings?|slides?|bench(?:es)?|allotments?|(?<!tesco )(?<!aldi )(?<!lidl )(?<!station )(?<!hospital )(?<!op )car ?parks?|bus shelters?|drains?|gull(?:y|ies)"
    "|gritting|(?:town |village |community )hall|ramp|paddling pool|skate ?park|war memorial|bandstand|flower ?beds?)"
)
"""What a town or parish council looks after; the car parks and toilets of others are not its."""
VERDICT = (
    "(?:disgusting|disgusted|filthy|stinks?|stinking|disgrace|disgraceful|appalling|appalled|shameful|shocking|shambles|unacceptable"
    "|not (?:good enough|acceptable)|health (?:hazard|risk)|death(?: )?trap|(?:a|an absolute|absolute|complete|total|utter|bloody) joke"
    "|(?:an absolute|absolute|total|complete|right|utter) (?:mess|disgrace|state)|knee(?: )?high|waist(?: )?high|neglected)"
)
"""Hard words for how it is kept."""
OUT = (
    "(?:left|missed|overflowing|full|broken|blocked|unlit|flooded|overgrown|locked|out of (?:order|action|use)"
    "|(?:not|never|hasn t|haven t|wasn t|weren t|hasnt|havent|no one has|no one s|nobody has|nobody s)~"
    " (?:collected|emptied|cut|cleaned|fixed|repaired|swept|opened|done|mended|gritted|working|worked))"
)
"""That it does not work, or was not done."""
OTHERS = re.compile(
    r"\b(?:people|persons?|owners?|walkers?|kids|youths?|teenagers|those|folks?|visitors|tourists|idiots?|whoever|someone|somebody"
    r"|louts?|vandals|drivers|dogs?|neighbours?)\b(?! mess| bins?)(?: who| that)?(?: \w+){0,3}? (?:leav\w+|left|let|drop\w*|throw\w*|dump\w*|foul\w*|park(?:s|ed|ing)?"
    r"|smash\w*|vandali[sz]\w+|trash\w*|should|ought|need)\b"
    r"|\b(?:pub|club|shop|supermarket|tesco|asda|aldi|lidl|morrisons|station|school|hospital|surgery|cafe|café|restaurant|hotel|services)(?: s)? (?:toilets?|loos?|bins?|car park)"
    r"|\b(?:used to be|no longer|anymore|any more|not now|is now|are now|much better|what a difference|lovely|thanks?|well done|brilliant|great job)\b"
)
"""Whose doing it is instead, or that all is well: the words are then no complaint to the council."""

KEPT_GATE = (
    "bin|toilet|loo|convenience|light|lamp|grass|verge|hedge|weed|hole|pavement|path|cemetery|yard|grave|play|swing|slide|bench"
    "|allotment|car(?: )?park|shelter|drain|gull|gritting|hall|ramp|pool|skate|memorial|bandstand|flower"
)
"""RE2 parts that every text with ``KEPT`` matches."""
OUT_GATE = "left|missed|overflowing|full|broken|blocked|unlit|flooded|overgrown|locked|out of|not|never|hasn|haven|wasn|weren|no one|nobody"
"""Likewise for ``OUT``."""
LONG_GATE = "since|for|all|now|end|running|row|trot|again|second|third|fourth|fifth|sixth|2nd|[3-9](?:rd|th)|umpteenth"
"""Likewise for ``LONG``, and for how often it happened."""
