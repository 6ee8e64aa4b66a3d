"""A council file: whose accounts are audited, against which policy, and who is told.

The file is TOML (``councils/sample.toml`` explains every key) and never holds a secret: an account
names its credentials, and ``socialaudit.settings.credentials`` finds them.
"""

from __future__ import annotations

import ipaddress
import re
import string
from dataclasses import dataclass, field, fields, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from socialaudit import models
from socialaudit.document import Document, Id, Line, an_id, read, shown, suggestion
from socialaudit.errors import UsageError
from socialaudit.looking import BY_HAND, EVERY_DAYS
from socialaudit.presences import recognised

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

RESERVED_REFS = frozenset({"POL", "STF", "RUN"})
"""Starts of the references of findings about the council itself: policy, statements, runs."""

_REF = re.compile(r"[A-Z]{1,4}")
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)
_REFS = {
    "bluesky": "BS",
    "comments": "COM",
    "discourse": "DIS",
    "facebook": "FB",
    "feed": "WEB",
    "forum": "FRM",
    "instagram": "IG",
    "linkedin": "LI",
    "mastodon": "MA",
    "mediawiki": "WIKI",
    "podcast": "POD",
    "wordpress": "WP",
    "x": "X",
    "youtube": "YT",
}


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("must be an e-mail address: clerk@example.gov.uk")
    return text


def _address(text: str) -> str:
    """An https address, or http on this machine; no user, password or fragment in it."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError("must be a web address: https://www.example.gov.uk/") from None
    if not host or not text.isprintable() or " " in text or parts.scheme not in {"http", "https"}:
        raise ValueError("must be a web address: https://www.example.gov.uk/")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must hold no user name or password; see README on credentials")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must start with https:// (http:// is for this machine only)")
    return text


def _web_address(text: str) -> str:
    if urlsplit(_address(text)).scheme != "https":
        raise ValueError("must start with https://, because readers follow it")
    return text


def _profile(text: str) -> str:
    if recognised(_web_address(text)) is None:
        raise ValueError("must be the address of a profile, as your browser shows it there")
    return text


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, where plain HTTP and SMTP are allowed."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _timezone(text: str) -> str:
    known = available_timezones()
    if text not in known:
        raise ValueError(f"unknown time zone {shown(text)}{suggestion(text, known)}")
    return text


def _ref(text: str) -> str:
    if not _REF.fullmatch(text):
        raise ValueError("must be 1 to 4 capital letters: FB")
    if text in RESERVED_REFS:
        raise ValueError(f"{text} is kept for findings about the council itself; choose another")
    return text


def _credentials(text: str) -> str:
    try:
        return an_id(text)
    except ValueError:
        raise ValueError(
            'must be a name such as "cromer-facebook", never the secret itself; see README'
        ) from None


EmailAddress = Annotated[str, AfterValidator(_email)]
Address = Annotated[str, AfterValidator(_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Days = Annotated[int, Field(ge=1, le=3650)]


@dataclass(frozen=True, slots=True)
class Report:
    """Who is told, and where the archive is published (``None``: nowhere, so no links to it).

    ``replies_to`` is the address of the officer who decides on what readers answer; ``None``: the
    operator's, where there is one.
    """

    recipients: tuple[EmailAddress, ...]
    web_url: WebAddress | None = None
    replies_to: EmailAddress | None = None


@dataclass(frozen=True, slots=True)
class Retention:
    """Days that bodies are kept: of all records, and of those that a finding cites.

    ``legal_hold`` is why nothing at all may be emptied for now ("Complaint 12, the clerk"); empty
    for no hold.
    """

    records_days: Days = 30
    evidence_days: Days = 365
    legal_hold: Line | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """Spreadsheets that a clerk keeps (CSV), read before each run; ``None`` for none."""

    decisions: Path | None = None
    statements: Path | None = None
    register: Path | None = None
    looks: Path | None = None


@dataclass(frozen=True, slots=True)
class _Records:
    decisions: Line | None = None
    statements: Line | None = None
    register: Line | None = None
    looks: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAccount:
    """One account of the council, as its file registers it.

    ``ref`` starts the references of its findings; ``load`` derives one where the file gives none.
    ``credentials`` names the secrets to read it
    with, ``None`` for none. ``base_url`` replaces the platform's own address. ``archive`` is the
    path of the platform's own data export, read instead of the platform; ``None`` for none.
    ``month_limit`` is the most that reading it may cost in a calendar month, in the money that the
    platform charges (USD for X); ``None`` for no limit of ours.
    Where only people look (``by-hand``), ``handle`` is the address of the place, ``title`` its name
    for people, ``every_days`` how often to look and ``look_for`` what at; others have none of these.
    """

    id: Id
    platform: Line
    handle: Line
    kind: models.AccountKind = models.AccountKind.COUNCIL
    ref: Annotated[str, AfterValidator(_ref)] = ""
    credentials: Annotated[str, AfterValidator(_credentials)] | None = None
    base_url: Address | None = None
    archive: Path | None = None
    month_limit: Annotated[float, Field(gt=0, le=100_000)] | None = None
    title: Line | None = None
    every_days: Days | None = None
    look_for: Line | None = None

    @property
    def by_hand(self) -> bool:
        """Whether people look at it and no program can."""
        return self.platform == BY_HAND

    @property
    def look_days(self) -> int:
        """Days that a look holds where nobody says otherwise."""
        return self.every_days or EVERY_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilFile:
    """All that a council file says.

    ``policy`` is the path of the policy file (a relative one starts at the council file).
    ``website_feed`` is the address of the council's own news, where notices are looked for.
    ``home_page`` is the page on which links to the council's profiles are looked for: that of its
    website, unless the file names another.
    ``sheets`` are the paths of what a clerk keeps; relative ones start at the council file.
    """

    path: Path
    council: models.Council
    policy: Path
    website_feed: str | None
    report: Report
    retention: Retention
    accounts: tuple[RegisteredAccount, ...]
    sheets: Sheets = field(default_factory=Sheets)
    home_page: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    id: Id
    name: Line
    timezone: Annotated[str, AfterValidator(_timezone)]
    policy: Line
    website: WebAddress | None = None
    website_feed: Address | None = None
    contacts: tuple[Line, ...] = ()
    groups: tuple[WebAddress, ...] | None = None
    not_ours: tuple[Annotated[str, AfterValidator(_profile)], ...] = ()
    home_page: Address | None = None


def load(
    path: Path, platforms: Collection[str], archives: Collection[str] | None = None
) -> CouncilFile:
    """The council file at ``path``; ``platforms`` are the names that an account may have.

    ``archives`` are those of them whose exports can be read; ``None`` for all.

    Raises ``UsageError``, in one line, for the first fault found.
    """
    document = read(path, "council file")
    document.expect(("council", "report", "retention", "records", "account"))
    heading = document.table("council", _Heading)
    accounts = document.tables("account", RegisteredAccount)
    _examine_accounts(document, accounts, platforms, platforms if archives is None else archives)
    return CouncilFile(
        path=path,
        council=models.Council(
            id=heading.id,
            name=heading.name,
            timezone=heading.timezone,
            website=heading.website,
            contacts=heading.contacts,
            groups=heading.groups,
            not_ours=heading.not_ours,
        ),
        policy=path.parent / heading.policy,
        website_feed=heading.website_feed,
        home_page=heading.home_page or heading.website,
        report=_read_report(document),
        retention=_read_retention(document),
        accounts=tuple(_with_refs(_with_paths(accounts, path.parent))),
        sheets=_read_sheets(document),
    )


def find(name: str, folder: Path | None) -> Path:
    """The council file that a person means: a path, or the id of a council in ``folder``.

    A path need not exist: ``load`` says so best. Raises ``UsageError`` for an id that no file has.
    """
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1 or path.is_file():
        return path
    if folder is None:
        raise UsageError(
            f"{shown(name)}: no such council file; give the path of one, or set "
            "SOCIALAUDIT_COUNCILS to the folder that holds them"
        )
    usual = folder / f"{name}.toml"
    if usual.is_file() and _id(usual) == name:
        return usual
    known = in_folder(folder)
    if name not in known:
        raise UsageError(f"{folder}: no council has the id {shown(name)}{suggestion(name, known)}")
    if (council := _id(known[name])) != name:
        other = known[council].name
        raise UsageError(
            f"{known[name]}: the id {shown(council)} is that of {other} too; change one"
        )
    return known[name]


def in_folder(folder: Path) -> dict[str, Path]:
    """Every council file in a folder by its council's id; by its own name where that cannot be.

    That is so for a file that cannot be read, and for one whose id another has: the other is the
    one that is named after the id, else the first. Raises ``UsageError`` where there is no folder.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; SOCIALAUDIT_COUNCILS must name one")
    ids = {path: _id(path) for path in sorted(folder.glob("*.toml"))}
    found: dict[str, Path] = {}
    for path in sorted(ids, key=lambda path: path.stem != ids[path]):
        found[path.stem if ids[path] in found else ids[path]] = path
    return dict(sorted(found.items()))


def _id(path: Path) -> str:
    try:
        heading = read(path, "council file").content.get("council")
    except UsageError:
        return path.stem
    written = heading.get("id") if isinstance(heading, dict) else None
    return written if isinstance(written, str) else path.stem


def _examine_accounts(
    document: Document,
    accounts: Iterable[RegisteredAccount],
    platforms: Collection[str],
    archives: Collection[str],
) -> None:
    for account in accounts:
        where = f"[[account]] {shown(account.id)}"
        if account.by_hand:
            _examine_place(document, where, account)
        elif account.platform not in platforms:
            raise document.fault(
                f"{where} platform",
                f"unknown platform {shown(account.platform)}"
                f"{suggestion(account.platform, [*platforms, BY_HAND])}",
            )
        if account.archive is not None and account.platform not in archives:
            raise document.fault(
                f"{where} archive",
                f"{account.platform} has no export that can be read; remove this line",
            )
        if account.archive is not None and not str(account.archive).strip(" ."):
            raise document.fault(
                f"{where} archive", 'must be the path of a file or folder: "x.zip"'
            )
        if not account.by_hand and (account.title or account.every_days or account.look_for):
            raise document.fault(
                where, f'title, every_days and look_for go with platform = "{BY_HAND}" alone'
            )
    document.once("[[account]] id", (a.id for a in accounts))
    document.once("[[account]] ref", (a.ref for a in accounts if a.ref))
    document.once(
        "[[account]]", (f"{a.platform} {a.handle} {a.base_url or ''}".rstrip() for a in accounts)
    )


def _examine_place(document: Document, where: str, account: RegisteredAccount) -> None:
    """Raise ``UsageError`` for a place to look at by hand that people could not find."""
    if not account.title:
        raise document.fault(f"{where} title", "is missing: its name for people")
    try:
        _web_address(account.handle)
    except ValueError as fault:
        raise document.fault(f"{where} handle", str(fault)) from None
    if account.credentials or account.base_url:
        raise document.fault(where, "only people look there: remove credentials and base_url")


def _read_report(document: Document) -> Report:
    report = document.table("report", Report)
    if not report.recipients:
        raise document.fault("[report] recipients", "must name at least one e-mail address")
    document.once("[report] recipients", report.recipients)
    return report


def _read_retention(document: Document) -> Retention:
    retention = document.table("retention", Retention)
    if retention.evidence_days < retention.records_days:
        raise document.fault("[retention] evidence_days", "must not be less than records_days")
    return retention


def _read_sheets(document: Document) -> Sheets:
    written = document.table("records", _Records)
    folder = document.path.parent
    return Sheets(
        **{
            field.name: folder / name
            for field in fields(Sheets)
            if (name := getattr(written, field.name))
        }
    )


def _with_paths(
    accounts: Iterable[RegisteredAccount], folder: Path
) -> tuple[RegisteredAccount, ...]:
    """The accounts, each with its export where it lies: a relative path starts at the file."""
    return tuple(
        replace(one, archive=folder / one.archive) if one.archive is not None else one
        for one in accounts
    )


def _with_refs(accounts: tuple[RegisteredAccount, ...]) -> Iterator[RegisteredAccount]:
    """The accounts, each with a reference of its own; those written in the file come first."""
    taken = RESERVED_REFS | {a.ref for a in accounts}
    for account in accounts:
        ref = account.ref or next(r for r in _possible_refs(account) if r not in taken)
        taken |= {ref}
        yield replace(account, ref=ref)


def _possible_refs(account: RegisteredAccount) -> Iterator[str]:
    """FB, then FB and a letter of the handle, then FB and any one or two letters."""
    letters = string.ascii_uppercase
    start = _REFS.get(account.platform) or account.platform[:2].upper()
    yield start
    for letter in dict.fromkeys(c for c in account.handle.upper() + letters if c in letters):
        yield start[:3] + letter
    for pair in product(letters, repeat=2):
        yield start[:2] + "".join(pair)
