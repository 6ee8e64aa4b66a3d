"""The items of WordPress's export files (WXR 1.0 to 1.2), one at a time; hostile XML is refused.

https://developer.wordpress.org/reference/functions/export_wp/. Names are read without their
namespace, which holds the version.
"""

from __future__ import annotations

import codecs
import re
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree

from socialaudit.errors import ExportUnusable, Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from connectors.archive_files import Files

_HEAD = frozenset(
    {"title", "link", "description", "pubDate", "generator", "base_blog_url", "wxr_version"}
)
START = 4000
"""Characters within which an export says what it is."""
_BEFORE = re.compile(r"\A(?:.*?<\?xml\b[^>]*\?>)?\s*", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Item:
    """A post, page or attachment: its fields, its hidden ones, and the comments under it."""

    fields: dict[str, str] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[dict[str, str]] = field(default_factory=list)


class Exported:
    """All the files of one export. ``head`` and ``writers`` are known once items are given."""

    def __init__(self, files: Files, names: list[str]) -> None:
        self.head: dict[str, str] = {}
        self.writers: set[int] = set()
        self._files = files
        self._names = names

    def items(self) -> Iterator[Item]:
        """The items. Raises ``Malformed`` where a file breaks off, ``ExportUnusable`` for a trap."""
        for name in self._names:
            encoding = _encoding(self._files, name)
            with closing(self._files.text(name, encoding)) as text:
                try:
                    yield from self._of(_Clean(text))
                except ParseError:
                    raise Malformed("a file that breaks off or is no XML") from None
                except DefusedXmlException:
                    raise ExportUnusable(
                        "the export defines entities of its own, which WordPress never does",
                        "Make the export again.",
                    ) from None

    def close(self) -> None:
        """Nothing is open between two items."""

    def _of(self, source: _Clean) -> Iterator[Item]:
        open_: list[Element] = []
        events = ElementTree.iterparse(source, events=("start", "end"), forbid_dtd=True)
        for event, element in events:
            if event == "start":
                open_.append(element)
                continue
            open_.pop()
            inside = [_name(one) for one in open_]
            if inside[-1:] != ["channel"]:
                continue
            name = _name(element)
            if name == "item":
                yield _item(element)
            elif name == "author":
                told = _fields(element)
                self.writers |= {int(n) for n in [told.get("author_id", "")] if n.isdecimal()}
            elif name in _HEAD:
                self.head.setdefault(name, element.text or "")
            open_[-1].clear()


class _Clean:
    """A text as UTF-8 without the characters that XML may not hold and WordPress writes.

    Nor what stands before its declaration, which plug-ins write and no XML may hold, nor that
    declaration: it may name the encoding that the text had.
    """

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._begun = False

    def read(self, size: int = -1) -> bytes:
        if self._begun:
            return _NO_CHARACTER.sub("", self._text.read(size)).encode()
        self._begun = True
        return _NO_CHARACTER.sub("", _BEFORE.sub("", self._text.read(max(size, START)))).encode()


def _encoding(files: Files, name: str) -> str:
    """How a file says that it is encoded; UTF-8 where it does not, or says no such thing."""
    with closing(files.open(name)) as file:
        found = _DECLARED.search(file.read(START))
    told = found[1].decode("ascii", "replace").lower() if found else ""
    try:
        known = codecs.lookup(told).name if told else "utf-8"
    except LookupError:
        known = "utf-8"
    return {"utf-8": "utf-8-sig", "iso8859-1": "cp1252", "ascii": "cp1252"}.get(known, known)


def _item(element: Element) -> Item:
    item = Item(_fields(element))
    for part in element:
        if _name(part) == "postmeta":
            told = _fields(part)
            item.meta[told.get("meta_key", "")] = told.get("meta_value", "")
        elif _name(part) == "comment":
            item.comments.append(_fields(part))
    return item


def _fields(element: Element) -> dict[str, str]:
    """The texts of an element's parts; of ``encoded`` that of the content, not of the excerpt."""
    told: dict[str, str] = {}
    for part in element:
        name = _name(part)
        if name == "encoded":
            name = "content" if "/content/" in part.tag else "excerpt"
        told.setdefault(name, part.text or "")
    return told


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
