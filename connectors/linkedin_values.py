"""How to read a part of LinkedIn's answers: what was told, or None, whatever was sent in its place."""

from __future__ import annotations

import re
from datetime import datetime  # noqa: TC003 - read at run time by get_type_hints
from typing import Any
from urllib.parse import urlsplit

from connectors.transport import scrub, utc
from socialaudit.errors import Malformed

Raw = dict[str, Any]

WWW = "https://www.linkedin.com"
URN = re.compile(r"urn:li:\w+:[\w(),:.%-]{1,200}")
URL = re.compile(r"https?://[^\s<>\"'\]]+[^\s<>\"'\].,;:!?)»”’]")
_PEOPLE = frozenset(
    {"actor", "agent", "created", "lastModified", "likesSummary", "commentsSummary"}
)


def key(native: object) -> str:
    """The key of a record from its URN."""
    return f"linkedin:{native}"


def payload_of(raw: Raw) -> Raw:
    """A raw item without people, and without secrets."""
    scrubbed: Raw = scrub({k: v for k, v in raw.items() if k not in _PEOPLE})
    return scrubbed


def time_of(value: Any) -> datetime | None:
    """A time in milliseconds, as aware UTC."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return utc(value / 1000)
    except Malformed:
        return None


def localized_of(value: Any) -> str | None:
    """A text in the first language that it is told in."""
    told = object_of(object_of(value).get("localized"))
    return next((text_of(one) for one in told.values() if text_of(one)), None)


def object_of(value: Any) -> Raw:
    """An object, empty where none was told."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """A list, empty where none was told."""
    return value if isinstance(value, list) else []


def text_of(value: Any) -> str | None:
    """Text, or None where none was told."""
    return value if isinstance(value, str) else None


def count_of(value: Any) -> int | None:
    """A whole number, or None where none was told."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def is_web(address: str) -> bool:
    """Whether an address is one of the web."""
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
