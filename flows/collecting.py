"""Collect: read one account into the store. Nothing here knows Prefect."""

from __future__ import annotations

import logging
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import connectors
from connectors import Access, Usage
from connectors.transport import redact
from flows.limits import BUCKETS
from socialaudit.council import RegisteredAccount
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PaymentRequired,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.finding import Coverage, ReadStatus, Status
from socialaudit.models import WEBSITE, Comment, Gone, Known, Media, Setting, Unread
from socialaudit.settings import Settings, credentials
from socialaudit.store import evidence, findings, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from connectors import Connector
    from flows.plan import Plan
    from socialaudit.finding import Subject
    from socialaudit.models import Reading, Record
    from socialaudit.store import Store

LOG = logging.getLogger("socialaudit.collect")
PROBE_DAYS = 28
"""Posts of the four weeks before the window are probed for new comments."""
WEBSITE_DAYS = 14
"""A notice may have been on the website up to two weeks before it was posted."""
MAX_WAIT = 60.0
"""Seconds that a pull waits for a platform that says when to come back."""
_RATE_WAITS = 2
_REREAD = frozenset({"post", "media", "comment"})
_REMEDIES = {
    RateLimited: "Nothing to do: the next check reads it.",
    Unreachable: "If it stays so, ask your support contact.",
    Unauthorized: "Connect the account again.",
    Forbidden: "Ask your support contact to give the missing permission.",
    NotFound: "Correct the account's name in the council file.",
    PaymentRequired: "Buy credit, or wait for the next day's quota.",
    Malformed: "Tell your support contact: the platform may have changed.",
}


@dataclass(slots=True)
class Pull:
    """What was read of one account before the end or a fault."""

    records: list[Record] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    fault: PlatformError | None = None

    def take(self, reading: Reading) -> None:
        """Sort one reading."""
        if isinstance(reading, Unread):
            self.unread.append(reading)
        elif isinstance(reading, Gone):
            self.gone.append(reading)
        else:
            self.records.append(reading)


def accounts(plan: Plan) -> list[str]:
    """Ids of the accounts this run reads, in the order of the council file; the website feed last."""
    wanted = [
        a.id for a in plan.council.accounts if not plan.run.accounts or a.id in plan.run.accounts
    ]
    return [*wanted, WEBSITE] if plan.council.website_feed else wanted


def collect(plan: Plan, store: Store, account: str, *, final: bool = True) -> Coverage:
    """Read one account and keep what was read, once per run.

    Raises ``Unreachable`` unless ``final``: the caller tries again. Every other fault of the
    platform becomes part of the coverage.
    """
    with store.begin() as tx:
        done = runs.covered(tx, plan.run.id).get(account)
        if done is not None:
            return done
        salt = runs.salt(tx, plan.run.council)
        cache = evidence.Cache(tx, plan.run.council, account)
        known = _known(plan, tx, account)
    entry = _entry(plan, account)
    reader = connectors.connector(entry.platform)
    usage, pull = Usage(), Pull()
    secrets: dict[str, str] = {}
    try:
        if entry.credentials:
            secrets = credentials(entry.credentials, reader.secrets, Settings().secrets_dir)
        connector = reader(
            Access(
                account=account,
                handle=entry.handle,
                kind=entry.kind,
                limiter=BUCKETS[entry.platform],
                base_url=entry.base_url,
                secrets=secrets,
                salt=salt,
                cache=cache,
            )
        )
        try:
            pull = read(connector, plan, account, known)
        finally:
            usage = connector.usage
            connector.close()
    except PlatformError as fault:
        pull.fault = fault
    _hide(pull, secrets.values())
    if isinstance(pull.fault, Unreachable) and not final:
        raise Unreachable(pull.fault.message, pull.fault.remedy)
    covered = _coverage(entry, reader.title, usage, pull)
    at = plan.moment()
    with store.begin() as tx:
        evidence.save(tx, plan.run, pull.records, at)
        gone = [f"{entry.platform}:{fact.id}" for fact in pull.gone]
        evidence.save_gone(tx, plan.run, account, gone, at)
        cache.save(tx)
        runs.cover(tx, plan.run, covered, at)
    LOG.info("%s: %s %s", plan.run.id, account, covered.status.value)
    return covered


def read(connector: Connector, plan: Plan, account: str, known: Sequence[Known]) -> Pull:
    """Read the window and what is to be read again; wait for the platform at most ``MAX_WAIT``."""
    since = plan.run.window.since
    if account == WEBSITE:
        since -= timedelta(days=WEBSITE_DAYS)
    for _ in range(_RATE_WAITS):
        pull = _attempt(connector, since, plan.run.window.until, known)
        wait = _seconds_to_wait(pull.fault)
        if wait is None:
            return pull
        time.sleep(wait)
    return _attempt(connector, since, plan.run.window.until, known)


def _attempt(
    connector: Connector, since: datetime, until: datetime, known: Sequence[Known]
) -> Pull:
    pull = Pull()
    try:
        for reading in connector.read(since, until):
            pull.take(reading)
        for reading in connector.reread(known) if known else ():
            pull.take(reading)
    except PlatformError as fault:
        pull.fault = fault
    except Exception as fault:  # noqa: BLE001 - one account's oddity must not end the others
        where = "".join(traceback.format_tb(fault.__traceback__))
        LOG.error("a fault of ours, %s, while reading:\n%s", type(fault).__name__, where)  # noqa: TRY400 - its text may hold a token
        pull.fault = Malformed(f"a fault of ours ({type(fault).__name__}); the log says where")
    return pull


def _seconds_to_wait(fault: PlatformError | None) -> float | None:
    """How long to wait before another attempt; ``None`` when waiting is too long or no use."""
    if not isinstance(fault, RateLimited) or fault.retry_at is None:
        return None
    wait = max((fault.retry_at - datetime.now(UTC)).total_seconds(), 0.0)
    return wait if wait <= MAX_WAIT else None


def _entry(plan: Plan, account: str) -> RegisteredAccount:
    found = next((a for a in plan.council.accounts if a.id == account), None)
    feed = plan.council.website_feed
    return found or RegisteredAccount(id=WEBSITE, platform="feed", handle=str(feed))


def _known(plan: Plan, tx: Connection, account: str) -> list[Known]:
    """The records of this account's open findings, and earlier posts that may have new comments."""
    open_ = [
        standing.finding.subject
        for standing in findings.after(tx, plan.run.council).values()
        if standing.finding.account == account and standing.finding.status is not Status.FIXED
    ]
    stored = evidence.newest(tx, plan.run.council, [s.key for s in open_ if s is not None])
    items = [_item(s, stored.get(s.key)) for s in open_ if s is not None and s.kind in _REREAD]
    again = {(item.kind, item.id) for item in items}
    earlier = evidence.earlier_posts(
        tx, plan.run.council, account, plan.run.window.since, PROBE_DAYS
    )
    return items + [post for post in earlier if (post.kind, post.id) not in again]


def _item(subject: Subject, stored: Record | None) -> Known:
    post = stored.post if isinstance(stored, Media | Comment) else None
    return Known(subject.kind, subject.id, post=post.split(":", 1)[1] if post else None)


def _coverage(entry: RegisteredAccount, title: str, usage: Usage, pull: Pull) -> Coverage:
    unread = [*pull.unread, *_lost(pull)]
    kinds = Counter(evidence.kind_of(record) for record in pull.records)
    return Coverage(
        account=entry.id,
        platform=entry.platform,
        title=title,
        handle=entry.handle,
        kind=entry.kind,
        status=_status(unread),
        unread=tuple(unread),
        posts=kinds["post"],
        media=kinds["media"],
        comments=kinds["comment"],
        requests=usage.requests,
        amount=round(usage.amount, 4),
        unit=usage.unit,
    )


def _lost(pull: Pull) -> list[Unread]:
    """What a fault took with it: everything, or the rest of what was being read."""
    if pull.fault is None:
        return []
    remedy = pull.fault.remedy or _REMEDIES.get(type(pull.fault), "")
    if not pull.records:
        return [Unread("*", pull.fault.message, remedy)]
    settings = any(isinstance(record, Setting) for record in pull.records)
    facts = ("posts", "media", "comments") + (() if settings else ("settings",))
    return [Unread(fact, pull.fault.message, remedy, partial=True) for fact in facts]


def _status(unread: Iterable[Unread]) -> ReadStatus:
    lasting = [fact for fact in unread if not fact.permanent]
    if any(fact.fact == "*" and not fact.partial for fact in lasting):
        return ReadStatus.NOT_READ
    return ReadStatus.PARTLY if lasting else ReadStatus.READ


def _hide(pull: Pull, secrets: Iterable[str]) -> None:
    """Remove the account's own secrets from every text that will be kept."""
    secrets = tuple(secrets)
    pull.unread = [replace(u, reason=redact(u.reason, secrets)) for u in pull.unread]
    if pull.fault is not None:
        pull.fault.message = redact(pull.fault.message, secrets)
