"""X's account archive, read instead of X."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit.errors import ExportOutdated, ExportUnusable
from socialaudit.models import Account, Audience, Known, Media, MediaKind, Post, PostKind, Unread
from tests.connectors.exports import (
    a_photo,
    a_tweet,
    opened,
    packed,
    read,
    reread,
    unpacked,
    x_files,
    ytd,
)

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE = datetime(2026, 11, 9, tzinfo=UTC)
UNTIL = datetime(2026, 11, 20, tzinfo=UTC)


def told(folder: Path, *tweets: dict[str, Any], **more: Any) -> dict[str, Reading]:
    path = packed(folder, x_files(*tweets, **more))
    return read(opened("x", path, "@CromerTC"), SINCE, UNTIL)


def post_of(found: dict[str, Reading], key: str = "x:1") -> Post:
    post = found[key]
    assert isinstance(post, Post)
    return post


def test_a_post_has_the_key_text_links_and_address_that_the_api_gives_it(tmp_path: Path) -> None:
    urls = [{"url": "https://t.co/a", "expanded_url": "https://cromer.gov.uk/", "indices": []}]
    tweet = a_tweet(1, "Fish &amp; chips https://t.co/a", entities={"urls": urls})
    post = post_of(told(tmp_path, tweet))
    assert post.text == "Fish & chips https://t.co/a"
    assert post.links == ("https://cromer.gov.uk/",)
    assert post.permalink == "https://x.com/CromerTC/status/1"
    assert post.published_at == datetime(2026, 11, 18, 9, tzinfo=UTC)
    assert post.kind is PostKind.POST


def test_what_the_archive_does_not_hold_is_unknown_and_said(tmp_path: Path) -> None:
    found = told(tmp_path, a_tweet(1, "Look https://t.co/shown", extended_entities=a_photo(5)))
    post, photo = post_of(found), found["x:3_5"]
    assert post.text == "Look"
    assert (post.audience, post.replies_from, post.hidden, post.comment_count) == (None,) * 4
    assert isinstance(photo, Media)
    assert (photo.kind, photo.alt_text, photo.post) == (MediaKind.IMAGE, None, "x:1")
    unread = {one.fact for one in found.values() if isinstance(one, Unread)}
    never = {"comments", "media.captions", "media.alt_text", "settings", "posts.audience"}
    assert unread == never
    assert all(one.permanent for one in found.values() if isinstance(one, Unread))


def test_a_description_that_an_archive_does_hold_is_read(tmp_path: Path) -> None:
    found = told(tmp_path, a_tweet(1, extended_entities=a_photo(5, ext_alt_text="The pier")))
    photo = found["x:3_5"]
    assert isinstance(photo, Media)
    assert photo.alt_text == "The pier"
    assert "unread media.alt_text" not in found


@pytest.mark.parametrize(
    ("sort", "shown", "key", "kind"),
    [
        ("video", "ext_tw_video_thumb/5/pu/img/x.jpg", "x:7_5", MediaKind.VIDEO),
        ("video", "amplify_video_thumb/5/img/x.jpg", "x:13_5", MediaKind.VIDEO),
        ("animated_gif", "tweet_video_thumb/x.jpg", "x:16_5", MediaKind.ANIMATION),
    ],
)
def test_a_medium_has_the_key_that_the_api_gives_it(
    tmp_path: Path, sort: str, shown: str, key: str, kind: MediaKind
) -> None:
    more = {"type": sort, "media_url_https": f"https://pbs.twimg.com/{shown}"}
    length = {"video_info": {"duration_millis": "12000", "variants": []}}
    found = told(tmp_path, a_tweet(1, extended_entities=a_photo(5, **more, **length)))
    medium = found[key]
    assert isinstance(medium, Media)
    assert medium.kind is kind
    assert (medium.alt_text, medium.captions) == (None, None)
    assert medium.duration == (12.0 if sort == "video" else None)


def test_replies_and_reposts_are_told_apart(tmp_path: Path) -> None:
    reply = a_tweet(2, "@a Yes", in_reply_to_status_id_str="9", in_reply_to_user_id_str="8")
    to_gone = a_tweet(3, "@a Yes", in_reply_to_user_id_str="8")
    found = told(tmp_path, a_tweet(1), reply, to_gone, a_tweet(4, "RT @nnews: Rain"))
    kinds = {key: one.kind for key, one in found.items() if isinstance(one, Post)}
    assert kinds == {
        "x:1": PostKind.POST,
        "x:2": PostKind.REPLY,
        "x:3": PostKind.REPLY,
        "x:4": PostKind.REPOST,
    }


def test_of_an_edited_post_only_the_last_version_is_read(tmp_path: Path) -> None:
    ids = ["1", "2"]
    first = a_tweet(1, "Frist", edit_info={"initial": {"editTweetIds": ids}})
    control = {"initialTweetId": "1", "editControlInitial": {"editTweetIds": ids}}
    found = told(tmp_path, first, a_tweet(2, "First", edit_info={"edit": control}))
    assert "x:1" not in found
    assert post_of(found, "x:2").text == "First"


def test_a_long_post_is_read_whole(tmp_path: Path) -> None:
    start = "The town council met on Tuesday and resolved, after a long debate,"
    note = {
        "noteTweetId": "900",
        "createdAt": "2026-11-18T09:00:00.000Z",
        "core": {
            "text": f"{start} nothing &amp; much. https://t.co/b",
            "urls": [{"shortUrl": "https://t.co/b", "expandedUrl": "https://cromer.gov.uk/m"}],
        },
    }
    cut = a_tweet(1, f"{start}… https://t.co/cut")
    files = {"data/note-tweet.js": ytd("note_tweet", [{"noteTweet": note}])}
    post = post_of(told(tmp_path, cut, **files))
    assert post.text == f"{start} nothing & much. https://t.co/b"
    assert post.links == ("https://cromer.gov.uk/m",)


def test_all_parts_are_read_in_whatever_folder(tmp_path: Path) -> None:
    files = x_files(a_tweet(1)) | {"data/tweets-part1.js": ytd("tweets", [a_tweet(2)], 1)}
    whole = packed(tmp_path, files, within="twitter-2026-11-20-abc/")
    assert {"x:1", "x:2"} <= read(opened("x", whole, "CromerTC"), SINCE, UNTIL).keys()
    folder = unpacked(tmp_path / "folder", files)
    assert {"x:1", "x:2"} <= read(opened("x", folder, "77"), SINCE, UNTIL).keys()


def test_an_older_archive_with_tweet_js_is_read(tmp_path: Path) -> None:
    files = x_files() | {"data/tweet.js": ytd("tweet", [a_tweet(1)])}
    del files["data/tweets.js"], files["data/manifest.js"]
    assert "x:1" in read(opened("x", packed(tmp_path, files), "CromerTC"), SINCE, UNTIL)


def test_an_archive_without_its_data_folder_is_read(tmp_path: Path) -> None:
    files = {name.removeprefix("data/"): body for name, body in x_files(a_tweet(1)).items()}
    assert "x:1" in read(opened("x", packed(tmp_path, files), "CromerTC"), SINCE, UNTIL)


def test_the_profile_is_that_of_the_account(tmp_path: Path) -> None:
    history = [
        {"protectedHistory": {"protectedAt": "2015-01-01T00:00:00.000Z", "action": "Protect"}},
        {"protectedHistory": {"protectedAt": "2016-01-01T00:00:00.000Z", "action": "Unprotect"}},
    ]
    files = {"data/protected-history.js": ytd("protected_history", history)}
    found = told(tmp_path, a_tweet(1), **files)
    account = found["x:77"]
    assert isinstance(account, Account)
    assert (account.name, account.description) == ("Cromer Town Council", "News & views")
    assert (account.links, account.protected) == (None, False)
    assert account.created_at == datetime(2011, 3, 1, 10, tzinfo=UTC)
    assert post_of(found).audience is Audience.PUBLIC


def test_another_accounts_archive_is_refused_by_name(tmp_path: Path) -> None:
    path = packed(tmp_path, x_files(a_tweet(1)))
    with pytest.raises(ExportUnusable, match="that of @CromerTC, not of @SheringhamTC"):
        read(opened("x", path, "@SheringhamTC"), SINCE, UNTIL)


def test_an_archive_from_before_the_window_says_so(tmp_path: Path) -> None:
    archive = opened("x", packed(tmp_path, x_files(a_tweet(1))), "CromerTC")
    with pytest.raises(ExportOutdated, match="made on 20 November 2026") as caught:
        read(archive, datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))
    assert caught.value.remedy == "Ask X (Twitter) for a new export."


def test_what_came_after_the_archive_is_unknown(tmp_path: Path) -> None:
    archive = opened("x", packed(tmp_path, x_files(a_tweet(1))), "CromerTC")
    found = read(archive, datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC))
    posts = found["unread posts"]
    assert "x:1" in found
    assert isinstance(posts, Unread)
    assert posts.partial
    assert not posts.permanent


def test_only_what_the_archive_says_was_deleted_is_gone(tmp_path: Path) -> None:
    deleted = a_tweet(2)["tweet"] | {"deleted_at": "2026-11-19T00:00:00.000Z"}
    files = {"data/deleted-tweets.js": ytd("deleted_tweets", [{"tweet": deleted}])}
    path = packed(tmp_path, x_files(a_tweet(1, extended_entities=a_photo(5)), **files))
    archive = opened("x", path, "CromerTC")
    known = [Known("post", "2"), Known("post", "3"), Known("media", "3_5", post="1")]
    assert reread(archive, *known).keys() == {"gone Gone(kind='post', id='2')", "x:1", "x:3_5"}


def test_a_post_that_cannot_be_understood_is_counted(tmp_path: Path) -> None:
    odd = [{"tweet": {"id_str": "9"}}, {"tweet": None}, 7, a_tweet(8, created_at="yesterday")]
    files = {"data/tweets-part1.js": ytd("tweets", odd, 1)}
    found = told(tmp_path, a_tweet(1), **files)
    posts = found["unread posts"]
    assert isinstance(posts, Unread)
    assert (posts.reason, posts.partial) == ("4 of 5 could not be understood", True)


def test_a_partial_archive_says_so(tmp_path: Path) -> None:
    files = x_files(a_tweet(1))
    files["data/manifest.js"] = files["data/manifest.js"].replace("false", "true")
    found = read(opened("x", packed(tmp_path, files), "CromerTC"), SINCE, UNTIL)
    assert "unread posts" in found


def test_no_address_of_the_clerk_is_kept(tmp_path: Path) -> None:
    assert "clerk@example.gov.uk" not in repr(
        [getattr(one, "payload", None) for one in told(tmp_path, a_tweet(1)).values()]
    )
