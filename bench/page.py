"""``docs/performance.md``: the part that ``make bench`` writes, and below it the fleet's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
FLEET = "## A fleet of councils\n"


def keep_usual(head: str, parts: Iterable[str]) -> None:
    """Write everything but the fleet's part, which stays."""
    _, fleet = split(PAGE.read_text("utf-8"))
    PAGE.write_text(join(head, parts, fleet), "utf-8")


def keep_fleet(head: str, parts: Iterable[str]) -> None:
    """Write the fleet's part alone."""
    usual, _ = split(PAGE.read_text("utf-8"))
    PAGE.write_text(join(usual, [f"{FLEET}\n{head}\n", *parts]), "utf-8")


def split(text: str) -> tuple[str, str]:
    """The usual part and the fleet's, which may be empty."""
    usual, found, fleet = text.partition(FLEET)
    return usual, found + fleet


def join(head: str, parts: Iterable[str], fleet: str = "") -> str:
    """Parts with an empty line between them and one newline at the end."""
    return "\n\n".join(part.strip("\n") for part in (head, *parts, fleet) if part) + "\n"
