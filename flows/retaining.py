"""Retain: empty what the council's retention no longer allows, and old files of ours."""

from __future__ import annotations

import logging
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

from flows import reporting
from socialaudit.store import retention, runs

if TYPE_CHECKING:
    from datetime import datetime

    from socialaudit.council import CouncilFile
    from socialaudit.store import Store
    from socialaudit.store.retention import Emptied

LOG = logging.getLogger("socialaudit.retain")


def purge(council: CouncilFile, store: Store, now: datetime) -> Emptied:
    """Empty bodies in the store, and remove report folders of ours that are as old as evidence gets.

    A legal hold keeps everything. Folders that somebody chose with ``--out`` are theirs and stay.
    """
    days = council.retention
    if days.legal_hold:
        LOG.warning("%s: legal hold, nothing emptied: %s", council.council.id, days.legal_hold)
        return retention.Emptied(0, 0, 0)
    with store.begin() as tx:
        emptied = retention.purge(
            tx,
            council.council.id,
            now,
            records_days=days.records_days,
            evidence_days=days.evidence_days,
        )
        closed = runs.of_council(tx, council.council.id)
    before = now - timedelta(days=days.evidence_days)
    for run in closed:
        if run.started_at < before:
            shutil.rmtree(reporting.usual_folder(run.id), ignore_errors=True)
    LOG.info("%s: emptied %s", council.council.id, emptied)
    return emptied
