"""A mail server on loopback that can be told to refuse (``demo.mailbox`` is the willing one)."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Refusing:
    """``answers`` maps a command to what is said to it; else everything is taken and kept.

    ``login`` is an object with one of aiosmtpd's ``auth_…`` methods.
    """

    answers: dict[str, str] = field(default_factory=dict)
    cut_at_data: bool = False
    received: list[bytes] = field(default_factory=list)
    port: int = 0
    login: Any = None

    def __post_init__(self) -> None:
        for name in filter(lambda name: name.startswith("auth_"), dir(self.login)):
            setattr(self, name, getattr(self.login, name))

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        if self.cut_at_data:
            server.transport.abort()
        self.received.append(envelope.content)
        return self.answers.get("DATA", "250 OK")


@contextmanager
def refusing(**said: Any) -> Iterator[Refusing]:
    """A running server without encryption or login."""
    kept = Refusing(**said)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        kept.port = free.getsockname()[1]
    controller = Controller(
        kept, hostname="127.0.0.1", port=kept.port, auth_require_tls=False, auth_required=False
    )
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
