"""A weekly audit's mail to three readers through a real Postfix, with what goes wrong on the way.

Store, outbox and delivery are those of the flow; the readers are a town's (``make test-servers``).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from demo import manifest
from flows import plan as plans
from flows import stages
from socialaudit.store import Store, outbox
from socialaudit.store.outbox import Event
from tests.flows.councils import council_with
from tests.servers.test_postfix import DOMAIN, PASSWORD, USER, Postfix, plain_text
from tests.servers.test_postfix import postfix as postfix  # noqa: PLC0414 - a fixture
from tests.servers.wires import wire

if TYPE_CHECKING:
    from email.message import EmailMessage

    from demo.world import World

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("postfix")]
NOW = manifest.load().weekly
SETTLED = 0.3
"""Seconds in which a queue that holds nothing else has handed over all it has."""
SENDING, SENT, DEFERRED, REFUSED = Event.SENDING, Event.SENT, Event.DEFERRED, Event.REFUSED


@dataclass
class Week:
    """The same weekly audit, as often as wanted, with mail to three readers; no server knows the last."""

    world: World
    postfix: Postfix
    monkeypatch: pytest.MonkeyPatch

    def __post_init__(self) -> None:
        wanted = [f"{name}@{DOMAIN}" for name in ("clerk", "deputy", "nobody")]
        council = council_with(self.world, ("recipients = .*", f"recipients = {wanted}"))
        self.plan = plans.weekly(council, NOW, fixed=True)

    def audit(self, port: int, password: str = "", *, starttls: bool = True) -> int:
        """How many messages are left to send."""
        said = {"PORT": str(port), "STARTTLS": str(starttls), "PASSWORD": password}
        for name, value in {**said, "USER": USER if password else ""}.items():
            self.monkeypatch.setenv(f"SOCIALAUDIT_SMTP_{name}", value)
        return stages.run(self.plan, stages.Plain(), str(self.world.out / "report")).undelivered

    def log(self, reader: str) -> list[tuple[Event, str]]:
        """What the log says of a reader's message."""
        store = Store.open(self.world.environment()["SOCIALAUDIT_DATABASE_URL"])
        with store.begin() as tx:
            found = outbox.log(tx, self.plan.run.id)
        store.close()
        return [(event, words) for to, event, words in found if to == f"{reader}@{DOMAIN}"]

    def events(self, reader: str) -> list[Event]:
        return [event for event, _ in self.log(reader)]

    def copies(self, reader: str, count: int) -> list[EmailMessage]:
        """All copies that a reader got, once so many are there and one too many had its time."""
        self.postfix.taken(reader, count)
        time.sleep(SETTLED)
        return self.postfix.taken(reader, 0)


@pytest.fixture
def week(world: World, postfix: Postfix, monkeypatch: pytest.MonkeyPatch) -> Week:
    return Week(world, postfix, monkeypatch)


def test_each_reader_gets_one_message_and_one_who_is_refused_is_not_asked_for_again(
    week: Week,
) -> None:
    login = week.postfix.login.port
    assert week.audit(login, PASSWORD) == 1
    assert week.audit(login, PASSWORD) == 0
    arrived = [week.copies(name, 1) for name in ("clerk", "deputy")]
    assert [len(copies) for copies in arrived] == [1, 1]
    assert [str(m["To"]) for (m,) in arrived] == [f"clerk@{DOMAIN}", f"deputy@{DOMAIN}"]
    assert len({m["Message-ID"] for (m,) in arrived}) == 2
    expected = (week.world.out / "report" / "email.txt").read_text("utf-8")
    assert [plain_text(m) for (m,) in arrived] == [expected] * 2
    assert week.events("clerk") == week.events("deputy") == [SENDING, SENT]
    (_, (refused, words)) = week.log("nobody")
    assert refused is REFUSED
    assert "550 5.1.1" in words


def test_a_wrong_password_sends_nothing_and_the_right_one_sends_everything_once(week: Week) -> None:
    login = week.postfix.login.port
    assert week.audit(login, "planted-wrong-one") == 3
    assert week.copies("clerk", 0) == []
    assert week.audit(login, PASSWORD) == 1
    assert len(week.copies("clerk", 1)) == len(week.copies("deputy", 1)) == 1
    assert week.events("clerk") == [SENDING, DEFERRED, SENDING, SENT]
    assert "535 5.7.8" in week.log("clerk")[1][1]
    assert "planted" not in str(week.log("clerk"))


def test_a_server_that_puts_us_off_is_asked_again_at_the_next_run(week: Week) -> None:
    assert week.audit(week.postfix.grey) == 3
    time.sleep(1.5)
    assert week.audit(week.postfix.grey) == 1
    assert len(week.copies("clerk", 1)) == len(week.copies("deputy", 1)) == 1
    assert week.events("clerk") == [SENDING, DEFERRED, SENDING, SENT]
    put_off = week.log("clerk")[1][1]
    assert "450 4.2.0" in put_off
    assert "twice" not in str(week.log("clerk"))


def test_a_connection_cut_before_the_end_of_the_text_brings_one_copy_and_a_warning(
    week: Week,
) -> None:
    with wire(week.postfix.clear, cut="before") as wired:
        assert week.audit(wired.port, starttls=False) == 3
    assert week.copies("clerk", 0) == []
    assert week.audit(week.postfix.clear, starttls=False) == 0
    assert len(week.copies("clerk", 1)) == len(week.copies("deputy", 1)) == 1
    assert week.events("clerk") == [SENDING, SENDING, SENDING, SENT]
    assert [words for _, words in week.log("clerk")[2:]] == ["may have been sent twice"] * 2


def test_a_connection_cut_before_the_answer_brings_a_second_copy_that_mail_apps_know(
    week: Week,
) -> None:
    with wire(week.postfix.clear, cut="after") as wired:
        assert week.audit(wired.port, starttls=False) == 3
    assert len(week.copies("clerk", 1)) == 1
    assert week.audit(week.postfix.clear, starttls=False) == 0
    assert week.audit(week.postfix.clear, starttls=False) == 0
    for reader in ("clerk", "deputy"):
        first, second = week.copies(reader, 2)
        assert first["Message-ID"] == second["Message-ID"]
        assert plain_text(first) == plain_text(second)
        assert week.events(reader) == [SENDING, SENDING, SENDING, SENT]
        assert week.log(reader)[-1][1] == "may have been sent twice"
