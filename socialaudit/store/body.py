"""Nouns as JSON and back, by their declared types; and the digest of JSON."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Hashable

Noun = TypeVar("Noun")


@cache
def _adapter(noun: Any) -> TypeAdapter[Any]:
    return TypeAdapter(noun)


def to_json(value: Any, *, without: frozenset[str] = frozenset()) -> Any:
    """A dataclass as plain JSON: times in ISO 8601, enumerations as their values."""
    return _adapter(cast("Hashable", type(value))).dump_python(
        value, mode="json", exclude=set(without)
    )


def from_json(noun: type[Noun], body: Any) -> Noun:
    """The dataclass again.

    Raises ``pydantic.ValidationError`` when the row was not written by ``to_json``.
    """
    found: Noun = _adapter(cast("Hashable", noun)).validate_python(body)
    return found


def digest(value: Any) -> str:
    """SHA-256 of JSON in one canonical form, as hex."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
