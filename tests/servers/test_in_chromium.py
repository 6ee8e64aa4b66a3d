"""Every document in a real browser: Chromium, with axe (``make test-servers``)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from reports import web
from tests.reports.audits import an_audit, many
from tests.servers.documents import EMAILS, PAGES

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("chromium")]

WIDTHS = (1280, 640, 375, 320)
SCHEMES = ("light", "dark")
# The mail app owns the page around an email, and so its landmarks.
EMAIL_RULES = {"rules": {r: {"enabled": False} for r in ("region", "landmark-one-main", "bypass")}}
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
USUAL = EMAILS["email, mock-up"]
REPORT = PAGES["web report, mock-up"]
AT_EVERY_WIDTH = {
    "email, mock-up",
    "email, hostile",
    "email, failed",
    "missed reports, one",
    "missed reports, hostile",
    "web report, mock-up",
    "web report, hostile",
    "archive, a year",
    "archive, hostile",
    "quarterly summary, usual",
    "quarterly summary, hostile",
    "evidence, whole",
    "evidence, hostile",
}
"""The others are looked at where it is narrowest."""


@pytest.mark.parametrize("name", EMAILS | PAGES)
def test_a_document_reads_well(look: Any, name: str) -> None:
    seen = look((EMAILS | PAGES)[name], 320)
    seen.page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    rules = EMAIL_RULES if name in EMAILS else None
    for width, scheme in product(WIDTHS if name in AT_EVERY_WIDTH else (320,), SCHEMES):
        seen.at(width, scheme)
        assert (width, scheme, seen.violations(rules)) == (width, scheme, [])
        assert (width, scheme, max(seen.overflow, 0)) == (width, scheme, 0)
    assert seen.tried == []


@pytest.mark.parametrize("name", sorted(AT_EVERY_WIDTH))
def test_text_may_be_spaced_out_without_sideways_scrolling(look: Any, name: str) -> None:
    seen = look((EMAILS | PAGES)[name], 320, bypass_csp=True)
    seen.page.add_style_tag(content=SPACED)
    assert seen.overflow <= 0


def test_buttons_are_48_pixels_high(look: Any) -> None:
    seen = look(USUAL, 375)
    heights = seen.page.eval_on_selector_all(".btn", "all => all.map(b => b.offsetHeight)")
    assert len(heights) == 4
    assert min(heights) >= 48


def test_an_email_reads_well_without_its_style_blocks(look: Any) -> None:
    seen = look(USUAL, 640)
    seen.page.eval_on_selector_all("style", "all => all.forEach(s => s.remove())")
    assert seen.violations(EMAIL_RULES) == []


def test_the_dark_scheme_is_dark(look: Any) -> None:
    for document in (USUAL, REPORT):
        seen = look(document, 640, "dark")
        assert seen.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 28)"  # fmt: skip


def test_filters_show_what_they_say(look: Any) -> None:
    page = look(REPORT, 640).page
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
    page = look(REPORT, 640).page
    page.select_option("#f-when", "month")
    assert page.is_hidden("#item-1")
    page.click("#part-5 a[href='#item-1']")
    page.wait_for_selector("#item-1", state="visible")


def test_without_script_everything_is_shown_and_no_filter(look: Any) -> None:
    page = look(REPORT, 640, java_script_enabled=False).page
    assert page.locator(".item:visible").count() == 9
    assert page.is_hidden("#filter")


def test_print_shows_the_evidence(look: Any) -> None:
    page = look(REPORT, 1280).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.eval_on_selector_all("details", "all => all.every(d => d.open)")


def test_a_planted_script_would_be_stopped_by_the_policy_of_the_page(look: Any) -> None:
    planted = REPORT.replace("</main>", "<script>alert('in')</script><p id='p' onclick='alert(1)'>x</p></main>")  # fmt: skip
    seen = look(planted, 640)
    seen.page.click("#p")
    assert seen.dialogs == []


def test_a_page_of_five_thousand_things_opens(look: Any) -> None:
    seen = look(web.render(an_audit(*many(5000))), 1280)
    assert seen.page.inner_text("#count") == "Showing all 5,000 things to do."
