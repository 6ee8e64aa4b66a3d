"""Empty databases of their own on the PostgreSQL server of SOCIALAUDIT_TEST_POSTGRESQL."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def a_postgresql_database() -> Iterator[str]:
    """The address of a new database, until the end."""
    server = sa.make_url(os.environ["SOCIALAUDIT_TEST_POSTGRESQL"])
    name = f"test_{uuid.uuid4().hex}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
