"""Facebook's export, read instead of Facebook."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from socialaudit.errors import ExportUnusable
from socialaudit.models import Account, Known, Media, MediaKind, Post, PostKind, Unread
from tests.connectors.exports import in_latin, opened, packed, read, reread, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC)
AT = int(datetime(2026, 11, 10, 9, tzinfo=UTC).timestamp())
PAGE = "this_profile's_activity_across_facebook/posts/profile_posts_1.json"
PROFILE = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
NAME = "facebook-CromerTownCouncil-2026-11-20-AbC123.zip"
LIMITS = {"comments", "media.alt_text", "media.captions", "posts.audience", "settings"}


def a_post(text: str = "Bins on Friday", at: int = AT, **fields: Any) -> dict[str, Any]:
    title = "Cromer Town Council updated their status."
    return in_latin({"timestamp": at, "data": [{"post": text}], "title": title} | fields)  # type: ignore[no-any-return]  # a dict in is a dict out


def attached(*media: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"data": [{"media": one} for one in media]}]


def a_file(uri: str, **fields: Any) -> dict[str, Any]:
    exif = {"photo_metadata": {"exif_data": [{"upload_ip": "10.0.0.1", "latitude": 52.9}]}}
    return {"uri": uri, "creation_timestamp": AT, "media_metadata": exif} | fields


OLD = a_post("Long ago", AT - 90 * 86400)


def told(
    folder: Path, *posts: dict[str, Any], where: str = PAGE, more: dict[str, Any] | None = None
) -> dict[str, Reading]:
    path = packed(folder, {where: [*posts, OLD], **(more or {})}, NAME)
    return read(opened("facebook", path, "CromerTownCouncil"), SINCE, UNTIL)


def posts_of(found: dict[str, Reading]) -> list[Post]:
    return [one for one in found.values() if isinstance(one, Post)]


@pytest.mark.parametrize(
    "where",
    [
        PAGE,
        PROFILE,
        "your_activity_across_facebook/posts/your_posts__check_ins__photos_and_videos_1.json",
        "posts/your_posts_1.json",
        "posts/profile_posts_1.json",
        "posts/page_posts_1.json",
        "facebook-cromer/posts/your_posts.json",
    ],
)
def test_posts_are_read_in_every_layout(tmp_path: Path, where: str) -> None:
    (post,) = posts_of(told(tmp_path, a_post(), where=where))
    assert (post.text, post.kind) == ("Bins on Friday", PostKind.POST)


def test_broken_letters_are_mended(tmp_path: Path) -> None:
    (post,) = posts_of(told(tmp_path, a_post("Café – “open” 🌊 https://cromer.gov.uk/é")))
    assert post.text == "Café – “open” 🌊 https://cromer.gov.uk/é"
    assert post.links == ("https://cromer.gov.uk/é",)


def test_letters_that_are_right_stay_as_they_are(tmp_path: Path) -> None:
    (post,) = posts_of(told(tmp_path, {"timestamp": AT, "data": [{"post": "Café – 🌊"}]}))
    assert post.text == "Café – 🌊"


def test_pictures_and_videos_are_known_and_what_describes_them_is_not(tmp_path: Path) -> None:
    media = attached(a_file("posts/media/a.jpg", description="Words"), a_file("media/b.MP4"))
    found = told(tmp_path, a_post(attachments=media))
    kinds = {one.kind: one for one in found.values() if isinstance(one, Media)}
    assert kinds.keys() == {MediaKind.IMAGE, MediaKind.VIDEO}
    assert kinds[MediaKind.IMAGE].alt_text is None
    assert kinds[MediaKind.VIDEO].captions is None
    assert "10.0.0.1" not in repr([one.payload for one in kinds.values()])
    assert {one.fact for one in found.values() if isinstance(one, Unread)} == LIMITS


def test_what_was_shared_and_edited_is_told(tmp_path: Path) -> None:
    link = [{"data": [{"external_context": {"url": "https://www.gov.uk/x", "name": "GOV.UK"}}]}]
    edited = [{"post": "Words"}, {"update_timestamp": AT + 60}]
    found = told(
        tmp_path,
        a_post(title="Cromer Town Council shared a post.", at=AT),
        a_post(data=edited, attachments=link, at=AT + 1),
    )
    shared, post = posts_of(found)
    assert shared.kind is PostKind.REPOST
    assert post.links == ("https://www.gov.uk/x",)
    assert post.edited_at == datetime(2026, 11, 10, 9, 1, tzinfo=UTC)


def test_reels_are_read_from_their_own_file(tmp_path: Path) -> None:
    reel = in_latin({"uri": "media/r.mp4", "creation_timestamp": AT, "description": "Fête"})
    where = "this_profile's_activity_across_facebook/reels/your_reels.json"
    found = told(tmp_path, more={where: {"reels_v2": [reel]}})
    (post,) = posts_of(found)
    assert (post.kind, post.text, post.id) == (PostKind.REEL, "Fête", f"export#reel-{AT}")
    assert [one.kind for one in found.values() if isinstance(one, Media)] == [MediaKind.VIDEO]


def test_posts_of_one_second_have_keys_of_their_own_that_hold(tmp_path: Path) -> None:
    posts = [a_post("One"), a_post("Two")]
    keys = [post.key for post in posts_of(told(tmp_path, *posts))]
    assert keys == [f"facebook:export#{AT}", f"facebook:export#{AT}-2"]
    assert [p.key for p in posts_of(told(tmp_path, *posts, a_post("Three", AT + 5)))][:2] == keys


def test_known_posts_are_read_again_with_their_media(tmp_path: Path) -> None:
    files = {PAGE: [a_post(attachments=attached(a_file("a.jpg"))), OLD]}
    archive = opened("facebook", packed(tmp_path, files, NAME), "CromerTownCouncil")
    own = f"export#{AT}"
    found = reread(archive, Known("media", f"{own}/1", post=own), Known("post", "export#7"))
    assert list(found) == [f"facebook:{own}", f"facebook:{own}/1"]


def test_the_profile_is_read_where_it_is_there(tmp_path: Path) -> None:
    profile = {
        "name": {"full_name": in_latin("Cromer – Town Council")},
        "websites": [{"address": "https://cromer.gov.uk"}],
        "profile_uri": "https://www.facebook.com/CromerTownCouncil",
        "intro_bio": {"name": "News"},
    }
    where = "profile_information/profile_information.json"
    found = told(tmp_path, a_post(), more={where: {"profile_v2": profile}})
    (account,) = (one for one in found.values() if isinstance(one, Account))
    assert (account.name, account.description) == ("Cromer – Town Council", "News")
    assert account.links == ("https://cromer.gov.uk",)


@pytest.mark.parametrize("odd", [7, [], {"name": []}, {"full_name": {}}, None])
def test_a_profile_of_another_shape_is_unknown(tmp_path: Path, odd: Any) -> None:
    names = ("name", "intro_bio", "profile_uri", "websites")
    where = "profile_information/profile_information.json"
    found = told(tmp_path, a_post(), more={where: {"profile_v2": dict.fromkeys(names, odd)}})
    (account,) = (one for one in found.values() if isinstance(one, Account))
    assert (account.name, account.description, account.links) == (None, None, None)
    assert account.permalink == "https://www.facebook.com/CromerTownCouncil"


def test_a_clerks_own_profile_is_refused_without_naming_it(tmp_path: Path) -> None:
    where = "profile_information/profile_information.json"
    profile = {"profile_v2": {"profile_uri": "https://www.facebook.com/ann.clerk"}}
    with pytest.raises(ExportUnusable, match="another profile than CromerTownCouncil") as caught:
        told(tmp_path, a_post(), more={where: profile})
    assert "ann" not in caught.value.message


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/cromer.town.council",
        "https://www.facebook.com/profile.php?id=1000123456789",
        "",
    ],
)
def test_an_address_that_may_be_the_same_is_let_through(tmp_path: Path, address: str) -> None:
    where = "profile_information/profile_information.json"
    found = told(tmp_path, a_post(), more={where: {"profile_v2": {"profile_uri": address}}})
    assert len(posts_of(found)) == 1


def test_the_day_in_the_name_is_when_it_was_made(tmp_path: Path) -> None:
    path = packed(tmp_path, {PAGE: [a_post(), OLD]}, NAME)
    archive = opened("facebook", path, "CromerTownCouncil")
    assert archive.look() == (
        "Facebook’s export of a Page or profile of 20 November 2026, with 2 posts, "
        "the newest of 10 November 2026"
    )


def test_an_export_of_some_days_only_may_lack_others(tmp_path: Path) -> None:
    path = packed(tmp_path, {PAGE: [a_post()]}, NAME)
    found = read(opened("facebook", path, "CromerTownCouncil"), SINCE, UNTIL)
    posts = found["unread posts"]
    assert isinstance(posts, Unread)
    assert (posts.partial, posts.permanent) == (True, False)


def test_an_export_as_web_pages_says_what_to_ask_for(tmp_path: Path) -> None:
    path = packed(tmp_path, {PAGE.replace(".json", ".html"): "<html/>"}, NAME)
    with pytest.raises(ExportUnusable, match="as web pages") as caught:
        read(opened("facebook", path, "CromerTownCouncil"), SINCE, UNTIL)
    assert "JSON" in caught.value.remedy


@pytest.mark.parametrize(
    "odd",
    [7, None, [], {"timestamp": "then"}, {"timestamp": True}, {"timestamp": 1e30}, {"data": "x"}],
)
def test_what_cannot_be_understood_is_counted(tmp_path: Path, odd: Any) -> None:
    found = told(tmp_path, a_post(), odd)
    assert len(posts_of(found)) == 1
    assert isinstance(found["unread posts"], Unread)


@pytest.mark.parametrize(
    "fields",
    [
        {"data": None},
        {"data": [None, {}, {"post": None}]},
        {"attachments": {"data": 1}},
        {"attachments": [{"data": [{"media": None}, {"media": {"uri": 5}}]}]},
        {"title": None},
    ],
)
def test_a_post_that_lacks_anything_else_is_read(tmp_path: Path, fields: dict[str, Any]) -> None:
    (post,) = posts_of(told(tmp_path, a_post() | fields))
    assert post.published_at == datetime(2026, 11, 10, 9, tzinfo=UTC)


def test_a_list_of_one_post_stands_without_its_list(tmp_path: Path) -> None:
    path = packed(tmp_path, {PAGE: a_post("The only one")}, NAME)
    (post,) = posts_of(read(opened("facebook", path, "CromerTownCouncil"), SINCE, UNTIL))
    assert post.text == "The only one"


@pytest.mark.parametrize(
    ("attachment", "words"),
    [
        ({"note": {"title": "Our plan", "text": "All of it"}}, "Our plan\nAll of it"),
        ({"event": {"name": "Pier show", "description": "At 7"}}, "Pier show\nAt 7"),
        (
            {"poll": {"question": "Which?", "options": [{"option": "One"}, {"option": "Two"}]}},
            "Which?\nOne\nTwo",
        ),
        ({"text": "More"}, "More"),
        ({"media": {"uri": "media/a.mp4", "description": "The film"}}, "The film"),
    ],
)
def test_the_words_of_what_is_attached_are_read(
    tmp_path: Path, attachment: dict[str, Any], words: str
) -> None:
    (post,) = posts_of(told(tmp_path, a_post(data=[], attachments=[{"data": [attachment]}])))
    assert post.text == words


def test_words_that_stand_twice_are_read_once_and_names_without_their_numbers(
    tmp_path: Path,
) -> None:
    words = "Thanks @[100:2048:Cromer Pier] and @[7:Kim]!"
    media = attached(a_file("posts/media/a.jpg", description=words))
    (post,) = posts_of(told(tmp_path, a_post(words, attachments=media)))
    assert post.text == "Thanks Cromer Pier and Kim!"


def test_pictures_of_notes_and_of_labelled_posts_are_found(tmp_path: Path) -> None:
    note = {"note": {"text": "Note", "media": [a_file("posts/media/n.jpg")]}}
    found = told(
        tmp_path,
        a_post(data=[], attachments=[{"data": [note]}]),
        {
            "timestamp": AT + 1,
            "fbid": "400000000000001",
            "label_values": [
                {"label": "Message", "value": "See there"},
                {"label": "URL", "value": "https://www.gov.uk/x"},
                {"label": "Media", "media": [a_file("posts/media/l.jpg")]},
            ],
        },
    )
    assert [one.id for one in found.values() if isinstance(one, Media)] == [
        f"export#{AT}/1",
        f"export#{AT + 1}/1",
    ]
    assert posts_of(found)[1].links == ("https://www.gov.uk/x",)


@pytest.mark.parametrize("what", ["Norfolk Police's post", "Norfolk’s live video", "an event"])
def test_what_a_body_of_several_words_wrote_is_shared(tmp_path: Path, what: str) -> None:
    (post,) = posts_of(told(tmp_path, a_post(title=f"Cromer Town Council shared {what}.")))
    assert post.kind is PostKind.REPOST


def test_an_own_link_is_not_shared(tmp_path: Path) -> None:
    (post,) = posts_of(told(tmp_path, a_post(title="Cromer Town Council shared a link.")))
    assert post.kind is PostKind.POST


@pytest.mark.parametrize(
    "name",
    [
        "facebook-cromer-2026-11-5-AbC",
        "facebook-100063596420011120-05_11_2026-AbC",
        "facebook-cromer-20261105",
    ],
)
def test_the_day_in_the_name_is_read_as_any_language_writes_it(tmp_path: Path, name: str) -> None:
    folder = unpacked(tmp_path / name, {PAGE: [a_post()]})
    assert "of 5 November 2026" in opened("facebook", folder, "CromerTownCouncil").look()
