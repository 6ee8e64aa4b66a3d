"""Council files for tests of the flows: the demo council, or one with other lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from demo.world import World


def council_with(world: World, *changes: tuple[str, str]) -> Path:
    """The demo council's file with some texts replaced; each must be there."""
    path = world.council_file()
    text = path.read_text("utf-8")
    for old, new in changes:
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    path.write_text(text, "utf-8")
    return path
