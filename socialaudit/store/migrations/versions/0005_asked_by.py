"""Who asked for an extra check."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add a column; what is there stays as it is."""
    op.add_column("runs", sa.Column("asked_by", sa.Text(), nullable=False, server_default=""))
