"""The demo town's two Mondays with the store on PostgreSQL (``make test-servers``)."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from demo import manifest
from flows import plan as plans
from flows import stages
from socialaudit.store import Store, evidence, runs
from socialaudit.store.tables import assessments, councils
from tests.databases import a_postgresql_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from demo.world import World
    from flows.stages import Result
    from socialaudit.models import Record

pytestmark = pytest.mark.servers
KNOWN = manifest.load()
COUNCIL = KNOWN.council.id


@dataclass
class Kept:
    """A store with the town's two Mondays, and what they left."""

    world: World
    address: str
    folder: Path

    def audit(self) -> Result:
        """The second Monday, or what is there of it already."""
        plan = plans.weekly(self.world.council_file(), KNOWN.weekly, fixed=True)
        return stages.run(plan, stages.Plain(), str(self.folder))

    def results(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "results.json").read_text("utf-8"))
        return found

    def records(self) -> dict[str, Record]:
        """Every record of every run, by key."""
        with closing(Store.open(self.address)) as store, store.begin() as tx:
            read = runs.of_council(tx, COUNCIL)
            return {r.key: r for run in read for r in evidence.read(tx, run)}


@pytest.fixture
def postgresql() -> Iterator[str]:
    with a_postgresql_database() as address:
        yield address


def two_mondays(world: World, address: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Pseudonyms depend on the council's salt: a known one makes two stores comparable."""
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", address)
    with closing(Store.open(address)) as store, store.begin() as tx:
        tx.execute(councils.insert().values(council=COUNCIL, salt="5a" * 32))
    kept = Kept(world, address, world.out / folder)
    world.at(KNOWN.first)
    before = plans.weekly(world.council_file(), KNOWN.first, fixed=True)
    stages.look_back(before, stages.Plain(), before.run.window.until)
    world.at(KNOWN.weekly)
    kept.audit()
    return kept


def test_both_databases_keep_and_say_the_same(
    world: World, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite = world.environment()["SOCIALAUDIT_DATABASE_URL"]
    light = two_mondays(world, sqlite, "on-sqlite", monkeypatch)
    heavy = two_mondays(world, postgresql, "on-postgresql", monkeypatch)
    assert heavy.results() == light.results()
    assert heavy.records() == light.records()
    nothing = [r for r in heavy.records().values() if "\0" in (getattr(r, "text", "") or "")]
    assert len(nothing) == 1
    assert len(world.mailbox.messages()) == 2


def test_a_run_done_twice_on_postgresql_is_one_run_whose_chain_holds(
    world: World, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = two_mondays(world, postgresql, "report", monkeypatch)
    before = kept.results()
    again = kept.audit()
    assert (again.undelivered, kept.results()) == (0, before)
    assert len(world.mailbox.messages()) == 1
    with closing(Store.open(postgresql)) as store, store.begin() as tx:
        closed = [run.id for run in runs.of_council(tx, COUNCIL)]
        assert len(closed) == 2
        assert runs.broken_link(tx, COUNCIL) is None
        tx.execute(assessments.delete().where(assessments.c.run == closed[-1]))
        assert closed[-1] in str(runs.broken_link(tx, COUNCIL))
