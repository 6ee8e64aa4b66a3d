"""Record what officers say, by command, form or spreadsheet: decisions, statements, register, looks.

Everything is checked before anything is kept: who, why, how long, and that what it is about is
there. Nothing here knows Prefect.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from flows import plan as plans
from flows import sheets
from socialaudit import settings
from socialaudit.document import a_line, shown, suggestion
from socialaudit.errors import UsageError
from socialaudit.finding import Decision, Statement, Verdict
from socialaudit.looking import Look
from socialaudit.register import Action, Entry, a_link
from socialaudit.store import Store, findings, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from flows.sheets import Said
    from socialaudit.council import CouncilFile
    from socialaudit.finding import Finding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Decided:
    """The arguments of ``socialaudit decide``."""

    council: str
    ref: str
    verdict: str
    reason: str
    by: str
    until: date


@dataclass(frozen=True, slots=True)
class Stated:
    """The arguments of ``socialaudit state``; ``number`` 0 is for all statements of the clause."""

    council: str
    clause: str
    by: str
    evidence: str
    until: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Moderated:
    """The arguments of ``socialaudit register``; ``day`` ``None`` is today."""

    council: str
    link: str
    action: str
    rule: str
    by: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """The arguments of ``socialaudit look``.

    ``day`` ``None`` is today; ``until`` ``None`` as long as the council file says of the place.
    """

    council: str
    account: str
    seen: str
    by: str
    day: date | None = None
    until: date | None = None


def decide(given: Decided, now: datetime) -> Decision:
    """Keep an officer's word on a finding.

    Raises ``UsageError`` for an unknown reference, an empty or long text, or a date that is over
    or too far away.
    """
    council, _ = plans.read_files(plans.find(given.council))
    said = Decision(
        council=council.council.id,
        ref=given.ref.strip().upper(),
        verdict=Verdict(given.verdict),
        reason=_line("--reason", given.reason),
        by=_line("--by", given.by),
        made_at=now.astimezone(UTC),
        until=_last_day(given.until, _today(council, now)),
    )

    def keep_it(tx: Connection) -> Decision:
        stood = _by_ref(tx, said.council)
        if said.ref not in stood:
            raise UsageError(_no_such_ref(said.ref, stood))
        matched = _matched(said, stood)
        words.add_decisions(tx, said.council, [matched])
        return matched

    return _in_store(said.council, keep_it)


def state(given: Stated, now: datetime) -> Statement:
    """Keep a signed statement for a clause, or for one of its statements.

    Raises ``UsageError`` for a clause that asks for none, an empty or long text, or a date that is
    over or too far away.
    """
    council, policy = plans.read_files(plans.find(given.council))
    if fault := sheets.not_asked(policy, given.clause, given.number):
        raise UsageError(fault)
    said = Statement(
        council=council.council.id,
        clause=given.clause,
        by=_line("--by", given.by),
        evidence=_line("--evidence", given.evidence),
        made_at=now.astimezone(UTC),
        until=_last_day(given.until, _today(council, now)),
        number=given.number,
    )
    _in_store(said.council, lambda tx: words.add_statements(tx, said.council, [said]))
    return said


def register(given: Moderated, now: datetime) -> Entry:
    """Keep a line of the moderation register.

    Raises ``UsageError`` for what is no web address, an empty or long text, or a day to come.
    """
    council, _ = plans.read_files(plans.find(given.council))
    day = given.day or _today(council, now)
    if day > _today(council, now):
        raise UsageError(f"--on {day} is in the future")
    try:
        link = a_link(given.link.strip())
    except ValueError as fault:
        raise UsageError(f"LINK {fault}") from None
    said = Entry(
        council=council.council.id,
        day=day,
        link=link,
        action=Action(given.action),
        rule=_line("--rule", given.rule),
        by=_line("--by", given.by),
    )
    _in_store(said.council, lambda tx: words.add_entries(tx, said.council, [said]))
    return said


def look(given: Looked, now: datetime) -> Look:
    """Keep what a person saw where no program can read.

    Raises ``UsageError`` for an account at which nobody looks by hand, an empty or long text, a
    day to come, or a last day that is over or too far away.
    """
    council, _ = plans.read_files(plans.find(given.council))
    today = _today(council, now)
    place = next((a for a in council.accounts if a.by_hand and a.id == given.account), None)
    if place is None:
        raise UsageError(f"ACCOUNT {sheets.no_place(council, given.account)}")
    day = given.day or today
    if day > today:
        raise UsageError(f"--on {day} is in the future")
    said = Look(
        council=council.council.id,
        account=place.id,
        day=day,
        by=_line("--by", given.by),
        seen=_line("--saw", given.seen),
        until=_last_day(given.until, today)
        if given.until
        else day + timedelta(days=place.look_days),
    )
    _in_store(said.council, lambda tx: words.add_looks(tx, said.council, [said]))
    return said


def keep(tx: Connection, council: str, said: Said) -> None:
    """Keep what is new in the spreadsheets; a decision on no known reference changes nothing."""
    stood = _by_ref(tx, council) if said.decisions else {}
    words.add_decisions(tx, council, [_matched(one, stood) for one in said.decisions])
    words.add_statements(tx, council, said.statements)
    words.add_entries(tx, council, said.entries)
    words.add_looks(tx, council, said.looks)


def _line(option: str, text: str) -> str:
    line = " ".join(text.split())
    try:
        return a_line(line if line.isprintable() else "")
    except ValueError as fault:
        raise UsageError(f"{option} {fault}") from None


def _last_day(until: date, today: date) -> date:
    if until < today:
        raise UsageError(f"--until {until} is in the past; give the last day that it holds")
    if until - today > sheets.MOST:
        raise UsageError(f"--until {until} is more than two years ahead; say it again before then")
    return until


def _no_such_ref(ref: str, known: Mapping[str, Finding]) -> str:
    meant = suggestion(ref, known) or "; the report gives the reference of each thing to do"
    return f"nothing has had the reference {shown(ref)}{meant}"


def _by_ref(tx: Connection, council: str) -> dict[str, Finding]:
    return {finding.ref: finding for finding in findings.after(tx, council).values()}


def _matched(given: Decision, stood: Mapping[str, Finding]) -> Decision:
    """The decision, bound to the finding that has its reference and to its words as they are."""
    finding = stood.get(given.ref)
    if finding is None:
        return given
    return replace(
        given,
        fingerprint=finding.fingerprint,
        words_sha256=finding.subject.words_sha256 if finding.subject else None,
    )


def _today(council: CouncilFile, now: datetime) -> date:
    return now.astimezone(ZoneInfo(council.council.timezone)).date()


def _in_store(council: str, work: Callable[[Connection], T]) -> T:
    store = Store.open(settings.load().database_url).of(council)
    try:
        with store.begin() as tx:
            return work(tx)
    finally:
        store.close()
