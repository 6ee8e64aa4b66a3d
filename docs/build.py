"""The documents that are made from the code: ``python -m docs.build``, ``--check`` to compare only.

``docs/checks.md`` comes from the checks' metadata, ``docs/platforms.md`` from the cards of the
connectors, and README's tables of platforms and settings from those and ``socialaudit.settings``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import checks
import connectors
from socialaudit import catalogue, settings
from socialaudit.looking import BY_HAND

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MARKS = {
    "settings": ("<!-- settings -->\n", "<!-- end of settings -->\n"),
    "platforms": ("<!-- platforms -->\n", "<!-- end of platforms -->\n"),
}
"""What stands before and after the tables in README."""
_HEAD = re.compile(r"(?:- )?(?:\*\*)?([A-Z][a-z]+(?: [a-z]+){0,3})(?:\*\*)?: ")
"""How a part of a card begins: ``Credentials: …``, ``- Price: …``, ``**Cannot see**: …``."""
_HOW = """\
`socialaudit platforms NAME` shows one of these. An account names its credential in the council file
(`credentials = "cromer-x"`); each field of it is an environment variable, or a file of that name in
the folder `SOCIALAUDIT_SECRETS_DIR`.
"""
_MADE = "Made by `make docs` from {source}. Change it there.\n"


def platforms() -> str:
    """What each platform needs, costs and cannot show: the cards of the connectors."""
    parts = [
        "# Platforms\n",
        _MADE.format(source="the module docstrings in `connectors/`"),
        _HOW,
    ]
    for name in connectors.NAMES:
        parts += [f"## {name}\n", *_card(connectors.card(name)), _fields(name)]
    return "\n".join(parts)


def _card(card: str) -> Iterator[str]:
    """A card as Markdown: paragraphs, and one list of its named parts."""
    listed = False
    for paragraph in _parts(card):
        head = _HEAD.match(paragraph)
        if listed and not head:
            yield ""
        listed = head is not None
        rest = paragraph[head.end() :] if head else paragraph
        text = re.sub(r"``([^`]+)``", r"`\1`", rest)
        yield f"- **{head[1]}**: {text}" if head else f"{text}\n"
    if listed:
        yield ""


def _parts(card: str) -> list[str]:
    """The paragraphs of a card, each in one line; a named part is one of its own."""
    found: list[list[str]] = [[]]
    for line in card.splitlines():
        if not line.strip() or _HEAD.match(line):
            found.append([])
        found[-1].append(line.strip())
    return [" ".join(filter(None, lines)) for lines in found if any(lines)]


def _fields(name: str) -> str:
    """The environment variables of a platform's credential, for a credential of the sample's name."""
    fields = connectors.connector(name).secrets
    if not fields:
        return "No credential.\n"
    wanted = ", ".join(f"`{settings.variable(f'cromer-{name}', field)}`" for field in fields)
    return f'With `credentials = "cromer-{name}"`: {wanted}.\n'


def readme() -> str:
    """README as it is, with its tables as the code has them.

    Raises ``ValueError`` when the marks around a table are missing.
    """
    text = (ROOT / "README.md").read_text("utf-8")
    for name, table in (("settings", settings.settings_table()), ("platforms", platform_table())):
        start, end = MARKS[name]
        before, rest = text.split(start)
        _, after = rest.split(end)
        text = f"{before}{start}\n{table}\n{end}{after}"
    return text


def platform_table() -> str:
    """What each platform needs to be read, in one line each, as a table in Markdown."""
    lines = ["| where | `platform` | needs | or its data export |", "|---|---|---|---|"]
    for name in connectors.NAMES:
        title = connectors.connector(name).title
        export = "yes" if name in connectors.ARCHIVES else "no"
        lines.append(
            f"| [{title}](docs/platforms.md#{name}) | `{name}` | {_needs(name)} | {export} |"
        )
    lines.append(f"| anywhere else | `{BY_HAND}` | a person who looks | no |")
    return "\n".join(lines)


def _needs(name: str) -> str:
    """Whether a platform is read without a key, by its card and the fields of its credential."""
    told = next(p for p in _parts(connectors.card(name)) if "Credentials" in p.partition(":")[0])
    if told.partition(":")[2].strip().lower().startswith("none"):
        return "no key; one shows more" if connectors.connector(name).secrets else "no key"
    return "a key"


def documents() -> dict[Path, str]:
    """Every document made from the code, by its path from the root of the project."""
    return {
        Path("docs/checks.md"): catalogue.page(checks.load()),
        Path("docs/platforms.md"): platforms(),
        Path("README.md"): readme(),
    }


def drifted() -> list[Path]:
    """The documents that are not what the code says."""
    return [
        path
        for path, text in documents().items()
        if not (ROOT / path).is_file() or (ROOT / path).read_text("utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    """Write what has drifted; with ``--check`` only name it, and answer 1 if anything has."""
    check = arguments == ["--check"]
    if arguments and not check:
        sys.stderr.write("usage: python -m docs.build [--check]\n")
        return 2
    made = documents()
    found = drifted()
    for path in found:
        if not check:
            (ROOT / path).write_text(made[path], "utf-8")
        sys.stdout.write(f"{path}: {'drifted; run make docs' if check else 'written'}\n")
    return int(check and bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
