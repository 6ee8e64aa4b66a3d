"""A policy is data: the demo town under the policy of another council, through the same flow."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import checks
from demo import manifest
from demo.world import World
from flows import plan as plans
from flows import stages
from socialaudit import policy
from socialaudit.settings import packaged
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = manifest.load()
NETHER_ADDLE = packaged("policies") / "nether-addle-2025.toml"
UNDER_CROMER = Counter(p.check for p in KNOWN.problem if p.open_at("weekly"))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the weekly report under the second policy."""
    with World(tmp_path_factory.mktemp("parish"), KNOWN.first).running() as world:
        council = council_with(
            world, (r'policy = ".*"', f'policy = "{NETHER_ADDLE}"'), (r"statements = .*\n", "")
        )
        first = plans.weekly(council, KNOWN.first, fixed=True)
        stages.look_back(first, stages.Plain(), first.run.window.until)
        world.at(KNOWN.weekly)
        stages.run(plans.weekly(council, KNOWN.weekly, fixed=True), stages.Plain(), str(world.out))
        return world.out


@pytest.fixture(scope="module")
def results(report: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((report / "results.json").read_text("utf-8"))
    return found


def to_do(results: dict[str, Any], check: str) -> list[dict[str, Any]]:
    open_ = {"new", "open", "returned", "not rechecked"}
    return [f for f in results["findings"] if f["check"] == check and f["status"] in open_]


def test_every_clause_stands_in_the_adopted_text() -> None:
    rules = policy.load(NETHER_ADDLE, checks.load())
    adopted = NETHER_ADDLE.with_suffix(".txt").read_text("utf-8")
    assert [c.id for c in rules.clauses] == list("1234567")
    assert [c.id for c in rules.clauses if f"{c.id}. {c.text}" not in adopted] == []


def test_it_is_judged_by_the_checks_that_it_names_and_by_no_other(results: dict[str, Any]) -> None:
    assert results["run"]["policy"]["id"] == "nether-addle-2025"
    assert {a["check"] for a in results["assessments"]} == {
        "held-comments",
        "notice-alternative",
        "offensive-comments",
        "policy-review",
        "removed-without-record",
        "signed-statements",
        "unanswered-comments",
        "video-captions",
    }


def test_its_clauses_stand_otherwise(results: dict[str, Any]) -> None:
    assert {c["id"]: c["state"] for c in results["clauses"]} == {
        "1": "nothing to check",
        "2": "needs action",
        "3": "needs action",
        "4": "needs action",
        "5": "needs action",
        "6": "needs action",
        "7": "no problem found",
    }


@pytest.mark.parametrize(
    ("check", "listed"),
    [
        ("unanswered-comments", 1),
        ("held-comments", 1),
        ("notice-alternative", 2),
        ("video-captions", 1),
        ("policy-review", 0),
    ],
)
def test_its_own_numbers_leave_fewer_things_to_do(
    results: dict[str, Any], check: str, listed: int
) -> None:
    assert len(to_do(results, check)) == listed < UNDER_CROMER[check]


def test_what_is_found_cites_its_clauses_and_counts_its_own_references(
    results: dict[str, Any], report: Path
) -> None:
    assert {f["ref"]: f["clauses"] for f in to_do(results, "signed-statements")} == {
        "STF-001": ["6"],
        "STF-002": ["6"],
    }
    assert [f["clauses"] for f in to_do(results, "video-captions")] == [["5"]]
    said = (report / "email.txt").read_text("utf-8")
    assert "Policy point 3." in said
    assert "Under the policy, point 2, we count a question as late after 120 hours." in said
