from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from socialaudit.council import load
from socialaudit.errors import UsageError
from tests.socialaudit.council_files import (
    PLATFORMS,
    WHOLE,
    a_council_file,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "address",
    ["www.example.org", "javascript:alert(1)", "https://", "https://a b", "https://[::", "ftp://a"],
)
def test_what_is_no_web_address_is_refused(tmp_path: Path, address: str) -> None:
    path = a_council_file(tmp_path, WHOLE + f'base_url = "{address}"\n')
    with pytest.raises(UsageError, match="base_url: must be a web address"):
        load(path, PLATFORMS)


@pytest.mark.parametrize("address", ["http://127.0.0.1:8401", "http://[::1]/", "http://localhost"])
def test_this_machine_may_be_read_without_encryption(tmp_path: Path, address: str) -> None:
    path = a_council_file(tmp_path, WHOLE + f'base_url = "{address}"\n')
    assert load(path, PLATFORMS).accounts[0].base_url == address


@pytest.mark.parametrize(
    "address", ["https://www.example.gov.uk/news", "https://x.com/intent/tweet"]
)
def test_what_is_not_ours_must_be_a_profile(tmp_path: Path, address: str) -> None:
    text = WHOLE.replace("[council]", f'[council]\nnot_ours = ["{address}"]')
    with pytest.raises(UsageError, match="must be the address of a profile"):
        load(a_council_file(tmp_path, text), PLATFORMS)
