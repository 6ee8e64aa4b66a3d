from __future__ import annotations

import email
import json
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from demo import manifest
from demo.world import World
from flows import plan as plans
from flows import stages
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

CHILD = Path(__file__).with_name("dying_run.py")
KNOWN = manifest.load()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The town on its second Monday, looked back on a week before."""
    out = tmp_path_factory.mktemp("town")
    with World(out, KNOWN.first).running() as running:
        before = plans.weekly(running.council_file(), KNOWN.first, fixed=True)
        stages.look_back(before, stages.Plain(), before.run.window.until)
        running.at(KNOWN.weekly)
        shutil.copy(out / "socialaudit.db", out / "looked-back.db")
        yield running


def undo(world: World) -> None:
    """Back to where nothing was done on this Monday."""
    for left in world.out.glob("socialaudit.db*"):
        left.unlink()
    shutil.copy(world.out / "looked-back.db", world.out / "socialaudit.db")
    for message in world.mailbox.folder.glob("*.eml"):
        message.unlink()
    shutil.rmtree(world.out / "report", ignore_errors=True)


def run_and_die(world: World, point: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            str(CHILD),
            str(world.out / f"{KNOWN.council.id}.toml"),
            KNOWN.weekly.isoformat(),
            str(world.out / "report"),
            str(point),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": ".", **world.environment()},
    )


def run_again(world: World) -> dict[str, Any]:
    plan = plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)
    result = stages.run(plan, stages.Plain(), str(world.out / "report"))
    assert result.undelivered == 0
    found: dict[str, Any] = json.loads((world.out / "report" / "results.json").read_text())
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        assert runs.broken_link(tx, KNOWN.council.id) is None
        assert len(runs.of_council(tx, KNOWN.council.id)) == 2
    store.close()
    return found


@dataclass(frozen=True)
class Untouched:
    """What a run leaves that nobody killed, and the names of the points at which one could die."""

    report: dict[str, Any]
    files: dict[str, bytes]
    points: list[str]

    def copies(self, point: int) -> int:
        """How many copies of the email SMTP makes us send after a death at a point.

        Two where the server has accepted the message and the store has not committed that it did.
        """
        accepted = self.points.index("say quit")
        return 2 if point in {accepted, self.points.index("commit", accepted)} else 1


@pytest.fixture(scope="module")
def untouched(world: World) -> Untouched:
    undo(world)
    whole = run_and_die(world, -1)
    assert whole.returncode == 0, whole.stderr
    return Untouched(run_again(world), files_of(world), whole.stdout.splitlines())


def files_of(world: World) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (world.out / "report").glob("*")}


def assert_same_report(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for part in ("assessments", "findings", "clauses", "totals"):
        assert found[part] == expected[part]


def message_ids(world: World) -> list[str]:
    return [str(email.message_from_bytes(m)["Message-ID"]) for m in world.mailbox.messages()]


def assert_survives(world: World, point: int, untouched: Untouched) -> None:
    undo(world)
    died = run_and_die(world, point)
    name = f"{point}: {untouched.points[point]}"
    assert died.returncode == -signal.SIGKILL, (name, died.stderr)
    half_written = {
        file
        for file, content in files_of(world).items()
        if not file.endswith(".new") and content != untouched.files[file]
    }
    assert half_written == set(), name
    assert_same_report(run_again(world), untouched.report)
    assert files_of(world) == untouched.files, name
    ids = message_ids(world)
    assert len(ids) == untouched.copies(point), name
    assert len(set(ids)) == 1, name


@pytest.mark.parametrize(
    ("name", "nth"),
    [("commit", 5), ("committed", 10), ("put in place report.html", 1), ("say quit", 1)],
)
def test_a_killed_run_begun_again_leaves_one_report(
    world: World, untouched: Untouched, name: str, nth: int
) -> None:
    point = [n for n, met in enumerate(untouched.points) if met == name][nth - 1]
    assert_survives(world, point, untouched)


def test_a_run_done_twice_is_the_same_run_and_sends_nothing_new(
    world: World, untouched: Untouched
) -> None:
    undo(world)
    assert run_again(world) == run_again(world)
    assert_same_report(run_again(world), untouched.report)
    assert len(message_ids(world)) == 1


@pytest.mark.faults
@pytest.mark.timeout(1800)  # it kills a run at each of its points, one after the other
def test_a_run_killed_at_any_point_and_begun_again_leaves_one_report_and_one_email(
    world: World, untouched: Untouched
) -> None:
    assert {"commit", "make results", "put in place email.eml", "say data"} <= set(untouched.points)
    for point in range(len(untouched.points)):
        assert_survives(world, point, untouched)
