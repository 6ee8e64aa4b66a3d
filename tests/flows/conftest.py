from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from demo import manifest
from demo.world import World
from flows import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server for all tests of this process that need one."""
    before = dict(os.environ)
    # As on a server of the user's, where what is logged is kept.
    os.environ.update(PREFECT_LOGGING_LEVEL="WARNING", PREFECT_LOGGING_TO_API_ENABLED="true")
    with embedded.server(tmp_path_factory.mktemp("prefect")) as url:
        yield url
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def retries_at_once(prefect: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The same server, and Prefect's retries of a pull without their delays."""
    from flows import tasks  # noqa: PLC0415 - Prefect reads its settings on import

    monkeypatch.setattr(tasks, "pull", tasks.pull.with_options(retry_delay_seconds=0))
    return prefect


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo town on its second Monday, never read before."""
    with World(tmp_path, manifest.load().weekly).running() as running:
        yield running
