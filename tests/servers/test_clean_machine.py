"""An empty machine, set up and run with the operating guide's own commands (``make test-servers``)."""

from __future__ import annotations

import email
import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from demo import manifest
from demo.world import POLICY, World
from tests.servers.guide import commands, within
from tests.servers.started import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.servers,
    pytest.mark.xdist_group("clean machine"),
    pytest.mark.timeout(900),
]
ROOT = Path(__file__).parents[2]
KNOWN = manifest.load()
COUNCIL = KNOWN.council.id
LONDON = ZoneInfo("Europe/London")
NOT_OURS = shutil.ignore_patterns(".*", "node_modules", "__pycache__", "out", "dist", "build")
DOCUMENTS = {"results.json", "findings.csv", "report.html", "email.html", "email.txt", "email.eml"}
START_SECONDS = 300


@dataclass
class Machine:
    """A folder that is a whole machine: its program, settings, home, and the town around it."""

    folder: Path
    world: World
    port: int

    @property
    def home(self) -> Path:
        return self.folder / "var" / "lib" / "socialaudit"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What a login gives, and how packages are found on this machine."""
        kept = {k: v for k, v in os.environ.items() if k.startswith("PIP_")}
        kept["PIP_NO_COMPILE"] = "1"  # what is imported is compiled then, and little of it is
        for name in ("pip/pip.conf", "../.pip/pip.conf"):
            if (mine := Path.home() / ".config" / name).is_file():
                kept.setdefault("PIP_CONFIG_FILE", str(mine))
        return {**kept, "HOME": str(self.home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}

    def script(self, name: str) -> str:
        """The guide's commands of a name, for this machine, its council and its week."""
        text = within(self.folder, commands(name)).replace(":4200", f":{self.port}")
        return text.replace("council=cromer", f"council={COUNCIL}")

    def do(self, name: str, more: str = "") -> str:
        """Run the guide's commands of a name to their end; what they said."""
        done = subprocess.run(  # noqa: S603 - the guide's own commands
            ["bash", "-euc", self.script(name).rstrip() + more],  # noqa: S607 - likewise
            env=self.environment,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The guide's server at work, until it is told to end; then nothing of it is left."""
        log = self.folder / "serve.log"
        with log.open("wb") as said:
            server = subprocess.Popen(  # noqa: S603 - the guide's own commands
                ["bash", "-euc", self.script("serve")],  # noqa: S607 - likewise
                env={**self.environment, "PREFECT_SERVER_API_PORT": str(self.port)},
                cwd=self.home,
                stdout=said,
                stderr=said,
            )
            try:
                _until(lambda: "ready" in log.read_text() or server.poll() is not None, log)
                assert server.poll() is None, log.read_text()
                yield
            finally:
                server.send_signal(signal.SIGTERM)
                assert server.wait(60) == 0, log.read_text()

    def messages(self, least: int) -> list[EmailMessage]:
        """The town's mail, as soon as there is so much of it."""
        _until(lambda: len(self.world.mailbox.messages()) >= least, self.folder / "serve.log")
        return [
            email.message_from_bytes(one, policy=default) for one in self.world.mailbox.messages()
        ]

    def results(self, kind: str) -> dict[str, Any]:
        """The results of the one report of a kind, in whose folder all six files are."""
        reports = self.home / ".local" / "share" / "socialaudit" / "reports"
        (folder,) = reports.glob(f"{COUNCIL}-*-{kind}*")
        assert {path.name for path in folder.iterdir()} == DOCUMENTS
        found: dict[str, Any] = json.loads((folder / "results.json").read_text("utf-8"))
        return found

    def asked(self, path: str, body: Any = None) -> Any:
        """An answer of Prefect's API."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.address}/api{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - likewise
            return json.load(answer)


def _until(there: Any, log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while not there():
        assert time.monotonic() < ends, log.read_text()
        time.sleep(0.2)


def _configured(machine: Machine) -> None:
    """The settings that come with us, with the town's mail server and secrets in them."""
    example = (ROOT / "deploy" / "environment").read_text("utf-8")
    town = machine.world.environment()
    town.pop("SOCIALAUDIT_DATABASE_URL")
    lines = [line for line in example.splitlines() if line.partition("=")[0] not in town]
    lines += [f"{name}={value}" for name, value in town.items() if not name.startswith("DEMO_")]
    settings = machine.folder / "etc" / "socialaudit"
    for name in ("councils", "policies", "secrets"):
        (settings / name).mkdir(parents=True)
    (settings / "environment").write_text(within(machine.folder, "\n".join(lines)), "utf-8")
    for name, value in town.items():
        if name.startswith("DEMO_"):
            (settings / "secrets" / name).write_text(value, "ascii")
            (settings / "secrets" / name).chmod(0o600)
    council = machine.world.council_file()
    policy = f'policy = "../policies/{POLICY}"'
    text = re.sub(r"(?m)^policy = .*$", policy, council.read_text("utf-8"))
    (settings / "councils" / council.name).write_text(text, "utf-8")
    for sheet in council.parent.glob("*.csv"):
        shutil.copy(sheet, settings / "councils")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The guide, followed from its beginning until the server is ready."""
    folder = tmp_path_factory.mktemp("machine")
    before = dict(os.environ)
    with World(tmp_path_factory.mktemp("town"), KNOWN.weekly).running() as world:
        os.environ.clear()
        os.environ.update(before)
        made = Machine(folder, world, *free_ports(1))
        shutil.copytree(ROOT, folder / "opt" / "socialaudit", ignore=NOT_OURS)
        made.home.mkdir(parents=True)
        _configured(made)
        assert "socialaudit" in made.do("install")
        with made.serving():
            yield made
        with pytest.raises(OSError, match="refused"):
            made.asked("/health")


def test_the_week_is_audited_and_emailed(machine: Machine) -> None:
    before = len(machine.world.mailbox.messages())
    said = machine.do("week", f" --param now={KNOWN.weekly:%Y-%m-%dT%H:%M:%SZ}")
    assert "Completed" in said
    *_, message = machine.messages(before + 1)
    assert message["Subject"].endswith("week to 15 November")
    results = machine.results("weekly")
    assert [account["status"] for account in results["accounts"]] == ["read"] * 4
    assert results["run"]["window"]["until"].startswith("2026-11-16")


def test_the_next_mondays_at_six_are_scheduled(machine: Machine) -> None:
    wanted = {"deployments": {"name": {"any_": ["weekly"]}}}

    def scheduled() -> list[datetime]:
        runs = machine.asked("/flow_runs/filter", wanted)
        return [
            datetime.fromisoformat(run["expected_start_time"]).astimezone(LONDON)
            for run in runs
            if run["auto_scheduled"]
        ]

    _until(lambda: len(scheduled()) >= 3, machine.folder / "serve.log")
    assert {(day.weekday(), day.hour, day.minute) for day in scheduled()} == {(0, 6, 0)}


def test_an_incident_is_checked_and_emailed_and_its_page_says_where_the_report_is(
    machine: Machine,
) -> None:
    form = machine.asked("/deployments/name/incident-audit/incident")["parameter_openapi_schema"]
    given = re.findall(r"--param (\w+)=", machine.script("incident"))
    assert set(form["required"]) <= set(given) <= set(form["properties"])
    before = len(machine.world.mailbox.messages())
    assert "Completed" in machine.do("incident")
    *_, message = machine.messages(before + 1)
    assert "extra check" in message["Subject"]
    run = machine.results("incident")["run"]
    assert (run["kind"], run["reason"], run["window"]["since"][:10]) == (
        "incident",
        "A complaint",
        "2026-11-12",
    )
    wanted = {"artifacts": {"key": {"any_": [f"incident-{COUNCIL}"]}}}
    (page,) = machine.asked("/artifacts/filter", wanted)
    assert "The report was emailed to clerk@" in page["data"]


def test_a_clerk_can_fill_in_the_form_and_no_page_asks_an_outside_host(
    machine: Machine, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 1600})
    asked: list[str] = []
    page = context.new_page()
    page.on("response", lambda response: asked.append(response.url))
    where = machine.asked("/deployments/name/incident-audit/incident")["id"]
    for path in ("/dashboard", "/runs", "/deployments", "/blocks/catalog", "/v2"):
        page.goto(f"{machine.address}{path}", wait_until="networkidle")
    page.goto(f"{machine.address}/deployments/deployment/{where}/run", wait_until="networkidle")
    page.get_by_text("Which council: its id, such as cromer").wait_for()
    form = page.inner_text("form")
    for text in ("accounts (Optional)", "since (Optional)", "until (Optional)", "reason"):
        assert text in form
    assert [odd for odd in ("None", "now (", "folder (") if odd in form] == []
    council, reason, _ = page.locator("form textarea").all()
    council.fill("nowhere")
    reason.fill("A complaint")
    with page.expect_response("**/create_flow_run") as answer:
        page.get_by_role("button", name="Submit").click()
    assert answer.value.status == 201
    context.close()
    assert {
        url for url in asked if not url.startswith((machine.address, "blob:", "data:"))
    } == set()
