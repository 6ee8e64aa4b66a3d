from __future__ import annotations

from pathlib import Path

import pytest

from socialaudit.council import (
    CouncilFile,
    RegisteredAccount,
    Report,
    Retention,
    find,
    in_folder,
    load,
)
from socialaudit.errors import UsageError
from socialaudit.models import AccountKind, Council

SAMPLE = Path(__file__).parents[2] / "councils" / "sample.toml"
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


def the_refs(tmp_path: Path, *accounts: tuple[str, str, str]) -> list[str]:
    tables = "".join(
        f'[[account]]\nid = "a{n}"\nplatform = "{platform}"\nhandle = "{handle}"\n'
        + (f'ref = "{ref}"\n' if ref else "")
        for n, (platform, handle, ref) in enumerate(accounts)
    )
    path = a_council_file(tmp_path, HEADING + REPORT + tables)
    return [account.ref for account in load(path, PLATFORMS).accounts]


def test_the_least_a_council_file_says_is_enough(tmp_path: Path) -> None:
    path = a_council_file(tmp_path)
    assert load(path, PLATFORMS) == CouncilFile(
        path=path,
        council=Council("cromer", "Cromer Town Council", "Europe/London"),
        policy=tmp_path / "../policies/cromer-2016.toml",
        website_feed=None,
        report=Report(("clerk@example.gov.uk",)),
        retention=Retention(30, 365),
        accounts=(
            RegisteredAccount(
                id="facebook", platform="facebook", handle="CromerTownCouncil", ref="FB"
            ),
        ),
    )


def test_the_sample_says_everything() -> None:
    sample = load(SAMPLE, PLATFORMS)
    assert sample.council == Council(
        "cromer",
        "Cromer Town Council",
        "Europe/London",
        "https://www.example.gov.uk",
        ("01263 000000", "clerk@example.gov.uk"),
        groups=(),
        not_ours=("https://www.facebook.com/VisitCromer",),
    )
    assert sample.home_page == "https://www.example.gov.uk/"
    assert sample.policy.is_file()
    assert sample.website_feed == "https://www.example.gov.uk/feed/"
    assert sample.report.web_url == "https://reports.example.gov.uk/social/"
    assert sample.report.replies_to == "clerk@example.gov.uk"
    assert sample.retention == Retention(30, 365)
    assert [(a.id, a.ref, a.platform, a.credentials, a.kind) for a in sample.accounts] == [
        ("facebook", "FB", "facebook", "cromer-facebook", AccountKind.COUNCIL),
        ("youtube", "YT", "youtube", "cromer-youtube", AccountKind.COUNCIL),
        ("x", "X", "x", "cromer-x", AccountKind.COUNCIL),
    ]


def test_the_sample_with_every_comment_in_it_taken_up_is_still_read(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8").replace("# base_url", "base_url")
    accounts = load(a_council_file(tmp_path, text), PLATFORMS).accounts
    assert accounts[2].base_url == "http://127.0.0.1:8401"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "policy =",
            "polcy =",
            '[council]: unknown key "polcy"; did you mean "policy"?',
        ),
        (
            "[report]",
            "[reports]",
            'top level: unknown table "reports"; did you mean "report"?',
        ),
        (REPORT, "", "[report] recipients: is missing"),
        (
            '["clerk@example.gov.uk"]',
            "[]",
            "[report] recipients: must name at least one e-mail address",
        ),
        (
            '["clerk@example.gov.uk"]',
            '["clerk@example.gov.uk", "the clerk"]',
            "[report] recipients, entry 2: must be an e-mail address: clerk@example.gov.uk",
        ),
        (
            '["clerk@example.gov.uk"]',
            '["clerk@example.gov.uk\\r\\nBcc: a@b.example"]',
            "report recipients 1: holds a control or direction character; type it again",
        ),
        (
            '["clerk@example.gov.uk"]',
            '["clerk@example.gov.uk", "Clerk@example.gov.uk"]',
            '[report] recipients: "Clerk@example.gov.uk" stands twice; remove or rename one',
        ),
        (
            ACCOUNT,
            "",
            "[[account]]: there must be at least one [[account]] table",
        ),
        (
            '"Europe/London"',
            '"Europe/Lodnon"',
            '[council] timezone: unknown time zone "Europe/Lodnon"; did you mean "Europe/London"?',
        ),
        (
            'id = "cromer"',
            'id = "Cromer TC"',
            "[council] id: must be a short name of small letters, digits and hyphens: my-name",
        ),
        (
            'platform = "facebook"',
            'platform = "facebok"',
            '[[account]] "facebook" platform: unknown platform "facebok"; did you mean "facebook"?',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'kind = "councillor"\n',
            "[[account]] \"facebook\" kind: must be 'council', 'staff' or 'supplier'",
        ),
        (
            ACCOUNT,
            ACCOUNT + ACCOUNT.replace("CromerT", "HoltT"),
            '[[account]] id: "facebook" stands twice; remove or rename one',
        ),
        (
            ACCOUNT,
            ACCOUNT + ACCOUNT.replace('"facebook"', '"again"', 1),
            '[[account]]: "facebook CromerTownCouncil" stands twice; remove or rename one',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'ref = "FBOOK"\n',
            '[[account]] "facebook" ref: must be 1 to 4 capital letters: FB',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'ref = "POL"\n',
            '[[account]] "facebook" ref: POL is kept for findings about the council itself; choose another',
        ),
        (
            ACCOUNT,
            ACCOUNT + "archive = 7\n",
            '[[account]] "facebook" archive: must be text in quotes',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'archive = " "\n',
            '[[account]] "facebook" archive: must be the path of a file or folder: "x.zip"',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'base_url = "http://203.0.113.9:8401"\n',
            '[[account]] "facebook" base_url: must start with https:// (http:// is for this machine only)',
        ),
        (
            ACCOUNT,
            ACCOUNT + 'base_url = "https://clerk:hunter2@example.org"\n',
            '[[account]] "facebook" base_url: must hold no user name or password; see README on credentials',
        ),
        (
            REPORT,
            REPORT + 'replies_to = "mailto:clerk@example.gov.uk"\n',
            "[report] replies_to: must be an e-mail address: clerk@example.gov.uk",
        ),
        (
            REPORT,
            REPORT + 'web_url = "http://127.0.0.1/"\n',
            "[report] web_url: must start with https://, because readers follow it",
        ),
        (
            REPORT,
            REPORT + "[retention]\nrecords_days = 0\n",
            "[retention] records_days: must be greater than or equal to 1",
        ),
        (
            REPORT,
            REPORT + "[retention]\nrecords_days = 366\n",
            "[retention] evidence_days: must not be less than records_days",
        ),
        (
            REPORT,
            REPORT + '[records]\nstatement = "statements.csv"\n',
            '[records]: unknown key "statement"; did you mean "statements"?',
        ),
    ],
    ids=range(25),
)
def test_a_fault_is_told_in_one_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    path = a_council_file(tmp_path, WHOLE.replace(old, new, 1))
    with pytest.raises(UsageError) as caught:
        load(path, PLATFORMS)
    assert str(caught.value) == f"{path}: {expected}"


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
    "line",
    ['token = "EAABhunter2"', 'credentials = "EAABhunter2"', 'base_url = "EAABhunter2"'],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    path = a_council_file(tmp_path, WHOLE + line + "\n")
    with pytest.raises(UsageError) as caught:
        load(path, PLATFORMS)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__}"
    assert "hunter2" not in shown


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


def test_the_clerks_spreadsheets_lie_beside_the_council_file(tmp_path: Path) -> None:
    path = a_council_file(
        tmp_path, WHOLE + '[records]\ndecisions = "kept/decisions.csv"\nregister = "r.csv"\n'
    )
    sheets = load(path, PLATFORMS).sheets
    kept = tmp_path / "kept" / "decisions.csv"
    assert (sheets.decisions, sheets.statements, sheets.register) == (
        kept,
        None,
        tmp_path / "r.csv",
    )


@pytest.mark.parametrize(
    "address", ["https://www.example.gov.uk/news", "https://x.com/intent/tweet"]
)
def test_what_is_not_ours_must_be_a_profile(tmp_path: Path, address: str) -> None:
    text = WHOLE.replace("[council]", f'[council]\nnot_ours = ["{address}"]')
    with pytest.raises(UsageError, match="must be the address of a profile"):
        load(a_council_file(tmp_path, text), PLATFORMS)


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
