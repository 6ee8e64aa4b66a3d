"""LinkedIn's REST API (Rest.li 2.0) over httpx: one host, one attempt, our errors, our own pager.

URNs are percent-encoded, lists written ``List(a,b)`` with bare brackets, as
https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/protocol-version asks.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import httpx

from connectors import transport
from connectors.linkedin_errors import fault_of
from connectors.linkedin_values import list_of
from connectors.transport import MAX_BYTES, MAX_PAGES, redact
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

HOST = "https://api.linkedin.com"
VERSION = "202609"
"""The month of the API that we ask for. LinkedIn serves each for at least a year."""
PAGE = 100
IDS_AT_ONCE = 50
"""Records asked for by id at once: the address stays below 4,000 characters."""
MAX_SECONDS = 60.0
DEEPEST = 60
REFUSED = (Forbidden, NotFound, Malformed)
"""Faults that cost one fact; every other ends the reading."""

_PLACE = frozenset({"start", "count", "pageToken"})


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of records asked for by id: those found, and why the others were not."""

    found: Mapping[str, dict[str, Any]]
    missing: Mapping[str, PlatformError]


class RestLi:
    """Reads resources, one at a time, by finder or by ids; every method may raise PlatformError."""

    def __init__(self, access: Access, usage: Usage) -> None:
        self._base = (access.base_url or HOST).rstrip("/")
        self._token = access.secrets["token"]
        self._limiter = access.limiter
        self._usage = usage
        self._client = httpx.Client(trust_env=False, follow_redirects=False)
        self._headers = {
            "Authorization": f"Bearer {self._token}",
            "LinkedIn-Version": access.secrets.get("version") or VERSION,
            "X-Restli-Protocol-Version": "2.0.0",
            "Accept": "application/json",
        }

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def read(self, path: str, query: Mapping[str, object] | None = None, ids: str = "") -> Any:
        """One answer, an object. ``ids`` is a list already written as Rest.li has it."""
        parts = [f"{name}={quote(str(value), safe='')}" for name, value in (query or {}).items()]
        asked = "&".join([*parts, *([f"ids={ids}"] if ids else [])])
        headers = dict(self._headers)
        if ids or "q" in (query or {}):
            headers["X-RestLi-Method"] = "BATCH_GET" if ids else "FINDER"
        answer, content = self._send(f"{self._base}/rest/{path}?{asked}".rstrip("?"), headers)
        try:
            body = json.loads(content)
        except (ValueError, RecursionError):
            body = None
        if not answer.is_success:
            raise fault_of(answer.status_code, body, answer.headers)
        if body is None:
            raise Unreachable("LinkedIn sent a page where data was expected")
        if not isinstance(body, dict):
            raise Malformed("LinkedIn sent something else where an object was expected")
        return _sound(body)

    def pages(self, path: str, query: Mapping[str, object]) -> Iterator[list[Any]]:
        """Every page of a list. The host in a link is never used.

        Raises ``Malformed`` when pages repeat or do not end.
        """
        asked: dict[str, object] = {**query, "start": 0, "count": PAGE}
        seen = {_mark(asked)}
        for _ in range(MAX_PAGES):
            answer = self.read(path, asked)
            some = answer.get("elements")
            if not isinstance(some, list):
                raise Malformed("LinkedIn sent something else where a list was expected")
            yield some
            place = _following(answer, int(str(asked["start"])), len(some))
            if place is None:
                return
            asked |= place
            if _mark(asked) in seen:
                raise Malformed("LinkedIn's list of pages repeats itself")
            seen.add(_mark(asked))
        raise Malformed(f"LinkedIn's list goes on beyond {MAX_PAGES} pages")

    def batch(self, path: str, ids: Sequence[str]) -> Iterator[Batch]:
        """Records by id, at most ``IDS_AT_ONCE`` in an answer. One that is left out is not there."""
        unique = list(dict.fromkeys(ids))
        for first in range(0, len(unique), IDS_AT_ONCE):
            some = unique[first : first + IDS_AT_ONCE]
            written = ",".join(quote(one, safe="") for one in some)
            answer = self.read(path, ids=f"List({written})")
            results, errors = (_by_id(answer.get(name)) for name in ("results", "errors"))
            found = {one: results[one] for one in some if isinstance(results.get(one), dict)}
            yield Batch(
                found, {one: _missing(one, errors.get(one)) for one in some if one not in found}
            )

    def _send(self, address: str, headers: Mapping[str, str]) -> tuple[httpx.Response, bytes]:
        self._limiter.acquire()
        self._usage.requests += 1
        self._usage.amount += 1
        connect, read = transport.TIMEOUT
        timeout = httpx.Timeout(read, connect=connect)
        content, end = bytearray(), time.monotonic() + MAX_SECONDS
        try:
            with self._client.stream("GET", address, headers=headers, timeout=timeout) as answer:
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > MAX_BYTES:
                        raise Malformed(f"LinkedIn sent more than {MAX_BYTES // 1_000_000} MB")
                    if time.monotonic() > end:
                        raise Unreachable("LinkedIn did not answer in time")
        except httpx.TimeoutException:
            raise Unreachable("LinkedIn did not answer in time") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Unreachable("LinkedIn could not be reached") from None
        return answer, bytes(content).replace(self._token.encode(), b"[removed]")


def _missing(one: str, error: Any) -> PlatformError:
    """Why a batch holds no record of an id. A 5xx says nothing about the record, and ends it all."""
    if not isinstance(error, dict) or "status" not in error:
        return NotFound(f"LinkedIn knows no {redact(one)}")
    fault = fault_of(error["status"] if isinstance(error["status"], int) else 500, error)
    if isinstance(fault, RateLimited | Unauthorized | Unreachable):
        raise fault
    return fault


def _following(answer: Mapping[str, Any], start: int, came: int) -> dict[str, object] | None:
    """Where the next page starts; None at the end.

    LinkedIn links to it, or states a total; where neither is told, a page that is not full is the last.
    """
    paging = answer.get("paging")
    told = paging if isinstance(paging, dict) else {}
    links = [one for one in list_of(told.get("links")) if isinstance(one, dict)]
    for link in links:
        if link.get("rel") == "next":
            return _place(str(link.get("href")))
    total = told.get("total")
    if isinstance(total, int) and not isinstance(total, bool) and total > 0:
        more = start + came < total and came > 0
    else:
        more = came >= PAGE and "links" not in told
    return {"start": start + came} if more else None


def _place(link: str) -> dict[str, object]:
    try:
        told = dict(parse_qsl(urlsplit(link).query))
    except ValueError:
        told = {}
    place: dict[str, object] = {name: value for name, value in told.items() if name in _PLACE}
    if not str(place.get("start", "0")).isdigit():
        raise Malformed("LinkedIn's link to the next page could not be understood")
    return place


def _mark(asked: Mapping[str, object]) -> tuple[str, str]:
    return str(asked.get("start")), str(asked.get("pageToken"))


def _by_id(told: Any) -> dict[str, Any]:
    """The records of a batch by URN; some answers write the URNs as in an address."""
    return (
        {unquote(str(one)): value for one, value in told.items()} if isinstance(told, dict) else {}
    )


def _sound(value: Any, depth: int = 0) -> Any:
    """A value without halves of characters, which JSON can write and no store keeps."""
    if depth > DEEPEST:
        raise Malformed("LinkedIn's answer is nested too deeply")
    if isinstance(value, dict):
        return {_sound(name): _sound(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_sound(inner, depth + 1) for inner in value]
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "replace").decode()
    return value
