"""Asking a WordPress site: where its REST API is, what an answer means, and lists page by page.

https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/,
https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/
"""

from __future__ import annotations

import base64
import json
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from connectors import transport
from connectors.safe_fetch import Fetcher, judge
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    Unauthorized,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from connectors import Access, Usage
    from connectors.safe_fetch import Answer

PER_PAGE = 100
MAX_PAGES = 100
_DEFAULT = 10
"""Items of a page where nobody says how many: a shorter page is the last, whatever a site honours."""
_HEAD = 300_000
"""Bytes of the site's own front page in which it says where its API is."""
_LINK = re.compile(r'<([^<>]*)>\s*;[^,]*rel="?https://api\.w\.org/"?', re.IGNORECASE)
_ELEMENT = re.compile(r"<link\b[^>]*rel=[\"']https://api\.w\.org/[\"'][^>]*>", re.IGNORECASE)
_FEED = re.compile(r"<link\b[^>]*type=[\"']application/rss\+xml[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"href=[\"']([^\"']+)[\"']", re.IGNORECASE)
_BELOW = re.compile(
    r"/(?:wp-json|wp-admin|wp-login\.php|index\.php|feed|comments/feed)(?:/.*)?$", re.IGNORECASE
)
_DATA = re.compile(r"^[\[{]", re.MULTILINE)
_PAST_THE_END = frozenset({"rest_post_invalid_page_number", "rest_comment_invalid_page_number"})


class PageInstead(Unreachable):
    """A web page where the API was expected."""


class PastTheEnd(NotFound):
    """There is no page of this number."""


class Blocked(Forbidden):
    """Something in front of WordPress refused: a firewall."""


class LoginWanted(Unauthorized):
    """Something in front of WordPress wants to know who asks."""


_WALLS: dict[int, type[PlatformError]] = {401: LoginWanted, 403: Blocked}
CLOSED = (Unauthorized, Forbidden, NotFound, PageInstead)
"""What a site answers that does not offer its API to everybody."""


def home_of(access: Access) -> str:
    """The site's own address, without a slash at the end, from whatever address of it was given."""
    written = (access.base_url or access.handle).strip()
    parts = urlsplit(written if "://" in written else f"https://{written}")
    path = _BELOW.sub("", parts.path).rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


class Api:
    """The REST API of one site. ``feeds`` are the feeds that its front page named, if it was read."""

    def __init__(self, access: Access, usage: Usage) -> None:
        self.home = home_of(access)
        self.signed_in = bool(access.secrets)
        self.feeds: list[str] = []
        self._root = f"{self.home}/wp-json/"
        headers = {"Accept": "application/json, */*;q=0.5"}
        if self.signed_in:
            pair = f"{access.secrets['user']}:{access.secrets['password']}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        self._fetcher = Fetcher(
            self.home, access.limiter, usage, headers=headers, most=transport.MAX_BYTES
        )

    def site(self, fields: str) -> dict[str, Any]:
        """What the site says of itself, wherever its API is. Raises what the last place answered."""
        missing: NotFound | PageInstead | Malformed | None = None
        for root in self._roots():
            try:
                answer = self._fetcher.ask(_address(root, "", {"_fields": fields}))
                told = read(answer)
            except (NotFound, PageInstead) as fault:
                missing = fault
                continue
            if isinstance(told, dict) and "wp/v2" in told.get("namespaces", ["wp/v2"]):
                self._root = _moved(root, answer.document.url)
                return told
            missing = NotFound(f"{self.home} offers no WordPress API", "Check the address.")
        raise missing or NotFound(f"{self.home} offers no WordPress API", "Check the address.")

    def get(self, path: str, **query: object) -> Any:
        """One answer. Raises the ``PlatformError`` that fits what came instead."""
        return read(self._ask(path, query))

    def page(self, path: str, query: Mapping[str, object]) -> tuple[list[Any], int | None]:
        """One page of a list, and how many pages there are, where that is told."""
        answer = self._ask(path, query)
        told = read(answer)
        if isinstance(told, dict) and all(str(key).isdigit() for key in told):
            told = list(told.values())  # what PHP makes of a list that a plugin has shortened
        if not isinstance(told, list):
            raise Malformed(f"{self.home} sent something else than a list")
        pages = answer.headers.get("x-wp-totalpages", "")
        return told, int(pages) if pages.isdigit() else None

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _ask(self, path: str, query: Mapping[str, object]) -> Answer:
        return self._fetcher.ask(_address(self._root, f"wp/v2/{path}", query))

    def _roots(self) -> Iterator[str]:
        """Where the API may be, the likeliest first."""
        tried = [f"{self.home}/wp-json/", f"{self.home}/?rest_route=/"]
        yield tried[0]
        answer = self._fetcher.ask(f"{self.home}/", beginning=_HEAD)
        if answer.status >= 500 or answer.status == 429:  # noqa: PLR2004 - as HTTP has them
            judge(answer)
        html = answer.document.content.decode("utf-8", "replace")
        self.feeds = [self._here(href) for href in _hrefs(_FEED, html)]
        named = [m[1] for m in _LINK.finditer(answer.headers.get("link", ""))]
        for href in [*named, *_hrefs(_ELEMENT, html)]:
            if (root := self._here(href)) not in tried:
                tried.append(root)
                yield root
        yield tried[1]

    def _here(self, href: str) -> str:
        """An address on the site's own host: a recorded or moved site may name another."""
        home, named = (
            urlsplit(self.home),
            urlsplit(urljoin(f"{self.home}/", href.replace("&amp;", "&"))),
        )
        return urlunsplit((home.scheme, home.netloc, named.path or "/", named.query, ""))


@dataclass(slots=True)
class Pages:
    """One list, page by page. After reading, ``whole`` tells whether all of it was read.

    A fault after the first page ends the list; ``fault`` holds it.
    """

    api: Api
    path: str
    query: dict[str, object]
    whole: bool = False
    fault: PlatformError | None = None
    _seen: set[str] = field(default_factory=set)

    def read(self) -> Iterator[list[Any]]:
        """The items of each page that were not on one before."""
        for number in range(1, MAX_PAGES + 1):
            try:
                asked = {**self.query, "per_page": PER_PAGE, "page": number}
                items, total = self.api.page(self.path, asked)
            except PlatformError as fault:
                if number == 1:
                    raise
                self.whole = isinstance(fault, PastTheEnd)
                self.fault = None if self.whole else fault
                return
            fresh = [item for item in items if self._is_new(item)]
            yield fresh
            last = len(items) < _DEFAULT if total is None else number >= total
            if last or (items and not fresh):
                self.whole = last
                return

    def _is_new(self, item: Any) -> bool:
        named = str(item.get("id", item) if isinstance(item, dict) else item)
        new = named not in self._seen
        self._seen.add(named)
        return new


def read(answer: Answer) -> Any:
    """The data of an answer. Raises the ``PlatformError`` that fits what came instead.

    PHP may print its warnings before the data; an error may come with status 200.
    """
    told, is_data = _data(answer)
    code = str(told.get("code", "")) if isinstance(told, dict) else ""
    inner = told.get("data") if isinstance(told, dict) else None
    status = inner.get("status") if isinstance(inner, dict) and code else None
    if code in _PAST_THE_END:
        raise PastTheEnd("there is no page of this number")
    if status == answer.status == 400:  # noqa: PLR2004 - as HTTP has it
        raise Malformed(f"WordPress did not understand the request ({code})")
    if isinstance(status, int) and answer.status < 400:  # noqa: PLR2004 - likewise
        answer = type(answer)(status, answer.headers, answer.document)
    if not code and answer.status in _WALLS:
        raise _WALLS[answer.status](
            f"{urlsplit(answer.document.url).hostname} refuses with status {answer.status}"
        )
    judge(answer)
    if is_data:
        return told
    host = urlsplit(answer.document.url).hostname
    if answer.document.content.lstrip()[:1] in {b"<", b""}:
        raise PageInstead(f"{host} answered with a web page where data was expected")
    raise Malformed(f"{host} sent data that cannot be read")


def _data(answer: Answer) -> tuple[Any, bool]:
    text = answer.document.content.decode("utf-8-sig", "replace")
    starts = [0, *(m.start() for m in _DATA.finditer(text[:20_000]))]
    for start in starts[:20]:
        with suppress(ValueError, RecursionError):
            return json.loads(text[start:]), True
    return None, False


def _address(root: str, path: str, query: Mapping[str, object]) -> str:
    told = urlencode({name: str(value) for name, value in query.items()}, safe=",:")
    return f"{root}{path}{'&' if '?' in root else '?'}{told}"


def _moved(root: str, answered: str) -> str:
    """The root, at the place to which the site led on (from example.org to www.example.org)."""
    if "?" in root:
        return root
    parts = urlsplit(answered)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", ""))


def _hrefs(element: re.Pattern[str], html: str) -> list[str]:
    found = (_HREF.search(one[0]) for one in element.finditer(html))
    return [href[1] for href in found if href]
