"""The action plan: a spreadsheet of the things to do, for the council to fill in who and when.

One row for each item of the report, with empty columns at its end. Safe to open, like findings.csv.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import items as things
from reports.spreadsheet import table
from reports.subject import WHEN
from reports.wording import cited, number

if TYPE_CHECKING:
    from reports.audit import Audit
    from reports.items import Item

COLUMNS = (
    "item",
    "what_to_do",
    "how_many",
    "accounts",
    "policy_parts",
    "references",
    "when",
    "due",
    "minutes",
    "owner",
    "agreed_on",
    "done_on",
    "notes",
)
"""Stable: new ones are added at the end. From ``owner`` on they are for the council to fill."""
REFERENCES = 100
"""References in a cell; a spreadsheet takes 32,767 characters."""


def action_plan_csv(audit: Audit) -> str:
    """The spreadsheet's text, byte order mark first; encode as UTF-8."""
    return table(COLUMNS, (_cells(audit, item) for item in things.gather(audit)))


def _cells(audit: Audit, item: Item) -> tuple[str, ...]:
    clauses = {clause for f in item.findings for clause in f.clauses}
    refs = [f.ref for f in item.findings]
    more = [f"and {number(len(refs) - REFERENCES)} more"] if len(refs) > REFERENCES else []
    return (
        str(item.number),
        item.heading,
        str(len(item.findings)),
        audit.labels(tuple(a for a in item.accounts if a), whole=True),
        cited(c.cite for c in audit.policy.clauses if c.id in clauses),
        " ".join((*refs[:REFERENCES], *more)),
        WHEN[item.urgency],
        min(f.due for f in item.findings).isoformat(),
        str(item.check.minutes * len(item.findings)),
        *("" for _ in COLUMNS[COLUMNS.index("owner") :]),
    )
