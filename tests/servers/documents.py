"""Every document that we make for people, in every variant, by a name that says what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from reports import archive, evidence_index, fleet, missed, summary, web
from socialaudit import pack
from socialaudit.finding import RunKind
from tests.reports.audits import an_audit, mock_up
from tests.reports.test_archive import weeks
from tests.reports.test_email import HOSTILE, LONG, RENDERED, VARIANTS
from tests.reports.test_fleet import TROUBLES, WELL
from tests.reports.test_summary import VARIANTS as SUMMARIES
from tests.socialaudit.test_pack import a_pack

TODAY = date(2026, 11, 17)
_EXTRA = archive.Report(
    run="testham-extra",
    kind=RunKind.INCIDENT,
    last_day=TODAY,
    to_do={"": 9},
    not_checked=("X (Twitter)", "YouTube"),
    reason="A councillor asked about a post of Tuesday",
)
_ARCHIVES = {
    "first week": weeks(1),
    "a year": [*weeks(54), _EXTRA],
    "nothing yet": [],
    "hostile": [*weeks(3), replace(_EXTRA, reason=HOSTILE), replace(_EXTRA, reason=LONG)],
}
_MISSED = {
    "one": [missed.Missed("Testham Town Council", TODAY - timedelta(days=16))],
    "many": [missed.Missed(f"Council {n}") for n in range(300)],
    "hostile": [missed.Missed(HOSTILE, fault=HOSTILE), missed.Missed(LONG, fault=LONG)],
}
_FLEETS = {
    "well": [WELL],
    "every trouble": [*TROUBLES.values(), WELL],
    "hostile": [replace(WELL, council=HOSTILE, unread=(HOSTILE, LONG)), replace(WELL, fault=LONG)],
}


def _hostile_pack() -> pack.Pack:
    body = {"own": False, "text": HOSTILE, "author": HOSTILE, HOSTILE: LONG}
    told = a_pack()
    return replace(
        told,
        name=HOSTILE,
        scope=HOSTILE,
        reason=HOSTILE,
        by=HOSTILE,
        records=[{**record, "key": HOSTILE, "body": body} for record in told.records],
    )


_PACKS = {
    "whole": a_pack(),
    "without third parties": pack.without_third_parties(a_pack()),
    "empty": replace(a_pack(), records=[], quotations=[]),
    "hostile": _hostile_pack(),
}


def _archive(reports: list[archive.Report]) -> str:
    audit = an_audit()
    return archive.render(audit.council, audit.policy, reports, TODAY)


EMAILS = {
    **{f"email, {name}": sent.html for name, sent in RENDERED.items()},
    **{
        f"missed reports, {name}": missed.render(found, TODAY).html
        for name, found in _MISSED.items()
    },
    **{f"fleet, {name}": fleet.render_email(some, TODAY).html for name, some in _FLEETS.items()},
}
"""What mail apps show."""
PAGES = {
    **{f"web report, {name}": web.render(audit) for name, audit in VARIANTS.items()},
    "web report, in the archive": web.render(replace(mock_up(), web_url=None, beside=True)),
    **{f"quarterly summary, {name}": summary.render(told) for name, told in SUMMARIES.items()},
    **{f"archive, {name}": _archive(reports) for name, reports in _ARCHIVES.items()},
    **{f"evidence, {name}": evidence_index.render(told) for name, told in _PACKS.items()},
    **{f"fleet, {name}": fleet.render_page(some, TODAY) for name, some in _FLEETS.items()},
}
"""What browsers show."""
