from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from demo.linkedin import TOKEN, LinkedInSite
from demo.linkedin_items import Items, media_urn
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from tests.connectors.case import NOW, SINCE
from tests.flows.one_account import audited

if TYPE_CHECKING:
    import pytest

    from demo.world import World

AT = SINCE + timedelta(days=1, hours=10)
SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)
BARE = TownMedia(id="bare")
FAIR = TownPost(
    id="fair",
    at=AT,
    text="The village fair in pictures.",
    media=(TownMedia(id="good", alt="Stalls on the green in the sun"), BARE),
    comment=(
        TownComment(id="told", at=AT, by="Bob", text="Will you mend the gate by the pond?"),
        TownComment(id="answer", at=SOON, by="council", text="On Friday.", reply_to="told"),
        TownComment(id="asked", at=LATER, by="Ann Example", text="When is the next fair?"),
    ),
)
FILM = TownPost(
    id="film", at=AT, text="Our new bench.", kind="video", media=(TownMedia(id="v", kind="video"),)
)
MEMBERS = TownPost(id="members", at=AT, text="A picture of the old pump.", audience="followers")
TOWN = TownAccount(
    platform="linkedin",
    handle="little-snoring",
    name="Little Snoring Parish Council",
    description="The official page of Little Snoring Parish Council.",
    website="https://www.example.gov.uk",
    created_at=AT - timedelta(days=900),
    settings={"ADMINISTRATOR": 2},
    post=(FAIR, FILM, MEMBERS),
)


def test_an_audit_finds_what_is_wrong_and_says_what_it_cannot_see(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = LinkedInSite(TOWN, NOW)
    told = audited(world, monkeypatch, site, "linkedin", "little-snoring", TOKEN)
    items = Items(TOWN)
    thread = items.comments(NOW)[items.urn(FAIR)]
    asked = next(c["commentUrn"] for c in thread if c["message"]["text"].startswith("When"))
    found = {one for one in told.findings("linkedin") if one[0] != "official-profile"}
    assert found == {
        ("image-description", media_urn(BARE)),
        ("unanswered-comments", asked),
        ("post-audience", items.urn(MEMBERS)),
    }
    unseen = {check: told.outcome(check)[0] for check in ("video-captions", "held-comments")}
    assert set(unseen.values()) == {"not assessed"}
    (account,) = told.results["accounts"]
    assert (account["status"], account["requests"]) == ("read", 7)


def test_a_token_that_has_ended_is_reported_as_such(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = LinkedInSite(replace(TOWN, post=()), NOW)
    told = audited(world, monkeypatch, site, "linkedin", "little-snoring", "AQVanother-token")
    (account,) = told.results["accounts"]
    assert account["status"] == "not read"
    assert told.findings("linkedin") == {("monitoring-gaps", "")}
