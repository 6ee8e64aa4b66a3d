"""One week of a fleet, run through Prefect or plainly, and what it took."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bench import fleet_servers
from bench.fleet_towns import named
from bench.processes import Watch
from demo import manifest
from socialaudit.store import Store, weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from bench.fleet_servers import Database, Prefect

KNOWN = manifest.load()
BATCH, COUNCIL, WEEKLY = "batch/batch", "weekly-audit/council", "weekly/weekly"
SERVER, PREFECTS, OURS = "Prefect's server", "Prefect's PostgreSQL", "our PostgreSQL"
PATIENCE = 3600
"""Seconds after which a week that does not end is given up."""
TASKS = 7
"""Of a council's own flow run: three accounts and the website, assess, report, deliver."""
_ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A flow run's time in its worker: seconds before its first task, in tasks, between, and after."""

    start: float
    tasks: float
    between: float
    end: float

    @property
    def whole(self) -> float:
        """All of it."""
        return self.start + self.tasks + self.between + self.end


def slot(pending: datetime, ended: datetime, tasks: Sequence[tuple[datetime, datetime]]) -> Slot:
    """The time of a flow run whose tasks ran one after the other; times of their begin and end."""
    ordered = sorted(tasks)
    return Slot(
        start=(ordered[0][0] - pending).total_seconds(),
        tasks=sum((end - begin).total_seconds() for begin, end in ordered),
        between=sum((b[0] - a[1]).total_seconds() for a, b in pairwise(ordered)),
        end=(ended - ordered[-1][1]).total_seconds(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What a week of some councils took: seconds, seconds of processors by kind, bytes."""

    shape: str
    workers: int
    latency: float
    councils: int
    elapsed: float
    slots: tuple[Slot, ...] = ()
    dispatch: float = 0.0
    processor: Mapping[str, float] = field(default_factory=dict)
    memory: Mapping[str, float] = field(default_factory=dict)
    grown: Mapping[str, float] = field(default_factory=dict)
    others: float = 0.0

    @property
    def name(self) -> str:
        """Such as ``batches, 2 workers, 200 ms``."""
        many = {0: "", 1: ", 1 worker"}.get(self.workers, f", {self.workers} workers")
        return f"{self.shape}{many}, {self.latency * 1000:.0f} ms"

    @property
    def an_hour(self) -> float:
        """Councils in an hour."""
        return self.councils / self.elapsed * 3600


@dataclass(frozen=True, slots=True)
class Place:
    """Where the fleet is: the databases, Prefect, and a folder for logs."""

    store: Database
    prefects: Database
    prefect: Prefect
    folder: Path

    @contextmanager
    def prepared(self) -> Iterator[None]:
        """The audit store as it was after the look-backs: a copy, named ``audit``, until the end."""
        self.store.do("CREATE DATABASE audit TEMPLATE prepared")
        try:
            yield
        finally:
            self.store.do("DROP DATABASE audit WITH (FORCE)")

    @contextmanager
    def workers(self, count: int) -> Iterator[list[int]]:
        """So many workers, until the end; their processes."""
        with ExitStack() as stack:
            each = [
                fleet_servers.worker(self.prefect, self.folder, f"w{n + 1}") for n in range(count)
            ]
            yield [stack.enter_context(one) for one in each]

    def run(self, flow: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """A new run of a deployment."""
        found = self.prefect.ask(f"/deployments/name/{flow}")
        made: dict[str, Any] = self.prefect.ask(
            f"/deployments/{found['id']}/create_flow_run",
            {"parameters": parameters, "state": {"type": "SCHEDULED"}},
        )
        return made

    def ended(self, flow: str, count: int) -> list[dict[str, Any]]:
        """The runs of a deployment once there are so many and all have ended."""
        wanted = {"deployments": {"name": {"any_": [flow.partition("/")[2]]}}}
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            runs = self.prefect.every("flow_runs", wanted)
            if len(runs) == count and all(run["state_type"] in _ENDED for run in runs):
                bad = [run for run in runs if run["state_type"] != "COMPLETED"]
                if bad:
                    raise SystemExit(f"{flow}: {bad[0]['state']}; logs are in {self.folder}")
                return runs
            time.sleep(1)
        raise SystemExit(f"{flow}: not done within {PATIENCE} s; logs are in {self.folder}")

    def slot_of(self, run: Mapping[str, Any], tasks: int) -> tuple[datetime, datetime, Slot]:
        """When a flow run was taken and had ended, and its time between.

        Prefect writes tasks down later: waits for at least so many.
        """
        wanted = {"flow_runs": {"id": {"any_": [run["id"]]}}}
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = self.prefect.every("task_runs", wanted)
            times = [(_at(t["start_time"]), _at(t["end_time"])) for t in found if t["end_time"]]
            if len(times) >= tasks:
                states = self.prefect.ask(f"/flow_run_states/?flow_run_id={run['id']}")
                pending = min(_at(s["timestamp"]) for s in states if s["type"] == "PENDING")
                ended = _at(run["end_time"])
                return pending, ended, slot(pending, ended, times)
            time.sleep(1)
        raise SystemExit(f"Prefect keeps fewer than {tasks} tasks of {run['name']}")

    def forget(self) -> None:
        """Delete every flow run, so that the same batches can be asked for again."""
        for run in self.prefect.every("flow_runs", {}):
            if run["state_type"] in _ENDED:
                self.prefect.ask(f"/flow_runs/{run['id']}", method="DELETE")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def batches(place: Place, workers: int, latency: float, councils: int, size: int) -> Took:
    """A week as the deployment ``weekly`` asks for it, by so many workers."""
    asked = {"now": KNOWN.weekly.isoformat(), "size": size}
    with place.prepared(), place.workers(workers) as pids:
        before = _sizes(place)
        with Watch(_roots(place), pids) as watch:
            begun = datetime.now(KNOWN.weekly.tzinfo)
            place.run(WEEKLY, asked)
            place.ended(WEEKLY, 1)
            runs = place.ended(BATCH, -(-councils // size))
            time.sleep(3)  # for the flow runs' processes to end
        parts = [place.slot_of(run, len(run["parameters"]["councils"])) for run in runs]
        _check(place, councils)
        after = _sizes(place)
    place.forget()
    first = min(pending for pending, _, _ in parts)
    return Took(
        shape="batches",
        workers=workers,
        latency=latency,
        councils=councils,
        elapsed=(max(ended for _, ended, _ in parts) - first).total_seconds(),
        slots=tuple(part for _, _, part in parts),
        dispatch=(first - begun).total_seconds(),
        processor=watch.processor,
        memory=dict(watch.memory),
        grown={name: after[name] - before[name] for name in before},
        others=watch.others,
    )


def alone(place: Place, latency: float, councils: int) -> Took:
    """A flow run for each council, by one worker."""
    with place.prepared(), place.workers(1) as pids:
        with Watch(_roots(place), pids) as watch:
            for n in range(councils):
                asked = {"council": named(n), "now": KNOWN.weekly.isoformat()}
                place.run(COUNCIL, asked)
            runs = place.ended(COUNCIL, councils)
            time.sleep(3)  # for the flow runs' processes to end
        parts = [place.slot_of(run, TASKS) for run in runs]
        _check(place, councils)
    place.forget()
    first, last = min(p for p, _, _ in parts), max(e for _, e, _ in parts)
    return Took(
        shape="a flow run each",
        workers=1,
        latency=latency,
        councils=councils,
        elapsed=(last - first).total_seconds(),
        slots=tuple(part for _, _, part in parts),
        processor=watch.processor,
        memory=dict(watch.memory),
        others=watch.others,
    )


def plainly(place: Place, latency: float, councils: int) -> Took:
    """One process that runs one council after the other, without Prefect."""
    roots = {OURS: place.store.pid}
    with place.prepared():
        with Watch(roots, []) as watch:
            told = in_a_process(place, "week", KNOWN.weekly, [named(n) for n in range(councils)])
        _check(place, councils)
    return Took(
        shape="without Prefect",
        workers=0,
        latency=latency,
        councils=councils,
        elapsed=told["wall"],
        processor={**watch.processor, "council": told["processor"]},
        others=watch.others,
    )


def in_a_process(
    place: Place, what: str, now: datetime, councils: Sequence[str]
) -> dict[str, float]:
    """What ``bench.fleet_plain`` says of some councils."""
    command = [sys.executable, "-m", "bench.fleet_plain", what, now.isoformat(), *councils]
    environment = {k: v for k, v in place.prefect.environment.items() if k != "PREFECT_API_URL"}
    told = subprocess.run(  # noqa: S603 - our own interpreter and module
        command, check=True, stdout=subprocess.PIPE, env=environment, text=True
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _roots(place: Place) -> dict[str, int]:
    return {SERVER: place.prefect.pid, PREFECTS: place.prefects.pid, OURS: place.store.pid}


def _sizes(place: Place) -> dict[str, float]:
    return {OURS: place.store.size("audit"), PREFECTS: place.prefects.size("prefect")}


def _check(place: Place, councils: int) -> None:
    """Stop unless each council's report of the week is there and its mail was accepted."""
    with closing(Store.open(place.store.address("audit"))) as store, store.begin() as tx:
        done = weeks.reported(tx, mailed=True)
    if len(done) != councils:
        raise SystemExit(f"{len(done)} of {councils} reports; logs are in {place.folder}")
