"""What LinkedIn's error answers mean, in our errors.

Source: https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/error-handling, and
https://learn.microsoft.com/en-us/linkedin/shared/api-guide/concepts/rate-limits
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from httpx import codes

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

_TOKEN = {
    65600: "is not accepted",
    65601: "was revoked by the person who gave it",
    65602: "has expired",
}
_SIGN_IN = (
    "An administrator of the page has to sign in again: a token lasts 60 days. Set the new one."
)
_ALLOW = (
    "Let an administrator of the page make the token, with the permissions listed for LinkedIn."
)
_UPDATE = (
    "Bring socialaudit up to date, or set the credential's VERSION to a month that LinkedIn serves "
    "(such as 202609)."
)


def fault_of(status: int, body: Any, headers: Mapping[str, str] | None = None) -> PlatformError:
    """The error that a status and an answer's body amount to."""
    told = body if isinstance(body, dict) else {}
    words = redact(told.get("message") or f"HTTP status {status}")
    said = f"LinkedIn: {words}"
    if status == codes.UPGRADE_REQUIRED or "VERSION" in str(told.get("code")):
        return Forbidden(f"LinkedIn does not serve the version asked for ({said})", _UPDATE)
    if status == codes.TOO_MANY_REQUESTS:
        return RateLimited(said, retry_after(headers or {}) or _midnight(words))
    if status == codes.UNAUTHORIZED:
        number = told.get("serviceErrorCode")
        state = _TOKEN.get(number if isinstance(number, int) else 0, "is not accepted")
        return Unauthorized(f"The access token {state} ({said})", _SIGN_IN)
    return _refusal(status, said)


def _refusal(status: int, said: str) -> PlatformError:
    if status == codes.FORBIDDEN:
        return Forbidden(said, _ALLOW)
    if status in {codes.NOT_FOUND, codes.GONE}:
        return NotFound(said, "Check the page's name, and that the token is for this page.")
    lasting = codes.is_client_error(status) and status != codes.REQUEST_TIMEOUT
    return Malformed(said) if lasting else Unreachable(said)


def _midnight(words: str) -> datetime | None:
    """When a limit of a day is lifted: at midnight UTC, as LinkedIn's page on rate limits says."""
    if " DAY " not in f" {words} ":
        return None
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
