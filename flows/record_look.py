"""A form: what a person saw where no program can read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import recording


@flow(name="record-look", flow_run_name="look-{council}-{account}", persist_result=False)
def record_look(
    council: Annotated[str, Field(min_length=1)],
    account: Annotated[str, Field(min_length=1, max_length=60)],
    seen: Annotated[str, Field(min_length=1, max_length=300)],
    by: Annotated[str, Field(min_length=1, max_length=300)],
    day: date | None = None,
    until: date | None = None,
    now: datetime | None = None,
) -> str:
    """Write down a look at a place that no program can read.

    Args:
        council: A council file, or the id of one
        account: The place's id in the council file
        seen: What was seen, in one line, without names of the public
        by: Who looked, name and job
        day: The day of the look; empty for today
        until: The last day that it holds; empty for as long as the council file says
        now: The time of writing; empty for the real time
    """
    given = recording.Looked(council, account, seen, by, day, until)
    return recording.look(given, now or datetime.now(UTC)).account
