"""findings.csv: the findings of one run, safe to open in a spreadsheet; and how any is made so.

UTF-8 with a byte order mark, so that spreadsheets read it as such. A cell that one would take for
a formula gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reports import links
from reports.items import reference_order, where
from reports.quoting import clean, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reports.audit import Audit
    from socialaudit.finding import Finding

COLUMNS = (
    "ref",
    "status",
    "urgency",
    "due",
    "confidence",
    "account",
    "check",
    "what_to_do",
    "where",
    "title",
    "link",
    "message",
    "policy_parts",
    "first_seen",
    "excused",
    "owner",
    "done_on",
)
"""Stable: new ones are added at the end. ``owner`` and ``done_on`` are for the council to fill."""
BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def findings_csv(audit: Audit) -> str:
    """The spreadsheet's text, byte order mark first; encode as UTF-8."""
    found = sorted((*audit.findings, *audit.fixed), key=lambda f: reference_order(f.ref))
    return table(COLUMNS, (_cells(audit, finding) for finding in found))


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A spreadsheet's text: byte order mark, headings, and rows in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return BOM + out.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("1 + 1")
    ("'=1+1", '1 + 1')
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _cells(audit: Audit, finding: Finding) -> tuple[str, ...]:
    place, title = where(audit, finding)
    link = links.safe(finding.subject.permalink, audit.hosts) if finding.subject else None
    cites = {clause.id: clause.cite for clause in audit.policy.clauses}
    return (
        finding.ref,
        "excused" if finding.excused and finding.status.to_do else finding.status.value,
        finding.urgency.value,
        finding.due.isoformat(),
        finding.confidence.value,
        finding.account or "",
        finding.check,
        shown(finding.instruction) or audit.check(finding.check).instruction,
        place,
        title,
        link or "",
        shown(finding.message),
        "; ".join(cites.get(clause, clause) for clause in finding.clauses),
        finding.first_seen.isoformat(),
        clean(finding.excused),
        "",
        "",
    )
