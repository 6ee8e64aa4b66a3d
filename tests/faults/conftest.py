from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from demo.world import World
from tests.faults.stack import Stack
from tests.servers.started import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def county() -> Iterator[Stack]:
    """PostgreSQL, Redis, a Prefect server with our deployments, and the town; no worker yet."""
    folder = Path(tempfile.mkdtemp(dir=os.environ["FAULTS_STACK"]))
    folder.chmod(0o755)
    town = folder / "town"
    town.mkdir()
    first, second, third = free_ports(3)
    with World(town, datetime.now(UTC)).running() as world, pytest.MonkeyPatch.context() as patch:
        whole = Stack(folder, world, (first, second, third))
        for name, value in whole.environment().items():
            patch.setenv(name, value)
        with whole.running() as running:
            yield running


@pytest.fixture
def stack(county: Stack) -> Iterator[Stack]:
    """The same, for one test: the workers that it started are switched off after it."""
    yield county
    county.lose_workers()
