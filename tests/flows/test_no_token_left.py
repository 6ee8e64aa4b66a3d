"""Marked tokens are planted; then everything that runs left behind is searched for them."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from connectors import transport
from demo import manifest
from demo.mailbox import PASSWORD
from demo.server import FAULTS, Answer, Fault, Request
from demo.world import TOKENS
from flows import plan as plans
from flows import pulling, stages
from socialaudit.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from demo.server import Site
    from demo.world import World

KNOWN = manifest.load()
SECRETS = (*TOKENS.values(), PASSWORD)


class Echo:
    """A hostile server: it repeats the request's own secrets wherever text is expected."""

    def __init__(self, site: Site, status: int) -> None:
        self.site, self.status = site, status

    def answer(self, request: Request) -> Answer:
        own = [s for s in SECRETS if s in str(request.headers)]
        said = f"failed: {own} {request.path}?access_token={' '.join(own)} {dict(request.headers)}"
        body = {
            "error": {
                "message": said,
                "code": 190,
                "type": said,
                "errors": [{"reason": said, "message": said}],
            },
            "title": said,
            "detail": said,
            "status": self.status,
        }
        return Answer(body, self.status)

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def spellings(secret: str) -> Iterable[bytes]:
    yield secret.encode()
    yield quote(secret, safe="").encode()
    yield base64.b64encode(secret.encode()).rstrip(b"=")


def assert_clean(what: str, content: bytes) -> None:
    for secret in SECRETS:
        for spelling in spellings(secret):
            assert spelling not in content, (what, secret)


def incident(world: World, reason: str) -> None:
    plan = plans.incident(
        world.council_file(),
        KNOWN.weekly,
        reason=reason,
        since=KNOWN.weekly - timedelta(days=7),
        fixed=True,
    )
    stages.run(plan, stages.Plain(), str(world.out / "report"))


def left_behind(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_no_token_is_in_anything_that_good_and_bad_runs_leave(
    world: World,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(transport, "TIMEOUT", (0.2, 0.2))
    monkeypatch.setattr(pulling, "MAX_WAIT", 0.0)
    incident(world, "All is well.")
    for fault in FAULTS:
        for server in world.servers.values():
            server.faults[:] = [Fault(fault, after=1, times=3)]
        incident(world, f"With {fault}.")
    for status in (200, 400, 401, 403, 404, 429, 500):
        for server in world.servers.values():
            server.faults.clear()
            server.site = Echo(server.site, status)
        incident(world, f"An echo with {status}.")
    said = capfd.readouterr()
    assert_clean("standard output", (said.out + said.err).encode())
    assert len(caplog.records) > 100
    for record in caplog.records:
        assert_clean(f"log of {record.name}", caplog.handler.format(record).encode())
    found = left_behind(world.out)
    assert len(found) > 10
    for path in found:
        assert_clean(str(path), path.read_bytes())
    assert_clean("settings", repr(Settings()).encode())


@pytest.mark.xdist_group("prefect")
def test_no_token_is_in_prefect_s_own_files(
    world: World, retries_at_once: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from flows.incident import incident_audit  # noqa: PLC0415 - Prefect reads its settings on import

    for server in world.servers.values():
        server.site = Echo(server.site, 500)
    incident_audit(
        council=str(world.council_file()),
        reason="An echo.",
        now=KNOWN.weekly,
        folder=str(world.out / "report"),
    )
    homes = list(tmp_path_factory.getbasetemp().glob("prefect*"))
    assert homes
    assert retries_at_once.startswith("http://127.0.0.1")
    for home in homes:
        for path in left_behind(home):
            assert_clean(str(path), path.read_bytes())
