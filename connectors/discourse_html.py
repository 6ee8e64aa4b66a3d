"""The HTML that Discourse makes of a post (``cooked``), without what is not the author's own."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from connectors.hypertext import MAX_HTML, Page, Recording, web_address

_ASIDES = frozenset({"onebox", "quote"})
"""Previews of pages that are linked, and other people's words."""
_VOID = frozenset({"img", "br", "hr", "source", "track", "input", "wbr", "meta", "link"})


class Cooked(HTMLParser):
    """What the author of a post wrote and attached: ``page``, and ``recordings`` beside its own.

    Left out: quotes, previews (their addresses are links), pictures of people, and the file name
    and size that stand below a picture.
    """

    def __init__(self, cooked: str, base: str) -> None:
        super().__init__(convert_charrefs=False)
        self._base = base
        self._kept: list[str] = []
        self._left_out: list[str] = []
        self._links: list[str] = []
        self._films: list[Recording] = []
        try:
            self.feed(cooked[:MAX_HTML])
            self.close()
        except AssertionError:  # html.parser's own, on declarations it does not know
            self._kept = [cooked[:MAX_HTML]]
        self.page = Page("".join(self._kept), base)
        self.links = tuple(dict.fromkeys([*self.page.links, *self._links]))
        self.recordings = [*self.page.recordings, *self._films]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag, or begin to leave out."""
        told = dict(attrs)
        classes = set((told.get("class") or "").split())
        if self._left_out:
            if tag not in _VOID:
                self._left_out.append(tag)
            return
        if (tag == "aside" and classes & _ASIDES) or (tag == "div" and "meta" in classes):
            self._left_out.append(tag)
            if address := web_address(told.get("data-onebox-src"), self._base):
                self._links.append(address)
            return
        if tag == "img" and "avatar" in classes:
            return
        if film := web_address(told.get("data-video-src"), self._base):
            self._films.append(Recording("video", [film]))
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs
        )
        self._kept.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of a tag, or end to leave out."""
        if not self._left_out:
            self._kept.append(f"</{tag}>")
        elif tag in self._left_out:
            while self._left_out and self._left_out.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._left_out:
            self._kept.append(data)

    def handle_entityref(self, name: str) -> None:
        """Keep a named character."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep a numbered character."""
        self.handle_data(f"&#{name};")
