"""What Graph's error answers mean, in our errors.

Graph tells by a code in the body: throttling comes with status 400. Codes and what to do about
them: https://developers.facebook.com/docs/graph-api/guides/error-handling
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from requests import codes

from connectors.transport import redact, retry_after
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
    from collections.abc import Mapping

_THROTTLED = frozenset({4, 17, 32, 341, 613, *range(80_000, 80_015)})
_DEAD_TOKEN = frozenset({102, 104, 190})
_FORBIDDEN = frozenset({3, 10, 368, *range(200, 300)})
_GONE = frozenset({21, 803})
_ABSENT = ("does not exist", "do not exist", "Unknown path components")
_PERMISSION = re.compile(
    r"\b(?:pages_\w+|page_public_\w+|business_management"
    r"|instagram_(?:business_)?(?:basic|manage_\w+))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Service:
    """A platform that is read through the Graph API, in the words for what goes wrong.

    ``token`` is the sort of token that it takes, ``handle`` what names an account, ``manager`` who
    may make the token.
    """

    title: str
    host: str
    token: str
    handle: str
    manager: str


class TooMuch(Unreachable):
    """Graph asks for a smaller page; raised to callers as what it is, ``Unreachable``."""


def fault_of(
    service: Service, error: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> PlatformError:
    """The error that an answer's ``error`` object and status amount to."""
    told = error if isinstance(error, dict) else {}
    code = _number(told.get("code"))
    words = redact(told.get("message") or f"HTTP status {status}")
    said = f"{service.title}: {words}"
    if code in _THROTTLED or status == codes.too_many_requests:
        return RateLimited(said, _regain(headers or {}))
    no_token = code in {None, 2500} and "access token" in words.lower()  # 2500 is also a bad path
    if code in _DEAD_TOKEN or status == codes.unauthorized or no_token:
        expired = _number(told.get("error_subcode")) == 463  # noqa: PLR2004 - Graph's subcode
        state = "has expired" if expired else "is not accepted"
        return Unauthorized(
            f"The {service.token} {state} ({said})",
            f"Ask for a new {service.token} and put it in place of the old one.",
        )
    if "reduce the amount of data" in words.lower():
        return TooMuch(said)
    if code in {1, 2} or told.get("is_transient") or status >= codes.server_error:
        return Unreachable(said)
    return _refusal(service, code, status, words)


def _refusal(service: Service, code: int | None, status: int, words: str) -> PlatformError:
    """A lasting no: a permission, an id or a request that Graph does not know."""
    said = f"{service.title}: {words}"
    permission = _PERMISSION.search(words)
    if code in _FORBIDDEN or status == codes.forbidden or permission:
        return Forbidden(said, _allow(service, permission))
    absent = any(one in words for one in _ABSENT)
    if code in _GONE or absent or (code is None and status == codes.not_found):
        return NotFound(said, f"Check the {service.handle}, and the token's rights.")
    return Malformed(said)


def _number(value: Any) -> int | None:
    return int(value) if str(value).lstrip("-").isdigit() else None


def _allow(service: Service, permission: re.Match[str] | None) -> str:
    name = permission[0] if permission else f"permissions listed for {service.title}"
    return f"Give the token the {name}, by {service.manager}."


def _regain(headers: Mapping[str, str]) -> datetime | None:
    """When the usage header says that calls are answered again (minutes from now)."""
    try:
        usage = json.loads(headers.get("X-Business-Use-Case-Usage") or "{}")
        waits = [
            int(entry.get("estimated_time_to_regain_access") or 0)
            for entries in usage.values()
            for entry in entries
        ]
    except (ValueError, TypeError, AttributeError):
        waits = []
    minutes = min(max(waits, default=0), 1_440)
    return datetime.now(UTC) + timedelta(minutes=minutes) if minutes > 0 else retry_after(headers)
