from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from socialaudit.models import Media, MediaKind
from tests.connectors.x_answers import a_page, a_post, a_problem, read

AT = datetime(2026, 9, 3, 10, 0, tzinfo=UTC)
PHOTO = {"media_key": "3_1", "type": "photo", "url": "https://example.org/1.jpg"}


def with_media(*media: dict[str, Any], post: dict[str, Any] | None = None, **page: Any) -> Any:
    keys: dict[str, Any] = {"attachments": {"media_keys": [m["media_key"] for m in media]}}
    return read({**a_page(a_post(**keys, **(post or {})), media=list(media)), **page})


def test_a_picture_without_a_description_has_none_and_one_with_it_has_it() -> None:
    told = with_media(
        {"media_key": "3_1", "type": "photo", "url": "https://example.org/1.jpg"},
        {
            "media_key": "3_2",
            "type": "photo",
            "url": "https://example.org/2.jpg",
            "alt_text": "A &amp; B",
        },
        {"media_key": "16_3", "type": "animated_gif", "preview_image_url": "https://example.org/3"},
    )
    assert [m.alt_text for m in told.of(Media)] == ["", "A & B", ""]
    assert {m.published_at for m in told.of(Media)} == {AT}


def test_the_description_beside_the_post_counts_too() -> None:
    told = with_media(
        {"media_key": "3_1", "type": "photo", "url": "https://example.org/1.jpg"},
        post={"media_metadata": [{"media_key": "3_1", "alt_text": "A bin"}]},
    )
    assert told.one(Media).alt_text == "A bin"


def test_a_description_that_was_not_given_is_unknown() -> None:
    bare = with_media({"media_key": "3_1", "type": "photo"})
    photo = {"media_key": "3_1", "type": "photo", "url": "https://example.org/1.jpg"}
    refused = with_media(photo, errors=[a_problem("not-authorized-for-field", field="alt_text")])
    assert [bare.one(Media).alt_text, refused.one(Media).alt_text] == [None, None]


def test_a_video_has_a_length_and_captions_that_nobody_can_read() -> None:
    video = {"media_key": "7_1", "type": "video", "duration_ms": 61_500, "width": 10}
    medium = with_media(video).one(Media)
    assert (medium.kind, medium.duration) == (MediaKind.VIDEO, 61.5)
    assert (medium.captions, medium.alt_text) == (None, None)


def test_a_medium_that_was_not_included_is_known_by_its_key() -> None:
    keys = ["3_1", "7_2", "16_3", "13_4"]
    told = read(a_page(a_post(attachments={"media_keys": keys})))
    assert [m.kind for m in told.of(Media)] == [
        MediaKind.IMAGE,
        MediaKind.VIDEO,
        MediaKind.ANIMATION,
        MediaKind.VIDEO,
    ]
    assert {m.alt_text for m in told.of(Media)} == {None}


@pytest.mark.parametrize(
    "shown",
    [
        {"attachments": {"media_keys": ["3_1"]}},
        {"entities": {"urls": [{"url": "https://t.co/a", "media_key": "3_1"}]}},
        {"note_post": {"entities": {"urls": [{"url": "https://t.co/a", "media_key": "3_1"}]}}},
        {"media_metadata": [{"media_key": "3_1"}]},
        {"article": {"title": "On bins", "cover_media": "3_1"}},
        {"article": {"title": "On bins", "media_entities": ["3_1"]}},
    ],
)
def test_a_medium_is_found_wherever_its_post_names_it(shown: dict[str, Any]) -> None:
    told = read(a_page(a_post(**shown), media=[PHOTO]))
    assert (told.one(Media).id, told.one(Media).alt_text) == ("3_1", "")
    assert "media" not in told.unread()


def test_a_medium_named_in_two_places_is_one() -> None:
    told = with_media(PHOTO, post={"media_metadata": [{"media_key": "3_1"}]})
    assert len(told.of(Media)) == 1


def test_media_that_no_post_shows_are_counted() -> None:
    told = read(a_page(a_post(), media=[PHOTO, {**PHOTO, "media_key": "3_2"}]))
    assert told.of(Media) == []
    assert told.unread()["media"].reason.startswith("2 ")


def test_media_of_a_quoted_post_are_not_the_accounts() -> None:
    quoted = a_post("5", author_id="7", attachments={"media_keys": ["3_1"]})
    told = read(a_page(a_post(), media=[PHOTO], tweets=[quoted]))
    assert told.of(Media) == []
    assert "media" not in told.unread()


@pytest.mark.parametrize("sort", [{}, {"type": "hologram"}, {"type": None}, {"type": 3}])
def test_a_medium_of_a_kind_that_nobody_knows_is_still_read(sort: dict[str, Any]) -> None:
    told = with_media({"media_key": "3_1", **sort})
    assert told.one(Media).kind is MediaKind.IMAGE


def test_a_key_that_cannot_be_kept_is_none() -> None:
    told = read(
        a_page(a_post(attachments={"media_keys": ["3_1", "3_\x00", "\u202e", "", None, []]}))
    )
    assert [m.id for m in told.of(Media)] == ["3_1"]
