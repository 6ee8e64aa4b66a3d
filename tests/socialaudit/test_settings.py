from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from socialaudit.errors import Unauthorized, UsageError
from socialaudit.settings import Secrets, Settings, credentials, load, settings_table

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "EAAB-hunter2-hunter2"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings_table().split("`")[1::2]:
        monkeypatch.delenv(name, raising=False)


def a_secret_file(folder: Path, text: str | bytes = SECRET, mode: int = 0o600) -> Path:
    path = folder / "CROMER_FACEBOOK_TOKEN"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def test_nothing_need_be_set() -> None:
    settings = load()
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("/socialaudit/socialaudit.db")
    assert (settings.smtp_host, settings.smtp_port, settings.smtp_starttls) == (None, 587, True)


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOCIALAUDIT_COUNCILS", str(tmp_path))
    monkeypatch.setenv("SOCIALAUDIT_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("SOCIALAUDIT_SMTP_PORT", "2525")
    monkeypatch.setenv("SOCIALAUDIT_SMTP_STARTTLS", "true")
    monkeypatch.setenv("SOCIALAUDIT_MAIL_FROM", "audit@example.org")
    monkeypatch.setenv("SOCIALAUDIT_REPLY_TO", "")
    settings = load()
    assert (settings.councils, settings.smtp_port) == (tmp_path, 2525)
    assert (settings.mail_from, settings.reply_to) == ("audit@example.org", None)


MICROSOFT = {
    "MICROSOFT_TENANT": "example.org",
    "MICROSOFT_CLIENT_ID": "c0ffee",
    "MICROSOFT_CLIENT_SECRET": "hunter2",
}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (
            {"SMTP_PORT": "many"},
            "environment: SOCIALAUDIT_SMTP_PORT: must be a valid integer, unable to parse string as an integer",
        ),
        (
            {"SMTP_PORT": "0"},
            "environment: SOCIALAUDIT_SMTP_PORT: must be greater than or equal to 1",
        ),
        (
            {"REPLY_TO": "the clerk"},
            "environment: SOCIALAUDIT_REPLY_TO: must be an e-mail address: clerk@example.gov.uk",
        ),
        (
            {"DATABASE_URL": "mysql://u:hunter2@h/d"},
            "environment: SOCIALAUDIT_DATABASE_URL: must start with sqlite:/// or postgresql+psycopg://",
        ),
        (
            {"SMTP_HOST": "mail.example.org"},
            "environment: SOCIALAUDIT_MAIL_FROM is missing; SOCIALAUDIT_SMTP_HOST needs a sender",
        ),
        (
            {"SMTP_PASSWORD": "hunter2"},
            "environment: give both SOCIALAUDIT_SMTP_USER and SOCIALAUDIT_SMTP_PASSWORD, or neither",
        ),
        (
            {
                "SMTP_HOST": "mail.example.org",
                "MAIL_FROM": "audit@example.org",
                "SMTP_USER": "audit",
                "SMTP_PASSWORD": "hunter2",
                "SMTP_STARTTLS": "false",
            },
            "environment: SOCIALAUDIT_SMTP_STARTTLS must be true: the password would go in clear",
        ),
        (
            {"MICROSOFT_TENANT": "example.org", "MAIL_FROM": "audit@example.org"},
            "environment: give all three of SOCIALAUDIT_MICROSOFT_TENANT, _CLIENT_ID, _CLIENT_SECRET",
        ),
        (
            MICROSOFT,
            "environment: SOCIALAUDIT_MAIL_FROM is missing; SOCIALAUDIT_MICROSOFT_TENANT needs a sender",
        ),
        (
            MICROSOFT
            | {"MAIL_FROM": "audit@example.org", "SMTP_USER": "a", "SMTP_PASSWORD": "hunter2"},
            "environment: give SOCIALAUDIT_SMTP_PASSWORD or SOCIALAUDIT_MICROSOFT_TENANT, not both",
        ),
        (
            MICROSOFT
            | {
                "MAIL_FROM": "audit@example.org",
                "SMTP_HOST": "smtp.office365.com",
                "SMTP_STARTTLS": "false",
            },
            "environment: SOCIALAUDIT_SMTP_STARTTLS must be true: the password would go in clear",
        ),
        (
            {"SMPT_HOST": "mail.example.org"},
            "environment: unknown setting SOCIALAUDIT_SMPT_HOST; did you mean SOCIALAUDIT_SMTP_HOST?",
        ),
    ],
    ids=range(12),
)
def test_a_fault_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(f"SOCIALAUDIT_{name}", value)
    with pytest.raises(UsageError) as caught:
        load()
    assert str(caught.value) == expected


def test_a_setting_of_somebody_else_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIALAUDIT_TEST_POSTGRESQL", "1")
    assert load().smtp_port == 587


def test_settings_show_no_secret() -> None:
    settings = Settings(
        database_url=f"postgresql+psycopg://audit:{SECRET}@db/audit",
        smtp_host="mail.example.org",
        mail_from="audit@example.org",
        smtp_user="audit",
        smtp_password=SECRET,  # type: ignore[arg-type]  # pydantic takes text for a SecretStr
    )
    assert SECRET not in f"{settings!r} {settings}"
    assert SECRET in settings.database_url


def test_every_setting_is_in_the_table_with_its_meaning() -> None:
    rows = settings_table().splitlines()[2:]
    assert len(rows) == len(Settings.model_fields)
    assert "| `SOCIALAUDIT_SMTP_PORT` | 587 | Its port. |" in rows
    assert not [row for row in rows if "None" in row or "/home" in row]


def test_a_credential_comes_from_the_environment_first(tmp_path: Path) -> None:
    a_secret_file(tmp_path, "from the file")
    environ = {"CROMER_FACEBOOK_TOKEN": f" {SECRET}\n"}
    found = credentials("cromer-facebook", ("TOKEN", "SECRET"), tmp_path, environ)
    assert found == {"token": SECRET}


def test_a_credential_comes_from_a_file_of_its_name(tmp_path: Path) -> None:
    a_secret_file(tmp_path, f"{SECRET}\n")
    found = credentials("cromer-facebook", ("TOKEN",), tmp_path, {})
    assert found == {"token": SECRET}


@pytest.mark.parametrize("text", ["", "\n"])
def test_what_is_empty_is_not_set(tmp_path: Path, text: str) -> None:
    a_secret_file(tmp_path, text)
    assert credentials("cromer-facebook", ("TOKEN",), tmp_path, {}) == {}


def test_without_environment_or_folder_there_are_none(tmp_path: Path) -> None:
    assert credentials("cromer-facebook", ("TOKEN",), None, {}) == {}
    assert credentials("cromer-facebook", ("TOKEN",), tmp_path / "none", {}) == {}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602])
def test_a_file_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    a_secret_file(tmp_path, mode=mode)
    with pytest.raises(Unauthorized) as caught:
        credentials("cromer-facebook", ("TOKEN",), tmp_path, {})
    assert str(caught.value) == (
        "the credential CROMER_FACEBOOK_TOKEN is refused, because others can read or change its file"
    )
    assert "chmod 600" in caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [f"{SECRET}\r\nX-Admin: 1", f"{SECRET}\0", SECRET.encode() + b"\xff", SECRET * 1000],
    ids=["two lines", "nul", "not UTF-8", "too long"],
)
def test_what_cannot_be_a_token_is_refused_and_not_repeated(
    tmp_path: Path, text: str | bytes
) -> None:
    a_secret_file(tmp_path, text)
    with pytest.raises(Unauthorized, match="is not one line of plain text") as caught:
        credentials("cromer-facebook", ("TOKEN",), tmp_path, {})
    assert "hunter2" not in f"{caught.value!r} {caught.value.remedy} {caught.value.__context__}"


def test_secrets_show_the_names_of_their_fields_alone() -> None:
    secrets = Secrets(token=SECRET, key=SECRET)
    assert f"{secrets!r} {secrets} {[secrets]}" == (
        "Secrets(key, token) Secrets(key, token) [Secrets(key, token)]"
    )
    assert pickle.loads(pickle.dumps(secrets)) == secrets  # noqa: S301 - our own bytes
