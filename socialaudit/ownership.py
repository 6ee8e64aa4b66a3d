"""Whether a profile that a council's page links to is presented as the council's own.

Home pages also link to the police, the MP, the football club and whoever built the site. A link
counts as the council's own when its name holds the council's place, or when the link is called after
the platform alone ("Facebook", "Follow us"), as the icons in a page's foot are; and when neither
name nor label speaks of anybody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialaudit.presences import TITLES, WORDS

if TYPE_CHECKING:
    from socialaudit.presences import Presence

_GENERIC = WORDS["generic"] | {
    word for title in TITLES.values() for word in re.findall(r"[a-z]+", title.lower())
}
_OTHERS = re.compile(
    r"police|constabular|pcc|crimestop|fire(?:service|andrescue|rescue)|ambulance|nhs|hospital|surgery|health"
    r"|school|academy|college|university|library|museum|church|cathedral|parishof|diocese|mosque"
    r"|football|cricket|rugby|bowls|tennis|(?:^|[a-z])(?:afc|rfc|fc|cc)$|athletic|leisurecentre"
    r"|labour|conservativ|tory|tories|lib(?:eral)?dem|greenparty|greens$|reformuk|ukip|plaidcymru|snp$"
    r"|radio|gazette|herald|echo$|mercury|times$|bbc|itvnews|newspaper|chronicle|observer"
    r"|foodbank|rotary|lions(?:club)?$|scout|girlguid|womensinstitute|^wi$|u3a|royalbritishlegion|rbl$"
    r"|chamber(?:of|trade)|brewery|hotel|cafe|restaurant|estateagent"
    r"|county|district|borough|unitary|(?:[a-z])(?:cc|dc|bc|mbc)$|gov(?:uk)?$|metoffice|environmentagency"
    r"|nationaltrust|nationalrail|highways|10downingstreet|(?:^|[a-z])mp$|^mp[a-z]|member of parliament"
    r"|(?:web(?:site)? ?(?:by|design)|powered|design(?:ed)? by|developed by|built by|cookie|privacy|policy)"
)
"""Whom a name or a label speaks of, when it is not the council."""
_LABEL_OF_OTHERS = re.compile(
    r"\b(?:mp|mep|msp|ms|police|county|district|borough|club|school|library|museum|church|charity"
    r"|society|association|trust|festival committee|website by|site by|powered by|designed by"
    r"|cookies?|privacy)\b"
)


_DOMAINS = frozenset({"bluesky", "blog"})
"""Where a name is one of the domain name system: what counts stands before the first dot."""


def places(council: str) -> frozenset[str]:
    """The words of a council's name that are its own: ``{"cromer"}``."""
    words = re.findall(r"[a-z0-9]+", council.lower().replace("'", "").replace("’", ""))
    own = frozenset(word for word in words if word not in WORDS["ordinary"] and len(word) > 2)  # noqa: PLR2004 - "st", "le"
    return own or frozenset({"".join(words)})


def presented_as_own(found: Presence, label: str, council: str) -> bool:
    """Whether a link, by its name and its label, is presented as one of the council's profiles."""
    written = (found.name or found.written).partition("@")[0].lower()
    if found.platform in _DOMAINS:
        written = written.partition(".")[0]
    name = re.sub(r"[^a-z0-9]", "", written)
    named = " ".join(re.findall(r"[a-z0-9]+", label.lower()))
    own = places(council)
    local = any(place in name for place in own)
    wide = {"county", "district", "borough", "unitary"} & set(council.lower().split())
    if not wide and (_OTHERS.search(name) or _LABEL_OF_OTHERS.search(named)):
        return False
    if wide and re.search(r"police|mp$|school|library|museum|church|fc$", name):
        return False
    generic = set(named.split()) <= _GENERIC | own | {name}
    return generic or (local and not _OTHERS.search(named.replace(" ", "")))
