from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from socialaudit.errors import StoreError
from socialaudit.store import Store, runs, tables
from tests.databases import a_postgresql_database
from tests.records import NOW
from tests.socialaudit.store.conftest import a_run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers


@pytest.fixture
def county() -> Iterator[Store]:
    """A store of two councils, used by a role that is no superuser."""
    role = f"role_{uuid.uuid4().hex}"
    with a_postgresql_database() as address:
        url = sa.make_url(address)
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(sa.text(f"CREATE ROLE {role} LOGIN"))
            connection.execute(sa.text(f"ALTER DATABASE {url.database} OWNER TO {role}"))
        store = Store.open(url.set(username=role).render_as_string(hide_password=False))
        for council in ("testham", "elsewhere"):
            fill(store.of(council), council)
        yield store
        store.close()
        with admin.connect() as connection:
            connection.execute(sa.text(f"DROP OWNED BY {role}"))
            connection.execute(sa.text(f"ALTER DATABASE {url.database} OWNER TO {url.username}"))
            connection.execute(sa.text(f"DROP ROLE {role}"))
        admin.dispose()


def fill(store: Store, council: str) -> None:
    """A row or more in tables of both sorts: those that name the council, and those of its runs."""
    run = a_run(id=f"{council}-1", council=council)
    with store.begin() as tx:
        runs.begin(tx, run)
        runs.salt(tx, council)
        tx.execute(
            tables.sightings.insert().values(
                run=run.id, key="x:1", account="x", sha256="0" * 64, captured_at=NOW
            )
        )
        runs.close(tx, run, NOW)


def rows(store: Store, table: sa.Table) -> int:
    with store.begin() as tx:
        return tx.scalar(sa.select(sa.func.count()).select_from(table)) or 0


@pytest.mark.parametrize("table", [tables.runs, tables.closings, tables.councils, tables.sightings])
def test_a_question_that_forgets_its_council_is_answered_for_one_alone(
    county: Store, table: sa.Table
) -> None:
    assert [rows(county.of("testham"), table), rows(county, table)] == [1, 2]
    assert rows(county.of("nowhere"), table) == 0


def test_nothing_is_written_for_another_council(county: Store) -> None:
    with pytest.raises(StoreError, match="row-level security"), county.of("testham").begin() as tx:
        runs.begin(tx, a_run(id="elsewhere-2", council="elsewhere"))
    with pytest.raises(StoreError, match="row-level security"), county.of("testham").begin() as tx:
        tx.execute(
            tables.sightings.insert().values(
                run="elsewhere-1", key="x:2", account="x", sha256=None, captured_at=NOW
            )
        )


def test_every_table_is_held_to_it(county: Store) -> None:
    held = sa.text(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relforcerowsecurity "
        "AND relnamespace = 'public'::regnamespace"
    )
    with county.begin() as tx:
        assert set(tx.scalars(held)) == set(tables.metadata.tables)
