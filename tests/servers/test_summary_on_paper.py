"""The quarterly summary in a real browser: one sheet of A4, and readable by everyone."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from reports import summary
from tests.reports.test_summary import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("chromium")]


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


def opened(browser: Browser, tmp_path: Path, name: str, width: int, scheme: Any = "light") -> Any:
    path = tmp_path / "summary.html"
    path.write_text(summary.render(VARIANTS[name]), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", VARIANTS)
def test_a_summary_prints_on_one_sheet(browser: Browser, tmp_path: Path, name: str) -> None:
    page = opened(browser, tmp_path, name, 1280)
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert printed.count(b"/Type /Page") - printed.count(b"/Type /Pages") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 640, 375, 320])
@pytest.mark.parametrize("name", ["usual", "hostile"])
def test_a_summary_reads_well(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    page = opened(browser, tmp_path, name, width, scheme)
    found = Axe().run(page).response["violations"]
    root = "document.documentElement"
    overflow = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    page.close()
    assert [v["id"] for v in found] == []
    assert overflow <= 0
