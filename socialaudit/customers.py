"""Whether a text by a member of staff speaks of the council's customers or service providers.

A customer is somebody who deals with the council: named by what they are to it (a hirer), or by what
they did (rang, came in) beside words of the work. A provider is a firm that the council pays: "our
contractor", "that company" beside such words. A writer's own shopping, own builder and own home are
nobody's business, and many people at once ("the allotment holders") are nobody.
"""

from __future__ import annotations

import re
from typing import Literal

Party = Literal["customer", "service provider"]

LIMIT = 20_000
"""Characters read of one text."""

_COUNCIL_S = (
    r"(?:allotment[ -]?(?:holder|tenant)|plot[ -]?holder|hirer|stall[ -]?holder|market trader|trader|rate[ -]?payer|tax[ -]?payer"
    r"|complainant|service user|caller|member of the public|parishioner|applicant|grave owner|constituent)"
)
_ANYBODY_S = r"(?:customer|client|resident|tenant|visitor|punter|bereaved \w+|widow(?:er)?)"
_SOMEBODY = (
    r"(?:lady|woman|man|bloke|guy|chap|couple|gentleman|old (?:boy|dear|lady|man)|pensioner|mum|family|someone|somebody|person"
    r"|idiot|moaner|(?:mr|mrs|ms|miss)\.? \w+)"
)
_THIS = r"(?:an?|another|one more|every|this|that|these|those|some|the|\d+|one of (?:the|our|my)|our|my|the council’s)"
_DEALT = (
    r"(?:(?:came|comes|come|popped|walked|stormed) (?:back )?(?:in|into|to)|r[ai]ngs?|phone[ds]?|called|in again|on the phone|down the phone"
    r"|e-?mail(?:s|ed|ing)?|wr(?:ote|ites)|complain(?:s|ed|ing|t)?|moan(?:s|ed|ing)?|shout(?:s|ed|ing)|scream(?:ed|ing)|swore|book(?:s|ed|ing)"
    r"|wants?|wanted|applied|applies|turned (?:up|down)|ask(?:s|ed|ing)|told|thanked|brought|sent|sends|pa(?:ys|ying|id)|owes|kick(?:ed|ing) off"
    r"|(?:was|being|so|very) (?:rude|lovely|polite)|in tears|crying|cried|lost (?:her|his|their)|left|demand(?:s|ed|ing))"
)
_WORK = re.compile(
    r"\b(?:working with|work (?:update|today|was|is)|(?:at|in|from) work|shift|(?:the|our|my) office|reception|front desk|(?:the|our|my) (?:counter|desk|inbox)"
    r"|town hall|council(?:’s)?|my job|allotments?|cemetery|burials?|graves?|chapel|the hall|the market|depot|the clerk|planning|a grant"
    r"|plot \d+|bus pass(?:es)?|blue badges?|permits?|licen[cs]es?|dog bins?|the bins|playground|play area|public toilets?|precept|contracts?)\b"
)
_US = re.compile(rf"\b{_DEALT} (?:it |them |back )?us\b|\b(?:to|from|with|at) us\b")
_CUSTOMER = re.compile(
    rf"(?<!as )(?<!’m )(?<!am )\b{_THIS} (?:[\w-]+ ){{0,2}}{_COUNCIL_S}s?\b"
    rf"|\b{_THIS} (?:[\w-]+ )?{_ANYBODY_S}\b.{{0,40}}\b{_DEALT} me\b"
    rf"|\b(?:our|my|the council’s) (?:[\w-]+ )?(?:customers?|residents?|tenants?|clients?|visitors?)\b"
    r"|\b(?:customers?|residents?|tenants?|clients?|hirers?|traders?) of (?:ours|mine|the council’s)\b"
    r"|\b(?:people|those|families|folks?|anyone|everyone) (?:who|that) (?:come|use|visit|ring|phone|book|hire|rent|turn up)\w*\b.{0,20}\b(?:the council’s|our (?:office|hall|hub|desk|reception|counter))"
)
_DEALER = re.compile(
    rf"(?<!as )(?<!’m )(?<!am )(?:\b{_THIS} (?:[\w-]+ ){{0,2}}|\b(?:had|dealing with|spoke to|helped) (?:[\w-]+ ){{0,3}}|\b)(?:{_ANYBODY_S}s?|{_SOMEBODY})\b"
    rf".{{0,60}}\b(?:{_DEALT}|in (?:the office|reception))\b"
    rf"|\b(?:served|serving|helped|helping|dealt with|dealing with) (?:[\w-]+ ){{0,4}}?(?:{_ANYBODY_S}|{_SOMEBODY})s?\b"
    rf"|\b(?:calls?|emails?|complaints?|letters?|visits?) (?:\w+ )?from (?:\w+ ){{0,3}}(?:{_ANYBODY_S}|{_SOMEBODY})\b"
)
_TRADE = (
    r"(?:contractors?|suppliers?|providers?|cleaners?|cleaning \w+|payroll \w+|it (?:firm|company|people|guys|support|provider)|inspectors?"
    r"|grounds? (?:maintenance|staff|contractor)s?|builders?|electricians?|plumbers?|auditors?|solicitors?|insurers?|caterers?|engineers?|installers?"
    r"|tree surgeons?|grass cutters?|web(?:site)? \w+|consultants?|architects?|printers?|landscapers?|surveyors?|security \w+)"
)
_OURS = re.compile(
    rf"\b(?:our|the council’s|the town council’s) (?:[\w-]+ ){{0,2}}{_TRADE}\b|\bcouncil (?:\w+ )?{_TRADE}\b|\bwon (?:our|the council’s) (?:\w+ ){{0,3}}contract\b"
    r"|\blet (?:the council|the town council|us) down\b"
    r"|\bthe (?:firm|company|people|contractors?|lot|guys|outfit) (?:that|who|which) (?:do|does|did|cut|run|clean|empt\w|built|build|put up|print|paint|install|mend|fix|repair|maintain|audit|suppl\w+|look\w* after)\w* (?:our|the|all our)\b"
    r"|\bthe (?:firm|company|people|contractors?|lot|guys|outfit) (?:that |who |which )?(?:we|the council) (?:use|pay|hire|employ|have|got)\w*\b"
)
_FIRM = re.compile(
    rf"\b(?:the|that|this|those|these|a|another|new) (?:\w+ ){{0,2}}(?:firm|company|outfit|{_TRADE})\b|\b\w+ inspectors?\b"
    r"|\b(?:it|payroll|grounds|web(?:site)?|software|cleaning|security) (?:suppliers?|contractors?|providers?|firm|company|people)\b"
    r"|\b(?:guys|lads|girls|team|people|crew|staff) (?:from|at) (?:[\w&’-]+ ){1,4}(?:ltd|limited|plc|contractors?)\b"
)
_OWN_LIFE = re.compile(
    r"\b(?:(?:my|our)(?: own)? (?:kitchen|bathroom|house|flat|roof|extension|garden|boiler|loft|wedding|mum|dad|nan|kids?|landlord|street|bank"
    r"|broadband|holiday|hotel|new home|home|sofa|car(?! parks?)|dog|windows?)"
    r"|as an? (?:customer|resident|tenant|client)|residents?’? (?:association|parking|group|meeting)|customer (?:service|support|care)s?"
    r"|tesco|sainsbury\w*|asda|aldi|lidl|amazon|waitrose|morrisons|ikea|the bank|barclays|ryanair|easyjet|vodafone|the pub|the pictures)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
GATE = (
    r"customer|client|resident|tenant|allotment|plot|hirer|stall|trader|payer|complain|user|caller|public|parishioner|applicant"
    r"|bereaved|widow|grave|visitor|punter|constituent|lady|woman|man|bloke|guy|chap|couple|old.|pensioner|mum|family|some|person|idiot"
    r"|moaner|mr|ms|miss|contract|supplier|provider|clean|payroll|firm|company|people|support|inspect|ground|builder|electrician|plumber"
    r"|auditor|solicitor|insurer|caterer|engineer|installer|surgeon|cutter|web|consultant|architect|printer|landscaper|surveyor|security"
    r"|lot|outfit|down|call|mail|letter|visit|famil|folk|everyone|those|guys|lads|girls|team|crew|staff"
)
"""An RE2 expression for ``Records.candidates`` that every text about such a party matches."""


def party(text: str) -> Party | None:
    """Whom of the council's a text speaks of; ``None`` when of nobody."""
    small = text[:LIMIT].lower().replace("'", "’")
    at_work = bool(_WORK.search(small))
    for sentence in _SENTENCE.split(small):
        if _OWN_LIFE.search(sentence):
            continue
        if _OURS.search(sentence) or (at_work and _FIRM.search(sentence)):
            return "service provider"
        if _CUSTOMER.search(sentence):
            return "customer"
        if (at_work or _US.search(sentence)) and _DEALER.search(sentence):
            return "customer"
    return None
