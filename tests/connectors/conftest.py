from __future__ import annotations

import socket
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from connectors import NAMES, transport
from connectors.transport import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.connectors.case import Case


def every_case() -> list[Case]:
    found = [name for name in NAMES if find_spec(f"tests.connectors.cases.{name}")]
    return [import_module(f"tests.connectors.cases.{name}").case() for name in found]


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which a connector looks for any other machine."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def recorded(host: Any, *rest: Any, **named: Any) -> Any:
        asked.append(str(host))
        if not is_loopback(str(host)):
            raise socket.gaierror(f"{host} is not this machine")
        return resolve(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", recorded)
    yield
    assert [host for host in asked if not is_loopback(host)] == []


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A slow server is given up soon; any other has time enough on a loaded machine."""
    fault = request.node.callspec.params.get("fault")
    monkeypatch.setattr(transport, "TIMEOUT", (1.0, 1.0) if fault == "slow" else (20.0, 20.0))
