"""A wiki's API: where it is, logging in, one request at a time, and what its faults mean."""

from __future__ import annotations

import html
import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import mwclient
import mwclient.errors
import requests

from connectors.mediawiki_faults import NotHere, of_api, of_login, of_status
from connectors.safe_fetch import Fetcher
from connectors.transport import OneHost, redact
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from connectors import Access, Usage

KEPT = "mediawiki:api"
"""Where the cache keeps the address at which the API answered."""
HEAD = 200_000
"""Bytes of a page in which its link to the API is looked for."""
USER_AGENT = "socialaudit (reads what changed, once a week, for the council named in {host})"
logging.getLogger("mwclient").setLevel(
    logging.ERROR
)  # it repeats what a wiki says of our questions
_LINK = re.compile(rb"<link\b[^<>]{0,500}?\brel\s*=\s*[\"']?EditURI\b[^<>]{0,500}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ODD = (LookupError, TypeError, AttributeError, ValueError, RecursionError)
"""What mwclient lets escape on an answer that is JSON, but of no shape that MediaWiki gives."""


@dataclass(frozen=True, slots=True)
class Home:
    """What a handle says: the host (``https://wiki.example.gov.uk``), and what follows it.

    ``title`` is a page's or user's name that was given bare, or as ``?title=``.
    """

    base: str
    path: str = "/"
    title: str = ""

    @property
    def host(self) -> str:
        """The host alone, for people."""
        return urlsplit(self.base).hostname or self.base


def home_of(access: Access) -> Home:
    """Where a handle leads; ``base_url`` takes the place of its host. Raises ``NotFound``."""
    handle = access.handle.strip()
    base = access.base_url.strip().rstrip("/") if access.base_url else ""
    bare = base and "//" not in handle and not _is_host(handle)
    try:
        asked = urlsplit(handle if "//" in handle else f"//{handle}", scheme="https")
        own = urlsplit(base) if base else asked
        named = own.hostname and (own.port is None or own.port)
    except ValueError:
        named = None
    if not named or own.scheme not in {"http", "https"} or own.username:
        raise NotFound(f"not an address: {redact(handle)}", "Correct it in the council file.")
    if bare:
        path, title = "/", handle.lstrip("/").removeprefix("wiki/")
    else:
        path, title = asked.path or "/", _title(asked.query)
    if base and path == "/":
        path = f"{own.path}/"
    return Home(f"{own.scheme}://{own.netloc}", path, unquote(title).replace("_", " ").strip())


def _is_host(handle: str) -> bool:
    host = handle.partition("/")[0]
    return bool(re.fullmatch(r"(?:[\w-]+\.)+\w{2,}(?::\d+)?|localhost(?::\d+)?|[\d.]+:\d+", host))


def _title(query: str) -> str:
    found = re.search(r"(?:^|&)title=([^&]*)", query)
    return found[1].replace("+", " ") if found else ""


class Api:
    """The API of one wiki, by mwclient, without its retries and sleeps."""

    def __init__(self, access: Access, usage: Usage) -> None:
        self._access = access
        self._usage = usage
        self._site: mwclient.Site | None = None
        self._session: requests.Session | None = None
        self._fetcher: Fetcher | None = None
        self._user = ""

    def call(self, action: str, **asked: Any) -> dict[str, Any]:
        """One GET of the API. Raises the ``PlatformError`` that fits what came instead."""
        if self._user:
            asked["assert"] = "user"
        answer = self._reach(lambda site: site.api(action, "GET", **asked))
        if not isinstance(answer, dict):
            raise Malformed(f"{self.home.host} answered with something else than was asked for")
        return answer

    @property
    def home(self) -> Home:
        """Where the handle leads."""
        return home_of(self._access)

    @property
    def user(self) -> str:
        """The name that was logged in with; ``""`` for nobody."""
        return self._user

    def login(self) -> None:
        """Log in with the bot password, where there is one.

        Raises ``Unauthorized`` when it is refused, and when half of it is missing.
        """
        user, password = (self._access.secrets.get(name, "") for name in ("user", "password"))
        if self._user or not (user or password):
            return
        if not (user and password):
            raise Unauthorized("the wiki's credential lacks its user or its password")
        token = self._reach(lambda site: site.get_token("login", force=True))
        for _ in range(2):  # a wiki before 1.27 gives the token with its first answer
            told = self._reach(
                lambda site, token=token: site.post(  # type: ignore[misc]  # mypy#12557: defaults of lambdas
                    "login", lgname=user, lgpassword=password, lgtoken=token
                )
            )
            found = told.get("login") if isinstance(told, dict) else None
            if isinstance(found, dict) and found.get("result") == "NeedToken":
                token = found.get("token")
                continue
            if not isinstance(found, dict) or found.get("result") != "Success":
                raise of_login(found, self.home.host, (user, password))
            self._user = user.partition("@")[0]
            return
        raise Unauthorized(f"{self.home.host} does not accept a login")

    def close(self) -> None:
        """Close connections."""
        if self._session is not None:
            self._session.close()
        if self._fetcher is not None:
            self._fetcher.close()

    def _reach(self, ask: Callable[[mwclient.Site], Any]) -> Any:
        """Ask the API where it is, or wherever it may be until it answers."""
        if self._site is not None:
            return self._try(self._site, ask)
        fault: Exception | None = None
        tried: set[str] = set()
        for address in self._addresses():
            if address in tried:
                continue
            tried.add(address)
            site = self._opened(address)
            try:
                answer = self._try(site, ask)
            except (NotFound, NotHere) as none:
                fault = fault or none
                continue
            self._site = site
            self._access.cache[KEPT] = address
            return answer
        if isinstance(fault, NotHere):
            raise Unreachable(*fault.args)
        raise fault or NotFound(f"{self.home.host} is no wiki that we can find")

    def _try(self, site: mwclient.Site, ask: Callable[[mwclient.Site], Any]) -> Any:
        host = self.home.host
        try:
            return ask(site)
        except NotHere as fault:
            if self._site is None:
                raise
            raise Unreachable(*fault.args) from None
        except mwclient.errors.APIError as fault:
            raise of_api(fault, host, tuple(self._access.secrets.values())) from None
        except mwclient.errors.APIDisabledError:
            raise Forbidden(f"{host} has its API switched off") from None
        except mwclient.errors.InvalidResponse as fault:
            page = str(fault.response_text or "").lstrip()[:1] in {"<", ""}
            if not page:
                raise Malformed(f"{host} sent an answer that breaks off or is no JSON") from None
            if self._site is None:
                raise NotHere(f"{host} answered with a page instead of its API") from None
            raise Unreachable(f"{host} answered with a page instead of its API") from None
        except (mwclient.errors.MwClientError, requests.RequestException):
            raise Unreachable(f"{host} cannot answer at the moment") from None
        except _ODD:
            raise Malformed(f"{host} sent an answer of a shape that no wiki gives") from None

    def _opened(self, address: str) -> mwclient.Site:
        parts = urlsplit(address)
        if self._session is not None:
            self._session.close()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = USER_AGENT.format(host=parts.hostname)
        host = f"{parts.scheme}://{parts.netloc}"
        self._fetching(host).check(host)
        adapter = _Door(host, self._access.limiter, self._usage)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        return mwclient.Site(
            parts.netloc,
            path=parts.path.removesuffix("api.php"),
            scheme=parts.scheme,
            pool=self._session,
            max_retries=0,
            retry_timeout=0,
            do_init=False,
        )

    def _addresses(self) -> Iterator[str]:
        """Where the API may be: where it was, where the handle suggests, where a page says."""
        home = self.home
        if (kept := self._access.cache.get(KEPT, "")).startswith(f"{home.base}/"):
            yield kept
        yield home.base + _likely(home.path)
        linked = list(self._linked(home))
        yield from linked or (f"{home.base}{path}" for path in ("/w/api.php", "/api.php"))

    def _linked(self, home: Home) -> Iterator[str]:
        """The address in the page's own link, on the host at which the page was found."""
        where = home.base + (home.path if not home.path.endswith(".php") else "/")
        try:
            page = self._fetching(home.base).fetch(where, beginning=HEAD)
        except (NotFound, Forbidden, Unauthorized):
            return
        if link := _LINK.search(page.content):
            told = _HREF.search(link[0])
            named = html.unescape(told[1].decode("utf-8", "replace")) if told else ""
            path = urlsplit(urljoin(page.url, named)).path
            ended = urlsplit(page.url)
            host = f"{ended.scheme}://{ended.netloc}"
            if self._access.secrets and host != home.base:
                msg = f"{home.host} leads to {ended.hostname}, which is not given the password"
                raise Forbidden(msg, "Put that address into the council file.")
            if path.endswith("/api.php"):
                yield host + path

    def _fetching(self, base: str) -> Fetcher:
        if self._fetcher is None:
            self._fetcher = Fetcher(base, self._access.limiter, self._usage)
        return self._fetcher


class _Door(OneHost):
    """The one host, whose faults are told before mwclient would wait for them to pass."""

    def build_response(self, req: Any, resp: Any) -> requests.Response:
        """An answer that mwclient may read; raises the fault that any other one is."""
        answer = super().build_response(req, resp)
        answer.encoding = "utf-8-sig"
        host = urlsplit(self._base).hostname or ""
        lag = "x-database-lag" in answer.headers
        if answer.headers.get("MediaWiki-API-Error") and not lag:
            answer.status_code = requests.codes.ok  # its reason is in the answer
        if answer.is_redirect:
            answer.close()
            raise NotHere(f"{host} sends us elsewhere")
        if lag or answer.status_code != requests.codes.ok:
            answer.close()
            raise of_status(answer.status_code, answer.headers, host, lagging=lag)
        return answer


def _likely(path: str) -> str:
    """The API's path as a wiki's address suggests it; ``/w/api.php`` where it says nothing."""
    if path.endswith("/api.php"):
        return path
    if "/index.php" in path:
        return path.partition("/index.php")[0] + "/api.php"
    if path == "/" or not path.endswith("/") or path == "/wiki/":
        return "/w/api.php"
    return f"{path}api.php"
