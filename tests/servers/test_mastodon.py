"""A server of Mastodon's API: its content made and read through its own interface."""

from __future__ import annotations

import io
import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from mastodon import Mastodon as Poster

from flows import plan as plans
from flows import stages
from tests.servers.started import started

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers
POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"
TODAY = datetime.now(ZoneInfo("Europe/London"))
CHECKED = TODAY + timedelta(days=8 - TODAY.weekday())
"""The Tuesday after everything that the tests write, when a question has waited long enough."""
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Server:
    """A running server, what was written on it by name, and a council's audits of it."""

    url: str
    council: str
    resident: str
    folder: Path
    written: dict[str, str]

    def poster(self, token: str) -> Poster:
        return Poster(api_base_url=self.url, access_token=token, version_check_mode="none")

    def audit(self, name: str, monkeypatch: pytest.MonkeyPatch, *lines: str) -> dict[str, Any]:
        """What a weekly check says; ``lines`` are added to the account in the council file."""
        folder = self.folder / name
        folder.mkdir()
        monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{folder}/store.db")
        monkeypatch.setenv("SOCIALAUDIT_SECRETS_DIR", str(folder))
        council = folder / "council.toml"
        account = "\n".join(
            ['id = "mastodon"', 'platform = "mastodon"', 'handle = "@council"', *lines]
        )
        council.write_text(
            f"""[council]\nid = "snoring"\nname = "Little Snoring Town Council"
timezone = "Europe/London"\npolicy = "{POLICY}"\nwebsite = "https://www.example.gov.uk"
[report]\nrecipients = ["clerk@example.gov.uk"]\n[[account]]\n{account}
base_url = "{self.url}"\n""",
            "utf-8",
        )
        plan = plans.weekly(council, CHECKED, fixed=True)
        stages.run(plan, stages.Plain(), str(folder / "report"))
        found: dict[str, Any] = json.loads((folder / "report" / "results.json").read_text("utf-8"))
        return found

    def seen(self, results: dict[str, Any]) -> set[tuple[str, str]]:
        """Each finding on a record, as its check and the name under which we wrote it."""
        names = {native: name for name, native in self.written.items()}
        return {
            (f["check"], names.get(f["record"]["id"], f["record"]["id"]))
            for f in results["findings"]
            if f["record"]
        }


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("mastodon")
    with started("mastodon", folder / "server") as told:
        running = Server(told["url"], told["council"], told["resident"], folder, {})
        write(running)
        yield running


def write(server: Server) -> None:
    """A week on the server: what a council and a resident post."""
    ours, theirs = server.poster(server.council), server.poster(server.resident)
    media = {
        name: ours.media_post(
            io.BytesIO(PNG), kind, description=words, file_name=f"{name}.{kind[-3:]}"
        )
        for name, kind, words in (
            ("bare", "image/png", None),
            ("described", "image/png", "A red bin in front of the town hall"),
            ("film", "video/mp4", None),
        )
    }
    posts = {
        "notice": ours.status_post(
            "The library is open on Monday. https://www.example.gov.uk/library",
            media_ids=[media["bare"], media["described"]],
        ),
        "film post": ours.status_post("Our mayor visits the school.", media_ids=[media["film"]]),
        "followers only": ours.status_post("Good morning to all.", visibility="private"),
        "quiet": ours.status_post("The tea room has new chairs.", visibility="unlisted"),
    }
    asked = theirs.status_post("@council When does it close?", in_reply_to_id=posts["notice"])
    settled = theirs.status_post("@council Is there parking?", in_reply_to_id=posts["film post"])
    answer = ours.status_post("@resident Yes, behind the hall.", in_reply_to_id=settled)
    elsewhere = theirs.status_post("@council Who mends the lamp in Mill Lane?")
    records = {**media, **posts, "question": asked, "settled": settled, "answer": answer}
    server.written |= {name: str(r["id"]) for name, r in records.items()}
    server.written["mention"] = str(elsewhere["id"])


def test_a_council_file_alone_is_enough(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    results = server.audit("public", monkeypatch)
    (account,) = results["accounts"]
    assert account["status"] == "read"
    assert (account["posts"], account["media"], account["comments"]) == (4, 3, 3)
    found = server.seen(results)
    assert ("image-description", "bare") in found
    assert ("unanswered-comments", "question") in found
    assert ("post-audience", "quiet") in found
    assert {name for _, name in found} & {"described", "settled", "answer", "film"} == set()
    outcomes = {
        a["check"]: a["outcome"] for a in results["assessments"] if a["account"] == "mastodon"
    }
    assert outcomes["video-captions"] == "not assessed"
    assert outcomes["held-comments"] == "pass"


def test_the_account_s_own_token_adds_what_the_public_does_not_see(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNORING_MASTODON_TOKEN", server.council)
    results = server.audit("own", monkeypatch, 'credentials = "snoring-mastodon"')
    found = server.seen(results)
    assert ("post-audience", "followers only") in found
    assert ("unanswered-comments", "mention") in found
    assert server.council not in json.dumps(results)


def test_a_wrong_token_is_said_to_be_wrong_though_all_is_public(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SNORING_MASTODON_TOKEN", "not-the-token")
    results = server.audit("wrong", monkeypatch, 'credentials = "snoring-mastodon"')
    (account,) = results["accounts"]
    assert account["status"] == "not read"
    assert "the token is wrong, expired or revoked" in json.dumps(account)


def test_a_server_that_limits_us_is_not_asked_again(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = {"match": {"path_regex": "/statuses$"}, "effect": {"type": "ratelimit", "status": 429}}
    control = f"{server.url}/api/v1/_mock/faults"
    httpx.post(control, json=rule).raise_for_status()
    try:
        results = server.audit("limited", monkeypatch)
    finally:
        httpx.delete(control).raise_for_status()
    (account,) = results["accounts"]
    assert account["status"] == "not read"
    assert account["requests"] == 1  # the look back before had learnt the account's id


def test_a_server_that_has_stopped_is_reported_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("mastodon", tmp_path / "server") as told:
        gone = Server(told["url"], told["council"], told["resident"], tmp_path, {})
    begun = time.monotonic()
    results = gone.audit("stopped", monkeypatch)
    assert time.monotonic() - begun < 30
    (account,) = results["accounts"]
    assert (account["status"], "could not be reached" in json.dumps(account)) == ("not read", True)
