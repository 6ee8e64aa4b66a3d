"""Instagram's export, read instead of Instagram."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit.errors import ExportUnusable
from socialaudit.models import (
    Account,
    Audience,
    Captions,
    Known,
    Media,
    MediaKind,
    Post,
    PostKind,
    Unread,
)
from tests.connectors.exports import in_latin, opened, packed, read, reread

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
AT = int(datetime(2026, 11, 10, 9, tzinfo=UTC).timestamp())
POSTS = "your_instagram_activity/media/posts_1.json"
PROFILE = "personal_information/personal_information/personal_information.json"
NAME = "instagram-cromertc-2026-11-20-AbC.zip"


def a_medium(
    uri: str = "media/posts/202611/a.jpg", title: str = "", **fields: Any
) -> dict[str, Any]:
    exif = {"camera_metadata": {"has_camera_metadata": False}, "photo_metadata": {"exif_data": [1]}}
    told = {"uri": uri, "creation_timestamp": AT, "media_metadata": exif, "title": title}
    return told | {"cross_post_source": {"source_app": "FB"}} | fields


def a_post(caption: str = "The pier", **fields: Any) -> dict[str, Any]:
    found: dict[str, Any] = in_latin({"media": [a_medium(title=caption)]} | fields)
    return found


OLD = {"media": [a_medium() | {"creation_timestamp": AT - 90 * 86400}]}


def profile(**values: str) -> dict[str, Any]:
    told = {"Username": "cromertc", "Name": "Cromer", "Bio": "News", "Private Account": "False"}
    pairs = {k: {"href": "", "value": v, "timestamp": 0} for k, v in (told | values).items()}
    return {"profile_user": [{"title": "", "string_map_data": pairs}]}


def told(folder: Path, files: dict[str, Any], handle: str = "@cromertc") -> dict[str, Reading]:
    path = packed(folder, {PROFILE: profile()} | files, NAME)
    return read(opened("instagram", path, handle), SINCE, UNTIL)


def posts_of(found: dict[str, Reading]) -> list[Post]:
    return [one for one in found.values() if isinstance(one, Post)]


@pytest.mark.parametrize(
    "where",
    [POSTS, "your_instagram_activity/content/posts_1.json", "content/posts_1.json"],
)
def test_posts_are_read_in_every_layout(tmp_path: Path, where: str) -> None:
    (post,) = posts_of(told(tmp_path, {where: [a_post("Café 🌊 https://cromer.gov.uk"), OLD]}))
    assert post.text == "Café 🌊 https://cromer.gov.uk"
    assert (post.links, post.audience) == (("https://cromer.gov.uk",), Audience.PUBLIC)
    assert post.published_at == datetime(2026, 11, 10, 9, tzinfo=UTC)


def test_an_album_has_its_own_words_and_several_pictures(tmp_path: Path) -> None:
    album = {
        "media": [a_medium("a.jpg"), a_medium("b.mp4")],
        "title": "Fête",
        "creation_timestamp": AT,
    }
    found = told(tmp_path, {POSTS: [in_latin(album), OLD]})
    (post,) = posts_of(found)
    media = [one for one in found.values() if isinstance(one, Media)]
    assert post.text == "Fête"
    assert [(one.kind, one.alt_text, one.captions) for one in media] == [
        (MediaKind.IMAGE, None, None),
        (MediaKind.VIDEO, None, None),
    ]


def test_reels_and_stories_are_told_apart(tmp_path: Path) -> None:
    subtitles: dict[str, Any] = {
        "media_metadata": {"video_metadata": {"subtitles": {"uri": "a.srt"}}}
    }
    files = {
        POSTS: [OLD],
        "your_instagram_activity/media/reels.json": {
            "ig_reels_media": [{"media": [a_medium("media/reels/a.mp4", **subtitles)]}]
        },
        "your_instagram_activity/media/stories.json": {"ig_stories": [a_medium("media/s.jpg")]},
    }
    found = told(tmp_path, files)
    assert {one.id: one.kind for one in posts_of(found)} == {
        f"export#reel-{AT}": PostKind.REEL,
        f"export#story-{AT}": PostKind.POST,
    }
    reel = found[f"instagram:export#reel-{AT}/1"]
    assert isinstance(reel, Media)
    assert reel.captions is Captions.AUTOMATIC


def test_newer_exports_with_labels_are_read(tmp_path: Path) -> None:
    post = {
        "timestamp": AT,
        "media": [{"uri": "media/posts/a.jpg", "creation_timestamp": AT}],
        "label_values": [{"label": "Caption", "value": in_latin("Fête")}],
        "fbid": "18000000000000001",
    }
    (found,) = posts_of(told(tmp_path, {POSTS: [post, OLD]}))
    assert found.text == "Fête"


def test_what_the_export_does_not_hold_is_unread(tmp_path: Path) -> None:
    found = told(tmp_path, {POSTS: [a_post(), OLD]})
    facts = {one.fact for one in found.values() if isinstance(one, Unread)}
    assert facts == {"comments", "media.alt_text", "media.captions", "settings"}


def test_the_profile_is_read(tmp_path: Path) -> None:
    found = told(tmp_path, {POSTS: [a_post(), OLD], PROFILE: profile(Website="https://a.example")})
    account = found["instagram:cromertc"]
    assert isinstance(account, Account)
    assert (account.name, account.description, account.protected) == ("Cromer", "News", False)
    assert account.links == ("https://a.example",)


def test_a_private_accounts_posts_are_for_its_followers(tmp_path: Path) -> None:
    files = {POSTS: [a_post(), OLD], PROFILE: profile(**{"Private Account": "True"})}
    (post,) = posts_of(told(tmp_path, files))
    assert post.audience is Audience.FOLLOWERS


def test_without_a_profile_who_may_see_posts_is_unknown(tmp_path: Path) -> None:
    path = packed(tmp_path, {POSTS: [a_post(), OLD]}, NAME)
    found = read(opened("instagram", path, "cromertc"), SINCE, UNTIL)
    (post,) = posts_of(found)
    assert post.audience is None
    assert "unread posts.audience" in found


def test_another_accounts_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportUnusable, match="that of cromertc, not of @other"):
        told(tmp_path, {POSTS: [a_post()]}, "@other")


def test_an_export_as_web_pages_says_what_to_ask_for(tmp_path: Path) -> None:
    with pytest.raises(ExportUnusable, match="as web pages"):
        told(tmp_path, {POSTS.replace(".json", ".html"): "<html/>"})


def test_known_posts_are_read_again(tmp_path: Path) -> None:
    archive = opened("instagram", packed(tmp_path, {POSTS: [a_post(), OLD]}, NAME), "cromertc")
    own = f"export#{AT}"
    assert list(reread(archive, Known("post", own))) == [f"instagram:{own}", f"instagram:{own}/1"]


@pytest.mark.parametrize("odd", [7, None, {}, {"media": [{}]}, {"creation_timestamp": "x"}])
def test_what_cannot_be_understood_is_counted(tmp_path: Path, odd: Any) -> None:
    found = told(tmp_path, {POSTS: [a_post(), odd, OLD]})
    assert len(posts_of(found)) == 1
    assert isinstance(found["unread posts"], Unread)
