"""Why a detail may stand in public: general rules, and what the council publishes of itself.

A detail that is nobody's (the council's own, a hotline, a club's) is *nobody's*; one of a person who
has to be reached (a councillor, a constable), or that the law wants published, is *excused*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from socialaudit.personal.kinds import Kind
from socialaudit.personal.people import PERSON

if TYPE_CHECKING:
    from socialaudit.models import Council
    from socialaudit.personal.kinds import Detail

_OFFICIAL = re.compile(
    r"(?:^|\.)(?:gov\.uk|gov\.wales|llyw\.cymru|gov\.scot|nhs\.uk|nhs\.net|nhs\.scot|police\.uk|parliament\.uk"
    r"|senedd\.wales|parliament\.scot|mod\.uk|sch\.uk|ac\.uk|cqc\.org\.uk|ombudsman\.org\.uk)$"
)
_ANYBODYS = re.compile(
    r"(?:^|\.)(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|mac|aol|btinternet|btopenworld|sky"
    r"|talktalk|virginmedia|ntlworld|tiscali|proton|protonmail|mail|gmx|blueyonder|fastmail|zoho)\.(?:com|co\.uk|net|org|me|uk)$"
)
_SERVICE_NUMBER = re.compile(r"(?:\+44|0044|0)(?:800|808|3\d\d|84\d|87\d|9\d\d)\d+|116\d{3}")
_ROLES = (
    "admin|administrator|everyone|everybody|all|staff|members|no-?reply|bookings?|office|info|information|enquir\\w+|inquir\\w+|hello|contact\\w*|mail|post|team|press|news"
    "|support|help|sales|reception|tickets?|events?|secretary|treasurer|chair\\w*|customer\\w*|services?|reports?|planning"
    "|feedback|complaints?|hire|hall|library|museum|volunteer\\w*|membership|editor|webmaster|jobs|hr|accounts|box"
)
_BODIES = (
    r"council|councils|surgery|practice|hospital|clinic|pharmacy|chemist|schools?|academy|college|nursery|playgroup|library"
    r"|museum|gallery|theatre|cinema|box office|tourist|reception|offices?|shop|store|cafe|café|restaurant|hotel|arms"
    r"|taxis?|cabs|garage|ltd|limited|plc|trust|charity|foundation|society|association|clubs?|league|bands?|choir|church|chapel"
    r"|parish|scouts?|guides|helpline|hotline|\w*line|crimestoppers|samaritans|citizens advice|age uk|agency|highways|water"
    r"|bookings?|enquiries|switchboard|services?|team|department|desk|centre|hall|police|fire|ambulance|coastguard"
    r"|rnli|lifeboat|nhs|hub|food ?bank|vets?|rspca|electoral|registrar|festival|carnival|bank|buses|museum|project|partnership"
)
_BODY = re.compile(
    rf"\b(?:{_BODIES}|the (?!(?:neighbour|owner|landlord|man|woman|lady|lad|girl|boy|driver)\b)[\w-]+['’]s (?:own )?(?:number|phone))\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    rf"(?:{_ROLES}|[\w]*(?:{_BODIES.replace(' ', '')})[\w]*)[\d_.-]*", re.IGNORECASE
)
_ASKED_FOR = re.compile(
    r"\b(?:to book|to report|to register|to enquire|tickets?|book|bookings?|details|information|enquiries|enquire|appointments?"
    r"|reservations?)\b",
    re.IGNORECASE,
)
_US = re.compile(r"\b(?:call|ring|phone|contact|telephone|reach) us\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    rf"(?<!\w)(?:{PERSON}|(?i:ring|call|text|phone|contact|message|speak to|ask for|see|email)\s+[A-Z][a-z]+(?=\s+(?:on|at)\b)"
    r"|(?i:me|my|mine|i|i'm|him|his|her|hers|their|home|private|personal|mum|mums|dad|wife|husband"
    r"|son|daughter|neighbour|neighbours|landlord|owner|lives?|living)\b)"
)
_OFFICE = re.compile(
    r"\b(?:cllr\.?|councillors?|mayor|mayoress|mp|ms|msp|(?:town |parish |deputy )?clerk|deputy mayor|pc|pcso|sgt|sergeant"
    r"|inspector|constable|commissioner|returning officer|monitoring officer|warden|rev\.?|reverend|vicar|ranger|officer"
    r"|headteacher|registrar)\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:home|private|personal|wife|husband|mum|mother|son|daughter|partner|former|ex)\b",
    re.IGNORECASE,
)
_PLANNING = re.compile(
    r"\b(?:planning|applications?|proposed|proposal|listed building|extension|dwelling|tpo|appeal|licen[cs]e application"
    r"|certificate of lawful\w*|change of use)\b",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"\b(?:promoted|printed|published)(?: and (?:promoted|published|printed))* by\b", re.IGNORECASE
)
_BODYS_ACCOUNT = re.compile(
    rf"\b(?:{_BODIES})(?:['’]s)? (?:bank )?(?:account|a/c)\b", re.IGNORECASE
)
_OUR_VEHICLE = re.compile(
    r"\b(?:our|the council['’]s)(?: [\w-]+){0,3} (?:van|vehicle|truck|lorry|tractor|mower|minibus|bus|car|sweeper|pickup)\b",
    re.IGNORECASE,
)
_REACH = re.compile(r"\s*(?:ring|call|phone|tel(?:ephone)?|text|e-?mail|contact)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?](?=\s)|\n")
_BEFORE, _AFTER = 90, 30

OFFICE = "It is how to reach somebody in public office."
PLANNING = "Planning applications are public, with their address."
IMPRINT = "Election law wants this name and address published."


@dataclass(frozen=True)
class Published:
    """What a council publishes of itself: telephones as digits, emails, postcodes, domains."""

    numbers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    postcodes: frozenset[str] = frozenset()
    domains: frozenset[str] = field(default_factory=frozenset)

    @staticmethod
    def of(council: Council) -> Published:
        """From its council file: the website's domain, and every contact."""
        contacts = [contact.strip().lower() for contact in council.contacts]
        emails = {contact for contact in contacts if "@" in contact}
        host = urlsplit(council.website or "").hostname or ""
        domains = {email.rpartition("@")[2] for email in emails} | {host.removeprefix("www.")}
        return Published(
            numbers=frozenset(_digits(c) for c in contacts if "@" not in c and len(_digits(c)) > 5),  # noqa: PLR2004 - the shortest local number
            emails=frozenset(emails),
            postcodes=frozenset(code for c in contacts if (code := _postcode(c))),
            domains=frozenset(d for d in domains if d and not _ANYBODYS.search(d)),
        )

    def nobodys(self, text: str, detail: Detail, *, ours: bool = False) -> str:
        """Why a detail is no person's; empty when it may be somebody's.

        In the council's own words (``ours``) a landline that nobody is named with is an office.
        """
        written = text[detail.start : detail.end]
        if self._own(detail.kind, written):
            return "the council’s own published contact"
        if detail.kind is Kind.EMAIL:
            return _mailbox(written.lower())
        if detail.kind is Kind.PHONE:
            return _line(text, detail, ours=ours)
        before, _ = _around(text, detail)
        if detail.kind is Kind.ADDRESS and _BODY.search(before) and not _SOMEBODY.search(before):
            return "the address of an organisation"
        return _belonging(detail.kind, before) if ours else ""

    def _own(self, kind: Kind, written: str) -> bool:
        if kind is Kind.PHONE:
            digits = _digits(written)
            local = len(digits) == 6 and any(own.endswith(digits) for own in self.numbers)  # noqa: PLR2004 - without its area
            return local or digits in self.numbers
        if kind is Kind.EMAIL:
            address = written.lower()
            domain = address.rpartition("@")[2]
            return address in self.emails or any(
                domain == own or domain.endswith(f".{own}") for own in self.domains
            )
        return kind is Kind.ADDRESS and _postcode(written) in self.postcodes


def excuse(text: str, detail: Detail) -> str:
    """Why a person's detail may stand in public all the same, as a sentence; empty when it may not."""
    before, after = _around(text, detail)
    if detail.kind is Kind.ADDRESS:
        if _IMPRINT.search(before):
            return IMPRINT
        if _PLANNING.search(before) or _PLANNING.search(after):
            return PLANNING
    if detail.kind is Kind.EMAIL:
        local = text[detail.start : detail.end].lower().partition("@")[0]
        if re.match(
            r"(?:cllr|councillor|mayor|clerk|deputyclerk|townclerk|mp)\b|cllr|councillor", local
        ):
            return OFFICE
    if detail.kind in {Kind.EMAIL, Kind.PHONE} and not _AT_HOME.search(before):
        if _REACH.match(before) and not _SOMEBODY.search(before):
            before = text[max(0, detail.start - _BEFORE) : detail.start]
        return OFFICE if _OFFICE.search(before) or _OFFICE.search(after) else ""
    return ""


def _belonging(kind: Kind, before: str) -> str:
    """What the council's own words before a detail call its own or an organisation's."""
    if kind is Kind.BANK and _BODYS_ACCOUNT.search(before):
        return "the account of an organisation"
    if kind is Kind.VEHICLE and _OUR_VEHICLE.search(before):
        return "a vehicle of the council"
    return ""


def _mailbox(address: str) -> str:
    local, _, domain = address.rpartition("@")
    if _OFFICIAL.search(domain):
        return "an official address"
    if _ADDRESSED.fullmatch(local):
        return "the mailbox of an organisation"
    return ""


def _line(text: str, detail: Detail, *, ours: bool) -> str:
    digits = _digits(text[detail.start : detail.end])
    if _SERVICE_NUMBER.fullmatch(digits):
        return "a service number"
    before, after = _around(text, detail)
    if _closest_is_body(before, after):
        return "the number of an organisation"
    landline = digits.startswith(("01", "02"))
    purpose = _US.search(before) or _ASKED_FOR.search(before) or _ASKED_FOR.search(after)
    if landline and purpose and not _SOMEBODY.search(_US.sub("", before)):
        return "a line for enquiries"
    alone = not _SOMEBODY.search(text[max(0, detail.start - _BEFORE) : detail.start])
    return "a line for enquiries" if landline and ours and alone else ""


def _closest_is_body(before: str, after: str) -> bool:
    """Whether an organisation stands nearer before it than a person, or follows in brackets."""
    body = max((m.end() for m in _BODY.finditer(before)), default=-1)
    person = max((m.end() for m in _SOMEBODY.finditer(before)), default=-1)
    follows = re.match(r"\s*[(–-]\s*(?P<who>[^)\n]{1,30})", after)
    if person < 0 and body < 0 and follows:
        return bool(_BODY.search(follows["who"])) and not _SOMEBODY.search(follows["who"])
    return 0 <= body >= person


def _around(text: str, detail: Detail) -> tuple[str, str]:
    """The words before and after a detail in its own sentence."""
    before = text[max(0, detail.start - _BEFORE) : detail.start]
    after = text[detail.end : detail.end + _AFTER]
    return _STOP.split(before.replace("Tel.", "Tel"))[-1], _STOP.split(after)[0]


def _digits(written: str) -> str:
    """The digits of a telephone number, with a leading nought for the country's code."""
    digits = "".join(str(int(c)) for c in written if c.isdecimal())
    for country in ("00440", "440", "0044", "44"):
        if digits.startswith(country) and len(digits) > 10:  # noqa: PLR2004 - longer than a national number
            return f"0{digits.removeprefix(country)}"
    return digits


def _postcode(written: str) -> str:
    found = re.findall(r"[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d[A-Z]{2}", written.upper())
    return "".join(found[-1].split()) if found else ""
