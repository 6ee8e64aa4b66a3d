from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from socialaudit.finding import Run, RunKind, Window
from socialaudit.store import Store, runs
from tests.databases import a_postgresql_database
from tests.records import NOW, SINCE, UNTIL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SQLITE = "sqlite"
POSTGRESQL = "postgresql"


@pytest.fixture(params=[SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.servers)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database: a file, or one of its own on the server of SOCIALAUDIT_TEST_POSTGRESQL."""
    if request.param == SQLITE:
        yield f"sqlite:///{tmp_path / 'audit.db'}"
        return
    with a_postgresql_database() as address:
        yield address


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store.open(address)
    yield opened
    opened.close()


def a_run(**changes: object) -> Run:
    plain: dict[str, object] = {
        "id": "testham-2026-11-15-weekly",
        "council": "testham",
        "kind": RunKind.WEEKLY,
        "window": Window(SINCE, UNTIL),
        "started_at": NOW,
    }
    return Run(**(plain | changes))  # type: ignore[arg-type]  # names are checked by Run itself


def begun(store: Store, **changes: object) -> Run:
    with store.begin() as tx:
        return runs.begin(tx, a_run(**changes))
