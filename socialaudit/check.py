"""What a check is: metadata for people, and one pure function over frames.

A check yields ``Scope`` for the rows it looked at (``Counted`` where there are no rows) and
``Observation`` for each one that is not as it should be. It adds nothing else: the engine adds outcome, reference, clause, evidence,
fingerprint and decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from socialaudit import steps

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    import pandas as pd

    from socialaudit.looking import Place
    from socialaudit.models import AccountKind, Comment, Council, Unread
    from socialaudit.records import Records
    from socialaudit.register import Entry, Vanished


PUBLIC_IDS = frozenset(
    {
        "account-privacy",
        "alternative-formats",
        "audio-transcript",
        "commercial-promotion",
        "complaints",
        "confidentiality-hints",
        "customer-mentions",
        "defamation-hints",
        "emoji-use",
        "group-membership",
        "held-comments",
        "image-description",
        "image-description-quality",
        "information-requests",
        "monitoring-gaps",
        "notice-alternative",
        "offensive-comments",
        "offensive-posts",
        "official-profile",
        "party-political",
        "personal-data",
        "personal-data-in-comments",
        "plain-english",
        "plain-letters",
        "policy-review",
        "post-audience",
        "pre-election",
        "readable-hashtags",
        "removed-without-record",
        "repeated-hostility",
        "respectful-tone",
        "separate-accounts",
        "signed-statements",
        "speaking-for-council",
        "staff-identification",
        "third-party-publishing",
        "unanswered-comments",
        "unregistered-accounts",
        "video-captions",
        "visitor-posts",
        "words-in-pictures",
    }
)
"""Ids that are given out, built or not: a policy may plan for any of them. None is ever reused."""


class Urgency(StrEnum):
    """When to act: by harm and deadline, never by how sure we are."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"


class Confidence(StrEnum):
    """How sure a check can be: a fact that the platform states, or a reading of it."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class Observation:
    """What a check saw on one record.

    ``record`` is the record's key, with its ``account`` when this run did not read it (it is
    gone); ``None`` when it is about the account (then ``account`` is needed) or about the council (then both are ``None``; ``subject`` then tells several of one check
    apart, from run to run, and ``clauses`` names those it is about, where that is not every clause
    that cites the check). ``message`` is one or two sentences for
    the clerk on what was seen: no words or names from the public. ``instruction`` is the heading
    in the list of things to do, an instruction with a verb ("Add captions to this video"); empty
    for the check's own. ``urgency`` overrides the check's. ``due`` is a date fixed by law or by
    the notice itself. ``excused`` is the reason why it need not be acted on (it still counts and
    is shown as excused). ``would_pass`` says what would have made it pass. ``evidence`` is what
    led to it, by name, for the web report and the evidence pack (never for the email). ``score``
    ranks it where a check has one, 0 to 1; only ``socialaudit try`` shows it.
    """

    record: str | None
    message: str
    confidence: Confidence = Confidence.CERTAIN
    account: str | None = None
    instruction: str = ""
    urgency: Urgency | None = None
    due: datetime | None = None
    excused: str = ""
    would_pass: str = ""
    evidence: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    clauses: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Rows of one frame that a check looked at; ``unknown`` marks those it could not tell."""

    rows: pd.DataFrame
    unknown: pd.Series[bool] | None = None

    @classmethod
    def of(
        cls, table: pd.DataFrame, where: pd.Series[bool], unknown: pd.Series[bool] | None = None
    ) -> Scope:
        """The marked rows of a frame, without a copy of their texts."""
        rows = table.loc[where, ["key", "account"]]
        return cls(rows, None if unknown is None else unknown[where])


@dataclass(frozen=True, slots=True)
class Counted:
    """What a check looked at where there are no rows to show: counts for one account.

    ``examined`` leaves out ``unknown``. ``account`` is ``None`` for the council as a whole.
    ``reason`` says why it is unknown and who can do what, where no platform is to blame.
    """

    account: str | None
    examined: int
    unknown: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What a clause asks a named officer to sign, and the newest word given on it.

    ``title`` is the clause's; ``number`` counts its statements from 1 and ``text`` is this one.
    ``until`` is the last day on which the word holds; ``None`` when nobody gave one.
    """

    clause: str
    title: str
    number: int
    text: str
    by: str = ""
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is signed on a day."""
        return self.until is not None and day <= self.until


@dataclass(frozen=True, slots=True)
class Registered:
    """An account as the council file lists it: its id there, platform, handle, own server if any."""

    id: str
    platform: str
    handle: str
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know beside the records: the clock, the council, its own parameters.

    ``since`` and ``until`` are the run's window; ``accounts`` maps account ids to kind and
    ``titles`` maps them to their platform's name for people ("X (Twitter)"). ``coverage`` maps
    them to the facts that this run could not read and that could be read; an account that was
    read in full has an empty tuple. ``review_due`` is the date by which the policy says that it is
    reviewed, ``signatures`` what its clauses ask to be signed. ``earlier`` are the comments of the last weeks, read
    by this run or not, as last known. ``register`` is the council's
    moderation register, oldest first, and ``vanished`` what this run found gone. ``places``
    are the accounts at which only people look, with their last look. ``registered`` are all accounts
    of the council file, read by this run or not, and ``home_page`` the address of the website's home
    page where there is one to read. ``checks`` are the
    ids of all checks of the run: what one of them lists, another need not.
    """

    now: datetime
    since: datetime
    until: datetime
    timezone: ZoneInfo
    council: Council
    accounts: Mapping[str, AccountKind] = field(default_factory=dict)
    parameters: Any = None
    titles: Mapping[str, str] = field(default_factory=dict)
    coverage: Mapping[str, tuple[Unread, ...]] = field(default_factory=dict)
    review_due: date | None = None
    signatures: tuple[Signature, ...] = ()
    earlier: tuple[Comment, ...] = ()
    register: tuple[Entry, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    registered: tuple[Registered, ...] = ()
    home_page: str | None = None
    checks: frozenset[str] = frozenset()


Judge = Callable[["Records", Context], Iterator[Observation | Scope | Counted]]


@dataclass(frozen=True)
class NoParameters:
    """For checks that need none."""


@dataclass(frozen=True, kw_only=True)
class Metadata:
    """What people need to know of a check.

    ``id`` is public, kebab-case and never reused. ``title`` is phrased as the compliant state.
    ``examines`` names the frame whose rows it counts. ``needs`` are facts (``models.FACTS``): an
    account that lacks one is *not assessed*. ``whole`` is true when the check infers from absence
    (no answer, no notice elsewhere), so that a fact read only in part will not do. ``also`` are
    facts it reads where it can: an account that lacks one is looked at without, and *not assessed*
    where that shows nothing. ``kinds`` are
    the kinds of account it looks at; empty for a check about the council (account null).
    ``instruction`` is the heading of a thing to do; ``joined`` the heading for several of one
    kind, with ``{n}``; ``fixed`` what was done, for the list of what was fixed ("captions added").
    ``why`` names who is harmed; ``how`` are steps that a clerk can do, by platform, ``""`` for
    any: those of ``steps.toml``, unless they are given here, and ``verified`` the days on which
    they were last held against the platforms' own help pages. ``minutes`` is about how long one takes. ``references`` are law, WCAG criterion, guidance.
    ``parameters`` is a frozen dataclass whose defaults are ours; the policy file may set others.
    ``reads_text`` is false where posts or comments are examined for something other than words.
    ``private`` is true where what it finds may be somebody's private matter: no report quotes the
    words of such a record, under any finding. ``trial`` gives the parameters with which
    ``socialaudit try`` runs it on a day, where its own defaults look at nothing.
    """

    id: str
    title: str
    examines: str
    needs: tuple[str, ...]
    kinds: frozenset[AccountKind]
    urgency: Urgency
    instruction: str
    joined: str
    fixed: str
    why: str
    minutes: int
    references: tuple[str, ...]
    how: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    verified: Mapping[str, date] = field(default_factory=dict)
    parameters: type = NoParameters
    whole: bool = False
    also: tuple[str, ...] = ()
    reads_text: bool = True
    private: bool = False
    trial: Callable[[date], Any] | None = None

    def steps(self, platform: str) -> tuple[str, ...]:
        """How to fix it on one platform."""
        return self.how.get(platform) or self.how.get("", ())


@dataclass(frozen=True, kw_only=True)
class Check(Metadata):
    """One executable reading of a requirement: metadata and the function that judges."""

    judge: Judge


class check(Metadata):  # noqa: N801 - used as a decorator
    """Turn a function over frames into a ``Check``; the arguments are those of ``Metadata``."""

    def __call__(self, judge: Judge) -> Check:
        """The check with its judge."""
        told = {f.name: getattr(self, f.name) for f in fields(Metadata)}
        if not self.how:
            told |= {"how": steps.of(self.id), "verified": steps.verified(self.id)}
        return Check(judge=judge, **told)


def load(package: str = "checks") -> dict[str, Check]:
    """Every check of a package by id: the folder is the register.

    Raises ``ValueError`` when two files claim one id.
    """
    found: dict[str, Check] = {}
    for module in sorted(iter_modules(import_module(package).__path__), key=lambda m: m.name):
        for value in vars(import_module(f"{package}.{module.name}")).values():
            if isinstance(value, Check):
                if value.id in found:
                    msg = f"two checks are called {value.id}"
                    raise ValueError(msg)
                found[value.id] = value
    return found
