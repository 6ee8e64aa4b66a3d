"""Collect: read one account into the store. Nothing here knows Prefect."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import connectors
from flows import home_page, pulling
from flows.pulling import Ask, Pull
from socialaudit.errors import (
    ExportOutdated,
    ExportUnusable,
    Forbidden,
    Malformed,
    NotFound,
    PaymentRequired,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.finding import Coverage, ReadStatus, RunKind, Status
from socialaudit.models import (
    WEBSITE,
    Comment,
    Known,
    Live,
    Media,
    Post,
    PostKind,
    Setting,
    Unread,
)
from socialaudit.registered import RegisteredAccount
from socialaudit.store import evidence, findings, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping

    from sqlalchemy import Connection

    from flows.plan import Plan
    from socialaudit.models import Record
    from socialaudit.store import Store

LOG = logging.getLogger("socialaudit.collect")
PROBE_DAYS = 28
"""Posts of the four weeks before the window are probed for new comments."""
WEBSITE_DAYS = 14
"""A notice may have been on the website up to two weeks before it was posted."""
_REREAD = frozenset({"post", "media", "comment"})
_LIVE = frozenset({Live.UPCOMING, Live.NOW, Live.RECORDED})
_REMEDIES = {
    RateLimited: "Nothing to do: we try again, at the latest with the next check.",
    Unreachable: "If it stays so, ask your support contact.",
    Unauthorized: "Connect the account again.",
    Forbidden: "Ask your support contact to give the missing permission.",
    NotFound: "Correct the account's name in the council file.",
    PaymentRequired: "Buy credit, or wait for the next day's quota.",
    Malformed: "Tell your support contact: the platform may have changed.",
    ExportOutdated: "Ask the platform for a new export.",
    ExportUnusable: "Put the export in place again.",
}


def accounts(plan: Plan) -> list[str]:
    """Ids of the accounts this run reads, in the order of the council file; the website feed last."""
    wanted = [
        a.id for a in plan.council.accounts if not plan.run.accounts or a.id in plan.run.accounts
    ]
    website = plan.council.website_feed or _home_page(plan)
    return [*wanted, WEBSITE] if website else wanted


def _home_page(plan: Plan) -> str | None:
    """The page to look for profiles on; an extra check is about accounts that are known."""
    return None if plan.run.kind is RunKind.INCIDENT else plan.council.home_page


def collect(plan: Plan, store: Store, account: str, *, final: bool = True) -> Coverage:
    """Read one account and keep what was read, once per run.

    Raises ``Unreachable`` unless ``final``: the caller tries again. Every other fault of the
    platform becomes part of the coverage.
    """
    entry = _entry(plan, account)
    with store.begin() as tx:
        done = runs.covered(tx, plan.run.id).get(account)
        if done is not None:
            return done
        if entry.by_hand:
            runs.cover(tx, plan.run, _unreadable(entry), plan.moment())
            return _unreadable(entry)
        salt = runs.salt(tx, plan.run.council)
        cache = evidence.Cache(tx, plan.run.council, account)
        known = _known(plan, tx, account)
        budget = _budget(plan, tx, entry)
    since = plan.run.window.since
    if account == WEBSITE:
        since -= timedelta(days=WEBSITE_DAYS)
    ask = Ask(since, plan.run.window.until, tuple(known.values()), budget)
    pull = _pull(plan, entry, ask, salt, cache)
    if isinstance(pull.fault, Unreachable) and not final:
        raise Unreachable(pull.fault.message, pull.fault.remedy)
    covered = _with_home_page(plan, pull, _coverage(entry, pull))
    at = plan.moment()
    with store.begin() as tx:
        evidence.save(tx, plan.run, pull.records, at)
        gone = {(fact.kind, fact.id) for fact in pull.gone}
        keys = [key for key, item in known.items() if (item.kind, item.id) in gone]
        evidence.save_gone(tx, plan.run, account, keys, at)
        cache.save(tx)
        runs.cover(tx, plan.run, covered, at)
    LOG.info("%s: %s %s", plan.run.id, account, covered.status.value)
    return covered


def look(plan: Plan, account: str, since: datetime, until: datetime) -> Coverage:
    """What could be read of an account in a short time; keeps nothing."""
    entry = _entry(plan, account)
    if entry.by_hand:
        return _unreadable(entry)
    pull = _pull(plan, entry, Ask(since, until), b"", {})
    return _with_home_page(plan, pull, _coverage(entry, pull))


def _pull(
    plan: Plan, entry: RegisteredAccount, ask: Ask, salt: bytes, cache: MutableMapping[str, str]
) -> Pull:
    """One pull; of a website without a feed nothing."""
    if entry.id == WEBSITE and not plan.council.website_feed:
        return Pull()
    return pulling.pull(entry, ask, salt, cache)


def _with_home_page(plan: Plan, pull: Pull, covered: Coverage) -> Coverage:
    """The coverage of the website with that of its home page, which is read beside the feed."""
    address = _home_page(plan)
    if covered.account != WEBSITE or address is None:
        return covered
    page = home_page.read(address, plan.council.council.name)
    pull.records += [page.record] if page.record else []
    unread = (*covered.unread, *([page.unread] if page.unread else []))
    return replace(
        covered,
        unread=unread,
        status=_status(unread),
        requests=covered.requests + page.requests,
    )


def _entry(plan: Plan, account: str) -> RegisteredAccount:
    found = next((a for a in plan.council.accounts if a.id == account), None)
    address = plan.council.website_feed or plan.council.home_page
    return found or RegisteredAccount(id=WEBSITE, platform="feed", handle=str(address))


def _budget(plan: Plan, tx: Connection, entry: RegisteredAccount) -> float | None:
    """What reading an account may still cost in this calendar month; ``None`` for no limit."""
    if entry.month_limit is None:
        return None
    today = plan.moment().astimezone(plan.zone)
    month = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return entry.month_limit - runs.spent(tx, plan.run.council, entry.id, month, pulling.MONEY)


def _known(plan: Plan, tx: Connection, account: str) -> dict[str, Known]:
    """What to read again, by key: open findings, broadcasts, posts that may have new comments.

    A broadcast is judged as a recording once it has stayed up, weeks after it was first read. What
    an export showed without an id is left out where the platform itself is read.
    """
    until = plan.run.window.since
    since = until - timedelta(days=PROBE_DAYS)
    known: dict[str, Known] = {}
    for record in evidence.between(tx, plan.run.council, account, since, until):
        if isinstance(record, Post) and record.kind not in {PostKind.REPOST, PostKind.NOTICE}:
            known[record.key] = Known("post", record.id, comment_count=record.comment_count or 0)
        elif isinstance(record, Media) and record.live in _LIVE:
            known[record.key] = _item("media", record.id, record)
    open_ = [
        s.subject
        for s in findings.after(tx, plan.run.council).values()
        if s.account == account and s.status is not Status.FIXED
    ]
    subjects = {s.key: s for s in open_ if s is not None and s.kind in _REREAD}
    stored = evidence.newest(tx, plan.run.council, subjects)
    known.update({k: _item(s.kind, s.id, stored.get(k)) for k, s in subjects.items()})
    if _entry(plan, account).archive is not None:
        return known
    return {k: item for k, item in known.items() if not item.id.startswith(connectors.EXPORTED)}


def _item(kind: str, native: str, stored: Record | None) -> Known:
    post = stored.post if isinstance(stored, Media | Comment) else None
    return Known(kind, native, post=post.split(":", 1)[1] if post else None)


def _unreadable(entry: RegisteredAccount) -> Coverage:
    """A place where only people look: nothing is asked of it."""
    return Coverage(
        account=entry.id,
        platform=entry.platform,
        title=entry.title or entry.id,
        handle=entry.handle,
        kind=entry.kind,
        status=ReadStatus.NOT_READ,
        unread=(Unread("*", "No program can read it", permanent=True),),
    )


def _coverage(entry: RegisteredAccount, pull: Pull) -> Coverage:
    unread = [*pull.unread, *_lost(pull)]
    kinds = Counter(evidence.kind_of(record) for record in pull.records)
    return Coverage(
        account=entry.id,
        platform=entry.platform,
        title=connectors.connector(entry.platform).title,
        handle=entry.handle,
        kind=entry.kind,
        status=_status(unread),
        unread=tuple(unread),
        posts=kinds["post"],
        media=kinds["media"],
        comments=kinds["comment"],
        requests=pull.usage.requests,
        amount=round(pull.usage.amount, 4),
        unit=pull.usage.unit,
        export=pull.export,
    )


def _lost(pull: Pull) -> list[Unread]:
    """What a fault took with it: everything, or the rest of what was being read."""
    if pull.fault is None:
        return []
    remedy = pull.fault.remedy or _REMEDIES.get(type(pull.fault), "")
    cause = type(pull.fault).__name__
    at = pull.fault.retry_at if isinstance(pull.fault, RateLimited) else None
    if not pull.records:
        return [Unread("*", pull.fault.message, remedy, cause=cause, retry_at=at)]
    settings = any(isinstance(record, Setting) for record in pull.records)
    facts = ("posts", "media", "comments") + (() if settings else ("settings",))
    return [
        Unread(f, pull.fault.message, remedy, partial=True, cause=cause, retry_at=at) for f in facts
    ]


def _status(unread: Iterable[Unread]) -> ReadStatus:
    lasting = [fact for fact in unread if not fact.permanent]
    if any(fact.fact == "*" and not fact.partial for fact in lasting):
        return ReadStatus.NOT_READ
    return ReadStatus.PARTLY if lasting else ReadStatus.READ
