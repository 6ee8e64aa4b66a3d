"""A form: what a named officer signs, because no platform can show it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import recording
from flows.form import Council, Now  # noqa: TC001 - Prefect makes the form from it


@flow(name="record-statement", flow_run_name="state-{council}-{clause}", persist_result=False)
def record_statement(
    council: Council,
    clause: Annotated[str, Field(min_length=1, max_length=60)],
    by: Annotated[str, Field(min_length=1, max_length=300)],
    evidence: Annotated[str, Field(min_length=1, max_length=300)],
    until: date,
    statement: Annotated[int, Field(ge=0)] = 0,
    now: Now = None,
) -> str:
    """Record a signed statement for a clause of the policy.

    Args:
        council: Which council: its id, such as cromer
        clause: The clause's id in the policy file, such as 4.14
        by: Who signs it, name and job
        evidence: What it rests on, in one line
        until: The last day that it holds, two years ahead at most
        statement: Which of the clause's statements, from 1; 0 for all of them
        now: The time of signing; empty for the real time
    """
    given = recording.Stated(council, clause, by, evidence, until, statement)
    return recording.state(given, now or datetime.now(UTC)).clause
