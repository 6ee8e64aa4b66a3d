"""A mail server on loopback: STARTTLS, a login, and a folder in which each message is a file.

Messages are numbered as they come, so a second copy of a message is a second file.
"""

from __future__ import annotations

import logging
import socket
import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from aiosmtpd.smtp import SMTP, Envelope, Session

USER, PASSWORD = "clerk-mail", "demo-mail-password"


logging.getLogger("mail.log").setLevel(
    logging.ERROR
)  # the library reports its own deprecations there


class Mailbox:
    """Takes mail on ``port`` from ``with`` to its end, and keeps each message as ``NNN-reader.eml``."""

    def __init__(self, folder: Path, certificates: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = _free_port()
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=_authenticate,
            auth_require_tls=True,
            auth_required=True,
            require_starttls=True,
            tls_context=_context(certificates),
        )

    def __enter__(self) -> Mailbox:  # noqa: PYI034 - no subclass is meant
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        """Keep one message for each reader."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        for reader in envelope.rcpt_tos:
            number = len(list(self.folder.glob("*.eml"))) + 1
            safe = "".join(c if c.isalnum() else "-" for c in reader)
            (self.folder / f"{number:03d}-{safe}.eml").write_bytes(content)
        return "250 Kept"

    def messages(self) -> list[bytes]:
        """Every message, in the order they came."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.eml"))]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _authenticate(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any
) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=good, handled=False)


def _context(folder: Path) -> ssl.SSLContext:
    """A certificate of our own for 127.0.0.1, made now: the demo has no secrets to keep."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mail-server.pem"
    path.touch(mode=0o600)
    path.write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    path.unlink()
    return context
