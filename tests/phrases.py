"""Texts that hold what a rule over plain words looks for, written in many ways, for property tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable

BETWEEN = (" ", "  ", "\n", "-", "’", ", ", " é ", "\u2028", "🦀")
AROUND = ("", " ", "so ", "The ", "É", "x", "! ", "\u0130", "2", "_", "“")


def texts(rules: Iterable[str]) -> st.SearchStrategy[str]:
    """Texts with one match of a rule: words parted by one space, ``~`` for some words between."""
    found = st.sampled_from([rule.replace("~", "(?: [a-z]{1,4}){0,2}") for rule in rules]).flatmap(
        lambda rule: st.from_regex(re.compile(rule, re.ASCII), fullmatch=True)
    )
    return st.builds(
        _written,
        found,
        st.sampled_from(BETWEEN),
        st.sampled_from([str.lower, str.upper, str.title]),
        st.sampled_from(AROUND),
        st.sampled_from(AROUND),
    )


def _written(phrase: str, between: str, case: type[str], before: str, after: str) -> str:
    return f"{before}{case(phrase.replace(' ', between))}{after}"
