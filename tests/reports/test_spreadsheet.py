from __future__ import annotations

import csv
import io

import pytest

from reports.audit import Audit  # noqa: TC001 - the type of an argument reads better here
from reports.spreadsheet import BOM, COLUMNS, findings_csv, harmless
from tests.reports.audits import a_finding, a_subject, an_audit, mock_up
from tests.reports.test_email import hostile_audit


def rows(audit: Audit) -> list[dict[str, str]]:
    text = findings_csv(audit)
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))


def test_columns_are_stable() -> None:
    assert findings_csv(an_audit()) == BOM + ",".join(f'"{c}"' for c in COLUMNS) + "\r\n"


def test_every_finding_has_a_row() -> None:
    assert len(rows(mock_up())) == 14


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  =", "\uff1d"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_a_formula_in_a_title_is_harmless() -> None:
    title = "=HYPERLINK(A1)"
    (row,) = rows(an_audit(a_finding(subject=a_subject(headline=title), message="+SUM(1)")))
    assert row["title"] == f"'{title}"
    assert row["message"].startswith("'")


def test_no_cell_of_hostile_findings_starts_a_formula_or_holds_a_control() -> None:
    for row in rows(hostile_audit()):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell.isprintable()
