from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import checks
from flows import trying
from socialaudit.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

COLUMNS = ["row", "outcome", "confidence", "score", "reason"]
ABUSE = "You are a thieving bastard"
TEXT_CHECKS = [
    name
    for name, check in checks.load().items()
    if check.reads_text and check.examines in trying.KINDS
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "texts.csv"


def attempt(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["try", *arguments])


def answers(said: Result) -> list[dict[str, str]]:
    assert said.exit_code == 0, said.output
    return list(csv.DictReader(io.StringIO(said.stdout)))


def written(path: Path, *texts: str, column: str = "text") -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[column], *([text] for text in texts)])
    return str(path)


def test_every_row_gets_its_answer_in_order(path: Path) -> None:
    said = answers(
        attempt("offensive-comments", written(path, ABUSE, "Lovely photo", "", f"{ABUSE}!"))
    )
    assert list(said[0]) == COLUMNS
    assert [(row["row"], row["outcome"]) for row in said] == [
        ("2", "fail"),
        ("3", "pass"),
        ("4", "pass"),
        ("5", "fail"),
    ]
    assert said[0]["confidence"] == "possible"
    assert 0 < float(said[0]["score"]) <= 1
    assert "bastard" in said[0]["reason"]
    assert set(said[1].values()) == {"3", "pass", ""}


def test_a_question_is_old_enough_to_be_late(path: Path) -> None:
    (row,) = answers(attempt("unanswered-comments", written(path, "When does the library open?")))
    assert (row["outcome"], row["score"]) == ("fail", "")


def test_a_post_is_tried_as_a_post(path: Path) -> None:
    text = "Mill Lane will be closed to traffic on Friday 27 November."
    now = ("--now", "2026-11-22T09:00:00Z")
    (row,) = answers(attempt("notice-alternative", written(path, text), *now))
    assert row["outcome"] == "fail"
    (row,) = answers(attempt("notice-alternative", written(path, text), "--kind", "comment", *now))
    assert row["outcome"] == "not applicable"


def test_a_post_is_tried_with_a_picture_of_which_nothing_is_told(path: Path) -> None:
    (row,) = answers(attempt("words-in-pictures", written(path, "See poster for details")))
    assert (row["outcome"], row["confidence"]) == ("fail", "possible")


def test_rows_have_nothing_to_do_with_each_other(path: Path) -> None:
    texts = ["When does the library open?", "At nine on Saturdays.", "Thanks"] * 200
    together = answers(attempt("unanswered-comments", written(path, *texts)))
    assert [row["outcome"] for row in together] == ["fail", "pass", "pass"] * 200
    assert [row["row"] for row in together] == [str(n) for n in range(2, 602)]


@pytest.mark.parametrize("name", TEXT_CHECKS)
def test_every_text_check_takes_every_text(path: Path, name: str) -> None:
    odd = [
        " ",
        "x" * 100_000,
        "a " * 50_000,
        "😀" * 300,
        "Здравствуйте, 你好, مرحبا!",
        "=1+1",
        "\u202eabc",
        '"quoted", with a\nline break',
    ]
    said = answers(attempt(name, written(path, *odd)))
    assert len(said) == len(odd)
    assert {row["outcome"] for row in said} <= {"pass", "fail", "not applicable", "not assessed"}


def test_no_cell_of_the_answer_is_a_formula(path: Path) -> None:
    texts = [f"{start}1+1 {ABUSE}, when will you answer?" for start in "=+-@"]
    for name in TEXT_CHECKS:
        for row in answers(attempt(name, written(path, *texts))):
            assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_other_encodings_and_columns_are_read(path: Path, encoding: str) -> None:
    path.write_text(f"id;Comment;likes\n1;{ABUSE} in the café;3\n", encoding)
    (row,) = answers(attempt("offensive-comments", str(path), "--column", "comment"))
    assert row["outcome"] == "fail"


def test_the_answer_may_go_to_a_file(path: Path) -> None:
    out = path.with_name("answers.csv")
    said = attempt("offensive-comments", written(path, ABUSE), "--out", str(out))
    assert (said.exit_code, said.output) == (0, "")
    assert out.read_text("utf-8").startswith(f"{','.join(COLUMNS)}\n2,fail,possible,")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ofensive-comments"], 'did you mean "offensive-comments"?'),
        (["video-captions"], "video-captions does not read text; these do: "),
        (["held-comments"], "held-comments does not read text"),
        (["policy-review"], "policy-review does not read text"),
        (["offensive-comments", "--column", "texts"], 'names no column "texts"; is it "text"?'),
    ],
)
def test_what_cannot_be_tried_is_told_in_one_line(
    path: Path, arguments: list[str], expected: str
) -> None:
    check, *options = arguments
    said = attempt(check, written(path, ABUSE), *options)
    assert (said.exit_code, said.stdout) == (2, "")
    assert expected in said.stderr
    assert "\n" not in said.stderr.strip()


def test_a_missing_file_is_told_in_one_line(path: Path) -> None:
    said = attempt("offensive-comments", str(path))
    assert (said.exit_code, said.stdout) == (2, "")
    assert "no such file" in said.stderr


def test_nothing_is_kept_and_nothing_is_asked_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    assert attempt("offensive-comments", written(path, ABUSE)).exit_code == 0
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
