"""A loopback HTTP server for one imitated platform: it logs every request and can misbehave.

A *site* knows one platform's wire format; this module knows HTTP, and the faults that are the
same everywhere (``html``, ``cut``, ``slow``, ``truncated``). The other faults have a platform's own
shape, so the site answers them (``Site.fault``).
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

FAULTS = (
    "rate_limited",  # with the header that says until when
    "rate_limited_no_header",
    "server_error",
    "expired_token",
    "forbidden",
    "not_found",
    "malformed",  # one item of a list lacks what it must have
    "repeated_cursor",
    "hostile_next",  # the link to the next page names another host
    "html",
    "cut",  # the connection closes in the middle of the answer
    "truncated",  # valid HTTP, JSON cut off
    "slow",  # no answer until the client gives up or the server stops
)


@dataclass(frozen=True)
class Request:
    """One request as received. ``query`` and ``form`` hold the last value of each name.

    ``asked`` is the query as it came, for those that name a thing several times.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    form: Mapping[str, str]
    body: bytes = b""
    asked: str = ""

    def holds(self, part: str) -> bool:
        """Whether its path contains this; or its query, for a part of one (``list=``)."""
        return part in (unquote(self.asked) if "=" in part else self.path)


@dataclass(frozen=True)
class Answer:
    """What to send: ``body`` is sent as JSON unless it is text or bytes.

    ``headers`` may hold a ``Date``: the site's own clock instead of this machine's.
    """

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"

    def encoded(self) -> bytes:
        """The body as bytes."""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, ensure_ascii=False).encode()


class Site(Protocol):
    """One platform's answers."""

    def answer(self, request: Request) -> Answer:
        """The answer when all is well."""

    def fault(self, name: str, request: Request) -> Answer:
        """The platform's own shape of one of ``FAULTS``."""


@dataclass
class Fault:
    """Misbehave on requests whose path contains ``path``: skip the first ``after``, then ``times``.

    Where ``path`` holds a ``=``, it is looked for in the query: some platforms have one path for all.
    """

    name: str
    path: str = ""
    after: int = 0
    times: int = 1_000_000

    def strikes(self, request: Request) -> bool:
        """Whether this request meets the fault; counts down."""
        if not request.holds(self.path) or self.times <= 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return True


class LoopbackServer:
    """Serves a site on 127.0.0.1 from ``with`` to its end. ``log`` holds every request.

    Each answer waits ``latency`` seconds, as one from far away does; it may change at any time.
    """

    def __init__(self, site: Site, latency: float = 0.0) -> None:
        self.site = site
        self.latency = latency
        self.log: list[Request] = []
        self.faults: list[Fault] = []
        self._stopping = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The base address, without a slash at the end."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else the body waits 40 ms for the client's delayed ACK

            def do_GET(self) -> None:
                server._serve(self, _received(self))

            do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815 - the library's names

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
                pass

        return Handler

    def _serve(self, handler: BaseHTTPRequestHandler, request: Request) -> None:
        self.log.append(request)
        if self.latency:
            time.sleep(self.latency)
        fault = next((f.name for f in self.faults if f.strikes(request)), None)
        if fault == "slow":
            self._stopping.wait()
            handler.close_connection = True
            return
        if fault == "html":
            answer = Answer(
                "<!DOCTYPE html><title>Sorry</title><p>Something went wrong.</p>",
                content_type="text/html; charset=utf-8",
            )
        elif fault in {None, "cut", "truncated"}:
            answer = self.site.answer(request)
        else:
            answer = self.site.fault(fault, request)
        body = answer.encoded()
        sent = body[: len(body) // 2] if fault in {"cut", "truncated"} else body
        handler.send_response_only(answer.status)
        length = len(sent if fault == "truncated" else body)
        headers = {
            "Date": handler.date_time_string(),
            "Content-Type": answer.content_type,
            "Content-Length": str(length),
            **answer.headers,
        }
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(sent)
        handler.close_connection = handler.close_connection or fault == "cut"


def _received(handler: BaseHTTPRequestHandler) -> Request:
    split = urlsplit(handler.path)
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    form: dict[str, list[str]] = {}
    if handler.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
        form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    method = handler.headers.get("X-HTTP-Method-Override") or str(handler.command)
    return Request(
        method=method,
        path=split.path,
        query={k: v[-1] for k, v in parse_qs(split.query, keep_blank_values=True).items()},
        headers={k.lower(): v for k, v in handler.headers.items()},
        form={k: v[-1] for k, v in form.items()},
        body=body,
        asked=split.query,
    )
