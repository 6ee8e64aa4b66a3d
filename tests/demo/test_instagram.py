from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connectors.instagram import Instagram
from demo.instagram import PERMISSIONS, TOKEN, InstagramSite
from demo.server import FAULTS, Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost, number
from socialaudit.models import Comment, Known, Media, Post
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.instagram import case

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "instagram.json").read_text("utf-8"))
AT = SINCE + timedelta(days=1)
HOME = number("instagram", "littlesnoring", digits=17)


class Checked:
    """A site whose every answer is held against the schemas."""

    def __init__(self, site: InstagramSite) -> None:
        self.site = site
        self.checked = 0

    def answer(self, request: Request) -> Answer:
        answer = self.site.answer(request)
        hold(request.path, answer)
        self.checked += 1
        return answer

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def hold(path: str, answer: Answer) -> None:
    steps = [step for step in path.split("/")[2:] if step]
    nodes = {HOME: "IGUser", "me": "Page"}
    node = nodes.get("".join(steps[:1]), "IGMedia")
    name = "error" if answer.status >= 400 else ["ids", node, *steps[1:]][len(steps)]
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(schema).validate(json.loads(answer.encoded()))


def ask(site: InstagramSite, path: str, **query: str) -> tuple[int, Any]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = site.answer(Request("GET", f"/v25.0/{path}", query, headers, {}))
    hold(f"/v25.0/{path}", answer)
    return answer.status, json.loads(answer.encoded())


def a_town(*posts: TownPost) -> TownAccount:
    return TownAccount(
        platform="instagram", handle="littlesnoring", name="Snoring", created_at=AT, post=posts
    )


BUSY = TownPost(
    id="album",
    at=AT,
    text="The fair",
    media=(TownMedia(id="a", alt="A stall"), TownMedia(id="b"), TownMedia(id="v", kind="video")),
    comment=(
        TownComment(id="c1", at=AT, by="Ann Example", text="When?"),
        TownComment(id="c2", at=AT, by="council", text="Sunday", reply_to="c1"),
        TownComment(id="c3", at=AT, by="Bob", text="Rude", hidden_at=AT),
        TownComment(id="c4", at=AT, by="Bob", text="Waits", state="held"),
    ),
)
EVERY_KIND = a_town(
    BUSY,
    TownPost(id="reel", at=AT, text="Reel", kind="reel", media=(TownMedia(id="r", kind="video"),)),
    TownPost(id="story", at=NOW - timedelta(hours=8), kind="story", media=(TownMedia(id="s"),)),
    TownPost(id="tag", at=AT, by="Cafe", text="At the fair", media=(TownMedia(id="t"),)),
)


@pytest.mark.parametrize("person", [False, True], ids=["a Page's token", "a person's token"])
@pytest.mark.parametrize("town", [case().town, EVERY_KIND], ids=["many", "every kind"])
def test_every_answer_to_a_full_read_and_reread_fits_the_vendors_specification(
    town: TownAccount,
    person: bool,  # noqa: FBT001 - a table's column
) -> None:
    site = Checked(InstagramSite(town, NOW, person=person))
    with LoopbackServer(site) as server:
        instagram = Instagram(case().access(server.url))
        readings = list(instagram.read(SINCE, UNTIL))
        known = [Known("post", r.id) for r in readings if isinstance(r, Post)]
        known += [Known("post", k.id, comment_count=7) for k in known[::2]]
        known += [Known("media", r.id, r.post[10:]) for r in readings if isinstance(r, Media)]
        known += [Known("comment", r.id, "1") for r in readings if isinstance(r, Comment)][:70]
        list(instagram.reread(known))
        instagram.close()
    assert site.checked == len(server.log) > 3


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"html", "cut", "truncated", "slow"}))
def test_faults_have_graphs_own_shape(name: str) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    asked = {"fields": "id,timestamp", "limit": "10"}
    request = Request("GET", f"/v25.0/{HOME}/media", asked, headers, {})
    answer = InstagramSite(case().town, NOW).fault(name, request)
    spoilt = name in {"malformed", "hostile_next", "repeated_cursor"}
    assert answer.status == 200 if spoilt else answer.status in {400, 403, 500}
    if not spoilt:
        hold(request.path, answer)


def test_a_page_holds_at_most_50_comments() -> None:
    site = InstagramSite(case().town, NOW)
    busy = number("instagram", "busy", digits=17)
    page = ask(site, f"{busy}/comments", limit="100")[1]
    assert len(page["data"]) == 50
    assert "next" in page["paging"]


def test_comments_come_newest_first_and_without_replies_or_what_waits() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    album = number("instagram", "album", digits=17)
    told = ask(site, album, fields="comments_count,comments{text,hidden,replies{text}}")[1]
    texts = [(c["text"], c["hidden"]) for c in told["comments"]["data"]]
    assert texts == [("Rude", True), ("When?", False)]
    assert told["comments"]["data"][1]["replies"]["data"][0]["text"] == "Sunday"
    assert told["comments_count"] == 3


def test_an_empty_description_is_left_out() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    album = number("instagram", "album", digits=17)
    children = ask(site, album, fields="children{media_type,alt_text}")[1]["children"]["data"]
    assert [c.get("alt_text") for c in children] == ["A stall", None, None]


def test_a_story_is_shown_for_a_day() -> None:
    site = InstagramSite(EVERY_KIND, NOW)
    assert len(ask(site, f"{HOME}/stories", fields="id")[1]["data"]) == 1
    site.now = NOW + timedelta(days=1)
    assert ask(site, f"{HOME}/stories", fields="id")[1]["data"] == []


@pytest.mark.parametrize(
    ("permission", "path", "fields"),
    [
        ("instagram_basic", "me", "instagram_business_account{id}"),
        ("instagram_manage_comments", f"{HOME}/tags", "id"),
        ("instagram_manage_comments", f"{HOME}/media", "comments{id}"),
    ],
)
def test_a_missing_permission_is_refused(permission: str, path: str, fields: str) -> None:
    site = InstagramSite(EVERY_KIND, NOW, permissions=PERMISSIONS - {permission})
    assert ask(site, path, fields=fields)[0] == 400


def test_a_person_has_no_account_but_through_a_page() -> None:
    site = InstagramSite(EVERY_KIND, NOW, person=True)
    assert ask(site, "me", fields="instagram_business_account{id}")[0] == 400
    pages = ask(site, "me/accounts", fields="instagram_business_account{id}")[1]["data"]
    assert [p.get("instagram_business_account") for p in pages] == [None, {"id": HOME}]
