"""A form: what an officer decides about a thing on the list."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import recording
from flows.form import Council, Now  # noqa: TC001 - Prefect makes the form from it
from socialaudit.finding import Verdict  # noqa: TC001 - Prefect makes the form from it


@flow(name="record-decision", flow_run_name="decide-{council}-{ref}", persist_result=False)
def record_decision(
    council: Council,
    ref: Annotated[str, Field(min_length=1, max_length=24)],
    verdict: Verdict,
    reason: Annotated[str, Field(min_length=1, max_length=300)],
    by: Annotated[str, Field(min_length=1, max_length=300)],
    until: date,
    now: Now = None,
) -> str:
    """Mark a thing to do as a mistake, or leave it until a date.

    Args:
        council: Which council: its id, such as cromer
        ref: The reference in the report, such as FB-112
        verdict: A mistake of ours, or left for a time
        reason: Why, in one line
        by: Who says so, name and job
        until: The last day that it holds, two years ahead at most
        now: The time of the decision; empty for the real time
    """
    given = recording.Decided(council, ref, verdict.value, reason, by, until)
    return recording.decide(given, now or datetime.now(UTC)).ref
