"""A board and a blog on loopback, audited from a council file alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo.discourse import KEY, DiscourseSite
from demo.discourse_posts import post_id
from demo.server import LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from demo.website import WebsiteSite
from tests.servers.auditing import CHECKED, TODAY, account, audited, outcomes, seen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TUESDAY = (TODAY - timedelta(days=TODAY.weekday() - 1)).replace(hour=10).astimezone(UTC)


def said(
    local: str, text: str, by: str = "Ann", hours: int = 1, state: str = "published"
) -> TownComment:
    at = TUESDAY + timedelta(hours=hours)
    return TownComment(id=local, at=at, by=by, text=text, state=state)


def a_town(handle: str) -> TownAccount:
    pictures = TownMedia(id="bare"), TownMedia(id="told", alt="Cakes on a stall in the square")
    answered = said("asked", "Where is the car park?"), said("answer", "Behind.", "council", 2)
    waiting = said("question", "When are the bins emptied?"), said("held", "Hi", state="held")
    return TownAccount(
        platform="board",
        handle=handle,
        name="Little Snoring Town Council",
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
        post=(
            TownPost(
                id="bins", at=TUESDAY, title="Bins", text="Monday.", media=pictures, comment=waiting
            ),
            TownPost(id="fair", at=TUESDAY, title="Fair", text="Come.", comment=answered),
            TownPost(id="old", at=TUESDAY - timedelta(days=99), title="Old", text="Old"),
        ),
    )


def test_a_board_s_council_file_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNORING_BOARD_KEY", KEY)
    handle = "https://forum.example.org/u/council"
    with LoopbackServer(DiscourseSite(a_town(handle), CHECKED)) as server:
        lines = [f'platform = "discourse"\nhandle = "{handle}"\nbase_url = "{server.url}"']
        public = audited(tmp_path / "public", monkeypatch, *lines)
        keyed = audited(tmp_path / "keyed", monkeypatch, *lines, 'credentials = "snoring-board"')
    names = {"bins": post_id("bins"), "question": post_id("bins", "question")}
    found = seen(public, names)
    assert {("image-description", "bins"), ("unanswered-comments", "question")} <= found
    assert account(public)["status"] == "read"
    assert outcomes(public)["held-comments"] == "not assessed"
    assert outcomes(keyed)["held-comments"] == "fail"
    links = {f["record"]["permalink"] for f in public["findings"] if f["record"]}
    assert all(str(link).startswith("https://forum.example.org/") for link in links)


def test_a_blog_s_council_file_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handle = "https://www.example.org/feed/"
    with LoopbackServer(WebsiteSite(a_town(handle), CHECKED)) as server:
        lines = [f'platform = "feed"\nhandle = "{handle}"\nbase_url = "{server.url}"']
        results = audited(tmp_path / "blog", monkeypatch, *lines)
    checks = [f["check"] for f in results["findings"] if f["record"]]
    assert checks.count("image-description") == 1
    assert checks.count("unanswered-comments") == 1
    assert (account(results)["posts"], account(results)["comments"]) == (2, 3)
