"""What there is: checks, platforms, and what a check says of any text."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from socialaudit.commands import terminal


@click.command()
@click.argument("id", required=False)
def checks(id: str | None) -> None:  # noqa: A002 - the argument's name for people
    """Every check, or one with why it matters and how to fix what it finds."""
    import checks as register  # noqa: PLC0415 - only this command needs it
    from socialaudit import catalogue  # noqa: PLC0415 - likewise

    found = register.load()
    if id is None:
        for check in found.values():
            click.echo(f"{check.id:24} {check.title}")
    elif id in found:
        click.echo(catalogue.card(found[id]))
    else:
        raise terminal.usage(f"there is no check {id!r}; `socialaudit checks` lists them")


@click.command()
@click.argument("name", required=False)
def platforms(name: str | None) -> None:
    """Every platform, or one with its credentials, price, limits and what it cannot show."""
    import connectors  # noqa: PLC0415 - only this command needs it

    if name is None:
        for known in connectors.NAMES:
            click.echo(f"{known:12} {connectors.card(known).splitlines()[0]}")
    elif name in connectors.NAMES:
        click.echo(connectors.card(name))
    else:
        raise terminal.usage(
            f"there is no platform {name!r}; there are {', '.join(connectors.NAMES)}"
        )


@click.command("try")
@click.argument("check")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--column", default="text", show_default=True, help="The column with the texts.")
@click.option("--kind", type=click.Choice(["post", "comment"]), help="Default: what CHECK reads.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: stdout."
)
@terminal.NOW
def try_(
    check: str, path: Path, *, column: str, kind: str | None, out: Path | None, now: datetime | None
) -> None:
    """What a text check says of every row of a spreadsheet (CSV), and why; offline.

    Columns: row, outcome, confidence, score where there is one, reason.
    """
    from flows import command, trying  # noqa: PLC0415 - loads pandas

    moment = now or datetime.now(UTC)
    text = terminal.run(lambda: trying.table(trying.attempt(check, path, column, kind, moment)))
    if out is None:
        click.echo(text, nl=False)
    else:
        terminal.run(lambda: command.write(out, text))
