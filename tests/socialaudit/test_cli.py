"""Bad input: one line that says what, where and what to do, exit 2, nothing half-written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from socialaudit.cli import main

ROOT = Path(__file__).parents[2]
POLICY = ROOT / "policies" / "cromer-2016.toml"
GOOD = f"""
[council]
id = "testham"
name = "Testham Town Council"
timezone = "Europe/London"
policy = "{POLICY}"
[report]
recipients = ["clerk@testham.example"]
[[account]]
id = "facebook"
platform = "facebook"
handle = "Testham"
"""


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path / 'store' / 'audit.db'}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    path = tmp_path / "testham.toml"
    path.write_text(GOOD)
    return path


def refused(*arguments: str) -> str:
    said = CliRunner().invoke(main, ["audit", *arguments])
    assert said.exit_code == 2, said.output
    assert said.stdout == ""
    line = said.stderr.strip()
    assert "\n" not in line, line
    assert "Traceback" not in line
    return line


def test_no_such_file_is_named(council: Path) -> None:
    line = refused(str(council.with_name("missing.toml")))
    assert "missing.toml" in line


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "testham"', "id = testham", "testham.toml"),
        ("[report]", "[reports]", 'did you mean "report"'),
        ('handle = "Testham"', 'handel = "Testham"', "handle"),
        ('platform = "facebook"', 'platform = "facbook"', "facebook"),
        ("Europe/London", "Europe/Londn", "Europe/London"),
        (str(POLICY), "none.toml", "none.toml"),
    ],
    ids=["not TOML", "unknown table", "unknown key", "unknown platform", "time zone", "no policy"],
)
def test_a_fault_in_the_council_file_is_told_in_one_line(
    council: Path, old: str, new: str, expected: str
) -> None:
    council.write_text(GOOD.replace(old, new))
    assert expected in refused(str(council))
    assert not (council.parent / "store").exists()


def test_a_policy_that_cites_a_missing_check_names_the_nearest(council: Path) -> None:
    text = POLICY.read_text().replace('"video-captions"', '"video-caption"')
    (council.parent / "policy.toml").write_text(text)
    council.write_text(GOOD.replace(str(POLICY), "policy.toml"))
    assert "video-captions" in refused(str(council))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--since", "2026-11-10"], "--reason"),
        (["--since", "2026-11-10", "--until", "2026-11-01", "--reason", "Test"], "not before"),
        (["--since", "2999-01-01", "--reason", "Test"], "future"),
        (["--account", "x", "--reason", "Test"], "facebook"),
        (["--reason", "Test"], "--account"),
    ],
    ids=["no reason", "reversed", "future", "unknown account", "reason alone"],
)
def test_arguments_that_make_no_window_are_refused(
    council: Path, arguments: list[str], expected: str
) -> None:
    assert expected in refused(str(council), "--now", "2026-11-16T06:00:00Z", *arguments)


def test_a_date_that_is_none_is_refused_by_name(council: Path) -> None:
    said = CliRunner().invoke(main, ["audit", str(council), "--since", "tomorrow"])
    assert said.exit_code == 2
    assert "tomorrow" in said.stderr


def test_an_unknown_setting_is_refused(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALAUDIT_SMTP_HOTS", "mail.example")
    assert "SOCIALAUDIT_SMTP_HOST" in refused(str(council))


def test_a_store_that_cannot_be_written_is_a_fault_of_the_store(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{council}/audit.db")
    said = CliRunner().invoke(main, ["audit", str(council)])
    assert said.exit_code == 1
    assert "cannot open the store" in said.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["checks"], ["platforms"], ["--version"]])
def test_what_answers_at_once_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from socialaudit.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "print(sorted({'prefect', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules)), file=sys.stderr)\n"
    )
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stderr.splitlines()[-1] == "[]"


def test_every_check_and_platform_has_a_card() -> None:
    runner = CliRunner()
    for command in ("checks", "platforms"):
        listed = runner.invoke(main, [command])
        for line in listed.stdout.splitlines():
            card = runner.invoke(main, [command, line.split()[0]])
            assert card.exit_code == 0
            assert len(card.stdout) > 200


@pytest.mark.parametrize(
    ("command", "name"), [("checks", "vidio-captions"), ("platforms", "myspace")]
)
def test_an_unknown_check_or_platform_is_a_usage_error(command: str, name: str) -> None:
    said = CliRunner().invoke(main, [command, name])
    assert (said.exit_code, said.stdout) == (2, "")
    assert name in said.stderr
