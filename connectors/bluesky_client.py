"""How Bluesky is reached.

The AT Protocol's library builds the requests and reads the answers; it sends through ``OneAddress``,
so that there is one host, one attempt, one time-out and one size cap. It is heavy (70 MB), so it is imported only when something
is sent. Its typed models are left alone: they refuse a whole page for one odd post.
"""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import httpx

from connectors import transport
from connectors.bluesky_faults import Redirected, refusal
from socialaudit.errors import Malformed, NotFound, PlatformError, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from atproto_client.client.base import ClientBase

    from connectors import Access, Limiter, Usage

PUBLIC = "https://public.api.bsky.app"
"""Bluesky's own server for what is public."""
ENTRY = "https://bsky.social"
"""Bluesky's own server for those who sign in."""
MAX_SECONDS = 60.0
"""For a whole answer, however slowly it trickles."""

Raw = dict[str, Any]
_HALF_LETTER = re.compile(rb"\\u[dD][89a-fA-F]")


_KIND = "x-came-as"
_NOT_PASSED_ON = {"content-encoding", "content-length", "content-type", "location"}
"""Headers that the library need not see: it would parse JSON, and refuse a whole answer for one odd
letter in it, or fall over a refusal in another shape than an object."""


class OneAddress(httpx.BaseTransport):
    """Sends each request once, counts it, and follows nothing: no redirect leads anywhere."""

    def __init__(self, limiter: Limiter, usage: Usage) -> None:
        self._limiter = limiter
        self._usage = usage
        self._wire = httpx.HTTPTransport(retries=0, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send; raise ``Unreachable`` for network faults and ``Malformed`` for a huge answer."""
        self._limiter.acquire()
        self._usage.requests += 1
        host, came = request.url.host, b""
        try:
            answer = self._wire.handle_request(request)
            try:
                came = _content(answer, host)
            finally:
                answer.close()
        except httpx.HTTPError as fault:
            slow = isinstance(fault, httpx.TimeoutException)
            did = "did not answer in time" if slow else "could not be reached"
            raise Unreachable(f"{host} {did}") from None
        if answer.has_redirect_location:
            raise Redirected(f"{host} answered with a redirect, which we do not follow")
        told = {k: v for k, v in answer.headers.items() if k not in _NOT_PASSED_ON}
        told[_KIND] = answer.headers.get("content-type", "")
        if answer.status_code >= httpx.codes.BAD_REQUEST and not isinstance(_json(came), dict):
            came = b""
        return httpx.Response(answer.status_code, headers=told, content=came)

    def close(self) -> None:
        """Close connections."""
        self._wire.close()


class Client:
    """Asks one server. With a password it signs in first, once, when something is first asked.

    The session is kept in memory only. ``signed_in`` tells whether requests are the account's own.
    """

    def __init__(self, access: Access, usage: Usage, actor: str) -> None:
        self._password = access.secrets.get("password", "")
        self._identifier = access.secrets.get("identifier") or actor
        self.signed_in = bool(self._password)
        self.base = (access.base_url or (ENTRY if self.signed_in else PUBLIC)).rstrip("/")
        self.base = self.base.removesuffix("/xrpc")
        self._limiter, self._usage = access.limiter, usage
        self._hidden = [self._password]
        self._library: ClientBase | None = None

    def ask(self, method: str, **parameters: Any) -> Raw:
        """The answer to a query: a JSON object. Raises what its refusal means."""
        return self._object(self._get(f"{self.base}/xrpc/{method}", parameters))

    def blob(self, did: str, cid: str, *, by_server: bool) -> tuple[bytes, str]:
        """A file of an account, and its media type: from its own server, or through an AppView."""
        if by_server:
            address = f"{self.base}/xrpc/com.atproto.sync.getBlob"
            answer = self._get(address, {"did": did, "cid": cid})
        else:
            answer = self._get(f"{self.base}/blob/{did}/{cid}", {})
        return answer.content, str(answer.headers.get(_KIND, ""))

    def close(self) -> None:
        """Close connections."""
        if self._library is not None:
            self._library.request.close()

    def _object(self, answer: Any) -> Raw:
        """The JSON object that an answer is."""
        found = _json(answer.content)
        if found is None and answer.content.lstrip()[:1] == b"<":
            host = httpx.URL(self.base).host
            raise Unreachable(f"{host} answered with a web page instead of data")
        if not isinstance(found, dict):
            raise Malformed("Bluesky's answer is not a JSON object")
        return found

    def _get(self, address: str, parameters: Mapping[str, Any]) -> Any:
        library = self._connected()
        return self._sent(library, "GET", address, params=dict(parameters))

    def _connected(self) -> ClientBase:
        if self._library is not None:
            return self._library
        from atproto_client.client.base import ClientBase  # noqa: PLC0415 - heavy
        from atproto_client.request import Request  # noqa: PLC0415 - heavy

        connect, read = transport.TIMEOUT
        request = Request(
            transport=OneAddress(self._limiter, self._usage),
            timeout=httpx.Timeout(read, connect=connect),
            trust_env=False,
        )
        request.add_additional_header("User-Agent", "socialaudit")
        library = ClientBase(self.base, request)
        if self.signed_in:
            self._sign_in(library)
        self._library = library
        return library

    def _sign_in(self, library: ClientBase) -> None:
        """Exchange the app password for a session; the only request that is not a GET."""
        address = f"{self.base}/xrpc/com.atproto.server.createSession"
        proof = {"identifier": self._identifier, "password": self._password}
        try:
            answer = self._object(self._sent(library, "POST", address, json=proof))
        except PlatformError:
            library.request.close()
            raise
        token = answer.get("accessJwt")
        if not (isinstance(token, str) and token and token.isascii() and token.isprintable()):
            library.request.close()
            raise Malformed("Bluesky signed us in without giving a session")
        if isinstance(refresh := answer.get("refreshJwt"), str):
            self._hidden.append(refresh)
        self._hidden.append(token)
        library.request.add_additional_header("Authorization", f"Bearer {token}")

    def _sent(self, library: ClientBase, verb: str, address: str, **options: Any) -> Any:
        from atproto_client.exceptions import RequestErrorBase  # noqa: PLC0415 - heavy

        send = library.request.post if verb == "POST" else library.request.get
        try:
            return send(address, **options)
        except RequestErrorBase as fault:
            raise refusal(fault.response, self._hidden, signed_in=self.signed_in) from None
        except httpx.InvalidURL:
            raise NotFound("the address of the account is not one") from None


def _content(answer: httpx.Response, host: str) -> bytes:
    came, end = bytearray(), time.monotonic() + MAX_SECONDS
    for chunk in answer.iter_bytes():
        came += chunk
        if len(came) > transport.MAX_BYTES:
            raise Malformed(f"{host} sent more than {transport.MAX_BYTES // 1_000_000} MB")
        if time.monotonic() > end:
            raise Unreachable(f"{host} did not answer in time")
    return bytes(came)


def _json(content: bytes) -> Any:
    """What a piece of JSON says, in well-formed letters; ``None`` where it is none."""
    try:
        told = json.loads(content)
        if _HALF_LETTER.search(content):
            whole = json.dumps(told, ensure_ascii=False).encode("utf-16", "surrogatepass")
            told = json.loads(whole.decode("utf-16", "replace"))
    except (ValueError, RecursionError):
        return None
    return told


def pages(client: Client, method: str, items: str, **parameters: Any) -> Iterator[list[Any]]:
    """The items of a list, page by page, to its end.

    Raises ``Malformed`` for a page without the list, for a list that leads in a circle, and for one
    that does not end.
    """
    seen: set[str] = set()
    for _ in range(transport.MAX_PAGES):
        answer = client.ask(method, **parameters)
        found, cursor = answer.get(items), answer.get("cursor")
        if not isinstance(found, list):
            raise Malformed(f"Bluesky's answer holds no {items}")
        yield found
        if not cursor:
            return
        if str(cursor) in seen:
            raise Malformed("Bluesky's list leads in a circle")
        seen.add(str(cursor))
        parameters["cursor"] = str(cursor)
    raise Malformed(f"Bluesky's list has more than {transport.MAX_PAGES} pages")
