from __future__ import annotations

import re

import pytest

from socialaudit.phrases import compiled, plain, wide


def test_a_text_is_its_words() -> None:
    assert plain("Don’t — PANIC,\n\té_2 ok!") == "don t panic é 2 ok"


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        ("cock ?up", "what a cock up", True),
        ("cock ?up", "a cockup", True),
        ("cock", "a cocktail", False),
        ("stop~ moaning", "stop all this moaning", True),
        ("stop~ moaning", "stop and then start moaning", False),
        ("^grow up$", "grow up", True),
        ("^grow up$", "they grow up", False),
    ],
)
def test_a_rule_finds_whole_words_and_its_filter_lets_them_through(
    rule: str, text: str, *, found: bool
) -> None:
    assert bool(compiled(rule, 2).search(text)) is found
    assert not found or re.search(wide(rule), text.replace(" ", " - "))
