from __future__ import annotations

from typing import Any

import pytest

from socialaudit.models import (
    Audience,
    Captions,
    Comment,
    Live,
    Media,
    MediaKind,
    Post,
    PostKind,
)
from tests.connectors.case import SINCE, UNTIL
from tests.connectors.graph_answers import (
    a_comment,
    a_post,
    attached,
    connected,
    facts,
    listed,
    only,
    reading,
    recorded,
)


@pytest.mark.parametrize(
    ("fields", "audience"),
    [
        ({"privacy": {"value": "EVERYONE"}}, Audience.PUBLIC),
        ({"privacy": {"value": "", "description": "Public"}}, Audience.PUBLIC),
        ({"privacy": {"value": "SELF"}}, Audience.PRIVATE),
        ({"privacy": {"value": "ALL_FRIENDS"}}, Audience.FOLLOWERS),
        ({"privacy": {"value": "CUSTOM", "allow": "1"}}, Audience.FOLLOWERS),
        (
            {"privacy": {"value": "EVERYONE"}, "targeting": {"countries": ["GB"]}},
            Audience.FOLLOWERS,
        ),
        ({"privacy": {"value": "EVERYONE"}, "feed_targeting": {"age_min": 18}}, Audience.PUBLIC),
        ({"privacy": {"value": "EVERYONE"}, "is_published": False}, Audience.UNPUBLISHED),
        ({"privacy": {"value": "EVERYONE"}, "is_expired": True}, Audience.UNPUBLISHED),
        ({"scheduled_publish_time": 1788000000.0}, Audience.UNPUBLISHED),
        ({"privacy": {"value": ""}, "is_published": True}, None),
        ({"privacy": None}, None),
        ({}, None),
    ],
)
def test_who_may_see_a_post_is_told_in_one_vocabulary(
    fields: dict[str, Any], audience: Audience | None
) -> None:
    post = only(Post, reading(recorded(posts=listed(a_post(**fields)))))[0]
    assert post.audience == audience


@pytest.mark.parametrize(
    ("fields", "hidden"),
    [
        ({"is_hidden": True}, True),
        ({"is_hidden": False}, False),
        ({"is_hidden": False, "timeline_visibility": "hidden"}, True),
        ({}, None),
    ],
)
def test_a_post_hidden_from_its_page_is_known(fields: dict[str, Any], hidden: bool | None) -> None:  # noqa: FBT001 - a table's column
    assert only(Post, reading(recorded(posts=listed(a_post(**fields)))))[0].hidden is hidden


OTHERS = "https://www.facebook.com/OtherTown/posts/pfbid02"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"parent_id": "999_5", "status_type": "shared_story"}, PostKind.REPOST),
        ({"parent_id": "100_5"}, PostKind.POST),
        ({"status_type": "shared_story", **attached(type="share", url=OTHERS)}, PostKind.REPOST),
        (
            {
                "status_type": "shared_story",
                **attached(type="share", url="https://www.facebook.com/Snoring/posts/5"),
            },
            PostKind.POST,
        ),
        (
            {"status_type": "shared_story", **attached(type="share", url="https://example.org/a")},
            PostKind.POST,
        ),
        (attached(type="video_inline", target={"id": "5"}), PostKind.VIDEO),
        (attached(type="photo", target={"id": "5"}), PostKind.POST),
        ({"permalink_url": "https://www.facebook.com/reel/5/"}, PostKind.REEL),
        ({"type": "video", "object_id": "5"}, PostKind.VIDEO),
        ({"story": "Snoring updated their cover photo."}, PostKind.POST),
    ],
)
def test_the_kind_of_a_post_is_told(fields: dict[str, Any], kind: PostKind) -> None:
    assert only(Post, reading(recorded(posts=listed(a_post(**fields)))))[0].kind == kind


def test_links_are_written_out_and_named_once() -> None:
    shim = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fbins&h=AT0"
    post = a_post(
        message="Bins: https://example.org/bins. Or (https://example.org/late)!",
        **attached(media_type="link", type="share", url=shim),
    )
    found = only(Post, reading(recorded(posts=listed(post))))[0]
    assert found.links == ("https://example.org/bins", "https://example.org/late")


ALBUM = {
    "type": "new_album",
    "target": {"id": "900", "url": "https://www.facebook.com/media/set/?set=a.900"},
    "subattachments": listed(
        {"type": "photo", "target": {"id": "901"}},
        {"type": "photo", "target": {"id": "902"}},
        {"type": "video_inline", "target": {"id": "903"}},
    ),
}


def test_an_album_is_opened_and_each_node_read_for_its_descriptions() -> None:
    nodes = {
        "901": {"id": "901", "alt_text": "A swan", "alt_text_custom": "A swan"},
        "902": {"id": "902", "alt_text": "May be an image of a dog"},
        "903": {"id": "903", "length": 61.5, "captions": listed({"is_auto_generated": True})},
    }
    media = only(
        Media, reading(recorded(posts=listed(a_post(attachments=listed(ALBUM))), ids=nodes))
    )
    told = {m.id: (m.kind, m.alt_text, m.automatic_alt_text, m.captions) for m in media}
    assert told == {
        "901": (MediaKind.IMAGE, "A swan", None, None),
        "902": (MediaKind.IMAGE, "", "May be an image of a dog", None),
        "903": (MediaKind.VIDEO, None, None, Captions.AUTOMATIC),
    }
    assert {m.post for m in media} == {"facebook:100_1"}


def test_facebooks_stand_in_for_a_description_is_no_description() -> None:
    nodes = {"5": {"id": "5", "alt_text": "No photo description available."}}
    post = a_post(**attached(type="photo", target={"id": "5"}))
    medium = only(Media, reading(recorded(posts=listed(post), ids=nodes)))[0]
    assert (medium.alt_text, medium.automatic_alt_text) == ("", "")


def test_a_picture_whose_node_is_withheld_stays_unknown() -> None:
    post = a_post(attachments=listed(ALBUM))
    nodes = {"901": {"id": "901"}, "902": {"error": {"code": 10, "message": "(#10) no"}}}
    readings = reading(recorded(posts=listed(post), ids=nodes))
    assert {m.id: m.alt_text for m in only(Media, readings)} == {
        "901": "",
        "902": None,
        "903": None,
    }
    assert facts(readings) == ["media.alt_text", "media.captions"]


@pytest.mark.parametrize(
    ("attachment", "kinds"),
    [
        ({"type": "share", "media_type": "link", "url": "https://example.org"}, []),
        ({"type": "video_share_youtube", "media_type": "video", "url": "https://youtu.be/x"}, []),
        ({"media_type": "video", "unshimmed_url": "https://youtu.be/x"}, []),
        ({"type": "event", "media_type": "event"}, []),
        ({"media_type": "photo", "target": {"id": "5"}}, [MediaKind.IMAGE]),
        ({"type": "cover_photo", "target": {"id": "5"}}, [MediaKind.IMAGE]),
        ({"type": "profile_media", "target": {"id": "5"}}, [MediaKind.IMAGE]),
        ({"media_type": "album", "target": {"id": "5"}}, [MediaKind.IMAGE]),
        ({"type": "animated_image_video", "target": {"id": "5"}}, [MediaKind.ANIMATION]),
        ({"type": "video_autoplay", "target": {"id": "5"}}, [MediaKind.VIDEO]),
        ({"type": "photo"}, [MediaKind.IMAGE]),
        ("?", []),
    ],
)
def test_only_pictures_and_videos_of_the_council_are_media(
    attachment: Any, kinds: list[MediaKind]
) -> None:
    post = a_post(attachments=listed(attachment))
    nodes = {"5": {"id": "5", "length": 1}}
    assert [m.kind for m in only(Media, reading(recorded(posts=listed(post), ids=nodes)))] == kinds


def test_posts_of_older_versions_of_graph_give_their_picture_or_video() -> None:
    posts = listed(
        a_post(1, type="photo", object_id="5", link="https://www.facebook.com/photo.php?fbid=5"),
        a_post(2, type="video", object_id="6", status_type="added_video"),
        a_post(3, type="video", source="https://youtu.be/x", link="https://youtu.be/x"),
        a_post(4, type="question", object_id="7"),
        a_post(5, type="link", link="https://example.org/", status_type="shared_story"),
        a_post(6, type="status"),
    )
    nodes = {"5": {"id": "5", "alt_text_custom": "A bin"}, "6": {"id": "6", "length": 2}}
    readings = reading(recorded(posts=posts, ids=nodes))
    assert {(m.id, m.kind) for m in only(Media, readings)} == {
        ("5", MediaKind.IMAGE),
        ("6", MediaKind.VIDEO),
    }
    assert len(only(Post, readings)) == 6
    links = {p.id: p.links for p in only(Post, readings)}
    assert (links["100_3"], links["100_5"]) == (("https://youtu.be/x",), ("https://example.org/",))


def test_attachments_left_out_of_a_post_with_pictures_are_read_from_their_edge() -> None:
    edge = listed({"type": "photo", "target": {"id": "5"}})
    posts = listed(a_post(status_type="added_photos"))
    site = recorded(posts=posts, ids={"5": {"id": "5"}}, **{"100_1/attachments": edge})
    assert [m.id for m in only(Media, reading(site))] == ["5"]


@pytest.mark.parametrize(
    ("tracks", "captions"),
    [
        ([], Captions.NONE),
        ([{"is_auto_generated": True}], Captions.AUTOMATIC),
        ([{"is_auto_generated": True}, {"is_auto_generated": False}], Captions.STANDARD),
        ([{"locale": "en_GB"}], None),
    ],
)
def test_the_best_caption_track_counts(tracks: list[Any], captions: Captions | None) -> None:
    nodes = {"5": {"id": "5", "length": 2.0, "captions": listed(*tracks)}}
    post = a_post(**attached(type="video_inline", target={"id": "5"}))
    medium = only(Media, reading(recorded(posts=listed(post), ids=nodes)))[0]
    assert (medium.captions, medium.duration) == (captions, 2.0)


def test_a_video_without_a_captions_edge_has_none() -> None:
    post = a_post(**attached(type="video_inline", target={"id": "5"}))
    nodes = {"5": {"id": "5", "length": 2.0}}
    medium = only(Media, reading(recorded(posts=listed(post), ids=nodes)))[0]
    assert (medium.captions, medium.caption_languages) == (Captions.NONE, ())


def test_captions_are_read_from_their_edge_when_the_field_list_was_ignored() -> None:
    post = a_post(**attached(type="video_inline", target={"id": "5"}))
    edge = listed({"is_auto_generated": False, "locale": "cy_GB"})
    site = recorded(posts=listed(post), ids={"5": {"id": "5"}}, **{"5/captions": edge})
    medium = only(Media, reading(site))[0]
    assert (medium.captions, medium.caption_languages) == (Captions.STANDARD, ("cy_GB",))


def test_captions_that_are_refused_stay_unknown() -> None:
    post = a_post(**attached(type="video_inline", target={"id": "5"}))
    readings = reading(recorded(posts=listed(post), ids={"5": {"id": "5"}}))
    assert only(Media, readings)[0].captions is None
    assert facts(readings) == ["media.captions"]


@pytest.mark.parametrize(
    ("status", "live"),
    [
        (None, Live.NEVER),
        ("LIVE", Live.NOW),
        ("VOD", Live.RECORDED),
        ("SCHEDULED_UNPUBLISHED", Live.UPCOMING),
        ("SOMETHING_NEW", None),
    ],
)
def test_a_broadcast_is_told_from_an_upload(status: str | None, live: Live | None) -> None:
    post = a_post(**attached(type="video_inline", target={"id": "5"}))
    nodes = {"5": {"id": "5", "length": 2, "live_status": status}}
    assert only(Media, reading(recorded(posts=listed(post), ids=nodes)))[0].live == live


def test_media_of_others_are_named_and_not_judged() -> None:
    post = a_post(parent_id="999_1", **attached(type="photo", target={"id": "5"}))
    with connected(recorded(posts=listed(post))) as (facebook, server):
        media = only(Media, list(facebook.read(SINCE, UNTIL)))
    assert [(m.id, m.alt_text) for m in media] == [("5", None)]
    assert not any(request.path == "/v25.0/" for request in server.log)


def test_a_reel_is_a_post_with_its_video() -> None:
    reel = {
        "id": "77",
        "description": "No brakes",
        "created_time": "2026-09-01T12:00:00+0000",
        "length": 30.0,
        "permalink_url": "/reel/77/",
        "captions": listed({"is_auto_generated": False, "locale": "en_GB"}),
        "comments": listed(a_comment(), summary={"total_count": 1}),
    }
    readings = reading(recorded(reels=listed(reel)))
    post, medium = only(Post, readings)[0], only(Media, readings)[0]
    assert (post.kind, post.text, post.comment_count) == (PostKind.REEL, "No brakes", 1)
    assert post.permalink == "https://www.facebook.com/reel/77/"
    assert (medium.post, medium.captions) == (post.key, Captions.STANDARD)
    assert [c.post for c in only(Comment, readings)] == [post.key]


def test_a_reel_that_stands_among_the_posts_is_not_read_twice() -> None:
    post = a_post(**attached(type="video_inline", target={"id": "77"}))
    reel = {"id": "77", "created_time": "2026-09-01T12:00:00+0000", "length": 3, "post_id": "1"}
    site = recorded(posts=listed(post), reels=listed(reel), ids={"77": reel})
    readings = reading(site)
    assert (len(only(Post, readings)), len(only(Media, readings))) == (1, 1)
