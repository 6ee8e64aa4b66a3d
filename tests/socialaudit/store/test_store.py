from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from socialaudit import store as stores
from socialaudit.errors import StoreError
from socialaudit.store import Store, tables, words


def test_the_migrations_make_the_tables_that_the_code_names(store: Store) -> None:
    with store.begin() as tx:
        difference = compare_metadata(MigrationContext.configure(tx), tables.metadata)
    assert difference == []


def test_an_open_store_can_be_opened_again(address: str) -> None:
    Store.open(address).close()
    Store.open(address).close()


def test_a_store_of_the_first_version_is_brought_up_to_date_with_all_it_holds(address: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(stores.__file__).parent / "migrations"))
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO councils (council, salt) VALUES ('testham', '00')")
        connection.exec_driver_sql(
            "INSERT INTO decisions (council, ref, verdict, reason, by, made_at, until) VALUES "
            "('testham', 'FB-001', 'leave', 'x', 'A', '2026-11-16 06:00:00', '2027-01-31')"
        )
    engine.dispose()
    opened = Store.open(address)
    with opened.begin() as tx:
        (decision,) = words.decisions(tx, "testham")
        assert (decision.ref, decision.fingerprint) == ("FB-001", None)
        assert words.statements(tx, "testham") == ()
        assert words.entries(tx, "testham") == ()
    opened.close()


def test_a_block_that_fails_leaves_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.begin() as tx:
            tx.execute(tables.councils.insert().values(council="testham", salt="00"))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        write_and_fail()
    with store.begin() as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.councils)) == 0


def test_a_place_that_is_not_writable_is_a_fault_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot open the store"):
        Store.open(f"sqlite:///{tmp_path / 'file' / 'audit.db'}")


def test_a_file_that_is_no_database_is_a_fault_of_the_store(tmp_path: Path) -> None:
    (tmp_path / "audit.db").write_text("not a database, but long enough to look at " * 50)
    with pytest.raises(StoreError, match="file is not a database"):
        Store.open(f"sqlite:///{tmp_path / 'audit.db'}")


def test_a_password_stays_out_of_the_message() -> None:
    with pytest.raises(StoreError) as fault:
        Store.open("postgresql+psycopg://me:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(fault.value)


def test_a_fault_while_writing_is_a_fault_of_the_store(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot use the store"), store.begin() as tx:
        tx.execute(tables.councils.insert().values(council="testham", salt=None))


def test_two_processes_opening_a_new_store_at_once_both_succeed(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'audit.db'}"
    faults: list[Exception] = []

    def open_it() -> None:
        try:
            Store.open(address).close()
        except StoreError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with sqlite3.connect(tmp_path / "audit.db") as database:
        assert database.execute("SELECT count(*) FROM alembic_version").fetchall() == [(1,)]
    database.close()
