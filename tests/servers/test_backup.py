"""The operating guide's backup of PostgreSQL, taken and put back (``make test-servers``)."""

from __future__ import annotations

import os
import subprocess
import uuid
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from demo import manifest
from flows import plan as plans
from flows import stages
from socialaudit.store import Store, runs
from socialaudit.store.tables import metadata
from tests.databases import a_postgresql_database
from tests.servers.guide import commands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from demo.world import World

pytestmark = pytest.mark.servers
KNOWN = manifest.load()


@contextmanager
def a_role() -> Iterator[str]:
    """A role as the guide asks for: no superuser, and none of the rights to pass by policies."""
    admin = sa.create_engine(
        os.environ["SOCIALAUDIT_TEST_POSTGRESQL"], isolation_level="AUTOCOMMIT"
    )
    name = f"role_{uuid.uuid4().hex}"
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS"))
    yield name
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP ROLE {name}"))
    admin.dispose()


@contextmanager
def a_database_of(role: str) -> Iterator[str]:
    """The address of a new database, as its owner."""
    with a_postgresql_database() as address:
        url = sa.make_url(address)
        admin = sa.create_engine(url)
        with admin.begin() as connection:
            connection.execute(sa.text(f"ALTER DATABASE {url.database} OWNER TO {role}"))
            connection.execute(sa.text(f"ALTER SCHEMA public OWNER TO {role}"))
        admin.dispose()
        yield url.set(username=role).render_as_string(hide_password=False)


def do(name: str, address: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the guide's commands of a name for a database."""
    plain = address.replace("+psycopg", "")
    return subprocess.run(  # noqa: S603 - the guide's own commands
        ["bash", "-euc", commands(name)],  # noqa: S607 - likewise
        env={**os.environ, "DATABASE": plain},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def rows(address: str) -> dict[str, int]:
    """How many rows each table holds."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        counts = {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table)
            ).scalar_one()
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return counts


def test_a_backup_by_the_programs_own_role_holds_every_row_and_can_be_put_back(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_role() as role, a_database_of(role) as lost, a_database_of(role) as found:
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", lost)
        plan = plans.weekly(world.council_file(), KNOWN.weekly, fixed=True)
        stages.run(plan, stages.Plain(), str(tmp_path / "report"))
        dumped = do("dump", lost, tmp_path)
        assert dumped.returncode == 0, dumped.stdout
        restored = do("restore", found, tmp_path)
        assert restored.returncode == 0, restored.stdout
        assert rows(found) == rows(lost)
        assert rows(found)["runs"] == 2
        with closing(Store.open(found).of(KNOWN.council.id)) as store, store.begin() as tx:
            assert runs.broken_link(tx, KNOWN.council.id) is None
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", found)
        again = stages.run(plan, stages.Plain(), str(tmp_path / "report"))
        assert again.undelivered == 0
        assert len(world.mailbox.messages()) == 1
