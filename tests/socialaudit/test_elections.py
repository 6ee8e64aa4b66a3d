from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from socialaudit.elections import Election

LONDON = ZoneInfo("Europe/London")


def test_the_time_before_an_election_runs_by_the_clock_of_the_place() -> None:
    election = Election(name="Town", notice=date(2027, 3, 31), poll=date(2027, 5, 6))
    opens, closes = election.window(LONDON)
    assert opens.astimezone(UTC) == datetime(2027, 3, 30, 23, tzinfo=UTC)
    assert closes.astimezone(UTC) == datetime(2027, 5, 6, 21, tzinfo=UTC)


def test_a_poll_before_its_notice_is_refused() -> None:
    with pytest.raises(ValueError, match="after the notice"):
        Election(name="Town", notice=date(2027, 5, 6), poll=date(2027, 5, 6))
