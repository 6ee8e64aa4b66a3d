"""How fast we read a platform: a local token bucket, one for each platform of this process."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from socialaudit.errors import RateLimited

MAX_WAIT = 60.0
"""Seconds that a pull may wait for its turn before it gives the worker back."""


@dataclass
class Bucket:
    """Allows ``burst`` requests at once and ``per_second`` on average."""

    burst: float
    per_second: float
    _left: float = field(init=False)
    _at: float = field(init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._left, self._at = self.burst, time.monotonic()

    def acquire(self, cost: int = 1) -> None:  # noqa: ARG002 - a request takes one place, whatever it costs
        """Wait for a place; raise ``RateLimited`` when that would take over ``MAX_WAIT``."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self.burst, self._left + (now - self._at) * self.per_second)
            self._at = now
            wait = max(0.0, (1 - self._left) / self.per_second)
            if wait > MAX_WAIT:
                raise RateLimited("this machine reads the platform as fast as it may")
            self._left -= 1
        if wait:
            time.sleep(wait)


BUCKETS = {
    "bluesky": Bucket(100, 5),
    "comments": Bucket(60, 1),
    "discourse": Bucket(40, 1),
    "facebook": Bucket(100, 5),
    "feed": Bucket(100, 5),
    "forum": Bucket(100, 5),
    "instagram": Bucket(100, 5),
    "linkedin": Bucket(100, 5),
    "mastodon": Bucket(60, 1),
    "mediawiki": Bucket(60, 3),
    "podcast": Bucket(100, 5),
    "wordpress": Bucket(100, 5),
    "x": Bucket(100, 5),
    "youtube": Bucket(200, 10),
}
"""Far below each platform's published limits (docs/platforms), so that an audit is never the cause
of a 429; a council's week is some ten to sixty requests."""
