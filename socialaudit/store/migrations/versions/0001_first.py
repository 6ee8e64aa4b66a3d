"""The first schema."""

import sqlalchemy as sa
from alembic import op

from socialaudit.store.tables import UTCDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "cache",
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council", "account", "key", name="pk_cache"),
    )
    op.create_table(
        "councils",
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("council", name="pk_councils"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_council", "decisions", ["council"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("run", "recipient", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_council", "outbox", ["council"], unique=False)
    op.create_table(
        "records",
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("published_at", UTCDateTime(), nullable=True),
        sa.Column("captured_at", UTCDateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("council", "key", "sha256", name="pk_records"),
    )
    op.create_index(
        "ix_records_account_kind",
        "records",
        ["council", "account", "kind", "published_at"],
        unique=False,
    )
    op.create_table(
        "references",
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("council", "prefix", "number", name="pk_references"),
        sa.UniqueConstraint("council", "fingerprint", name="uq_references_council_fingerprint"),
    )
    op.create_table(
        "runs",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("accounts", sa.JSON(), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("policy_id", sa.String(length=120), nullable=False),
        sa.Column("policy_sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_runs"),
    )
    op.create_index("ix_runs_council", "runs", ["council"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.run"], name="fk_assessments_run"),
        sa.PrimaryKeyConstraint("run", "number", name="pk_assessments"),
    )
    op.create_table(
        "closings",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.run"], name="fk_closings_run"),
        sa.PrimaryKeyConstraint("run", name="pk_closings"),
        sa.UniqueConstraint("council", "number", name="uq_closings_council_number"),
    )
    op.create_table(
        "coverage",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.run"], name="fk_coverage_run"),
        sa.PrimaryKeyConstraint("run", "account", name="pk_coverage"),
    )
    op.create_index("ix_coverage_council", "coverage", ["council"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run", "recipient"],
            ["outbox.run", "outbox.recipient"],
            name="fk_deliveries_run_recipient",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_table(
        "findings",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("council", sa.String(length=120), nullable=False),
        sa.Column("ref", sa.String(length=24), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.run"], name="fk_findings_run"),
        sa.PrimaryKeyConstraint("run", "fingerprint", name="pk_findings"),
    )
    op.create_index("ix_findings_council", "findings", ["council"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("run", sa.String(length=160), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("captured_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.run"], name="fk_sightings_run"),
        sa.PrimaryKeyConstraint("run", "key", name="pk_sightings"),
    )
