"""The email and the web report in a real browser: Chromium, with axe (``make test-servers``)."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from reports import web
from tests.reports.audits import an_audit, many
from tests.reports.test_email import RENDERED, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("chromium")]

WIDTHS = (1280, 640, 375, 320)
NAMES = ("mock-up", "hostile", "nothing", "60", "long titles", "emoji only", "incident")
# The mail app owns the page around an email, and so its landmarks.
EMAIL_RULES = {"rules": {r: {"enabled": False} for r in ("region", "landmark-one-main", "bypass")}}
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"


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


@dataclass
class Seen:
    """A page that was opened, and what it tried."""

    page: Page
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def overflow(self) -> int:
        root = "document.documentElement"
        return int(self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))

    def violations(self, options: dict[str, Any] | None = None) -> list[str]:
        found = Axe().run(self.page, options=options)
        return [
            f"{v['id']}: {node['target']} {node.get('failureSummary', '')}"
            for v in found.response["violations"]
            for node in v["nodes"]
        ]


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Any]:
    """Opens a document from a file at a width and in a colour scheme."""
    contexts = []

    def opened(document: str, width: int, scheme: Any = "light", **options: Any) -> Seen:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        seen = Seen(context.new_page())
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(document, "utf-8")
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))

        def dismissed(dialog: Any) -> None:
            seen.dialogs.append(dialog.message)
            dialog.dismiss()

        seen.page.on("dialog", dismissed)
        seen.page.goto(path.as_uri())
        assert seen.requests.pop(0) == path.as_uri()
        return seen

    yield opened
    for context in contexts:
        context.close()


PAGES = {name: web.render(VARIANTS[name]) for name in NAMES}
SCHEMES = ("light", "dark")
EVERYWHERE = [
    *((name, width, scheme) for name in NAMES[:2] for width in WIDTHS for scheme in SCHEMES),
    *((name, 320, scheme) for name in NAMES[2:] for scheme in SCHEMES),
]
"""The usual and the hostile week at every width; the others at the narrowest."""


@pytest.mark.parametrize(("name", "width", "scheme"), [*EVERYWHERE, ("failed", 375, "dark")])
def test_an_email_reads_well(look: Any, name: str, width: int, scheme: str) -> None:
    seen = look(RENDERED[name].html, width, scheme)
    assert seen.violations(EMAIL_RULES) == []
    assert seen.overflow <= 0
    assert (seen.requests, seen.dialogs, seen.errors) == ([], [], [])


@pytest.mark.parametrize(("name", "width", "scheme"), EVERYWHERE)
def test_a_web_report_reads_well(look: Any, name: str, width: int, scheme: str) -> None:
    seen = look(PAGES[name], width, scheme)
    seen.page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    assert seen.violations() == []
    assert seen.overflow <= 0
    assert (seen.requests, seen.dialogs, seen.errors) == ([], [], [])


@pytest.mark.parametrize("name", ["mock-up", "hostile"])
def test_text_may_be_spaced_out_without_sideways_scrolling(look: Any, name: str) -> None:
    for document in (RENDERED[name].html, PAGES[name]):
        seen = look(document, 320, bypass_csp=True)
        seen.page.add_style_tag(content=SPACED)
        assert seen.overflow <= 0


def test_buttons_are_48_pixels_high(look: Any) -> None:
    seen = look(RENDERED["mock-up"].html, 375)
    heights = seen.page.eval_on_selector_all(".btn", "all => all.map(b => b.offsetHeight)")
    assert len(heights) == 4
    assert min(heights) >= 48


def test_an_email_reads_well_without_its_style_blocks(look: Any) -> None:
    seen = look(RENDERED["mock-up"].html, 640)
    seen.page.eval_on_selector_all("style", "all => all.forEach(s => s.remove())")
    assert seen.violations(EMAIL_RULES) == []


def test_the_dark_scheme_is_dark(look: Any) -> None:
    for document in (RENDERED["mock-up"].html, PAGES["mock-up"]):
        seen = look(document, 640, "dark")
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"  # fmt: skip


def test_filters_show_what_they_say(look: Any) -> None:
    page = look(PAGES["mock-up"], 640).page
    page.select_option("#f-account", "facebook")
    assert page.inner_text("#count") == "Showing 5 of 10 things to do."
    assert page.locator(".item:visible").count() == 4
    page.select_option("#f-when", "month")
    assert page.inner_text("#count") == "Showing 0 of 10 things to do."
    assert page.is_visible("#none")
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('.item[hidden]').length === 0")
    assert page.inner_text("#count") == "Showing all 10 things to do."


def test_a_link_to_a_hidden_item_shows_it(look: Any) -> None:
    page = look(PAGES["mock-up"], 640).page
    page.select_option("#f-when", "month")
    assert page.is_hidden("#item-1")
    page.click("#part-5 a[href='#item-1']")
    page.wait_for_selector("#item-1", state="visible")


def test_without_script_everything_is_shown_and_no_filter(look: Any) -> None:
    page = look(PAGES["mock-up"], 640, java_script_enabled=False).page
    assert page.locator(".item:visible").count() == 9
    assert page.is_hidden("#filter")


def test_print_shows_the_evidence(look: Any) -> None:
    page = look(PAGES["mock-up"], 1280).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.eval_on_selector_all("details", "all => all.every(d => d.open)")


def test_a_planted_script_would_be_stopped_by_the_policy_of_the_page(look: Any) -> None:
    planted = PAGES["mock-up"].replace("</main>", "<script>alert('in')</script><p id='p' onclick='alert(1)'>x</p></main>")  # fmt: skip
    seen = look(planted, 640)
    seen.page.click("#p")
    assert seen.dialogs == []


def test_a_page_of_five_thousand_things_opens(look: Any) -> None:
    seen = look(web.render(an_audit(*many(5000))), 1280)
    assert seen.page.inner_text("#count") == "Showing all 5,000 things to do."
