"""The commands of the operating guide, as they stand in it."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "operating.md"
ROOTS = ("/opt/socialaudit", "/etc/socialaudit", "/var/lib/socialaudit")
"""Where the guide puts things; a test puts them into a folder of its own."""


def commands(name: str) -> str:
    """The commands in the box of a name."""
    (found,) = re.findall(rf"(?ms)^```sh {name}\n(.*?)^```$", GUIDE.read_text("utf-8"))
    return str(found)


def within(folder: Path, text: str) -> str:
    """A text whose places are in a folder."""
    return re.sub("|".join(ROOTS), lambda place: f"{folder}{place[0]}", text)
