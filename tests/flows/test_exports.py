"""A council whose accounts are read from the platforms' exports alone, by the command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from socialaudit.cli import main
from socialaudit.settings import packaged
from tests.connectors.exports import a_photo, a_tweet, packed, x_files
from tests.connectors.test_facebook_archive import PAGE, a_file, attached
from tests.connectors.test_facebook_archive import a_post as a_facebook_post
from tests.connectors.test_instagram_archive import POSTS as INSTAGRAM
from tests.connectors.test_instagram_archive import a_medium
from tests.connectors.test_mastodon_archive import a_document, a_note
from tests.connectors.test_mastodon_archive import files_of as toots
from tests.connectors.test_wordpress_archive import a_comment, an_item
from tests.connectors.test_wordpress_archive import a_file as a_site
from tests.connectors.test_youtube_archive import a_row, files_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from demo.world import World

pytestmark = [pytest.mark.xdist_group("prefect"), pytest.mark.usefixtures("prefect", "world")]
NOW = "2026-11-23T07:00:00+00:00"
"""A Monday; the week that is checked ends with Sunday 22 November."""
LATER = "2026-11-30T07:00:00+00:00"
AT = 1_794_992_400
"""Wednesday 18 November 2026, nine o'clock."""
MADE = "2026-11-23T05:00:00.000Z"
HANDLES = {
    "x": "CromerTC",
    "facebook": "CromerTownCouncil",
    "youtube": "@CromerTC",
    "instagram": "cromertc",
    "mastodon": "@cromertc@social.example",
    "wordpress": "www.cromer.example",
}


def a_council(folder: Path, exports: Mapping[str, str]) -> Path:
    """A council file that names exports, by platform, beside it."""
    lines = [
        "[council]",
        'id = "cromer"',
        'name = "Cromer Town Council"',
        'timezone = "Europe/London"',
        f'policy = "{packaged("policies") / "cromer-2016.toml"}"',
        "[report]",
        'recipients = ["clerk@example.gov.uk"]',
    ]
    for platform, archive in exports.items():
        lines += [
            "[[account]]",
            f'id = "{platform}"',
            f'platform = "{platform}"',
            f'handle = "{HANDLES[platform]}"',
            'credentials = "nobody-has-these"',
            f'archive = "{archive}"',
        ]
    path = folder / "cromer.toml"
    path.write_text("\n".join(lines), "utf-8")
    return path


def x_export(folder: Path, *tweets: dict[str, Any]) -> str:
    return packed(folder, x_files(*tweets, made=MADE), "x.zip").name


def audit(council: Path, now: str = NOW) -> tuple[int, dict[str, Any]]:
    out = council.parent / "report"
    said = CliRunner().invoke(main, ["audit", str(council), "--now", now, "--out", str(out)])
    if not (out / "results.json").is_file():
        return said.exit_code, {"said": said.output}
    return said.exit_code, json.loads((out / "results.json").read_text("utf-8"))


def outcomes(found: dict[str, Any], account: str) -> dict[str, str]:
    return {a["check"]: a["outcome"] for a in found["assessments"] if a["account"] == account}


def reasons(found: dict[str, Any], account: str) -> str:
    (told,) = (a for a in found["accounts"] if a["id"] == account)
    return f"{told['status']}: {' '.join(told['reasons'])}"


def test_three_exports_are_audited_with_no_key_and_no_request(tmp_path: Path) -> None:
    tweets = (
        a_tweet(1, "#skateparkdesign tonight", extended_entities=a_photo(5)),
        a_tweet(2, "Long before", created_at="Tue Sep 01 09:00:00 +0000 2026"),
    )
    pictures = attached(a_file("posts/media/a.jpg"))
    page = [a_facebook_post("#skateparkdesign", AT, attachments=pictures)]
    page.append(a_facebook_post("Before", AT - 90 * 86400))
    row = a_row("a", "Private", "2026-11-18T09:00:00+00:00")
    files = {
        "x": x_export(tmp_path, *tweets),
        "facebook": packed(tmp_path, {PAGE: page}, "facebook-a-2026-11-23-b.zip").name,
        "youtube": packed(tmp_path, files_of(row), "takeout-20261123T050000Z-001.zip").name,
    }
    status, found = audit(a_council(tmp_path, files))
    assert status == 10
    assert {a["id"]: a["status"] for a in found["accounts"]} == dict.fromkeys(files, "read")
    assert {a["requests"] for a in found["accounts"]} == {0}
    told = {a["id"]: (a["posts"], a["media"], a["comments"]) for a in found["accounts"]}
    assert told == {"x": (1, 1, 0), "facebook": (1, 1, 0), "youtube": (1, 1, 0)}
    hashtags = [f for f in found["findings"] if f["check"] == "readable-hashtags"]
    assert {f["record"]["id"] for f in hashtags} == {"1", f"export#{AT}"}
    seen = [f for f in found["findings"] if f["check"] == "post-audience"]
    assert [f["record"]["id"] for f in seen] == ["a"]
    for account in files:
        judged = outcomes(found, account)
        for check in ("unanswered-comments", "held-comments", "video-captions"):
            assert judged[check] != "pass"
    assert outcomes(found, "x")["image-description"] == "not assessed"
    assert outcomes(found, "facebook")["image-description"] == "not assessed"


def test_descriptions_and_comments_that_an_export_holds_are_judged(tmp_path: Path) -> None:
    day = "2026-11-18T09:00:00Z"
    pictures = [a_document("media_attachments/files/109/001/original/a.png")]
    note = a_note(1, published=day, attachment=pictures)
    archive = packed(tmp_path, toots(note), "archive-20261123050000-aa.zip")
    on = {f"post_{part}": "2026-11-18 09:00:00" for part in ("date", "date_gmt", "modified_gmt")}
    html = '<img src="https://www.cromer.example/a.jpg"/><video src="/a.mp4"></video>'
    asked = {"comment_date_gmt": "2026-11-18 10:00:00"}
    held = a_comment(5, "When is the bin day?", comment_approved="0", **asked)
    late = a_comment(6, "When is the meeting?", **asked)
    site = tmp_path / "site.WordPress.2026-11-23.xml"
    item = an_item(1, html, comments=[held, late], **on)
    site.write_text(a_site(item, made="Mon, 23 Nov 2026 05:00:00 +0000"), "utf-8")
    instagram = {INSTAGRAM: [{"media": [a_medium(creation_timestamp=AT)]}]}
    photos = packed(tmp_path, instagram, "instagram-cromertc-2026-11-23-b.zip")
    exports = {"mastodon": archive.name, "wordpress": site.name, "instagram": photos.name}
    status, found = audit(a_council(tmp_path, exports))
    assert status == 10
    assert {a["requests"] for a in found["accounts"]} == {0}
    seen = {
        check: {
            (f["account"], f["record"]["kind"]) for f in found["findings"] if f["check"] == check
        }
        for check in ("image-description", "video-captions", "held-comments", "unanswered-comments")
    }
    assert seen == {
        "image-description": {("mastodon", "media"), ("wordpress", "media")},
        "video-captions": {("wordpress", "media")},
        "held-comments": {("wordpress", "comment")},
        "unanswered-comments": {("wordpress", "comment")},
    }
    assert outcomes(found, "instagram")["image-description"] == "not assessed"
    assert outcomes(found, "mastodon")["unanswered-comments"] == "not assessed"


def test_what_an_export_showed_without_an_id_is_never_asked_of_the_platform(
    tmp_path: Path, world: World
) -> None:
    page = [a_facebook_post("#skateparkdesign", AT), a_facebook_post("Before", AT - 90 * 86400)]
    packed(tmp_path, {PAGE: page}, "facebook-a-2026-11-23-b.zip")
    council = a_council(tmp_path, {"facebook": "facebook-a-2026-11-23-b.zip"})
    audit(council)
    text = council.read_text("utf-8").splitlines()
    server = world.servers["facebook"]
    text = [line for line in text if not line.startswith(("archive", "credentials", "handle"))]
    text += [
        f'handle = "{world.accounts["facebook"].handle}"',
        'credentials = "demo-facebook"',
        f'base_url = "{server.url}"',
    ]
    council.write_text("\n".join(text), "utf-8")
    _, found = audit(council, LATER)
    (kept,) = (
        f
        for f in found["findings"]
        if f["check"] == "readable-hashtags" and f["record"]["id"] == f"export#{AT}"
    )
    assert kept["status"] == "not rechecked"
    assert not [request for request in server.log if "export" in str(request)]


def test_the_report_says_which_export_it_was_and_what_that_does_not_show(tmp_path: Path) -> None:
    audit(a_council(tmp_path, {"x": x_export(tmp_path, a_tweet(1))}))
    found = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    assert [a["export"] for a in found["accounts"]] == ["X’s account archive of 23 November 2026"]
    email = (tmp_path / "report" / "email.txt").read_text("utf-8")
    said = " ".join(email.split())
    assert "we read X’s account archive of 23 November 2026, which does not show us" in said


def test_findings_keep_their_references_when_the_next_export_is_read(tmp_path: Path) -> None:
    council = a_council(tmp_path, {"x": x_export(tmp_path, a_tweet(1, "#skateparkdesign"))})
    _, first = audit(council)
    again = x_files(a_tweet(1, "#skateparkdesign"), made="2026-11-30T05:00:00.000Z")
    packed(tmp_path, again, "x.zip")
    _, second = audit(council, LATER)
    (before,), (after,) = (
        [f for f in found["findings"] if f["check"] == "readable-hashtags"]
        for found in (first, second)
    )
    assert (before["status"], after["status"]) == ("new", "open")
    assert before["ref"] == after["ref"]


def test_last_weeks_export_leaves_the_account_not_assessed_and_asks_for_a_new_one(
    tmp_path: Path,
) -> None:
    council = a_council(tmp_path, {"x": x_export(tmp_path, a_tweet(1, "#skateparkdesign"))})
    audit(council)
    status, found = audit(council, LATER)
    assert status == 3
    assert "fixed" not in {f["status"] for f in found.get("findings", [])}
    said = CliRunner().invoke(main, ["report", str(council), "--format", "json"])
    latest = json.loads(said.stdout)
    assert reasons(latest, "x").startswith("not read: *: the export was made on 23 November 2026")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.unlink(), 'there is no file "x.zip"'),
        (lambda path: path.write_bytes(path.read_bytes()[:700]), "damaged or not complete"),
        (lambda path: path.write_bytes(b"not a zip"), "damaged or not complete"),
        (lambda path: packed(path.parent, {"data/tweets.js": " " * 9**7}, "x.zip"), "200 times"),
        (lambda path: packed(path.parent, files_of(a_row("a")), "x.zip"), "Google Takeout"),
        (lambda path: packed(path.parent, {"a.txt": ""}, "x.zip"), "does not look like"),
    ],
)
def test_an_export_that_cannot_be_used_is_one_plain_sentence(
    tmp_path: Path, spoil: Any, said: str
) -> None:
    good = packed(tmp_path, files_of(a_row("a")), "takeout-20261123T050000Z-001.zip")
    exports = {"x": x_export(tmp_path, a_tweet(1)), "youtube": good.name}
    spoil(tmp_path / "x.zip")
    status, found = audit(a_council(tmp_path, exports))
    assert status == 10
    assert reasons(found, "youtube").startswith("read")
    assert reasons(found, "x").startswith("not read: *: ")
    assert said in reasons(found, "x")
    assert set(outcomes(found, "x").values()) <= {"not assessed", "fail"}
    (gap,) = (f for f in found["findings"] if f["check"] == "monitoring-gaps")
    assert gap["message"].startswith("We could not use the export of the account’s data: ")
    assert said in gap["message"]


def test_the_doctor_says_what_the_export_is_and_from_when(tmp_path: Path) -> None:
    council = a_council(tmp_path, {"x": x_export(tmp_path, a_tweet(1))})
    said = CliRunner().invoke(main, ["doctor", str(council)]).stdout
    (line,) = (one for one in said.splitlines() if "account x" in one)
    assert "X’s account archive of 23 November 2026, with 1 post" in line
    (tmp_path / "x.zip").unlink()
    done = CliRunner().invoke(main, ["doctor", str(council)])
    assert done.exit_code == 1
    assert 'problem account x: there is no file "x.zip". Put the export there' in done.stdout


def test_a_platform_without_exports_is_a_fault_of_the_file(tmp_path: Path) -> None:
    council = a_council(tmp_path, {"x": "x.zip"})
    council.write_text(council.read_text("utf-8").replace('platform = "x"', 'platform = "podcast"'))
    status, found = audit(council)
    assert status == 2
    assert "podcast has no export that can be read; remove this line" in found["said"]
