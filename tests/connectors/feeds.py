"""Documents on loopback and what a connector is told of them, for the tests of feeds and boards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors import Access
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer
from socialaudit.errors import PlatformError
from socialaudit.models import AccountKind, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from connectors import Connector
    from demo.server import Request
    from socialaudit.models import Reading


@dataclass
class Shown:
    """A site that answers by path, or by path and query, and knows nothing else."""

    bodies: dict[str, Any] = field(default_factory=dict)
    content_type: str = "application/xml"

    def answer(self, request: Request) -> Answer:
        query = "&".join(f"{name}={value}" for name, value in request.query.items())
        body = self.bodies.get(f"{request.path}?{query}", self.bodies.get(request.path))
        if isinstance(body, Answer):
            return body
        status = 404 if body is None else 200
        return Answer("" if body is None else body, status, content_type=self.content_type)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    """What a connector gave until it ended or raised, and the requests that it sent."""

    readings: list[Any]
    log: list[Request]
    error: PlatformError | None = None

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    def unread(self) -> list[Unread]:
        return [u for u in self.of(Unread) if not u.permanent]


def ask(
    server: LoopbackServer,
    connector: type[Connector],
    handle: str,
    asked: Callable[[Any], Iterable[Reading]],
    *,
    cache: MutableMapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    account: str = "acc",
    base: bool = True,
) -> Told:
    """What a new connector is told; ``{}`` in the handle stands for the server's address."""
    before = len(server.log)
    access = Access(
        account=account,
        handle=handle.format(server.url),
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        base_url=server.url if base else None,
        secrets=secrets or {},
        salt=b"salt",
        cache={} if cache is None else cache,
    )
    told = Told([], [])
    reader = connector(access)
    try:
        for reading in asked(reader):
            told.readings.append(reading)
    except PlatformError as fault:
        told.error = fault
    finally:
        reader.close()
    told.log = server.log[before:]
    assert reader.usage.requests == len(told.log)
    return told
