"""What the faults of a wiki mean. Most come inside an answer whose status is 200.

Codes: https://www.mediawiki.org/wiki/API:Errors_and_warnings, https://www.mediawiki.org/wiki/API:Login
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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
    from collections.abc import Mapping, Sequence

_LOG_IN = "Give the account a bot password (docs/platforms.md), or let everyone read the wiki."
_AGAIN = "Make a new bot password on the wiki and put it in place of the old one."
_LIMITED = frozenset({"ratelimited", "maxlag", "actionthrottledtext", "actionthrottled"})
_DENIED = frozenset(
    {"readapidenied", "permissiondenied", "blocked", "autoblocked", "globalblocking", "apidisabled"}
)
_LOGIN = frozenset(
    {
        "assertuserfailed",
        "assertbotfailed",
        "assertnameduserfailed",
        "mustbeloggedin",
        "notloggedin",
        "badtoken",
    }
)
_MISSING = frozenset(
    {"missingtitle", "nosuchpageid", "nosuchrevid", "nosuchuser", "invalidtitle", "pagedeleted"}
)
_PASSING = (
    "internal_api_error",
    "readonly",
    "unknownerror",
    "dberror",
    "servererror",
    "toomanyrequests",
)
_STATUS: dict[int, type[PlatformError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: NotFound,
    410: NotFound,
}
_TOO_MANY, _UNAVAILABLE, _SERVER = 429, 503, 500


class NotHere(Exception):
    """What answered is no API: a web page, or a redirect."""


def of_api(fault: Any, host: str, secrets: Sequence[str]) -> PlatformError:
    """An ``error`` inside an answer, by its ``code``."""
    code = str(fault.code or "")
    message = redact(f"{host}: {fault.info} ({code})" if code else f"{host}: {fault.info}", secrets)
    if code in _LIMITED:
        return RateLimited(message)
    if code in _LOGIN:
        return Unauthorized(message, _AGAIN)
    if code in _DENIED or code.startswith("badaccess"):
        return Forbidden(message, _LOG_IN)
    if code in _MISSING:
        return NotFound(message)
    if code.startswith(_PASSING):
        return Unreachable(message)
    return Malformed(message)


def of_login(told: Any, host: str, secrets: Sequence[str]) -> PlatformError:
    """A login that did not succeed, by its ``result``."""
    found = told if isinstance(told, dict) else {}
    if found.get("result") == "Throttled":
        wait = str(found.get("wait", ""))
        known = (
            datetime.now(UTC) + timedelta(seconds=min(int(wait), 86_400))
            if wait.isdigit()
            else None
        )
        return RateLimited(f"{host} asks us to wait before we log in again", known)
    why = found.get("reason") or found.get("result") or "no reason given"
    if isinstance(why, dict):
        why = why.get("text") or why.get("*") or why.get("code") or "no reason given"
    return Unauthorized(redact(f"{host} refused the user or password: {why}", secrets), _AGAIN)


def of_status(
    status: int, headers: Mapping[str, str], host: str, *, lagging: bool
) -> PlatformError:
    """An answer whose status is not 200. ``lagging``: its databases are behind, so it wants a pause."""
    message = f"{host} answered with status {status}"
    told = retry_after(headers)
    if status == _TOO_MANY or lagging or (status == _UNAVAILABLE and told):
        return RateLimited(message, told)
    if status >= _SERVER:
        return Unreachable(message)
    return _STATUS.get(status, Unreachable)(message, "Check the address in the council file.")
