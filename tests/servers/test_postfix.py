"""Reports handed to a real Postfix over STARTTLS (``make test-servers``)."""

from __future__ import annotations

import email
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from demo import manifest
from reports import mail
from reports.email import Email
from socialaudit.errors import NotDelivered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("postfix")]
NOW = manifest.load().weekly
DOMAIN = "localhost.example"
SECONDS = 20
USER, PASSWORD = "audit@localhost.example", "mail-password"
SENDER = mail.Sender(
    name="Tref-y-Clawdd: gwiriad — ⚠",
    address="social-check@marchwardine.example.org",
    reply_to="it@marchwardine.example.org",
)
TEXT = (
    "Post Dŵr ac ‘Eisteddfod’ 🎉 = 100 %\n.\n.. a line of dots\n"
    + "x" * 2000
    + "\nFrom the clerk: trailing blanks   \n"
)


class Postfix(NamedTuple):
    """Where it listens (``run.sh`` says how each port differs), and a maildir for each reader."""

    server: mail.MailServer
    login: mail.MailServer
    grey: int
    clear: int
    folder: Path

    def taken(self, reader: str, count: int) -> list[EmailMessage]:
        """Messages of a reader, when there are so many; a queue takes its time."""
        new = self.folder / reader / "new"
        deadline = time.monotonic() + SECONDS
        while len(found := sorted(new.glob("*"))) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return [email.message_from_bytes(f.read_bytes(), policy=default) for f in found]


@pytest.fixture
def postfix() -> Iterator[Postfix]:
    *ports, folder = os.environ["SOCIALAUDIT_TEST_POSTFIX"].split(" ", 4)
    port, login, grey, clear = (int(p) for p in ports)
    server = mail.MailServer(host="127.0.0.1", port=port, verify=False)
    with_login = replace(server, port=login, user=USER, password=PASSWORD)
    running = Postfix(server, with_login, grey, clear, Path(folder))
    yield running
    for message in running.folder.glob("*/new/*"):
        message.unlink()


def a_message(reader: str, text: str = TEXT, mark: str = "a") -> EmailMessage:
    words = Email(
        subject="3 pheth i’w gwneud · 3 things to do", html=f"<p>{text}</p>", text=text, preview=""
    )
    sent_at = datetime(2026, 11, 16, 6, tzinfo=UTC)
    message_id = f"<{mark}@marchwardine.example.org>"
    return mail.message(words, f"{reader}@{DOMAIN}", SENDER, message_id, sent_at)


def plain_text(message: EmailMessage) -> str:
    body = message.get_body(["plain"])
    assert body is not None
    return str(body.get_content())


def test_a_message_arrives_once_encrypted_and_word_for_word(postfix: Postfix) -> None:
    postfix.server.send(a_message("clerk"))
    (message,) = postfix.taken("clerk", 1)
    assert message["Message-ID"] == "<a@marchwardine.example.org>"
    assert message["Subject"] == "3 pheth i’w gwneud · 3 things to do"
    assert message["From"].addresses[0].display_name == SENDER.name
    assert message["Return-Path"] == f"<{SENDER.address}>"
    assert "with ESMTPS" in message["Received"]
    assert plain_text(message) == TEXT
    html = message.get_body(["html"])
    assert html is not None
    assert html.get_content() == f"<p>{TEXT}</p>\n"


def test_a_reader_whom_the_server_does_not_know_is_refused_for_good(postfix: Postfix) -> None:
    with pytest.raises(NotDelivered, match=r"550 5\.1\.1 .* User unknown") as fault:
        postfix.server.send(a_message("nobody"))
    assert (fault.value.permanent, fault.value.uncertain) == (True, False)


def test_a_message_over_the_server_s_limit_is_refused_for_good(postfix: Postfix) -> None:
    with pytest.raises(NotDelivered, match=r"552 5\.3\.4") as fault:
        postfix.server.send(a_message("clerk", "x" * 400_000))
    assert (fault.value.permanent, fault.value.uncertain) == (True, False)


def test_a_message_in_clear_is_refused_until_somebody_corrects_the_settings(
    postfix: Postfix,
) -> None:
    with pytest.raises(NotDelivered, match=r"530 5\.7\.0 Must issue a STARTTLS") as fault:
        replace(postfix.server, security="none").send(a_message("clerk"))
    assert not fault.value.permanent


def test_nothing_is_handed_to_a_server_whose_certificate_nobody_vouches_for(
    postfix: Postfix,
) -> None:
    with pytest.raises(NotDelivered, match="certificate") as fault:
        replace(postfix.server, verify=True).send(a_message("clerk"))
    assert (fault.value.permanent, fault.value.uncertain) == (False, False)


def test_a_login_is_taken_over_an_encrypted_connection(postfix: Postfix) -> None:
    postfix.login.send(a_message("clerk"))
    (message,) = postfix.taken("clerk", 1)
    assert "with ESMTPSA" in message["Received"]


def test_a_wrong_password_is_refused_until_somebody_corrects_it_and_is_not_repeated(
    postfix: Postfix,
) -> None:
    wrong = replace(postfix.login, password="planted-wrong-one")
    with pytest.raises(NotDelivered, match=r"535 5\.7\.8") as fault:
        wrong.send(a_message("clerk"))
    assert (fault.value.permanent, fault.value.uncertain) == (False, False)
    assert "planted" not in str(fault.value)


def test_nothing_is_taken_without_the_login_that_the_server_wants(postfix: Postfix) -> None:
    with pytest.raises(NotDelivered, match=r"Client host rejected: Access denied"):
        replace(postfix.login, user="", password="").send(a_message("clerk"))
