"""What an email is made of, by the names that Can I email (https://www.caniemail.com) has for it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

FRAME = frozenset({"html-doctype", "html-html", "html-head", "html-body", "html-title"})
"""What mail apps put in the place of their own: a wrapper inside the body repeats what matters."""
_TOGETHER = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "html-h1-h6"),
    **dict.fromkeys(("ul", "ol", "li"), "html-lists"),
    **dict.fromkeys(("table", "thead", "tbody", "tr", "th", "td", "caption"), "html-table"),
}
_UNITS = {"%": "percent"}
_SELECTORS = {
    "css-selector-attribute": r"\[",
    "css-selector-class": r"\.",
    "css-selector-id": "#",
    "css-selector-type": r"(?:^|[\s>+~,])[a-z]",
    "css-selector-universal": r"\*",
    "css-selector-chaining": r"[\w\]][.#\[]",
    "css-selector-descendant": r"[\w\]*]\s+[\w.\[#*]",
    "css-selector-child": ">",
    "css-selector-adjacent-sibling": r"\+",
    "css-selector-general-sibling": "~",
    "css-selector-grouping": ",",
}
_BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT = re.compile(r"@([\w-]+)([^{;]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")


class _Reader(HTMLParser):
    """Gathers names. What stands in comments for Outlook alone is no part of other mail."""

    def __init__(self, known: Container[str]) -> None:
        super().__init__()
        self.known = known
        self.found: set[str] = set()
        self.styles = False

    def handle_decl(self, decl: str) -> None:
        self.found.add(f"html-{decl.split(maxsplit=1)[0].lower()}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.styles = tag == "style"
        if tag == "meta":
            self.found.add(f"html-meta-{said.get('name', '') or 'charset'}")
            return
        self.found.add(_TOGETHER.get(tag, f"html-{tag}"))
        self.found |= {f"html-{name}" for name in said if name not in {"href", "style"}}
        if "href" in said:
            self.found.add(_link(said["href"]))
        self.found |= declarations(said.get("style", ""), self.known)

    def handle_endtag(self, tag: str) -> None:
        self.styles = self.styles and tag != "style"

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - the library's name
        self.found.add("html-comments")

    def handle_data(self, data: str) -> None:
        if self.styles:
            self.found |= rules(data, self.known)


def features(html: str, known: Container[str]) -> set[str]:
    """The names of everything in an email; ``known`` are those that there are data for."""
    reader = _Reader(known)
    reader.feed(html)
    reader.close()
    return reader.found - FRAME


def rules(css: str, known: Container[str]) -> set[str]:
    """The names of what a style block uses."""
    found = {"css-comments"} if "/*" in css else set()
    for name, condition, inside in _AT.findall(css):
        found.add(f"css-at-{name}")
        found |= {f"css-at-{name}-{feature}" for feature in re.findall(r"\(([\w-]+):", condition)}
        found |= rules(inside, known)
    for selector, body in _BLOCK.findall(_AT.sub("", css)):
        found |= {name for name, sign in _SELECTORS.items() if re.search(sign, selector.strip())}
        found |= {f"css-pseudo-class-{n}" for n in re.findall(r"(?<!:):([\w-]+)", selector)}
        found |= {f"css-pseudo-element-{n}" for n in re.findall(r"::([\w-]+)", selector)}
        found |= declarations(body, known)
    return found


def declarations(css: str, known: Container[str]) -> set[str]:
    """The names of what some declarations use; those for one maker's apps alone are left out."""
    found = set()
    for name, _, value in (one.strip().partition(":") for one in css.split(";") if one.strip()):
        if name.startswith(("-", "mso-")):
            continue
        whole = f"css-{name}-{value.strip()}"
        found.add(whole if whole in known else _property(name, known))
        found |= set(_values(value, known))
    return found


def _property(name: str, known: Container[str]) -> str:
    """The longest part that there are data for: ``border-top-style`` is border, ``display-flex`` itself."""
    parts = name.split("-")
    shorter = ("css-" + "-".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((one for one in shorter if one in known), f"css-{name}")


def _values(value: str, known: Container[str]) -> Iterable[str]:
    if "!important" in value:
        yield "css-important"
    for unit in re.findall(r"\d(%|[a-z]+)", re.sub(r"#\w+", "", value)):
        yield f"css-unit-{_UNITS.get(unit, unit)}"
    for function in re.findall(r"([\w-]+)\(", value):
        names = (f"css-unit-{function}", f"css-function-{function}", f"css-{function}")
        yield next((name for name in names if name in known), names[-1])


def _link(address: str) -> str:
    if address.startswith("#"):
        return "html-anchor-links"
    return "html-mailto-links" if address.startswith("mailto:") else "html-href"
