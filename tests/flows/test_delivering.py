from __future__ import annotations

from typing import Any

from flows.delivering import postbox_of
from reports.mail import MailServer
from reports.microsoft import Application
from socialaudit.settings import Settings

FROM = "social-check@example.org"
MICROSOFT: dict[str, Any] = {
    "microsoft_tenant": "example.org",
    "microsoft_client_id": "c0ffee",
    "microsoft_client_secret": "planted-secret",
}


def test_a_mail_server_takes_a_password() -> None:
    postbox = postbox_of(
        Settings(
            smtp_host="mail.example.org",
            smtp_user="audit",
            smtp_password="planted-secret",  # type: ignore[arg-type]  # pydantic takes text
            mail_from=FROM,
        )
    )
    assert isinstance(postbox, MailServer)
    assert (postbox.user, postbox.token, postbox.security) == ("audit", None, "starttls")
    assert "planted" not in repr(postbox)


def test_a_mail_server_of_microsoft_takes_a_token_for_the_sender() -> None:
    postbox = postbox_of(Settings(smtp_host="smtp.office365.com", mail_from=FROM, **MICROSOFT))
    assert isinstance(postbox, MailServer)
    assert (postbox.user, postbox.password) == (FROM, "")
    assert postbox.token is not None
    assert "planted" not in repr(postbox)


def test_without_a_mail_server_graph_takes_the_message() -> None:
    postbox = postbox_of(Settings(mail_from=FROM, **MICROSOFT))
    assert isinstance(postbox, Application)
    assert postbox.mailbox == FROM
    assert "planted" not in repr(postbox)
