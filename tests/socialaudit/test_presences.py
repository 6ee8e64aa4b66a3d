from __future__ import annotations

import pytest

from socialaudit.ownership import presented_as_own
from socialaudit.presences import Listed, Standing, recognised
from tests.socialaudit.profile_links import LINKS

COUNCIL = "Testham Town Council"


def listed() -> Listed:
    found = Listed(["https://www.flickr.com/photos/notours"])
    found.add("facebook", ["TesthamTC", "111222333", "https://www.facebook.com/TesthamTC"])
    found.add("x", ["987654321", "TesthamTC"])
    found.add("youtube", ["UCtestham00000000000000A", "@TesthamTownCouncil"])
    found.add("mastodon", ["@testham@mastodon.example", "https://mastodon.example/@testham"])
    found.add("bluesky", ["testham.bsky.social", "did:plc:abc"])
    found.add("by-hand", ["https://www.facebook.com/groups/testhamallotments"])
    return found


def is_told(address: str, label: str) -> bool:
    found = recognised(address)
    return (
        found is not None
        and presented_as_own(found, label, COUNCIL)
        and listed().standing(found) is Standing.UNLISTED
    )


@pytest.mark.parametrize(("address", "label", "wanted"), LINKS)
def test_what_a_clerk_would_want_to_hear_of(address: str, label: str, *, wanted: bool) -> None:
    assert is_told(address, label) is wanted
