from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from demo import manifest
from demo.world import World
from tests.servers.chromium import Seen, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo town on its second Monday, never read before."""
    with World(tmp_path, manifest.load().weekly).running() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = os.environ.get("SOCIALAUDIT_TEST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        yield started
        started.close()


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens a document at a width and in a colour scheme."""
    before = len(browser.contexts)

    def look(document: str, width: int, scheme: Any = "light", **options: Any) -> Seen:
        path = tmp_path / f"{len(browser.contexts)}.html"
        path.write_text(document, "utf-8")
        return opened(browser, path, width, scheme, **options)

    yield look
    for context in browser.contexts[before:]:
        context.close()
