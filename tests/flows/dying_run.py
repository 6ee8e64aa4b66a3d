"""A weekly run that kills itself (SIGKILL) around one of its commits.

usage: dying_run.py COUNCIL NOW FOLDER before|after NUMBER
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from flows import plan as plans
from flows import stages

council, now, folder, side, number = sys.argv[1:]
commits = 0


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def about_to_commit(_connection: sa.Connection) -> None:
    global commits  # noqa: PLW0603 - one counter for a program of one purpose
    commits += 1
    if side == "before" and commits == int(number):
        die()


def next_begin(_connection: sa.Connection) -> None:
    if side == "after" and commits == int(number):
        die()


sa.event.listen(sa.Engine, "commit", about_to_commit)
sa.event.listen(sa.Engine, "begin", next_begin)
plan = plans.weekly(Path(council), datetime.fromisoformat(now), fixed=True)
stages.run(plan, stages.Plain(), folder)
sys.stdout.write(f"{commits}\n")
