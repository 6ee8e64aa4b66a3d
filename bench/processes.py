"""What the processes of a fleet use, from Linux's ``/proc``: processor time by kind, and memory.

A worker's children are flow runs, theirs the fork servers, and theirs the councils' processes. They
are looked at ten times a second, so that of each up to a tenth of a second is not seen; a fork
server's time holds that of the councils it has forked and waited for. Memory is the proportional
share (Pss): a page that several processes have is divided among them.
"""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

TICK = os.sysconf("SC_CLK_TCK")
EVERY = 0.1
MEMORY_EVERY = 5
"""Looks between two looks at the memory, which cost some milliseconds each."""
WORKER, FLOW_RUN, COUNCILS, FORK_SERVER = "worker", "flow run", "council", "fork server"


def times(stat: str) -> tuple[float, float]:
    """Seconds of processor time of a process and of its children that ended, from its ``stat``."""
    fields = stat.rpartition(")")[2].split()
    user, system, children_user, children_system = (int(f) / TICK for f in fields[11:15])
    return user + system, children_user + children_system


def tree(pid: int) -> float:
    """Seconds of processor time of a process and all below it, alive or ended."""
    total = 0.0
    with suppress(OSError):
        total += sum(times(Path(f"/proc/{pid}/stat").read_text("utf-8")))
        total += sum(tree(child) for child in children(pid))
    return total


def children(pid: int) -> list[int]:
    """Its living children."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return found


def busy() -> float:
    """Seconds that all cores together have worked since the machine started."""
    fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]
    user, nice, system, _idle, _wait, irq, soft = (int(f) / TICK for f in fields[:7])
    return user + nice + system + irq + soft


class Watch:
    """From ``with`` to its end: what trees of processes and the workers' children use.

    ``whole`` are roots whose trees count as one, by name; ``workers`` are process ids.
    """

    def __init__(self, whole: Mapping[str, int], workers: list[int]) -> None:
        self._whole, self._workers = whole, workers
        self._before: dict[str, float] = {}
        self._seen: dict[tuple[str, int], float] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.memory: dict[str, float] = defaultdict(float)
        self.processor: dict[str, float] = {}
        """Seconds of processor time by kind, after the end."""
        self.others = 0.0
        """Cores that the rest of the machine kept busy meanwhile."""

    def __enter__(self) -> Self:
        self._clock, self._busy, self._own = time.monotonic(), busy(), tree(os.getpid())
        self._before = {name: tree(pid) for name, pid in self._whole.items()}
        self._workers_before = {pid: _alone(pid) for pid in self._workers}
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()
        ours = tree(os.getpid()) - self._own
        orphans = sum(spent for (kind, _), spent in self._seen.items() if kind == FORK_SERVER)
        self._add_up()
        spent = time.monotonic() - self._clock
        self.others = max(busy() - self._busy - ours - orphans, 0.0) / spent

    def _add_up(self) -> None:
        found = {name: tree(pid) - self._before[name] for name, pid in self._whole.items()}
        found[WORKER] = sum(_alone(pid) - was for pid, was in self._workers_before.items())
        for kind in (FLOW_RUN, FORK_SERVER):
            found[kind] = sum(spent for (named, _), spent in self._seen.items() if named == kind)
        self.processor = found

    def _look(self) -> None:
        looks = 0
        while not self._end.wait(EVERY):
            remember = looks % MEMORY_EVERY == 0
            for kind, pid in self._found():
                with suppress(OSError):
                    own, ended = times(Path(f"/proc/{pid}/stat").read_text("utf-8"))
                    self._seen[kind, pid] = own + (ended if kind == FORK_SERVER else 0)
                    if remember:
                        self.memory[kind] = max(self.memory[kind], _memory(pid))
            if remember:
                for name, pid in self._whole.items():
                    self.memory[name] = max(self.memory[name], _tree_memory(pid))
            looks += 1

    def _found(self) -> Iterator[tuple[str, int]]:
        for worker in self._workers:
            yield WORKER, worker
            for run in children(worker):
                yield FLOW_RUN, run
                for server in children(run):
                    yield FORK_SERVER, server
                    yield from ((COUNCILS, one) for one in children(server))


def _alone(pid: int) -> float:
    return times(Path(f"/proc/{pid}/stat").read_text("utf-8"))[0]


def _memory(pid: int) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    return float(rollup.split("Pss:")[1].split()[0]) * 1024


def _tree_memory(pid: int) -> float:
    with suppress(OSError):
        return _memory(pid) + sum(_tree_memory(child) for child in children(pid))
    return 0.0
