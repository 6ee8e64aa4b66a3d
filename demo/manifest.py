"""What the first nine checks must find in the demo town, and what they must leave alone.

A regression gate on our own data, committed before the checks it judges: never a measure of
accuracy. The records are named by the town's own ids (see ``demo.town``).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - read at run time by pydantic
from importlib.resources import files

from pydantic import TypeAdapter


@dataclass(frozen=True, kw_only=True)
class Planted:
    """One record that a check must find (``seen`` set), or must not (``seen`` empty).

    The record is the comment, medium or setting that is named, otherwise the post, otherwise the
    account, otherwise (without a platform) a clause of the council's policy, or one ``statement``
    of it. ``seen`` is ``first`` (the look back only), ``weekly`` (new in the last week) or
    ``both``; ``fixed`` is true for what was put right in between. ``confidence`` is empty where the
    check may choose.
    """

    check: str
    why: str
    platform: str = ""
    clause: str = ""
    statement: int = 0
    post: str = ""
    media: str = ""
    comment: str = ""
    setting: str = ""
    seen: str = ""
    fixed: bool = False
    confidence: str = ""

    def open_at(self, run: str) -> bool:
        """Whether the run (``first`` or ``weekly``) must list it."""
        return self.seen in {run, "both"}

    @property
    def record(self) -> tuple[str, str]:
        """The kind of the record and its id within the platform."""
        for kind in ("comment", "media", "setting", "post"):
            if found := getattr(self, kind):
                return kind, found
        return ("account", self.platform) if self.platform else ("clause", self.clause)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The town's council, as its council file would give it."""

    id: str
    name: str
    timezone: str
    website: str
    contacts: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The two moments at which the town is read, and what each must and must not show."""

    first: datetime
    weekly: datetime
    council: Identity
    problem: tuple[Planted, ...]
    near_miss: tuple[Planted, ...]


def load() -> Manifest:
    """The manifest of the demo town.

    Raises ``pydantic.ValidationError`` for a file that does not fit.
    """
    source = files("demo").joinpath("town_data", "manifest.toml").read_text("utf-8")
    return TypeAdapter(Manifest).validate_python(tomllib.loads(source))
