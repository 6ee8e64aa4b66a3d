"""How fast the commands answer that read nothing: ``python -m bench.commands``.

Wall time of whole processes, the median of several rounds, beside a Python that does nothing and
one that imports pandas. The aim for each command is half a second.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

from bench.measured import Table, seconds, show, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 9
COMMANDS = {
    "python -c pass": ("-c", "pass"),
    "python -c 'import pandas'": ("-c", "import pandas"),
    "socialaudit --help": ("-m", "socialaudit", "--help"),
    "socialaudit checks": ("-m", "socialaudit", "checks"),
    "socialaudit checks video-captions": ("-m", "socialaudit", "checks", "video-captions"),
    "socialaudit platforms": ("-m", "socialaudit", "platforms"),
}


def measure() -> Iterator[Table]:
    """One table: each command beside what Python alone takes."""
    rows = [(name, seconds(timed(partial(_run, a), ROUNDS))) for name, a in COMMANDS.items()]
    yield Table("Commands", ("command", "wall time"), rows, f"Median of {ROUNDS}; aim: 0.5 s.")


def _run(arguments: tuple[str, ...]) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter and the fixed arguments above


if __name__ == "__main__":
    show(measure())
