from __future__ import annotations

import email
import json
import shutil
import subprocess
import sys
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


@pytest.fixture
def fresh(world: World) -> World:
    undo(world)
    return world


def run_and_die(world: World, side: str, number: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            str(CHILD),
            str(world.out / f"{KNOWN.council.id}.toml"),
            KNOWN.weekly.isoformat(),
            str(world.out / "report"),
            side,
            str(number),
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


@pytest.fixture(scope="module")
def untouched(world: World) -> dict[str, Any]:
    """What a run says that nobody killed."""
    shutil.copy(world.out / "looked-back.db", world.out / "socialaudit.db")
    return run_again(world)


def assert_same_report(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for part in ("assessments", "findings", "clauses", "totals"):
        assert found[part] == expected[part]


def message_ids(world: World) -> list[str]:
    return [str(email.message_from_bytes(m)["Message-ID"]) for m in world.mailbox.messages()]


def commits_of_a_run(world: World) -> int:
    whole = run_and_die(world, "never", 0)
    assert whole.returncode == 0, whole.stderr
    return int(whole.stdout)


def assert_survives(world: World, side: str, number: int, untouched: dict[str, Any]) -> None:
    died = run_and_die(world, side, number)
    assert died.returncode == -9, (side, number, died.stderr)
    assert_same_report(run_again(world), untouched)
    ids = message_ids(world)
    assert len(set(ids)) == 1
    assert len(ids) <= 2


@pytest.mark.parametrize(("side", "number"), [("before", 4), ("after", 5), ("before", 8)])
def test_a_killed_run_begun_again_leaves_one_report(
    fresh: World, untouched: dict[str, Any], side: str, number: int
) -> None:
    assert_survives(fresh, side, number, untouched)


def test_a_run_done_twice_is_the_same_run_and_sends_nothing_new(
    fresh: World, untouched: dict[str, Any]
) -> None:
    assert run_again(fresh) == run_again(fresh)
    assert_same_report(run_again(fresh), untouched)
    assert len(message_ids(fresh)) == 1


@pytest.mark.faults
def test_a_run_killed_at_any_commit_and_begun_again_leaves_one_report_and_one_email(
    fresh: World, untouched: dict[str, Any]
) -> None:
    copies: dict[tuple[str, int], int] = {}
    last = commits_of_a_run(fresh)
    points = [(side, n) for n in range(1, last + 1) for side in ("before", "after")]
    for side, number in points[:-1]:
        undo(fresh)
        assert_survives(fresh, side, number, untouched)
        copies[side, number] = len(message_ids(fresh))
    assert sum(n == 2 for n in copies.values()) == 1, copies
