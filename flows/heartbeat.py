"""A flow of its own, so that a week without a report is noticed even when no audit starts."""

from __future__ import annotations

from datetime import UTC, datetime

from prefect import flow

from flows import watching


@flow(name="heartbeat", persist_result=False)
def heartbeat(now: datetime | None = None) -> int:
    """Tell the operator which councils had no weekly report; how many they are.

    Args:
        now: The time to look as of; empty for the real time
    """
    return watching.beat(now or datetime.now(UTC))
