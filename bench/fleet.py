"""What a county costs: ``python -m bench.fleet --councils 200`` (Linux; PostgreSQL installed).

Demo councils with three accounts and a website each are audited for one week the real way: Prefect's server on
PostgreSQL, a process work pool, workers that run one flow run at a time, the audit store on another
PostgreSQL server, both servers as they come. The deployment ``weekly`` asks for the batches. Every
council was looked back on before; each row starts from the same copy of the store. The imitated
platforms run in a process of their own and answer at once or after 200 ms.

Beside them a few councils as a flow run each (deployment ``council``) and in a loop without Prefect.
Prefect's shared limits are asked before each request and made so large that none is waited for.
``--write`` replaces the part on the fleet in ``docs/performance.md``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench import fleet_servers, page
from bench.fleet_tables import tables
from bench.fleet_towns import named, towns
from bench.fleet_week import KNOWN, OURS, Place, Took, alone, batches, in_a_process, plainly
from bench.measured import machine
from flows.batching import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.fleet_towns import Towns

HEAD = """\
Made by `python -m bench.fleet --write`; measured on {machine}; load over five minutes {before:.0f} at \
the start and {after:.0f} at the end. What is measured stands at the top of `bench/fleet.py`. Nothing \
is extrapolated but what is called *computed*."""
MANY_CORES = 8
"""From so many on, four workers are measured too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to measure."""

    councils: int
    size: int
    workers: tuple[int, ...]
    latencies: tuple[float, ...]
    few: int


def main() -> None:
    """Measure, print, and write the page if that is asked for.

    Interrupted (Ctrl-C), it goes on with the rows there are.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored when started with “&”
    asked, write = _asked()
    before = os.getloadavg()[1]
    took = Rows()
    with suppress(KeyboardInterrupt):
        measure(asked, took)
    head = HEAD.format(machine=machine(), before=before, after=os.getloadavg()[1])
    found = list(tables(took.weeks, took.look_back))
    print(f"\n{head}\n", *(table.text() for table in found), sep="\n")
    if write:
        page.keep_fleet(head, (table.markdown() for table in found))


@dataclass(slots=True)
class Rows:
    """What was measured so far: the weeks, and the bytes that a council's look-back adds."""

    weeks: list[Took] = field(default_factory=list)
    look_back: float = 0.0

    def add(self, took: Took) -> None:
        """One week more."""
        self.weeks.append(took)
        print(f"{took.name}: {took.councils} councils in {took.elapsed:.0f} s", flush=True)


def measure(asked: Asked, rows: Rows) -> None:
    """Every row, as it is measured."""
    with _place(asked.councils) as (place, shown):
        rows.look_back = _look_back(place, asked.councils)
        for latency in asked.latencies:
            shown.show("weekly", latency)
            for workers in asked.workers:
                rows.add(batches(place, workers, latency, asked.councils, asked.size))
            rows.add(alone(place, latency, asked.few))
            rows.add(plainly(place, latency, asked.few))


@contextmanager
def _place(councils: int) -> Iterator[tuple[Place, Towns]]:
    """The servers and the towns, in a folder that stays only if something fails."""
    folder = Path(tempfile.mkdtemp(prefix="fleet-"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        prefects = stack.enter_context(fleet_servers.postgresql(folder / "prefects-postgresql"))
        store = stack.enter_context(fleet_servers.postgresql(folder / "our-postgresql"))
        shown = stack.enter_context(towns(folder / "towns", councils))
        settings = {
            **shown.settings,
            "SOCIALAUDIT_DATABASE_URL": store.address("audit"),
            "XDG_DATA_HOME": str(folder / "reports"),
            "PYTHONPATH": str(fleet_servers.ROOT),
        }
        server = stack.enter_context(fleet_servers.prefect(folder / "prefect", prefects, settings))
        yield Place(store, prefects, server, folder), shown
    shutil.rmtree(folder)


def _look_back(place: Place, councils: int) -> float:
    """Read every council's eight weeks, so that the next is a usual one; bytes for each council."""
    place.store.do("CREATE DATABASE audit")
    empty = place.store.size("audit")
    names = [named(n) for n in range(councils)]
    at_once = min(len(os.sched_getaffinity(0)), councils)
    with ThreadPoolExecutor(at_once) as pool:
        parts = [names[n::at_once] for n in range(at_once)]
        list(pool.map(lambda some: in_a_process(place, "look_back", KNOWN.first, some), parts))
    grown = (place.store.size("audit") - empty) / councils
    place.store.do("ALTER DATABASE audit RENAME TO prepared")
    print(f"{OURS}: {grown / 1e6:.1f} MB for each council's look-back", flush=True)
    return grown


def _asked() -> tuple[Asked, bool]:
    cores = len(os.sched_getaffinity(0))
    asking = argparse.ArgumentParser(prog="python -m bench.fleet")
    asking.add_argument("--councils", type=int, default=200)
    asking.add_argument("--size", type=int, default=SIZE, help="councils in a batch, at most")
    asking.add_argument("--workers", default="1,2,4" if cores >= MANY_CORES else "1,2")
    asking.add_argument("--latencies", default="0,200", help="milliseconds that answers wait")
    asking.add_argument("--few", type=int, default=4, help="councils for the other two shapes")
    asking.add_argument("--write", action="store_true", help="into docs/performance.md")
    given = asking.parse_args()
    latencies = tuple(int(ms) / 1000 for ms in given.latencies.split(","))
    workers = tuple(map(int, given.workers.split(",")))
    return Asked(given.councils, given.size, workers, latencies, given.few), given.write


if __name__ == "__main__":
    main()
