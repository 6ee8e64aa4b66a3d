"""The deployments for a Prefect server of the user's own, made and run as docs/operating.md says."""

from __future__ import annotations

import asyncio
import importlib
import json
import re
import shutil
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml  # type: ignore[import-untyped]  # Prefect brings it, without types

from demo import manifest
from flows import embedded
from flows import plan as plans
from flows.shared_limits import PREFIX, SHARED

if TYPE_CHECKING:
    from demo.world import World

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]
ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "prefect.yaml").read_text("utf-8")
DEPLOYMENTS: dict[str, dict[str, Any]] = {d["name"]: d for d in yaml.safe_load(TEXT)["deployments"]}
POOL = DEPLOYMENTS["weekly"]["work_pool"]["name"]


def command(*arguments: str) -> str:
    """Prefect's command line, with the server of the environment."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def deployed(prefect: str) -> str:
    """Prefect's API with the pool and every deployment of prefect.yaml."""
    command("work-pool", "create", POOL, "--type", "process", "--overwrite")
    command("deploy", "--all")
    return prefect


def asked(url: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - our own server
        url,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - likewise
        return json.load(answer)


def deployment(api: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = asked(f"{api}/deployments/name/{flow_of(name)}/{name}")
    return found


def flow_of(name: str) -> str:
    """The name of a deployment's flow."""
    if name in {"decision", "statement", "moderation", "look"}:
        return f"record-{name}"
    return {"council": "weekly-audit", "incident": "incident-audit"}.get(name, name)


def test_no_path_of_one_machine_is_in_the_file() -> None:
    assert re.findall(r"(?:^|[\s\"'=])[/~]\w|[A-Z]:\\", TEXT) == []


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_every_entry_point_is_a_flow(name: str) -> None:
    module, _, flow = DEPLOYMENTS[name]["entrypoint"].rpartition(".")
    assert getattr(importlib.import_module(module), flow).name == flow_of(name)


@pytest.mark.parametrize(
    ("saturday", "monday", "hours"),
    [
        ("2026-03-28", "2026-03-30T05:00:00+00:00", 167),
        ("2026-10-24", "2026-10-26T06:00:00+00:00", 169),
        ("2026-11-14", "2026-11-16T06:00:00+00:00", 168),
    ],
    ids=["spring", "autumn", "winter"],
)
def test_monday_at_six_is_six_in_london_and_means_the_week_before(
    world: World, saturday: str, monday: str, hours: int
) -> None:
    from prefect.server.schemas.schedules import CronSchedule  # noqa: PLC0415 - loads Prefect

    (entry,) = DEPLOYMENTS["weekly"]["schedules"]
    schedule = CronSchedule(cron=entry["cron"], timezone=entry["timezone"])
    start = datetime.fromisoformat(saturday).replace(tzinfo=UTC)
    (due,) = asyncio.run(schedule.get_dates(1, start))
    assert due == datetime.fromisoformat(monday)
    window = plans.weekly(world.council_file(), due).run.window
    assert (window.until - window.since).total_seconds() == hours * 3600
    assert window.until.astimezone(due.tzinfo).date() == due.date()


def test_every_deployment_is_accepted_with_its_form(deployed: str) -> None:
    weekly, incident = deployment(deployed, "weekly"), deployment(deployed, "incident")
    assert weekly["parameter_openapi_schema"].get("required", []) == []
    assert deployment(deployed, "council")["parameter_openapi_schema"]["required"] == ["council"]
    assert incident["parameter_openapi_schema"]["required"] == ["council", "reason"]
    assert [
        (s["schedule"]["cron"], s["schedule"]["timezone"], s["active"]) for s in weekly["schedules"]
    ] == [("0 6 * * 1", "Europe/London", True)]
    assert incident["schedules"] == []
    assert {d["work_pool_name"] for d in (weekly, incident)} == {POOL}
    fields = incident["parameter_openapi_schema"]["properties"].values()
    assert [f["title"] for f in fields if not f.get("description")] == []


def test_a_form_asks_for_what_may_be_left_empty_in_one_field(deployed: str) -> None:
    def shape(name: str) -> dict[str, Any]:
        found: dict[str, Any] = deployment(deployed, name)["parameter_openapi_schema"]["properties"]
        return found

    incident = shape("incident")
    assert " ".join(incident) == "council accounts since until reason by email"
    days = [
        incident["since"],
        incident["until"],
        shape("look")["until"],
        shape("moderation")["day"],
    ]
    assert [(f["type"], f["format"], "default" in f) for f in days] == [
        ("string", "date", False)
    ] * 4
    for name in ("decision", "statement", "moderation", "look"):
        assert [f for f in shape(name).values() if "anyOf" in f] == []
        assert "now" not in shape(name)


@pytest.mark.parametrize("empty", [{}, {"since": None, "until": None, "accounts": None}])
def test_what_is_left_empty_in_the_incident_form_is_accepted(
    deployed: str, empty: dict[str, Any]
) -> None:
    asking = {"parameters": {"council": "nowhere", "reason": "A complaint", **empty}}
    where = f"{deployed}/deployments/{deployment(deployed, 'incident')['id']}/create_flow_run"
    assert asked(where, {**asking, "state": {"type": "CANCELLED"}})["state_type"] == "CANCELLED"


def test_what_officers_say_is_asked_for_in_forms(deployed: str) -> None:
    decision = deployment(deployed, "decision")["parameter_openapi_schema"]
    assert decision["required"] == ["council", "ref", "verdict", "reason", "by", "until"]
    assert decision["definitions"]["Verdict"]["enum"] == ["mistake", "leave"]
    assert decision["properties"]["until"]["format"] == "date"
    statement = deployment(deployed, "statement")["parameter_openapi_schema"]
    assert statement["required"] == ["council", "clause", "by", "evidence", "until"]
    moderation = deployment(deployed, "moderation")["parameter_openapi_schema"]
    assert moderation["required"] == ["council", "link", "action", "rule", "by"]
    assert moderation["definitions"]["Action"]["enum"][-1] == "looked at members"
    look = deployment(deployed, "look")["parameter_openapi_schema"]
    assert look["required"] == ["council", "account", "seen", "by"]
    forms = (decision, statement, moderation, look)
    for fields in (form["properties"].values() for form in forms):
        assert [f for f in fields if not f.get("description") and "allOf" not in f] == []


@pytest.mark.faults  # a worker and its run take a quarter of a minute
def test_a_worker_that_comes_late_audits_the_week_that_was_scheduled(
    deployed: str, world: World
) -> None:
    folder = world.out / "report"
    due = "2026-10-26T06:00:00+00:00"
    run = asked(
        f"{deployed}/deployments/{deployment(deployed, 'council')['id']}/create_flow_run",
        {
            "parameters": {"council": str(world.council_file()), "folder": str(folder)},
            "state": {"type": "SCHEDULED", "state_details": {"scheduled_time": due}},
        },
    )
    said = command("worker", "start", "--pool", POOL, "--run-once", "--limit", "1")
    ended = asked(f"{deployed}/flow_runs/{run['id']}")
    assert ended["state"]["type"] == "COMPLETED", said
    window = json.loads((folder / "results.json").read_text("utf-8"))["run"]["window"]
    assert [datetime.fromisoformat(window[side]) for side in ("since", "until")] == [
        datetime(2026, 10, 18, 23, tzinfo=UTC),
        datetime(2026, 10, 26, tzinfo=UTC),
    ]
    assert len(world.mailbox.messages()) == 1


def test_a_week_is_cut_into_batches_once_and_what_is_missing_is_asked_for_again(
    deployed: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.batch import audit_batch  # noqa: PLC0415 - loads Prefect
    from flows.dispatch import catch_up, dispatch_week  # noqa: PLC0415 - likewise

    monday = manifest.load().weekly
    whole = world.council_file()
    folder = world.out / "councils"
    folder.mkdir()
    (folder / "marchwardine.toml").write_text(whole.read_text("utf-8"), "utf-8")
    for sheet in world.out.glob("*.csv"):
        shutil.copy(sheet, folder)
    (folder / "broken.toml").write_text("[council", "utf-8")
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(folder))

    assert dispatch_week(monday, size=1) == 2
    assert dispatch_week(monday, size=1) == 2
    assert batches(deployed) == [["broken"], ["marchwardine"]]
    ended = audit_batch(["broken", "marchwardine"], monday, fixed=True, return_state=True)
    assert ended.message == "1 done, 1 failed"
    assert len(world.mailbox.messages()) == 1

    assert catch_up(monday) == 0, "within two hours nothing is missed"
    assert catch_up(monday, grace_minutes=0) == 1
    assert catch_up(monday, grace_minutes=0) == 1
    assert batches(deployed) == [["broken"], ["broken"], ["marchwardine"]]

    for run in asked(
        f"{deployed}/flow_runs/filter",
        {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}, "name": {"like_": "broken"}}},
    ):
        crash = {"state": {"type": "CRASHED"}, "force": True}
        asked(f"{deployed}/flow_runs/{run['id']}/set_state", crash)
    assert catch_up(monday, grace_minutes=0) == 1
    assert batches(deployed) == [["broken"], ["broken"], ["broken"], ["marchwardine"]]


def batches(api: str) -> list[list[str]]:
    """The councils of every batch that was asked for, in order."""
    wanted = {"deployments": {"name": {"any_": ["batch"]}}}
    found = asked(f"{api}/flow_runs/filter", wanted)
    return sorted(run["parameters"]["councils"] for run in found)


def test_what_a_limit_cut_off_is_read_once_when_the_platform_allows_it(
    deployed: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.follow_up import ask, follow_up  # noqa: PLC0415 - loads Prefect

    monkeypatch.setattr(embedded, "is_ours", lambda _address: False)
    council = str(world.council_file())
    window = plans.weekly(world.council_file(), manifest.load().weekly).run.window
    at = datetime.now(UTC) + timedelta(hours=3)
    for _ in range(2):
        ask(council, window, ("x",), at)
    wanted = {"deployments": {"name": {"any_": ["follow-up"]}}}
    (run,) = asked(f"{deployed}/flow_runs/filter", wanted)
    assert datetime.fromisoformat(run["expected_start_time"]) == at
    assert run["parameters"]["accounts"] == ["x"]

    parameters = {name: run["parameters"][name] for name in ("council", "accounts", "attempt")}
    result = follow_up(**parameters, since=window.since, until=window.until)
    assert (result.read, result.cut_off) == (True, ())
    (message,) = world.mailbox.messages()
    assert b"extra check of X" in message


def test_without_a_server_that_can_wait_the_log_says_what_to_type(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    from flows.follow_up import ask  # noqa: PLC0415 - loads Prefect

    window = plans.weekly(world.council_file(), manifest.load().weekly).run.window
    ask("cromer", window, ("x", "youtube"), None)
    assert "socialaudit audit cromer --account x --account youtube --since 2026" in caplog.text


def test_limits_and_automations_are_made_once_and_renewed(deployed: str) -> None:
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "flows.provision"], check=False, cwd=ROOT, capture_output=True
        )
        assert done.returncode == 0, done.stderr
    limits = asked(f"{deployed}/v2/concurrency_limits/filter", {"limit": 200})
    ours = {one["name"]: one["limit"] for one in limits if one["name"].startswith(PREFIX)}
    assert {
        PREFIX + platform: slots for platform, (slots, _) in SHARED.items()
    }.items() <= ours.items()
    automations = asked(f"{deployed}/automations/filter", {})
    assert sorted(one["name"] for one in automations) == [
        "socialaudit: catch up after a crash",
        "socialaudit: never started",
        "socialaudit: no sign of life",
    ]


def test_retention_is_kept_even_for_a_council_beside_a_broken_one(
    deployed: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.purge import purge  # noqa: PLC0415 - loads Prefect

    world.council_file().with_name("broken.toml").write_text("[council", "utf-8")
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(world.out))
    assert purge(manifest.load().weekly) == 1
