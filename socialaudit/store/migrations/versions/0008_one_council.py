"""On PostgreSQL, a transaction that names its council sees and writes that council's rows alone.

``Store.of`` names it. A transaction that names none sees all, as whoever upgrades, backs up or looks
at all councils must. Superusers and roles with BYPASSRLS are not held to it.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

_BY_COUNCIL = (
    "cache",
    "closings",
    "councils",
    "coverage",
    "decisions",
    "exports",
    "findings",
    "looks",
    "outbox",
    "records",
    "references",
    "register",
    "runs",
    "statements",
)
_BY_RUN = ("assessments", "deliveries", "sightings")
_NAMED = "coalesce(current_setting('socialaudit.council', true), '')"


def upgrade() -> None:
    """Add a policy to every table; nothing on SQLite, which has none."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _BY_COUNCIL:
        _hold(table, f"{_NAMED} IN ('', council)")
    for table in _BY_RUN:
        whose = f'EXISTS (SELECT 1 FROM runs WHERE runs.run = "{table}".run)'  # noqa: S608 - our own names
        _hold(table, f"{_NAMED} = '' OR {whose}")


def _hold(table: str, rule: str) -> None:
    op.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY one_council ON "{table}" USING ({rule})')
