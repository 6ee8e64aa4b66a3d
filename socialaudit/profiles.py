r"""What a profile says of whose account it is: role, disclaimer, official look, private life.

No one of them decides. Together they are a table (``TABLE``): somebody who names a job at a council
and says that views are their own has a personal account and says so; the same job under the look of
an official account is a presence of the council. The rules read plain English, word by word, without
capitals or punctuation; ``~`` stands for up to four words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from socialaudit.models import Council

LIMIT = 5_000
"""Characters read of one text."""

COUNCIL = "(?:(?:town|parish|community|city|borough|district|county) council|council|[a-z]+ (?:tc|pc)|ctc)"
_POST = (
    "(?:(?:town|parish|deputy|assistant|council) (?:town |parish )?clerk|clerk (?:and )?(?:rfo|to the (?:town |parish )?council)|rfo"
    "|responsible finance(?:ial)? officer|responsible financial officer|proper officer|mayor s (?:officer|secretary|pa)"
    "|council (?:officer|staff|employee|worker|administrator|caretaker|ranger|warden|manager|assistant|apprentice)"
    "|town (?:ranger|warden|sergeant|steward|caretaker|centre manager|crier)|cllr|(?:town|parish) councillor|councillor for)"
)
_WORK = (
    "(?:works|i (?:also )?work|working|day job|job|team|part of|staff|officer|manager|assistant|administrator|admin|warden"
    "|ranger|groundsman|groundswoman|groundsperson|gardener|caretaker|receptionist|apprentice|coordinator|co ordinator"
    "|lead|head of [a-z]+|events|comms|communications|marketing|finance|planning|engagement|clerk)"
)
_NO_LONGER = (
    "(?:former|formerly|ex|retired|previously|once|was|were|used to|not|no longer|never|isn t|don t|aspiring|future"
    "|left|until (?:last|this|19|20)\\S*)"
)
RULES = {
    "role": f"{_POST}|{_WORK}~ (?:at|for|with|of|in|to)~ {COUNCIL}|employed~ {COUNCIL}|{_WORK}(?: member| team)?(?: [a-z]+){{0,2}} {COUNCIL}|{COUNCIL} (?:[a-z]+ )?{_WORK}",
    "disclaimer": (
        "(?:views|opinions?|tweets|posts|thoughts|comments|rants|ramblings|words)~ (?:my own|mine|own|personal|are me)"
        "|own (?:views|opinions?|thoughts)|(?:views|opinions?|posts|tweets)~ (?:not|don t|do not|never)~ (?:employer|council"
        "|work|represent|reflect)|personal (?:account|page|profile|views?|opinions?|capacity)|(?:private|personal) citizen"
        "|(?:not|nothing)~ (?:official|to do with work|speaking for|behalf of)|in a (?:personal|private) capacity"
    ),
    "official look": (
        f"official (?:[a-z]+ ){{0,3}}(?:account|page|channel|profile|feed|twitter|facebook|x|news)|official {COUNCIL}"
        f"|(?:account|page|run|managed|posts?|news|updates?)~ (?:of|by|from|on behalf of) (?:the )?(?:[a-z]+ ){{0,3}}{COUNCIL}"
    ),
    "private life": (
        "(?:mum|mummy|mother|dad|daddy|father|husband|wife|hubby|nan|nana|gran|granny|grandad|grandma|parent|partner)"
        "~ (?:of|to|two|three|four|[1-6])|(?:proud|busy|dog|cat|boy|girl|football|dance) (?:mum|dad|mummy|parent|nan|grandad)"
        "|wife|husband|hubby|mum(?! and)|mummy|dad(?! and)|daddy|nana?|gran|granny|grandad|grandma|auntie"
        "|til+ i die|until i die|season ticket|ynwa|(?:by|at) night|side hustle|book me|commissions"
        "|(?:also |i )sells? [a-z]+|my (?:[a-z]+ )?(?:workouts|garden|holidays|dinners|runs|baking|cooking|travels|own (?:business|shop))"
        "|married to|(?:[a-z]+ )(?:fan|lover|addict|enthusiast|obsessed|fanatic|nut|supporter|season ticket holder)"
        "|(?:love|loves|lover of|fan of|obsessed with) [a-z]+|in my spare time|when i m not|my (?:kids|children|dog|cat|family)"
        "|foodie|gin|prosecco|avid [a-z]+"
    ),
}
"""What each kind of word looks like."""

_COMPILED = {
    name: re.compile(rf"(?:(?<= )|^)(?:{rule})(?= |$)".replace("~", "(?: [a-z0-9]+){0,4}?"))
    for name, rule in RULES.items()
}
_PAST = re.compile(
    rf"(?:^| ){_NO_LONGER}(?: (?:a|the|an|my|work|working|your|as|at))*(?: [a-z]+)?$"
)
_MYSELF = re.compile(r"(?:^| )(?:i m|im|i am|i work|as|my|me|we)(?: \w+){0,4} $")
_OFFICE = re.compile(r"council|clerk|town ?hall")
_UNOFFICIAL = re.compile(r"\b(?:un ?official|not (?:an? |the )?official|nothing official|parody)\b")


class Look(StrEnum):
    """What sort of account a profile makes of itself."""

    WORK = "work account"
    PERSONAL = "personal account of somebody who says that they are staff"
    UNCLEAR = "account of a member of staff, and nothing says in whose name"
    MIXED = "work account that says its views are personal"
    UNDECLARED = "account that does not say that its owner is staff"


TABLE: dict[tuple[bool, bool, bool], Look] = {
    (False, False, False): Look.UNDECLARED,
    (False, True, False): Look.UNDECLARED,
    (True, False, False): Look.UNCLEAR,
    (True, True, False): Look.PERSONAL,
    (False, False, True): Look.WORK,
    (True, False, True): Look.WORK,
    (False, True, True): Look.MIXED,
    (True, True, True): Look.MIXED,
}
"""(role, disclaimer, official look) → what sort of account it is."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The words that speak of each; ``""`` where there are none."""

    role: str
    disclaimer: str
    official: str
    private: str

    @property
    def look(self) -> Look:
        """What sort of account it is, by the table."""
        return TABLE[bool(self.role), bool(self.disclaimer), bool(self.official)]


def profile(account: Any, council: Council) -> Profile:
    """What the profile of an account (a row) says; what was not told counts as not said."""
    name, handle, said, contact = (
        value if isinstance(value, str) else ""
        for value in (account.name, account.handle, account.description, account.contact)
    )
    shown = f"{said} {contact}".lower()
    office = _OFFICE.search(plain(name)) or _OFFICE.search(handle.lower())
    own = next((c for c in council.contacts if c.lower() in shown), "")
    return Profile(
        role=role(f"{name}. {said}"),
        disclaimer=disclaimer(said),
        official=official(said) or (office[0] if office else "") or own,
        private=_found("private life", plain(said)),
    )


def role(text: str) -> str:
    """The words that name a job at a council which is held now, or ``""``."""
    words = plain(text)
    for hit in _COMPILED["role"].finditer(words):
        if not _PAST.search(words[: hit.start()].rstrip()):
            return hit[0]
    return ""


def declares(text: str) -> bool:
    """Whether the writer of a text says, in the first person, to have a job at a council."""
    words = plain(text)
    return any(
        _MYSELF.search(words[: hit.start()]) or hit[0].startswith("i ")
        for hit in _COMPILED["role"].finditer(words)
    )


def disclaimer(text: str) -> str:
    """The words that say that views are somebody's own, or ``""``."""
    return _found("disclaimer", plain(text))


def official(text: str) -> str:
    """The words that call an account official or the council's, or ``""``."""
    words = plain(text)
    return "" if _UNOFFICIAL.search(words) else _found("official look", words)


def plain(text: str) -> str:
    """The words of a text in lower case, parted by one space; ``@`` reads as "at"."""
    return " ".join(re.sub(r"[\W_]+", " ", text[:LIMIT].replace("@", " at ")).lower().split())


def _found(kind: str, words: str) -> str:
    hit = _COMPILED[kind].search(words)
    return hit[0] if hit else ""


_ADDRESS = re.compile(
    r"\b(?:town hall|council (?:offices?|house|chamber)|(?:our|the) offices?|[a-z]+ (?:street|road|lane|avenue|square|place))\b"
)
_RULES_OF_THE_HOUSE = re.compile(
    r"\b(?:house ?rules|(?:community|comment|page|posting|moderation) (?:rules|guidelines|standards|policy)|ground rules"
    r"|social media policy|acceptable use|(?:we|will|may|be)(?: \w+){0,4}? (?:hide|hidden|remove|removed|delete|deleted|block"
    r"|blocked|moderate|moderated)\b|(?:is|are|be) moderated|(?:please )?(?:be|stay|keep (?:it|comments|things)) (?:kind|polite"
    r"|respectful|civil|clean|courteous)|no (?:abuse|swearing|bad language|spam|hate)|zero tolerance|abus\w+(?: \w+){0,4}"
    r" (?:not|removed|deleted|hidden|reported))\b"
)


_SITE = re.compile(r"(?:\bhttps?://|\bwww\.)[^\s<>\"]{3,300}", re.IGNORECASE)


def site(text: str) -> str:
    """The first address of a website that a text gives, or ``""``."""
    hit = _SITE.search(text[:LIMIT])
    return hit[0] if hit else ""


def address(text: str) -> str:
    """The words that name a place to go to or write to, or ``""``."""
    hit = _ADDRESS.search(plain(text))
    return hit[0] if hit else ""


def house_rules(text: str) -> str:
    """The words that tell people how to behave here or what is removed, or ``""``."""
    hit = _RULES_OF_THE_HOUSE.search(plain(text))
    return hit[0] if hit else ""


def says_whose(text: str, council: Council) -> str:
    """The words by which a profile says that it is the council's own, or ``""``."""
    name = plain(council.name)
    return official(text) or (name if name and f" {name} " in f" {plain(text)} " else "")
