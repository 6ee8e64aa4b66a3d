"""What stands after a run is found by council and fingerprint, not among all findings."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Put one index in the place of another."""
    op.drop_index("ix_findings_council", "findings")
    op.create_index("ix_findings_fingerprint", "findings", ["council", "fingerprint", "run"])
