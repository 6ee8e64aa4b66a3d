"""Wikitext of talk pages: what an edit added, under which heading, as plain text.

Markup: https://www.mediawiki.org/wiki/Help:Formatting. Only what people write on talk pages is
undone; templates are left out, since only the wiki itself knows what they say.
"""

from __future__ import annotations

import difflib
import html
import re
from dataclasses import dataclass

MOST = 200_000
"""Characters of one page that are read."""
_SAME = 0.6
"""How alike two lines must be for one to be the other, corrected."""
_HEADING = re.compile(r"^(={1,6})[ \t]*(.+?)[ \t]*\1[ \t]*$")
_LEADING = re.compile(r"^[:*#; \t]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<(ref|gallery|style|script|syntaxhighlight)\b[^<>]*(?:/>|>.*?</\1\s*>)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{\|.*?\|\}", re.DOTALL)
_FILE = re.compile(
    r"\[\[[^\[\]|:]{1,40}:[^\[\]|]{1,200}\.(?:png|jpe?g|gif|svg|webp|og[gv]|webm|mp[34]|pdf)\b[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[\[:?([^\[\]|]{1,255})(?:\|([^\[\]]{0,300}))?\]\]")
_WEB = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?:[ \t]+([^\[\]\n]*))?\]")
_EMPHASIS = re.compile(r"'{2,5}")
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_TIME = r"(?:\d{1,2}[:.]\d{2}\D[^\[\]\n]{0,40}?\d{4}|\d{4}\D[^\[\]\n]{0,40}?\d{1,2}[:.]\d{2}|\d{1,2}\D[^\[\]\n]{0,30}?\d{4}\D{1,6}\d{1,2}[:.]\d{2})[^\[\]\n]{0,6}\([^()\s]{2,6}\)"


@dataclass(frozen=True, slots=True)
class Added:
    """What one edit added: its lines, the heading they stand under, and whether they began it."""

    lines: tuple[str, ...]
    heading: str = ""
    begins: bool = False


def signature(people: frozenset[str]) -> re.Pattern[str]:
    """What signs a contribution: links to a person's page, and a time.

    ``people`` are the wiki's own words for ``User`` and ``User talk``, in lower case.
    """
    names = "|".join(
        re.escape(name).replace("\\ ", "[ _]") for name in sorted(people, reverse=True)
    )
    person = rf"\[\[:?[ ]*(?:(?:{names})[ ]*:|[^\[\]|:\n]{{1,30}}:[^\[\]|/\n]{{1,40}}/)[^\[\]\n]{{1,250}}\]\]"
    return re.compile(
        rf"(?:[ \t]*(?:--+|—|–|&mdash;|&nbsp;))?[ \t]*{person}(?:[^\[\]\n]{{0,60}}{person}){{0,3}}[^\[\]\n]{{0,60}}?{_TIME}|{_TIME}[ \t]*$",
        re.IGNORECASE | re.MULTILINE,
    )


def added(before: str, after: str) -> Added:
    """What the text after an edit holds that the text before it did not."""
    old, new = before[:MOST].split("\n"), after[:MOST].split("\n")
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    lost, got = old[start : len(old) - end], new[start : len(new) - end]
    matcher = difflib.SequenceMatcher(None, lost, got, autojunk=False)
    lines, first = [], None
    for word, i, j, m, n in matcher.get_opcodes():
        if word not in {"insert", "replace"}:
            continue
        fresh = _fresh(lost[i:j], got[m:n])
        if first is None and any(line.strip() for line in fresh):
            first = start + m
        lines += fresh
    begins = any(_HEADING.match(line) for line in lines)
    named = next((h[2] for line in lines if (h := _HEADING.match(line))), "")
    return Added(tuple(lines), named or _above(new, first), begins)


def plain(wikitext: str, signed: re.Pattern[str]) -> str:
    """Wikitext as text: no markup, no templates, and no signature, which names its writer."""
    text = _COMMENT.sub("", wikitext[:MOST])
    text = _UNSEEN.sub(" ", signed.sub("", text))
    for _ in range(5):
        text, count = _TEMPLATE.subn("", text)
        if not count:
            break
    text = _LINK.sub(_label, _FILE.sub("", text))
    text = _WEB.sub(lambda m: m[1] or m[0].strip("[]"), text)
    text = _SWITCH.sub("", _EMPHASIS.sub("", _TAG.sub("", text)))
    lines = (_line(line) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def still_there(found: Added, page: str) -> bool:
    """Whether any of what was added stands on the page."""
    words = [line.strip().lstrip(":*#; ") for line in found.lines if line.strip()]
    told = [w for w in words if not _HEADING.match(w)] or words
    return any(word and word in page for word in told)


def _fresh(lost: list[str], got: list[str]) -> list[str]:
    """The new lines among those that took the place of others; of one that grew, what was put to it."""
    fresh = []
    for line in got:
        old = next((o for o in lost if o.strip() and _is_other_form(o, line)), None)
        if old is None:
            fresh.append(line)
        elif line.startswith(old.rstrip()) and len(line) > len(old.rstrip()):
            fresh.append(line[len(old.rstrip()) :])
    return fresh


def _is_other_form(old: str, new: str) -> bool:
    if new.startswith(old.rstrip()):
        return True
    matcher = difflib.SequenceMatcher(None, old[:500], new[:500], autojunk=False)
    return matcher.real_quick_ratio() > _SAME and matcher.ratio() > _SAME


def _above(lines: list[str], where: int | None) -> str:
    """The nearest heading above a line."""
    for line in reversed(lines[: where or 0]):
        if found := _HEADING.match(line):
            return found[2]
    return ""


def _label(link: re.Match[str]) -> str:
    target, label = link[1], link[2]
    if label is None and target.lower().startswith("category:"):
        return ""
    return label or target.lstrip(":")


def _line(line: str) -> str:
    heading = _HEADING.match(line.strip())
    return " ".join((heading[2] if heading else _LEADING.sub("", line)).split())
