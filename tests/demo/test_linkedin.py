from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator

from connectors.linkedin import LinkedIn
from demo.linkedin import ACTIVE, PERMISSIONS, TOKEN, LinkedInSite
from demo.linkedin_items import Items
from demo.server import FAULTS, Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from socialaudit.models import Comment, Known, Media, Post
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.linkedin import case

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "linkedin.json").read_text("utf-8"))
AT = SINCE + timedelta(days=1)
HEADERS = {
    "authorization": f"Bearer {TOKEN}",
    "linkedin-version": ACTIVE,
    "x-restli-protocol-version": "2.0.0",
}


class Checked:
    """A site whose every answer is held against the schemas."""

    def __init__(self, site: LinkedInSite) -> None:
        self.site = site
        self.checked = 0

    def answer(self, request: Request) -> Answer:
        answer = self.site.answer(request)
        hold(request, answer)
        self.checked += 1
        return answer

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def hold(request: Request, answer: Answer) -> None:
    steps = request.path.split("/")[2:]
    name = steps[-1]
    if "ids" in request.query:
        name = f"{steps[0]} by id"
    elif steps[0] == "organizations" and len(steps) > 1:
        name = "organization"
    if answer.status >= 400:
        name = "error"
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(schema).validate(json.loads(answer.encoded()))


def ask(site: LinkedInSite, path: str, **query: str) -> tuple[int, Any]:
    request = Request("GET", f"/rest/{path}", query, HEADERS, {})
    answer = site.answer(request)
    hold(request, answer)
    return answer.status, json.loads(answer.encoded())


def a_town(*posts: TownPost) -> TownAccount:
    return TownAccount(
        platform="linkedin",
        handle="little-snoring",
        name="Little Snoring Town Council",
        description="The town council",
        website="https://www.example.gov.uk",
        created_at=AT,
        settings={"ADMINISTRATOR": 2, "CONTENT_ADMIN": 1},
        post=posts,
    )


EVERY_KIND = a_town(
    TownPost(
        id="pictures",
        at=AT,
        text="The fair (free) #fair",
        edited_at=AT + timedelta(hours=1),
        media=(TownMedia(id="a", alt="A stall"), TownMedia(id="b")),
        comment=(
            TownComment(id="c1", at=AT, by="Ann Example", text="When?"),
            TownComment(id="c2", at=AT, by="council", text="Sunday", reply_to="c1"),
            TownComment(id="c3", at=AT, by="Bob", text="Rude", hidden_at=AT),
        ),
    ),
    TownPost(id="film", at=AT, text="A film", media=(TownMedia(id="v", kind="video"),)),
    TownPost(id="link", at=AT, text="Read", links=("https://www.example.gov.uk/a",)),
    TownPost(id="shared", at=AT, text="Look", kind="repost"),
    TownPost(id="soon", at=AT, text="Soon", scheduled_for=NOW + timedelta(days=1)),
    TownPost(id="closed", at=AT, text="For members", audience="followers", comments_off=True),
)


@pytest.mark.parametrize("town", [case().town, EVERY_KIND], ids=["many", "every kind"])
def test_every_answer_to_a_full_read_and_reread_fits_the_vendors_pages(town: TownAccount) -> None:
    site = Checked(LinkedInSite(town, NOW))
    with LoopbackServer(site) as server:
        linkedin = LinkedIn(case().access(server.url))
        readings = list(linkedin.read(SINCE, UNTIL))
        posts = [r for r in readings if isinstance(r, Post)]
        known = [Known("post", p.id, comment_count=7) for p in posts[::2]]
        known += [Known("post", p.id) for p in posts[1::2]] + [Known("post", "urn:li:share:9")]
        known += [Known("media", r.id, r.post[9:]) for r in readings if isinstance(r, Media)]
        known += [
            Known("comment", r.id, (r.post or "")[9:]) for r in readings if isinstance(r, Comment)
        ]
        list(linkedin.reread(known))
        linkedin.close()
    assert site.checked == len(server.log) > 6


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"html", "cut", "truncated", "slow"}))
def test_faults_have_linkedins_own_shape(name: str) -> None:
    town = case().town
    query = {"q": "author", "author": Items(town).page, "count": "50"}
    request = Request("GET", "/rest/posts", query, HEADERS, {})
    answer = LinkedInSite(town, NOW).fault(name, request)
    if name in {"malformed", "hostile_next", "repeated_cursor"}:
        assert answer.status == 200
    else:
        hold(request, answer)
        assert answer.status in {401, 403, 404, 429, 500}


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("authorization", "Bearer other", 401),
        ("linkedin-version", "", 400),
        ("linkedin-version", "202401", 426),
        ("x-restli-protocol-version", "1.0.0", 400),
    ],
)
def test_every_header_is_asked_for(header: str, value: str, status: int) -> None:
    headers = {**HEADERS, header: value}
    request = Request("GET", "/rest/organizationAcls", {}, headers, {})
    answer = LinkedInSite(EVERY_KIND, NOW).answer(request)
    hold(request, answer)
    assert answer.status == status


def test_posts_come_by_their_last_change_unless_asked_otherwise() -> None:
    site = LinkedInSite(EVERY_KIND, NOW)
    page = Items(EVERY_KIND).page
    told = ask(site, "posts", q="author", author=page)[1]["elements"]
    assert told[0]["commentary"] == "The fair \\(free\\) \\#fair"


def test_a_list_links_to_its_next_page_until_its_end() -> None:
    site = LinkedInSite(case().town, NOW)
    asked = {"q": "author", "author": Items(case().town).page, "count": "100"}
    first, last = (ask(site, "posts", **asked, start=start)[1] for start in ("0", "100"))
    assert [link["rel"] for link in first["paging"]["links"]] == ["next"]
    assert [link["rel"] for link in last["paging"]["links"]] == ["prev"]
    assert ask(site, "posts", **{**asked, "count": "101"})[0] == 400


def test_a_batch_names_what_is_not_there() -> None:
    told = ask(LinkedInSite(EVERY_KIND, NOW), "posts", ids="List(urn:li:share:9)")[1]
    assert told["results"] == {}
    assert told["errors"]["urn:li:share:9"]["status"] == 404


def test_hidden_comments_are_not_listed_and_replies_stand_under_theirs() -> None:
    items, site = Items(EVERY_KIND), LinkedInSite(EVERY_KIND, NOW)
    urn = items.urn(EVERY_KIND.post[0])
    top = ask(site, f"socialActions/{quote(urn, safe='')}/comments")[1]["elements"]
    assert [c["message"]["text"] for c in top] == ["When?"]
    under = quote(top[0]["commentUrn"], safe="")
    told = ask(site, f"socialActions/{under}/comments")[1]["elements"]
    assert [c["message"]["text"] for c in told] == ["Sunday"]
    assert told[0]["parentComment"] == top[0]["commentUrn"]


@pytest.mark.parametrize(
    ("permission", "path"),
    [
        ("rw_organization_admin", "organizationAcls"),
        ("r_organization_social", "posts"),
        ("r_organization_social_feed", "socialMetadata"),
    ],
)
def test_a_missing_permission_is_refused(permission: str, path: str) -> None:
    site = LinkedInSite(EVERY_KIND, NOW, permissions=PERMISSIONS - {permission})
    assert ask(site, path)[0] == 403
