"""Fields of the forms that officers fill in, in Prefect's own user interface.

Prefect shows what may be ``None`` as a switch between two fields, one of them called None; and where
``None`` stands as the default, it sends that to be checked as a date. So what may be left empty is
told as one plain field without a default, which the form shows as empty and does not send.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema


class _Shape(dict[str, Any]):
    """The shape of a field, which takes no default: pydantic would add it last."""

    def __setitem__(self, key: str, value: Any) -> None:
        if key != "default":
            super().__setitem__(key, value)


class _Open:
    """A field of a shape, that may be left empty."""

    def __init__(self, **shape: Any) -> None:
        self.shape = shape

    def __get_pydantic_json_schema__(self, _core: Any, _handler: Any) -> dict[str, Any]:
        return _Shape(self.shape)


_DAY = _Open(type="string", format="date")

Council = Annotated[str, Field(min_length=1)]
"""Which council: its id, or a council file."""
Day = Annotated[date | None, _DAY]
"""A day that may be left open."""
DayOrMoment = Annotated[date | datetime | None, _DAY]
"""A day that may be left open; a program may give a moment."""
Names = Annotated[list[str] | None, _Open(type="array", items={"type": "string", "minLength": 1})]
"""Some names, or none."""
Now = SkipJsonSchema[datetime | None]
"""The time to act as of; for tests and rehearsals, in no form."""
Folder = SkipJsonSchema[str]
"""Where to put a report's files; likewise."""
