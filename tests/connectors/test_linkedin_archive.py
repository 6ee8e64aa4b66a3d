"""LinkedIn's export of a page, which is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import connectors
from connectors import linkedin_archive
from connectors.archive_files import Files
from socialaudit.errors import ExportUnusable
from tests.connectors.exports import access_to, packed, unpacked

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name", ["cromer-town-council_content_1763856000000.xls", "Shares.csv", "x_updates_1.csv"]
)
def test_it_is_known_for_what_it_is_and_refused(tmp_path: Path, name: str) -> None:
    files = Files.of(packed(tmp_path, {name: "Date,ShareLink\n"}))
    root = linkedin_archive.root(files)
    assert root == ""
    assert linkedin_archive.made_at(files, root) is None
    with pytest.raises(ExportUnusable, match="figures only") as caught:
        linkedin_archive.records(files, root, access_to("linkedin", tmp_path, "cromer"))
    assert "connect the page" in caught.value.remedy


def test_anything_else_is_none(tmp_path: Path) -> None:
    assert linkedin_archive.root(Files.of(unpacked(tmp_path / "a", {"b.csv": ""}))) is None
    assert "linkedin" in connectors.ARCHIVES
