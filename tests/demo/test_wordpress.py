from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from connectors.wordpress import WordPress
from demo.server import Answer, LoopbackServer, Request
from demo.wordpress import PASSWORD, USER, WordPressSite
from socialaudit.errors import PlatformError
from socialaudit.models import Comment, Known, Post, Setting
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.wordpress import case

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFINITIONS = json.loads(
    (Path(__file__).parents[1] / "schemas" / "wordpress.json").read_text("utf-8")
)["$defs"]
SIGNED_IN = {"user": USER, "password": PASSWORD}


@dataclass
class Watched:
    """A site whose answers are kept, each with the request."""

    site: WordPressSite
    told: list[tuple[Request, Answer]] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        self.told.append((request, self.site.answer(request)))
        return self.told[-1][1]

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def watched(site: WordPressSite, secrets: Mapping[str, str]) -> tuple[Watched, list[Any]]:
    """A full read and a reread."""
    seen = Watched(site)
    readings: list[Any] = []
    with LoopbackServer(seen) as server:
        connector = WordPress(replace(case().access(server.url), secrets=secrets))
        try:
            readings += connector.read(SINCE, UNTIL)
            known = [Known("post", r.id) for r in readings if isinstance(r, Post)][:3]
            known += [Known("comment", r.id) for r in readings if isinstance(r, Comment)][:3]
            readings += connector.reread([*known, Known("post", "1"), Known("comment", "1")])
        except PlatformError as fault:
            readings.append(fault)
        finally:
            connector.close()
    return seen, readings


def shape(request: Request) -> str:
    """The definition that an item of this answer must fit."""
    route = request.query.get("rest_route", request.path).removeprefix("/wp-json")
    return {"posts": "post", "comments": "comment", "users": "user"}.get(
        route.removeprefix("/wp/v2/").partition("/")[0], "index"
    )


@pytest.mark.parametrize("secrets", [{}, SIGNED_IN])
@pytest.mark.parametrize("plain", [False, True])
def test_every_answer_fits_what_wordpress_says_of_itself(
    secrets: Mapping[str, str],
    plain: bool,  # noqa: FBT001 - a row of the table
) -> None:
    seen, readings = watched(WordPressSite(case().town, NOW, plain=plain), secrets)
    looked_at = set()
    for request, answer in seen.told:
        route = request.query.get("rest_route", request.path)
        if not isinstance(answer.body, list | dict) or route.endswith("/settings"):
            continue
        name = "error" if answer.status >= 400 else shape(request)
        looked_at.add(name)
        for item in answer.body if isinstance(answer.body, list) else [answer.body]:
            Draft202012Validator(DEFINITIONS[name]).validate(item)
    assert looked_at >= {"post", "comment", "index", "error"}
    assert not [r for r in readings if isinstance(r, PlatformError)]


def test_a_closed_site_shows_its_api_to_those_who_sign_in_alone() -> None:
    site = WordPressSite(case().town, NOW, closed=True)
    _, through_feeds = watched(site, {})
    _, through_api = watched(site, SIGNED_IN)
    assert not [r for r in through_feeds if isinstance(r, Setting)]
    assert [r.name for r in through_api if isinstance(r, Setting)] == [
        "default_comment_status",
        "default_ping_status",
    ]
    posts = {r.key for r in through_api if isinstance(r, Post)}
    assert {r.key for r in through_feeds if isinstance(r, Post)} <= posts


def test_a_wrong_password_makes_an_anonymous_reader_as_in_wordpress() -> None:
    seen = WordPressSite(case().town, NOW, password="another")
    basic = {"authorization": "Basic bm9ib2R5Om5vdGhpbmc="}
    asked = Request("GET", "/wp-json/wp/v2/posts", {"_fields": "id"}, basic, {})
    assert seen.answer(asked).status == 200
    asked = Request("GET", "/wp-json/wp/v2/users/me", {}, basic, {})
    assert seen.answer(asked).body["code"] == "rest_not_logged_in"


def test_a_page_behind_the_last_is_refused() -> None:
    asked = Request("GET", "/wp-json/wp/v2/posts", {"page": "99"}, {}, {})
    answer = WordPressSite(case().town, NOW).answer(asked)
    assert (answer.status, answer.body["code"]) == (400, "rest_post_invalid_page_number")
