"""One council's weekly run in a process of its own, within a budget of time and memory.

Whatever happens in it, the next council's run begins as if nothing had: a memory limit holds for a
process alone. The process is forked from one that has loaded what an audit needs, so that it costs
a tenth of a second, not the seconds of a new interpreter.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from flows import collecting, delivering
from flows import plan as plans
from flows.stages import Plain, run
from socialaudit.errors import Busy, SocialAuditError, Unreachable, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from flows.plan import Plan
    from socialaudit.finding import Coverage, Window
    from socialaudit.store import Store

LOG = logging.getLogger("socialaudit.alone")
RETRY_DELAYS = (2.0, 10.0)
"""Seconds between attempts at an account that could not be reached."""
SECONDS = 1800
"""No council takes half an hour: its pulls have time-outs, and its week is judged in seconds."""
MEGABYTES = 1500
"""A million comments took one gigabyte (docs/performance.md); a town's week is a thousandth of it."""
_PRELOADED = ["flows.loaded"]
_GRACE = 10


@dataclass(frozen=True, slots=True)
class Budget:
    """What one council may use: seconds of time, and megabytes beside what the program needs."""

    seconds: int = SECONDS
    megabytes: int = MEGABYTES


class End(StrEnum):
    """How a council's run ended."""

    DONE = "done"
    BUSY = "busy"  # another run of it is at work
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """How one council's run ended, in words that hold no token and nothing from a platform.

    ``cut_off`` and ``retry_at`` are as in ``stages.Result``, for the week of ``window``.
    """

    council: str
    end: End
    words: str = ""
    seconds: float = 0.0
    window: Window | None = None
    cut_off: tuple[str, ...] = ()
    retry_at: datetime | None = None


class Patient(Plain):
    """The stages without Prefect, which asks again where an account could not be reached."""

    def pull(self, plan: Plan, store: Store, account: str) -> Coverage:
        """Read one account; the last attempt's ``Unreachable`` is for the caller."""
        for delay in RETRY_DELAYS:
            try:
                return collecting.collect(plan, store, account, final=False)
            except Unreachable:
                time.sleep(delay)
        return collecting.collect(plan, store, account, final=False)


def audit_alone(
    council: str, now: datetime, budget: Budget, *, fixed: bool = False, tell: bool = True
) -> Ended:
    """Audit the last whole week of a council before ``now``. Raises nothing that it meets.

    ``fixed`` lets its clock stand still at ``now``; ``tell`` sends the short email on a failure.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    heard, told = context.Pipe(duplex=False)
    asked = _Asked(council, now, budget, fixed=fixed, tell=tell, environment=dict(os.environ))
    begun = time.monotonic()
    child = context.Process(target=_audit, args=(asked, told), name=f"audit {council}")
    child.start()
    told.close()
    child.join(budget.seconds + _GRACE)
    if child.is_alive():
        child.kill()
        child.join()
    ended = _end(child, heard, asked)
    heard.close()
    if ended.end is End.FAILED:
        LOG.error("%s: %s", council, ended.words)
        if tell and child.exitcode and child.exitcode < 0:  # it could not say so itself
            _tell(asked, ended.words)
    return replace(ended, seconds=round(time.monotonic() - begun, 1))


@dataclass(frozen=True, slots=True)
class _Asked:
    council: str
    now: datetime
    budget: Budget
    fixed: bool
    tell: bool
    environment: Mapping[str, str] = field(repr=False)

    def plan(self) -> Plan:
        return plans.weekly(plans.find(self.council), self.now, fixed=self.fixed)


def _audit(asked: _Asked, told: Connection) -> None:
    """What the process does. The kernel ends it when its time is up, even if its parent is gone."""
    os.environ.clear()
    os.environ.update(asked.environment)
    signal.alarm(asked.budget.seconds)
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    most = size + asked.budget.megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    told.send(_ended(asked))
    told.close()


def _ended(asked: _Asked) -> Ended:
    council = asked.council
    try:
        plan = asked.plan()
        result = run(plan, Patient(), tell=asked.tell, wait=0)
    except Busy as fault:
        return Ended(council, End.BUSY, str(fault))
    except SocialAuditError as fault:
        return Ended(council, End.FAILED, str(fault))
    except MemoryError:
        return Ended(council, End.FAILED, f"it needed more than {asked.budget.megabytes} MB")
    return Ended(
        council,
        End.DONE,
        window=plan.run.window,
        cut_off=result.cut_off,
        retry_at=result.retry_at,
    )


def _end(child: BaseProcess, heard: Connection, asked: _Asked) -> Ended:
    """How a process ended: as it told, else by its status."""
    if heard.poll():
        with suppress(EOFError):
            told: Ended = heard.recv()
            return told
    words = f"its process ended with status {child.exitcode}"
    if child.exitcode in {-signal.SIGALRM, -signal.SIGKILL}:
        words = f"it was ended, at the latest after {asked.budget.seconds} s"
    return Ended(asked.council, End.FAILED, words)


def _tell(asked: _Asked, words: str) -> None:
    with suppress(UsageError):
        delivering.tell_failure(asked.plan(), SocialAuditError(words))
