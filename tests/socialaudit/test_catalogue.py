from __future__ import annotations

from pathlib import Path

import checks
from socialaudit.catalogue import card, page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_says_what_the_checks_do() -> None:
    written = (DOCS / "checks.md").read_text("utf-8")
    assert page(checks.load()) == written, "run make docs"


def test_every_check_has_a_card_and_a_place_in_the_list() -> None:
    whole = page(checks.load())
    for name, check in checks.load().items():
        assert f"- [{name}](#{name}): {check.title}\n" in whole
        assert card(check) in whole


def test_parameters_are_told_as_the_policy_file_writes_them() -> None:
    assert "| `hours` | `72` | at least 1 |" in card(checks.load()["held-comments"])
    assert "| `published_from` | `2020-09-23` | any |" in card(checks.load()["video-captions"])
    assert '{ PROFANITY_FILTER = ["Medium", "Strong"] }' in card(checks.load()["account-privacy"])
    assert "`emergency`, `closure`" in card(checks.load()["notice-alternative"])
