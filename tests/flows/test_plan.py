from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows import plan as plans
from socialaudit.errors import UsageError
from socialaudit.finding import RunKind

if TYPE_CHECKING:
    from flows.plan import Plan

POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
MONDAY = datetime(2026, 11, 16, 6, tzinfo=UTC)


@pytest.fixture
def council(tmp_path: Path) -> Path:
    path = tmp_path / "testham.toml"
    path.write_text(
        f"""
[council]
id = "testham"
name = "Testham Town Council"
timezone = "Europe/London"
policy = "{POLICY}"
[report]
recipients = ["clerk@testham.example"]
[[account]]
id = "facebook"
platform = "facebook"
handle = "Testham"
[[account]]
id = "youtube"
platform = "youtube"
handle = "@testham"
"""
    )
    return path


def window(plan: Plan) -> tuple[str, str]:
    return plan.run.window.since.isoformat(), plan.run.window.until.isoformat()


def test_a_weekly_run_looks_at_the_last_whole_week(council: Path) -> None:
    plan = plans.weekly(council, MONDAY)
    assert window(plan) == ("2026-11-09T00:00:00+00:00", "2026-11-16T00:00:00+00:00")
    assert plan.run.id == "testham-2026-11-15-weekly"


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-10-26T06:00:00+00:00", "2026-10-18T23:00:00+00:00", "2026-10-26T00:00:00+00:00"),
        ("2026-03-30T05:00:00+00:00", "2026-03-23T00:00:00+00:00", "2026-03-29T23:00:00+00:00"),
    ],
    ids=["169 hours in autumn", "167 hours in spring"],
)
def test_a_week_with_a_clock_change_is_a_week_of_local_days(
    council: Path, now: str, since: str, until: str
) -> None:
    assert window(plans.weekly(council, datetime.fromisoformat(now))) == (since, until)


def test_any_time_of_a_week_audits_the_same_week(council: Path) -> None:
    days = [plans.weekly(council, MONDAY.replace(day=day)).run.id for day in range(16, 23)]
    assert set(days) == {"testham-2026-11-15-weekly"}


def test_a_look_back_ends_where_the_week_begins(council: Path) -> None:
    weekly = plans.weekly(council, MONDAY)
    first = plans.look_back(weekly, weekly.run.window.since, ["youtube"])
    assert window(first) == ("2026-09-13T23:00:00+00:00", "2026-11-09T00:00:00+00:00")
    assert (first.run.kind, first.run.accounts) == (RunKind.FIRST, ("youtube",))


def test_an_incident_takes_whole_local_days_and_ends_now_at_the_latest(council: Path) -> None:
    day = date(2026, 11, 16)
    plan = plans.incident(council, MONDAY, since=day, until=day, reason="The clerk asked.")
    assert window(plan) == ("2026-11-16T00:00:00+00:00", "2026-11-16T06:00:00+00:00")


def test_the_same_request_is_the_same_run_and_another_is_another(council: Path) -> None:
    def asked(**changes: str) -> str:
        return plans.incident(council, MONDAY, **{"reason": "Complaint", **changes}).run.id  # type: ignore[arg-type]  # all are texts

    assert asked() == asked()
    assert len({asked(), asked(reason="Audit"), asked(request="2")}) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"accounts": ["x"]}, "no account 'x'; there are facebook, youtube"),
        ({"since": date(2026, 11, 20)}, "--since 2026-11-20 is in the future"),
        ({"until": date(2026, 11, 20)}, "--until 2026-11-20 is in the future"),
        (
            {"since": date(2026, 11, 10), "until": date(2026, 11, 8)},
            "--since 2026-11-10 is not before --until 2026-11-08",
        ),
        ({"since": date(2020, 1, 1)}, "more than 366 days"),
        ({"reason": " "}, "needs --reason"),
        ({"reason": "Complaint \udcff"}, "--reason holds a character that is no text"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value[:30],
)
def test_a_window_that_cannot_be_is_refused_in_one_line(
    council: Path, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(UsageError, match=message) as fault:
        plans.incident(council, MONDAY, **{"reason": "Complaint", **arguments})  # type: ignore[arg-type]  # wrong on purpose
    assert "\n" not in str(fault.value)
