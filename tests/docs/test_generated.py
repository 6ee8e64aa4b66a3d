from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import checks
import connectors
from docs import build
from socialaudit import settings

if TYPE_CHECKING:
    import pytest


def test_every_document_made_from_the_code_is_what_the_code_says() -> None:
    assert build.drifted() == []


def test_the_check_names_what_drifted_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    tables = "".join(f"{start}old\n{end}" for start, end in build.MARKS.values())
    (tmp_path / "README.md").write_text(f"# x\n{tables}more\n", "utf-8")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    assert build.main(["--check"]) == 1
    assert "README.md: drifted" in capsys.readouterr().out
    assert "old" in (tmp_path / "README.md").read_text("utf-8")
    assert build.main([]) == 0
    assert build.main(["--check"]) == 0
    assert (tmp_path / "README.md").read_text("utf-8").endswith("more\n")


def test_another_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["--chekc"]) == 2
    assert "usage" in capsys.readouterr().err


def test_every_check_has_its_place_in_the_list_of_checks() -> None:
    page = build.documents()[Path("docs/checks.md")]
    assert [id_ for id_ in checks.load() if f"## {id_}\n" not in page] == []


def test_every_platform_says_what_it_needs_and_what_it_cannot_see() -> None:
    for part in build.platforms().split("\n## ")[1:]:
        assert "**Documentation**: https://" in part, part
        assert "**Credentials**: " in part, part
        assert "**Cannot see**: " in part, part


def test_every_field_of_a_credential_is_named_as_the_settings_read_it() -> None:
    page = build.platforms()
    for name in connectors.NAMES:
        for field in connectors.connector(name).secrets:
            assert settings.variable(f"cromer-{name}", field) in page
