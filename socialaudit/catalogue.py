"""The card of each check, as one Markdown page: ``docs/checks.md`` is made of it.

Everything comes from the checks' own metadata, so the page says what the program does; a test
compares the two.
"""

from __future__ import annotations

import re
import sys
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from annotated_types import Ge, Gt, Le, Lt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from socialaudit.check import Check, Metadata

HEAD = """\
# Checks

Made from the checks themselves by `make docs`; do not edit. Each check is one file in `checks/`.
How sure, how soon, and how a policy file sets parameters: `design.md`.
"""
PLATFORMS = {
    "by-hand": "where only people look",
    "bluesky": "Bluesky",
    "discourse": "Discourse",
    "facebook": "Facebook",
    "feed": "Website",
    "forum": "Forum",
    "instagram": "Instagram",
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "mediawiki": "Wiki (MediaWiki)",
    "podcast": "Podcast",
    "wordpress": "WordPress",
    "x": "X (Twitter)",
    "youtube": "YouTube",
    "": "Elsewhere",
}
URGENCY = {"today": "do today", "week": "do this week", "month": "do this month"}


def page(checks: Mapping[str, Check]) -> str:
    """The page: a list of all checks, then the card of each, in the order of their ids."""
    ordered = [checks[name] for name in sorted(checks)]
    listed = "\n".join(f"- [{c.id}](#{c.id}): {c.title}" for c in ordered)
    return "\n\n".join([f"{HEAD}\n{listed}", *(card(check) for check in ordered)]) + "\n"


def card(check: Check) -> str:
    """One check, without a last line end: what it asks for, why, and how to put it right."""
    return "\n".join(_lines(check))


def _lines(check: Check) -> Iterator[str]:
    module = sys.modules[check.judge.__module__]
    yield f"## {check.id}\n\n**{check.title}.**\n"
    yield f"{_flowing(module.__doc__)}\n"
    yield f"{_flowing(check.judge.__doc__)}\n"
    yield f"- Looks at: {check.examines}, {_accounts(check)}"
    nothing = "nothing but the list of accounts" if check.kinds else "no platform"
    yield f"- Needs: {', '.join(f'`{need}`' for need in check.needs) or nothing}"
    if check.also:
        yield f"- Reads too, where it can: {', '.join(f'`{fact}`' for fact in check.also)}"
    yield f"- How soon: {URGENCY[check.urgency]}, unless it says otherwise; about {check.minutes} minutes"
    yield f"- Thing to do: {check.instruction}"
    yield f"- Why: {check.why}"
    for platform, steps in check.how.items():
        yield f"- How to fix it, {PLATFORMS.get(platform, platform)}{_held(check, platform)}:"
        yield from (f"    {number}. {step}" for number, step in enumerate(steps, 1))
    yield f"- References: {'; '.join(check.references)}"
    if is_dataclass(check.parameters) and fields(check.parameters):
        yield f"\nParameters, under `[checks.{check.id}]` in the policy file:\n"
        yield f"{_flowing(check.parameters.__doc__)}\n"
        yield "| Parameter | Default | Allowed |\n| --- | --- | --- |"
        yield from _parameters(check.parameters)


def _held(check: Metadata, platform: str) -> str:
    """When the steps for a platform were checked against its own help pages."""
    if not platform:
        return ""
    day = check.verified.get(platform)
    held = (
        f"checked against its help pages on {day}"
        if day
        else "not yet checked against its help pages"
    )
    return f" ({held})"


def _accounts(check: Metadata) -> str:
    if not check.kinds:
        return "once for the council"
    return f"on accounts of kind {', '.join(sorted(check.kinds))}"


def _flowing(text: str | None) -> str:
    """A docstring as paragraphs on one line each, with Markdown's quotes for code."""
    paragraphs = re.split(r"\n\s*\n", (text or "").strip().replace("``", "`"))
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _parameters(kind: type) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        made = field.default_factory
        default = field.default if made is MISSING else made()
        allowed = ", ".join(_bounds(hints[field.name])) or "any"
        yield f"| `{field.name}` | `{_toml(default)}` | {allowed} |"


def _bounds(hint: Any) -> Iterator[str]:
    for bound in getattr(hint, "__metadata__", ()):
        for kind, name, words in (
            (Ge, "ge", "at least"),
            (Gt, "gt", "more than"),
            (Le, "le", "at most"),
            (Lt, "lt", "less than"),
        ):
            if isinstance(bound, kind):
                yield f"{words} {getattr(bound, name)}"
    choices = [choice for part in get_args(hint) for choice in get_args(part)]
    if choices and all(isinstance(choice, str) for choice in choices):
        yield ", ".join(f"`{choice}`" for choice in choices)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"{{ {_joined(f'{key} = {_toml(one)}' for key, one in value.items())} }}"
    if isinstance(value, tuple | list):
        return f"[{_joined(map(_toml, value))}]"
    if isinstance(value, date | int):
        return str(value)
    return f'"{value}"'


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts)
