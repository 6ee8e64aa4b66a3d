"""A council file: whose accounts are audited, against which policy, and who is told.

The file is TOML (``councils/sample.toml`` explains every key) and never holds a secret: an account
names its credentials, and ``socialaudit.settings.credentials`` finds them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path  # noqa: TC003 - pydantic reads these annotations
from typing import TYPE_CHECKING

from socialaudit import models
from socialaudit.document import Document, Id, Line, read
from socialaudit.registered import Days, read_accounts
from socialaudit.written import (  # noqa: TC001 - likewise
    Address,
    EmailAddress,
    Profile,
    TimeZone,
    WebAddress,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from socialaudit.registered import RegisteredAccount


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
    timezone: TimeZone
    policy: Line
    website: WebAddress | None = None
    website_feed: Address | None = None
    contacts: tuple[Line, ...] = ()
    groups: tuple[WebAddress, ...] | None = None
    not_ours: tuple[Profile, ...] = ()
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
    accounts = read_accounts(document, platforms, platforms if archives is None else archives)
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
        accounts=accounts,
        sheets=_read_sheets(document),
    )


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
