from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from reports.action_plan import COLUMNS, action_plan_csv
from reports.spreadsheet import BOM
from tests.reports.audits import a_comment, a_finding, an_audit, many, mock_up
from tests.reports.test_email import HOSTILE, hostile_audit

if TYPE_CHECKING:
    from reports.audit import Audit


def rows(audit: Audit) -> list[dict[str, str]]:
    text = action_plan_csv(audit)
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))


def test_columns_are_stable() -> None:
    assert action_plan_csv(an_audit()) == BOM + ",".join(f'"{c}"' for c in COLUMNS) + "\r\n"


def test_each_item_of_the_report_has_a_row_with_room_for_who_and_when() -> None:
    plan = rows(mock_up())
    assert [row["item"] for row in plan] == [str(n) for n in range(1, 10)]
    assert plan[2] == {
        "item": "3",
        "what_to_do": "Answer 2 comments",
        "how_many": "2",
        "accounts": "Facebook",
        "policy_parts": "section 5",
        "references": "FB-114 FB-116",
        "when": "today",
        "due": "2026-11-16",
        "minutes": "10",
        "owner": "",
        "agreed_on": "",
        "done_on": "",
        "notes": "",
    }


def test_a_formula_in_an_instruction_is_harmless() -> None:
    (row,) = rows(an_audit(a_finding(instruction="=HYPERLINK(A1)")))
    assert row["what_to_do"] == "'=HYPERLINK(A1)"


def test_no_cell_of_hostile_findings_starts_a_formula_or_holds_a_control() -> None:
    for row in rows(hostile_audit()):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert cell == "" or cell.isprintable()


def test_no_words_of_the_public_are_in_a_plan() -> None:
    comment = a_comment(1, HOSTILE, excerpt="you utter numpty")
    text = action_plan_csv(an_audit(a_finding("offensive-comments", subject=comment)))
    assert "numpty" not in text
    assert "alert" not in text


def test_a_cell_of_five_thousand_references_fits_a_spreadsheet() -> None:
    plan = rows(an_audit(*many(5000)))
    assert sum(int(row["how_many"]) for row in plan) == 5000
    assert max(len(cell) for row in plan for cell in row.values()) < 32_767
    assert all(row["references"].endswith(" more") for row in plan)
