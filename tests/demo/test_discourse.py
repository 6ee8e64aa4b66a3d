from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from connectors.discourse import Discourse
from demo.discourse import KEY, DiscourseSite
from demo.server import LoopbackServer, Request
from demo.town import TownComment
from socialaudit.models import Comment, Known, Post
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.discourse import case

if TYPE_CHECKING:
    from demo.server import Answer

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "discourse.json").read_text("utf-8"))
NAMED = {"latest": "topics", "posts": "posts", "show": "category"}


class Checked:
    """A board whose every answer is held against the schemas; ``seen`` are those that were needed."""

    def __init__(self, site: DiscourseSite) -> None:
        self.site = site
        self.seen: set[str] = set()

    def answer(self, request: Request) -> Answer:
        answer = self.site.answer(request)
        self.seen.add(hold(request.path, answer))
        return answer

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def hold(path: str, answer: Answer) -> str:
    """Check an answer; the name of the schema it fits."""
    first, *_, last = path.removesuffix(".json").split("/")[1:] * 2
    name = {"t": "topic", "c": "topics", "u": "user", "posts": "post"}.get(first, first)
    name = "error" if answer.status >= 400 else NAMED.get(last, name)
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(schema).validate(json.loads(answer.encoded()))
    return name


@pytest.mark.parametrize("place", ["u/council", "c/council/5#council", "#council"])
@pytest.mark.parametrize("secrets", [{}, {"key": KEY, "user": "council"}])
def test_every_answer_fits_what_discourse_documents(place: str, secrets: dict[str, str]) -> None:
    of = case()
    held = TownComment(id="held", at=SINCE + timedelta(days=1), by="Ann", text="Wait", state="held")
    busy, *others = of.town.post
    town = replace(of.town, post=(replace(busy, comment=(*busy.comment, held)), *others))
    site = Checked(DiscourseSite(town, NOW))
    with LoopbackServer(site) as server:
        handle = f"https://forum.example.org/{place}"
        access = replace(of.access(server.url), handle=handle, secrets=secrets)
        first = Discourse(access)
        read = list(first.read(SINCE, UNTIL))
        first.close()
        again = Discourse(replace(access, cache={}))
        posts = [Known("post", r.id) for r in read if isinstance(r, Post)][:2]
        comments = [Known("comment", r.id) for r in read if isinstance(r, Comment)][:2]
        list(again.reread([*posts, *comments, Known("post", "1")]))
        again.close()
    needed = {"topics", "topic", "posts", "post", "error", *(["review"] if secrets else [])}
    assert site.seen >= needed


@pytest.mark.parametrize(
    "name",
    [
        *("rate_limited", "rate_limited_no_header", "server_error"),
        *("expired_token", "forbidden", "not_found"),
    ],
)
def test_every_error_fits_what_discourse_documents(name: str) -> None:
    request = Request("GET", "/latest.json", {}, {}, {})
    assert hold(request.path, DiscourseSite(case().town, NOW).fault(name, request)) == "error"
