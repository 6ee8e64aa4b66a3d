"""Every document before the Nu Html Checker, which must have nothing to say (``make test-servers``)."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.documents import EMAILS, PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("html")]
CHECKER = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
DOCUMENTS = EMAILS | PAGES
WRONG = EMAILS["email, mock-up"].replace("</h1>", "")


def messages(documents: Mapping[str, str], folder: Path) -> dict[str, list[str]]:
    """What the checker says of each document, warnings and remarks too."""
    paths = {name: folder / f"{n}.html" for n, name in enumerate(documents)}
    for name, path in paths.items():
        path.write_text(documents[name], "utf-8")
    done = subprocess.run(  # noqa: S603 - our own command
        ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", *map(str, paths.values())],  # noqa: S607 - Debian's
        capture_output=True,
        text=True,
        check=False,
    )
    said = defaultdict(list)
    for one in json.loads(done.stdout)["messages"]:
        said[one.get("url", "")].append(f"{one.get('lastLine')}: {one['message']}")
    assert "" not in said, said[""]
    return {name: said[f"file:{path}"] for name, path in paths.items()}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return messages({**DOCUMENTS, "wrong": WRONG}, tmp_path_factory.mktemp("html"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checker_has_nothing_to_say(checked: dict[str, list[str]], name: str) -> None:
    assert checked[name] == []


def test_the_checker_would_speak(checked: dict[str, list[str]]) -> None:
    assert "h1" in str(checked["wrong"])
