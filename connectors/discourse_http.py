"""Asking a Discourse board: addresses, keys, and what its errors mean."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from connectors.safe_fetch import Fetcher, judge
from connectors.transport import retry_after
from socialaudit.errors import Forbidden, Malformed, RateLimited, Unauthorized, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from connectors import Access, Usage
    from connectors.safe_fetch import Answer

MAX_WAIT = 86_400
_TOO_MANY = 429
_REFUSED = frozenset({401, 403})
_CONNECT = "Make a new key in the board's admin pages (API keys), and connect the account again."


class Board:
    """One board. Every answer is an object, or an error of ``socialaudit.errors``."""

    def __init__(self, base: str, access: Access, usage: Usage) -> None:
        self.base = base.rstrip("/")
        self.has_key = bool(access.secrets.get("key"))
        headers = {"Accept": "application/json"}
        if self.has_key:
            headers["Api-Key"] = access.secrets["key"]
            headers["Api-Username"] = access.secrets.get("user") or "system"
        self._fetcher = Fetcher(self.base, access.limiter, usage, headers)

    def get(self, *parts: object, query: Sequence[tuple[str, object]] = ()) -> dict[str, Any]:
        """The page at ``parts`` of a path, as JSON."""
        path = "/".join(quote(str(part), safe="") for part in parts)
        asked = f"?{urlencode(query)}" if query else ""
        answer = self._fetcher.ask(f"{self.base}/{path}.json{asked}")
        self._judge(answer)
        judge(answer)
        document = answer.document
        if document.content.lstrip()[:1] == b"<":
            raise Unreachable("the board answered with a page where data was expected")
        try:
            told = json.loads(document.content)
        except (ValueError, RecursionError):
            raise Malformed("the board's answer cannot be understood") from None
        if not isinstance(told, dict):
            raise Malformed("the board's answer is not what Discourse documents")
        return told

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _judge(self, answer: Answer) -> None:
        """Raise what an error means that Discourse explains in its body."""
        status, told = answer.status, _object(answer.document.content)
        said = " ".join(str(e) for e in told.get("errors") or [] if isinstance(e, str))
        if status == _TOO_MANY:
            raise RateLimited("the board asks to wait", _until(told, answer.headers))
        if status not in _REFUSED:
            return
        if "API username or key" in said or "invalid_api_key" in str(told.get("error_type")):
            raise Unauthorized("the board does not know this key or its user", _CONNECT)
        if told.get("error_type") == "not_logged_in":
            if self.has_key:
                raise Unauthorized("the board does not take this key", _CONNECT)
            raise Forbidden(
                "the board shows this only to who is signed in", "Connect the account with a key."
            )


def _object(content: bytes) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        told = json.loads(content[:100_000])
        return told if isinstance(told, dict) else {}
    return {}


def _until(told: Mapping[str, Any], headers: Mapping[str, str]) -> datetime | None:
    """When to come back: ``extras.wait_seconds``, or the header."""
    extras = told.get("extras")
    seconds = extras.get("wait_seconds") if isinstance(extras, dict) else None
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds >= 0:
        return datetime.now(UTC) + timedelta(seconds=min(seconds, MAX_WAIT))
    return retry_after(headers)
