"""Report: load a closed run, write its files, queue its messages."""

from __future__ import annotations

import glob
import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from platformdirs import user_data_dir

import checks
import connectors
from flows import assessing, history
from reports import email as emails
from reports import failed, mail, results, spreadsheet, web
from reports.audit import Audit
from reports.wording import joined
from socialaudit import looking, settings
from socialaudit.discretion import private_records
from socialaudit.errors import StoreError
from socialaudit.finding import ReadStatus, RunKind, Status
from socialaudit.models import WEBSITE, Setting
from socialaudit.personal.reading import hidden
from socialaudit.store import evidence, findings, outbox, runs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from email.message import EmailMessage

    from sqlalchemy import Connection

    from flows.plan import Plan
    from reports.email import Email
    from socialaudit.finding import Coverage, Finding, Run
    from socialaudit.models import Record
    from socialaudit.settings import Settings
    from socialaudit.store import Store

EXCERPT = 280
"""Characters of a record that a report may show."""
NOBODY = "socialaudit@localhost"
"""Sender of a message that is written but never sent, where no mail server is configured."""


def report(plan: Plan, store: Store, folder: Path | None, *, email: bool) -> None:
    """Write the six files of a closed run, and queue one message to each reader.

    Raises ``StoreError`` when the folder cannot be written; then nothing is half-written.
    """
    with store.begin() as tx:
        audit = load(plan, tx)
    words = the_email(audit)
    chosen = settings.load()
    message = message_of(plan, words, (*plan.council.report.recipients, NOBODY)[0], chosen)
    write(
        folder or usual_folder(plan.run.id),
        {
            "results.json": results.dumps(audit),
            "findings.csv": spreadsheet.findings_csv(audit),
            "report.html": web.render(audit),
            "email.html": words.html,
            "email.txt": words.text,
            "email.eml": message.as_bytes(),
        },
    )
    if email and chosen.sends:
        readers = plan.council.report.recipients
        if unread(audit):
            readers = told_of_failure(plan, chosen)
        queue(plan, store, words, chosen, readers)


def the_email(audit: Audit) -> Email:
    """The report's email, or the short one that says that nothing could be read."""
    if not unread(audit):
        return emails.render(audit)
    names = audit.labels(tuple(c.account for c in audit.coverage))
    return failed.render(
        failed.Failure(
            council=audit.council,
            last_day=audit.last_day,
            why=joined(f"We could not read {names}", _reason(audit)),
            next_due=audit.next_due,
            still_to_do=len(audit.previous or ()),
            last_checked=audit.history[-1][0] if audit.history else None,
            operator_told=bool(settings.load().operator),
        )
    )


def _reason(audit: Audit) -> str:
    """Why no account could be read, as the things to do say it; else as the connectors did."""
    gaps = {f.message.split(". ")[0] for f in audit.findings if f.check == "monitoring-gaps"}
    said = gaps or {c.unread[0].reason for c in audit.coverage if c.unread}
    return "The reasons differ" if len(said) > 1 else "".join(said)


def unread(audit: Audit) -> bool:
    """Whether no account could be read at all."""
    return bool(audit.coverage) and all(c.status is ReadStatus.NOT_READ for c in audit.coverage)


def failure(plan: Plan, fault: Exception) -> failed.Failure:
    """What the failure email says of a run that broke off."""
    day = plan.run.started_at.astimezone(plan.zone).date()
    last = plan.run.window.until.astimezone(plan.zone) - timedelta(microseconds=1)
    return failed.Failure(
        council=plan.council.council,
        last_day=last.date(),
        why="The records could not be kept."
        if isinstance(fault, StoreError)
        else "The program met a fault of its own.",
        next_due=next_monday(day),
        operator_told=bool(settings.load().operator),
    )


def next_monday(day: date) -> date:
    """The Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


def queue(plan: Plan, store: Store, words: Email, chosen: Settings, readers: Sequence[str]) -> None:
    """Write one message to each reader into the outbox, before any is sent."""
    with store.begin() as tx:
        for reader in readers:
            built = message_of(plan, words, reader, chosen)
            letter = outbox.Letter(plan.run.id, reader, built["Message-ID"], built.as_bytes())
            outbox.put(tx, plan.run.council, letter, plan.moment())


def told_of_failure(plan: Plan, chosen: Settings) -> tuple[str, ...]:
    """Who gets the short email: the readers, and the operator where one is named."""
    operator = (str(chosen.operator),) if chosen.operator else ()
    return tuple(dict.fromkeys((*plan.council.report.recipients, *operator)))


def message_of(
    plan: Plan, words: Email, reader: str, chosen: Settings, what: str = "report"
) -> EmailMessage:
    """The same message for the same run and reader, whenever it is built."""
    sender = str(chosen.mail_from or NOBODY)
    mark = hashlib.sha256(f"{plan.run.id}\n{what}\n{reader}".encode()).hexdigest()[:24]
    return mail.message(
        words,
        reader,
        mail.Sender(
            name=f"{plan.council.council.name} social media check",
            address=sender,
            reply_to=str(plan.council.report.replies_to or chosen.reply_to or sender),
        ),
        f"<{mark}@{sender.partition('@')[2]}>",
        plan.run.started_at,
    )


def usual_folder(run: str) -> Path:
    """Where a run's files go when nobody says where."""
    return Path(user_data_dir("socialaudit")) / "reports" / run


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files so that each is whole or as it was before; clear up what a killed run left.

    Raises ``StoreError``, for example for a full disk.
    """
    made: list[tuple[str, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            for left in folder.glob(f".{glob.escape(name)}.*.new"):
                left.unlink(missing_ok=True)
            handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".new", dir=folder)
            made.append((path, folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
                file.flush()
                os.fsync(file.fileno())
            Path(path).chmod(0o644)
        for path, final in made:
            Path(path).replace(final)
    except OSError as fault:
        raise StoreError(f"cannot write the report into {folder}: {fault.strerror}") from None
    finally:
        for path, _ in made:
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)


def load(plan: Plan, tx: Connection) -> Audit:
    """Everything a report on a closed run is given."""
    run = runs.read(tx, plan.run.id)
    if run is None:
        raise StoreError(f"the store holds no run {plan.run.id}")
    covered = runs.covered(tx, run.id)
    stood = findings.of_run(tx, run.id)
    baseline = assessing.baseline_of(tx, run)
    before = findings.after(tx, run.council, baseline.id) if baseline else {}
    now = findings.after(tx, run.council, run.id) | stood
    day = run.started_at.astimezone(plan.zone).date()
    counts = history.Counts.load(tx, run.council)
    return Audit(
        run=run,
        council=plan.council.council,
        policy=plan.policy,
        checks=checks.load(),
        day=day,
        next_due=next_monday(day),
        coverage=tuple(_coverage(plan, tx, run, covered)),
        website=covered.get(WEBSITE),
        assessments=runs.read_assessments(tx, run.id),
        findings=_worded(tx, run, [f for f in stood.values() if f.status is not Status.FIXED]),
        fixed=history.fixed(before, now, run, covered),
        decisions=words.decisions(tx, run.council, run.id),
        statements=words.statements(tx, run.council, run.id),
        looks=looking.newest(words.looks(tx, run.council, run.id)),
        previous=frozenset(s.ref for s in before.values() if s.to_do) if baseline else None,
        previous_run=baseline.id if baseline else "",
        weekly_before=_weekly_before(plan, tx, baseline) if run.kind is RunKind.INCIDENT else None,
        history=history.weeks(tx, plan, run, counts),
        earlier=history.earlier(tx, plan, run, counts),
        link_hosts=_link_hosts(plan),
        web_url=plan.council.report.web_url,
        replies_to=plan.council.report.replies_to or settings.load().reply_to,
        records_days=plan.council.retention.records_days,
        evidence_days=plan.council.retention.evidence_days,
        legal_hold=plan.council.retention.legal_hold is not None,
        digest=runs.digest_of(tx, run.id),
    )


def _weekly_before(plan: Plan, tx: Connection, baseline: Run | None) -> Audit | None:
    if baseline is None or baseline.kind is not RunKind.WEEKLY:
        return None
    return load(replace(plan, run=baseline), tx)


def _worded(tx: Connection, run: Run, found: list[Finding]) -> tuple[Finding, ...]:
    """Findings with the words of their records, as far as those are still kept and not private."""
    private = private_records(checks.load(), (), found)
    keys = [f.subject.key for f in found if f.subject and f.subject.key not in private]
    said = {key: _excerpt(r) for key, r in evidence.newest(tx, run.council, keys).items()}
    return tuple(
        replace(f, subject=replace(f.subject, excerpt=said.get(f.subject.key))) if f.subject else f
        for f in found
    )


def _excerpt(record: Record) -> str | None:
    if isinstance(record, Setting):
        return f"{record.name} = {record.value}"[:EXCERPT]
    text = getattr(record, "text", None) or getattr(record, "description", None)
    return hidden(text)[:EXCERPT] if text else None


def _coverage(
    plan: Plan, tx: Connection, run: Run, covered: Mapping[str, Coverage]
) -> Iterable[Coverage]:
    """What the run could read of each account; of one that it could not, when it last was."""
    read = runs.last_read(tx, run.council, run.finished_at)
    for account in plan.council.accounts:
        if (found := covered.get(account.id)) is not None:
            missed = found.status is ReadStatus.NOT_READ
            yield replace(found, read_at=read.get(account.id)) if missed else found


def _link_hosts(plan: Plan) -> frozenset[str]:
    """The platforms' hosts, the website's, and those of accounts that are an address themselves."""
    addresses = [plan.council.council.website or ""]
    hosts: set[str] = set()
    for account in plan.council.accounts:
        told = () if account.by_hand else connectors.connector(account.platform).hosts
        hosts.update(told)
        addresses += [] if told else [account.handle, account.base_url or ""]
    return frozenset(hosts.union(filter(None, map(_host, addresses))))


def _host(address: str) -> str:
    """The host that an address names, with or without ``https://`` before it; ``""`` for none."""
    with suppress(ValueError):
        named = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        return named if "." in named else ""
    return ""
