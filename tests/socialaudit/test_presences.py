from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialaudit.ownership import presented_as_own
from socialaudit.presences import Listed, Presence, Standing, recognised
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


@given(st.text(max_size=60), st.sampled_from(["facebook.com", "x.com", "youtube.com", "a.wordpress.com", "b.example", "[::1"]))  # fmt: skip
def test_no_address_is_too_odd(path: str, host: str) -> None:
    for address in (path, f"https://{host}/{path}"):
        found = recognised(address)
        assert found is None or isinstance(found, Presence)
        listed().add("facebook", [address])


@pytest.mark.parametrize(
    ("platform", "told", "address"),
    [
        ("by-hand", "https://www.tiktok.com/@testhamtc", "https://tiktok.com/@TesthamTC"),
        ("by-hand", "https://nextdoor.co.uk/pages/testham/", "https://nextdoor.co.uk/pages/Testham"),
        ("mastodon", "@testham@example.uk", "https://social.example.uk/@testham"),
        ("mastodon", "testham", "https://social.example.uk/@testham"),
        ("linkedin", "urn:li:organization:12345", "https://www.linkedin.com/company/12345"),
        ("linkedin", "testham-town-council", "https://uk.linkedin.com/company/Testham-Town-Council/about"),
        ("bluesky", "@testham.gov.uk", "https://bsky.app/profile/testham.gov.uk"),
        ("bluesky", "did:plc:abc", "https://bsky.app/profile/did:plc:abc"),
        ("instagram", "https://www.instagram.com/testham/", "https://instagram.com/Testham?hl=en"),
        ("wordpress", "https://testham.wordpress.com", "http://testham.wordpress.com/"),
        ("facebook", "Testham.TC", "https://www.facebook.com/testhamtc"),
        ("youtube", "https://www.youtube.com/channel/UCtestham00000000000000A", "https://youtube.com/channel/UCtestham00000000000000A"),
        ("youtube", "https://www.youtube.com/user/testhamcouncil", "https://youtube.com/user/TesthamCouncil"),
    ],
)  # fmt: skip
def test_what_is_listed_is_known_in_each_spelling(platform: str, told: str, address: str) -> None:
    found, ours = recognised(address), Listed()
    ours.add(platform, [told])
    assert found is not None
    assert ours.standing(found) is Standing.LISTED


def test_what_is_not_the_councils_may_be_named_by_an_old_name() -> None:
    old = "https://www.youtube.com/c/TesthamPlayers"
    found = recognised(old)
    assert found is not None
    assert (Listed([old]).standing(found), Listed().standing(found)) == ("listed", "unlisted")
