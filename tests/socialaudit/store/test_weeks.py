from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.finding import RunKind
from socialaudit.store import outbox, runs, weeks
from socialaudit.store.outbox import Event, Letter
from tests.records import NOW, UNTIL
from tests.socialaudit.store.conftest import a_run, begun

if TYPE_CHECKING:
    from socialaudit.finding import Run
    from socialaudit.store import Store


def closed(store: Store, **changes: object) -> Run:
    run = begun(store, **changes)
    with store.begin() as tx:
        runs.close(tx, run, NOW)
    return run


def letter(run: Run, reader: str = "clerk@testham.example") -> Letter:
    return Letter(run.id, reader, f"<{run.id}{reader}>", b"Subject: 1\r\n\r\n")


def test_a_report_is_done_when_its_run_is_closed_and_nothing_is_mailed(store: Store) -> None:
    closed(store)
    with store.begin() as tx:
        assert weeks.reported(tx, mailed=False) == {"testham": UNTIL}
        assert weeks.reported(tx, mailed=True) == {}


def test_a_run_that_was_begun_and_one_of_another_kind_report_no_week(store: Store) -> None:
    begun(store)
    closed(store, id="extra", kind=RunKind.INCIDENT)
    with store.begin() as tx:
        assert weeks.reported(tx, mailed=False) == {}


def test_mail_is_gone_when_every_reader_has_it_or_will_never_have_it(store: Store) -> None:
    run = closed(store)
    one, other = letter(run), letter(run, "deputy@testham.example")
    with store.begin() as tx:
        for each in (one, other):
            outbox.put(tx, "testham", each, NOW)
        outbox.note(tx, one, Event.SENDING, NOW)
        outbox.note(tx, one, Event.SENT, NOW)
        outbox.note(tx, other, Event.DEFERRED, NOW)
        assert weeks.reported(tx, mailed=True) == {}
        outbox.note(tx, other, Event.REFUSED, NOW)
        assert weeks.reported(tx, mailed=True) == {"testham": UNTIL}


def test_councils_are_told_apart(store: Store) -> None:
    closed(store)
    closed(store, id="elsewhere-1", council="elsewhere")
    begun(store, id="nowhere-1", council="nowhere")
    assert a_run().council == "testham"
    with store.begin() as tx:
        assert weeks.reported(tx, mailed=False) == {"testham": UNTIL, "elsewhere": UNTIL}
