"""Every benchmark, into ``docs/performance.md``: ``make bench`` (about ten minutes)."""

from __future__ import annotations

from pathlib import Path

from bench import checks, commands, demo, reports, store
from bench.measured import machine

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """\
# Performance

Made by `make bench`; measured on {machine}. What each figure means stands at the top of the script
in `bench/` that makes it. They are measured, never tested: machines differ.
"""


def main() -> None:
    """Measure everything, print it, and write the page."""
    parts = [HEAD.format(machine=machine())]
    for module in (demo, commands, checks, reports, store):
        for table in module.measure():
            print(table.text())
            parts.append(f"{table.markdown()}\n")
    PAGE.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
