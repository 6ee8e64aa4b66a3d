"""A disk that fills up under the store or under the report (for a real one: tests/servers)."""

from __future__ import annotations

import email
import resource
from contextlib import contextmanager
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from demo import manifest
from flows import plan as plans
from flows import stages
from socialaudit.errors import StoreError
from socialaudit.store import Store, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demo.world import World
    from flows.stages import Result

NOW = manifest.load().weekly
COUNCIL = manifest.load().council.id


def subjects(world: World) -> list[str]:
    read = [email.message_from_bytes(m, policy=default) for m in world.mailbox.messages()]
    return [str(message["Subject"]) for message in read]


def verified(world: World) -> int:
    """The number of closed runs; each fits its digest."""
    store = Store.open(world.environment()["SOCIALAUDIT_DATABASE_URL"])
    with store.begin() as tx:
        assert runs.broken_link(tx, COUNCIL) is None
        closed = len(runs.of_council(tx, COUNCIL))
    store.close()
    return closed


def run(world: World) -> Result:
    plan = plans.weekly(world.council_file(), NOW, fixed=True)
    return stages.run(plan, stages.Plain(), str(world.out / "report"))


@contextmanager
def pages_at_most(count: int) -> Iterator[None]:
    """SQLite says that the disk is full when a database would grow over some pages of 4 KiB."""

    def limit(connection: Any, _: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {count}")

    sa.event.listen(sa.Engine, "connect", limit)
    try:
        yield
    finally:
        sa.event.remove(sa.Engine, "connect", limit)


@pytest.mark.parametrize("pages", [45, 150, 300])
def test_a_run_goes_on_when_there_is_room_again_wherever_the_store_became_full(
    world: World, pages: int
) -> None:
    with pages_at_most(pages), pytest.raises(StoreError, match="disk is full"):
        run(world)
    assert [subject.split(":")[0] for subject in subjects(world)] == ["No check this week"]
    assert not (world.out / "report").exists()
    assert run(world).to_do > 0
    assert verified(world) == 2
    assert len(subjects(world)) == 2


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """No file that this process writes may grow over a size (getrlimit(2), RLIMIT_FSIZE)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [40_000, 70_000])
def test_a_report_without_room_leaves_the_files_of_before_and_no_others(
    world: World, size: int
) -> None:
    run(world)
    report = world.out / "report"
    before = {path: path.read_bytes() for path in report.iterdir()}
    with files_at_most(size), pytest.raises(StoreError, match="cannot write the report into"):
        run(world)
    assert {path: path.read_bytes() for path in report.iterdir()} == before
