"""Run an audit: of an invented town, of the last week, of an incident."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socialaudit.commands import terminal
from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder for the store, the mailbox and the report.",
)
@terminal.NOW
def demo(out: Path, now: datetime | None) -> None:
    """A weekly audit of an invented town: no account, no network, nothing to configure."""
    from demo import manifest  # noqa: PLC0415 - only this command needs it
    from demo.world import World  # noqa: PLC0415 - likewise
    from flows import command  # noqa: PLC0415 - loads pandas

    known = manifest.load()
    monday = now or known.weekly
    before = monday - (known.weekly - known.first)
    terminal.run(lambda: _make_folder(out))
    with World(out, before).running() as world:
        result = terminal.run(lambda: command.demonstrate(world, before, monday))
        arrived = len(world.mailbox.messages())
    click.echo(f"{result.run}: {result.to_do} things to do")
    click.echo(f"the clerk's email   {out / 'email.html'}")
    click.echo(f"the web report      {out / 'report.html'}")
    click.echo(f"for programs        {out / 'results.json'} and {out / 'findings.csv'}")
    click.echo(f"the mailbox         {out / 'mailbox'} (messages: {arrived})")
    terminal.end(result)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(f"--out {path}: {fault.strerror}") from None


@click.command()
@click.argument("council")
@click.option("--since", type=terminal.Moment(dates=True), help="First day of an incident check.")
@click.option("--until", type=terminal.Moment(dates=True), help="Its last day, included.")
@click.option("--account", "accounts", multiple=True, help="Only this account; may be repeated.")
@click.option("--reason", default="", help="Why an incident check is made.")
@click.option("--by", default="", help="Who asked for it, by their job: the mayor.")
@terminal.NOW
@terminal.OUT
@click.option("--no-email", is_flag=True, help="Send nothing.")
def audit(
    council: str,
    *,
    since: date | None,
    until: date | None,
    accounts: tuple[str, ...],
    reason: str,
    by: str,
    now: datetime | None,
    out: Path | None,
    no_email: bool,
) -> None:
    """Check the last whole week; with --since, --until or --account: an incident.

    Exit status: 0 nothing to do, 10 things to do, 3 nothing could be read, 1 not delivered or a
    fault of the store, 2 a fault in the arguments, the council file or the policy.
    """
    from flows import command  # noqa: PLC0415 - loads pandas

    asked = command.Asked(
        council=council,
        accounts=accounts,
        since=since,
        until=until,
        reason=reason,
        by=by,
        now=now,
        folder=out,
        email=not no_email,
    )
    terminal.end(terminal.run(lambda: command.audit(asked)))
