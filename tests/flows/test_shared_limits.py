from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx
import pytest

from connectors.transport import Unlimited
from flows import shared_limits
from flows.limits import BUCKETS
from flows.shared_limits import PREFIX, SHARED, Shared, limiter
from socialaudit.errors import RateLimited

if TYPE_CHECKING:
    from collections.abc import Iterator

NOWHERE = "http://127.0.0.1:9/api"
pytestmark = pytest.mark.xdist_group("prefect")


@pytest.fixture(autouse=True)
def nothing_left(prefect: str) -> Iterator[None]:
    yield
    for address in (prefect, NOWHERE):
        shared_limits.client(address).close()
    shared_limits.client.cache_clear()


@dataclass
class Counted:
    """A local limiter that lets everything through and counts."""

    costs: list[int] = field(default_factory=list)

    def acquire(self, cost: int = 1) -> None:
        self.costs.append(cost)


def a_limit(api: str, platform: str, slots: int, per_second: float) -> Shared:
    made = {"name": PREFIX + platform, "limit": slots, "slot_decay_per_second": per_second}
    httpx.post(f"{api}/v2/concurrency_limits/", json=made).raise_for_status()
    return Shared(api, platform, Unlimited())


def test_workers_wait_for_each_other_beyond_the_places_there_are(prefect: str) -> None:
    one = a_limit(prefect, "burst", slots=3, per_second=2.0)
    other = Shared(prefect, "burst", Unlimited())
    begun = time.monotonic()
    for _ in range(3):
        one.acquire()
        other.acquire()
    assert time.monotonic() - begun > 0.5


def test_a_wait_that_is_too_long_gives_the_worker_back(
    prefect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = a_limit(prefect, "slow", slots=1, per_second=0.001)
    monkeypatch.setattr(shared_limits, "MAX_WAIT", 0.2)
    limit.acquire()
    with pytest.raises(RateLimited) as caught:
        limit.acquire()
    assert caught.value.retry_at is not None


def test_without_a_limit_of_its_name_the_local_bucket_alone_decides(prefect: str) -> None:
    local = Counted()
    limit = Shared(prefect, "unheard-of", local)
    limit.acquire()
    limit.acquire(5)
    assert local.costs == [1, 5]


def test_while_the_server_does_not_answer_the_local_bucket_decides(
    caplog: pytest.LogCaptureFixture,
) -> None:
    local = Counted()
    Shared(NOWHERE, "x", local).acquire()
    assert local.costs == [1]
    assert "this worker's own limit holds" in caplog.text


def test_only_a_server_of_the_users_is_asked_and_only_for_platforms_with_one_door(
    monkeypatch: pytest.MonkeyPatch, prefect: str
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    assert limiter("x") == Shared("http://prefect.example/api", "x", BUCKETS["x"])
    assert limiter("feed") is BUCKETS["feed"]
    monkeypatch.setenv("PREFECT_API_URL", prefect)
    assert limiter("x") is BUCKETS["x"]
    monkeypatch.delenv("PREFECT_API_URL")
    assert limiter("x") is BUCKETS["x"]


def test_every_shared_limit_refills() -> None:
    assert all(slots > 0 and per_second > 0 for slots, per_second in SHARED.values())
