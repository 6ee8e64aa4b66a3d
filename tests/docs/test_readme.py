from __future__ import annotations

import re
from pathlib import Path

import connectors
from socialaudit import cli, settings
from socialaudit.commands import terminal

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONNECTING = (ROOT / "docs" / "connecting.md").read_text("utf-8")


def test_the_table_of_settings_is_the_one_of_the_code() -> None:
    assert settings.settings_table() in README


def test_every_setting_that_is_named_exists() -> None:
    known = {f"{settings.PREFIX}{name.upper()}" for name in settings.Settings.model_fields}
    assert set(re.findall(rf"{settings.PREFIX}[A-Z_]*[A-Z]", README)) - known == set()


def test_every_credential_that_is_named_is_one_that_a_platform_asks_for() -> None:
    known = {
        settings.variable(f"cromer-{name}", field)
        for name in connectors.NAMES
        for field in (*connectors.connector(name).secrets, "EXPIRES")
    }
    assert set(re.findall(r"CROMER_[A-Z_]*[A-Z]", README + CONNECTING)) - known == set()


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"^(?:[$] )?socialaudit ([a-z]+)", README, re.MULTILINE))
    assert named - set(cli.main.commands) == set()
    assert set(cli.main.commands) - named == set()


def test_every_exit_status_of_an_audit_is_explained() -> None:
    explained = set(re.findall(r"^\| (\d+) \|", README, re.MULTILINE))
    wanted = {
        terminal.NOTHING_TO_DO,
        terminal.NOT_DELIVERED,
        terminal.USAGE,
        terminal.NOTHING_READ,
        terminal.THINGS_TO_DO,
    }
    assert explained == {str(status) for status in wanted}


def test_every_platform_has_a_part_on_connecting_it() -> None:
    titles = [connectors.connector(name).title for name in connectors.NAMES]
    missing = [t for t in titles if f"## {t}" not in CONNECTING]
    assert missing == []
