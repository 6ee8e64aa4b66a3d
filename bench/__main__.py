"""Every benchmark but the fleet's, into ``docs/performance.md``: ``make bench`` (about ten minutes)."""

from __future__ import annotations

from bench import checks, commands, demo, page, reports, store
from bench.measured import machine

HEAD = """\
# Performance

Made by `make bench`; measured on {machine}. What each figure means stands at the top of the script
in `bench/` that makes it. They are measured, never tested: machines differ.
"""


def main() -> None:
    """Measure everything, print it, and write the page."""
    parts: list[str] = []
    for module in (demo, commands, checks, reports, store):
        for table in module.measure():
            print(table.text())
            parts.append(table.markdown())
    page.keep_usual(HEAD.format(machine=machine()), parts)


if __name__ == "__main__":
    main()
