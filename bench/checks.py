r"""How long the checks take and how much memory: ``python -m bench.checks``.

Every check over 100,000 and 1,000,000 comments of 100 characters with one post for ten comments,
and over one council's week, on one core and one thread. Beside the text checks, in the same process
on the same texts, the plain way: pandas' ``str.contains`` with the same alternatives between ``\b``.
The plain way only finds words; a check's time includes the exact, Unicode-aware verdict on what its
filter lets through. The aim: all checks over 1,000,000 comments within 60 s and 1 GB.

Times are processor time, which for one thread is what a clock shows on a machine
with nothing else to do. Memory of a step is what the process grows by at most while it runs (Linux:
VmHWM after a reset); of all checks it is the whole process, the records and Python's libraries
included. Beside it stands what the frames and the libraries hold before any check. Each size is a
process of its own. Records become frames 100,000 comments at a time, in another process.
"""

from __future__ import annotations

import json
import os
import pickle
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bench.measured import NOW, Table, megabytes, records, seconds, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SIZES = (100_000, 1_000_000)
PART = 100_000
"""Comments that become frames at a time."""
ROUNDS = 9
INSTANT = 0.01
"""Seconds: what takes less on the small size is not compared."""
WEEK = (100, 1_000)
"""Posts and comments of one council's week; the aim is half a second."""
TEXTS = ("notice-alternative", "offensive-comments", "unanswered-comments")


def measure() -> Iterator[Table]:
    """One table over the sizes, one with the plain way, one of a week."""
    sizes = [_child("size", size) for size in SIZES]
    columns = [f"{size:,} comments" for size in SIZES]
    head = ("step", *columns, "times as long")
    names = list(sizes[0])
    yield Table(
        "Checks: time and peak memory",
        head,
        [_row(name, sizes) for name in names if not name.startswith("plain: ")],
        "One thread. “Frames” is the step from records to pandas, and the size of the frames; each "
        "check's memory comes on top. “Before any check” is what the process holds then, and all "
        "checks' is the whole process. Aim: all checks over 1,000,000 comments in 60 s and 1 GB.",
    )
    yield Table(
        "Text checks beside the plain way",
        head,
        [_row(name, sizes) for check in TEXTS for name in (check, f"plain: {check}")],
        "“Plain” is `str.contains` with the same alternatives: it only finds words, and judges nothing.",
    )
    week = _child("week", *WEEK)
    rows = [(name, seconds(spent)) for name, (spent, _) in week.items()]
    yield Table(
        f"One council's week: {WEEK[0]:,} posts, {WEEK[1]:,} comments",
        ("step", "time"),
        rows,
        f"Median of {ROUNDS}; aim: 0.5 s.",
    )


def _row(name: str, sizes: Sequence[Mapping[str, tuple[float, float]]]) -> tuple[str, ...]:
    cells = [f"{seconds(size[name][0])}, {megabytes(size[name][1])}" for size in sizes]
    few, many = (size[name][0] for size in sizes)
    return name, *cells, f"{many / few:.0f}" if few > INSTANT else ""


def _child(*arguments: object) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-m", "bench.checks", *map(str, arguments)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and module
    return {name: (spent, grown) for name, (spent, grown) in json.loads(told.stdout).items()}


def _one_core() -> None:
    import pyarrow as pa  # noqa: PLC0415 - only in the measuring process

    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pa.set_cpu_count(1)


def _size(comments: str) -> dict[str, tuple[float, float]]:
    """Seconds and bytes of each step over so many records."""
    import pandas as pd  # noqa: F401, PLC0415 - so that its memory is not the frames'

    import checks  # noqa: PLC0415 - only in the measuring process

    table, *spent = _frames(int(comments))
    result = {"frames": (spent[0], spent[1]), "before any check": (0.0, _memory("VmRSS"))}
    largest = 0.0
    for check in checks.load().values():
        context = _context(check)
        _, *spent = _costs(lambda: list(check.judge(table, context)))  # noqa: B023 - called at once
        result[check.id] = (spent[0], spent[1])
        largest = max(largest, _memory("VmHWM"))
    judged = sum(time for name, (time, _) in result.items() if name != "frames")
    result["all checks"] = (judged, largest)
    for name, pattern in _patterns().items():
        texts = (table.posts if name.startswith("notice") else table.comments)["text"]
        _, *spent = _costs(lambda: texts.str.contains(pattern, case=False, regex=True))  # noqa: B023 - called at once
        result[f"plain: {name}"] = (spent[0], spent[1])
    return result


def _frames(comments: int) -> tuple[Any, float, float]:
    """The frames of so many comments, the seconds from records to frames, and the frames' own bytes.

    The records are made, and become frames, in a process of their own.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "frames"
        command = [sys.executable, "-m", "bench.checks", "frames", str(comments), str(made)]
        told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and module
        with made.open("rb") as stream:
            table = pickle.load(stream)  # noqa: S301 - written by the lines before
    size = sum(int(f.memory_usage(deep=True).sum()) for f in table.frames().values())
    return table, float(told.stdout), size


def _write_frames(comments: str, path: str) -> float:
    """Pickle the frames of so many comments; the seconds they took."""
    import pandas as pd  # noqa: PLC0415 - only in the measuring process

    from socialaudit import records as frames  # noqa: PLC0415 - likewise

    made = [_part(seed) for seed in range(int(comments) // PART)]
    joined = {name: pd.concat([part[name] for part, _ in made]) for name in frames.FRAMES}
    whole = {name: table.drop_duplicates("key") for name, table in joined.items()}
    table = frames.Records(**{n: t.reset_index(drop=True) for n, t in whole.items()})
    Path(path).write_bytes(pickle.dumps(table))
    return sum(spent for _, spent in made)


def _part(seed: int) -> tuple[dict[str, Any], float]:
    """The frames of ``PART`` comments, and the seconds they took."""
    from socialaudit import records as frames  # noqa: PLC0415 - only in the measuring process

    made = list(records(PART // 10, PART, seed))
    part, spent, _ = _costs(lambda: frames.from_records(made).frames())
    return part, spent


def _week(posts: str, comments: str) -> dict[str, tuple[float, float]]:
    """Seconds of a week's judging: frames, every check by the engine, and both."""
    import checks  # noqa: PLC0415 - only in the measuring process
    from socialaudit import engine  # noqa: PLC0415 - likewise
    from socialaudit import records as frames  # noqa: PLC0415 - likewise

    made = list(records(int(posts), int(comments)))
    every = checks.load()
    parameters = {check.id: check.parameters() for check in every.values()}
    context = _context(every["video-captions"])

    def judge() -> object:
        return engine.assess(every.values(), frames.from_records(made), context, parameters, {})

    first = _costs(judge)[1]
    return {
        "records to frames": (_median(lambda: frames.from_records(made)), 0.0),
        "records to assessments, all checks": (_median(judge), 0.0),
        "the same, first time in a process": (first, 0.0),
    }


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_costs(work)[1] for _ in range(ROUNDS))


def _costs(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What the work returns, its seconds, and the bytes by which the process grew at most."""
    before = _reset_peak()
    start = time.process_time()
    result = work()
    spent = time.process_time() - start
    return result, spent, max(_memory("VmHWM") - before, 0)


def _reset_peak() -> float:
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return float(status.split(f"{name}:")[1].split()[0]) * 1024


def _context(check: Any) -> Any:
    from datetime import timedelta  # noqa: PLC0415 - only in the measuring process

    from socialaudit.check import Context  # noqa: PLC0415 - likewise
    from socialaudit.models import AccountKind, Council  # noqa: PLC0415 - likewise

    return Context(
        now=NOW,
        since=NOW - timedelta(days=7),
        until=NOW,
        timezone=ZoneInfo("Europe/London"),
        council=Council(id="testham", name="Testham", timezone="Europe/London"),
        accounts={"facebook": AccountKind.COUNCIL},
        titles={"facebook": "Facebook"},
        coverage={"facebook": ()},
        parameters=check.parameters(),
    )


def _patterns() -> dict[str, str]:
    r"""The text checks' own alternatives as somebody would write them for ``str.contains``: with \b."""
    from socialaudit import notices, questions  # noqa: PLC0415 - only in the measuring process
    from socialaudit.lexicon import lexicon  # noqa: PLC0415 - likewise

    offensive = re.sub(
        r"\(\?:\^\|\[\^a-z0-9\]\)|\(\?:\$\|\[\^a-z0-9\]\)", r"\\b", "|".join(lexicon().gate)
    )
    return dict(zip(TEXTS, (notices.GATE, offensive, questions.GATE), strict=True))


if __name__ == "__main__":
    if len(sys.argv) == 1:
        show(measure())
    else:
        _one_core()
        kinds: dict[str, Callable[..., object]] = {
            "size": _size,
            "week": _week,
            "frames": _write_frames,
        }
        print(json.dumps(kinds[sys.argv[1]](*sys.argv[2:])))
