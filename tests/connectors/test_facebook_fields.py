from __future__ import annotations

import re
from typing import Any

import pytest

from connectors import facebook_fields as ask
from connectors.graph_fields import without
from demo.server import Answer, Request
from socialaudit.errors import Malformed
from socialaudit.models import Account, Media, Post, Setting
from tests.connectors.case import SINCE, UNTIL
from tests.connectors.graph_answers import (
    EMPTY,
    PAGE,
    Recorded,
    a_post,
    attached,
    connected,
    facts,
    listed,
    only,
    reading,
)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("id", ["a{b,c.limit(9){d},e}"]),
        ("b", ["id", "a{c.limit(9){d},e}"]),
        ("c", ["id", "a{b,e}"]),
        ("e", ["id", "a{b,c.limit(9){d}}"]),
        ("a", ["id"]),
        ("limit", ["id", "a{b,c.limit(9){d},e}"]),
        ("unknown", ["id", "a{b,c.limit(9){d},e}"]),
    ],
)
def test_a_name_is_taken_out_wherever_it_stands(name: str, left: list[str]) -> None:
    assert without(["id", "a{b,c.limit(9){d},e}"], name) == left


@pytest.mark.parametrize("name", [n for n in ask.ATTACHMENT if n != "type"])
def test_every_attachment_field_may_be_unknown(name: str) -> None:
    left = without([ask.ATTACHMENTS], name)[0]
    assert name not in re.findall(r"\w+", left)
    assert "{," not in left
    assert ",}" not in left
    assert left.count("{") == left.count("}")


def refusing(words: str, *names: str) -> Recorded:
    """A server of a generation that lacks some fields, and says so one at a time."""

    def page(request: Request) -> Any:
        for name in names:
            if name in request.query["fields"]:
                said = words.format(name)
                return Answer({"error": {"message": said, "code": 100}}, 400)
        return {**PAGE, "settings": listed({"setting": "USERS_CAN_POST", "value": True})}

    return Recorded(
        {
            "Snoring": page,
            **{f"100/{e}": EMPTY for e in ("video_reels", "visitor_posts")},
            "100/published_posts": listed(a_post()),
        }
    )


LACKING = (
    "verification_status",
    "is_permanently_closed",
    "impressum",
    "privacy_info_url",
    "single_line_address",
    "emails",
    "about",
)


@pytest.mark.parametrize(
    "words",
    [
        "(#100) Tried accessing nonexisting field ({}) on node type (Page)",
        "(#100) Unknown fields: {}.",
        "(#12) {} field is deprecated for versions v26.0 and higher",
    ],
)
def test_a_page_of_another_generation_is_read_without_the_fields_it_lacks(words: str) -> None:
    readings = reading(refusing(words, *LACKING))
    assert len(only(Account, readings)) == len(only(Setting, readings)) == 1
    assert len(only(Post, readings)) == 1
    assert facts(readings) == []


def test_a_person_is_not_read_as_a_page() -> None:
    words = "(#100) Tried accessing nonexisting field ({}) on node type (User)"
    with connected(refusing(words, *LACKING)) as (facebook, server):
        with pytest.raises(Malformed, match="node type"):
            list(facebook.read(SINCE, UNTIL))
        assert len(server.log) <= 2


def test_a_version_without_peoples_descriptions_claims_none_is_missing() -> None:
    post = a_post(**attached(media_type="photo", target={"id": "55"}))
    pages = {f"100/{e}": EMPTY for e in ("video_reels", "visitor_posts")}
    paths = {"Snoring": {**PAGE, "settings": EMPTY}, "100/published_posts": listed(post), **pages}

    class Older(Recorded):
        def answer(self, request: Request) -> Answer:
            if "alt_text_custom" not in request.query.get("fields", ""):
                return super().answer(request)
            said = "(#100) Tried accessing nonexisting field (alt_text_custom) on node type (Photo)"
            return Answer({"error": {"message": said, "code": 100}}, 400)

    site = Older(paths, {"55": {"id": "55", "alt_text": "May be a cat"}})
    media = only(Media, reading(site))
    assert [(m.alt_text, m.automatic_alt_text) for m in media] == [(None, "May be a cat")]
