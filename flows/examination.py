"""What works and what to do about what does not: files, store, mail server, each account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flows import collecting, delivering, pulling
from flows import plan as plans
from socialaudit import looking, settings
from socialaudit.errors import NotDelivered, PlatformError, StoreError
from socialaudit.store import Store, runs, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.plan import Plan
    from socialaudit.looking import Look
    from socialaudit.registered import RegisteredAccount
    from socialaudit.settings import Settings


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was looked at, and what is to be said of it."""

    what: str
    good: bool
    said: str


def examine(council: str) -> Iterator[Said]:
    """Look at everything a run needs; reads an hour of each account, writes and sends nothing.

    Raises ``UsageError`` for a fault in the council file, the policy or the settings.
    """
    chosen = settings.load()
    plan = plans.weekly(plans.find(council), datetime.now(UTC))
    yield Said("council file", good=True, said=f"{plan.council.path}: {plan.council.council.name}")
    yield Said("policy", good=True, said=f"{plan.policy.title}, {len(plan.policy.clauses)} clauses")
    yield _store(plan, chosen)
    yield _mail(chosen)
    for account in collecting.accounts(plan):
        yield _account(plan, account)


def _store(plan: Plan, chosen: Settings) -> Said:
    try:
        store = Store.open(chosen.database_url)
        try:
            with store.begin() as tx:
                closed = runs.of_council(tx, plan.run.council)
        finally:
            store.close()
    except StoreError as fault:
        return Said("store", good=False, said=str(fault))
    last = f"the last on {closed[-1].started_at:%d %B %Y}" if closed else "none yet"
    return Said("store", good=True, said=f"{len(closed)} finished runs, {last}")


def _mail(chosen: Settings) -> Said:
    if not chosen.sends:
        return Said("mail server", good=False, said="none: set SOCIALAUDIT_SMTP_HOST to send email")
    try:
        said = delivering.postbox_of(chosen).knock()
    except NotDelivered as fault:
        return Said("mail server", good=False, said=str(fault))
    return Said("mail server", good=True, said=said)


def _place(plan: Plan, place: RegisteredAccount, now: datetime) -> Said:
    """Whether somebody looked lately where only people can, by the store and the spreadsheet."""
    looks = (*_looks(plan), *plan.said.looks)
    what, last = f"account {place.id}", looking.newest(looks).get(place.id)
    if last is None:
        return Said(what, good=False, said="only people can look at it, and nobody wrote it down")
    good = last.holds(now.astimezone(plan.zone).date())
    held = f"holds until {last.until}" if good else f"was due again by {last.until}"
    return Said(what, good=good, said=f"seen by people on {last.day}, by {last.by}; {held}")


def _looks(plan: Plan) -> tuple[Look, ...]:
    """The looks that the store holds; none where it fails, which has its own line."""
    try:
        store = Store.open(settings.load().database_url)
        try:
            with store.begin() as tx:
                return words.looks(tx, plan.run.council)
        finally:
            store.close()
    except StoreError:
        return ()


def _export(plan: Plan, entry: RegisteredAccount) -> Said:
    """What an export is and from when, and whether the last whole week can be checked with it."""
    what = f"account {entry.id}"
    try:
        held = pulling.held(entry)
    except PlatformError as fault:
        return Said(what, good=False, said=f"{fault.message}. {fault.remedy}".strip())
    window = plan.run.window
    covered = collecting.look(plan, entry.id, window.since, window.until)
    faults = dict.fromkeys(u.words for u in covered.unread if not u.permanent)
    week = f"the week up to {plan.last_day(plan.run):%d.%m.%Y}"
    if faults:
        return Said(what, good=False, said=f"{held}. For {week}: {' '.join(faults)}")
    return Said(what, good=True, said=f"{held}: {week} can be checked")


def _account(plan: Plan, account: str) -> Said:
    until = datetime.now(UTC)
    entry = next((a for a in plan.council.accounts if a.id == account), None)
    if entry is not None and entry.by_hand:
        return _place(plan, entry, until)
    if entry is not None and entry.archive is not None:
        return _export(plan, entry)
    covered = collecting.look(plan, account, until - timedelta(hours=1), until)
    faults = [f"{u.fact}: {u.words}" for u in covered.unread if not u.permanent]
    what = f"account {account}"
    if faults:
        return Said(what, good=False, said=" ".join(faults).replace("*: ", ""))
    return Said(what, good=True, said=f"{covered.title} {covered.handle} can be read in full")
