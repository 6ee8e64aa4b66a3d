"""What the benchmarks share: tables, the machine, the clock, and records made up from a seed."""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialaudit import sheet
from socialaudit.models import (
    Account,
    AccountKind,
    Captions,
    Comment,
    CommentState,
    Live,
    Media,
    MediaKind,
    Post,
)
from training.checks_part import SETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from socialaudit.models import Record

NOW = datetime(2026, 11, 16, 6, tzinfo=UTC)
SPECIAL = ("It’s", "café", "🎄", "£5")
ASKED = ("When will the bins be emptied?", "Who do I ring about the pothole on Mill Lane?")
RUDE = ("What a bunch of idiots", "you are a f**king disgrace", "utter sh1t, resign")
PRIVATE = ("Ring me on 01632 960123", "Mail jo.bloggs@example.org", "I live at 4 Mill Lane ZZ1 1ZZ")
NOTICES = ("Mill Lane will be closed from Monday 23 November.", "Have your say by Friday.")
LENGTH = 100
"""Characters of a text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of results: what it shows, its columns, and its rows as text."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """The table for ``docs/performance.md``."""
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return "\n\n".join(part for part in (f"## {self.title}", self.note, table) if part)

    def text(self) -> str:
        """The table for a terminal."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[n]) for line in lines) for n in range(len(self.columns))]
        rows = [
            "  ".join(c.ljust(w) if n == 0 else c.rjust(w) for n, (c, w) in enumerate(pairs))
            for pairs in (zip(line, widths, strict=True) for line in lines)
        ]
        return "\n".join([self.title, *([self.note] if self.note else []), *rows, ""])


def machine() -> str:
    """The date, the machine and the Python that the figures are of."""
    release = Path("/etc/os-release")
    named = platform.freedesktop_os_release() if release.exists() else {}
    system = named.get("PRETTY_NAME", platform.system())
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    day = datetime.now(UTC).date()
    return (
        f"{day}, {cores} cores ({platform.machine()}), {system}, Python {platform.python_version()}"
    )


def show(tables: Iterator[Table]) -> None:
    """Print the tables as they are measured."""
    print(machine(), "\n")
    for table in tables:
        print(table.text())


def timed(work: Callable[[], object], rounds: int = 5) -> float:
    """The median seconds of several rounds."""
    return statistics.median(_once(work) for _ in range(rounds))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def seconds(value: float) -> str:
    """``0.012 s``, ``3.4 s``."""
    return f"{value:.3f} s" if value < 1 else f"{value:.1f} s"


def megabytes(value: float) -> str:
    """Bytes as ``12.3 MB``."""
    return f"{value / 1e6:.1f} MB"


def records(posts: int, comments: int, seed: int = 0) -> Iterator[Record]:
    """An account with posts, pictures, videos and comments of eight weeks, always the same ones.

    One sentence in ten is of those that the checks are measured on, so that each check has some to
    find and as many near-misses; the others are ordinary. Besides, one comment in seven asks
    something, one in 33 is rude and one in 33 holds a private detail, one in nine has a character
    outside ASCII; one post in ten is a notice.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    start = seed * 10_000_000
    yield Account(
        key="facebook:1",
        account="facebook",
        id="1",
        platform="facebook",
        kind=AccountKind.COUNCIL,
        handle="testham",
    )
    for n in range(start, start + posts):
        yield _post(n, chance)
        yield _medium(n, chance)
    for n in range(start, start + comments):
        yield _comment(n, start + n % posts, chance)


ORDINARY = Path(__file__).with_name("ordinary.txt")
"""What residents say on a day when nothing is wrong, a line each."""


@cache
def _ordinary() -> tuple[str, ...]:
    return tuple(ORDINARY.read_text("utf-8").splitlines())


@cache
def _measured() -> tuple[str, ...]:
    """What councils and residents say: the texts that the checks are measured on."""
    rows = (row for path in sorted(SETS.glob("*.csv")) for row in sheet.read(path, ("text",), None))
    return tuple(row.cells["text"] for row in rows)


def _text(chance: random.Random, opening: str = "") -> str:
    words = [opening] if opening else []
    if chance.randrange(9) == 0:
        words.append(chance.choice(SPECIAL))
    while len(" ".join(words)) < LENGTH:
        words.append(chance.choice(chance.choice((_measured(), *[_ordinary()] * 9))))
    return " ".join(words)[:LENGTH]


def _day(chance: random.Random) -> datetime:
    return NOW - timedelta(minutes=chance.randrange(60, 56 * 24 * 60))


def _post(n: int, chance: random.Random) -> Post:
    notice = chance.choice(NOTICES) if n % 10 == 0 else ""
    return Post(
        key=f"facebook:p{n}",
        account="facebook",
        id=f"p{n}",
        published_at=_day(chance),
        text=_text(chance, notice),
        permalink=f"https://www.facebook.com/testham/posts/{n}",
        links=(),
        payload=_payload(n),
    )


def _medium(n: int, chance: random.Random) -> Media:
    video = n % 5 == 0
    return Media(
        key=f"facebook:m{n}",
        account="facebook",
        id=f"m{n}",
        post=f"facebook:p{n}",
        kind=MediaKind.VIDEO if video else MediaKind.IMAGE,
        published_at=_day(chance),
        alt_text=None if video else _text(chance),
        captions=Captions.STANDARD if video else None,
        live=Live.NEVER if video else None,
        payload=_payload(n),
    )


def _comment(n: int, post: int, chance: random.Random) -> Comment:
    openings = ASKED if n % 7 == 0 else {1: RUDE, 2: PRIVATE}.get(n % 33, ("",))
    opening = chance.choice(openings)
    return Comment(
        key=f"facebook:c{n}",
        account="facebook",
        id=f"c{n}",
        post=f"facebook:p{post}",
        author=f"{chance.randrange(16**16):016x}",
        own=n % 10 == 3,  # noqa: PLR2004 - one in ten is the council's own
        text=_text(chance, opening),
        published_at=_day(chance),
        state=CommentState.PUBLISHED,
        permalink=f"https://www.facebook.com/{post}?comment_id={n}",
        payload=_payload(n),
    )


def _payload(n: int) -> dict[str, Any]:
    """About what a platform sends for one record."""
    return {"id": str(n), "from": {"id": str(n)}, "message": "x" * 300}
