from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Usage, safe_fetch
from connectors.safe_fetch import Fetcher
from connectors.transport import Unlimited
from demo.server import Answer, Fault, LoopbackServer
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from connectors.safe_fetch import Document
    from demo.server import Request

PUBLIC = "93.184.215.14"


@dataclass
class Pages:
    """A site of fixed answers by path."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        return self.answers.get(request.path, Answer("<p>here</p>", content_type="text/html"))

    def fault(self, _: str, __: Request) -> Answer:
        return Answer("", 500)


def fetch(home: str, address: str | None = None) -> Document:
    fetcher = Fetcher(home, Unlimited(), Usage())
    try:
        return fetcher.fetch(address or home)
    finally:
        fetcher.close()


def fetched(answers: Mapping[str, Answer], *faults: Fault) -> tuple[Document, LoopbackServer]:
    with LoopbackServer(Pages(answers)) as server:
        server.faults.extend(faults)
        return fetch(f"{server.url}/feed"), server


def resolving(*addresses: str) -> Callable[..., Any]:
    """A name service that knows one answer for every name."""

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

    return resolve


def moved(to: str) -> Answer:
    return Answer("", 301, {"Location": to})


def test_a_document_comes_with_its_type_and_where_it_was_found() -> None:
    document, server = fetched({"/feed": moved("/news/feed/")})
    assert document.content == b"<p>here</p>"
    assert document.content_type == "text/html"
    assert document.url == f"{server.url}/news/feed/"
    assert [r.path for r in server.log] == ["/feed", "/news/feed/"]


def test_requests_name_the_host_and_ask_for_nothing_compressed() -> None:
    _, server = fetched({})
    (request,) = server.log
    assert request.headers["host"] == server.url.removeprefix("http://")
    assert request.headers["accept-encoding"] == "identity"


def test_a_site_that_redirects_for_ever_is_left() -> None:
    with pytest.raises(Unreachable):
        fetched({"/feed": moved("/feed")})


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.2:9/feed",
        "https://127.0.0.2:9/feed",
        "http://localhost:9/feed",
        "http://169.254.169.254/latest/meta-data/",
        "https://[::1]:9/",
        "https://10.0.0.1/",
        "file:///etc/passwd",
        "https://user:secret@127.0.0.1/",
        "//127.0.0.2/",
        "https://",
    ],
)
def test_a_redirect_that_leads_inside_is_refused(to: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        fetched({"/feed": moved(to)})


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "169.254.169.254",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
    ],
)
@pytest.mark.parametrize("first", [[], [PUBLIC]], ids=["alone", "behind a public one"])
def test_a_name_that_leads_inside_is_refused(
    address: str, first: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving(*first, address))
    with pytest.raises(Forbidden):
        fetch("https://www.example.gov.uk/feed/")


def test_a_name_that_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable):
        fetch("https://www.example.gov.uk/feed/")


@pytest.mark.parametrize(
    "address", ["http://www.example.gov.uk/feed/", "http://127.0.0.2.example.gov.uk/"]
)
def test_an_address_without_encryption_is_refused(address: str) -> None:
    with pytest.raises(Forbidden):
        fetch(address)


@pytest.mark.parametrize(
    "address", ["", "feed", "ftp://example.org/", "https://a:b@example.org/", "https://x:y/", "//"]
)
def test_what_is_no_address_of_a_page_is_not_found(address: str) -> None:
    with pytest.raises(NotFound):
        fetch(address)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (410, NotFound),
        (429, RateLimited),
        (500, Unreachable),
        (304, Unreachable),
        (400, Unreachable),
    ],
)
def test_every_status_is_one_of_our_errors(status: int, error: type[PlatformError]) -> None:
    with pytest.raises(error) as raised:
        fetched({"/feed": Answer("", status)})
    assert type(raised.value) is error


@pytest.mark.parametrize("fault", ["cut", "slow"])
def test_a_connection_that_fails_is_unreachable(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.transport.TIMEOUT", (0.3, 0.3))
    with pytest.raises(Unreachable):
        fetched({}, Fault(fault))


def test_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_fetch, "MAX_BYTES", 10_000)
    with pytest.raises(Malformed):
        fetched({"/feed": Answer("x" * 10_001)})


def test_an_answer_that_trickles_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_fetch, "MAX_SECONDS", -1.0)
    with pytest.raises(Unreachable):
        fetched({})


def test_a_limit_on_requests_is_kept_on_the_way() -> None:
    usage = Usage()
    with LoopbackServer(Pages({"/feed": moved("/news")})) as server:
        fetcher = Fetcher(server.url, Unlimited(), usage)
        fetcher.fetch(f"{server.url}/feed")
        fetcher.close()
    assert usage.requests == 2


def test_a_document_that_has_not_changed_need_not_be_sent_again() -> None:
    whole = Answer(
        "news", headers={"ETag": '"7"', "Last-Modified": "Mon, 07 Sep 2026 05:00:00 GMT"}
    )
    pages = {"/feed": whole, "/same": Answer("", 304)}
    with LoopbackServer(Pages(pages)) as server:
        fetcher = Fetcher(f"{server.url}/feed", Unlimited(), Usage())
        first = fetcher.fetch(f"{server.url}/feed")
        again = fetcher.fetch(f"{server.url}/same", first.validators)
        with pytest.raises(Unreachable):
            fetcher.fetch(f"{server.url}/same")
        fetcher.close()
    assert (first.content, first.unchanged) == (b"news", False)
    assert (again.content, again.unchanged) == (b"", True)
    asked = server.log[1].headers
    assert asked["if-none-match"] == '"7"'
    assert asked["if-modified-since"] == "Mon, 07 Sep 2026 05:00:00 GMT"
    assert "if-none-match" not in server.log[2].headers


@pytest.mark.parametrize(
    ("size", "whole"), [(9, True), (10, True), (11, False), (9_000_000, False)]
)
def test_only_the_beginning_of_a_document_is_read_where_that_is_enough(
    size: int, whole: object
) -> None:
    with LoopbackServer(Pages({"/feed": Answer(b"x" * size)})) as server:
        fetcher = Fetcher(f"{server.url}/feed", Unlimited(), Usage())
        document = fetcher.fetch(f"{server.url}/feed", beginning=10)
        fetcher.close()
    assert (document.content, document.whole) == (b"x" * min(size, 10), whole)


def test_headers_of_the_caller_go_to_the_home_alone() -> None:
    with LoopbackServer(Pages()) as home, LoopbackServer(Pages()) as other:
        away = Answer("", 302, {"Location": f"{other.url}/there"})
        home.site.answers = {"/away": away}  # type: ignore[attr-defined]  # Pages has it
        fetcher = Fetcher(home.url, Unlimited(), Usage(), headers={"Authorization": "Basic x"})
        fetcher.ask(f"{home.url}/here")
        fetcher.ask(f"{home.url}/away")
        fetcher.close()
    assert {r.headers.get("authorization") for r in home.log} == {"Basic x"}
    assert [r.headers.get("authorization") for r in other.log] == [None]


def test_whatever_a_site_answers_can_be_had() -> None:
    with LoopbackServer(Pages({"/gone": Answer({"code": "x"}, 410, {"X-Total": "3"})})) as server:
        fetcher = Fetcher(server.url, Unlimited(), Usage())
        answer = fetcher.ask(f"{server.url}/gone")
        fetcher.close()
    assert (answer.status, answer.headers["x-total"]) == (410, "3")
    assert answer.document.content == b'{"code": "x"}'


def test_a_caller_may_say_how_large_an_answer_may_be() -> None:
    with LoopbackServer(Pages({"/": Answer("x" * 100)})) as server:
        fetcher = Fetcher(server.url, Unlimited(), Usage(), most=99)
        with pytest.raises(Malformed):
            fetcher.ask(f"{server.url}/")
        fetcher.close()
