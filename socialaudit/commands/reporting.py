"""Reports from the store: they read no platform and send nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from socialaudit.commands import terminal


@click.command()
@click.argument("council")
@click.option("--run", "run_id", help="A run's id; default: the last weekly run.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["web", "email", "text", "json", "csv"]),
    default="text",
    show_default=True,
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: stdout."
)
def report(council: str, run_id: str | None, form: str, out: Path | None) -> None:
    """The report of a run, from the store: reads no platform, sends nothing."""
    from flows import command  # noqa: PLC0415 - loads pandas

    text = terminal.run(lambda: command.report(council, run_id, form))
    if out is None:
        click.echo(text, nl=False)
    else:
        terminal.run(lambda: command.write(out, text))


@click.command()
@click.argument("council")
@click.option("--run", "run_id", help="A run's id; default: the last weekly run.")
def assess(council: str, run_id: str | None) -> None:
    """Judge stored evidence again with today's policy: reads no platform, changes nothing."""
    from flows import command  # noqa: PLC0415 - loads pandas

    click.echo(terminal.run(lambda: command.assess(council, run_id)), nl=False)


@click.command()
@click.argument("council")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder; published where web_url in the council file says.",
)
@click.option("--now", type=terminal.Moment(), hidden=True)
def archive(council: str, out: Path, now: datetime | None) -> None:
    """Write every report and a front page into a folder, as plain files for any web server."""
    from flows import archiving  # noqa: PLC0415 - loads pandas

    today = (now or datetime.now(UTC)).date()
    written = terminal.run(lambda: archiving.write_to(out, council, today))
    click.echo(f"{out / 'index.html'}: {written} reports")


@click.command()
@click.argument("council")
@click.option("--quarter", required=True, help="Which one: 2026-Q4 is October to December.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The page (HTML), one sheet of A4.",
)
@click.option(
    "--plan",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A spreadsheet (CSV) of the things to do, with columns for owner and dates.",
)
@click.option("--now", type=terminal.Moment(), hidden=True)
def summary(council: str, quarter: str, out: Path, plan: Path | None, now: datetime | None) -> None:
    """Write a quarter's summary for the committee, and an action plan to fill in."""
    from flows import summarising  # noqa: PLC0415 - loads pandas

    today = (now or datetime.now(UTC)).date()
    terminal.run(lambda: summarising.write(council, quarter, out, plan, today))
    click.echo(f"the summary         {out}")
    if plan is not None:
        click.echo(f"the action plan     {plan}")
