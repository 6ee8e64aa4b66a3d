from __future__ import annotations

from typing import Any

import pytest

from connectors import youtube_wire as wire
from socialaudit.models import Audience, PostKind
from tests.connectors.youtube_talk import AT, CHANNEL, a_channel, a_video


@pytest.mark.parametrize(
    ("status", "audience"),
    [
        ({"privacyStatus": "public", "uploadStatus": "processed"}, Audience.PUBLIC),
        ({"privacyStatus": "unlisted"}, Audience.UNLISTED),
        ({"privacyStatus": "private"}, Audience.PRIVATE),
        ({"privacyStatus": "private", "publishAt": "2026-12-01T10:00:00Z"}, Audience.UNPUBLISHED),
        ({"privacyStatus": "public", "uploadStatus": "uploaded"}, Audience.PUBLIC),
        ({"privacyStatus": "public", "uploadStatus": "rejected"}, Audience.UNPUBLISHED),
        ({"privacyStatus": "public", "uploadStatus": "failed"}, Audience.UNPUBLISHED),
        ({"privacyStatus": "friends"}, None),
        ({"privacyStatus": ["public"]}, None),
        ({}, None),
    ],
)
def test_an_audience_is_told_by_the_status(
    status: dict[str, Any], audience: Audience | None
) -> None:
    assert wire.post(a_video("v1", status=status), "a").audience is audience


def test_a_video_is_a_post_with_its_whole_text() -> None:
    description = (
        "Minutes: https://example.org/a_(b). See http://x.example/?q=1, (https://y.example)."
    )
    video = a_video("v1", snippet={"description": description}, statistics={"commentCount": "7"})
    post = wire.post(video, "a")
    assert (post.key, post.id, post.kind) == ("youtube:v1", "v1", PostKind.VIDEO)
    assert (post.title, post.text, post.published_at) == ("Title v1", description, AT)
    assert post.permalink == "https://www.youtube.com/watch?v=v1"
    assert post.links == ("https://example.org/a_(b)", "http://x.example/?q=1", "https://y.example")
    assert post.comment_count == 7


def test_what_a_video_does_not_tell_is_unknown() -> None:
    post = wire.post({"id": "v1", "snippet": {"publishedAt": "2026-09-02T10:00:00Z"}}, "a")
    told = (post.title, post.text, post.links, post.audience, post.comment_count, post.edited_at)
    assert told == (None, None, None, None, None, None)


def test_a_hostile_id_stays_inside_its_address() -> None:
    post = wire.post(a_video("v1&list=evil#<script>"), "a")
    assert post.permalink == "https://www.youtube.com/watch?v=v1%26list%3Devil%23%3Cscript%3E"


def test_settings_are_those_that_were_told() -> None:
    channel = a_channel(
        status={"privacyStatus": "public", "madeForKids": False},
        brandingSettings={"channel": {"title": "T", "description": "D", "moderateComments": True}},
    )
    assert {s.name: s.value for s in wire.settings(channel, "a")} == {
        "privacyStatus": '"public"',
        "madeForKids": "false",
        "moderateComments": "true",
    }


@pytest.mark.parametrize("name", [CHANNEL, CHANNEL.lower(), "@Cromer", "cromer"])
def test_a_channel_is_known_by_id_or_handle(name: str) -> None:
    assert wire.is_called(a_channel(snippet={"customUrl": "@cromer"}), [name])


def test_a_channel_is_not_known_by_the_name_of_another() -> None:
    assert not wire.is_called(a_channel(snippet={"customUrl": "@cromer"}), ["@overstrand"])
