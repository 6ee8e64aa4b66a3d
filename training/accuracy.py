"""How good the text checks are: ``python -m training.accuracy [--data DIR] [--check]`` writes the page.

Most of ``docs/accuracy.md`` is measured on texts that the project wrote itself, and is made anew by a
test; the last part needs the published sets and place names of ``--data`` and is else kept.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from training import checks_part, judge_part
from training.page import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = """\
# How accurate the checks of text are

Made by `python -m training.accuracy`. Change it there.
"""


def own() -> Iterator[str]:
    """The part that needs nothing but the project."""
    yield _HEAD
    yield from checks_part.part()
    yield from judge_part.own()


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with ``--check`` say whether it is what would be written."""
    parser = argparse.ArgumentParser(prog="python -m training.accuracy")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    written = PAGE.read_text("utf-8") if PAGE.exists() else ""
    kept = written.partition(judge_part.OUTSIDE)
    more = "\n".join(judge_part.outside(asked.data)) if asked.data else "".join(kept[1:])
    page = "\n".join(own()) + "\n" + more
    if asked.check:
        return int(page != written)
    PAGE.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
