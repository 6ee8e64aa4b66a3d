"""The council's own website under contract, through its feed."""

from __future__ import annotations

from connectors.feed import Feed
from demo.server import FAULTS
from demo.website import WebsiteSite
from tests.connectors.case import Case, a_town


def case() -> Case:
    return Case(
        name="feed",
        connector=Feed,
        town=a_town("website", handle="https://www.example.gov.uk/feed/", posts=25, comments=8),
        site=WebsiteSite,
        secrets={},
        first="/feed",
        paged="/feed",
        # a feed that breaks off is read as far as it goes, and WordPress ends its pages with a 404
        faults=frozenset(FAULTS) - {"truncated", "not_found"},
        comments=False,  # of what a feed no longer holds it cannot be said that it is gone
    )
