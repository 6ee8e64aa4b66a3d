"""The tables of the audit store. All but ``cache`` are append-only; purge empties bodies.

Every row belongs to a council, directly or through its run. Times are aware UTC. ``body`` and
``payload`` are JSON; retention sets them to null and leaves digests.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class UTCDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC times on every database (SQLite keeps no zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """To UTC; a time without a zone is a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """Aware again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=NAMES)

RUN = sa.String(160)
ID = sa.String(120)
KEY = sa.Text
DIGEST = sa.String(64)

councils = sa.Table(
    "councils",
    metadata,
    sa.Column("council", ID, primary_key=True),
    sa.Column("salt", sa.String(64), nullable=False),
)
runs = sa.Table(
    "runs",
    metadata,
    sa.Column("run", RUN, primary_key=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("since", UTCDateTime, nullable=False),
    sa.Column("until", UTCDateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("accounts", sa.JSON, nullable=False),
    sa.Column("started_at", UTCDateTime, nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("policy_id", ID, nullable=False),
    sa.Column("policy_sha256", DIGEST, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False, server_default=""),
)
closings = sa.Table(
    "closings",
    metadata,
    sa.Column("run", RUN, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("council", ID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("finished_at", UTCDateTime, nullable=False),
    sa.Column("previous", DIGEST, nullable=False),
    sa.Column("digest", DIGEST, nullable=False),
    sa.Column("decisions", sa.Integer),  # the newest that the run knew; null: closed before 0002
    sa.Column("statements", sa.Integer),  # likewise
    sa.Column("register", sa.Integer),  # likewise; null: closed before 0003
    sa.Column("looks", sa.Integer),  # likewise; null: closed before 0006
    sa.UniqueConstraint("council", "number"),
)
coverage = sa.Table(
    "coverage",
    metadata,
    sa.Column("run", RUN, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("account", ID, primary_key=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("read_at", UTCDateTime, nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
)
records = sa.Table(
    "records",
    metadata,
    sa.Column("council", ID, primary_key=True),
    sa.Column("key", KEY, primary_key=True),
    sa.Column("sha256", DIGEST, primary_key=True),
    sa.Column("account", ID, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("published_at", UTCDateTime),
    sa.Column("captured_at", UTCDateTime, nullable=False),
    sa.Column("body", sa.JSON(none_as_null=True)),
    sa.Column("payload", sa.JSON(none_as_null=True)),
    sa.Index("ix_records_account_kind", "council", "account", "kind", "published_at"),
)
sightings = sa.Table(
    "sightings",
    metadata,
    sa.Column("run", RUN, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("key", KEY, primary_key=True),
    sa.Column("account", ID, nullable=False),
    sa.Column("sha256", DIGEST),  # null: the platform says it is gone
    sa.Column("captured_at", UTCDateTime, nullable=False),
)
assessments = sa.Table(
    "assessments",
    metadata,
    sa.Column("run", RUN, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
)
findings = sa.Table(
    "findings",
    metadata,
    sa.Column("run", RUN, sa.ForeignKey("runs.run"), primary_key=True),
    sa.Column("fingerprint", sa.String(32), primary_key=True),
    sa.Column("council", ID, nullable=False),
    sa.Column("ref", sa.String(24), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("evidence", sa.JSON(none_as_null=True)),
    sa.Column("evidence_sha256", DIGEST, nullable=False),
    sa.Index("ix_findings_fingerprint", "council", "fingerprint", "run"),
)
references = sa.Table(
    "references",
    metadata,
    sa.Column("council", ID, primary_key=True),
    sa.Column("prefix", sa.String(8), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("fingerprint", sa.String(32), nullable=False),
    sa.UniqueConstraint("council", "fingerprint"),
)
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("ref", sa.String(24), nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("made_at", UTCDateTime, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
    sa.Column("fingerprint", sa.String(32)),  # null: nothing had the reference
    sa.Column("words_sha256", DIGEST),
)
statements = sa.Table(
    "statements",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("clause", ID, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("made_at", UTCDateTime, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
)
register = sa.Table(
    "register",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("action", sa.String(24), nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)
looks = sa.Table(
    "looks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("account", ID, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("seen", sa.Text, nullable=False),
    sa.Column("until", sa.Date, nullable=False),
)
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("run", RUN, primary_key=True),
    sa.Column("recipient", sa.String(320), primary_key=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("message_id", sa.String(200), nullable=False, unique=True),
    sa.Column("message", sa.LargeBinary, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
)
deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("run", RUN, nullable=False),
    sa.Column("recipient", sa.String(320), nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("event", sa.String(16), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.ForeignKeyConstraint(["run", "recipient"], ["outbox.run", "outbox.recipient"]),
)
exports = sa.Table(
    "exports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("council", ID, nullable=False, index=True),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("whole", sa.Boolean, nullable=False),  # with the words of third parties
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("sha256", DIGEST, nullable=False),
)
cache = sa.Table(
    "cache",
    metadata,
    sa.Column("council", ID, primary_key=True),
    sa.Column("account", ID, primary_key=True),
    sa.Column("key", KEY, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
