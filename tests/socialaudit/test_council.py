from __future__ import annotations

from pathlib import Path

import pytest

from socialaudit.council import CouncilFile, Report, Retention, load
from socialaudit.errors import UsageError
from socialaudit.models import AccountKind, Council
from socialaudit.registered import RegisteredAccount
from tests.socialaudit.council_files import (
    ACCOUNT,
    PLATFORMS,
    REPORT,
    WHOLE,
    a_council_file,
)

SAMPLE = Path(__file__).parents[2] / "councils" / "sample.toml"


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
    "line",
    ['token = "EAABhunter2"', 'credentials = "EAABhunter2"', 'base_url = "EAABhunter2"'],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path, line: str) -> None:
    path = a_council_file(tmp_path, WHOLE + line + "\n")
    with pytest.raises(UsageError) as caught:
        load(path, PLATFORMS)
    shown = f"{caught.value!r} {caught.value} {caught.value.__cause__}"
    assert "hunter2" not in shown


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
