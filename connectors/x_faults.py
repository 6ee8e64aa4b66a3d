"""What X says is wrong, as our errors.

X answers with a problem object (``type``, ``title``, ``detail``), with a list of them beside or
instead of data, or with old-style numbered errors; sources: the problem types of its OpenAPI
files, and recorded answers.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from connectors.transport import redact
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PaymentRequired,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SKEW = timedelta(minutes=2)
"""Clocks closer than this are taken for equal."""
_CODES: dict[int, type[PlatformError]] = {
    **dict.fromkeys((32, 89, 99, 135, 215), Unauthorized),
    **dict.fromkeys((63, 64, 179, 326), Forbidden),
    **dict.fromkeys((17, 34, 50, 144), NotFound),
    88: RateLimited,
}
_TYPES: dict[str, type[PlatformError]] = {
    "usage-capped": PaymentRequired,
    "resource-not-found": NotFound,
    "not-authorized-for-resource": Forbidden,
    "not-authorized-for-field": Forbidden,
    "field-unauthorized": Forbidden,
    "client-forbidden": Forbidden,
    "disallowed-resource": Forbidden,
    "unsupported-authentication": Forbidden,
    "oauth1-permissions": Forbidden,
    "rate-limit-exceeded": RateLimited,
    "invalid-request": Malformed,
    "internal-error": Unreachable,
    "resource-unavailable": Unreachable,
    "field-hydration-failure": Unreachable,
}
_STATUSES: dict[int, type[PlatformError]] = {
    401: Unauthorized,
    402: PaymentRequired,
    403: Forbidden,
    404: NotFound,
    429: RateLimited,
}
_REMEDIES: dict[type[PlatformError], str] = {
    Unauthorized: "Make a new token in the X developer console and store it with the credentials.",
    Forbidden: "A protected account is read with the token of a follower it has accepted;"
    " otherwise check the app's permissions in the X developer console.",
    NotFound: "Correct the handle in the council file.",
    PaymentRequired: "Buy credits or raise the spending limit in the X developer console.",
}


def fault(
    problem: Mapping[str, Any], secrets: Iterable[str], status: int = 200, headers: Any = None
) -> PlatformError:
    """The error that a problem object stands for; its message holds none of the secrets."""
    kind = _kind(problem, status)
    said = problem.get("detail") or problem.get("message") or problem.get("title")
    message = redact(f"X: {said or f'status {status}'}", secrets)
    if kind is RateLimited:
        return RateLimited(message, _reset(headers or {}))
    return kind(message, _REMEDIES.get(kind, ""))


def worst(body: Any) -> Mapping[str, Any]:
    """The object that says what is wrong: the problem itself, or the first of old-style errors."""
    if not isinstance(body, dict):
        return {}
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    return {**(first if isinstance(first, dict) else {}), **body}


def _kind(problem: Mapping[str, Any], status: int) -> type[PlatformError]:
    tail = str(problem.get("type", "")).rstrip("/").rpartition("/")[2]
    about_money = f"{tail} {problem.get('title')} {problem.get('reason')}".lower()
    if any(word in about_money for word in ("credits", "spendcap", "client-not-enrolled")):
        return PaymentRequired
    code = problem.get("code")
    by_code = _CODES.get(code) if isinstance(code, int) else None
    return _TYPES.get(tail) or by_code or _by_status(status)


def _by_status(status: int) -> type[PlatformError]:
    return _STATUSES.get(status, Unreachable if status >= 500 else Malformed)  # noqa: PLR2004


def _reset(headers: Mapping[str, str]) -> datetime | None:
    """When to come back, by our own clock where the server's differs from it."""
    now = datetime.now(UTC)
    with suppress(KeyError, ValueError, OverflowError, OSError):
        reset = datetime.fromtimestamp(int(headers["x-rate-limit-reset"]), UTC)
        theirs = server_time(headers) or now
        return reset if abs(theirs - now) < SKEW else now + (reset - theirs)
    return None


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """The server's clock as of an answer."""
    with suppress(KeyError, ValueError, TypeError):
        told = parsedate_to_datetime(headers["Date"])
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    return None
