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
    r"police|constabular|pcc|crimestop|fire(?:service|andrescue|rescue|station)|ambulance|nhs|hospital|surgery|health"
    r"|school|academy|college|university|library|museum|church|cathedral|parishof|diocese|mosque"
    r"|football|cricket|rugby|bowls|tennis|(?:^|[a-z])(?:afc|rfc|fc)$|athletic|leisurecentre"
    r"|labour|conservativ|tory|tories|lib(?:eral)?dem|greenparty|greens$|reformuk|ukip|plaidcymru|snp$"
    r"|radio|gazette|herald|echo$|mercury|times$|bbc|itvnews|newspaper|chronicle|observer"
    r"|foodbank|rotary|lions(?:club)?$|scout|girlguid|womensinstitute|^wi$|u3a|royalbritishlegion|rbl$"
    r"|chamber|traders|brewery|hotel|cafe|restaurant|estateagent"
    r"|gov(?:uk)?$|metoffice|environmentagency"
    r"|nationaltrust|nationalrail|highways|10downingstreet|(?:^|[a-z])mp$|^mp[a-z]|member of parliament"
    r"|(?:web(?:site)? ?(?:by|design)|powered|design(?:ed)? by|developed by|built by|cookie|privacy|policy)"
)
"""Whom a name or a label speaks of, when it is not the council."""
_LABEL_OF_OTHERS = re.compile(
    r"\b(?:mp|mep|msp|ms|police|club|school|library|museum|church|charity"
    r"|society|association|trust|festival committee|website by|site by|powered by|designed by"
    r"|cookies?|privacy)\b"
)


_COUNCILS = re.compile(r"county|district|borough|unitary|[a-z](?:cc|dc|bc|mbc)$")
"""Another council, unless the council is one of these itself."""
_SHORT = 3
"""Letters of a word that would be found within many others."""
_DOMAINS = frozenset({"bluesky", "blog"})
"""Where a name is one of the domain name system: what counts stands before the first dot."""


def places(council: str) -> frozenset[str]:
    """The words of a council's name that are its own.

    >>> sorted(places("Cromer Town Council")), sorted(places("St Ives Town Council"))
    (['cromer'], ['stives'])
    """
    plain = re.sub("['’]", "", council.lower())
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(?:st|saint)[. ]+(?=[a-z])", "st", plain))
    own = frozenset(word for word in words if word not in WORDS["ordinary"] and len(word) > 1)
    long = frozenset(word for word in own if len(word) > _SHORT)
    return long or own or frozenset({"".join(words)})


def presented_as_own(found: Presence, label: str, council: str) -> bool:
    """Whether a link, by its name and its label, is presented as one of the council's profiles."""
    written = (found.name or found.written).partition("@")[0].lower()
    if found.platform in _DOMAINS:
        written = written.partition(".")[0]
    name = re.sub(r"[^a-z0-9]", "", written)
    named = " ".join(re.findall(r"[a-z0-9]+", label.lower()))
    own = places(council)
    local = any(place in name for place in own)
    if not _COUNCILS.search(council.lower()) and (
        _COUNCILS.search(name) or _COUNCILS.search(named)
    ):
        return False
    if _OTHERS.search(name) or _LABEL_OF_OTHERS.search(named):
        return False
    generic = set(named.split()) <= _GENERIC | own | {name}
    return generic or (local and not _OTHERS.search(named.replace(" ", "")))
