"""A real forum (NodeBB): written on through its own interface, read through its feed, then audited."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.auditing import account, audited, outcomes, seen
from tests.servers.started import started

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.servers


@dataclass
class Board:
    """A running board, what was written on it by name, and a council's audits of it."""

    url: str
    folder: Path
    written: dict[str, str]

    def audit(self, name: str, monkeypatch: pytest.MonkeyPatch, handle: str) -> dict[str, Any]:
        """What a weekly check says."""
        lines = ['platform = "forum"', f'handle = "{handle}"']
        return audited(self.folder / name, monkeypatch, *lines)

    def seen(self, results: dict[str, Any]) -> set[tuple[str, str]]:
        """Each finding on a record, as its check and the name under which we wrote it."""
        return seen(results, self.written)


def said(url: str) -> list[dict[str, str]]:
    """A week on the board: what a council and residents write."""
    picture = f"{url}/logo.png"
    return [
        {"by": "council", "name": "bins", "title": "Bins", "text": f"On Monday. ![]({picture})"},
        {"by": "ann", "name": "question", "to": "bins", "text": "When are they emptied again?"},
        {
            "by": "council",
            "name": "fair",
            "title": "Fair",
            "text": f"Come! ![Cakes on a stall in the market square]({picture})",
        },
        {"by": "bob", "name": "asked", "to": "fair", "text": "Where can we park the car?"},
        {"by": "council", "name": "answer", "to": "fair", "text": "Behind the town hall."},
        {"by": "cy", "name": "visit", "title": "Lamp", "text": "The lamp in Mill Lane is broken."},
        {"by": "cy", "name": "abuse", "to": "bins", "text": "You are all fucking idiots"},
    ]


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("forum")
    with started("forum", folder / "server", ports=2) as told:
        url = told["url"]
        wanted = {"url": url, "council": told["council"], "said": said(url)}
        made = subprocess.run(  # noqa: S603 - a script of our own
            ["node", told["write"]],  # noqa: S607 - wherever Node.js is
            input=json.dumps(wanted),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            timeout=60,
        )
        posts = json.loads(made.stdout.splitlines()[-1])
        yield Board(url, folder, {n: f"{url}/post/{p['pid']}" for n, p in posts.items()})


def test_a_council_file_alone_is_enough(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    results = board.audit("public", monkeypatch, f"{board.url}/recentposts.rss#council")
    told = account(results)
    # the board came with a topic of its owner's, of today: the feed says no more
    assert (told["posts"], told["media"], told["comments"]) == (3, 2, 5)
    assert told["requests"] == 1
    found = board.seen(results)
    assert ("image-description", "bins") in found
    assert ("unanswered-comments", "question") in found
    assert ("visitor-posts", "visit") in found
    assert ("offensive-comments", "abuse") in found
    assert {name for _, name in found} & {"fair", "asked", "answer"} == set()
    assert outcomes(results)["held-comments"] == "not assessed"


def test_without_the_council_s_name_the_report_asks_for_it(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = board.audit("nameless", monkeypatch, f"{board.url}/recentposts.rss")
    assert account(results)["posts"] == 0
    assert any("name" in reason for reason in account(results)["reasons"])
    assert outcomes(results)["unanswered-comments"] == "not assessed"
    assert ("offensive-comments", "abuse") in board.seen(results)


def test_a_feed_whose_times_make_no_sense_is_not_taken_for_a_quiet_one(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    # this version writes "Invalid Date" into the feed of a topic
    results = board.audit("topic", monkeypatch, f"{board.url}/topic/2.rss#council")
    assert account(results)["status"] == "not read"
    assert any("none of the feed's 3 entries" in r for r in account(results)["reasons"])
    assert outcomes(results)["image-description"] == "not assessed"


def test_a_page_in_place_of_a_feed_is_not_taken_for_a_quiet_board(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = board.audit("page", monkeypatch, f"{board.url}/recent#council")
    assert account(results)["status"] == "not read"


def test_a_board_that_has_stopped_is_reported_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started("forum", tmp_path / "server", ports=2) as told:
        gone = Board(told["url"], tmp_path, {})
    began = time.monotonic()
    results = gone.audit("stopped", monkeypatch, f"{gone.url}/recentposts.rss#council")
    assert time.monotonic() - began < 30
    assert account(results)["status"] == "not read"
