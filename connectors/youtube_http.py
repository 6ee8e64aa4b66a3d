"""How YouTube is reached and what its refusals mean: signing, units, errors.

Google's client library builds the requests and reads the answers; in place of httplib2 it sends
through ``Http``, which is the transport that all connectors share. So there is one host, one
attempt, one time-out and one size cap, no key is ever in an address, and every refusal becomes one
of our errors before the library sees it. Costs: the quota table of the YouTube Data API (June 2026);
reasons: https://developers.google.com/youtube/v3/docs/errors.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import google_auth_httplib2
import httplib2
import requests
from google.auth.exceptions import GoogleAuthError
from google.oauth2.credentials import Credentials

from connectors.transport import OneHost, redact, retry_after
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
    from collections.abc import Iterable, Iterator, Mapping

    from connectors import Access, Limiter, Usage

API = "https://youtube.googleapis.com"
TOKENS = "https://oauth2.googleapis.com"
UNITS = {"captions": 50, "token": 0}
"""What a request costs, by the last part of its path; anything else costs 1."""

_SPENT = {"quotaexceeded", "dailylimitexceeded", "dailylimitexceededunreg"}
_HASTY = {"ratelimitexceeded", "userratelimitexceeded", "rate_limit_exceeded", "resource_exhausted"}
_DEAD = {"autherror", "unauthenticated", "invalid_grant", "invalid_client", "unauthorized_client"}
_UNUSABLE = {
    "keyinvalid",
    "keyexpired",
    "api_key_invalid",
    "accessnotconfigured",
    "service_disabled",
    "iprefererblocked",
    "api_key_service_blocked",
    "api_key_ip_address_blocked",
    "api_key_http_referrer_blocked",
}
_SIGN_IN = "Sign in to the channel again and store the new refresh token."
_SHORTEST = 8
"""Characters of the shortest secret that is looked for in answers."""
_PACIFIC = ZoneInfo("America/Los_Angeles")
_MULTIPLE, _BAD, _UNKNOWN, _MISSING, _HASTE, _BROKEN = 300, 400, 401, 404, 429, 500


class CommentsDisabled(Forbidden):
    """Comments are turned off: there are none to read, and that is not a fault."""


class Http:
    """What Google's client library sends through: signs, counts units, raises our errors.

    ``owner`` tells whether requests are signed for the channel's owner (OAuth), or only carry a
    key for what is public. Raises ``Unauthorized`` when built without either.
    """

    def __init__(self, access: Access, usage: Usage) -> None:
        secrets = access.secrets
        self._secrets = [v for k, v in secrets.items() if k != "client_id"]
        if not all(secret.isascii() and secret.isprintable() for secret in secrets.values()):
            raise Unauthorized("the credentials for YouTube hold characters that no token has")
        self._tokens = f"{TOKENS}/token"  # on the base address where there is one, as all else
        self._credentials = _credentials(secrets, self._tokens)
        self._key = "" if self._credentials else secrets.get("key") or secrets.get("token") or ""
        if not self._credentials and not self._key:
            msg = "no credentials for YouTube"
            raise Unauthorized(msg, "Set the credential's KEY, or its OAuth fields.")
        self._meter = _Meter(access.limiter, usage)
        self._session = requests.Session()
        self._session.trust_env = access.base_url is None  # no proxy before a server of one's own
        for prefix in ("https://", "http://"):
            self._session.mount(prefix, OneHost(access.base_url or API, self._meter, usage))
        if access.base_url is None:
            self._session.mount(TOKENS, OneHost(TOKENS, self._meter, usage))

    @property
    def owner(self) -> bool:
        """Whether requests are signed for the channel's owner."""
        return self._credentials is not None

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """Send once; the answer is a JSON object in well-formed UTF-8 without our secrets.

        Raises what ``refusal`` names, and ``Unreachable`` or ``Malformed`` for anything else.
        """
        signed = dict(headers or {}) if uri == self._tokens else self._signed(uri, headers or {})
        self._meter.cost = UNITS.get(urlsplit(uri).path.rpartition("/")[2], 1)
        try:
            answer = self._session.request(
                method, uri, data=body, headers=signed, allow_redirects=False
            )
        except requests.exceptions.RequestException as fault:
            msg = f"YouTube could not be reached: {type(fault).__name__}"
            raise Unreachable(msg) from None
        text = json.dumps(self._document(answer), ensure_ascii=False)
        if uri != self._tokens:
            for secret in self._known_secrets():
                text = text.replace(secret, "[removed]")
        return httplib2.Response({"status": "200"}), text.encode("utf-8", "replace")

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _signed(self, uri: str, headers: Mapping[str, str]) -> dict[str, str]:
        signed = dict(headers)
        if self._credentials is None:
            signed["X-Goog-Api-Key"] = self._key
        else:
            try:
                sender = google_auth_httplib2.Request(self)
                self._credentials.before_request(sender, "GET", uri, signed)  # type: ignore[no-untyped-call]  # google-auth has no types
            except (GoogleAuthError, ArithmeticError, TypeError, ValueError):
                msg = "YouTube's sign-in gave no usable token"
                raise Unauthorized(msg, _SIGN_IN) from None
        return signed

    def _known_secrets(self) -> list[str]:
        token = self._credentials.token if self._credentials else None
        return [s for s in (*self._secrets, token) if s and len(s) >= _SHORTEST]

    def _document(self, answer: requests.Response) -> dict[str, Any]:
        try:
            document = json.loads(answer.content)
        except (ValueError, RecursionError):
            document = None
        bad = answer.status_code >= _MULTIPLE
        if bad or (isinstance(document, dict) and "error" in document):
            raise refusal(answer.status_code, document, answer.headers, self._known_secrets())
        if document is None:
            msg = "YouTube sent a page where data was expected"
            raise Unreachable(msg)
        if not isinstance(document, dict):
            msg = "YouTube sent something other than the documented answer"
            raise Malformed(msg)
        return document


class _Meter:
    """Hands the limiter the units of the request in flight, and counts them once they are spent."""

    def __init__(self, limiter: Limiter, usage: Usage) -> None:
        self.cost = 1
        self._limiter = limiter
        self._usage = usage

    def acquire(self, cost: int = 1) -> None:
        """Spend the units of the request in flight, whatever the transport asks for."""
        self._limiter.acquire(max(self.cost, cost))
        self._usage.amount += self.cost


def refusal(
    status: int, document: Any, headers: Mapping[str, str], secrets: Iterable[str] = ()
) -> PlatformError:
    """The error that an answer stands for, by its reason first and its status second.

    ``document`` is the body as JSON, or None; a list, which some Google front ends send, counts by
    its first element.
    """
    error = _error(document)
    reasons = {reason.lower() for reason in _reasons(error)}
    message = redact(_message(error) or f"HTTP {status}", secrets)
    if reasons & _SPENT or _per_day(error):
        return RateLimited(
            f"YouTube's daily quota is used up ({message})",
            _midnight_pacific(datetime.now(UTC)),
            "Wait until midnight Pacific time, or ask Google for more units.",
        )
    if reasons & _HASTY or status == _HASTE:
        return RateLimited(f"YouTube asks to slow down ({message})", retry_after(headers))
    if reasons & _UNUSABLE or "api key not valid" in message.lower():
        remedy = "Check the API key and that YouTube Data API v3 is enabled for its project."
        return Unauthorized(f"YouTube refuses the API key ({message})", remedy)
    if reasons & _DEAD or status == _UNKNOWN:
        return Unauthorized(f"YouTube refuses the sign-in ({message})", _SIGN_IN)
    return _by_status(_status(error, status), reasons, message)


def _by_status(status: int, reasons: set[str], message: str) -> PlatformError:
    if status >= _BROKEN or status < _BAD:
        return Unreachable(f"YouTube gave no usable answer ({message})")
    if "commentsdisabled" in reasons:
        return CommentsDisabled(f"comments are turned off ({message})")
    if status == _MISSING:
        return NotFound(f"YouTube does not know it ({message})")
    if status == _BAD:
        return Malformed(f"YouTube did not accept the request ({message})")
    remedy = "Sign in as the channel's owner with the permission youtube.force-ssl."
    return Forbidden(f"YouTube does not permit it ({message})", remedy)


def _credentials(secrets: Mapping[str, str], tokens: str) -> Credentials | None:
    fields = {name: secrets.get(name) for name in ("client_id", "client_secret", "refresh_token")}
    if all(fields.values()):
        return Credentials(None, token_uri=tokens, **fields)  # type: ignore[no-untyped-call]  # google-auth has no types
    token = secrets.get("token")
    if token and not token.startswith("AIza"):  # how every API key of Google begins
        return Credentials(token)  # type: ignore[no-untyped-call]  # google-auth has no types
    return None


def _error(document: Any) -> dict[str, Any]:
    if isinstance(document, list):
        document = document[0] if document else None
    if not isinstance(document, dict):
        return {}
    error = document.get("error")
    if isinstance(error, str):  # the token endpoint's shape (RFC 6749)
        return {"status": error, "message": document.get("error_description") or error}
    return error if isinstance(error, dict) else {}


def _parts(error: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in ("errors", "details"):
        parts = error.get(name)
        yield from (p for p in (parts if isinstance(parts, list) else ()) if isinstance(p, dict))


def _reasons(error: dict[str, Any]) -> Iterator[str]:
    for value in (error.get("status"), *(part.get("reason") for part in _parts(error))):
        if isinstance(value, str):
            yield value


def _message(error: dict[str, Any]) -> str:
    message = error.get("message")
    words = message if isinstance(message, str) else next(_reasons(error), "")
    return re.sub(r"</?[a-z][^<>]*>", "", words)  # Google marks up the words of its refusals


def _per_day(error: dict[str, Any]) -> bool:
    limits = (part.get("metadata") for part in _parts(error))
    return any(isinstance(m, dict) and "PerDay" in str(m.get("quota_limit")) for m in limits)


def _status(error: dict[str, Any], status: int) -> int:
    code = error.get("code")
    told_late = status < _MULTIPLE and isinstance(code, int) and code >= _BAD
    return code if told_late and isinstance(code, int) else status


def _midnight_pacific(now: datetime) -> datetime:
    tomorrow = now.astimezone(_PACIFIC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), _PACIFIC).astimezone(UTC)
