"""The fleet view as a flow: an artifact in Prefect's user interface, and the operator's monthly email."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import create_table_artifact

from flows import surveying
from reports import fleet as view


@flow(name="fleet", persist_result=False)
def fleet(now: datetime | None = None, email: bool = True) -> int:  # noqa: FBT001, FBT002 - Prefect shows parameters by name
    """Show how every council stands, worst first; how many need something done.

    Args:
        now: The time to look as of; empty for the real time
        email: Whether to email the operator
    """
    moment = now or datetime.now(UTC)
    standings = surveying.survey(moment)
    create_table_artifact(
        key="fleet",
        description=view.summary(standings),
        table=[
            {
                "council": one.council,
                "last report": f"{one.last_day or 'never'}",
                "to do": one.to_do,
                "version": one.version,
                "what needs doing": "; ".join(one.troubles) or "well",
            }
            for one in standings
        ],
    )
    if email:
        surveying.tell(standings, moment)
    return sum(bool(one.troubles) for one in standings)
