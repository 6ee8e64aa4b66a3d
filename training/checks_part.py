"""How good each check is that reads text, measured on the held-out sets of ``training/checks``.

A set is named for its check and has three columns: ``text``, ``expected`` (``yes`` where the check
should list it, else ``no``) and ``note``. ``first_looks.toml`` beside them keeps what the rule's
author saw when the set was first tried, before the rule could learn anything from it. The folder
``second`` holds sets of the same shape that were written later, harder, for rules that knew the first.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import checks
from flows.trying import KINDS, attempt
from socialaudit import sheet
from socialaudit.finding import Outcome
from training.page import interval, table

if TYPE_CHECKING:
    from collections.abc import Iterator

SETS = Path(__file__).parent / "checks"
FIRST, SECOND = "first_looks.toml", "second"
WRITTEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
"""When the sets were written: what "tomorrow" means in them."""
_HEAD = """\
## Every check that reads text

For each check somebody who had not seen its rule invented about forty texts as people write them,
half of which the check should list, near-misses among the others. The author of the rule tried it on
them once: that is the *first look*, and the best guess at texts that nobody has seen. Afterwards the
rule was made more general with these texts in view, so the figures of *today* only say that it knows
them now; they hold the rules in place and promise nothing. Where a first look is not given, nothing is
known of unseen texts.

**Texts put obliquely are mostly missed.** After the second set the examiner wrote two more, harder on
purpose, which are not kept: on the first the rules of nine checks found 37 of 90 with none wrong, on
the second those of seven checks about 8 of 56 with one wrong. So what is listed is nearly always
worth a look, and a week without anything listed does not show that nothing was there.

All texts are invented: they say what a check understands, not how often it meets it. In a real week
far fewer than half of all texts should be listed, so fewer of those listed will be right than
*precision* says here. Each text stands alone, five days old, on an account of its own, as in
`socialaudit try`.

*Precision* is how many of the texts listed should be, *recall* how many of those that should be are;
in brackets the range in which the true figure lies with 95% certainty, were these texts a fair draw.
"""
_SECOND = """\
### A second set, harder

Written when the rules knew the first sets, again by somebody who had not seen the rules: other places,
other spellings, longer texts, closer misses. Its first look says how well a rule travels that was made
more general once. Then the rules learned from these texts too.
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many texts a check listed rightly, listed wrongly, and missed."""

    found: int
    wrong: int
    missed: int

    def precision(self) -> str:
        """``18 of 20: 0.90 (0.70–0.97)``, or a dash where nothing was listed."""
        return _share(self.found, self.found + self.wrong)

    def recall(self) -> str:
        """The same for what should have been listed."""
        return _share(self.found, self.found + self.missed)


def part(folder: Path = SETS) -> Iterator[str]:
    """The lines of the page: every set that a check stands behind, then what has no figures."""
    known = {id_ for id_, c in checks.load().items() if c.reads_text and c.examines in KINDS}
    yield _HEAD
    yield from _figures(folder, known)
    if (second := folder / SECOND).is_dir():
        yield _SECOND
        yield from _figures(second, known)
    paths = [*folder.glob("*.csv"), *folder.glob(f"{SECOND}/*.csv")]
    if bare := sorted(known - {path.stem for path in paths}):
        yield f"No such texts have been written for {', '.join(bare)}.\n"
    if aside := sorted({path.stem for path in paths} - known):
        yield f"Not measured here, for more is needed than one text: {', '.join(aside)}.\n"


def _figures(folder: Path, known: set[str]) -> Iterator[str]:
    """A row for each set of a folder that one of the known checks stands behind."""
    looks = _first_looks(folder)
    sets = {path.stem: path for path in sorted(folder.glob("*.csv")) if path.stem in known}
    rows = []
    for name, path in sets.items():
        seen, first = measured(name, path), looks.get(name)
        was = (first.precision(), first.recall()) if first else ("", "")
        rows.append((name, str(len(expected(path))), *was, seen.precision(), seen.recall()))
    head = ("first look: precision", "recall", "today: precision", "recall")
    yield from table(("check", "texts", *head), rows)
    if looks:
        every = Count(*(sum(getattr(c, f.name) for c in looks.values()) for f in fields(Count)))
        yield f"All first looks together: precision {every.precision()}, recall {every.recall()}.\n"


def expected(path: Path) -> dict[int, bool]:
    """By row, whether the check should list it. Raises ``UsageError`` where that is not yes or no."""
    rows = sheet.read(path, ("text", "expected"), ("note",))
    return {row.number: _yes(row) for row in rows}


def measured(check: str, path: Path) -> Count:
    """What a check makes of its set."""
    tried = attempt(check, path, "text", None, WRITTEN)
    listed = {one.row for one in tried if one.outcome is Outcome.FAIL}
    pairs = [(row in listed, yes) for row, yes in expected(path).items()]
    return Count(*map(pairs.count, ((True, True), (True, False), (False, True))))


def _yes(row: sheet.Row) -> bool:
    said = row.cells["expected"]
    if said not in ("yes", "no"):
        raise row.fault("expected", "write yes or no")
    return said == "yes"


def _first_looks(folder: Path) -> dict[str, Count]:
    path = folder / FIRST
    told = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name: Count(**counts) for name, counts in told.items()}


def _share(right: int, of: int) -> str:
    if not of:
        return "–"
    low, high = interval(right, of)
    return f"{right} of {of}: {right / of:.2f} ({low:.2f}–{high:.2f})"
