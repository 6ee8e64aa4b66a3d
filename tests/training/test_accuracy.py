from __future__ import annotations

from training import accuracy, talk
from training.accuracy import PAGE, balanced, false_flags, own, right, share, spoken_of, suite


def test_the_judge_keeps_what_the_page_promises() -> None:
    kind = [s for s in suite() if s.phenomenon == "kind words"]
    assert balanced(suite()) >= 0.75
    assert share(right(kind)) >= 0.70
    assert false_flags()["anything"] <= 0.01


def test_the_page_is_the_one_that_the_command_writes() -> None:
    assert PAGE.read_text("utf-8").startswith("\n".join(own()))
    assert accuracy.main(["--check"]) == 0


def test_no_characteristic_is_judged_much_worse_than_another() -> None:
    found: dict[str, list[bool]] = {}
    sentences, names = spoken_of()
    for ok, name in zip(right(sentences), names, strict=True):
        found.setdefault(name, []).append(ok)
    shares = [share(flags) for name, flags in found.items() if name != "not seen"]
    assert len(shares) >= 7
    assert max(shares) - min(shares) <= 0.15


def test_no_held_out_line_is_trained_on() -> None:
    trained = {s.text.lower() for s in talk.read(talk.TRAINING)}
    assert [s.text for s in talk.read(talk.HELD_OUT) if s.text.lower() in trained] == []
