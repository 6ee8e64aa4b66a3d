"""How to read a field of a Graph node: what was told, or None, whatever was sent in its place."""

from __future__ import annotations

import re
from typing import Any

Raw = dict[str, Any]

_NATIVE = re.compile(r"\w[\w:.-]{0,199}")


def native_of(value: Any) -> str | None:
    """An id that Graph can be asked for again; it becomes part of addresses and id lists."""
    known = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value) if known and _NATIVE.fullmatch(str(value)) else None


def text_of(value: Any) -> str:
    """Text, whatever was sent in its place."""
    return value if isinstance(value, str) else str(value)


def maybe_of(value: Any) -> str | None:
    """Text, or None where none was told."""
    return None if value is None else text_of(value)


def flag_of(value: Any) -> bool | None:
    """True, false, or None where neither was told."""
    return value if isinstance(value, bool) else None


def count_of(value: Any) -> int | None:
    """A whole number, or None where none was told."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
