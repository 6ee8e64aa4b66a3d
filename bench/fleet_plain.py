"""Councils one after the other in one process, without Prefect: ``python -m bench.fleet_plain``.

Arguments: ``look_back`` or ``week``, the time to audit as of, and the councils' ids. Prints as JSON the
seconds of the clock and of the processor, without the imports.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime

from flows import plan as plans
from flows import stages


def main(what: str, now: datetime, councils: list[str]) -> dict[str, float]:
    """Run them; the seconds they took in all."""
    wall, processor = time.perf_counter(), time.process_time()
    for council in councils:
        plan = plans.weekly(plans.find(council), now)
        if what == "look_back":
            stages.look_back(plan, stages.Plain(), plan.run.window.until)
        else:
            result = stages.run(plan, stages.Plain())
            assert result.read, council  # noqa: S101 - a benchmark of nothing is none
            assert not result.undelivered, council  # noqa: S101 - likewise
    return {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "with imports": time.process_time(),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), sys.argv[3:])))
