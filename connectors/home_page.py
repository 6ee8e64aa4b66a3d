"""The links on a web page, with the words by which each is called. One request, and nothing is kept.

This is no platform: the flow reads the council's home page beside its feed, to learn which profiles
the council shows as its own. Read are ``<a>``, ``<area>`` and ``<link rel="me">``, and the addresses
that a page gives as ``sameAs`` of its owner (schema.org, JSON-LD).
"""

from __future__ import annotations

import json
from contextlib import suppress
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from connectors.hypertext import web_address
from connectors.safe_fetch import Fetcher
from socialaudit.errors import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from connectors import Limiter, Usage

MAX_HTML = 2_000_000
"""Characters of a page that are read: what its foot links to stands at the very end."""
MAX_LINKS = 2_000
MAX_LABEL = 200
_DEPTH = 12
"""How deep in JSON-LD the owner of a page may stand."""


def read(address: str, limiter: Limiter, usage: Usage) -> tuple[tuple[str, str], ...]:
    """The links of a page and the words of each, in the page's order.

    Raises the ``PlatformError`` that fits what came instead; ``Malformed`` for what is no HTML.
    """
    fetcher = Fetcher(address, limiter, usage)
    try:
        found = fetcher.fetch(address)
    finally:
        fetcher.close()
    if "html" not in found.content_type.lower() and b"<html" not in found.content[:2000].lower():
        raise Malformed("the home page is not HTML", "Check the address in the council file.")
    # Every character of an address is ASCII, whatever the page's own encoding says.
    page = _Links(found.content.decode("utf-8", "replace")[:MAX_HTML], found.url)
    return tuple(dict.fromkeys(page.links))[:MAX_LINKS]


class _Links(HTMLParser):
    """The links of a page: ``links`` holds the address and the label of each."""

    def __init__(self, html: str, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self._base = base
        self._open: str | None = None
        self._label: list[str] = []
        self._script: list[str] | None = None
        with suppress(AssertionError):  # html.parser's own, on declarations it does not know
            self.feed(html)
            self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a link, or note what names it: its title, its label, a picture in it."""
        told = {name: value or "" for name, value in attrs}
        rel = told.get("rel", "").lower().split()
        if tag in {"a", "area"}:
            self._end()
            self._open = web_address(told.get("href"), self._base)
            self._label = [
                told.get("aria-label", "") or told.get("title", "") or told.get("alt", "")
            ]
            if tag == "area":
                self._end()
        elif tag == "link" and "me" in rel and (mine := web_address(told.get("href"), self._base)):
            self.links.append((mine, ""))
        elif self._open and tag in {"img", "svg", "i", "span"}:
            self._label.append(told.get("alt", "") or told.get("aria-label", ""))
        if tag == "script" and told.get("type", "").lower() == "application/ld+json":
            self._script = []

    def handle_endtag(self, tag: str) -> None:
        """End a link, or what a page says of its owner."""
        if tag == "a":
            self._end()
        if tag == "script" and self._script is not None:
            with suppress(ValueError, RecursionError):
                told = json.loads("".join(self._script))
                self.links += [(mine, "") for mine in _same_as(told, self._base)]
            self._script = None

    def handle_data(self, data: str) -> None:
        """Keep the words of a link."""
        if self._script is not None:
            self._script.append(data)
        elif self._open:
            self._label.append(data)

    def _end(self) -> None:
        if self._open:
            words = " ".join(" ".join(self._label).split())
            self.links.append((self._open, words[:MAX_LABEL]))
        self._open = None


def _same_as(told: Any, base: str, depth: int = 0) -> Iterator[str]:
    """The addresses that stand as ``sameAs`` anywhere in JSON-LD."""
    if depth > _DEPTH:
        return
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    if isinstance(told, dict):
        written = told.get("sameAs") or []
        for one in written if isinstance(written, list) else [written]:
            if isinstance(one, str) and (mine := web_address(one, base)):
                yield mine
    for part in parts:
        yield from _same_as(part, base, depth + 1)
