"""People whom a text names, and sensitive matters said of them.

Health, sexuality, origin, crime and the like are special categories (UK GDPR, articles 9 and 10). A
text gives one away when it says it of a named person: "Dave Tuck has cancer", not "Dave Tuck will
talk about cancer". Of the dead the law says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.personal.kinds import Detail, Kind
from socialaudit.personal.names import ALSO_WORDS, GIVEN, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_A_SURNAME = (
    "Road|Street|Lane|Avenue|Close|Drive|Way|Crescent|Court|Place|Gardens?|Park|Hall|School|House|Hospital"
    "|Inn|Arms|Head|Church|Chapel|Square|Centre|Club|Trust|Award|Cup|Day|Week|Field|Meadow|Wood|Hill"
    "|January|February|March|April|May|June|July|August|September|October|November|December"
)
_SURNAME = rf"(?!(?:{_NOT_A_SURNAME})\b)[A-Z][a-z'’]+[\w'’-]*"
_TITLE = r"(?:Mr|Mrs|Miss|Ms|Mx)\.?(?:\s*(?:&|and)\s*(?:Mr|Mrs|Miss|Ms|Mx)\.?)?"
_ANY = alternatives(GIVEN)
_ALONE = alternatives(GIVEN - ALSO_WORDS)
PERSON = (
    rf"(?:{_TITLE}\s+(?:[A-Z]\.?\s*){{0,2}}[A-Z][\w'’-]+(?:\s+{_SURNAME})?|(?:{_ANY})\s+{_SURNAME}"
    rf"|(?:{_ALONE})\b(?!\s+(?:{_NOT_A_SURNAME})\b))"
)
"""A person's name, as a part of a regular expression that minds capitals."""
_NAMED = re.compile(rf"(?<!\w)(?<!St )(?<!St\. )(?<!Saint ){PERSON}")
_RELATIVE = "(?:son|daughter|husband|wife|partner|brother|sister|mother|father|mum|dad|nephew|niece|cousin|nan|neighbour|boyfriend|girlfriend)"
_OF_OURS = re.compile(
    rf"(?<!\w)(?i:our|my|her|his|their|your) (?:[a-z]+ )?(?:{_RELATIVE}|cleaner|caretaker|groundsman|gardener|clerk|colleague|warden"
    rf"|handyman|receptionist|ranger|apprentice|tenant|assistant) {_SURNAME}"
)

_ILLNESS = (
    r"(?:\w+\s+)?cancer|leuka?emia|tumou?rs?|dementia|alzheimer\W?s|parkinson\W?s|diabetes|diabetic|depression"
    r"|anxiety|ptsd|bipolar|schizophreni\w+|autis\w+|adhd|epilep\w+|hiv|aids|covid|stroke(?! of)|heart attack"
    r"|(?:nervous |mental )?breakdown|miscarriage|multiple sclerosis|ms|mnd|motor neurone\w*|hepatitis|anorexia"
    r"|(?:a |an )?(?:drink|drug|gambling|heroin)\w* (?:problem|addiction)|learning (?:disabilit|difficult)\w+"
    r"|(?:previous|criminal|violent) convictions?|youth order|mental health (?:problems?|issues?|crisis)|sepsis"
    r"|pneumonia|broken (?:leg|arm|hip)|kidney failure"
)
_SENSITIVE = (
    rf"(?:has|have|had|having|got|with|suffer\w*(?:\s+(?:from|with))?|diagnosed(?:\s+with)?|battling|fighting"
    rf"|recovering from|treated for|living with|struggling with|because of|due to)\s+(?:(?!no\b|not\b)[\w'’]+\s+){{0,2}}(?:{_ILLNESS})\b"
    r"|(?:is|was|been|being|are|were|still|back)\s+(?:\w+\s+){0,1}(?:sectioned|in rehab|on dialysis|in a coma"
    r"|in hospital|in intensive care|pregnant|hiv positive|on (?:antidepressants|methadone)|disabled"
    r"|bipolar|autistic|depressed|epileptic|diabetic|suicidal|an? (?:alcoholic|drug addict|addict|recovering alcoholic"
    r"|asylum seeker|illegal immigrant|(?:registered |convicted )?(?:sex offender|paedophile|rapist))"
    r"|having (?:chemo\w*|an operation|surgery)|undergoing \w+|off (?:work )?(?:sick|with \w+)|signed off)\b"
    r"|off (?:work )?(?:sick|with stress)|signed off (?:sick|work|with)|(?:had|having) (?:a |an )?(?:abortion|overdose|chemo\w*|operation|surgery)"
    r"|tried to (?:kill|harm) (?:him|her|them)sel\w+|took an overdose|attempted suicide"
    r"|(?:was|been|got|is) (?:arrested|charged with|convicted|sentenced|cautioned|jailed|sacked)|(?:has|with|got) a criminal record"
    r"|(?:is|was|came out as) (?:gay|lesbian|bisexual|bi|transgender|trans)"
    r"|(?:is|was|been) (?:claiming|on) (?:benefits|universal credit|pip|the dole)|been evicted|behind with (?:the|her|his|their) rent"
    r"|(?:is|are) (?:[\w£,]+ ){1,3}in (?:debt|arrears)|(?:owes|owe|owed) (?:[\w£,]+ ){1,4}(?:rent|council tax)"
)
_SAID = re.compile(
    rf"(?:['’]s)?[,\s]+(?:(?!talks?\b|speaks?\b|who\s+helps|helps?|about\b|supports?\b|raising\b|runn?ing\b|walking\b|people\b"
    rf"|those\b|charity\b|died\b|would\b|will\b|if\b|author\b|dr\b|nurse\b)[\w'’-]+[,]?\s+){{0,6}}?(?:{_SENSITIVE})",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    rf"(?<!\w)(?i:my|our|her|his|their) {_RELATIVE}[,\s]+(?:[a-z'’]+\s+){{0,3}}?(?i:{_SENSITIVE})"
    rf"[^.!?\n]{{0,60}}?\b(?:called|named|name is|name['’]s|name was)\s+{_SURNAME}"
)
_SPOKEN_OF = re.compile(
    r"\b(?:cancer|dementia|diabetes|depression|diagnos\w+|disab\w+|pregnan\w+|hospital|mental health|hiv|autis\w+"
    r"|adhd|epilep\w+|overdose|suicid\w+|gay|lesbian|bisexual|trans(?:gender)?|muslim|jewish|catholic|hindu|sikh"
    r"|asylum|immigrant|refugee|convict\w*|prison|arrested|criminal record|trade union|illness|stroke|medication"
    r"|benefits|carer|safeguarding|social services|domestic (?:abuse|violence)|refuge)\b",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"\b(?:died|passed away|the late|funeral|in memory|rip|rest in peace|sadly lost|death of|born 1[0-8])\b",
    re.IGNORECASE,
)
_AROUND = 100

GATE = (
    r"(?:^|[^a-z])(?:cancer|leuk|tumou?r|dementia|alzheimer|parkinson|diabet|depress|anxiety|ptsd|bipolar|schizo"
    r"|autis|adhd|epilep|hiv|aids|covid|stroke|heart.attack|breakdown|miscarr|multiple.scler|ms(?:[^a-z]|$)"
    r"|mnd|motor.neuron|hepatitis|anorexia|problem|addiction|learning.(?:disab|diffic)|mental.health|sepsis|pneumonia"
    r"|broken.(?:leg|arm|hip)|kidney|sectioned|in.rehab|on.dialysis|in.a.coma|in.hospital|in.intensive|pregnant"
    r"|disabled|suicid|an?.(?:recovering.)?(?:alcoholic|addict|drug)|asylum|illegal|abortion|chemo|operation|surgery|undergoing|off.(?:work|sick|with)"
    r"|signed.off|overdose|tried.to|attempted|arrested|charged.with|convicted|sentenced|cautioned|jailed|sacked"
    r"|a.criminal|gay|lesbian|bisexual|bi(?:[^a-z]|$)|trans(?:[^a-z]|$|gender)|claiming|on.(?:benefits|universal|pip|the.dole|anti)"
    r"|evicted|rent(?:[^a-z]|$)|previous.conv|criminal.conv|violent.conv|youth.order"
    r"|on.methadone|in.(?:debt|arrears)|council.tax"
    r"|an?.(?:registered.|convicted.)?(?:sex.off|paedo|rapist))"
)
"""An RE2 expression for ``Records.candidates`` that every text with such a matter matches."""


def named(text: str) -> Iterator[re.Match[str]]:
    """Every name of a person in a text."""
    return _NAMED.finditer(text)


def sensitive(text: str) -> Iterator[Detail]:
    """Every place where a text says something sensitive of somebody living whom it names."""
    if _DEAD.search(text):
        return
    for told in _NAMED_AFTER.finditer(text):
        yield Detail(Kind.SENSITIVE, told.start(), told.end())
    for name in (*named(text), *_OF_OURS.finditer(text)):
        said = _SAID.match(text, name.end())
        if said:
            yield Detail(Kind.SENSITIVE, name.start(), said.end())


def sensitive_near(text: str, detail: Detail) -> bool:
    """Whether words of a sensitive matter and a person's name stand close to a detail."""
    around = text[max(0, detail.start - _AROUND) : detail.end + _AROUND]
    return bool(_SPOKEN_OF.search(around) and _NAMED.search(around))
