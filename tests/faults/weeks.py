"""A week of some councils on a stack: asked for, held in a stage, and what must be there at the end."""

from __future__ import annotations

import email
import shutil
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flows import batching, command
from tests.faults.processes import wait_until
from tests.flows.councils import council_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from email.message import Message

    from tests.faults.stack import Stack

MINUTES_10 = 600
_LOCK = 4242
POINTS = {
    "collect": ("coverage", "true"),
    "assess": ("closings", "NEW.number = 2"),
    "report": ("outbox", "true"),
    "send": ("deliveries", "NEW.event = 'sent'"),
}
"""The row that a stage writes at its end; the look back before the week closes the first run."""


def zone(now: datetime) -> str:
    """A time zone in which it is not the small hours of Monday, when no report is due yet."""
    return "Pacific/Honolulu" if now.weekday() == 0 and now.hour < 9 else "Europe/London"


def councils(stack: Stack, *names: str, timezone: str = "") -> list[str]:
    """The town once for each name, and no other council from now on; their ids."""
    where = timezone or zone(datetime.now(UTC))
    folder = stack.folder / "councils"
    shutil.rmtree(folder)
    folder.mkdir()
    for name in names:
        written = council_with(
            stack.world,
            ("(?m)^id = .marchwardine.$", f'id = "{name}"'),
            ("(?m)^timezone = .*", f'timezone = "{where}"'),
            ("recipients = .*", f'recipients = ["clerk@{name}.example.org"]'),
        )
        for sheet in written.parent.glob("*.csv"):
            shutil.copy(sheet, folder)
        written.rename(folder / f"{name}.toml")
    return list(names)


def ask(stack: Stack, deployment: str, **parameters: Any) -> str:
    """Have a deployment run now; the flow run's id."""
    found = stack.client.get(f"/deployments/name/{deployment}/{deployment}").json()
    path = f"/deployments/{found['id']}/create_flow_run"
    asked = stack.client.post(path, json={"parameters": parameters, "state": {"type": "SCHEDULED"}})
    return str(asked.raise_for_status().json()["id"])


def state(stack: Stack, run: str) -> str:
    """What Prefect believes of a run."""
    return str(stack.client.get(f"/flow_runs/{run}").json()["state"]["type"])


def ended(stack: Stack, run: str) -> str:
    """What a batch said when it was completed."""
    wait_until(f"the end of {run}", lambda: state(stack, run) == "COMPLETED", MINUTES_10)
    return str(stack.client.get(f"/flow_runs/{run}").json()["state"]["message"])


@contextmanager
def held(stack: Stack, points: Mapping[str, str]) -> Iterator[Callable[[], float]]:
    """Hold each council's run in a stage until the end; calling it waits until all are there."""
    with closing(stack.admin()) as admin, closing(stack.admin()) as holder:
        holder.execute(f"SELECT pg_advisory_lock({_LOCK})")
        admin.execute(
            "CREATE OR REPLACE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" PERFORM pg_advisory_xact_lock_shared({_LOCK}); RETURN NEW; END $$"
        )
        for council, point in points.items():
            table, when = POINTS[point]
            admin.execute(
                f'CREATE TRIGGER "hold {council}" BEFORE INSERT ON {table} FOR EACH ROW'
                f" WHEN (position('{council}' in NEW.run) > 0 AND {when}) EXECUTE FUNCTION hold()"
            )
        waiting = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"  # noqa: S608 - our own number
            f" AND objid = {_LOCK}"
        )

        def all_are_there() -> bool:
            found = admin.execute(waiting).fetchone()
            return found is not None and found[0] == len(points)

        yield lambda: wait_until("all are held", all_are_there, MINUTES_10)
        holder.execute(f"SELECT pg_advisory_unlock({_LOCK})")
        for council, point in points.items():
            admin.execute(f'DROP TRIGGER "hold {council}" ON {POINTS[point][0]}')


def wait_for_reports(names: Sequence[str]) -> float:
    """Until every council's report is done; how many seconds that took."""
    now = datetime.now(UTC)
    return wait_until("a report for everybody", lambda: not batching.due(names, now), MINUTES_10, 1)


def messages(stack: Stack, name: str) -> list[Message]:
    """What came for a council's clerk, in order."""
    found = [email.message_from_bytes(m) for m in stack.world.mailbox.messages()]
    return [m for m in found if m["To"] == f"clerk@{name}.example.org"]


def assert_one_report(
    stack: Stack, names: Sequence[str], *, twice: str = "", told: int = 0
) -> None:
    """One report in each mailbox, and evidence that holds: the look back's run and the week's.

    ``twice`` is a council whose message was accepted and not noted: its copy has the same
    Message-ID. ``told`` is how many messages before it say that there was no check.
    """
    for name in names:
        ours = messages(stack, name)
        said = [str(m["Message-ID"]) for m in ours[told:]]
        assert len(said) == (2 if name == twice else 1), [m["Subject"] for m in ours]
        assert len(set(said)) == 1
        assert ["No check" in str(m["Subject"]) for m in ours[: told + 1]] == [True] * told + [
            False
        ]
        assert command.verify(name) == (None, 2)
