from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from demo.instagram import TOKEN, InstagramSite
from demo.town import TownAccount, TownComment, TownMedia, TownPost, number
from tests.connectors.case import NOW, SINCE
from tests.flows.one_account import audited

if TYPE_CHECKING:
    from demo.world import World

AT = SINCE + timedelta(days=1, hours=10)
SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)
TOWN = TownAccount(
    platform="instagram",
    handle="littlesnoring",
    name="Little Snoring Parish Council",
    description="The official account of Little Snoring Parish Council.",
    website="https://www.example.gov.uk",
    created_at=AT - timedelta(days=900),
    post=(
        TownPost(
            id="album",
            at=AT,
            text="The village fair in pictures.",
            media=(
                TownMedia(id="good", alt="Stalls on the green in the sun"),
                TownMedia(id="bare"),
            ),
            comment=(
                TownComment(id="asked", at=LATER, by="Ann Example", text="When is the next fair?"),
                TownComment(id="told", at=AT, by="Bob", text="Will you mend the gate by the pond?"),
                TownComment(
                    id="answer", at=SOON, by="council", text="On Friday, Bob.", reply_to="told"
                ),
                TownComment(id="rude", at=AT, by="Cyd", text="Rubbish.", state="hidden"),
            ),
        ),
        TownPost(
            id="film",
            at=AT,
            text="Our new bench, filmed this morning.",
            kind="reel",
            media=(TownMedia(id="bench", kind="video"),),
        ),
    ),
)


def native(local: str) -> str:
    return number("instagram", local, digits=17)


@pytest.fixture
def site() -> InstagramSite:
    return InstagramSite(TOWN, NOW)


def test_an_audit_finds_what_is_wrong_and_says_what_it_cannot_see(
    world: World, monkeypatch: pytest.MonkeyPatch, site: InstagramSite
) -> None:
    told = audited(world, monkeypatch, site, "instagram", "@littlesnoring", TOKEN)
    found = told.findings("instagram")
    assert {one for one in found if one[0] != "official-profile"} == {
        ("image-description", native("bare")),
        ("unanswered-comments", native("asked")),
        ("removed-without-record", native("rude")),
    }
    assert {check: told.outcome(check)[0] for check in _UNSEEN} == dict.fromkeys(
        _UNSEEN, "not assessed"
    )
    assert "captions" in told.outcome("video-captions")[1]
    (account,) = told.results["accounts"]
    assert (account["status"], account["requests"]) == ("read", 2)


_UNSEEN = ("video-captions", "held-comments", "account-privacy", "post-audience")
