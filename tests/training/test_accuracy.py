from __future__ import annotations

from training import accuracy
from training.page import PAGE


def test_the_page_is_the_one_that_the_command_writes() -> None:
    assert PAGE.read_text("utf-8").startswith("\n".join(accuracy.own()))
    assert accuracy.main(["--check"]) == 0
