"""How fast all workers together read a platform: Prefect's global concurrency limits.

A worker asks Prefect's server for a place before each request, over its documented API
(``POST /v2/concurrency_limits/increment``): one round trip, no event, and none of Prefect loaded in
a council's process. Without a server of the user's, without a limit of the platform's name, or while
the server does not answer, the local bucket alone decides.
"""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import httpx

from flows import embedded
from flows.limits import BUCKETS, MAX_WAIT
from socialaudit.errors import RateLimited

if TYPE_CHECKING:
    from connectors import Limiter

LOG = logging.getLogger("socialaudit.limits")
PREFIX = "socialaudit-"
DAY = 86_400
SHARED = {
    "bluesky": (100, 5.0),
    "facebook": (100, 5.0),
    "instagram": (100, 5.0),
    "linkedin": (20, 1.0),
    "x": (100, 5.0),
    "youtube": (9_000, 9_000 / DAY),
}
"""Places, and places that come free in a second, of each platform that has one door for everybody.

YouTube's are units of the day's quota of one Google project (10,000, a tenth of them kept for
checks that people ask for); all others are requests.
"""
_UNITS = frozenset({"youtube"})


def limiter(platform: str) -> Limiter:
    """Who is asked before each request to a platform."""
    local = BUCKETS[platform]
    address = os.environ.get("PREFECT_API_URL", "")
    if platform not in SHARED or not address or embedded.is_ours(address):
        return local
    return _shared(address, platform)


@cache
def _shared(address: str, platform: str) -> Shared:
    return Shared(address, platform, BUCKETS[platform])


@dataclass
class Shared:
    """A platform's places on a Prefect server, and the local bucket before them."""

    address: str
    platform: str
    local: Limiter
    _limited: bool = field(default=True, init=False)

    def acquire(self, cost: int = 1) -> None:
        """Wait for a place; raise ``RateLimited`` when that would take over ``MAX_WAIT``."""
        self.local.acquire(cost)
        until = time.monotonic() + MAX_WAIT
        while self._limited and (wait := self._ask(cost)) is not None:
            if time.monotonic() + wait > until:
                raise RateLimited(
                    "all councils together have used what may be read of the platform for now",
                    datetime.now(UTC) + timedelta(seconds=max(wait, MAX_WAIT)),
                )
            time.sleep(wait)

    def _ask(self, cost: int) -> float | None:
        """Seconds to wait before asking again; ``None`` for a place."""
        slots = cost if self.platform in _UNITS else 1
        body = {"names": [PREFIX + self.platform], "slots": slots, "mode": "rate_limit"}
        try:
            answer = client(self.address).post("/v2/concurrency_limits/increment", json=body)
            if answer.status_code == httpx.codes.LOCKED:
                return max(float(answer.headers.get("Retry-After", 1)), 0.05)
            answer.raise_for_status()
            self._limited = bool(answer.json())
        except (httpx.HTTPError, ValueError) as fault:
            LOG.warning("Prefect gives no place: %s; this worker's own limit holds", fault)
        return None


@cache
def client(address: str) -> httpx.Client:
    """The connection of this process to a Prefect server, as the user's settings sign in to it."""
    user, _, password = os.environ.get("PREFECT_API_AUTH_STRING", "").partition(":")
    key = os.environ.get("PREFECT_API_KEY", "")
    return httpx.Client(
        base_url=address,
        timeout=10,
        auth=(user, password) if user else None,
        headers={"Authorization": f"Bearer {key}"} if key else None,
    )
