"""What every command shares: times, exit statuses, and a fault as one line."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from socialaudit.errors import SocialAuditError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.stages import Result

T = TypeVar("T")

NOTHING_TO_DO, NOT_DELIVERED, USAGE, NOTHING_READ, THINGS_TO_DO = 0, 1, 2, 3, 10
"""Exit statuses of an audit."""


class Moment(click.ParamType["date | datetime"]):
    """A time with a zone, or a date where dates are allowed."""

    name = "time"

    def __init__(self, *, dates: bool = False) -> None:
        self._dates = dates

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | datetime:
        """From ISO 8601: ``2026-11-15``, ``2026-11-16T06:00:00Z``."""
        text = str(value)
        try:
            if self._dates and len(text) == len("2026-11-15"):
                return date.fromisoformat(text)
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} is not a time such as 2026-11-16T06:00:00Z", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


NOW = click.option("--now", type=Moment(), help="The time to audit as of, instead of the real one.")
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report's files."
)


def run(work: Callable[[], T]) -> T:
    """What some work yields; a fault of ours is told in one line and ends the program."""
    try:
        return work()
    except UsageError as fault:
        raise usage(str(fault)) from None
    except SocialAuditError as fault:
        click.echo(f"socialaudit: {fault}", err=True)
        sys.exit(NOT_DELIVERED)


def usage(message: str) -> SystemExit:
    """Tell what is wrong with what a person wrote; the end of the program, to be raised."""
    click.echo(f"socialaudit: {message}", err=True)
    return SystemExit(USAGE)


def end(result: Result) -> NoReturn:
    """End with the exit status of an audit."""
    if result.undelivered:
        sys.exit(NOT_DELIVERED)
    if not result.read:
        sys.exit(NOTHING_READ)
    sys.exit(THINGS_TO_DO if result.to_do else NOTHING_TO_DO)
