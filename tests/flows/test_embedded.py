from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demo.world import World

pytestmark = pytest.mark.xdist_group("prefect")
ROOT = Path(__file__).parents[2]
SECONDS = 180
HOLDER = """
import os, sys
from pathlib import Path
from flows import embedded

print("asking", flush=True)
with embedded.server(Path(sys.argv[1])) as url:
    print(Path(f"/proc/self/task/{os.getpid()}/children").read_text().strip(), flush=True)
    sys.stdin.read()
"""
"""A command that holds a server of its own until its input ends; says the server's process id."""


@contextmanager
def holder(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLDER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
    )
    with child:
        yield child
        child.kill()


def said(child: subprocess.Popen[bytes]) -> str:
    """The next line, which does not come at all when the child is stuck."""
    assert child.stdout is not None
    assert select.select([child.stdout], [], [], SECONDS)[0], "the child is stuck"
    return child.stdout.readline().decode().strip()


def has_something_to_say(child: subprocess.Popen[bytes]) -> bool:
    assert child.stdout is not None
    return bool(select.select([child.stdout], [], [], 0)[0])


def ends(process: int) -> bool:
    """Whether a process that is not our child ends soon."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], SECONDS)[0])
    finally:
        os.close(handle)


def variables(process: int) -> set[str]:
    return set(Path(f"/proc/{process}/environ").read_text("utf-8").split("\0"))


def test_the_server_answers_and_phones_nobody(prefect: str) -> None:
    with urllib.request.urlopen(f"{prefect}/health") as answer:  # noqa: S310 - our own server
        assert json.load(answer) is True
    with urllib.request.urlopen(f"{prefect}/admin/settings") as answer:  # noqa: S310 - likewise
        settings = json.load(answer)
    assert settings["server"]["analytics_enabled"] is False
    assert os.environ["DO_NOT_TRACK"] == "1"


def test_the_server_ends_with_its_command_however_that_ends_and_the_next_command_waits_for_it(
    tmp_path: Path,
) -> None:
    with holder(tmp_path) as first:
        assert said(first) == "asking"
        server = int(said(first))
        assert {"DO_NOT_TRACK=1", "PREFECT_SERVER_ANALYTICS_ENABLED=false"} <= variables(server)
        with holder(tmp_path) as second:
            assert said(second) == "asking"
            assert not has_something_to_say(second)
            first.send_signal(signal.SIGKILL)
            assert ends(server)
            server = int(said(second))
            second.send_signal(signal.SIGTERM)
            assert ends(server)


def test_a_server_of_the_user_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    with embedded.server(tmp_path / "home") as url:
        assert url == "http://127.0.0.1:1/api"
    assert not (tmp_path / "home").exists()


def test_the_environment_is_as_before_when_the_server_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", "nonsense://")
    before = dict(os.environ)
    fault = pytest.raises(embedded.ServerNotStarted, match="stopped while it started")
    with fault, embedded.server(tmp_path):
        pass
    assert dict(os.environ) == before


def test_an_audit_ends_without_a_word_of_prefect_s_and_leaves_no_process(world: World) -> None:
    home = world.out / "home"
    done = subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "socialaudit", "audit", str(world.council_file())),
            *("--now", manifest.load().weekly.isoformat(), "--out", str(world.out / "report")),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(home), **world.environment()},
    )
    assert (done.returncode, done.stdout, done.stderr) == (10, "", "")
    (log,) = home.rglob("server.log")
    assert log.read_text("utf-8") == ""
    running = [p for p in Path("/proc").glob("[0-9]*/environ") if str(home) in environment(p)]
    assert running == []


def environment(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
