"""A real Isso: comments made, let through and deleted through its own interface, then audited."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from demo.server import LoopbackServer
from tests.connectors.feeds import Shown
from tests.servers.auditing import account, audited, outcomes, seen
from tests.servers.started import started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers
PAGE = "/news/bins"


@dataclass
class Server:
    """A running Isso, the ids of its comments by name, and a council's audits of it."""

    url: str
    password: str
    folder: Path
    written: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str, author: str, **more: Any) -> httpx.Response:
        """A comment as a reader's browser sends it; it waits."""
        answer = httpx.post(
            f"{self.url}/new",
            params={"uri": PAGE},
            headers={"Origin": self.url},
            json={
                "author": author,
                "email": "jo@example.com",
                "title": "Bins",
                "text": text,
                **more,
            },
        )
        assert answer.status_code == httpx.codes.ACCEPTED
        self.written[name] = str(answer.json()["id"])
        return answer

    def moderate(self, name: str, action: str) -> None:
        """Let a comment through or delete it, as the administrator's page does."""
        with httpx.Client(base_url=self.url, follow_redirects=True) as client:
            client.post("/login/", data={"password": self.password})
            native = self.written[name]
            html = client.get("/admin/", params={"mode": 2}).text
            signed = re.search(rf"_com\({native}, '([^']+)'", html)
            assert signed
            done = client.post(f"/id/{native}/{action}/{signed[1]}")
            assert done.status_code == httpx.codes.OK

    def audit(
        self, name: str, monkeypatch: pytest.MonkeyPatch, handle: str, *lines: str
    ) -> dict[str, Any]:
        """What a weekly check says; ``lines`` are added to the account in the council file."""
        told = ['platform = "comments"', f'handle = "{handle}"', *lines]
        return audited(self.folder / name, monkeypatch, *told)

    def seen(self, results: dict[str, Any]) -> set[tuple[str, str]]:
        """Each finding on a record, as its check and the name under which we wrote it."""
        return seen(results, self.written)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("isso")
    with started("isso", folder / "server") as told:
        running = Server(told["url"], told["password"], folder)
        running.write("question", "When are the bins collected?", "Ann Example")
        running.write("abuse", "You are all fucking idiots", "Bob Example")
        running.write("asked", "Where is the tip?", "Cy Example")
        for name in ("question", "abuse", "asked"):
            running.moderate(name, "activate")
        parent = int(running.written["asked"])
        running.write("answer", "In Mill Lane.", "Little Snoring Council", parent=parent)
        running.moderate("answer", "activate")
        running.write("held", "Please let me through", "Dee Example")
        running.write("deleted", "Buy cheap pills", "Spam")
        running.moderate("deleted", "delete")
        yield running


def test_a_council_file_alone_is_enough(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    results = server.audit("public", monkeypatch, f"isso:{server.url}#Little Snoring Council")
    assert (account(results)["status"], account(results)["comments"]) == ("read", 4)
    assert account(results)["requests"] == 2
    found = server.seen(results)
    assert ("unanswered-comments", "question") in found
    assert ("offensive-comments", "abuse") in found
    assert {name for _, name in found} & {"asked", "answer", "held", "deleted"} == set()
    assert outcomes(results)["held-comments"] == "not assessed"
    assert "Example" not in json.dumps(results["findings"])


def test_the_administrator_s_password_shows_what_waits(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNORING_ISSO_PASSWORD", server.password)
    handle = f"isso:{server.url}/?uri={PAGE}#Little Snoring Council"
    results = server.audit("queue", monkeypatch, handle, 'credentials = "snoring-isso"')
    assert (account(results)["status"], account(results)["comments"]) == ("read", 5)
    assert account(results)["requests"] == 4
    assert ("held-comments", "held") in server.seen(results)
    assert server.password not in json.dumps(results)


def test_a_page_tells_which_server_holds_its_comments(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f'<script data-isso="{server.url}/" src="{server.url}/js/embed.min.js"></script>'
    page = (
        f'<!DOCTYPE html><html lang="en"><h1>Bins</h1>{script}<section id="isso-thread"></section>'
    )
    with LoopbackServer(Shown({PAGE: page}, "text/html")) as website:
        results = server.audit("page", monkeypatch, f"{website.url}{PAGE}")
    assert account(results)["comments"] == 4
    assert ("offensive-comments", "abuse") in server.seen(results)
    assert outcomes(results)["unanswered-comments"] == "not assessed"


def test_a_wrong_password_is_said_to_be_wrong_though_all_else_is_public(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNORING_ISSO_PASSWORD", "not the password")
    handle = f"isso:{server.url}"
    results = server.audit("wrong", monkeypatch, handle, 'credentials = "snoring-isso"')
    assert account(results)["status"] != "read"
    assert any("password" in reason for reason in account(results)["reasons"])


def test_a_server_that_stops_is_reported_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("isso", tmp_path / "server") as told:
        gone = Server(told["url"], told["password"], tmp_path)
    began = time.monotonic()
    results = gone.audit("stopped", monkeypatch, f"isso:{gone.url}")
    assert time.monotonic() - began < 30
    assert account(results)["status"] == "not read"
