from __future__ import annotations

import email as parser
import pickle
import socket
from email.policy import SMTP
from typing import TYPE_CHECKING

import pytest

from demo.mailbox import PASSWORD, USER, Mailbox
from reports import email
from reports.mail import MailServer, Sender, message
from socialaudit.errors import NotDelivered, UsageError
from tests.reports.audits import at, mock_up
from tests.reports.mailboxes import refusing

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

SENDER = Sender(
    name="Cromer social media check", address="audit@example.org", reply_to="help@example.org"
)
WORDS = email.render(mock_up())


def a_message(recipient: str = "clerk@example.gov.uk") -> EmailMessage:
    return message(WORDS, recipient, SENDER, "<run-1.clerk@example.org>", at(16, 6))


def test_a_message_has_a_text_part_then_an_html_part_and_no_attachment() -> None:
    built = a_message()
    assert built.get_content_type() == "multipart/alternative"
    parts = list(built.iter_parts())
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/html"]
    assert {p["Content-Transfer-Encoding"] for p in parts} == {"quoted-printable"}
    assert len(built.as_bytes()) < 150_000


def test_the_headers_say_what_it_is() -> None:
    built = a_message()
    assert built["Auto-Submitted"] == "auto-generated"
    assert built["Reply-To"] == "help@example.org"
    assert built["To"] == "clerk@example.gov.uk"
    assert built["Message-ID"] == "<run-1.clerk@example.org>"
    assert built["Date"] == "Mon, 16 Nov 2026 06:00:00 +0000"
    assert built["Subject"] == WORDS.subject
    assert not {"Cc", "Bcc"} & set(built.keys())


def test_both_parts_survive_the_journey() -> None:
    read = parser.message_from_bytes(a_message().as_bytes(), policy=SMTP)
    text, html = (str(p.get_content()).replace("\r\n", "\n") for p in read.iter_parts())
    assert (text.strip(), html.strip()) == (WORDS.text.strip(), WORDS.html.strip())


def test_no_line_of_a_message_is_too_long_for_mail() -> None:
    assert max(len(line) for line in a_message().as_bytes().split(b"\r\n")) <= 998


@pytest.mark.parametrize("field", ["recipient", "id", "name"])
def test_a_header_cannot_be_broken_out_of(field: str) -> None:
    evil = "x@example.org\r\nBcc: all@example.org"
    sender = Sender(name=evil if field == "name" else "N", address="a@example.org", reply_to="a@example.org")  # fmt: skip
    try:
        built = message(
            WORDS,
            evil if field == "recipient" else "clerk@example.org",
            sender,
            f"<{evil}>" if field == "id" else "<1@example.org>",
            at(16),
        )
    except ValueError:
        return
    assert "Bcc" not in parser.message_from_bytes(built.as_bytes())


@pytest.mark.parametrize(
    "name", ["Llanfair, Dŵr: social media check", 'The "Ŷd" Council', "Llan-fair (Dŵr) <x@y>"]
)
def test_a_council_s_name_is_one_sender_whatever_is_in_it(name: str) -> None:
    sender = Sender(name=name, address="a@example.org", reply_to="a@example.org")
    built = message(WORDS, "clerk@example.org", sender, "<1@example.org>", at(16))
    stored = parser.message_from_bytes(built.as_bytes(), policy=SMTP)
    read = parser.message_from_bytes(stored.as_bytes(), policy=SMTP)["From"]
    assert [(a.display_name, a.addr_spec) for a in read.addresses] == [(name, "a@example.org")]


def test_a_message_is_handed_in_over_starttls_with_a_login(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail", tmp_path) as kept:
        server = MailServer(
            host="127.0.0.1", port=kept.port, verify=False, user=USER, password=PASSWORD
        )
        server.send(a_message())
    (content,) = kept.messages()
    assert parser.message_from_bytes(content)["Message-ID"] == "<run-1.clerk@example.org>"


def test_a_message_read_back_from_its_bytes_can_be_sent(tmp_path: Path) -> None:
    stored = parser.message_from_bytes(a_message().as_bytes(), policy=SMTP)
    with Mailbox(tmp_path / "mail", tmp_path) as kept:
        server = MailServer(
            host="127.0.0.1", port=kept.port, verify=False, user=USER, password=PASSWORD
        )
        server.send(stored)
    assert kept.messages() == [a_message().as_bytes()]


def test_a_certificate_that_cannot_be_verified_is_refused(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail", tmp_path) as kept:
        server = MailServer(host="127.0.0.1", port=kept.port, user=USER, password=PASSWORD)
        with pytest.raises(NotDelivered, match="certificate") as caught:
            server.send(a_message())
    assert (caught.value.permanent, kept.messages()) == (False, [])


def test_a_server_without_starttls_gets_nothing() -> None:
    with refusing() as kept, pytest.raises(NotDelivered, match="STARTTLS"):
        MailServer(host="127.0.0.1", port=kept.port).send(a_message())
    assert kept.received == []


def test_a_wrong_password_is_worth_another_try_and_is_not_repeated(tmp_path: Path) -> None:
    wrong = "planted-wrong-77"
    with Mailbox(tmp_path / "mail", tmp_path) as kept:
        server = MailServer(
            host="127.0.0.1", port=kept.port, verify=False, user=USER, password=wrong
        )
        with pytest.raises(NotDelivered) as caught:
            server.send(a_message())
    assert caught.value.permanent is False
    assert wrong not in f"{caught.value!r} {server!r}"


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        ({"RCPT": "550 5.1.1 no such user"}, True),
        ({"RCPT": "450 4.2.0 greylisted, come back"}, False),
        ({"DATA": "554 5.7.1 spam"}, True),
        ({"DATA": "452 4.3.1 mailbox full"}, False),
    ],
)
def test_a_refusal_says_whether_to_try_again(answers: dict[str, str], *, permanent: bool) -> None:
    with refusing(answers=answers) as kept, pytest.raises(NotDelivered) as caught:
        MailServer(host="127.0.0.1", port=kept.port, security="none").send(a_message())
    assert caught.value.permanent is permanent
    assert caught.value.uncertain is False
    assert next(iter(answers.values()))[4:] in str(caught.value)


def test_a_connection_cut_after_the_text_leaves_it_uncertain() -> None:
    with refusing(cut_at_data=True) as kept, pytest.raises(NotDelivered) as caught:
        MailServer(host="127.0.0.1", port=kept.port, security="none").send(a_message())
    assert (caught.value.uncertain, caught.value.permanent) == (True, False)


def test_no_server_at_all_is_worth_another_try() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        server = MailServer(host="127.0.0.1", port=closed.getsockname()[1])
        with pytest.raises(NotDelivered) as caught:
            server.send(a_message())
    assert (caught.value.permanent, caught.value.uncertain) == (False, False)


@pytest.mark.parametrize(
    "said",
    [
        {"verify": False},
        {"security": "none", "user": "u", "password": "planted-secret"},
        {"security": "ssl"},
    ],
)
def test_settings_that_would_leak_a_password_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        MailServer(host="mail.example.org", **said)  # type: ignore[arg-type]  # on purpose
    assert "planted" not in str(caught.value)


def test_the_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(NotDelivered("no", permanent=True, uncertain=True)))  # noqa: S301 - our own bytes
    assert (str(error), error.permanent, error.uncertain) == ("no", True, True)
