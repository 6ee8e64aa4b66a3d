"""What the operator sets by environment, and where an account's credentials are found.

Every setting is a variable that starts with ``SOCIALAUDIT_``; ``settings_table`` lists them for
README. No secret stands in a repr or an error of this module.
"""

from __future__ import annotations

import os
import stat
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self

from platformdirs import user_data_dir
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from socialaudit.document import plain
from socialaudit.errors import Unauthorized, UsageError
from socialaudit.written import EmailAddress, is_loopback

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX = "SOCIALAUDIT_"
_DATABASES = ("sqlite:", "postgresql:", "postgresql+psycopg:")
_HOST = r"^[A-Za-z0-9.:_-]{1,253}$"
_TENANT = r"^[A-Za-z0-9.-]{1,253}$"
_MAX_SECRET = 10_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def _default_database() -> str:
    return f"sqlite:///{Path(user_data_dir('socialaudit')) / 'socialaudit.db'}"


def _database(url: str) -> str:
    if not url.startswith(_DATABASES):
        raise ValueError("must start with sqlite:/// or postgresql+psycopg://")
    return url


class Settings(BaseSettings):
    """The operator's settings. Use ``load``, which tells a fault in one line."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default_factory=_default_database,
        repr=False,
        description="Where runs, evidence and findings are kept: an SQLAlchemy address of SQLite or PostgreSQL.",
    )
    councils: Path | None = Field(
        default=None,
        description="Folder of council files, so that a command takes a council's id for its path.",
    )
    secrets_dir: Path | None = Field(
        default=None,
        description="Folder of credentials, one file each (CROMER_FACEBOOK_TOKEN), readable by their owner only.",
    )
    smtp_host: str | None = Field(
        default=None,
        pattern=_HOST,
        description="Mail server that takes our messages. Without it, and without Microsoft 365, no email is sent.",
    )
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="Its port.")
    smtp_starttls: bool = Field(
        default=True,
        description="Whether to encrypt the connection (STARTTLS); false is for a server on this machine.",
    )
    smtp_user: str | None = Field(default=None, description="Name to log in to it with.")
    smtp_password: SecretStr | None = Field(default=None, description="Password to log in with.")
    microsoft_tenant: str | None = Field(
        default=None,
        pattern=_TENANT,
        description="Microsoft 365: the directory (tenant) of the application that sends. With `SMTP_HOST` its tokens log in there, without it Graph sends.",
    )
    microsoft_client_id: str | None = Field(
        default=None, pattern=_TENANT, description="Microsoft 365: the application (client) id."
    )
    microsoft_client_secret: SecretStr | None = Field(
        default=None, description="Microsoft 365: a client secret of the application."
    )
    mail_from: EmailAddress | None = Field(
        default=None, description="Sender of our messages. Needed for email."
    )
    reply_to: EmailAddress | None = Field(
        default=None, description="Address that a person reads, for replies to a report."
    )
    operator: EmailAddress | None = Field(
        default=None, description="Who is told, beside the council, when no account could be read."
    )

    @model_validator(mode="after")
    def _can_send(self) -> Self:
        """Refuse a mail server that could not be used, before anything is read."""
        if self.sends and not self.mail_from:
            needs = "SMTP_HOST" if self.smtp_host else "MICROSOFT_TENANT"
            raise ValueError(f"{PREFIX}MAIL_FROM is missing; {PREFIX}{needs} needs a sender")
        microsoft = (self.microsoft_tenant, self.microsoft_client_id, self.microsoft_client_secret)
        if any(microsoft) and not all(microsoft):
            raise ValueError(
                f"give all three of {PREFIX}MICROSOFT_TENANT, _CLIENT_ID, _CLIENT_SECRET"
            )
        if self.smtp_password and self.microsoft_tenant:
            raise ValueError(f"give {PREFIX}SMTP_PASSWORD or {PREFIX}MICROSOFT_TENANT, not both")
        if bool(self.smtp_user) != bool(self.smtp_password) and not self.microsoft_tenant:
            raise ValueError(f"give both {PREFIX}SMTP_USER and {PREFIX}SMTP_PASSWORD, or neither")
        secret = self.smtp_password or self.microsoft_tenant
        if secret and not self.smtp_starttls and not is_loopback(self.smtp_host or ""):
            raise ValueError(f"{PREFIX}SMTP_STARTTLS must be true: the password would go in clear")
        return self

    @property
    def sends(self) -> bool:
        """Whether there is a way to send email."""
        return bool(self.smtp_host or self.microsoft_tenant)


def load() -> Settings:
    """The settings in this process's environment.

    Raises ``UsageError`` for a value that does not do and for a name that is nearly one of ours.
    """
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            close = get_close_matches(name, known, 1, cutoff=0.9)
            if close:
                raise UsageError(f"environment: unknown setting {name}; did you mean {close[0]}?")
    try:
        return Settings()
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        name = "".join(f"{PREFIX}{str(part).upper()}: " for part in first["loc"])
        raise UsageError(f"environment: {name}{plain(first)}") from None


def settings_table() -> str:
    """Every setting as a Markdown table: variable, default, meaning."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "none" if field.default is None else str(field.default).lower()
        if field.default_factory is not None:
            default = "SQLite in the user's data folder"
        rows.append(f"| `{PREFIX}{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows) + "\n"


class Secrets(dict[str, str]):
    """The fields of a credential by lower-case name; its repr holds their names alone."""

    def __repr__(self) -> str:
        return f"Secrets({', '.join(sorted(self))})"


def variable(name: str, field: str) -> str:
    """The environment variable, and the file, of one field of a credential.

    >>> variable("cromer-facebook", "TOKEN")
    'CROMER_FACEBOOK_TOKEN'
    """
    return f"{name}_{field}".upper().replace("-", "_")


def credentials(
    name: str,
    fields: Sequence[str],
    secrets_dir: Path | None,
    environ: Mapping[str, str] | None = None,
) -> Secrets:
    """The fields of a credential that are set: in the environment, else in ``secrets_dir``.

    A field that is set nowhere is left out: whoever reads the account knows what it needs. Raises
    ``Unauthorized`` for a file that others may read or that does not hold one line of text.
    """
    environ = os.environ if environ is None else environ
    found = Secrets()
    for field in fields:
        where = variable(name, field)
        value = environ.get(where, "").strip()
        if not value and secrets_dir is not None:
            value = _read_secret(secrets_dir / where)
        if not (value.isascii() and value.isprintable() and len(value) <= _MAX_SECRET):
            raise Unauthorized(
                f"the credential {where} is not one line of plain text",
                "Ask your support contact to set it again.",
            )
        if value:
            found[field.lower()] = value
    return found


def ends_on(name: str, secrets_dir: Path | None) -> date | None:
    """The day on which a credential ends, where the operator has written it down (``…_EXPIRES``).

    Raises ``Unauthorized`` for what is no date, as for any field that does not do.
    """
    written = credentials(name, ("EXPIRES",), secrets_dir).get("expires")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        where = variable(name, "EXPIRES")
        raise Unauthorized(
            f"{where} is not a date such as 2027-01-31", "Ask your support contact to set it again."
        ) from None


def _read_secret(path: Path) -> str:
    """The text of a secret file, ``""`` when there is none. Raises ``Unauthorized``."""
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            body = file.read(_MAX_SECRET + 100)
    except OSError as fault:
        raise Unauthorized(
            f"the credential {path.name} cannot be read: {fault.strerror}",
            "Ask your support contact to make its file readable for the user that runs the audit.",
        ) from None
    if status.st_mode & _OTHERS or status.st_uid not in {0, os.geteuid()}:
        raise Unauthorized(
            f"the credential {path.name} is refused, because others can read or change its file",
            "Ask your support contact to close its file to others (chmod 600) and to replace it.",
        )
    return body.decode("utf-8-sig", errors="replace").strip()


def packaged(folder: str) -> Path:
    """A folder that comes with us: ``policies`` or ``councils``, in a checkout and in the wheel."""
    inside = Path(__file__).parent / folder
    return inside if inside.is_dir() else Path(__file__).parents[1] / folder
