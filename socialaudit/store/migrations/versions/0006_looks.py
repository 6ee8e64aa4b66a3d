"""Looks by hand, and which of them each run knew."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add a table and a column; what is there stays as it is."""
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_looks"),
    )
    op.create_index("ix_looks_council", "looks", ["council"], unique=False)
    op.add_column("closings", sa.Column("looks", sa.Integer(), nullable=True))
