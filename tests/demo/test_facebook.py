from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from connectors.facebook import Facebook
from demo.facebook import PERMISSIONS, TOKEN, FacebookSite
from demo.server import FAULTS, Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost, load, number
from socialaudit.models import Comment, Known, Media, Post, Reading
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.facebook import case

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "facebook.json").read_text("utf-8"))
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Checked:
    """A site whose every answer is held against the schemas."""

    def __init__(self, site: FacebookSite) -> None:
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
    node = "PagePost" if "_" in "".join(steps) else "Page"
    name = "error" if answer.status >= 400 else ["ids", node, *steps[1:]][len(steps)]
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(schema).validate(json.loads(answer.encoded()))


def ask(site: FacebookSite, path: str, **query: str) -> tuple[int, Any]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = site.answer(Request("GET", f"/v25.0/{path}", query, headers, {}))
    hold(f"/v25.0/{path}", answer)
    return answer.status, json.loads(answer.encoded())


def again(readings: list[Reading]) -> list[Known]:
    posts = [Known("post", r.id) for r in readings if isinstance(r, Post)]
    counted = [Known("post", k.id, comment_count=1) for k in posts[::3]]
    media = [Known("media", r.id, _native(r.post)) for r in readings if isinstance(r, Media)]
    comments = [Known("comment", r.id, _native(r.post)) for r in readings if isinstance(r, Comment)]
    return [*posts[1::3], *counted, *media[:70], *comments[:70]]


def _native(key: str | None) -> str | None:
    return key and key.removeprefix("facebook:")


def test_every_answer_to_a_full_read_and_reread_fits_the_vendors_specification() -> None:
    town = load("facebook")
    site = Checked(FacebookSite(town, datetime(2026, 11, 16, 6, tzinfo=UTC)))
    given = case()
    with LoopbackServer(site) as server:
        facebook = Facebook(replace(given.access(server.url), handle=town.handle))
        readings = list(facebook.read(datetime(2026, 9, 21, tzinfo=UTC), site.site.now))
        list(facebook.reread(again(readings)))
        facebook.close()
    assert site.checked == len(server.log) > 8


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"html", "cut", "truncated", "slow"}))
def test_faults_have_graphs_own_shape(name: str) -> None:
    given = case()
    site = FacebookSite(given.town, NOW)
    page = number("facebook", given.town.handle)
    request = Request(
        "GET",
        f"/v25.0/{page}/published_posts",
        {"fields": "id,message,created_time", "limit": "10"},
        {"authorization": f"Bearer {TOKEN}"},
        {},
    )
    answer = site.fault(name, request)
    if name not in {"malformed", "hostile_next", "repeated_cursor"}:
        hold(request.path, answer)
        assert answer.status in {400, 403, 500}
    else:
        assert answer.status == 200


def test_only_the_fields_asked_for_are_given() -> None:
    site = FacebookSite(case().town, NOW)
    status, page = ask(site, "LittleSnoring", fields="name,is_published")
    assert (status, sorted(page)) == (200, ["id", "is_published", "name"])


def test_a_field_that_a_node_lacks_is_refused() -> None:
    site = FacebookSite(case().town, NOW)
    native = number("facebook", "busy-medium")
    assert ask(site, "", ids=native, fields="alt_text")[0] == 200
    status, answer = ask(site, "", ids=native, fields="captions")
    assert (status, answer["error"]["code"]) == (400, 100)
    assert "nonexisting field (captions)" in answer["error"]["message"]


def test_a_page_of_more_than_100_is_refused() -> None:
    site = FacebookSite(case().town, NOW)
    assert ask(site, "LittleSnoring/published_posts", limit="101")[0] == 400


def test_more_than_50_ids_are_refused() -> None:
    site = FacebookSite(case().town, NOW)
    assert ask(site, "", ids=",".join(str(n) for n in range(51)))[0] == 400


def test_one_unknown_id_spoils_a_batch() -> None:
    site = FacebookSite(case().town, NOW)
    status, answer = ask(site, "", ids=f"{number('facebook', 'busy-medium')},77", fields="id")
    assert (status, answer["error"]["error_subcode"]) == (400, 33)
    assert "'77'" in answer["error"]["message"]


def test_cursors_lead_through_a_list_once() -> None:
    site = FacebookSite(case().town, NOW)
    window = {"since": str(SINCE.timestamp()), "until": str(UNTIL.timestamp())}
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = ask(site, "LittleSnoring/published_posts", limit="50", **window, **after)[1]
        seen += [post["id"] for post in page["data"]]
        if "next" not in page["paging"]:
            break
        after = {"after": page["paging"]["cursors"]["after"]}
    assert len(seen) == len(set(seen)) == 130


def test_a_list_of_posts_may_ignore_the_window() -> None:
    site = FacebookSite(case().town, NOW, honours_since=False)
    late = str((NOW + timedelta(days=9)).timestamp())
    assert len(ask(site, "LittleSnoring/published_posts", since=late)[1]["data"]) == 25


@pytest.mark.parametrize(
    ("headers", "code"),
    [({}, 104), ({"authorization": "Bearer EAAother"}, 190)],
    ids=["none", "another"],
)
def test_a_token_is_asked_for(headers: dict[str, str], code: int) -> None:
    answer = FacebookSite(case().town, NOW).answer(
        Request("GET", "/v25.0/LittleSnoring", {}, headers, {})
    )
    hold("/v25.0/LittleSnoring", answer)
    assert (answer.status, answer.body["error"]["code"]) == (400, code)


def test_writing_is_refused() -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = FacebookSite(case().town, NOW).answer(
        Request("POST", "/v25.0/LittleSnoring/feed", {}, headers, {"message": "x"})
    )
    assert answer.status == 400


@pytest.mark.parametrize(
    ("permission", "path", "fields"),
    [
        ("pages_manage_metadata", "LittleSnoring/settings", "setting"),
        ("pages_read_user_content", "LittleSnoring/visitor_posts", "id"),
        ("pages_read_user_content", "LittleSnoring/published_posts", "comments{id}"),
        ("pages_read_engagement", "LittleSnoring", "name"),
    ],
)
def test_a_missing_permission_is_refused(permission: str, path: str, fields: str) -> None:
    site = FacebookSite(case().town, NOW, permissions=PERMISSIONS - {permission})
    assert ask(site, path, fields=fields)[0] == 400


def test_an_empty_edge_is_left_out_unless_its_summary_is_asked_for() -> None:
    post = TownPost(id="quiet", at=AT, text="Quiet")
    site = FacebookSite(a_page(post), NOW)
    assert "comments" not in ask(site, post_id("quiet"), fields="comments{id}")[1]
    told = ask(site, post_id("quiet"), fields="comments.summary(true){id}")[1]
    assert told["comments"] == {
        "data": [],
        "summary": {"order": "ranked", "total_count": 0, "can_comment": True},
    }


def test_what_is_told_depends_on_the_moment() -> None:
    noon = AT + timedelta(hours=1)
    post = TownPost(
        id="p",
        at=AT,
        text="New words",
        text_before_edit="Old words",
        edited_at=noon,
        media=(TownMedia(id="m", alt="A bin", alt_at=noon, machine_alt="May be a bin"),),
        comment=(TownComment(id="c", at=AT, by="Ann", text="Rude", hidden_at=noon),),
    )
    site = FacebookSite(a_page(post), AT + timedelta(minutes=1))
    fields = "message,comments.filter(stream){is_hidden}"
    before = ask(site, post_id("p"), fields=fields)[1]
    picture = ask(site, "", ids=number("facebook", "m"), fields="alt_text,alt_text_custom")[1]
    site.now = noon
    after = ask(site, post_id("p"), fields=fields)[1]
    described = ask(site, "", ids=number("facebook", "m"), fields="alt_text,alt_text_custom")[1]
    assert (before["message"], after["message"]) == ("Old words", "New words")
    assert [c["is_hidden"] for c in before["comments"]["data"]] == [False]
    assert [c["is_hidden"] for c in after["comments"]["data"]] == [True]
    native = number("facebook", "m")
    assert picture[native] == {"alt_text": "May be a bin", "id": native}
    assert described[native]["alt_text_custom"] == "A bin"


def test_a_scheduled_post_is_not_in_the_list_before_its_time() -> None:
    post = TownPost(id="s", at=AT, text="Soon", audience="unpublished", scheduled_for=NOW)
    site = FacebookSite(a_page(post), NOW - timedelta(minutes=1))
    assert ask(site, "Snoring/published_posts")[1] == {"data": []}
    site.now = NOW
    assert len(ask(site, "Snoring/published_posts")[1]["data"]) == 1


def a_page(*posts: TownPost) -> TownAccount:
    return TownAccount(
        platform="facebook", handle="Snoring", name="Snoring", created_at=AT, post=posts
    )


def post_id(local: str) -> str:
    return f"{number('facebook', 'Snoring')}_{number('facebook', local)}"
