"""Wikitext of talk pages: what an edit added, under which heading, as plain text.

Markup: https://www.mediawiki.org/wiki/Help:Formatting. Only what people write on talk pages is
undone; templates are left out, since only the wiki itself knows what they say.
"""

from __future__ import annotations

import difflib
import html
import re
from dataclasses import dataclass

MOST = 500_000
"""Characters of one page that are read."""
LONGEST = 20_000
"""Characters of one contribution that are read."""
MOST_PAIRS = 400
"""Pairs of old and new lines that are held against each other; of more, new is what was not there."""
_SAME = 0.6
"""How alike two lines must be for one to be the other, corrected."""
_LEADING = re.compile(r"^[:*#; \t]+")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<(ref|gallery|style|script|syntaxhighlight)\b[^<>]{0,300}(?:/>|>.{0,1000}?</\1\s*>)",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{\|[^{}]*\|\}")
_FILE = re.compile(
    r"\[\[[^\[\]|:]{1,40}:[^\[\]|]{1,200}\.(?:png|jpe?g|gif|svg|webp|og[gv]|webm|mp[34]|pdf)\b[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[\[:?([^\[\]|]{1,255})(?:\|([^\[\]]{0,300}))?\]\]")
_WEB = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?:[ \t]([^\[\]\n]*))?\]")
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
        rf"(?:[ \t]{{0,3}}(?:-{{2,4}}|—|–|&mdash;|&nbsp;))?[ \t]{{0,3}}{person}(?:[^\[\]\n]{{0,60}}{person}){{0,3}}[^\[\]\n]{{0,60}}?{_TIME}|{_TIME}[ \t]{{0,5}}$",
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
    lines, first = _changed(lost, got)
    where = None if first is None else start + first
    named = next(filter(None, map(_heading, lines)), "")
    return Added(tuple(lines), named or _above(new, where), bool(named))


def plain(wikitext: str, signed: re.Pattern[str]) -> str:
    """Wikitext as text: no markup, no templates, and no signature, which names its writer."""
    text = _COMMENT.sub("", wikitext[:LONGEST])
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
    told = [w for w in words if not _heading(w)] or words
    return any(word and word in page for word in told)


def _changed(lost: list[str], got: list[str]) -> tuple[list[str], int | None]:
    """The new lines among those that changed, and which of these is the first."""
    if len(lost) * len(got) > MOST_PAIRS:
        old = set(lost)
        fresh = [(n, line) for n, line in enumerate(got) if line not in old]
        return [line for _, line in fresh], next((n for n, line in fresh if line.strip()), None)
    lines: list[str] = []
    first = None
    matcher = difflib.SequenceMatcher(None, lost, got, autojunk=False)
    for word, i, j, m, n in matcher.get_opcodes():
        if word in {"insert", "replace"}:
            fresh_lines = _fresh(lost[i:j], got[m:n])
            if first is None and any(line.strip() for line in fresh_lines):
                first = m
            lines += fresh_lines
    return lines, first


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
    matcher = difflib.SequenceMatcher(None, old[:200], new[:200], autojunk=False)
    return matcher.quick_ratio() > _SAME and matcher.ratio() > _SAME


def _above(lines: list[str], where: int | None) -> str:
    """The nearest heading above a line."""
    for line in reversed(lines[: where or 0]):
        if found := _heading(line):
            return found
    return ""


def _label(link: re.Match[str]) -> str:
    target, label = link[1], link[2]
    if label is None and target.lower().startswith("category:"):
        return ""
    return label or target.lstrip(":")


def _line(line: str) -> str:
    return " ".join((_heading(line) or _LEADING.sub("", line)).split())


def _heading(line: str) -> str:
    """What a heading says; ``""`` for a line that is none."""
    line = line.strip()
    inner = line.strip("=")
    depth = min(len(line) - len(line.lstrip("=")), len(line) - len(line.rstrip("=")))
    return inner.strip() if depth and inner else ""
