"""What the refusals of an AT Protocol server mean.

Names of errors: the lexicons, and https://atproto.com/specs/xrpc. Limits:
https://docs.bsky.app/docs/advanced-guides/rate-limits.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Iterable, Mapping


class NotServed(Forbidden):
    """The server does not offer this at all: another kind of server, or another version."""


class Redirected(Unreachable):
    """The server points to another place, where we do not go."""


_NAMED: dict[str, type[PlatformError]] = {
    **dict.fromkeys(
        (
            "AuthenticationRequired",
            "AuthMissing",
            "AuthFactorTokenRequired",
            "BadJwt",
            "ExpiredToken",
            "InvalidToken",
        ),
        Unauthorized,
    ),
    **dict.fromkeys(
        (
            "AccountDeactivated",
            "AccountTakedown",
            "ActorNotFound",
            "BlobNotFound",
            "NotFound",
            "RecordNotFound",
            "RepoDeactivated",
            "RepoNotFound",
            "RepoSuspended",
            "RepoTakendown",
        ),
        NotFound,
    ),
    **dict.fromkeys(("MethodNotImplemented", "XRPCNotSupported"), NotServed),
    **dict.fromkeys(("BlockedActor", "BlockedByActor"), Forbidden),
}
_BY_STATUS: dict[int, type[PlatformError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    410: NotFound,
    501: NotServed,
}
_ABSENT = ("not found", "valid did or a handle", "invalid at identifier")
_HASTE, _BROKEN = 429, 500
_REMEDIES: dict[tuple[type[PlatformError], bool], str] = {
    (Unauthorized, True): "Make a new app password in Bluesky and store it.",
    (Unauthorized, False): "Give an app password, or the address of an AppView as base_url.",
}


def refusal(answer: Any, hidden: Iterable[str], *, signed_in: bool) -> PlatformError:
    """Our error for a refused request: ``answer`` is the library's, or ``None`` where none came."""
    if answer is None:
        return Unreachable("Bluesky could not be reached")
    name, words = _told(answer.content)
    if answer.status_code == _HASTE or name == "RateLimitExceeded":
        return RateLimited("Bluesky asks us to wait", _wait(answer.headers))
    said = redact(f"Bluesky answered {answer.status_code}: {words or name}".rstrip(": "), hidden)
    kind = _kind(answer.status_code, name, words)
    return kind(said, _REMEDIES.get((kind, signed_in), ""))


def _kind(status: int, name: str, words: str) -> type[PlatformError]:
    if name in _NAMED or status in _BY_STATUS:
        return _NAMED.get(name) or _BY_STATUS[status]
    if status >= _BROKEN:
        return Unreachable
    # an AppView says InvalidRequest of most things that are not there, and which in words
    return NotFound if any(said in words.lower() for said in _ABSENT) else Malformed


def _told(content: Any) -> tuple[str, str]:
    """The name of an error, and its words."""
    if isinstance(content, dict):
        name, words = content.get("error"), content.get("message")
    else:
        name, words = getattr(content, "error", ""), getattr(content, "message", "")
    return str(name or ""), str(words or "")


def _wait(headers: Mapping[str, str]) -> datetime | None:
    """When a limit ends, by the server's own clock."""
    now = datetime.now(UTC)
    reset = str(headers.get("ratelimit-reset") or "")
    if not reset.isdigit():
        return retry_after({"Retry-After": headers.get("retry-after")}, now)
    try:
        there = parsedate_to_datetime(str(headers.get("date"))).timestamp()
    except (ValueError, TypeError):
        there = now.timestamp()
    return now + timedelta(seconds=min(max(int(reset) - there, 1.0), 86_400.0))
