"""What the fleet's benchmark works out by itself; what it measures is not tested."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bench import page, processes
from bench.fleet_tables import share, share_of
from bench.fleet_towns import ACCOUNTS, council_of, named
from bench.fleet_week import Slot, Took, slot
from demo import manifest
from demo.world import World
from flows import plan as plans

if TYPE_CHECKING:
    from pathlib import Path

BEGUN = datetime(2026, 11, 16, 6, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGUN + timedelta(seconds=seconds)


def test_a_flow_run_s_time_is_told_apart_from_its_tasks() -> None:
    tasks = [(at(13), at(17)), (at(10), at(12))]
    parts = slot(at(0), at(18), tasks)
    assert parts == Slot(start=10, tasks=6, between=1, end=1)
    assert parts.whole == 18
    assert share([parts]) == pytest.approx(12 / 18)


def test_a_larger_batch_has_the_same_fixed_part() -> None:
    slots = [Slot(start=8, tasks=20, between=1, end=2)] * 2
    assert share_of(slots, councils=20, size=10) == pytest.approx(share(slots))
    assert share_of(slots, councils=20, size=100) == pytest.approx(1 - 200 / 220)


def test_councils_an_hour_are_of_the_time_between_the_first_and_the_last() -> None:
    took = Took(shape="batches", workers=2, latency=0.2, councils=20, elapsed=60)
    assert (took.name, took.an_hour) == ("batches, 2 workers, 200 ms", 1200)


def test_every_council_of_the_fleet_has_the_town_s_three_accounts(tmp_path: Path) -> None:
    with World(tmp_path, manifest.load().weekly).running() as world:
        file, site = world.council_file(), world.servers["website"].url
    file.write_text(council_of(file.read_text("utf-8"), named(7)), "utf-8")
    council, _ = plans.read_files(file)
    assert council.council.id == "town-007"
    assert tuple(account.platform for account in council.accounts) == ACCOUNTS
    assert {council.home_page, council.website_feed} == {f"{site}/", f"{site}/feed/"}


def test_the_fleet_s_part_of_the_page_and_the_rest_are_written_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.PAGE.write_text("# Old\n\n## Demo\n", "utf-8")
    page.keep_fleet("a machine", ["## Fleet: one\n"])
    page.keep_usual("# New\n", ["## Demo\n", "## Store\n"])
    assert page.PAGE.read_text("utf-8") == (
        "# New\n\n## Demo\n\n## Store\n\n## A fleet of councils\n\na machine\n\n## Fleet: one\n"
    )


def test_a_process_s_time_is_read_past_a_name_with_spaces_and_brackets() -> None:
    stat = "7 (a (b) c) S 1 7 7 0 -1 0 0 0 0 0 100 50 20 10 20 0 1 0"
    ticks = processes.TICK
    assert processes.times(stat) == pytest.approx((150 / ticks, 30 / ticks))
