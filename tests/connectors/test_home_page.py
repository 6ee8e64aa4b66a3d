from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from connectors import Usage, home_page
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer
from socialaudit.errors import Forbidden, Malformed, NotFound, PlatformError, Unreachable

if TYPE_CHECKING:
    from demo.server import Request

PAGE = """<!DOCTYPE html><html><head><title>Testham</title>
<link rel="me" href="https://mastodon.example/@testham"><link rel="stylesheet" href="/a.css">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
 {"@type": "Organization", "sameAs": ["https://www.instagram.com/testhamtc", 7, "javascript:x()"]},
 {"publisher": {"sameAs": "https://www.tiktok.com/@testhamtc"}}]}</script>
<script type="application/ld+json">{not json</script></head><body>
<a href="https://x.com/testhamtc"><svg aria-label="X"></svg></a>
<a href=/news title="All news">News</a>
<a href="https://www.facebook.com/TesthamTC" aria-label="Follow us">Like
 us <b>now</b></a><a href="javascript:void(0)">Menu</a>
<a href="https://www.youtube.com/@testhamtc">YouTube
"""


class OnePage:
    """A site of one answer."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def answer(self, _request: Request) -> Answer:
        return self._answer

    def fault(self, _name: str, _request: Request) -> Answer:
        return self._answer


def links(body: str | bytes, kind: str = "text/html", status: int = 200) -> dict[str, str]:
    usage = Usage()
    with LoopbackServer(OnePage(Answer(body, status, {}, kind))) as server:
        found = home_page.read(f"{server.url}/", Unlimited(), usage)
        assert usage.requests == len(server.log) == 1
        return {link.removeprefix(server.url): label for link, label in found}


def test_links_come_with_the_words_by_which_each_is_called() -> None:
    assert links(PAGE) == {
        "https://mastodon.example/@testham": "",
        "https://www.instagram.com/testhamtc": "",
        "https://www.tiktok.com/@testhamtc": "",
        "https://x.com/testhamtc": "X",
        "/news": "All news News",
        "https://www.facebook.com/TesthamTC": "Follow us Like us now",
        "https://www.youtube.com/@testhamtc": "YouTube",
    }


@pytest.mark.parametrize(
    "body",
    ["", "<html>", "<!DOCTYPE html><![foo[ <a href='x", "<html>" + "<a href=/a>" * 9000, "<html>\x00"],
)  # fmt: skip
def test_an_odd_page_is_read_as_far_as_it_goes(body: str) -> None:
    assert set(links(body)) <= {"/a"}


def test_deep_nesting_and_other_encodings_end_cleanly() -> None:
    deep = '<script type="application/ld+json">' + '{"a":' * 5000 + "1" + "}" * 5000 + "</script>"
    assert links(f"<html>{deep}<a href=https://x.com/a>x</a>") == {"https://x.com/a": "x"}
    latin = "<html><a href='https://x.com/caf'>Café</a>".encode("latin-1")
    assert links(latin) == {"https://x.com/caf": "Caf�"}


@pytest.mark.parametrize(
    ("body", "kind", "status", "expected"),
    [
        ("%PDF-1.7", "application/pdf", 200, Malformed),
        ("<html>", "text/html", 403, Forbidden),
        ("<html>", "text/html", 404, NotFound),
        ("<html>", "text/html", 500, Unreachable),
        (b"<html>" + b"x" * 6_000_000, "text/html", 200, Malformed),
    ],
)
def test_a_page_that_is_none_is_told(
    body: str | bytes, kind: str, status: int, expected: type[PlatformError]
) -> None:
    with pytest.raises(expected):
        links(body, kind, status)


def test_a_page_inside_the_network_is_not_fetched_for_a_public_address() -> None:
    answer = Answer("", 302, {"Location": "http://127.0.0.2:9/"}, "text/html")
    with LoopbackServer(OnePage(answer)) as server, pytest.raises(Forbidden):
        home_page.read(f"{server.url}/", Unlimited(), Usage())
