from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from socialaudit.council import load
from socialaudit.errors import UsageError
from tests.socialaudit.council_files import (
    ACCOUNT,
    HEADING,
    PLATFORMS,
    REPORT,
    WHOLE,
    a_council_file,
)

if TYPE_CHECKING:
    from pathlib import Path


def the_refs(tmp_path: Path, *accounts: tuple[str, str, str]) -> list[str]:
    tables = "".join(
        f'[[account]]\nid = "a{n}"\nplatform = "{platform}"\nhandle = "{handle}"\n'
        + (f'ref = "{ref}"\n' if ref else "")
        for n, (platform, handle, ref) in enumerate(accounts)
    )
    path = a_council_file(tmp_path, HEADING + REPORT + tables)
    return [account.ref for account in load(path, PLATFORMS).accounts]


def test_references_are_the_platforms_own_unless_the_file_gives_them(tmp_path: Path) -> None:
    accounts = [
        ("facebook", "a", ""),
        ("youtube", "a", ""),
        ("x", "a", ""),
        ("feed", "a", "NEWS"),
    ]
    assert the_refs(tmp_path, *accounts) == ["FB", "YT", "X", "NEWS"]


def test_a_second_account_on_a_platform_gets_a_letter_of_its_handle(tmp_path: Path) -> None:
    accounts = [("facebook", "Town", ""), ("facebook", "Museum", ""), ("facebook", "Market", "")]
    assert the_refs(tmp_path, *accounts) == ["FB", "FBM", "FBA"]


def test_a_reference_in_the_file_is_never_given_to_another_account(tmp_path: Path) -> None:
    accounts = [("facebook", "Town", ""), ("facebook", "Museum", "FB")]
    assert the_refs(tmp_path, *accounts) == ["FBT", "FB"]


PLACE = """
[[account]]
id = "group"
platform = "by-hand"
title = "Facebook group Cromer Residents"
handle = "https://www.facebook.com/groups/1234567890"
"""


def test_a_place_where_only_people_look_needs_a_name_and_an_address(tmp_path: Path) -> None:
    (_, plain) = load(a_council_file(tmp_path, WHOLE + PLACE), PLATFORMS).accounts
    assert (plain.by_hand, plain.ref, plain.look_days, plain.look_for) == (True, "BY", 30, None)
    more = PLACE + 'every_days = 14\nlook_for = "abuse"\n'
    (_, told) = load(a_council_file(tmp_path, WHOLE + more), PLATFORMS).accounts
    assert (told.look_days, told.look_for) == (14, "abuse")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLACE.replace("title =", "# title ="), '"group" title: is missing'),
        (PLACE.replace("https://www.facebook.com/groups/1234567890", "our group"), "handle: must be a web address"),
        (PLACE.replace("https://", "http://"), "handle: must start with https://"),
        (PLACE + 'credentials = "cromer-x"\n', "remove credentials and base_url"),
        (PLACE + "every_days = 0\n", "every_days: must be greater than or equal to 1"),
        (ACCOUNT.replace('id = "facebook"', 'id = "fb"\ntitle = "Ours"') .replace("CromerTown", "Other"), 'go with platform = "by-hand" alone'),
    ],
)  # fmt: skip
def test_a_place_that_people_could_not_find_is_refused(
    tmp_path: Path, text: str, expected: str
) -> None:
    with pytest.raises(UsageError) as fault:
        load(a_council_file(tmp_path, WHOLE + text), PLATFORMS)
    assert expected in str(fault.value)


def test_a_hundred_accounts_have_a_hundred_references(tmp_path: Path) -> None:
    refs = the_refs(tmp_path, *(("x", f"{n}", "") for n in range(100)))
    assert len(set(refs)) == 100
    assert all(1 <= len(ref) <= 4 for ref in refs)


def test_a_place_where_only_people_look_has_no_export(tmp_path: Path) -> None:
    text = WHOLE + PLACE + 'archive = "export.zip"\n'
    with pytest.raises(UsageError, match='"group" archive'):
        load(a_council_file(tmp_path, text), PLATFORMS)


@pytest.mark.parametrize("written", ["export.zip", "exports/x", "/srv/exports/x.zip"])
def test_an_export_starts_at_the_council_file(tmp_path: Path, written: str) -> None:
    path = a_council_file(tmp_path, WHOLE + f'archive = "{written}"\n')
    assert load(path, PLATFORMS).accounts[0].archive == tmp_path / written


def test_an_export_of_a_platform_that_has_none_is_refused(tmp_path: Path) -> None:
    path = a_council_file(tmp_path, WHOLE + 'archive = "export.zip"\n')
    with pytest.raises(UsageError, match="has no export that can be read; remove this line"):
        load(path, PLATFORMS, archives=())
