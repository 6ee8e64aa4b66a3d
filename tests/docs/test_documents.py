from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LATER = {"docs/pictures/email-640.png"}
"""Pictures of the demo town’s email, taken in a browser; they may not be there yet."""
MADE = {"out", "dist", "build", "node_modules", "__pycache__"}
"""Folders that .gitignore names."""

# Built from pieces, so that this file does not hold what it looks for.
OF_A_MACHINE = [rf"(?<![\w.$}}/-])/{folder}/" for folder in ("wo" + "rk", "ro" + "ot", "ho" + "me")]
OF_A_REGISTRY = [
    r"\b(?:[\w-]+\.)*py" + r"pi\.(?:org|python|io|com|net|internal|local)\b",
    r"\bfiles\.python" + r"hosted\b",
    r"\bregistry\." + r"(?:np" + r"mjs|yarn" + r"pkg|docker|[a-z-]+\.[a-z])",
    r"\bnp" + r"mjs\.(?:org|com)\b",
    r"(?m)^\s*--?(?:extra-|default-)?index(?:-url)?[ =]\S",
]


@cache
def every_file() -> dict[Path, str]:
    """Every text file of the project; no git is asked, so that any copy of it can be tested."""
    found: dict[Path, str] = {}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [f for f in folders if f == ".ci" or not (f.startswith(".") or f in MADE)]
        for path in (Path(folder, name) for name in names):
            if b"\0" not in (body := path.read_bytes()):
                found[path.relative_to(ROOT)] = body.decode("utf-8", "replace")
    return found


def pages() -> dict[Path, str]:
    return {path: text for path, text in every_file().items() if path.suffix == ".md"}


def prose(text: str) -> str:
    """Markdown without its code."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?ms)^```.*?^```", "", text))


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(r"(?m)^#+ (.+)$", re.sub(r"(?ms)^```.*?^```", "", text))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {words.replace(" ", "-") for words in plain}


def links(text: str) -> list[str]:
    return re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", prose(text))


def is_found(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / page.parent / path).resolve() if path else ROOT / page
    if not target.is_relative_to(ROOT):
        return False
    if not target.exists():
        return target.relative_to(ROOT).as_posix() in LATER
    return not anchor or anchor in anchors(target.read_text("utf-8"))


def test_every_relative_link_leads_somewhere() -> None:
    broken = [
        f"{page}: {link}"
        for page, text in pages().items()
        for link in links(text)
        if "://" not in link and not link.startswith("mailto:") and not is_found(page, link)
    ]
    assert broken == []


def test_every_file_that_a_page_names_is_there() -> None:
    # paths in code marks, such as `docs/design.md`; "your" marks an example
    folders = "bench|checks|connectors|councils|demo|docs|flows|policies|reports|socialaudit|tests"
    broken = [
        f"{page}: {named}"
        for page, text in pages().items()
        for named in re.findall(rf"`((?:{folders})/[\w./-]+\.\w+)`", text)
        if not (ROOT / named).exists() and named not in LATER and "your" not in named
    ]
    assert broken == []


@pytest.mark.parametrize("pattern", OF_A_MACHINE)
def test_no_file_holds_the_path_of_a_machine_it_was_made_on(pattern: str) -> None:
    assert [str(path) for path, text in every_file().items() if re.search(pattern, text)] == []


@pytest.mark.parametrize("pattern", OF_A_REGISTRY)
def test_no_file_names_the_host_of_a_package_registry(pattern: str) -> None:
    assert [str(path) for path, text in every_file().items() if re.search(pattern, text)] == []


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("in /" + "work/main now", OF_A_MACHINE[0]),
        ("file:///" + "home/anna/x", OF_A_MACHINE[2]),
        ("at https://py" + "pi.org/simple", OF_A_REGISTRY[0]),
        ("from https://mirror.py" + "pi.internal/x", OF_A_REGISTRY[0]),
        ("https://registry.np" + "mjs.org/x", OF_A_REGISTRY[2]),
        ("--index" + "-url https://a", OF_A_REGISTRY[4]),
    ],
)
def test_such_a_path_or_host_would_be_seen(text: str, pattern: str) -> None:
    assert re.search(pattern, text.replace("file://", "file: "))


@pytest.mark.parametrize(
    "text",
    [
        "https://www.example.org/" + "work/",
        "$HOME/" + "home/",
        "tests/" + "work/x",
        "net" + "work/",
    ],
)
def test_an_address_with_such_a_folder_in_it_is_left_alone(text: str) -> None:
    assert [pattern for pattern in OF_A_MACHINE if re.search(pattern, text)] == []


def test_every_decision_is_short_and_numbered_once() -> None:
    found = sorted((ROOT / "docs" / "adr").glob("*.md"))
    long = {p.name: n for p in found if (n := len(p.read_text("utf-8").splitlines())) > 40}
    assert long == {}
    assert [int(p.name[:4]) for p in found] == list(range(1, len(found) + 1))
    assert [p.name for p in found if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", p.name)] == []


def test_every_decision_is_titled_with_its_number() -> None:
    found = (ROOT / "docs" / "adr").glob("*.md")
    assert [p.name for p in found if not p.read_text().startswith(f"# {int(p.name[:4])}. ")] == []
