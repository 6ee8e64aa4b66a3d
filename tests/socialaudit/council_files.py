"""Council files as a person would write them, for the tests of what reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLATFORMS = ("facebook", "feed", "x", "youtube")

HEADING = """
[council]
id = "cromer"
name = "Cromer Town Council"
timezone = "Europe/London"
policy = "../policies/cromer-2016.toml"
"""

REPORT = """
[report]
recipients = ["clerk@example.gov.uk"]
"""

ACCOUNT = """
[[account]]
id = "facebook"
platform = "facebook"
handle = "CromerTownCouncil"
"""

WHOLE = HEADING + REPORT + ACCOUNT


def a_council_file(tmp_path: Path, text: str = WHOLE) -> Path:
    path = tmp_path / "cromer.toml"
    path.write_text(text, "utf-8")
    return path
