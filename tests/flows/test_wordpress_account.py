from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from demo.town import TownAccount, TownComment, TownMedia, TownPost
from demo.website import post_number
from demo.wordpress import PASSWORD, USER, WordPressSite, comment_number
from tests.connectors.case import NOW, SINCE
from tests.flows.one_account import audited

if TYPE_CHECKING:
    from demo.server import Answer, Request
    from demo.world import World

AT = SINCE + timedelta(days=1, hours=10)
SOON, LATER = AT + timedelta(hours=1), AT + timedelta(hours=2)
ROAD = TownPost(
    id="road",
    at=AT,
    title="Mill Lane",
    text="The gate on Mill Lane has a new coat of paint.",
    media=(TownMedia(id="good", alt="A gate across Mill Lane"), TownMedia(id="bare")),
    comment=(
        TownComment(id="asked", at=LATER, by="Ann Example", text="When will the paint be dry?"),
        TownComment(id="told", at=AT, by="Bob", text="Will you mend the gate by the pond?"),
        TownComment(id="answer", at=SOON, by="council", text="On Friday.", reply_to="told"),
        TownComment(id="waits", at=AT, by="Cat", text="I shall speak there.", state="held"),
        TownComment(id="sold", at=AT, by="Dan", text="Watches for all.", state="spam"),
        TownComment(id="rude", at=AT, by="Eve", text="Rubbish.", state="hidden"),
    ),
)
FILM = TownPost(
    id="film",
    at=AT,
    title="The new bench",
    text="Our new bench, filmed this morning.",
    media=(TownMedia(id="bench", kind="video"),),
)
CAPTIONED = TownPost(
    id="captioned",
    at=AT,
    title="The old bench",
    text="Our old bench, filmed this morning.",
    media=(TownMedia(id="old-bench", kind="video", captions="standard"),),
)
PRIVATE = TownPost(id="plans", at=AT, title="Plans", text="Our plans.", audience="private")
TOWN = TownAccount(
    platform="wordpress",
    handle="https://news.example.gov.uk",
    name="Little Snoring Parish Council",
    description="The official news of Little Snoring Parish Council.",
    website="https://www.example.gov.uk",
    created_at=AT - timedelta(days=900),
    post=(ROAD, FILM, CAPTIONED, PRIVATE),
)
SEEN_BY_ALL = {
    ("image-description", post_number(ROAD)),
    ("video-captions", post_number(FILM)),
    ("unanswered-comments", str(comment_number(ROAD, "asked"))),
}
SEEN_BY_EDITORS = {
    ("held-comments", str(comment_number(ROAD, "waits"))),
    ("removed-without-record", str(comment_number(ROAD, "rude"))),
    ("post-audience", post_number(PRIVATE)),
}


@pytest.fixture
def credential(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONE_USER", USER)
    monkeypatch.setenv("ONE_PASSWORD", PASSWORD)


def wanted(findings: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Checks that look at posts, media and comments; media under the number of their post."""
    return {
        (check, native.partition("#")[0])
        for check, native in findings
        if check not in {"official-profile", "account-privacy"}
    }


@pytest.mark.usefixtures("credential")
def test_an_editors_password_shows_all_that_is_wrong(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = WordPressSite(TOWN, NOW)
    told = audited(world, monkeypatch, site, "wordpress", TOWN.handle, "unused")
    assert wanted(told.findings("wordpress")) == SEEN_BY_ALL | SEEN_BY_EDITORS
    (account,) = told.results["accounts"]
    assert account["status"] == "read"


@pytest.mark.usefixtures("credential")
def test_a_wrong_password_leaves_everything_not_assessed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = WordPressSite(TOWN, NOW, password="another")
    told = audited(world, monkeypatch, site, "wordpress", TOWN.handle, "unused")
    assert {check for check, _ in told.findings("wordpress")} == {"monitoring-gaps"}
    assert told.outcome("image-description")[0] == "not assessed"


def test_a_credential_that_nobody_has_set_is_not_read_as_the_public_site(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = WordPressSite(TOWN, NOW)
    told = audited(world, monkeypatch, site, "wordpress", TOWN.handle, "unused")
    (account,) = told.results["accounts"]
    assert (account["status"], account["requests"]) == ("not read", 0)
    assert "ONE_USER, ONE_PASSWORD" in " ".join(account["reasons"])


@pytest.mark.usefixtures("credential")
def test_a_site_that_ends_half_way_is_partly_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Half(WordPressSite):
        def answer(self, request: Request) -> Answer:
            if request.path.endswith("/comments"):
                return self.fault("server_error", request)
            return super().answer(request)

    told = audited(world, monkeypatch, Half(TOWN, NOW), "wordpress", TOWN.handle, "unused")
    (account,) = told.results["accounts"]
    assert account["status"] == "partly read"
    assert ("image-description", post_number(ROAD)) in wanted(told.findings("wordpress"))
    assert told.outcome("held-comments")[0] == "not assessed"
