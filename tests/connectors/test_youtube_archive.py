"""YouTube's part of Google Takeout, read instead of YouTube."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit.errors import ExportUnusable
from socialaudit.models import Account, Audience, Media, Post, Unread
from tests.connectors.exports import opened, packed, read

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
CHANNEL = "UC0123456789abcdefghijkl"
NAME = "takeout-20261120T101500Z-001.zip"
FOLDER = "Takeout/YouTube and YouTube Music/"
HEAD = (
    "Video ID,Approx Duration (ms),Video Audio Language,Video Category,"
    "Video Description (Original) Language,Channel ID,Video Title (Original),"
    "Video Title (Original) Language,Privacy,Video State,Video Create Timestamp,"
    "Video Publish Timestamp"
)
CHANNELS = f"Channel ID,Channel Title (Original),Channel Visibility\n{CHANNEL},Cromer TC,Public\n"


def a_row(native: str, privacy: str = "Public", at: str = "2026-11-10T09:00:00+00:00") -> str:
    return f'{native},65000,en,News,,{CHANNEL},"Council, live",,{privacy},Processed,{at},{at}'


def files_of(*rows: str, folder: str = FOLDER) -> dict[str, Any]:
    return {
        "Takeout/archive_browser.html": "<html/>",
        f"{folder}video metadata/videos.csv": "\r\n".join([HEAD, *rows]),
        f"{folder}video metadata/video recordings.csv": "Video ID,Video Recording Address\n",
        f"{folder}channels/channel.csv": CHANNELS,
        f"{folder}comments/comments.csv": "Comment ID,Channel ID,Comment Text\n",
    }


def told(folder: Path, files: dict[str, Any], handle: str = "@CromerTC") -> dict[str, Reading]:
    return read(opened("youtube", packed(folder, files, NAME), handle), SINCE, UNTIL)


def test_a_video_has_the_key_and_facts_that_the_api_gives_it(tmp_path: Path) -> None:
    found = told(tmp_path, files_of(a_row("abc-_123456")))
    post, video = found["youtube:abc-_123456"], found["youtube:abc-_123456/video"]
    assert isinstance(post, Post)
    assert (post.title, post.text, post.audience) == ("Council, live", None, Audience.PUBLIC)
    assert post.permalink == "https://www.youtube.com/watch?v=abc-_123456"
    assert isinstance(video, Media)
    assert (video.duration, video.captions, video.post) == (65.0, None, post.key)
    unread = {one.fact for one in found.values() if isinstance(one, Unread)}
    assert unread == {"comments", "media.captions", "settings"}


@pytest.mark.parametrize(
    ("privacy", "audience"),
    [("Unlisted", Audience.UNLISTED), ("Private", Audience.PRIVATE), ("Members", None)],
)
def test_who_may_see_a_video_is_told(tmp_path: Path, privacy: str, audience: Any) -> None:
    post = told(tmp_path, files_of(a_row("a", privacy)))["youtube:a"]
    assert isinstance(post, Post)
    assert post.audience is audience


@pytest.mark.parametrize(
    "folder",
    ["Takeout/YouTube/", "Takeout/YouTube et YouTube Music/", "YouTube and YouTube Music/", ""],
)
def test_the_folder_may_have_another_name(tmp_path: Path, folder: str) -> None:
    assert "youtube:a" in told(tmp_path, files_of(a_row("a"), folder=folder))


def test_several_tables_are_read(tmp_path: Path) -> None:
    files = files_of(a_row("a"))
    files[f"{FOLDER}video metadata/videos(1).csv"] = f"\ufeff{HEAD}\n{a_row('b')}"
    assert {"youtube:a", "youtube:b"} <= told(tmp_path, files).keys()


def test_the_channel_is_that_of_the_export(tmp_path: Path) -> None:
    account = told(tmp_path, files_of(a_row("a")), CHANNEL)[f"youtube:{CHANNEL}"]
    assert isinstance(account, Account)
    assert (account.name, account.protected) == ("Cromer TC", False)


def test_of_several_channels_only_the_councils_is_read(tmp_path: Path) -> None:
    other = a_row("b").replace(CHANNEL, "UC" + "z" * 22)
    found = told(tmp_path, files_of(other, a_row("a")), f"https://youtube.com/channel/{CHANNEL}")
    assert "youtube:a" in found
    assert "youtube:b" not in found


def test_another_channels_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportUnusable, match="that of the channel"):
        told(tmp_path, files_of(a_row("a")), "UC" + "z" * 22)


def test_an_export_in_another_language_says_what_to_do(tmp_path: Path) -> None:
    folder = "Takeout/YouTube und YouTube Music/"
    files = {f"{folder}Videometadaten/Videos.csv": "Video-ID,Datenschutz\na,Öffentlich\n"}
    with pytest.raises(ExportUnusable) as caught:
        told(tmp_path, files)
    assert "English" in caught.value.remedy


def test_older_exports_hold_the_items_of_the_api(tmp_path: Path) -> None:
    item = {
        "kind": "youtube#video",
        "id": "old",
        "snippet": {
            "channelId": CHANNEL,
            "title": "Meeting",
            "description": "Agenda https://cromer.gov.uk/a",
            "publishedAt": "2026-11-10T09:00:00.000Z",
        },
        "contentDetails": {"duration": "PT1M5S"},
        "status": {"privacyStatus": "unlisted"},
    }
    post = told(tmp_path, {"Takeout/YouTube/videos/Meeting.json": [item]})["youtube:old"]
    assert isinstance(post, Post)
    assert (post.audience, post.links) == (Audience.UNLISTED, ("https://cromer.gov.uk/a",))


def test_rows_that_cannot_be_understood_are_counted(tmp_path: Path) -> None:
    found = told(tmp_path, files_of(a_row("a"), a_row(""), a_row("b", at="soon"), "x"))
    posts = found["unread posts"]
    assert isinstance(posts, Unread)
    assert posts.reason == "3 of 4 videos could not be understood"


def test_a_channel_without_videos_is_read(tmp_path: Path) -> None:
    found = told(tmp_path, files_of())
    assert f"youtube:{CHANNEL}" in found
