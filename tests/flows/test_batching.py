from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import batching
from flows.batching import cut, due, everybody, key, week_of
from socialaudit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COUNCIL = """
[council]
id = "{id}"
name = "{id} Town Council"
timezone = "{zone}"
policy = "policy.toml"
[report]
recipients = ["clerk@example.gov.uk"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(tmp_path))
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")

    def put(id_: str, zone: str = "Europe/London") -> Path:
        path = tmp_path / f"{id_}.toml"
        path.write_text(COUNCIL.format(id=id_, zone=zone), "utf-8")
        return path

    return put


@given(st.lists(st.text(max_size=3), max_size=120, unique=True), st.integers(1, 60))
def test_every_council_is_in_one_batch_and_no_batch_is_too_large(
    some: list[str], size: int
) -> None:
    batches = cut(some, size)
    assert [council for batch in batches for council in batch] == some
    assert all(0 < len(batch) <= size for batch in batches)
    assert len({len(batch) for batch in batches} or {0}) <= 2


def test_a_request_is_known_by_its_week_and_its_councils() -> None:
    assert key("2026-W46", ["a", "b"]) == key("2026-W46", ("a", "b"))
    assert (
        len({key("2026-W46", ["a", "b"]), key("2026-W47", ["a", "b"]), key("2026-W46", ["a"])}) == 3
    )


@pytest.mark.parametrize(
    ("now", "week"),
    [
        ("2026-11-16T06:00:00+00:00", "2026-W46"),
        ("2026-11-22T23:59:00+00:00", "2026-W46"),
        ("2027-01-04T06:00:00+00:00", "2026-W53"),
        ("2026-03-29T23:30:00+00:00", "2026-W13"),
    ],
)
def test_a_week_is_named_after_the_days_that_it_reports_on(now: str, week: str) -> None:
    assert week_of(datetime.fromisoformat(now)) == week


def test_a_council_is_due_until_its_report_is_done(folder: Callable[..., Path]) -> None:
    folder("cromer")
    folder("dublin", "Europe/Dublin")
    assert due(everybody(), datetime(2026, 11, 16, 6, tzinfo=UTC)) == ["cromer", "dublin"]


def test_with_a_grace_a_report_is_not_missed_at_once(folder: Callable[..., Path]) -> None:
    folder("cromer")
    summer = datetime(2026, 6, 15, 6, 59, tzinfo=UTC)  # 07:59 in London
    two_hours = timedelta(hours=2)
    assert due(["cromer"], summer, two_hours) == []
    assert due(["cromer"], summer + timedelta(minutes=1), two_hours) == ["cromer"]


def test_a_council_whose_file_is_broken_is_due_and_stops_no_other(
    folder: Callable[..., Path],
) -> None:
    folder("cromer").with_name("broken.toml").write_text("[council", "utf-8")
    assert due(everybody(), datetime(2026, 11, 16, 6, tzinfo=UTC)) == ["broken", "cromer"]


def test_without_a_folder_of_councils_there_is_nobody_to_audit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SOCIALAUDIT_COUNCILS", raising=False)
    with pytest.raises(UsageError, match="SOCIALAUDIT_COUNCILS"):
        batching.everybody()
