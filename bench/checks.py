"""How long the checks take and how much memory: ``python -m bench.checks``.

Every check over 10,000, 100,000 and 300,000 comments of about 100 characters with one post for ten
comments, and over one council's week, on one core. Beside the text checks, in the same process on
the same texts, the plain way: pandas' ``str.contains`` with the same alternatives, on Arrow text
and on Python text. The plain way only finds words; a check's time includes the exact, Unicode-aware
verdict on what its filter lets through.

Times over the sizes are processor time, which for one thread is what a clock shows on a machine
with nothing else to do. Peak memory is what the process grows by while a step runs (Linux: VmHWM
after a reset). Each size is a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bench.measured import NOW, Table, megabytes, records, seconds, show, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (10_000, 100_000, 300_000)
WEEK = (100, 1_000)
"""Posts and comments of one council's week; the aim is half a second."""
TEXTS = ("notice-alternative", "offensive-comments", "unanswered-comments")


def measure() -> Iterator[Table]:
    """One table over the sizes, one with the plain way, one of a week."""
    sizes = {size: _child("size", size // 10, size) for size in SIZES}
    columns = [f"{size:,} comments" for size in sizes]
    rows = [
        (name, *(f"{seconds(r[name][0])}, {megabytes(r[name][1])}" for r in sizes.values()))
        for name in next(iter(sizes.values()))
    ]
    own = [row for row in rows if not row[0].startswith("plain")]
    yield Table(
        "Checks: time and peak memory",
        ("step", *columns),
        own,
        "One core. “Frames” is the step from records to pandas; each check's memory comes on top.",
    )
    plain = [row for row in rows if row[0].removeprefix("plain: ").split(",")[0] in TEXTS]
    yield Table(
        "Text checks beside the plain way",
        ("step", *columns),
        sorted(plain, key=lambda row: row[0].removeprefix("plain: ")),
        "“Plain” is `str.contains` with the same alternatives: it only finds words, and judges nothing.",
    )
    week = _child("week", *WEEK)
    rows = [(name, seconds(spent)) for name, (spent, _) in week.items()]
    yield Table(
        f"One council's week: {WEEK[0]:,} posts, {WEEK[1]:,} comments",
        ("step", "time"),
        rows,
        "Median of 9; aim: 0.5 s.",
    )


def _child(*arguments: object) -> dict[str, tuple[float, float]]:
    command = [sys.executable, "-m", "bench.checks", *map(str, arguments)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and module
    return {name: (spent, grown) for name, (spent, grown) in json.loads(told.stdout).items()}


def _one_core() -> None:
    import pyarrow as pa  # noqa: PLC0415 - only in the measuring process

    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    pa.set_cpu_count(1)


def _size(posts: int, comments: int) -> dict[str, tuple[float, float]]:
    """Seconds and bytes of each step over so many records."""
    import checks  # noqa: PLC0415 - only in the measuring process
    from socialaudit import records as frames  # noqa: PLC0415 - likewise

    made = list(records(posts, comments))
    table, *spent = _costs(lambda: frames.from_records(made))
    result = {"frames": (spent[0], spent[1])}
    for check in checks.load().values():
        context = _context(check)
        _, *spent = _costs(lambda: list(check.judge(table, context)))  # noqa: B023 - called at once
        result[check.id] = (spent[0], spent[1])
    for name, pattern in _patterns().items():
        texts = (table.posts if name.startswith("notice") else table.comments)["text"]
        for kind, column in (("Arrow", texts), ("Python", texts.astype(object))):
            _, *spent = _costs(lambda: column.str.contains(pattern, case=False, regex=True))  # noqa: B023 - called at once
            result[f"plain: {name}, {kind} text"] = (spent[0], spent[1])
    return result


def _week(posts: int, comments: int) -> dict[str, tuple[float, float]]:
    """Seconds of a week's judging: frames, every check by the engine, and both."""
    import checks  # noqa: PLC0415 - only in the measuring process
    from socialaudit import engine  # noqa: PLC0415 - likewise
    from socialaudit import records as frames  # noqa: PLC0415 - likewise

    made = list(records(posts, comments))
    every = checks.load()
    parameters = {check.id: check.parameters() for check in every.values()}
    context = _context(every["video-captions"])

    def judge() -> object:
        return engine.assess(every.values(), frames.from_records(made), context, parameters, {})

    start = time.perf_counter()
    judge()
    first = time.perf_counter() - start
    return {
        "records to frames": (timed(lambda: frames.from_records(made), 9), 0.0),
        "records to assessments, all checks": (timed(judge, 9), 0.0),
        "the same, first time in a process": (first, 0.0),
    }


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

    offensive = re.sub(r"\(\?:\^\|\[\^a-z0-9\]\)|\(\?:\$\|\[\^a-z0-9\]\)", r"\\b", "|".join(lexicon().gate))
    return dict(zip(TEXTS, (notices.GATE, offensive, questions.GATE), strict=True))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _one_core()
        kinds = {"size": _size, "week": _week}
        print(json.dumps(kinds[sys.argv[1]](*map(int, sys.argv[2:]))))
    else:
        show(measure())
