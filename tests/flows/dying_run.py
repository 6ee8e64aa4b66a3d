"""A weekly run that kills itself (SIGKILL) at one of its points of no return.

usage: dying_run.py COUNCIL NOW FOLDER POINT

Points are numbered from 0 as the run meets them; one that is never met prints the name of each:
``commit`` and ``committed`` of the store, the files that are made and put in place, and every
command to the mail server, before it is sent.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows import plan as plans
from flows import stages

council, now, folder, fatal = sys.argv[1:]
met: list[str] = []
commits: list[sa.Connection] = []


def meet(point: str) -> None:
    if len(met) == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
    met.append(point)


def about_to_commit(connection: sa.Connection) -> None:
    meet("commit")
    commits.append(connection)


def committed(_connection: Any, _entry: Any) -> None:
    if commits:
        commits.clear()
        meet("committed")


def audited(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "os.rename" and folder in str(arguments[1]):
        meet(f"put in place {Path(arguments[1]).name}")
    elif event == "tempfile.mkstemp" and folder in str(arguments[0]):
        meet(f"make {Path(arguments[0]).name.split('.')[1]}")
    elif event == "smtplib.send":
        meet(f"say {arguments[1][:4].decode('ascii', 'replace').strip()}")


sa.event.listen(sa.Engine, "commit", about_to_commit)
sa.event.listen(sa.pool.Pool, "checkin", committed)
sys.addaudithook(audited)
plan = plans.weekly(Path(council), datetime.fromisoformat(now), fixed=True)
stages.run(plan, stages.Plain(), folder)
sys.stdout.write("\n".join(met))
