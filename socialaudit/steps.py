"""How to put right what a check finds: the content of ``steps.toml``, for a clerk to follow."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

ANY = "any"
_VERIFIED = "verified"
"""Beside the platforms of a check: the days on which their steps were verified."""


def of(check: str) -> Mapping[str, tuple[str, ...]]:
    """The steps for one check by platform, ``""`` for any other; empty where it has none."""
    found: Mapping[str, list[str]] = _read().get(check, {})
    return {
        "" if name == ANY else name: tuple(steps)
        for name, steps in found.items()
        if name != _VERIFIED
    }


def checks() -> set[str]:
    """The ids of the checks that have steps."""
    return set(_read())


def verified(check: str) -> Mapping[str, date]:
    """By platform, the day on which the steps for it were last held against its own help pages.

    A platform whose help pages nobody has read is not there.
    """
    found: Mapping[str, date] = _read().get(check, {}).get(_VERIFIED, {})
    return found


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(files("socialaudit").joinpath("steps.toml").read_text("utf-8"))
