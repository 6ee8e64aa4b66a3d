from __future__ import annotations

import pytest

from socialaudit.ownership import places, presented_as_own
from socialaudit.presences import recognised


@pytest.mark.parametrize(
    ("council", "expected"),
    [
        ("Cromer Town Council", {"cromer"}),
        ("Bishop’s Castle Town Council", {"bishops", "castle"}),
        ("St. Ives Town Council", {"stives"}),
        ("Great Yarmouth and Burgh-next-Sea Town Council", {"yarmouth", "burgh"}),
        ("Rye Town Council", {"rye"}),
        ("Cyngor Tref Aberporth", {"aberporth"}),
        ("The Town Council", {"thetowncouncil"}),
    ],
)
def test_a_councils_place_is_what_is_its_own_in_its_name(council: str, expected: set[str]) -> None:
    assert places(council) == expected


@pytest.mark.parametrize(
    ("council", "address", "label", "own"),
    [
        ("Shirebrook Borough Council", "https://x.com/shirebrookbc", "", True),
        ("Shirebrook Borough Council", "https://x.com/ShirebrookPolic", "Police", False),
        ("Shirebrook Borough Council", "https://www.facebook.com/ShirebrookLibrary", "", False),
        ("Shirebrook Town Council", "https://x.com/shirebrookbc", "Borough Council", False),
        ("St Ives Town Council", "https://x.com/NorfolkArchives", "Archives", False),
        ("St Ives Town Council", "https://www.facebook.com/StIvesRFC", "", False),
        ("Cyngor Tref Aberporth", "https://www.instagram.com/ctaber", "Dilynwch ni ar Instagram", True),
        ("Holt Parish Council", "https://www.facebook.com/wearehugofox", "Powered by HugoFox", False),
        ("Holt Parish Council", "https://bsky.app/profile/holt.gov.uk", "bluesky logo", True),
    ],
)  # fmt: skip
def test_a_link_is_the_councils_own_by_its_name_or_its_label(
    council: str, address: str, label: str, *, own: bool
) -> None:
    found = recognised(address)
    assert found is not None
    assert presented_as_own(found, label, council) is own
