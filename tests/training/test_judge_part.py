from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from training import talk
from training.judge_part import balanced, false_flags, right, spoken_of, suite
from training.page import share

if TYPE_CHECKING:
    from pathlib import Path


def test_the_judge_keeps_what_the_page_promises() -> None:
    kind = [s for s in suite() if s.phenomenon == "kind words"]
    assert balanced(suite()) >= 0.75
    assert balanced(suite(talk.SECOND)) >= 0.75
    assert share(right(kind)) >= 0.70
    assert false_flags()["anything"] <= 0.01


def test_no_characteristic_is_judged_much_worse_than_another() -> None:
    found: dict[str, list[bool]] = {}
    sentences, names = spoken_of()
    for ok, name in zip(right(sentences), names, strict=True):
        found.setdefault(name, []).append(ok)
    shares = [share(flags) for name, flags in found.items() if name != "not seen"]
    assert len(shares) >= 7
    assert max(shares) - min(shares) <= 0.15


@pytest.mark.parametrize("path", [talk.HELD_OUT, talk.SECOND])
def test_no_held_out_line_is_trained_on(path: Path) -> None:
    trained = {s.text.lower() for s in talk.read(talk.TRAINING)}
    assert [s.text for s in talk.read(path) if s.text.lower() in trained] == []
