from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports import results
from socialaudit.finding import Status
from tests.reports.audits import a_finding, a_subject, an_audit, mock_up
from tests.reports.test_email import VARIANTS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/results.schema.json").read_text("utf-8"))
every_variant = pytest.mark.parametrize("name", VARIANTS)


@every_variant
def test_results_fit_their_schema(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(results.dumps(VARIANTS[name])))


@every_variant
def test_sums_agree(name: str) -> None:
    found = results.document(VARIANTS[name])
    t = found["totals"]
    to_do = [f for f in found["findings"] if _to_do(f)]
    assert t["to_do"] == t["today"] + t["week"] + t["month"] == len(to_do)
    moved = t["new"] + t["returned"] - t["fixed"] - t["answered"]
    assert (t["last_week"] or 0) + moved == t["to_do"]
    assert sum(t["clauses"].values()) == len(found["clauses"])


def _to_do(finding: dict[str, Any]) -> bool:
    open_ = {"new", "open", "returned", "not rechecked"}
    return finding["status"] in open_ and not finding["excused"]


def test_every_clause_stands_once_in_the_order_of_the_policy() -> None:
    audit = mock_up()
    assert [c["id"] for c in results.document(audit)["clauses"]] == [
        c.id for c in audit.policy.clauses
    ]


def test_every_thing_to_do_is_named_by_a_clause() -> None:
    found = results.document(mock_up())
    named = {ref for clause in found["clauses"] for ref in clause["findings"]}
    assert named == {f["ref"] for f in found["findings"] if _to_do(f)}


@pytest.mark.parametrize(
    ("before", "findings", "fixed", "expected"),
    [
        ({"FB-001"}, [], [1], {"fixed": 1}),
        ({"FB-001"}, [(1, Status.LEFT)], [], {"answered": 1}),
        ({"FB-001"}, [(1, Status.NOT_RECHECKED)], [], {}),
        (set(), [(1, Status.NEW)], [], {"new": 1}),
        (set(), [(1, Status.RETURNED)], [], {"returned": 1}),
        # opened by an extra check in the week: new to the weekly report
        (set(), [(1, Status.OPEN)], [], {"new": 1}),
        # opened and fixed between two weekly reports: in neither
        (set(), [], [1], {}),
    ],
)
def test_what_changed_is_held_against_the_weekly_report_before(
    before: set[str],
    findings: list[tuple[int, Status]],
    fixed: list[int],
    expected: dict[str, int],
) -> None:
    audit = an_audit(
        *(a_finding(n=n, status=status) for n, status in findings),
        fixed=tuple(a_finding(n=n, status=Status.FIXED) for n in fixed),
        previous=frozenset(before),
    )
    totals = results.document(audit)["totals"]
    moved = {k: totals[k] for k in ("fixed", "answered", "new", "returned") if totals[k]}
    assert moved == expected


def test_a_first_report_has_no_last_week() -> None:
    totals = results.document(an_audit(a_finding(), previous=None))["totals"]
    assert (totals["last_week"], totals["new"]) == (None, 1)


def test_an_address_that_may_not_be_linked_is_left_out() -> None:
    subject = a_subject(permalink="javascript:alert(1)")
    (finding,) = results.document(an_audit(a_finding(subject=subject)))["findings"]
    assert finding["record"]["permalink"] is None


def test_findings_are_in_the_order_of_their_references() -> None:
    audit = an_audit(a_finding(n=112), a_finding(n=9))
    assert [f["ref"] for f in results.document(audit)["findings"]] == ["FB-009", "FB-112"]
