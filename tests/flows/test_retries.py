"""What a weekly run under Prefect makes of faults that pass, faults that stay, and its own."""

from __future__ import annotations

import email
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.policy import default
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest

from demo import manifest
from demo.server import Answer, Fault
from flows import plan as plans
from flows import pulling, stages
from socialaudit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.server import Request, Site
    from demo.world import World
    from flows.stages import Result

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("retries_at_once")]
KNOWN = manifest.load()
ATTEMPTS = 4  # the first, two retries of Prefect's, and the last word


def weekly(world: World) -> Result:
    from flows.weekly import weekly_audit  # noqa: PLC0415 - Prefect reads its settings on import

    return weekly_audit(
        council=str(world.council_file()), now=KNOWN.weekly, folder=str(world.out / "report")
    )


def results(world: World) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((world.out / "report" / "results.json").read_text("utf-8"))
    return found


def status(world: World, account: str) -> str:
    (found,) = (a["status"] for a in results(world)["accounts"] if a["id"] == account)
    return str(found)


def letters(world: World) -> list[tuple[str, str]]:
    """Subject and text of every message in the mailbox."""
    read = [email.message_from_bytes(m, policy=default) for m in world.mailbox.messages()]
    return [
        (str(m["Subject"]), text.get_content() if (text := m.get_body(["plain"])) else "")
        for m in read
    ]


class Waits:
    """A clock's ``sleep`` that takes no time; keeps the seconds it was asked for."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


class Interrupted:
    """A platform at which something happens once, before its first answer."""

    def __init__(self, site: Site, happen: Callable[[], Answer | None]) -> None:
        self.site, self.happen = site, happen
        self.happened = False

    def answer(self, request: Request) -> Answer:
        if not self.happened:
            self.happened = True
            if (instead := self.happen()) is not None:
                return instead
        return self.site.answer(request)

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def throttle(world: World, seconds: float) -> None:
    """X's first answer says to come back after some seconds."""

    def refuse() -> Answer:
        now = datetime.now(UTC)
        reset = now + timedelta(seconds=seconds)
        headers = {
            "Date": format_datetime(now, usegmt=True),
            "x-rate-limit-reset": str(int(reset.timestamp())),
        }
        return Answer({"title": "Too Many Requests", "status": 429}, 429, headers)

    world.servers["x"].site = Interrupted(world.servers["x"].site, refuse)


@pytest.mark.parametrize("fault", ["server_error", "html", "cut"])
def test_an_account_that_answers_the_second_time_is_read(world: World, fault: str) -> None:
    world.servers["x"].faults.append(Fault(fault, times=1))
    assert weekly(world).read
    assert {a["status"] for a in results(world)["accounts"]} == {"read"}


def test_an_account_that_never_answers_is_not_read_and_the_report_goes_out(world: World) -> None:
    world.servers["x"].faults.append(Fault("server_error"))
    done = weekly(world)
    looked_back_and_audited = 2
    assert len(world.servers["x"].log) == looked_back_and_audited * ATTEMPTS
    assert (done.read, done.undelivered, len(letters(world))) == (True, 0, 1)
    assert status(world, "x") == "not read"
    gaps = [f for f in results(world)["findings"] if f["check"] == "monitoring-gaps"]
    assert [(f["account"], f["record"]) for f in gaps] == [("x", None)]


def test_a_platform_that_says_soon_is_waited_for_and_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits()
    monkeypatch.setattr(pulling, "time", waits)
    throttle(world, 45)
    assert weekly(world).read
    assert status(world, "x") == "read"
    assert [40 < seconds <= 45 for seconds in waits.seconds] == [True]


def test_a_platform_that_says_later_is_not_waited_for_and_not_assessed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = Waits()
    monkeypatch.setattr(pulling, "time", waits)
    plan = plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)
    stages.look_back(plan, stages.Plain(), plan.run.window.since)
    throttle(world, 900)
    done = weekly(world)
    assert status(world, "x") == "not read"
    assert done.cut_off == ("x",)
    assert done.retry_at is not None
    outcomes = {a["outcome"] for a in results(world)["assessments"] if a["account"] == "x"}
    assert outcomes <= {"not assessed", "not applicable", "fail"}
    assert waits.seconds == []


def spoil(world: World, statement: str) -> None:
    """The store is damaged while X is read."""

    def damage() -> None:
        with closing(sqlite3.connect(world.out / "socialaudit.db")) as database:
            database.execute(statement)
            database.commit()

    world.servers["x"].site = Interrupted(world.servers["x"].site, damage)


@pytest.mark.parametrize(
    ("statement", "fault", "why"),
    [
        ("DROP TABLE sightings", StoreError, "The records could not be kept."),
        ("UPDATE coverage SET body = '7'", ValueError, "The program met a fault of its own."),
    ],
)
def test_a_run_that_breaks_off_says_so_in_one_short_message(
    world: World, statement: str, fault: type[Exception], why: str
) -> None:
    spoil(world, statement)
    with pytest.raises(fault):
        weekly(world)
    ((subject, text),) = letters(world)
    assert subject.startswith("No check this week")
    assert why in text
    assert not (world.out / "report").exists()
