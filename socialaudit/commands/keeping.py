"""What is kept: retention, the chain of runs, and evidence packs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from socialaudit.commands import terminal


@click.command()
@click.argument("council")
@terminal.NOW
def purge(council: str, now: datetime | None) -> None:
    """Empty what the council's retention no longer allows; digests stay. Every audit does so too."""
    from flows import command  # noqa: PLC0415 - loads pandas

    emptied = terminal.run(lambda: command.purge(council, now))
    click.echo(
        f"emptied: {emptied.records} records, {emptied.evidence} quotations, "
        f"{emptied.messages} sent messages"
    )


@click.group()
def evidence() -> None:
    """What was read, and the proof that nothing was changed."""


@evidence.command()
@click.argument("council_or_pack")
@click.option("--digest", help="Of a pack: the digest that was told when it was made.")
def verify(council_or_pack: str, digest: str | None) -> None:
    """Recompute every digest of the chain of runs, or of an evidence pack (ZIP) by itself.

    Exit 1 names the first run or record that does not fit.
    """
    if council_or_pack.lower().endswith(".zip"):
        _verify_pack(Path(council_or_pack), digest)
        return
    from flows import command  # noqa: PLC0415 - loads pandas

    broken, runs = terminal.run(lambda: command.verify(council_or_pack))
    if broken is None:
        click.echo(f"{runs} runs, nothing changed or removed")
    else:
        click.echo(f"changed or removed: {broken}")
        sys.exit(1)


def _verify_pack(path: Path, digest: str | None) -> None:
    from socialaudit import pack  # noqa: PLC0415 - loads SQLAlchemy

    try:
        verdict = pack.verify(path)
    except OSError as fault:
        raise terminal.usage(f"{path}: {fault.strerror}") from None
    if digest and verdict.digest and digest != verdict.digest:
        verdict = pack.Verdict("it is not the pack with that digest")
    if verdict.problem:
        click.echo(f"changed or removed: {verdict.problem}")
        sys.exit(1)
    left_out = f", {verdict.left_out} of them without all their words" if verdict.left_out else ""
    click.echo(
        f"{verdict.runs} runs and {verdict.records} records{left_out}: nothing changed or removed\n"
        f"digest {verdict.digest}"
    )


@evidence.command()
@click.argument("council")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file: FB-112.zip.")
@click.option("--run", "run_id", default="", help="All of one run.")
@click.option("--finding", default="", help="One thing to do, by its reference: FB-112.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="All runs from this day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="All runs up to this day.")
@click.option(
    "--unredacted", is_flag=True, help="With the words of third parties; needs --reason and --by."
)
@click.option("--reason", default="", help="Why it is taken out. Kept.")
@click.option("--by", default="", help="Who takes it out. Kept.")
def export(
    council: str,
    out: Path,
    run_id: str,
    finding: str,
    since: datetime | None,
    until: datetime | None,
    reason: str,
    by: str,
    *,
    unredacted: bool,
) -> None:
    """Write records as read, their digests and the chain of runs into one ZIP."""
    from flows import packing  # noqa: PLC0415 - loads pandas

    wanted = packing.Wanted(
        council=council,
        run=run_id,
        ref=finding,
        since=since.date() if since else None,
        until=until.date() if until else None,
        whole=unredacted,
        reason=reason,
        by=by,
    )
    made = terminal.run(lambda: packing.export_to(out, wanted, datetime.now(UTC)))
    click.echo(
        f"{out}: {made.scope}, {made.runs} runs, {made.records} records\ndigest {made.sha256}"
    )
