"""What officers say: decisions, signed statements, lines of the moderation register, looks."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from socialaudit.commands import terminal
from socialaudit.register import Action

_UNTIL = click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The last day that it holds: 2027-01-31.",
)
_BY = click.option("--by", required=True, help="Who says so: name and job.")


@click.command()
@click.argument("council")
@click.argument("ref")
@click.argument("verdict", type=click.Choice(["mistake", "leave"]))
@click.option("--reason", required=True, help="Why, in one line.")
@_BY
@_UNTIL
@terminal.NOW
def decide(
    council: str,
    ref: str,
    verdict: str,
    *,
    reason: str,
    by: str,
    until: datetime,
    now: datetime | None,
) -> None:
    """Say of a thing to do (FB-112) that it is a mistake, or to leave it until a date.

    A mistake stands until its date, or until the words that it is about change.
    """
    from flows import recording  # noqa: PLC0415 - loads pandas

    given = recording.Decided(council, ref, verdict, reason, by, until.date())
    kept = terminal.run(lambda: recording.decide(given, now or datetime.now(UTC)))
    word = "marked as a mistake" if verdict == "mistake" else "left"
    click.echo(f"{kept.ref}: {word} until {kept.until}, from the next check on")


@click.command()
@click.argument("council")
@click.argument("clause")
@_BY
@click.option("--evidence", required=True, help="What it rests on, in one line.")
@_UNTIL
@click.option("--statement", "number", type=click.IntRange(1), help="One of them; default: all.")
@terminal.NOW
def state(
    council: str,
    clause: str,
    *,
    by: str,
    evidence: str,
    until: datetime,
    number: int | None,
    now: datetime | None,
) -> None:
    """Record a signed statement for a clause of the policy (4.14) that no platform can show."""
    from flows import recording  # noqa: PLC0415 - loads pandas

    given = recording.Stated(council, clause, by, evidence, until.date(), number or 0)
    kept = terminal.run(lambda: recording.state(given, now or datetime.now(UTC)))
    click.echo(f"{kept.clause}: signed by {kept.by} until {kept.until}")


@click.command()
@click.argument("council")
@click.argument("link")
@click.argument("action", type=click.Choice([one.value for one in Action]))
@click.option("--rule", required=True, help="The rule it broke, or why, in one line.")
@click.option("--by", required=True, help="Who did it: name and job.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it was done; default: today."
)
@terminal.NOW
def register(
    council: str,
    link: str,
    action: str,
    *,
    rule: str,
    by: str,
    day: datetime | None,
    now: datetime | None,
) -> None:
    """Write a line of the moderation register: what was done about a comment or a group."""
    from flows import recording  # noqa: PLC0415 - loads pandas

    given = recording.Moderated(council, link, action, rule, by, day.date() if day else None)
    kept = terminal.run(lambda: recording.register(given, now or datetime.now(UTC)))
    click.echo(f"{kept.day}: {kept.action.value}, by {kept.by}")


@click.command()
@click.argument("council")
@click.argument("account")
@click.option("--saw", required=True, help="What was seen, in one line; no names of the public.")
@click.option("--by", required=True, help="Who looked: name and job.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the look; default: today."
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day that it holds; default: as long as the council file says.",
)
@terminal.NOW
def look(
    council: str,
    account: str,
    *,
    saw: str,
    by: str,
    day: datetime | None,
    until: datetime | None,
    now: datetime | None,
) -> None:
    """Write down what a person saw where no program can read: an account of platform by-hand."""
    from flows import recording  # noqa: PLC0415 - loads pandas

    given = recording.Looked(
        council, account, saw, by, day.date() if day else None, until.date() if until else None
    )
    kept = terminal.run(lambda: recording.look(given, now or datetime.now(UTC)))
    click.echo(f"{kept.account}: seen on {kept.day} by {kept.by}, holds until {kept.until}")
