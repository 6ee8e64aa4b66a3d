from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from connectors.comments import Comments
from demo.disqus import KEY, DisqusSite
from demo.server import LoopbackServer, Request
from socialaudit.models import Comment, Known
from tests.connectors.case import NOW, SINCE, UNTIL
from tests.connectors.cases.comments import case

if TYPE_CHECKING:
    from demo.server import Answer

SCHEMA = json.loads((Path(__file__).parents[1] / "schemas" / "disqus.json").read_text("utf-8"))


class Checked:
    """A site whose every answer is held against the schemas; ``seen`` are those that were needed."""

    def __init__(self, site: DisqusSite) -> None:
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
    name = "details" if path.endswith("/details.json") else "list"
    name = "error" if answer.status >= 400 else name
    schema = {"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]}
    Draft202012Validator(schema).validate(json.loads(answer.encoded()))
    return name


@pytest.mark.parametrize("secrets", [{"key": KEY}, dict(case().secrets)])
def test_every_answer_fits_what_disqus_documents(secrets: dict[str, str]) -> None:
    site = Checked(DisqusSite(case().town, NOW))
    with LoopbackServer(site) as server:
        reader = Comments(replace(case().access(server.url), secrets=secrets))
        read = list(reader.read(SINCE, UNTIL))
        comments = [r for r in read if isinstance(r, Comment)][:3]
        known = [Known("comment", c.id, (c.post or "").partition(":")[2]) for c in comments]
        list(reader.reread([*known, Known("comment", "1")]))
        reader.close()
    assert site.seen == {"list", "details", "error"}


@pytest.mark.parametrize(
    "name",
    [
        *("rate_limited", "rate_limited_no_header", "server_error"),
        *("expired_token", "forbidden", "not_found"),
    ],
)
def test_every_error_fits_what_disqus_documents(name: str) -> None:
    request = Request("GET", "/api/3.0/posts/list.json", {}, {}, {})
    assert hold(request.path, DisqusSite(case().town, NOW).fault(name, request)) == "error"
