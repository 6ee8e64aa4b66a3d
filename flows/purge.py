"""Retention by itself: what may no longer be kept goes, even of a council whose audits fail."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from prefect import flow

from flows import batching, retaining
from flows import plan as plans
from socialaudit import settings
from socialaudit.errors import UsageError
from socialaudit.store import Store

LOG = logging.getLogger("socialaudit.purge")


@flow(name="purge", persist_result=False)
def purge(now: datetime | None = None) -> int:
    """Empty what no council's retention allows any more; how many councils could be asked.

    Args:
        now: The time to look as of; empty for the real time
    """
    moment = now or datetime.now(UTC)
    store = Store.open(settings.load().database_url)
    done = 0
    try:
        for council in batching.everybody():
            try:
                found, _ = plans.read_files(plans.find(council))
            except UsageError as fault:
                LOG.error("%s: nothing emptied: %s", council, fault)  # noqa: TRY400 - one line is enough
                continue
            retaining.purge(found, store.of(found.council.id), moment)
            done += 1
    finally:
        store.close()
    return done
