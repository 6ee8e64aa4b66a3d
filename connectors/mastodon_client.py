"""The Mastodon client: Mastodon.py with one attempt, its host alone, and only our errors.

Mastodon.py builds the requests. What it makes of an answer is not used: it turns what it does not
expect into ``None``, where we tell unknown from empty. So the answer is kept as it came.
"""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import requests
from mastodon import Mastodon, MastodonError
from requests.utils import get_environ_proxies

from connectors import transport
from connectors.safe_fetch import refuse_private
from connectors.transport import OneHost, is_loopback, redact, retry_after, utc
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
    from collections.abc import Callable, Mapping

    from connectors import Access, Usage

AGENT = "socialaudit"
SKEW = timedelta(minutes=2)
"""Clocks closer than this are taken for equal."""
CLOSED = "The server shows nothing without a token."
CONNECT = (
    "In Mastodon, choose Preferences, Development, New application, tick only the read scopes"
    " and store its access token as TOKEN."
)
_REMEDIES: dict[type[PlatformError], str] = {
    Unauthorized: CONNECT,
    Forbidden: "Check the scopes of the token; without one, ask who runs the server.",
    NotFound: "Correct the handle in the council file: @name@server. If the server has another"
    " address than the handle, give it as base_url.",
}
_STATUSES: dict[int, type[PlatformError]] = {
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: NotFound,
    410: NotFound,
    451: Forbidden,
    501: NotFound,
}
_OF_OURS = frozenset({"link", "deprecation", "mastodon-async-refresh", "x-ratelimit-reset"})
"""Headers that we read; Mastodon.py fails on odd ones."""
_HOST = re.compile(r"[\w.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_NAME = re.compile(r"(?!\.+$)[\w.~-]{1,200}")
_BEFORE_A_NAME = frozenset({"users", "profile", "u", "accounts"})
"""Parts of a profile's address after which the name stands, or on some servers the account's id."""
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ID = re.compile(r"[^\s/?#]{1,200}")


@dataclass(frozen=True, slots=True)
class Whose:
    """An account as a council file names it: the address of its server, and its name there."""

    server: str
    name: str

    @property
    def host(self) -> str:
        """The server's host, as links have it."""
        return urlsplit(self.server).hostname or ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the JSON, and the headers by lower-case name."""

    body: Any
    headers: Mapping[str, str]

    @property
    def items(self) -> list[Any]:
        """The list that was asked for. Raises ``Malformed`` for anything else."""
        if not isinstance(self.body, list):
            raise Malformed("the server sent data of another shape than a list")
        return self.body

    @property
    def item(self) -> dict[str, Any]:
        """The object that was asked for. Raises ``Malformed`` for anything else."""
        if not isinstance(self.body, dict):
            raise Malformed("the server sent data of another shape than an object")
        return self.body

    @property
    def is_last(self) -> bool:
        """Whether the server says that no page follows; one that says nothing may have more."""
        link = self.headers.get("link", "")
        return bool(link) and not re.search(r"""rel\s*=\s*["']?next\b""", link)


def whose(access: Access) -> Whose:
    """The account that a handle names: ``@name@server``, an address of a profile, a name, an id.

    A name alone needs ``base_url``. Raises ``NotFound``.
    """
    written = unicodedata.normalize("NFKC", _UNSEEN.sub("", access.handle)).strip().rstrip("/")
    written = re.sub(r"^(?:acct|mailto):|\s+(?=@)", "", written)
    name, host = _split(written) if "/" in written else (written, "")
    name, _, home = name.removeprefix("@").partition("@")
    host = home or host.rpartition("@")[2]
    if not _NAME.fullmatch(name) or (host and not _HOST.fullmatch(host)):
        raise NotFound(f"not an account of Mastodon: {redact(written)}", _REMEDIES[NotFound])
    if access.base_url is None and not host:
        raise NotFound(f"{redact(written)} does not name its server", _REMEDIES[NotFound])
    scheme = "http" if is_loopback(urlsplit(f"//{host}").hostname or "") else "https"
    return Whose((access.base_url or f"{scheme}://{host}").rstrip("/"), name)


def _split(address: str) -> tuple[str, str]:
    """The name and the host that the address of a profile, or of a page below it, holds."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # half of an IPv6 address
        return "", ""
    path = [part for part in f"{parts.path}/{parts.fragment}".split("/") if part]
    named = [part for part in path if part.startswith("@")]
    after = [name for word, name in pairwise(path) if word in _BEFORE_A_NAME]
    return next(iter([*named, *after, *path]), ""), parts.netloc


class Client:
    """Asks one server. ``token`` is the access token, ``""`` for none."""

    def __init__(self, access: Access, usage: Usage, server: str) -> None:
        """Raise ``Unauthorized`` for a token that cannot be one."""
        self.token = access.secrets.get("token", "").strip()
        if not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise Unauthorized("the token holds characters that no token has", CONNECT)
        self._host = urlsplit(server).hostname or server
        configured = access.base_url or is_loopback(self._host) or get_environ_proxies(server)
        self._unchecked = "" if configured else server
        self._kept: list[requests.Response] = []
        self._session = requests.Session()
        self._session.trust_env = access.base_url is None
        one_host = OneHost(server, access.limiter, usage)
        self._session.mount("https://", one_host)
        self._session.mount("http://", one_host)
        self._session.hooks["response"].append(self._keep)
        asked = urlsplit(server)
        self.api = Mastodon(
            api_base_url=f"{asked.scheme}://{asked.netloc}",  # OneHost adds a path that it may have
            ratelimit_method="throw",
            request_timeout=sum(transport.TIMEOUT),
            version_check_mode="none",
            session=self._session,
            user_agent=AGENT,
        )
        self.api.access_token = self.token or None  # the constructor would read a file of that name

    def ask(self, method: Callable[..., object], *values: object, **named: object) -> Answer:
        """Call a method of ``api``, and give the answer as it came. Raises ``PlatformError``."""
        if self._unchecked:
            refuse_private(self._unchecked)
            self._unchecked = ""
        self._kept.clear()
        try:
            method(*values, **named)
        except (MastodonError, RecursionError) as fault:  # deep JSON; the answer is judged below
            cause = fault.__context__
            while cause is not None and not isinstance(cause, PlatformError):
                cause = cause.__context__
            if isinstance(cause, PlatformError):
                raise cause from None
        if not self._kept:
            raise Unreachable(f"{self._host} could not be reached")
        return self._judged(self._kept[-1])

    def close(self) -> None:
        """Close connections."""
        self._session.close()

    def _keep(self, answer: requests.Response, **_: object) -> None:
        self._kept.append(answer)
        told = {name.lower(): value for name, value in answer.headers.items()}
        answer.told = told  # type: ignore[attr-defined]  # what is taken away below
        for name in _OF_OURS & told.keys():
            del answer.headers[name]

    def _judged(self, answer: requests.Response) -> Answer:
        headers: dict[str, str] = answer.told  # type: ignore[attr-defined]  # see _keep
        status = answer.status_code
        body = _json(answer.content)
        error = body.get("error") if isinstance(body, dict) else None
        said = redact(
            f"{self._host}: {error if isinstance(error, str) else f'status {status}'}", [self.token]
        )
        if status == requests.codes.too_many_requests:
            raise RateLimited(said, _retry_at(headers))
        if status >= 500 and status not in _STATUSES:  # noqa: PLR2004
            raise Unreachable(said, "")
        if not answer.ok:
            raise self._refusal(status, said, error)
        if body is _BROKEN:
            page = answer.content.lstrip()[:1] == b"<"
            raise (
                Unreachable(f"{self._host} answered with a page instead of data")
                if page
                else Malformed(f"{self._host} sent data that is cut off or broken")
            )
        if isinstance(error, str) and "id" not in body:
            raise NotFound(said) if "not found" in error.lower() else Malformed(said)
        return Answer(body, headers)

    def _refusal(self, status: int, said: str, error: object) -> PlatformError:
        wants_user = status == requests.codes.unprocessable and "authenticated" in str(error)
        kind = Unauthorized if wants_user else _STATUSES.get(status, Malformed)
        if kind is Unauthorized and self.token:
            return Unauthorized(f"{said} (the token is wrong, expired or revoked)", CONNECT)
        if kind is Unauthorized:
            return Unauthorized(f"{said}. {CLOSED}", CONNECT)
        return kind(said, _REMEDIES.get(kind, ""))


_BROKEN = object()


def path_of(native: object) -> str:
    """An id as it may stand in the path of a request. Raises ``Malformed`` for what is none."""
    written = str(native)
    sendable = written.encode("utf-8", "replace").decode() == written
    if not sendable or not _ID.fullmatch(written) or set(written) <= {"."}:
        raise Malformed(f"not an id: {redact(written)}")
    return quote(written, safe="")


def _json(content: bytes) -> Any:
    try:
        body = json.loads(content)
        json.dumps(body, allow_nan=False)  # what cannot be written cannot be kept
    except (ValueError, RecursionError):
        return _BROKEN
    return body


def _retry_at(headers: Mapping[str, str]) -> datetime | None:
    """When a 429 says to come back, by our own clock; Mastodon says it in ISO 8601, others in seconds."""
    if (later := retry_after({"Retry-After": headers.get("retry-after")})) is not None:
        return later
    told, now = headers.get("x-ratelimit-reset", ""), datetime.now(UTC)
    try:
        reset = utc(float(told) if told.replace(".", "", 1).isdigit() else told)
    except Malformed:
        return None
    with suppress(ValueError, TypeError):
        theirs = parsedate_to_datetime(headers.get("date", "")).astimezone(UTC)
        reset = reset if abs(theirs - now) < SKEW else now + (reset - theirs)
    return min(max(reset, now), now + timedelta(days=1))
