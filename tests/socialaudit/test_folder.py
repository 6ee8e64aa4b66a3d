from __future__ import annotations

from pathlib import Path

import pytest

from socialaudit.errors import UsageError
from socialaudit.folder import find, in_folder
from tests.socialaudit.council_files import (
    WHOLE,
    a_council_file,
)


@pytest.mark.parametrize("name", ["cromer.toml", "elsewhere/cromer", "./cromer.toml"])
def test_what_looks_like_a_path_is_one(name: str) -> None:
    assert find(name, None) == Path(name)


def test_a_council_is_found_by_its_id_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = a_council_file(tmp_path).rename(tmp_path / "north-norfolk.toml")
    assert find("cromer", tmp_path) == path


def test_an_unknown_council_names_the_nearest(tmp_path: Path) -> None:
    a_council_file(tmp_path)
    with pytest.raises(UsageError, match='no council has the id "crommer"; did you mean "cromer"'):
        find("crommer", tmp_path)


def test_an_id_without_a_folder_says_how_to_give_one() -> None:
    with pytest.raises(UsageError, match="or set SOCIALAUDIT_COUNCILS to the folder"):
        find("cromer", None)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        find("cromer", tmp_path / "none")


def test_a_broken_file_in_a_folder_hides_no_other(tmp_path: Path) -> None:
    path = a_council_file(tmp_path)
    (tmp_path / "broken.toml").write_text("[", "utf-8")
    (tmp_path / "empty.toml").touch()
    broken, empty = tmp_path / "broken.toml", tmp_path / "empty.toml"
    assert in_folder(tmp_path) == {"broken": broken, "cromer": path, "empty": empty}


def test_of_two_files_with_one_id_the_one_named_after_it_counts_and_the_other_is_refused(
    tmp_path: Path,
) -> None:
    path = a_council_file(tmp_path)
    (tmp_path / "a-copy.toml").write_text(WHOLE, "utf-8")
    assert find("cromer", tmp_path) == path
    assert list(in_folder(tmp_path)) == ["a-copy", "cromer"]
    with pytest.raises(UsageError, match=r"is that of cromer\.toml too"):
        find("a-copy", tmp_path)
