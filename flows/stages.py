"""The order of a run: collect, assess, report, deliver. Each stage can be repeated at no harm.

``Steps`` are plain functions, or the Prefect tasks that wrap them (``flows.tasks``). Killed
anywhere and begun again with the same plan, a run goes on from what the store holds.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime  # noqa: TC003 - Prefect reads the annotations of what a flow returns
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from flows import assessing, collecting, delivering, reporting, retaining
from flows import plan as plans
from socialaudit import settings
from socialaudit.errors import Busy, RateLimited, StoreUnreachable, Unreachable
from socialaudit.finding import ReadStatus, RunKind
from socialaudit.models import WEBSITE
from socialaudit.store import Store, findings, runs

if TYPE_CHECKING:
    from flows.plan import Plan
    from socialaudit.finding import Coverage

LOG = logging.getLogger("socialaudit")
TURN = 3600.0
"""Seconds that a run waits for another run of the same council: no run takes so long."""
PAUSES = (5, 10, 20, 40, 60, 60)
"""Seconds between attempts when the store's server does not answer: over three minutes in all."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended: what is to do, whether anything could be read, and what was not delivered.

    ``cut_off`` are accounts that a limit kept from being read in full, ``retry_at`` when they can be
    where a platform said so.
    """

    run: str
    to_do: int
    read: bool
    undelivered: int
    folder: str = ""
    cut_off: tuple[str, ...] = ()
    retry_at: datetime | None = None


class Steps(Protocol):
    """The four stages, as whoever runs them wants them run."""

    def pull(self, plan: Plan, store: Store, account: str) -> Coverage:
        """Read one account."""

    def assess(self, plan: Plan, store: Store) -> None:
        """Judge and close the run."""

    def report(self, plan: Plan, store: Store, folder: Path | None, *, email: bool) -> None:
        """Write the files and queue the messages."""

    def deliver(self, plan: Plan, store: Store) -> int:
        """Send what is queued; the number of messages still undelivered."""


class Plain:
    """The stages without Prefect: for tests, and for whoever wants no retries."""

    def pull(self, plan: Plan, store: Store, account: str) -> Coverage:
        """Read one account, once."""
        return collecting.collect(plan, store, account)

    def assess(self, plan: Plan, store: Store) -> None:
        """Judge and close the run."""
        assessing.assess(plan, store)

    def report(self, plan: Plan, store: Store, folder: Path | None, *, email: bool) -> None:
        """Write the files and queue the messages."""
        reporting.report(plan, store, folder, email=email)

    def deliver(self, plan: Plan, store: Store) -> int:
        """Send what is queued."""
        return delivering.deliver(plan, store)


def run(
    plan: Plan,
    steps: Steps,
    folder: str = "",
    *,
    email: bool = True,
    tell: bool = True,
    wait: float = TURN,
) -> Result:
    """One run in the store that the settings name; a weekly run first looks back where it must.

    Waits up to ``wait`` seconds for another run of the council, and ``PAUSES`` for a store whose
    server does not answer; then it goes on where it was. Raises ``Busy``, ``StoreError`` or
    ``UsageError``. A run that fails sends its own short email, if that is to be told.
    """
    try:
        for pause in PAUSES:
            try:
                return _run(plan, steps, folder, wait, email=email)
            except StoreUnreachable as fault:
                LOG.warning("%s: waiting %d s: %s", plan.run.id, pause, fault)
                time.sleep(pause)
        return _run(plan, steps, folder, wait, email=email)
    except Busy:
        raise
    except Exception as fault:  # told by email and raised again
        if email and tell:
            delivering.tell_failure(plan, fault)
        raise


def _run(plan: Plan, steps: Steps, folder: str, wait: float, *, email: bool) -> Result:
    store = Store.open(settings.load().database_url).of(plan.run.council)
    try:
        with store.claim(plan.run.council, wait):
            if plan.run.kind is RunKind.WEEKLY:
                _look_back(plan, store, steps, plan.run.window.since)
            chosen = Path(folder) if folder else None
            result = carry_out(plan, store, steps, chosen, email=email)
            retaining.purge(plan.council, store, plan.moment())
            return result
    finally:
        store.close()


def look_back(plan: Plan, steps: Steps, until: datetime) -> Result:
    """Read the weeks before ``until`` of every account that was never read; sends nothing."""
    store = Store.open(settings.load().database_url).of(plan.run.council)
    try:
        with store.claim(plan.run.council, TURN):
            return _look_back(plan, store, steps, until) or Result("", 0, read=True, undelivered=0)
    finally:
        store.close()


def _look_back(plan: Plan, store: Store, steps: Steps, until: datetime) -> Result | None:
    with store.begin() as tx:
        begun = runs.unfinished(tx, plan.run.council, RunKind.FIRST)
        read = runs.last_read(tx, plan.run.council)
    looking = {account for run in begun for account in run.accounts}
    new = [
        a.id
        for a in plan.council.accounts
        if not a.by_hand and a.id not in read and a.id not in looking
    ]
    firsts = [replace(plan, run=run) for run in reversed(begun)]
    if new:
        firsts.append(plans.look_back(plan, until, new))
    results = [carry_out(first, store, steps, email=False) for first in firsts]
    return results[-1] if results else None


def carry_out(
    plan: Plan, store: Store, steps: Steps, folder: Path | None = None, *, email: bool = True
) -> Result:
    """One run from reading to the sent report; what the store holds of it already is not redone."""
    with store.begin() as tx:
        begun = runs.begin(tx, plan.run)
    if begun.finished_at is None:
        for account in collecting.accounts(plan):
            try:
                steps.pull(plan, store, account)
            except Unreachable:
                collecting.collect(plan, store, account)
        steps.assess(plan, store)
    undelivered = 0
    if plan.run.kind is not RunKind.FIRST:
        steps.report(plan, store, folder, email=email)
        undelivered = steps.deliver(plan, store) if email else 0
    return _result(plan, store, undelivered, folder)


def _result(plan: Plan, store: Store, undelivered: int, folder: Path | None) -> Result:
    with store.begin() as tx:
        covered = runs.covered(tx, plan.run.id)
        stood = findings.of_run(tx, plan.run.id)
    limits = {
        account: [u.retry_at for u in found.unread if u.cause == RateLimited.__name__]
        for account, found in covered.items()
        if account != WEBSITE
    }
    waits = [at for some in limits.values() for at in some if at]
    return Result(
        run=plan.run.id,
        to_do=sum(s.to_do for s in stood.values()),
        read=any(c.status is not ReadStatus.NOT_READ for a, c in covered.items() if a != WEBSITE),
        undelivered=undelivered,
        folder=str(folder or reporting.usual_folder(plan.run.id)),
        cut_off=tuple(account for account, some in limits.items() if some),
        retry_at=max(waits, default=None),
    )
