from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import manifest
from demo.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo town on its second Monday, never read before."""
    with World(tmp_path, manifest.load().weekly).running() as running:
        yield running
