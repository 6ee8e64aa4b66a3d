"""The fleet's figures as tables. What is computed and not measured is called so."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from bench.fleet_week import OURS, PREFECTS, SERVER, Took
from bench.measured import Table, megabytes, seconds
from bench.processes import COUNCILS, FLOW_RUN, FORK_SERVER, WORKER
from flows.batching import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.fleet_week import Slot

PREFECT_KINDS = (SERVER, PREFECTS, WORKER, FLOW_RUN)
OWN_KINDS = (FORK_SERVER, OURS)
WEEKS = 52


def tables(took: Sequence[Took], look_back: float) -> Iterator[Table]:
    """Throughput, processor time, the workers' time, memory, and growth of the databases."""
    batches = [t for t in took if t.slots and t.grown]
    yield _throughput(took)
    yield _processor(took)
    yield _wall(took)
    yield _memory(batches)
    yield _growth(batches, look_back)


def _throughput(took: Sequence[Took]) -> Table:
    first = {t.latency: t for t in took if t.workers == 1 and t.grown}
    rows = [
        (
            t.name,
            f"{t.councils} in {len(t.slots) or 1}",
            f"{t.an_hour:,.0f}",
            f"{t.an_hour / first[t.latency].an_hour:.2f}" if t.latency in first else "",
            seconds(t.dispatch) if t.dispatch else "",
            f"{t.others:.1f}",
        )
        for t in took
    ]
    return Table(
        "Fleet: councils an hour",
        ("way", "councils in runs", "an hour", "times one worker", "dispatch", "others"),
        rows,
        "From the moment a worker takes the first batch to the end of the last. “Dispatch” is the time "
        "before that, once a week. “Others” are the cores that the rest of the machine, the "
        "imitated platforms not included, kept busy meanwhile: they make the figures worse, and those "
        "of two workers more than those of one.",
    )


def _processor(took: Sequence[Took]) -> Table:
    columns = (*PREFECT_KINDS, "council, fork server", OURS)
    rows = []
    for t in took:
        spent = {
            **t.processor,
            FORK_SERVER: t.processor.get(FORK_SERVER, 0) or t.processor.get(COUNCILS, 0),
        }
        each = [spent.get(kind, 0) / t.councils for kind in (*PREFECT_KINDS, *OWN_KINDS)]
        rows.append((t.name, *(seconds(one) if one else "" for one in each), seconds(sum(each))))
    return Table(
        "Fleet: processor time of a council",
        ("way", *columns, "in all"),
        rows,
        "Seconds of a core, divided by the councils. The run of `weekly` is in it. In a flow run of its "
        "own a council is audited in the flow run's process.",
    )


def share(slots: Sequence[Slot]) -> float:
    """The part of the flow runs' time that is not in councils' tasks."""
    whole = sum(one.whole for one in slots)
    return 1 - sum(one.tasks for one in slots) / whole


def share_of(slots: Sequence[Slot], councils: int, size: int) -> float:
    """The same for batches of another size, from what a flow run and a council cost here."""
    fixed = statistics.mean(one.start + one.end for one in slots)
    between = sum(one.between for one in slots) / councils
    own = sum(one.tasks for one in slots) / councils
    return 1 - own * size / (fixed + (between + own) * size)


def _wall(took: Sequence[Took]) -> Table:
    rows = []
    for t in took:
        if not t.grown:
            continue
        n = len(t.slots)
        rows.append(
            (
                t.name,
                seconds(sum(one.start for one in t.slots) / n),
                seconds(sum(one.tasks for one in t.slots) / t.councils),
                seconds(sum(one.between for one in t.slots) / t.councils),
                seconds(sum(one.end for one in t.slots) / n),
                f"{share(t.slots):.0%} of {t.councils // n}",
                f"{share_of(t.slots, t.councils, SIZE):.0%}",
            )
        )
    return Table(
        "Fleet: a worker's time",
        (
            "way",
            "a flow run begins",
            "a council",
            "until the next",
            "a flow run ends",
            "Prefect's share, batches",
            f"computed, batches of {SIZE}",
        ),
        rows,
        "By Prefect's own times: from Pending to the first council's task, the tasks, between them, and "
        "from the last to Completed. All but the tasks is Prefect's share; aim: under 20 % of it "
        "all. The first council of a flow run also waits for the fork server to start.",
    )


def _memory(batches: Sequence[Took]) -> Table:
    kinds = (SERVER, WORKER, FLOW_RUN, FORK_SERVER, COUNCILS)
    rows = [(kind, megabytes(max(t.memory.get(kind, 0) for t in batches))) for kind in kinds]
    note = "The most that was seen (Pss, looked at twice a second) of one process; the server's with all below it."
    return Table("Fleet: memory", ("process", "most"), rows, note)


def _growth(batches: Sequence[Took], look_back: float) -> Table:
    rows = []
    for kind in (OURS, PREFECTS):
        week = statistics.median(t.grown[kind] / t.councils for t in batches)
        rows.append((kind, megabytes(week), megabytes(week * WEEKS)))
    rows.append(("our PostgreSQL, looking back on eight weeks, once", megabytes(look_back), ""))
    return Table(
        "Fleet: growth of the databases",
        ("database", "a council-week", f"computed, {WEEKS} of them"),
        rows,
        "`pg_database_size` after a checkpoint, divided by the councils; median of the rows above. "
        "Indexes are in it, and nothing has been emptied yet: retention and Prefect's clean-up "
        "make a year smaller.",
    )
