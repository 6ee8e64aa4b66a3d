"""The command line against the demo town, under a real Prefect server."""

from __future__ import annotations

import email
import json
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from demo import manifest
from demo.server import Fault
from socialaudit.cli import main
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from demo.world import World

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect")]
NOW = manifest.load().weekly.isoformat()
FILES = {"results.json", "findings.csv", "report.html", "email.html", "email.txt", "email.eml"}


def audit(council: Path, *arguments: str) -> Result:
    folder = council.parent / "report"
    given = ["audit", str(council), "--now", NOW, "--out", str(folder), *arguments]
    return CliRunner().invoke(main, given)


def results(council: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((council.parent / "report" / "results.json").read_text())
    return found


def subjects(world: World) -> list[str]:
    read = [email.message_from_bytes(m, policy=default) for m in world.mailbox.messages()]
    return [str(message["Subject"]) for message in read]


def test_a_weekly_audit_leaves_six_files_and_one_message(world: World) -> None:
    council = world.council_file()
    done = audit(council)
    assert done.exit_code == 10, done.output
    assert {path.name for path in (council.parent / "report").iterdir()} == FILES
    assert len(subjects(world)) == 1
    assert results(council)["run"]["kind"] == "weekly"


def test_the_same_audit_again_is_the_same_run_and_sends_nothing(world: World) -> None:
    council = world.council_file()
    audit(council)
    before = results(council)
    assert audit(council).exit_code == 10
    assert results(council) == before
    assert len(subjects(world)) == 1


def test_an_expired_token_is_a_thing_to_do_and_the_report_goes_out(world: World) -> None:
    world.servers["x"].faults.append(Fault("expired_token"))
    council = world.council_file()
    assert audit(council).exit_code == 10
    found = results(council)
    assert [a["status"] for a in found["accounts"] if a["id"] == "x"] == ["not read"]
    gaps = [f for f in found["findings"] if f["check"] == "monitoring-gaps"]
    assert [(f["account"], f["record"]) for f in gaps] == [("x", None)]
    assert len(subjects(world)) == 1


def test_missing_credentials_are_a_thing_to_do(world: World) -> None:
    council = council_with(world, ('credentials = "demo-youtube"\n', ""))
    assert audit(council).exit_code == 10
    (youtube,) = (a for a in results(council)["accounts"] if a["id"] == "youtube")
    assert youtube["status"] == "not read"
    assert youtube["reasons"]


def test_an_account_that_does_not_exist_is_a_thing_to_do(world: World) -> None:
    council = council_with(world, ('handle = "MarchwardineTC"', 'handle = "nobody_here"'))
    assert audit(council).exit_code == 10
    (x,) = (a for a in results(council)["accounts"] if a["id"] == "x")
    assert x["status"] == "not read"


def test_nothing_readable_is_said_in_a_short_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_OPERATOR", "support@example.org")
    for name in ("facebook", "podcast", "x", "youtube"):
        world.servers[name].faults.append(Fault("expired_token"))
    assert audit(world.council_file()).exit_code == 3
    assert [s[:18] for s in subjects(world)] == [
        "No check this week"
    ] * 2  # the clerk, the operator


def test_a_dead_mail_server_keeps_the_report_and_the_next_run_delivers_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = world.council_file()
    port = world.environment()["SOCIALAUDIT_SMTP_PORT"]
    monkeypatch.setenv("SOCIALAUDIT_SMTP_PORT", "1")
    assert audit(council).exit_code == 1
    assert {path.name for path in (council.parent / "report").iterdir()} == FILES
    monkeypatch.setenv("SOCIALAUDIT_SMTP_PORT", port)
    assert audit(council).exit_code == 10
    assert len(subjects(world)) == 1


def test_no_email_sends_nothing(world: World) -> None:
    assert audit(world.council_file(), "--no-email").exit_code == 10
    assert subjects(world) == []


def test_without_a_mail_server_the_report_is_in_its_folder(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOST", "USER", "PASSWORD"):
        monkeypatch.delenv(f"SOCIALAUDIT_SMTP_{name}")
    council = world.council_file()
    assert audit(council).exit_code == 10
    assert {path.name for path in (council.parent / "report").iterdir()} == FILES


def test_an_incident_reads_the_accounts_and_days_that_were_asked_for(world: World) -> None:
    council = world.council_file()
    audit(council)
    given = ("--account", "facebook", "--since", "2026-11-14", "--reason", "A complaint by phone.")
    assert audit(council, *given).exit_code in {0, 10}
    found = results(council)
    assert found["run"]["kind"] == "incident"
    assert found["run"]["reason"] == "A complaint by phone."
    assert [a["id"] for a in found["accounts"]] == ["facebook"]
    assert {f["account"] for f in found["findings"]} <= {"facebook"}
    assert "extra check of Facebook" in subjects(world)[-1]


def test_a_report_can_be_had_again_from_the_store(world: World) -> None:
    council = world.council_file()
    audit(council)
    for form, name in {"json": "results.json", "text": "email.txt", "csv": "findings.csv"}.items():
        said = CliRunner().invoke(main, ["report", str(council), "--format", form])
        assert said.exit_code == 0, said.output
        assert said.stdout_bytes == (council.parent / "report" / name).read_bytes()


def test_stored_evidence_is_judged_again_without_reading_a_platform(world: World) -> None:
    council = world.council_file()
    audit(council)
    asked = {name: len(server.log) for name, server in world.servers.items()}
    said = CliRunner().invoke(main, ["assess", str(council)])
    assert said.exit_code == 0
    assert "video-captions" in said.stdout
    assert "(was" not in said.stdout
    assert {name: len(server.log) for name, server in world.servers.items()} == asked


def test_the_evidence_of_an_untouched_store_is_whole(world: World) -> None:
    council = world.council_file()
    audit(council)
    said = CliRunner().invoke(main, ["evidence", "verify", str(council)])
    assert (said.exit_code, said.stdout) == (0, "2 runs, nothing changed or removed\n")


def test_the_doctor_says_what_to_do_about_an_expired_token(world: World) -> None:
    world.servers["x"].faults.append(Fault("expired_token"))
    said = CliRunner().invoke(main, ["doctor", str(world.council_file())])
    assert said.exit_code == 1
    lines = {line.split(":")[0]: line for line in said.stdout.splitlines()}
    assert "problem account x" in lines
    assert "ok      mail server" in lines
    assert "ok      account facebook" in lines


def test_a_purge_empties_what_is_old_and_the_evidence_still_verifies(world: World) -> None:
    council = world.council_file()
    audit(council)
    said = CliRunner().invoke(main, ["purge", str(council), "--now", "2028-01-01T00:00:00Z"])
    assert said.exit_code == 0
    assert int(said.stdout.split()[1]) > 100
    assert CliRunner().invoke(main, ["evidence", "verify", str(council)]).exit_code == 0
    again = CliRunner().invoke(main, ["report", str(council), "--format", "web"])
    assert again.exit_code == 0
    assert "Words of the comment" not in again.stdout
