"""What all connectors share: one host, time-outs, size caps, redaction, pseudonyms, times."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from socialaudit.errors import Malformed, RateLimited, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from connectors import Limiter, Usage

TIMEOUT = (5.0, 20.0)
"""Seconds to connect, and between two bytes of an answer."""
MAX_BYTES = 20_000_000
"""No documented answer of any platform comes near; more is refused unread."""
MAX_PAGES = 500
"""Pages of one list; beyond it the list is reported as partly read."""

_IN_URL = re.compile(
    r"(?i)\b(access_token|appsecret_proof|client_secret|refresh_token|api_key|key|token|code)=[^&\s\"'>]+"
)
_BEARER = re.compile(r"(?i)\b(bearer|oauth)\s+[\w.~+/%-]{8,}=*")
_SECRET_KEYS = frozenset(
    {"access_token", "paging", "next", "previous", "nextPageToken", "prevPageToken"}
)


def redact(text: object, secrets: Iterable[str] = ()) -> str:
    """``text`` in one line of at most 300 characters, without tokens: known ones and likely ones."""
    line = " ".join(str(text).split())
    for secret in sorted((s for s in secrets if len(s) > 3), key=len, reverse=True):  # noqa: PLR2004
        line = line.replace(secret, "[removed]")
    line = _BEARER.sub(r"\1 [removed]", _IN_URL.sub(r"\1=[removed]", line))
    return line if len(line) <= 300 else line[:299] + "…"  # noqa: PLR2004


def scrub(payload: Any) -> Any:
    """A platform's answer without tokens, paging links and addresses that carry a token."""
    if isinstance(payload, dict):
        return {k: scrub(v) for k, v in payload.items() if k not in _SECRET_KEYS}
    if isinstance(payload, list):
        return [scrub(v) for v in payload]
    if isinstance(payload, str):
        return _BEARER.sub(r"\1 [removed]", _IN_URL.sub(r"\1=[removed]", payload))
    return payload


def pseudonym(salt: bytes, platform: str, author: object) -> str | None:
    """A stable name for a commenter that tells nothing: 16 hex digits of a keyed digest."""
    if author is None or author == "":
        return None
    return hmac.new(
        salt, f"{platform}:{author}".encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()[:16]


def utc(value: object) -> datetime:
    """A time on the wire (ISO 8601 in any of its spellings, or Unix seconds) as aware UTC.

    Raises ``Malformed``.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError) as fault:
        raise Malformed(f"not a time: {redact(value)}") from fault


def retry_after(headers: Any, now: datetime | None = None) -> datetime | None:
    """When a 429 or 503 says to come back: ``Retry-After`` in seconds, or None."""
    value = headers.get("Retry-After")
    if value is None or not str(value).strip().isdigit():
        return None
    return (now or datetime.now(UTC)) + timedelta(seconds=min(int(value), 86_400))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: plain HTTP is allowed there only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class OneHost(HTTPAdapter):
    """Sends every request of a client library to one base address, once, and counts it.

    Whatever host, scheme or redirect a library or an answer asks for, nothing leaves for any
    other place. Reads at most ``MAX_BYTES`` of an answer.
    """

    def __init__(self, base: str, limiter: Limiter, usage: Usage) -> None:
        super().__init__(max_retries=0)
        self._base = base.rstrip("/")
        self._limiter = limiter
        self._usage = usage

    def send(  # type: ignore[override]  # requests' own signature is looser than its stubs
        self, request: requests.PreparedRequest, **options: Any
    ) -> requests.Response:
        """Send to the base address; raise ``Unreachable`` for network faults and redirects."""
        self._limiter.acquire()
        self._usage.requests += 1
        asked = urlsplit(str(request.url))
        request.url = self._base + asked.path + (f"?{asked.query}" if asked.query else "")
        options.update(timeout=TIMEOUT, stream=True)
        try:
            answer = super().send(request, **options)
            body = answer.raw.read(MAX_BYTES + 1, decode_content=True)
        except requests.exceptions.RequestException as fault:
            raise Unreachable(_network_fault(self._base, fault)) from None
        except Exception as fault:  # urllib3's own: a cut connection shows as ProtocolError
            if type(fault).__module__.startswith("urllib3"):
                raise Unreachable(_network_fault(self._base, fault)) from None
            raise
        if len(body) > MAX_BYTES:
            answer.close()
            msg = f"{urlsplit(self._base).hostname} sent more than {MAX_BYTES // 1_000_000} MB"
            raise Malformed(msg)
        answer._content = body  # noqa: SLF001 - requests offers no other way to cap what it reads
        answer._content_consumed = True  # type: ignore[attr-defined]  # noqa: SLF001
        answer.close()
        if answer.is_redirect:
            msg = (
                f"{urlsplit(self._base).hostname} answered with a redirect, which we do not follow"
            )
            raise Unreachable(msg)
        return answer


def _network_fault(base: str, fault: Exception) -> str:
    words = {"ConnectTimeout": "did not answer in time", "ReadTimeout": "stopped answering"}
    return f"{urlsplit(base).hostname} {words.get(type(fault).__name__, 'could not be reached')}"


class Unlimited:
    """A limiter that never waits, for tests and single reads."""

    def acquire(self, cost: int = 1) -> None:
        """Return at once."""


class Ceiling:
    """A limiter that allows a fixed number of units, then raises ``RateLimited``."""

    def __init__(self, units: int) -> None:
        self._left = units

    def acquire(self, cost: int = 1) -> None:
        """Spend ``cost`` units."""
        if cost > self._left:
            msg = "the budget for this account and run is used up"
            raise RateLimited(msg)
        self._left -= cost
