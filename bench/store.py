"""How long the store takes for a week, and how it grows: ``python -m bench.store``.

One council's week (100 posts with a picture or video each, 1,000 comments) is written to a new
SQLite database and read back as an audit does it, several weeks in a row. A council-year is
estimated from what each further week added: the upper end, since only what changed is written
again and retention empties old bodies.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measured import NOW, Table, megabytes, records, seconds, show
from socialaudit.finding import Run, RunKind, Window
from socialaudit.store import Store, evidence, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKS = 6
POSTS, COMMENTS = 100, 1_000


@dataclass(frozen=True, slots=True)
class Week:
    """What one week took: seconds of each step, and the size of the database after it."""

    write: float
    again: float
    read: float
    close: float
    verify: float
    size: int


def measure() -> Iterator[Table]:
    """One table of the steps, one of the growth."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "audit.db"
        weeks = list(_weeks(path))
    steps = {
        "write a week": [w.write for w in weeks],
        "write the same again (nothing new)": [w.again for w in weeks],
        "read it": [w.read for w in weeks],
        "close the run (digest)": [w.close for w in weeks],
        "verify every run so far": [weeks[-1].verify],
    }
    note = f"SQLite; a week is {POSTS} posts, {POSTS} media, {COMMENTS:,} comments."
    rows = [(name, seconds(statistics.median(spent))) for name, spent in steps.items()]
    yield Table("Store: one week", ("step", "time"), rows, f"{note} Median of {WEEKS} weeks.")
    grown = (weeks[-1].size - weeks[0].size) / (WEEKS - 1)
    each = grown / (2 * POSTS + COMMENTS)
    rows = [
        ("a week adds", megabytes(grown)),
        ("a record, with its payload of about 350 bytes", f"{each:,.0f} bytes"),
        ("a council-year, nothing emptied", megabytes(grown * 52)),
    ]
    yield Table(
        "Store: growth", ("of", "size"), rows, "From the sizes of the file after each week."
    )


def _weeks(path: Path) -> Iterator[Week]:
    store = Store.open(f"sqlite:///{path}")
    try:
        for n in range(WEEKS):
            yield _week(store, path, n)
    finally:
        store.close()


def _week(store: Store, path: Path, n: int) -> Week:
    until = NOW + timedelta(weeks=n)
    run = Run(
        id=f"testham-{n}",
        council="testham",
        kind=RunKind.WEEKLY,
        window=Window(until - timedelta(days=7), until),
        started_at=until,
        version="0",
        policy_id="cromer-2016",
        policy_sha256="0" * 64,
    )
    made = list(records(POSTS, COMMENTS, seed=n))
    clock = [time.perf_counter()]
    with store.begin() as tx:
        run = runs.begin(tx, run)
        evidence.save(tx, run, made, until)
    clock.append(time.perf_counter())
    with store.begin() as tx:
        evidence.save(tx, run, made, until)
    clock.append(time.perf_counter())
    with store.begin() as tx:
        assert len(evidence.read(tx, run)) == len(made)  # noqa: S101 - a benchmark of nothing is none
    clock.append(time.perf_counter())
    with store.begin() as tx:
        runs.close(tx, run, until)
    clock.append(time.perf_counter())
    with store.begin() as tx:
        runs.broken_link(tx, "testham")
    clock.append(time.perf_counter())
    write, again, read, close, verify = (b - a for a, b in pairwise(clock))
    with store.begin() as tx:
        pages = int(tx.exec_driver_sql("PRAGMA page_count").scalar_one())
        size = pages * int(tx.exec_driver_sql("PRAGMA page_size").scalar_one())
    return Week(write, again, read, close, verify, size)


if __name__ == "__main__":
    show(measure())
