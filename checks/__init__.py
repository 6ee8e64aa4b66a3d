"""One file per check; the folder is the register."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from socialaudit.check import load as _load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from socialaudit.check import Check


@cache
def load() -> Mapping[str, Check]:
    """Every check in this folder, by id."""
    return MappingProxyType(_load("checks"))
