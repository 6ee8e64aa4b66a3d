from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from demo import manifest
from demo.world import World
from flows import packing, stages
from flows import plan as plans
from socialaudit import pack
from socialaudit.errors import UsageError
from socialaudit.finding import RunKind
from socialaudit.store import Store, export, findings, runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KNOWN = manifest.load()
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The town after both Mondays."""
    out = tmp_path_factory.mktemp("town")
    with World(out, KNOWN.first).running() as running:
        before = plans.weekly(running.council_file(), KNOWN.first, fixed=True)
        stages.look_back(before, stages.Plain(), before.run.window.until)
        running.at(KNOWN.weekly)
        weekly = plans.weekly(running.council_file(), KNOWN.weekly, fixed=True)
        stages.run(weekly, stages.Plain(), str(out / "report"), email=False)
        yield running


def made(world: World, path: Path, **wanted: Any) -> packing.Made:
    asked = packing.Wanted(council=str(world.council_file()), **wanted)
    return packing.export_to(path, asked, NOW)


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def weekly_run(world: World) -> str:
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        (run,) = runs.of_council(tx, KNOWN.council.id, (RunKind.WEEKLY,))
    store.close()
    return run.id


def a_finding(world: World, check: str) -> str:
    run = weekly_run(world)
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        found = findings.of_run(tx, run).values()
    store.close()
    return next(f.ref for f in found if f.check == check)


def test_a_run_is_packed_and_a_stranger_can_check_it(world: World, tmp_path: Path) -> None:
    path = tmp_path / "run.zip"
    told = made(world, path, run=weekly_run(world))
    verdict = pack.verify(path)
    assert verdict.problem == ""
    assert (verdict.runs, verdict.records, verdict.digest) == (1, told.records, told.sha256)
    assert told.records > 100
    report = (world.out / "report" / "report.html").read_text("utf-8")
    assert "Digest " in report
    assert report.partition("Digest ")[2][:64] in everything(path)


def test_the_words_of_the_public_are_left_out_unless_somebody_says_why(
    world: World, tmp_path: Path
) -> None:
    ref = a_finding(world, "offensive-comments")
    made(world, tmp_path / "shown.zip", ref=ref)
    asked = {"whole": True, "reason": "The police asked", "by": "The clerk"}
    made(world, tmp_path / "whole.zip", ref=ref, **asked)
    shown, whole = everything(tmp_path / "shown.zip"), everything(tmp_path / "whole.zip")
    assert pack.LEFT_OUT in shown
    assert pack.LEFT_OUT not in whole
    assert len(whole) > len(shown)
    for name in ("shown", "whole"):
        assert pack.verify(tmp_path / f"{name}.zip").problem == ""
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        kept = export.notes(tx, KNOWN.council.id)[-2:]
    store.close()
    assert [(n["scope"], n["whole"], n["reason"], n["by"]) for n in kept] == [
        (f"finding {ref}", False, "", ""),
        (f"finding {ref}", True, "The police asked", "The clerk"),
    ]


def test_a_finding_is_packed_with_every_run_that_listed_it(world: World, tmp_path: Path) -> None:
    told = made(world, tmp_path / "finding.zip", ref=a_finding(world, "video-captions"))
    assert 1 <= told.runs <= 2
    assert told.records < 10


def test_a_period_is_packed_by_the_days_that_its_runs_look_at(world: World, tmp_path: Path) -> None:
    told = made(world, tmp_path / "all.zip", since=date(2026, 1, 1), until=date(2026, 12, 31))
    assert told.runs == 2
    assert made(world, tmp_path / "late.zip", since=date(2026, 11, 15)).runs == 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, "say what to pack"),
        ({"run": "a", "ref": "FB-001"}, "say what to pack"),
        ({"run": "nonsense"}, "nothing to pack for run nonsense; the last finished runs: march"),
        ({"ref": "FB-999"}, "nothing to pack for finding FB-999"),
        ({"since": date(2030, 1, 1)}, "nothing to pack for runs from 2030-01-01 to the last"),
        ({"ref": "FB-001", "whole": True, "by": "A"}, "--unredacted needs --reason and --by"),
        ({"ref": "FB-001", "reason": "a\nb"}, "--reason must be one line"),
    ],
)
def test_a_question_that_has_no_answer_is_refused_and_writes_nothing(
    world: World, tmp_path: Path, wanted: dict[str, Any], expected: str
) -> None:
    with pytest.raises(UsageError, match=expected):
        made(world, tmp_path / "pack.zip", **wanted)
    assert list(tmp_path.iterdir()) == []
