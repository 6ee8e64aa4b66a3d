from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from socialaudit.check import PUBLIC_IDS
from socialaudit.errors import UsageError
from training.checks_part import SETS, Count, expected, measured, part

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = """\
text,expected,note
When does the library open?,yes,
Lovely photo,no,
What a shame?!,yes,not one that the rule knows
Does the bus stop here?,no,as if it were wrong
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "unanswered-comments.csv").write_text(QUESTIONS, "utf-8")
    (tmp_path / "video-captions.csv").write_text(QUESTIONS, "utf-8")
    return tmp_path


def test_right_wrong_and_missed_texts_are_counted(folder: Path) -> None:
    found = measured("unanswered-comments", folder / "unanswered-comments.csv")
    assert found == Count(found=1, wrong=1, missed=1)
    assert found.precision() == "1 of 2: 0.50 (0.09–0.91)"
    assert Count(0, 0, 3).precision() == "–"


def test_only_sets_that_a_text_check_stands_behind_are_shown(folder: Path) -> None:
    lines = [line for line in part(folder) if line.startswith("| ")]
    assert [line.split(" | ")[:2] for line in lines[1:]] == [["| unanswered-comments", "4"]]


def test_a_check_without_a_set_is_named(folder: Path) -> None:
    *_, bare, aside = part(folder)
    assert "offensive-comments" in bare
    assert aside == "Not measured here, for more is needed than one text: video-captions.\n"


def test_the_first_look_stands_beside_todays_figures(folder: Path) -> None:
    said = "[unanswered-comments]\nfound = 0\nwrong = 1\nmissed = 2\n"
    (folder / "first_looks.toml").write_text(said, "utf-8")
    page = "\n".join(part(folder))
    assert "| 4 | 0 of 1: 0.00 (0.00–0.79) | 0 of 2: 0.00 (0.00–0.66) | 1 of 2: 0.50 " in page
    assert "All first looks together: precision 0 of 1: 0.00" in page


def test_a_second_set_has_a_table_of_its_own(folder: Path) -> None:
    second = folder / "second"
    second.mkdir()
    (second / "unanswered-comments.csv").write_text(QUESTIONS.replace("Lovely", "Nice"), "utf-8")
    first, _, again = "\n".join(part(folder)).partition("### A second set")
    assert "| unanswered-comments | 4 |" in first
    assert "| unanswered-comments | 4 |" in again


def test_a_row_that_is_neither_yes_nor_no_is_an_error_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "unanswered-comments.csv"
    path.write_text("text,expected\nWhen?,maybe\n", "utf-8")
    with pytest.raises(UsageError, match="row 2, column expected: write yes or no"):
        expected(path)


def test_every_set_is_for_a_check_and_has_texts_of_both_kinds() -> None:
    for path in SETS.rglob("*.csv"):
        assert path.stem in PUBLIC_IDS, path
        if not path.read_text("utf-8").startswith("text,"):
            continue
        assert set(expected(path).values()) == {True, False}, path
