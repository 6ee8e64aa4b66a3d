"""The documents that are made from the code: ``python -m docs.build``, ``--check`` to compare only.

``docs/checks.md`` comes from the checks' metadata, ``docs/platforms.md`` from the cards of the
connectors, and the table of settings in README from ``socialaudit.settings``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import checks
import connectors
from socialaudit import catalogue, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
START, END = "<!-- settings -->\n", "<!-- end of settings -->\n"
"""What stands before and after the table of settings in README."""
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
    """README as it is, with the table of settings as the code has it.

    Raises ``ValueError`` when the marks around the table are missing.
    """
    before, rest = (ROOT / "README.md").read_text("utf-8").split(START)
    _, after = rest.split(END)
    return f"{before}{START}\n{settings.settings_table()}\n{END}{after}"


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
