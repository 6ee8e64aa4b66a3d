"""Statements, what a decision is about, and which words of officers each run knew."""

import sqlalchemy as sa
from alembic import op

from socialaudit.store.tables import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a table and four columns; what is there stays as it is."""
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("clause", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_statements"),
    )
    op.create_index("ix_statements_council", "statements", ["council"], unique=False)
    op.add_column("decisions", sa.Column("fingerprint", sa.String(length=32), nullable=True))
    op.add_column("decisions", sa.Column("words_sha256", sa.String(length=64), nullable=True))
    op.add_column("closings", sa.Column("decisions", sa.Integer(), nullable=True))
    op.add_column("closings", sa.Column("statements", sa.Integer(), nullable=True))
