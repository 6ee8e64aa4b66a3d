"""The quarterly summary as Chromium prints it: one sheet of A4."""

from __future__ import annotations

from typing import Any

import pytest

from tests.servers.documents import PAGES

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("chromium")]
SUMMARIES = [name for name in PAGES if name.startswith("quarterly summary, ")]


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_prints_on_one_sheet(look: Any, name: str) -> None:
    printed = look(PAGES[name], 1280).page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page") - printed.count(b"/Type /Pages") == 1
