"""Reading a rendered HTML document as the rules of the report's design see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "input", "link", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    children: list[Element] = field(default_factory=list)
    words: str = ""

    def all(self, *tags: str) -> list[Element]:
        found = [self] if self.tag in tags else []
        return found + [e for child in self.children for e in child.all(*tags)]

    def text(self) -> str:
        return " ".join(self.words.split())

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""


class Reader(HTMLParser):
    """Builds a tree; fails on an element that is closed wrongly."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.root = Element("#root", {})
        self.open = [self.root]
        self.feed(document)
        self.close()
        assert [e.tag for e in self.open] == ["#root"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if any(e.tag in {"style", "script"} for e in self.open):
            return
        for element in self.open:
            element.words += data


def read(document: str) -> Element:
    return Reader(document).root
