from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from demo.bluesky import BlueskySite
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from tests.connectors.case import NOW, SINCE
from tests.flows.one_account import audited

if TYPE_CHECKING:
    import pytest

    from demo.world import World

AT = SINCE + timedelta(days=1, hours=10)
SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)
TOWN = TownAccount(
    platform="bluesky",
    handle="little-snoring.example.org",
    name="Little Snoring Parish Council",
    description="The official account of Little Snoring Parish Council. Ring 01263 000000.",
    website="https://www.example.gov.uk",
    created_at=AT - timedelta(days=900),
    post=(
        TownPost(
            id="road",
            at=AT,
            text="The gate on Mill Lane has a new coat of paint.",
            media=(TownMedia(id="good", alt="A gate across Mill Lane"), TownMedia(id="bare")),
            comment=(
                TownComment(id="asked", at=LATER, by="Ann", text="When will the paint be dry?"),
                TownComment(id="rude", at=AT, by="Eve", text="Rubbish.", state="hidden"),
            ),
        ),
        TownPost(
            id="bench",
            at=AT,
            text="Our new bench.",
            media=(TownMedia(id="b", alt="A bench"),),
            comment=(
                TownComment(id="told", at=AT, by="Bob", text="Will you mend the gate by the pond?"),
                TownComment(
                    id="answer", at=SOON, by="council", text="Yes, on Friday.", reply_to="told"
                ),
            ),
        ),
        TownPost(
            id="film", at=AT, text="Our bench, filmed.", media=(TownMedia(id="f", kind="video"),)
        ),
        TownPost(
            id="captioned",
            at=AT,
            text="Our old bench, filmed.",
            media=(TownMedia(id="c", kind="video", captions="standard"),),
        ),
        TownPost(
            id="shared", at=SOON, text="RT @norfolk-police.example.org: Lock up.", kind="repost"
        ),
    ),
)
LOOKED_AT = {
    "image-description",
    "video-captions",
    "unanswered-comments",
    "held-comments",
    "removed-without-record",
    "account-privacy",
    "post-audience",
}


def test_an_account_without_a_key_gives_the_findings_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = BlueskySite(TOWN, NOW)
    local = site.stored.local
    found = audited(world, monkeypatch, site, "bluesky", f"@{TOWN.handle}")
    assert {pair for pair in found.findings("bluesky") if pair[0] in LOOKED_AT} == {
        ("image-description", f"{local['road']}/media/2"),
        ("video-captions", f"{local['film']}/media/1"),
        ("unanswered-comments", local["asked"]),
        ("removed-without-record", local["rude"]),
    }
    assert found.outcome("account-privacy")[0] == "pass"
    outcome, reason = found.outcome("visitor-posts")
    assert outcome == "not assessed"
    assert reason.startswith("Bluesky tells who mentions an account only to that account.")
    shared = [f for f in found.results["findings"] if f["check"] == "third-party-publishing"]
    assert [f["excused"] for f in shared] == ["It comes from a public body."]


def test_an_account_hidden_from_visitors_is_a_thing_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = TownAccount(**{**vars(TOWN), "protected": True, "post": TOWN.post[1:2]})
    found = audited(world, monkeypatch, BlueskySite(town, NOW), "bluesky", TOWN.handle)
    assert found.outcome("account-privacy")[0] == "fail"
    assert found.outcome("post-audience")[0] == "fail"
