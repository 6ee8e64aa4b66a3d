"""Fields of YouTube's answers, one at a time: what is not told, or not as documented, is ``None``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from connectors.transport import utc
from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from datetime import datetime

_ID = re.compile(r"[^\s,\x00-\x1f\x7f\ud800-\udfff]{1,200}")
_DURATION = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9})(?:\.\d+)?S)?)?"
)
_SECONDS = (604_800, 86_400, 3_600, 60, 1)
_MAX_DIGITS = 15


def part(item: Any, name: str) -> dict[str, Any]:
    """A part of an item, empty when it was not told. Raises ``Malformed`` when there is no item."""
    if not isinstance(item, dict):
        raise Malformed("an item that is not an object")
    told = item.get(name)
    return told if isinstance(told, dict) else {}


def native_id(value: Any) -> str:
    """An id that can stand in a list and in an address. Raises ``Malformed``."""
    if isinstance(value, str) and _ID.fullmatch(value):
        return value
    raise Malformed("an item without a usable id")


def string(value: Any) -> str | None:
    """A text."""
    return value if isinstance(value, str) else None


def first_string(*values: Any) -> str | None:
    """The first of several that is a text."""
    return next((v for v in values if isinstance(v, str)), None)


def count(value: Any) -> int | None:
    """A number of things; YouTube sends most of them as text."""
    digits = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(digits) if digits.isdecimal() and len(digits) <= _MAX_DIGITS else None


def time_of(value: Any) -> datetime:
    """A time without which a record cannot be placed. Raises ``Malformed``."""
    try:
        return utc(value)
    except OverflowError:
        raise Malformed("a time outside the calendar") from None


def moment(value: Any) -> datetime | None:
    """A time that may be missing."""
    try:
        return time_of(value)
    except Malformed:
        return None


def seconds(value: Any) -> float | None:
    """A length of time (ISO 8601: ``PT1H2M3S``) in seconds."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    return float(sum(int(n or 0) * s for n, s in zip(found.groups(), _SECONDS, strict=True)))
