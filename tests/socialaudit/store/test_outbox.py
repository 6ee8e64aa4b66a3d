from __future__ import annotations

from typing import TYPE_CHECKING

from socialaudit.store import outbox
from socialaudit.store.outbox import Event, Letter
from tests.records import NOW

if TYPE_CHECKING:
    from socialaudit.store import Store

LETTER = Letter("run-1", "clerk@testham.example", "<1@testham.example>", b"Subject: 1\r\n\r\n")


def test_a_letter_is_pending_until_it_is_sent(store: Store) -> None:
    with store.begin() as tx:
        outbox.put(tx, "testham", LETTER, NOW)
        assert outbox.pending(tx, "testham") == [LETTER]
        outbox.note(tx, LETTER, Event.SENDING, NOW)
        outbox.note(tx, LETTER, Event.SENT, NOW)
        assert outbox.pending(tx, "testham") == []


def test_a_letter_put_twice_keeps_its_first_message_id(store: Store) -> None:
    with store.begin() as tx:
        outbox.put(tx, "testham", LETTER, NOW)
        outbox.put(tx, "testham", Letter("run-1", LETTER.recipient, "<2@x>", b""), NOW)
        assert [letter.message_id for letter in outbox.pending(tx, "testham")] == [
            LETTER.message_id
        ]


def test_a_letter_cut_off_while_sending_is_doubtful(store: Store) -> None:
    with store.begin() as tx:
        outbox.put(tx, "testham", LETTER, NOW)
        outbox.note(tx, LETTER, Event.SENDING, NOW)
        (letter,) = outbox.pending(tx, "testham")
    assert letter.doubtful


def test_a_deferred_letter_is_tried_again_and_a_refused_one_is_not(store: Store) -> None:
    with store.begin() as tx:
        outbox.put(tx, "testham", LETTER, NOW)
        outbox.note(tx, LETTER, Event.DEFERRED, NOW, "greylisted")
        assert len(outbox.pending(tx, "testham")) == 1
        outbox.note(tx, LETTER, Event.REFUSED, NOW, "no such user")
        assert outbox.pending(tx, "testham") == []
        assert [event for _, event, _ in outbox.log(tx, "run-1")] == [Event.DEFERRED, Event.REFUSED]
