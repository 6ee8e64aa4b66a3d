"""The one command that serves on one machine; tests/servers/test_clean_machine.py runs it whole."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from flows import serve
from flows.private_server import NO_TELEMETRY
from socialaudit import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def written(name: str) -> dict[str, str]:
    """The variables of a file of settings that comes with us."""
    lines = (DEPLOY / name).read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def serving(environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "flows.serve", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_files_for_services_and_the_command_switch_off_the_same() -> None:
    assert NO_TELEMETRY.items() <= written("prefect.env").items()
    image = (DEPLOY / "Containerfile").read_text("utf-8")
    assert [n for n, v in NO_TELEMETRY.items() if f"{n}={v}" not in image] == []


def test_the_settings_to_begin_with_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in written("environment").items():
        monkeypatch.setenv(name, value)
    loaded = settings.load()
    assert (loaded.sends, str(loaded.councils)) == (True, "/etc/socialaudit/councils")


def test_every_service_is_as_closed_as_the_others_and_runs_what_is_installed() -> None:
    units = {unit.name: unit.read_text("utf-8") for unit in DEPLOY.glob("*.service")}
    closed = {
        text[text.index("NoNewPrivileges") :].partition("\n\n")[0].strip()
        for text in units.values()
    }
    assert len(closed) == 1
    programs = re.findall(
        r"ExecStart=/opt/socialaudit/venv/bin/(\S+ \S+)", "\n".join(units.values())
    )
    assert sorted(programs) == [
        *("prefect --no-prompt", "python -m", "python -m"),
        *("socialaudit audit", "socialaudit overdue"),
    ]
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert [name for name in units if name.partition(".")[0] not in guide] == []


def test_what_the_operator_set_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_SERVER_API_PORT", "4999")
    monkeypatch.setenv("PREFECT_API_URL", "http://elsewhere.example.org/api")
    monkeypatch.setenv("PREFECT_HOME", "/srv/prefect")
    chosen = serve.environment()
    assert chosen["PREFECT_API_URL"] == "http://127.0.0.1:4999/api"
    assert chosen["PREFECT_HOME"] == "/srv/prefect"
    assert chosen["DO_NOT_TRACK"] == "1"


def test_without_councils_nothing_is_started(tmp_path: Path) -> None:
    done = serving({"HOME": str(tmp_path)})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "set SOCIALAUDIT_COUNCILS to the folder of council files\n"


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "cromer.toml").write_text("", "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serving(
            {
                "HOME": str(tmp_path),
                "SOCIALAUDIT_COUNCILS": str(tmp_path),
                "PREFECT_SERVER_API_PORT": port,
            }
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"something answers at http://127.0.0.1:{port}/api already; set PREFECT_SERVER_API_PORT\n"
    )


def test_another_word_is_refused() -> None:
    assert serve.main("stop") == 2


def test_the_deployments_are_found_beside_the_flows_or_above_them() -> None:
    assert serve.deployments() == ROOT / "prefect.yaml"
