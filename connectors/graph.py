"""The Graph API over facebook-sdk: one host, one attempt, our errors, our own pager and batches.

The SDK ignores HTTP statuses, drops response headers, refuses current versions of the API, pages
without end and puts the token into every address. Here a response hook reads status and headers,
the token travels in a header, and nothing of the SDK, neither object nor exception, leaves this file.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import facebook
import requests
from requests.auth import AuthBase

from connectors.graph_errors import TooMuch, fault_of
from connectors.graph_fields import without
from connectors.graph_paging import following, items
from connectors.transport import MAX_PAGES, OneHost, redact
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
    from collections.abc import Iterator, Mapping, Sequence

    from connectors import Access, Usage
    from connectors.graph_errors import Service

VERSION = "v25.0"
IDS_AT_ONCE = 50
"""Ids that one ``?ids=`` request may name (the API's own limit)."""
CALLS_PER_BATCH = 32
"""Requests spent on finding the bad ids of one batch before the rest is given up."""
SMALLEST_PAGE = 10
DEEPEST = 50
"""Levels of braces in an answer; a thread with its attachments has about ten."""
UNKNOWN_FIELDS = 16
"""Requests in which a field that this version lacks may be left out; Graph names one at a time."""

_NO_SUCH_FIELD = re.compile(
    r"nonexisting field \((\w+)\)(?! on node type \((?:User|Group|Event|Application)\))"
    r"|unknown fields?: (\w+)"
    r"|\(#12\) (\w+) field is deprecated",
    re.IGNORECASE,
)
"""How Graph names a field that it does not have (any more) for what we read."""
_NO_GRAPH = re.compile(r"HTTP status 404|Unknown path components")
_NOTHING: Mapping[str, object] = MappingProxyType({})


class Graph:
    """Reads nodes and edges of one account's part of the graph; any method may raise PlatformError.

    ``unknown`` are the names of fields that this version does not have, found on the way.
    """

    def __init__(self, access: Access, usage: Usage, service: Service) -> None:
        self.unknown: set[str] = set()
        self._service = service
        self._token = access.secrets["token"]
        self._usage = usage
        self._headers: Mapping[str, str] = {}
        self._known: dict[tuple[str, ...], list[str]] = {}
        session = requests.Session()
        session.auth = _Bearer(self._token)
        adapter = OneHost(access.base_url or service.host, access.limiter, usage)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        session.hooks["response"].append(self._refuse)
        self._api = facebook.GraphAPI(None, session=session)

    def close(self) -> None:
        """Close connections."""
        self._api.session.close()

    def node(self, path: str, **arguments: object) -> dict[str, Any]:
        """One answer: a node, an edge's page, or with ``ids`` several nodes by id."""
        self._usage.amount += str(arguments.get("ids", "")).count(",") + 1
        try:
            answer = self._api.request(f"{VERSION}/{quote(path)}", dict(arguments))
        except facebook.GraphAPIError as fault:
            answer = fault.result
        except (KeyError, ValueError, RecursionError, requests.RequestException) as fault:
            msg = f"{self._service.title} sent no usable answer ({type(fault).__name__})"
            raise Unreachable(msg) from None
        if answer == []:  # how Graph writes an empty object
            return {}
        if isinstance(answer, str):  # the SDK's own complaint: neither JSON nor a picture
            msg = f"{self._service.title} sent a page where data was expected"
            raise Unreachable(msg)
        if not isinstance(answer, dict):
            msg = f"{self._service.title} sent a list where an object was expected"
            raise Malformed(msg)
        if answer.get("error"):
            raise fault_of(self._service, answer["error"], 200, self._headers)
        return {name: _sound(value) for name, value in answer.items()}

    def pages(
        self, path: str, fields: Sequence[str], arguments: Mapping[str, object], first: Any = None
    ) -> Iterator[list[Any]]:
        """Every page of an edge, by cursor; ``first`` is a page that came nested in another answer.

        The host in a link is never used. A page that is too large for Graph is asked for in
        smaller pieces. Raises ``Malformed`` when pages repeat or do not end.
        """
        seen: set[str] = set()
        came = 0
        asked = dict(arguments)
        if not isinstance(first, dict) or not isinstance(first.get("data"), list):
            first = None
        for _ in range(MAX_PAGES):
            try:
                answer = self.read(path, fields, asked) if first is None else first
            except TooMuch as fault:
                limit = int(str(asked.get("limit", 100))) // 2
                if limit < SMALLEST_PAGE:
                    raise Unreachable(fault.message) from None
                asked["limit"] = limit
                continue
            first = None
            some = items(answer)
            came += len(some)
            yield some
            cursor, sure = following(answer, came)
            mark = str(sorted((cursor or {}).items()))
            if cursor is None or (mark in seen and not sure):
                return
            if not cursor or mark in seen:
                msg = f"{self._service.title}'s list of pages repeats itself"
                raise Malformed(msg)
            seen.add(mark)
            asked.update(cursor)
        msg = f"{self._service.title}'s list goes on beyond {MAX_PAGES} pages"
        raise Malformed(msg)

    def nodes(
        self, ids: Sequence[str], fields: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Any] | PlatformError]]:
        """Each id with its node, or with why it could not be read, in batches of 50.

        Graph refuses a whole batch for one bad id. An id that the refusal names is put aside, else
        the batch is halved; after ``CALLS_PER_BATCH`` requests what is left carries the refusal.
        Where the server does not know ``?ids=``, each is asked for at its own address.
        """
        unique = list(dict.fromkeys(ids))
        for start in range(0, len(unique), IDS_AT_ONCE):
            waiting, calls = [unique[start : start + IDS_AT_ONCE]], 0
            while waiting:
                batch = waiting.pop()
                calls += 1
                try:
                    answer = self.read("", fields, {"ids": ",".join(batch)})
                except (Forbidden, NotFound, Malformed, TooMuch) as fault:
                    named = [
                        one for one in batch if re.search(rf"\b{re.escape(one)}\b", fault.message)
                    ]
                    unserved = len(batch) == 1 or _NO_GRAPH.search(fault.message)
                    if isinstance(fault, NotFound) and not named and unserved:
                        yield from self._singly(batch, fields)
                    elif len(batch) == 1 or calls >= CALLS_PER_BATCH:
                        yield from ((one, _unsure(fault, len(batch))) for one in batch)
                    elif isinstance(fault, NotFound) and 0 < len(named) < len(batch):
                        yield from ((one, fault) for one in named)
                        waiting.append([one for one in batch if one not in named])
                    else:
                        middle = len(batch) // 2
                        waiting += [batch[middle:], batch[:middle]]
                    continue
                if any(one in answer for one in batch):
                    yield from ((one, self._of_batch(answer, one)) for one in batch)
                else:
                    yield from self._singly(batch, fields)

    def _singly(
        self, ids: Sequence[str], fields: Sequence[str]
    ) -> Iterator[tuple[str, dict[str, Any] | PlatformError]]:
        """Nodes by their own addresses, for a server that does not know ``?ids=``."""
        for one in ids:
            try:
                node = self.read(one, fields)
            except (Forbidden, NotFound, Malformed, TooMuch) as fault:
                yield one, fault
            else:
                yield one, self._of_batch({str(node.get("id", one)): node}, one)

    def _of_batch(self, answer: Mapping[str, Any], one: str) -> dict[str, Any] | PlatformError:
        found = answer.get(one)
        if not isinstance(found, dict):
            return NotFound(f"{self._service.title} knows no {redact(one)}")
        if "error" not in found:
            return found
        fault = fault_of(self._service, found["error"], 200, self._headers)
        if isinstance(fault, RateLimited | Unauthorized | Unreachable):
            raise fault
        return fault

    def read(
        self, path: str, fields: Sequence[str], arguments: Mapping[str, object] = _NOTHING
    ) -> dict[str, Any]:
        """One answer with the fields asked for, less those that this version does not know."""
        wanted = self._known.get(tuple(fields), list(fields))
        for _ in range(UNKNOWN_FIELDS):
            try:
                answer = self.node(path, **{**arguments, "fields": ",".join(wanted)})
            except Malformed as fault:
                unknown = _NO_SUCH_FIELD.search(fault.message)
                name = str(unknown[unknown.lastindex or 0]) if unknown else ""
                left = without(wanted, name)
                if not left or left == wanted:
                    raise
                self.unknown.add(name)
                wanted = left
            else:
                self._known[tuple(fields)] = wanted
                return answer
        msg = f"{self._service.title} does not know the fields asked for"
        raise Malformed(msg)

    def _refuse(self, answer: requests.Response, *_: Any, **__: Any) -> None:
        """Raise for every answer that is not a success; the SDK would take some for data.

        Graph writes the token into the links of its answers; here it is taken out of all of them.
        Graph has called JSON text/javascript, which the SDK would refuse.
        """
        self._headers = answer.headers
        clean = answer.content.replace(self._token.encode(), b"[removed]")
        answer._content = clean  # noqa: SLF001 - requests offers no other way to change what came
        if clean.lstrip()[:1] in {b"{", b"["}:
            answer.headers["Content-Type"] = "application/json"
        if answer.status_code < requests.codes.bad_request:
            return
        try:
            body = answer.json()
        except (ValueError, RecursionError):
            body = None
        error = body.get("error") if isinstance(body, dict) else None
        raise fault_of(self._service, error, answer.status_code, answer.headers)


class _Bearer(AuthBase):
    """Puts the token into a header. An ``auth`` of our own also keeps ~/.netrc out of it."""

    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._header
        return request


def _sound(value: Any, depth: int = 0) -> Any:
    """A value of an answer without halves of characters, which JSON can write and no store keeps.

    Raises ``Malformed`` for one nested deeper than ``DEEPEST``.
    """
    if depth > DEEPEST:
        msg = "an answer is nested too deeply"
        raise Malformed(msg)
    if isinstance(value, dict):
        return {_sound(name): _sound(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sound(inner, depth + 1) for inner in value]
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value


def _unsure(fault: PlatformError, among: int) -> PlatformError:
    """The refusal of a batch says nothing certain about each id in it."""
    return fault if among == 1 else Forbidden(fault.message, fault.remedy)
