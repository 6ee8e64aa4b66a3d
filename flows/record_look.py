"""A form: what a person saw where no program can read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import recording
from flows.form import Council, Day, Now  # noqa: TC001 - Prefect makes the form from it


@flow(name="record-look", flow_run_name="look-{council}-{account}", persist_result=False)
def record_look(
    council: Council,
    account: Annotated[str, Field(min_length=1, max_length=60)],
    seen: Annotated[str, Field(min_length=1, max_length=300)],
    by: Annotated[str, Field(min_length=1, max_length=300)],
    day: Day = None,
    until: Day = None,
    now: Now = None,
) -> str:
    """Write down a look at a place that no program can read.

    Args:
        council: Which council: its id, such as cromer
        account: The place's id in the council file
        seen: What was seen, in one line, without names of the public
        by: Who looked, name and job
        day: The day of the look; empty for today
        until: The last day that it holds; empty for as long as the council file says
        now: The time of writing; empty for the real time
    """
    given = recording.Looked(council, account, seen, by, day, until)
    return recording.look(given, now or datetime.now(UTC)).account
