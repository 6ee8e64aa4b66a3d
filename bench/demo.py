"""How long the demo takes, stage by stage: ``python -m bench.demo``.

Each round is a process of its own in an empty folder, as after ``make demo`` has set up. *Cold* has
an empty Prefect home, *warm* one of an earlier run. The aims on two cores: under 60 s in all, of
which the audit (reading the loopback servers, judging, rendering, delivering) under 10 s.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measured import Table, seconds, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 3
STAGES = ("collect", "judge", "render", "deliver")


def measure() -> Iterator[Table]:
    """One table: the stages, cold and warm."""
    rounds: dict[str, list[dict[str, float]]] = {"cold": [], "warm": []}
    with tempfile.TemporaryDirectory() as folder:
        for n in range(ROUNDS):
            home = Path(folder) / f"prefect-{n}"
            for kind, found in rounds.items():
                out = Path(folder) / f"{kind}-{n}"
                found.append(_round(out, home))
                shutil.rmtree(out)
    names = rounds["cold"][0]
    rows = [
        (name, *(seconds(statistics.median(r[name] for r in found)) for found in rounds.values()))
        for name in names
    ]
    note = f"Median of {ROUNDS} rounds each. Aims: in all 60 s, the weekly audit 10 s."
    yield Table("Demo", ("stage", *rounds), rows, note)


def _round(out: Path, home: Path) -> dict[str, float]:
    start = time.perf_counter()
    command = [sys.executable, "-m", "bench.demo", str(out), str(home)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and module
    return {**json.loads(told.stdout), "in all": time.perf_counter() - start}


def _demo(out: Path, home: Path) -> dict[str, float]:
    """The demo as the command runs it, with a clock around each stage."""
    from demo import manifest  # noqa: PLC0415 - timed as part of the whole
    from demo.world import World  # noqa: PLC0415 - likewise
    from flows import embedded  # noqa: PLC0415 - likewise

    known = manifest.load()
    out.mkdir(parents=True)
    spent: dict[str, float] = {}
    clock = time.perf_counter()
    with World(out, known.first).running() as world, embedded.server(home):
        from flows.weekly import first_audit, weekly_audit  # noqa: PLC0415 - Prefect reads its settings on import

        council = str(world.council_file())
        spent["Prefect server starts, Prefect imported"] = time.perf_counter() - clock
        clock = time.perf_counter()
        first_audit(council=council, now=known.first)
        spent["look back on eight weeks"] = time.perf_counter() - clock
        world.at(known.weekly)
        stages = _clocked()
        clock = time.perf_counter()
        weekly_audit(council=council, now=known.weekly, folder=str(out))
        whole = time.perf_counter() - clock
    spent["weekly audit"] = whole
    spent.update({f"– {stage}": stages[stage] for stage in STAGES})
    spent["– Prefect around them"] = whole - sum(stages.values())
    return spent


def _clocked() -> dict[str, float]:
    """Put a clock around the four stages; what they took, filled in as they run."""
    from flows import assessing, collecting, delivering, reporting  # noqa: PLC0415 - after Prefect's settings

    spent: dict[str, float] = defaultdict(float)
    for module, name, stage in (
        (collecting, "collect", "collect"),
        (assessing, "assess", "judge"),
        (reporting, "report", "render"),
        (delivering, "deliver", "deliver"),
    ):
        setattr(module, name, _timed(getattr(module, name), stage, spent))
    return spent


def _timed(work: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(work)
    def clocked(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            spent[stage] += time.perf_counter() - start

    return clocked


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(_demo(*map(Path, sys.argv[1:]))))
    else:
        show(measure())
