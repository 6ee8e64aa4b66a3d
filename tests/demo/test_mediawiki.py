"""The imitated wiki, audited by a council file alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from demo.mediawiki import MediaWikiSite
from demo.server import LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from flows import plan as plans
from flows import stages

NOW = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
POLICY = Path(__file__).parents[2] / "policies" / "cromer-2016.toml"


def a_comment(
    name: str, hours: int, text: str, by: str = "Ann Example", **told: Any
) -> TownComment:
    return TownComment(id=name, at=NOW - timedelta(hours=hours), by=by, text=text, **told)


TOWN = TownAccount(
    platform="mediawiki",
    handle="https://wiki.example.gov.uk/",
    name="Little Snoring Wiki",
    description="The wiki of Little Snoring Town Council",
    created_at=datetime(2015, 1, 1, tzinfo=UTC),
    settings={"everyone": ["edit"]},
    post=(
        TownPost(
            id="bins",
            at=NOW - timedelta(days=4),
            title="Bins",
            text="The bins go out on Monday.",
            media=(
                TownMedia(id="bare"),
                TownMedia(id="told", alt="Two brown bins beside a green gate"),
                TownMedia(id="silent", kind="video"),
                TownMedia(id="spoken", kind="video", captions="standard"),
            ),
            comment=(
                a_comment("open", 70, "When will my brown bin be emptied?"),
                a_comment("rude", 69, "You are all bastards", state="hidden"),
                a_comment("settled", 71, "Where can I get a new bin?", by="Ben Example"),
                a_comment("answer", 68, "From the depot", by="council", reply_to="settled"),
            ),
        ),
    ),
)


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("SOCIALAUDIT_DATABASE_URL", f"sqlite:///{tmp_path}/store.db")
    monkeypatch.setenv("SOCIALAUDIT_SECRETS_DIR", str(tmp_path))
    with LoopbackServer(MediaWikiSite(TOWN, NOW)) as server:
        council = tmp_path / "council.toml"
        council.write_text(
            f"""[council]\nid = "snoring"\nname = "Little Snoring Town Council"
timezone = "Europe/London"\npolicy = "{POLICY}"\nwebsite = "https://www.example.gov.uk"
[report]\nrecipients = ["clerk@example.gov.uk"]\n[[account]]\nid = "wiki"
platform = "mediawiki"\nhandle = "https://wiki.example.gov.uk/"\nbase_url = "{server.url}"\n""",
            "utf-8",
        )
        plan = plans.weekly(council, NOW, fixed=True)
        stages.run(plan, stages.Plain(), str(tmp_path / "report"))
    found: dict[str, Any] = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    return found


def test_each_check_finds_on_a_wiki_what_it_is_for(results: dict[str, Any]) -> None:
    (account,) = results["accounts"]
    assert (account["status"], account["posts"], account["media"], account["comments"]) == (
        "read",
        1,
        4,
        4,
    )
    found: dict[str, list[str]] = {}
    for finding in results["findings"]:
        if finding["record"]:
            found.setdefault(finding["check"], []).append(finding["record"]["id"])
    assert [native.rpartition("/")[2] for native in found["image-description"]] == ["bare.png"]
    assert [native.rpartition("/")[2] for native in found["video-captions"]] == ["silent.webm"]
    assert len(found["unanswered-comments"]) == 1
    assert len(found["removed-without-record"]) == 1
    assert len(found["account-privacy"]) == 1
    assert "offensive-comments" not in found


def test_no_report_names_who_wrote(results: dict[str, Any]) -> None:
    assert "Ann" not in json.dumps(results)
