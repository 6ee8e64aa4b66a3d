"""Fetching one public document whose address a person wrote: nothing inside our network is reached.

Every address that a name resolves to is checked, and the connection goes to a checked one, so that
a second look-up cannot lead elsewhere. Redirects are few and checked the same way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from connectors import transport
from connectors.transport import is_loopback, redact, retry_after
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
    from collections.abc import Iterable, Mapping

    from connectors import Limiter, Usage

MAX_BYTES = 5_000_000
MAX_SECONDS = 60.0
"""For a whole answer, however slowly it trickles."""
MAX_REDIRECTS = 3

_HEADERS = {
    "User-Agent": "socialaudit",
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
    "Accept-Encoding": "identity",
}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_FAULTS: dict[int, type[PlatformError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    410: NotFound,
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave to tell whether a document has changed (RFC 9110); empty where it gave none."""

    tag: str = ""
    changed: str = ""

    def headers(self) -> dict[str, str]:
        """The headers that ask for the document only if it is another."""
        asked = {"If-None-Match": self.tag, "If-Modified-Since": self.changed}
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True, slots=True)
class Document:
    """What came, and from where in the end. One that is ``unchanged`` has no content.

    ``whole`` is false for one of which only the beginning was asked for and read.
    """

    url: str
    content: bytes
    content_type: str
    validators: Validators = Validators()
    unchanged: bool = False
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Whatever a site answered, good or bad. ``headers`` are found by a name in any case."""

    status: int
    headers: Mapping[str, str]
    document: Document


class Fetcher:
    """Fetches from one site. ``home`` is the address that the council file gives.

    An address that is not public is reached only if it is the home's own host. ``headers`` (a
    password) go to that host alone, with or without ``www.``. ``most`` is the largest answer.
    """

    def __init__(
        self,
        home: str,
        limiter: Limiter,
        usage: Usage,
        headers: Mapping[str, str] | None = None,
        most: int | None = None,
    ) -> None:
        self._home = _parsed(home)
        self._limiter = limiter
        self._usage = usage
        self._own = dict(headers or {})
        self._most = most or MAX_BYTES
        self._client = httpx.Client(trust_env=False, follow_redirects=False)

    def fetch(
        self, address: str, known: Validators | None = None, beginning: int | None = None
    ) -> Document:
        """One document. Raises the ``PlatformError`` that fits what came instead.

        With ``known`` it need not be sent again unchanged; of more than ``beginning`` bytes only
        these are read.
        """
        answer = self.ask(address, known, beginning)
        if not answer.document.unchanged:
            judge(answer)
        return answer.document

    def ask(
        self, address: str, known: Validators | None = None, beginning: int | None = None
    ) -> Answer:
        """What a site answers, whatever its status. Raises the ``PlatformError`` for no answer."""
        url, asked = _parsed(address), known or Validators()
        for _ in range(MAX_REDIRECTS + 1):
            answer, content = self._get(url, asked, beginning)
            if not answer.has_redirect_location:
                document = _document(url, answer, content, beginning, asked)
                return Answer(answer.status_code, answer.headers, document)
            url = _parsed(str(url.join(answer.headers["location"])))
        raise Unreachable(f"{self._home.host} redirects more than {MAX_REDIRECTS} times")

    def check(self, address: str) -> None:
        """Raise what ``fetch`` would before it asks: for another client that is to ask there."""
        url = _parsed(address)
        self._allowed(url)
        self._checked(url)

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def _allowed(self, url: httpx.URL) -> None:
        ours = is_loopback(self._home.host) and url.host == self._home.host
        if url.scheme != "https" and not ours:
            raise Forbidden(
                f"{_shown(url)} is not an https address", "Correct the address in the council file."
            )

    def _get(
        self, url: httpx.URL, asked: Validators, beginning: int | None
    ) -> tuple[httpx.Response, bytes]:
        self._allowed(url)
        address = self._checked(url)
        self._limiter.acquire()
        self._usage.requests += 1
        connect, read = transport.TIMEOUT
        request = self._client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={
                **_HEADERS,
                **(self._own if self._is_home(url) else {}),
                **asked.headers(),
                "Host": url.netloc.decode(),
            },
            timeout=httpx.Timeout(read, connect=connect),
            extensions={"sni_hostname": url.host},
        )
        try:
            answer = self._client.send(request, stream=True)
            try:
                content = self._content(answer, url, beginning)
            finally:
                answer.close()
        except httpx.HTTPError as fault:
            slow = isinstance(fault, httpx.TimeoutException)
            did = "did not answer in time" if slow else "could not be reached"
            raise Unreachable(f"{url.host} {did}") from None
        return answer, content

    def _is_home(self, url: httpx.URL) -> bool:
        same = url.host.removeprefix("www.") == self._home.host.removeprefix("www.")
        return same and (url.scheme, url.port) == (self._home.scheme, self._home.port)

    def _content(self, answer: httpx.Response, url: httpx.URL, beginning: int | None) -> bytes:
        content, end = bytearray(), time.monotonic() + MAX_SECONDS
        for chunk in answer.iter_bytes():
            content += chunk
            if beginning is not None and len(content) > beginning:
                break
            if len(content) > self._most:
                raise Malformed(f"{url.host} sent more than {self._most // 1_000_000} MB")
            if time.monotonic() > end:
                raise Unreachable(f"{url.host} did not answer in time")
        return bytes(content)

    def _checked(self, url: httpx.URL) -> str:
        """An address of the host to connect to, all of them being allowed."""
        addresses = _addresses(url)
        if not (url.host == self._home.host and is_loopback(url.host)):
            _refuse_private(url.host, addresses)
        return addresses[0]


def refuse_private(address: str) -> None:
    """Raise ``Forbidden`` if a host is inside a private network, ``Unreachable`` if nobody knows it.

    For client libraries that connect by themselves, to a host that no ``base_url`` names.
    """
    url = _parsed(address)
    _refuse_private(url.host, _addresses(url))


def _refuse_private(host: str, addresses: Iterable[str]) -> None:
    for address in addresses:
        if not _is_public(address):
            raise Forbidden(
                f"{host} leads to an address inside a private network",
                "Correct the address in the council file.",
            )


def _document(
    url: httpx.URL,
    answer: httpx.Response,
    content: bytes,
    beginning: int | None,
    asked: Validators,
) -> Document:
    told = answer.headers
    return Document(
        url=str(url),
        content=content[:beginning],
        content_type=told.get("content-type", ""),
        validators=Validators(told.get("etag", ""), told.get("last-modified", "")),
        unchanged=bool(asked.headers()) and answer.status_code == httpx.codes.NOT_MODIFIED,
        whole=beginning is None or len(content) <= beginning,
    )


def _addresses(url: httpx.URL) -> list[str]:
    with suppress(ValueError):
        return [str(ipaddress.ip_address(url.host))]
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"{url.host} is not known to the network") from None
    return [str(entry[4][0]).partition("%")[0] for entry in found]


def _is_public(address: str) -> bool:
    told = ipaddress.ip_address(address)
    if isinstance(told, ipaddress.IPv6Address):
        embedded = told.ipv4_mapped or told.sixtofour or (told.teredo or (None, None))[1]
        if told in _NAT64:
            embedded = ipaddress.IPv4Address(int(told) & 0xFFFF_FFFF)
        if embedded is not None and not embedded.is_global:
            return False
    return told.is_global and not told.is_multicast


def judge(answer: Answer) -> None:
    """Raise the ``PlatformError`` that fits a status which is no success."""
    status = answer.status
    if httpx.codes.is_success(status):
        return
    message = f"{_shown(_parsed(answer.document.url))} answered with status {status}"
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimited(message, retry_after(answer.headers))
    raise _FAULTS.get(status, Unreachable)(message, "Check the address in the council file.")


def _parsed(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
        url.port  # noqa: B018 - a bad port raises here
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise NotFound(f"not an address: {redact(address)}") from None
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise NotFound(f"not an address of a web page: {redact(address)}")
    return url


def _shown(url: httpx.URL) -> str:
    return redact(url.copy_with(query=None, fragment=None))
