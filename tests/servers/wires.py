"""A wire to a mail server on loopback that is cut at a chosen byte of the SMTP conversation."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

END = b"\r\n.\r\n"
"""The end of a message: RFC 5321, 4.1.1.4."""
_RESET = struct.pack("ii", 1, 0)


class Wire:
    """Passes everything between a client and the server on ``port``, in clear.

    While ``cut`` is *before*, the end of a message never reaches the server; while it is *after*,
    the server's answer to it never reaches the client. Either way both ends lose the connection.
    """

    def __init__(self, server: int, cut: str) -> None:
        self.server, self.cut = server, cut
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]

    def serve(self) -> None:
        """One conversation after the other, until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                with client, socket.create_connection(("127.0.0.1", self.server)) as server:
                    self._pass(client, server)

    def _pass(self, client: socket.socket, server: socket.socket) -> None:
        back = threading.Thread(target=_copy, args=(server, client), daemon=True)
        back.start()
        text = b""
        while said := client.recv(65_536):
            text += said
            if self.cut and text.endswith(END):
                self._at_the_end(client, server, said)
                break
            server.sendall(said)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)
        back.join()

    def _at_the_end(self, client: socket.socket, server: socket.socket, said: bytes) -> None:
        if self.cut == "before":
            server.sendall(said[: -len(END)])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        client.close()
        if self.cut == "after":
            server.sendall(said)


def _copy(source: socket.socket, target: socket.socket) -> None:
    """Pass on what there is; what nobody takes any more is read all the same."""
    while said := source.recv(65_536):
        with suppress(OSError):
            target.sendall(said)


@contextmanager
def wire(server: int, cut: str) -> Iterator[Wire]:
    """A wire to the server on this port."""
    running = Wire(server, cut)
    thread = threading.Thread(target=running.serve, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.listener.shutdown(socket.SHUT_RDWR)
        running.listener.close()
        thread.join(5)
