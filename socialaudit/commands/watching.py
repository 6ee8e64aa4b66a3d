"""Whether all is well: credentials and settings, and reports that are missing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from socialaudit.commands import terminal


@click.command()
@click.argument("council")
def doctor(council: str) -> None:
    """What works and what to do: files, policy, store, mail server, each account's credentials."""
    from flows import examination  # noqa: PLC0415 - loads pandas

    findings = terminal.run(lambda: list(examination.examine(council)))
    for one in findings:
        click.echo(f"{'ok     ' if one.good else 'problem'} {one.what}: {one.said}")
    sys.exit(0 if all(one.good for one in findings) else 1)


@click.command()
@click.argument("council", nargs=-1)
@click.option("--email", is_flag=True, help="Tell SOCIALAUDIT_OPERATOR by email.")
@click.option("--now", type=terminal.Moment(), hidden=True)
def overdue(council: tuple[str, ...], now: datetime | None, *, email: bool) -> None:
    """Say which councils have no report for the last whole week; exit 1 when there are any.

    Without COUNCIL: all in the folder SOCIALAUDIT_COUNCILS. Run it every day, apart from the audit.
    """
    from flows import watching  # noqa: PLC0415 - loads pandas

    moment = now or datetime.now(UTC)
    found = terminal.run(lambda: watching.overdue(council, moment))
    for one in found:
        click.echo(f"{one.council}: {one.words}")
    if found and email:
        terminal.run(lambda: watching.tell(found, moment))
    sys.exit(1 if found else 0)


@click.command()
@click.option("--email", is_flag=True, help="Tell SOCIALAUDIT_OPERATOR by email.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it as a web page too.")
@click.option("--now", type=terminal.Moment(), hidden=True)
def fleet(out: Path | None, now: datetime | None, *, email: bool) -> None:
    """How every council in the folder SOCIALAUDIT_COUNCILS stands, worst first; exit 1 for trouble."""
    from flows import surveying  # noqa: PLC0415 - loads pandas
    from reports import fleet as view  # noqa: PLC0415 - loads the templates

    moment = now or datetime.now(UTC)
    standings = terminal.run(lambda: surveying.survey(moment))
    for line in view.lines(standings):
        click.echo(line)
    if out:
        terminal.run(lambda: surveying.write(standings, moment, out))
    if email:
        terminal.run(lambda: surveying.tell(standings, moment))
    sys.exit(1 if any(one.troubles for one in standings) else 0)
