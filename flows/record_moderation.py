"""A form: a line of the moderation register."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from prefect import flow
from pydantic import Field

from flows import recording
from flows.form import Council, Day, Now  # noqa: TC001 - Prefect makes the form from it
from socialaudit.register import Action  # noqa: TC001 - Prefect makes the form from it


@flow(name="record-moderation", flow_run_name="register-{council}-{action}", persist_result=False)
def record_moderation(
    council: Council,
    link: Annotated[str, Field(min_length=1, max_length=1000)],
    action: Action,
    rule: Annotated[str, Field(min_length=1, max_length=300)],
    by: Annotated[str, Field(min_length=1, max_length=300)],
    day: Day = None,
    now: Now = None,
) -> str:
    """Write down what was hidden, deleted or reported, or whose members were looked at.

    Args:
        council: Which council: its id, such as cromer
        link: The address of the comment or the post, or of the group
        action: What was done
        rule: The rule it broke, or why
        by: Who did it, name and job
        day: The day it was done; empty for today
        now: The time of writing; empty for the real time
    """
    given = recording.Moderated(council, link, action.value, rule, by, day)
    return recording.register(given, now or datetime.now(UTC)).link
