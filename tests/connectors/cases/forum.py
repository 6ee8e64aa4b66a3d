"""A message board under contract, through its feed."""

from __future__ import annotations

from connectors.forum import Forum
from demo.forum import ForumSite
from demo.server import FAULTS
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="forum",
        connector=Forum,
        town=a_town(
            "forum", handle="https://board.example.org/feed.php#The Council", posts=10, comments=12
        ),
        site=ForumSite,
        secrets={},
        first="/feed.php",
        paged="/feed.php",
        # a feed that breaks off is read as far as it goes, and may end with a 404
        faults=frozenset(FAULTS) - {"truncated", "not_found"},
        comments=False,  # of what a feed no longer holds it cannot be said that it is gone
    )
