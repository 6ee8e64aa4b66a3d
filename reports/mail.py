"""Building a message and handing it to a mail server, one reader at a time.

``MailServer.send`` makes one attempt; when and whether to try again belongs to the flow.
"""

from __future__ import annotations

import base64
import hashlib
import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from reports.quoting import clean, cut
from socialaudit.errors import NotDelivered, UsageError
from socialaudit.written import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from reports.email import Email

__all__ = ["MailServer", "Sender", "is_loopback", "message"]

TIMEOUT = 30.0
"""Seconds for connecting and for each answer."""
REASON = 200
_PERMANENT = range(500, 600)
_MORE_IS_ASKED = frozenset({530, 534, 535, 538})  # encryption or a login: RFC 3207, RFC 4954


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whom the message is from; ``reply_to`` is an address that a person reads."""

    name: str
    address: str
    reply_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where messages are handed in. ``security`` is starttls, tls or none.

    A password never goes unencrypted, nor to a server whose certificate is not verified, except on
    this machine. ``token`` gives an access token for each login (XOAUTH2) in place of a password;
    it may raise ``NotDelivered``.
    """

    host: str
    port: int = 587
    security: str = "starttls"
    verify: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Raise ``UsageError`` for settings that would send a report or password in the clear."""
        if self.security not in {"starttls", "tls", "none"}:
            raise UsageError(f"mail security is starttls, tls or none, not {clean(self.security)}")
        if is_loopback(self.host):
            return
        if not self.verify:
            raise UsageError(f"mail server {clean(self.host)}: its certificate must be verified")
        if self.security == "none" and (self.password or self.token):
            raise UsageError(f"mail server {clean(self.host)}: the password would go in clear")

    def send(self, built: EmailMessage) -> None:
        """Hand one message in.

        Raises ``NotDelivered``: ``permanent`` when asking again will not help, ``uncertain`` when
        the connection broke after the text was sent, so that the server may have taken it.
        """
        with _connection(self) as connection:
            _hand_in(connection, built, self)

    def knock(self) -> str:
        """Log in and hand in nothing; what answered, in words. Raises ``NotDelivered``."""
        with _connection(self) as connection:
            _log_in(connection, self)
        return f"{self.host}:{self.port} takes our messages"


def message(
    email: Email, recipient: str, sender: Sender, message_id: str, date: datetime
) -> EmailMessage:
    """A message to one reader: text and HTML, no attachment.

    ``message_id`` is ours, in angle brackets, and the same when a message is sent again. Raises
    ``ValueError`` when an address or id would break out of its header.
    """
    built = EmailMessage(policy=SMTP)
    # formataddr's quotes are lost when a name that is not ASCII is folded: "Llanfair, Dŵr" is two.
    built["From"] = Address(clean(sender.name), addr_spec=sender.address)
    built["To"] = recipient
    built["Reply-To"] = sender.reply_to
    built["Subject"] = email.subject
    built["Date"] = format_datetime(date)
    built["Message-ID"] = message_id
    built["Auto-Submitted"] = "auto-generated"  # RFC 3834
    built["X-Auto-Response-Suppress"] = "All"  # Exchange answers automatic mail without it
    built.set_content(email.text, cte="quoted-printable")
    built.add_alternative(email.html, subtype="html", cte="quoted-printable")
    # A boundary of our own, so that the same message is the same bytes whenever it is built.
    built.set_boundary(f"part-{hashlib.sha256(message_id.encode()).hexdigest()[:32]}")
    return built


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    """An open and encrypted connection; what goes wrong on it before a text is sent, in words."""
    try:
        connection = _connected(server)
        try:
            yield connection
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()
    except smtplib.SMTPException as fault:
        raise _refused(fault, server) from None
    except OSError as fault:
        raise NotDelivered(_reason(server, fault.strerror or type(fault).__name__)) from None


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if not server.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
    except BaseException:
        connection.close()
        raise
    return connection


def _log_in(connection: smtplib.SMTP, server: MailServer) -> None:
    if server.token is None:
        if server.user:
            connection.login(server.user, server.password)
        return
    token = server.token()
    said = f"user={server.user}\1auth=Bearer {token}\1\1"
    connection.ehlo_or_helo_if_needed()
    try:
        # A refusal comes as a challenge, which wants an empty answer before it says 535.
        connection.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
    except smtplib.SMTPException as fault:
        raise _refused(fault, server, token, said) from None


def _hand_in(connection: smtplib.SMTP, built: EmailMessage, server: MailServer) -> None:
    text_sent = False
    try:
        _log_in(connection, server)
        connection.ehlo_or_helo_if_needed()
        _expect(connection.mail(_address(built["From"])), 250)
        _expect(connection.rcpt(_address(built["To"])), 250, 251)
        text_sent = True
        _expect(connection.data(built.as_bytes()), 250)
    except smtplib.SMTPServerDisconnected:
        raise NotDelivered(_reason(server, "the connection was cut"), uncertain=text_sent) from None
    except smtplib.SMTPException as fault:
        raise _refused(fault, server) from None
    except OSError as fault:
        raise NotDelivered(
            _reason(server, fault.strerror or type(fault).__name__), uncertain=text_sent
        ) from None
    with suppress(smtplib.SMTPException, OSError):
        connection.quit()


def _address(header: Any) -> str:
    """The bare address of a From or To header."""
    return str(header.addresses[0].addr_spec)


def _expect(answer: tuple[int, bytes], *codes: int) -> None:
    code, words = answer
    if code not in codes:
        raise smtplib.SMTPResponseException(code, words)


def _refused(fault: smtplib.SMTPException, server: MailServer, *secrets: str) -> NotDelivered:
    """A refusal in words. Wrong settings are worth another try once somebody has corrected them."""
    if not isinstance(fault, smtplib.SMTPResponseException):
        return NotDelivered(_reason(server, str(fault), *secrets))
    words = fault.smtp_error
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    rejected = fault.smtp_code in _PERMANENT and fault.smtp_code not in _MORE_IS_ASKED
    login = isinstance(fault, smtplib.SMTPAuthenticationError)
    return NotDelivered(
        _reason(server, f"{fault.smtp_code} {said}", *secrets), permanent=rejected and not login
    )


def _reason(server: MailServer, said: str, *secrets: str) -> str:
    """What a mail server said, without what we told it."""
    for secret in (*secrets, server.password, server.user):
        if secret:
            encoded = base64.b64encode(secret.encode()).decode()
            said = said.replace(secret, "[removed]").replace(encoded, "[removed]")
    return f"mail server {server.host}:{server.port}: {cut(clean(said), REASON)}"
