"""What a run concludes: assessments, findings, and what people said of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping  # noqa: TC003 - the store reads these annotations at run time
from dataclasses import dataclass, field
from datetime import date, datetime  # noqa: TC003 - likewise
from enum import StrEnum

from socialaudit.check import Confidence, Urgency  # noqa: TC001 - likewise
from socialaudit.models import AccountKind, Unread  # noqa: TC001 - likewise


class Outcome(StrEnum):
    """How one check ended on one account."""

    FAIL = "fail"
    NOT_ASSESSED = "not assessed"
    PASS = "pass"  # noqa: S105 - not a password
    NOT_APPLICABLE = "not applicable"


UNSAID = "the platform did not say enough about"
"""How the reason begins where records were too unknown to be judged."""


class Status(StrEnum):
    """Where a finding stands from week to week."""

    NEW = "new"
    OPEN = "open"
    RETURNED = "returned"
    NOT_RECHECKED = "not rechecked"
    FIXED = "fixed"
    LEFT = "left"
    MISTAKE = "mistake"

    @property
    def to_do(self) -> bool:
        """Whether it counts among the things to do."""
        return self in {Status.NEW, Status.OPEN, Status.RETURNED, Status.NOT_RECHECKED}


class RunKind(StrEnum):
    """Why a run was made."""

    WEEKLY = "weekly"
    INCIDENT = "incident"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Window:
    """The time a run looks at: [since, until), aware UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution for one council.

    ``accounts`` limits an incident; empty means all. ``asked_by`` is the job of the person who
    asked for one.
    """

    id: str
    council: str
    kind: RunKind
    window: Window
    started_at: datetime
    finished_at: datetime | None = None
    reason: str = ""
    accounts: tuple[str, ...] = ()
    version: str = ""
    policy_id: str = ""
    policy_sha256: str = ""
    asked_by: str = ""


class ReadStatus(StrEnum):
    """How much of an account was read."""

    READ = "read"
    PARTLY = "partly read"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one run could and could not read of one account, and what that cost.

    ``unread`` are the facts that could not be read. ``read_at`` is when the account was last read
    in full or in part, this run included; ``None`` for never. ``export`` is the data export that it
    was read from instead of the platform ("X’s account archive of 20 November 2026").
    """

    account: str
    platform: str
    title: str
    handle: str
    kind: AccountKind
    status: ReadStatus
    unread: tuple[Unread, ...] = ()
    posts: int = 0
    media: int = 0
    comments: int = 0
    requests: int = 0
    amount: float = 0.0
    unit: str = "requests"
    read_at: datetime | None = None
    export: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Outcome of one check on one account (``None``: on the council) in one run.

    ``examined`` leaves out ``unknown``; ``failed`` counts observations, excused ones included.
    """

    check: str
    account: str | None
    outcome: Outcome
    examined: int = 0
    failed: int = 0
    excused: int = 0
    unknown: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The record that a finding is about, as far as a report may show it.

    ``kind`` is post, media, comment, setting or account; ``id`` the platform's own. ``headline``
    is the title or first words of the council's **own** post that it is or stands under, and
    ``headline_at`` when that was published; both are ``None`` where there is no such post.
    ``label`` is the word for people: "video", "picture", "comment". ``excerpt`` is the record's
    own text, for the web report and evidence only. ``words_sha256`` is the digest of what people
    wrote in it, so that a changed text is told from a changed number of likes.
    """

    key: str
    kind: str
    id: str
    label: str
    permalink: str | None = None
    published_at: datetime | None = None
    headline: str | None = None
    headline_at: datetime | None = None
    excerpt: str | None = None
    sha256: str | None = None
    captured_at: datetime | None = None
    words_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An observation with its reference; the same finding from week to week.

    ``ref`` (FB-112) never changes. ``first_seen`` is the date of the run that first saw it, and
    ``due`` the date to act by. ``subject`` is ``None`` when it is about an account or the council
    as a whole. ``instruction``, ``would_pass`` and ``evidence`` are as in ``Observation``.
    """

    ref: str
    fingerprint: str
    check: str
    clauses: tuple[str, ...]
    urgency: Urgency
    confidence: Confidence
    status: Status
    account: str | None
    subject: Subject | None
    message: str
    instruction: str
    first_seen: date
    due: date
    excused: str = ""
    would_pass: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    decision: Decision | None = None

    @property
    def to_do(self) -> bool:
        """Whether it is in the list of things to do."""
        return self.status.to_do and not self.excused


class Verdict(StrEnum):
    """What an officer says of a finding."""

    MISTAKE = "mistake"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An officer's word on a finding: reason, name and expiry always.

    ``until`` is the last day on which it holds. ``fingerprint`` is the finding's that had the
    reference when the decision came in, ``None`` when nothing had it; ``words_sha256`` is the
    digest of the record's words then.
    """

    council: str
    ref: str
    verdict: Verdict
    reason: str
    by: str
    made_at: datetime
    until: date
    fingerprint: str | None = None
    words_sha256: str | None = None

    def holds(self, day: date, words_sha256: str | None) -> bool:
        """Whether it stands on a day; a mistake only as long as the words are those it is about."""
        return day <= self.until and not self.outdated(words_sha256)

    def outdated(self, words_sha256: str | None) -> bool:
        """Whether it calls a mistake what was seen in other words than the record has now."""
        known = self.words_sha256 is not None and words_sha256 is not None
        return self.verdict is Verdict.MISTAKE and known and self.words_sha256 != words_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A named officer's dated, expiring word for a clause that no platform can show.

    ``number`` is the one of the clause's statements that is signed, from 1; 0 is for all of them.
    ``evidence`` says what it rests on ("Training record of 3 March"). ``until`` is its last day.
    """

    council: str
    clause: str
    by: str
    evidence: str
    made_at: datetime
    until: date
    number: int = 0


def fingerprint(check: str, record: str | None, account: str | None, subject: str = "") -> str:
    """What makes two observations the same finding: check and record, never the wording.

    Without a record it is the account's (or, without either, the council's); ``subject`` tells
    several of these apart.
    """
    about = f"record {record}" if record is not None else f"account {account or ''}"
    if subject:
        about += f"\n{subject}"
    return hashlib.sha256(f"{check}\n{about}".encode()).hexdigest()[:32]
