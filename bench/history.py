"""How long a report takes to load after years of weeks: ``python -m bench.history``.

The worst that a council could meet: 200 weekly runs that end in 5,000 things to do, in SQLite. Making
it takes most of a minute; the load is what is measured.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measured import NOW, Table, megabytes, seconds, show, timed
from flows import plan as plans
from flows import reporting
from socialaudit.finding import Coverage, ReadStatus, Status
from socialaudit.settings import packaged
from socialaudit.store import Store, findings, runs
from tests.reports.audits import many

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.plan import Plan

THINGS, WEEKS, ROUNDS = 5_000, 200, 3


def measure() -> Iterator[Table]:
    """One table: the store's size and the time to load the newest report from it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        store = Store.open(f"sqlite:///{path}")
        newest = fill(store)

        def load() -> None:
            with store.begin() as tx:
                reporting.load(newest, tx)

        took = timed(load, ROUNDS)
        store.close()
        rows = [
            ("load the newest report", seconds(took)),
            ("the store", megabytes(path.stat().st_size)),
        ]
    note = f"{THINGS:,} things to do after {WEEKS} weeks, SQLite; median of {ROUNDS}."
    yield Table("Store: years of weeks", ("of", "figure"), rows, note)


def fill(store: Store) -> Plan:
    """Weekly runs whose list grows evenly; the plan of the last."""
    found = many(THINGS)
    for week in range(WEEKS, -1, -1):
        now = NOW - timedelta(weeks=week)
        plan = plans.weekly(packaged("councils") / "sample.toml", now, fixed=True)
        some = THINGS - week * (THINGS // WEEKS)
        stood = [
            replace(f, fingerprint=f"{n:032x}", status=Status.OPEN if n < some - 25 else Status.NEW)
            for n, f in enumerate(found[:some])
        ]
        with store.begin() as tx:
            run = runs.begin(tx, plan.run)
            for account in plan.council.accounts:
                if not account.by_hand:
                    read = Coverage(
                        account=account.id,
                        platform=account.platform,
                        title=account.platform,
                        handle=account.handle,
                        kind=account.kind,
                        status=ReadStatus.READ,
                    )
                    runs.cover(tx, run, read, now)
            findings.save(tx, run.id, run.council, stood)
            runs.close(tx, run, now)
    return plan


if __name__ == "__main__":
    show(measure())
