from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from reports import evidence_index
from socialaudit import pack
from tests.socialaudit.test_pack import a_pack


class Read(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the library's name
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def test_the_page_says_what_is_in_the_pack_and_where_it_stands_in_the_chain() -> None:
    page = Read(evidence_index.render(a_pack()))
    assert "Evidence: run second" in page.words
    assert "Reason given: A court asked" in page.words
    assert "Words of third parties are in this pack." in page.words
    assert "Mill Lane is closed." in page.words
    assert a_pack().chain[1]["digest"] in page.words


def test_without_third_parties_their_words_are_not_on_the_page() -> None:
    page = evidence_index.render(pack.without_third_parties(a_pack()))
    assert "planted" not in page
    assert "Mill Lane is closed." in page


def test_hostile_words_stay_words() -> None:
    hostile = a_pack()
    body = {"own": False, "text": "<script>alert(1)</script><img src=x onerror=alert(2)>"}
    records = [{**hostile.records[1], "key": "<b>f:2</b>", "body": body}]
    page = Read(
        evidence_index.render(
            pack.Pack(
                **{name: getattr(hostile, name) for name in pack.Pack.__dataclass_fields__}
                | {"records": records, "name": "<h1>Testham</h1>"}
            )
        )
    )
    assert not page.tags & {"script", "img", "b", "a", "link", "iframe"}


def test_no_control_or_direction_character_is_left() -> None:
    steering = "a\u202eb\x1b[31m\r\nc"
    told = a_pack()
    records = [{**r, "key": steering, "body": {steering: steering}} for r in told.records]
    quotations = [
        {**q, "body": {**q["body"], "message": steering}, "evidence": {steering: steering}}
        for q in told.quotations
    ]
    told = replace(told, name=steering, scope=steering, reason=steering, by=steering)
    page = evidence_index.render(replace(told, records=records, quotations=quotations))
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", page)


def test_what_is_no_longer_kept_is_said_to_be_so() -> None:
    records = [{**r, "body": None} for r in a_pack().records]
    emptied = {name: getattr(a_pack(), name) for name in pack.Pack.__dataclass_fields__}
    page = evidence_index.render(pack.Pack(**emptied | {"records": records}))
    assert page.count("No longer kept") == len(records)
