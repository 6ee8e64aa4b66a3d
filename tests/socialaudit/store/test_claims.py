from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from socialaudit.errors import Busy, StoreError, StoreUnreachable
from socialaudit.store import Store

HOLDER = """
import sys
from socialaudit.store import Store
with Store.open(sys.argv[1]).claim("testham"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_council_is_held_by_one_run_at_a_time(address: str) -> None:
    one, other = Store.open(address), Store.open(address)
    with one.claim("testham"), pytest.raises(Busy, match="testham"), other.claim("testham"):
        pass
    with other.claim("testham"):
        pass
    one.close()
    other.close()


def test_councils_do_not_wait_for_each_other(store: Store) -> None:
    with store.claim("testham"), store.claim("elsewhere"):
        pass


def test_a_run_waits_for_the_one_before_it(address: str) -> None:
    one, other = Store.open(address), Store.open(address)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with one.claim("testham"):
            held.set()
            done.wait(0.2)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with other.claim("testham", wait=20):
        pass
    thread.join()
    one.close()
    other.close()


def test_a_council_is_free_again_when_its_holder_is_killed(address: str) -> None:
    holder = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", HOLDER, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    opened = Store.open(address)
    with pytest.raises(Busy), opened.claim("testham"):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    holder.stdin.close()
    with opened.claim("testham", wait=20):
        pass
    opened.close()


def test_a_fault_within_the_block_frees_the_council_and_goes_on(store: Store) -> None:
    with pytest.raises(StoreError, match="full"), store.claim("testham"):
        raise StoreError("the disk is full")
    with store.claim("testham"):
        pass


def test_a_server_that_does_not_answer_is_told_apart_from_other_faults() -> None:
    with pytest.raises(StoreUnreachable):
        Store.open("postgresql+psycopg://nobody@127.0.0.1:9/nothing")


@pytest.mark.parametrize(
    "address", [pytest.param("postgresql", marks=pytest.mark.servers)], indirect=True
)
def test_a_claim_that_the_server_has_forgotten_stops_the_run_that_relies_on_it(
    store: Store, address: str
) -> None:
    admin = sa.create_engine(address)
    with store.claim("testham"):
        with store.begin() as tx:
            assert tx.scalar(sa.text("SHOW tcp_keepalives_idle")) == "30"
        with admin.begin() as tx:
            ended = (
                "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON oid = database"
                " WHERE locktype = 'advisory' AND datname = current_database()"
            )
            assert tx.scalars(sa.text(ended)).all() == [True]
        with pytest.raises(StoreUnreachable), store.begin():
            pass
    with store.claim("testham"), store.begin():
        pass
    admin.dispose()
