"""The command line. Nothing imports it; it imports flows, pandas and Prefect only when needed."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from socialaudit import __version__
from socialaudit.errors import SocialAuditError, UsageError
from socialaudit.register import Action

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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.option("--verbose", "-v", is_flag=True, help="Log what happens.")
def main(*, verbose: bool) -> None:
    """Holds a council's social media accounts against its own social media policy.

    COUNCIL is a council file, or the id of one in the folder SOCIALAUDIT_COUNCILS.
    """
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    logging.getLogger("socialaudit").setLevel(logging.INFO if verbose else logging.WARNING)


_NOW = click.option(
    "--now", type=Moment(), help="The time to audit as of, instead of the real one."
)
_OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the report's files."
)


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Folder for the store, the mailbox and the report.",
)
@_NOW
def demo(out: Path, now: datetime | None) -> None:
    """A weekly audit of an invented town: no account, no network, nothing to configure."""
    from demo import manifest  # noqa: PLC0415 - only this command needs it
    from demo.world import World  # noqa: PLC0415 - likewise
    from flows import command  # noqa: PLC0415 - loads pandas

    known = manifest.load()
    monday = now or known.weekly
    before = monday - (known.weekly - known.first)
    _run(lambda: _make_folder(out))
    with World(out, before).running() as world:
        result = _run(lambda: command.demonstrate(world, before, monday))
        arrived = len(world.mailbox.messages())
    click.echo(f"{result.run}: {result.to_do} things to do")
    click.echo(f"the clerk's email   {out / 'email.html'}")
    click.echo(f"the web report      {out / 'report.html'}")
    click.echo(f"for programs        {out / 'results.json'} and {out / 'findings.csv'}")
    click.echo(f"the mailbox         {out / 'mailbox'} (messages: {arrived})")
    _end(result)


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(f"--out {path}: {fault.strerror}") from None


@main.command()
@click.argument("council")
@click.option("--since", type=Moment(dates=True), help="First day of an incident check.")
@click.option("--until", type=Moment(dates=True), help="Its last day, included.")
@click.option("--account", "accounts", multiple=True, help="Only this account; may be repeated.")
@click.option("--reason", default="", help="Why an incident check is made.")
@click.option("--by", default="", help="Who asked for it, by their job: the mayor.")
@_NOW
@_OUT
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
    _end(_run(lambda: command.audit(asked)))


@main.command()
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

    text = _run(lambda: command.report(council, run_id, form))
    if out is None:
        click.echo(text, nl=False)
    else:
        _run(lambda: command.write(out, text))


@main.command()
@click.argument("council")
@click.option("--run", "run_id", help="A run's id; default: the last weekly run.")
def assess(council: str, run_id: str | None) -> None:
    """Judge stored evidence again with today's policy: reads no platform, changes nothing."""
    from flows import command  # noqa: PLC0415 - loads pandas

    click.echo(_run(lambda: command.assess(council, run_id)), nl=False)


@main.command()
@click.argument("council")
def doctor(council: str) -> None:
    """What works and what to do: files, policy, store, mail server, each account's credentials."""
    from flows import examination  # noqa: PLC0415 - loads pandas

    findings = _run(lambda: list(examination.examine(council)))
    for one in findings:
        click.echo(f"{'ok     ' if one.good else 'problem'} {one.what}: {one.said}")
    sys.exit(0 if all(one.good for one in findings) else 1)


@main.command()
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
        raise _usage(f"there is no check {id!r}; `socialaudit checks` lists them")


@main.command()
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
        raise _usage(f"there is no platform {name!r}; there are {', '.join(connectors.NAMES)}")


@main.command("try")
@click.argument("check")
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--column", default="text", show_default=True, help="The column with the texts.")
@click.option("--kind", type=click.Choice(["post", "comment"]), help="Default: what CHECK reads.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: stdout."
)
@_NOW
def try_(
    check: str, path: Path, *, column: str, kind: str | None, out: Path | None, now: datetime | None
) -> None:
    """What a text check says of every row of a spreadsheet (CSV), and why; offline.

    Columns: row, outcome, confidence, score where there is one, reason.
    """
    from flows import command, trying  # noqa: PLC0415 - loads pandas

    moment = now or datetime.now(UTC)
    text = _run(lambda: trying.table(trying.attempt(check, path, column, kind, moment)))
    if out is None:
        click.echo(text, nl=False)
    else:
        _run(lambda: command.write(out, text))


@main.command()
@click.argument("council")
@_NOW
def purge(council: str, now: datetime | None) -> None:
    """Empty what the council's retention no longer allows; digests stay. Every audit does so too."""
    from flows import command  # noqa: PLC0415 - loads pandas

    emptied = _run(lambda: command.purge(council, now))
    click.echo(
        f"emptied: {emptied.records} records, {emptied.evidence} quotations, "
        f"{emptied.messages} sent messages"
    )


_UNTIL = click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The last day that it holds: 2027-01-31.",
)
_BY = click.option("--by", required=True, help="Who says so: name and job.")


@main.command()
@click.argument("council")
@click.argument("ref")
@click.argument("verdict", type=click.Choice(["mistake", "leave"]))
@click.option("--reason", required=True, help="Why, in one line.")
@_BY
@_UNTIL
@_NOW
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
    kept = _run(lambda: recording.decide(given, now or datetime.now(UTC)))
    word = "marked as a mistake" if verdict == "mistake" else "left"
    click.echo(f"{kept.ref}: {word} until {kept.until}, from the next check on")


@main.command()
@click.argument("council")
@click.argument("clause")
@_BY
@click.option("--evidence", required=True, help="What it rests on, in one line.")
@_UNTIL
@click.option("--statement", "number", type=click.IntRange(1), help="One of them; default: all.")
@_NOW
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
    kept = _run(lambda: recording.state(given, now or datetime.now(UTC)))
    click.echo(f"{kept.clause}: signed by {kept.by} until {kept.until}")


@main.command()
@click.argument("council")
@click.argument("link")
@click.argument("action", type=click.Choice([one.value for one in Action]))
@click.option("--rule", required=True, help="The rule it broke, or why, in one line.")
@click.option("--by", required=True, help="Who did it: name and job.")
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it was done; default: today."
)
@_NOW
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
    kept = _run(lambda: recording.register(given, now or datetime.now(UTC)))
    click.echo(f"{kept.day}: {kept.action.value}, by {kept.by}")


@main.command()
@click.argument("council", nargs=-1)
@click.option("--email", is_flag=True, help="Tell SOCIALAUDIT_OPERATOR by email.")
@click.option("--now", type=Moment(), hidden=True)
def overdue(council: tuple[str, ...], now: datetime | None, *, email: bool) -> None:
    """Say which councils have no report for the last whole week; exit 1 when there are any.

    Without COUNCIL: all in the folder SOCIALAUDIT_COUNCILS. Run it every day, apart from the audit.
    """
    from flows import watching  # noqa: PLC0415 - loads pandas

    moment = now or datetime.now(UTC)
    found = _run(lambda: watching.overdue(council, moment))
    for one in found:
        click.echo(f"{one.council}: {one.words}")
    if found and email:
        _run(lambda: watching.tell(found, moment))
    sys.exit(1 if found else 0)


@main.command()
@click.argument("council")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder; published where web_url in the council file says.",
)
@click.option("--now", type=Moment(), hidden=True)
def archive(council: str, out: Path, now: datetime | None) -> None:
    """Write every report and a front page into a folder, as plain files for any web server."""
    from flows import archiving  # noqa: PLC0415 - loads pandas

    today = (now or datetime.now(UTC)).date()
    written = _run(lambda: archiving.write_to(out, council, today))
    click.echo(f"{out / 'index.html'}: {written} reports")


@main.group()
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

    broken, runs = _run(lambda: command.verify(council_or_pack))
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
        raise _usage(f"{path}: {fault.strerror}") from None
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
    made = _run(lambda: packing.export_to(out, wanted, datetime.now(UTC)))
    click.echo(
        f"{out}: {made.scope}, {made.runs} runs, {made.records} records\ndigest {made.sha256}"
    )


def _run(work: Callable[[], T]) -> T:
    try:
        return work()
    except UsageError as fault:
        raise _usage(str(fault)) from None
    except SocialAuditError as fault:
        click.echo(f"socialaudit: {fault}", err=True)
        sys.exit(NOT_DELIVERED)


def _usage(message: str) -> SystemExit:
    click.echo(f"socialaudit: {message}", err=True)
    return SystemExit(USAGE)


def _end(result: Result) -> NoReturn:
    if result.undelivered:
        sys.exit(NOT_DELIVERED)
    if not result.read:
        sys.exit(NOTHING_READ)
    sys.exit(THINGS_TO_DO if result.to_do else NOTHING_TO_DO)
