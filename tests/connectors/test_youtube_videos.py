from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from connectors.youtube_videos import REFUSALS
from demo.server import Answer, Fault
from demo.youtube import YouTubeSite
from demo.youtube_methods import error
from socialaudit.errors import RateLimited
from socialaudit.models import Captions, Gone, Known, Live
from tests.connectors.case import NOW, a_town
from tests.connectors.youtube_talk import (
    BEFORE,
    IN_WINDOW,
    KEY,
    Scripted,
    Talk,
    a_list,
    a_thread,
    a_track,
    a_video,
    an_entry,
    talk,
)

if TYPE_CHECKING:
    from demo.server import Request

TOWN = a_town("youtube", handle="@littlesnoring", posts=60, comments=3, media_kind="video")


def tracks_of(*tracks: Any, video: dict[str, Any] | None = None, **more: Any) -> Talk:
    item = video or a_video("v1")
    site = Scripted(
        playlistItems=a_list(an_entry("v1")), videos=a_list(item), captions=a_list(*tracks)
    )
    return talk(site, **more)


@pytest.mark.parametrize(
    ("tracks", "best", "languages"),
    [
        ([], Captions.NONE, ()),
        ([a_track("standard")], Captions.STANDARD, ("en",)),
        ([a_track("ASR")], Captions.AUTOMATIC, ("en",)),
        ([a_track("asr")], Captions.AUTOMATIC, ("en",)),
        ([a_track("asr"), a_track("Standard", language="cy")], Captions.STANDARD, ("cy",)),
        ([a_track("standard", isDraft=True)], Captions.NONE, ()),
        ([a_track("standard", status="failed"), a_track("ASR")], Captions.AUTOMATIC, ("en",)),
        ([a_track("standard", status="syncing")], Captions.NONE, ()),
        ([a_track("standard", status=None)], Captions.STANDARD, ("en",)),
        ([a_track("forced")], Captions.NONE, ()),
        ([a_track("standard", videoId="v1")], Captions.STANDARD, ("en",)),
        ([a_track("standard", videoId="other")], None, None),
        ([a_track("standard"), "junk"], Captions.STANDARD, ("en",)),
        (
            [a_track("standard"), a_track("standard", language="cy")],
            Captions.STANDARD,
            ("en", "cy"),
        ),
    ],
)
def test_the_best_track_that_viewers_can_turn_on_counts(
    tracks: list[Any], best: Captions | None, languages: tuple[str, ...] | None
) -> None:
    medium = tracks_of(*tracks).media[0]
    assert (medium.captions, medium.caption_languages) == (best, languages)


@pytest.mark.parametrize("odd", ["junk", {"id": "t"}, a_track("asr", trackKind=7)])
def test_a_track_that_cannot_be_understood_leaves_captions_unknown(odd: Any) -> None:
    said = tracks_of(a_track("ASR"), odd)
    assert said.media[0].captions is None
    assert said.unread["media.captions"].partial


@pytest.mark.parametrize("answer", [{}, {"items": {}}, {"items": None, "x": 1}])
def test_an_answer_without_a_list_is_not_an_empty_list(answer: dict[str, Any]) -> None:
    site = Scripted(
        playlistItems=a_list(an_entry("v1")), videos=a_list(a_video("v1")), captions=answer
    )
    assert talk(site).media[0].captions is None


def test_a_list_that_found_nothing_may_lack_its_items() -> None:
    site = Scripted(
        playlistItems=a_list(an_entry("v1")),
        videos=a_list(a_video("v1")),
        captions={"kind": "youtube#captionListResponse", "etag": "x"},
    )
    assert talk(site).media[0].captions is Captions.NONE


def test_what_the_video_says_of_captions_is_not_believed() -> None:
    video = a_video("v1", contentDetails={"caption": "true", "duration": "PT1M"})
    assert tracks_of(video=video).media[0].captions is Captions.NONE


def test_good_captions_are_asked_for_once() -> None:
    cache: dict[str, str] = {}
    tracks_of(a_track("standard", language="cy"), cache=cache)
    again = tracks_of(cache=cache)
    assert cache == {"captions:v1": "cy"}
    assert again.asked["captions"] == 0
    assert again.media[0].captions is Captions.STANDARD
    assert again.media[0].caption_languages == ("cy",)


@pytest.mark.parametrize("kind", ["asr", "forced"])
def test_other_captions_are_asked_for_again(kind: str) -> None:
    cache: dict[str, str] = {}
    tracks_of(a_track(kind), cache=cache)
    assert cache == {}


def test_captions_that_are_refused_time_and_again_are_left() -> None:
    said = talk(
        YouTubeSite(TOWN, NOW), Fault("forbidden", "/captions", after=1), handle="@littlesnoring"
    )
    assert said.asked["captions"] == 1 + REFUSALS
    assert len([m for m in said.media if m.captions is not None]) == 1
    assert said.unread["media.captions"].partial
    assert "force-ssl" in said.unread["media.captions"].remedy


def test_a_key_that_may_not_list_captions_is_still_a_good_key() -> None:
    unsigned = error(401, "required", "Login Required")
    site = Scripted(
        playlistItems=a_list(an_entry("v1")), videos=a_list(a_video("v1")), captions=unsigned
    )
    said = talk(site, secrets=KEY)
    assert said.error is None
    assert said.media[0].captions is None


def test_captions_of_a_video_that_is_gone_are_unknown() -> None:
    site = Scripted(
        playlistItems=a_list(an_entry("v1")),
        videos=a_list(a_video("v1")),
        captions=error(404, "videoNotFound", "gone"),
    )
    said = talk(site)
    assert said.media[0].captions is None
    assert said.unread == {}


@pytest.mark.parametrize(
    ("snippet", "streaming", "live", "asked"),
    [
        ({"liveBroadcastContent": "none"}, None, Live.NEVER, 1),
        ({"liveBroadcastContent": "upcoming"}, {"scheduledStartTime": BEFORE}, Live.UPCOMING, 0),
        ({"liveBroadcastContent": "live"}, {"actualStartTime": BEFORE}, Live.NOW, 0),
        ({"liveBroadcastContent": "none"}, {"actualStartTime": BEFORE}, Live.RECORDED, 1),
        ({"liveBroadcastContent": "none"}, {"scheduledStartTime": BEFORE}, Live.NEVER, 1),
        ({}, None, None, 1),
    ],
)
def test_captions_are_asked_for_once_a_broadcast_is_over(
    snippet: dict[str, str], streaming: dict[str, str] | None, live: Live | None, asked: int
) -> None:
    parts: dict[str, Any] = {} if streaming is None else {"liveStreamingDetails": streaming}
    said = tracks_of(video=a_video("v1", snippet=snippet, **parts))
    assert said.media[0].live is live
    assert said.asked["captions"] == asked


def test_an_entry_that_does_not_tell_its_time_is_looked_up() -> None:
    site = Scripted(
        playlistItems=a_list(an_entry("v1", None), an_entry("v2", BEFORE)),
        videos=a_list(a_video("v1"), a_video("v3", BEFORE)),
    )
    said = talk(site)
    assert [p.id for p in said.posts] == ["v1"]
    assert [r.query["id"] for r in said.log if r.path.endswith("/videos")] == ["v1"]


def test_an_entry_of_another_generation_is_understood() -> None:
    entry = {"id": "e", "snippet": {"publishedAt": BEFORE, "resourceId": {"videoId": "v1"}}}
    said = talk(Scripted(playlistItems=a_list(entry), videos=a_list(a_video("v1"))))
    assert [p.id for p in said.posts] == ["v1"]


def test_the_uploads_are_read_on_past_a_few_old_ones() -> None:
    first = [an_entry("old", BEFORE) for _ in range(9)]
    pages = {
        None: a_list(*first, nextPageToken="2"),
        "2": a_list(nextPageToken="3"),
        "3": a_list(*(an_entry("old", BEFORE) for _ in range(2)), nextPageToken="4"),
    }
    said = talk(Scripted(playlistItems=lambda request: pages[request.query.get("pageToken")]))
    assert said.asked["playlistItems"] == 3
    assert said.unread == {}


def test_odd_videos_cost_no_other() -> None:
    odd = ["junk", None, 7, {"id": ["x"]}, {"id": "a b"}, {"id": "v9", "snippet": {}}]
    site = Scripted(
        playlistItems=a_list(*odd, an_entry("v1")),
        videos=a_list(*odd, a_video("v8", "0001-01-01T00:00:00+23:00"), a_video("v1")),
    )
    said = talk(site)
    assert [p.id for p in said.posts] == ["v1"]
    assert said.unread["posts"].reason.startswith("13 of 15 ")


def test_videos_are_read_again_in_batches_with_what_is_gone() -> None:
    site = YouTubeSite(TOWN, NOW)
    first = talk(site, handle="@littlesnoring")
    known = [Known("post", p.id) for p in first.posts]
    known += [Known("media", m.id) for m in first.media]
    said = talk(
        site, handle="@littlesnoring", known=[*known, Known("post", "gone"), Known("media", "gone")]
    )
    assert said.asked == {"channels": 1, "videos": 2, "captions": 60}
    assert {p.key for p in said.posts} == {p.key for p in first.posts}
    assert {m.key for m in said.media} == {m.key for m in first.media}
    assert said.gone == [Gone("post", "gone"), Gone("media", "gone")]


def test_a_batch_that_is_refused_for_one_id_is_read_in_parts() -> None:
    def videos(request: Any) -> Any:
        ids = request.query["id"].split(",")
        if "gone" in ids:
            return error(404, "videoNotFound", "The video cannot be found.")
        return a_list(*(a_video(i) for i in ids))

    known = [Known("post", i) for i in ("v1", "v2", "gone", "v3")]
    said = talk(Scripted(videos=videos), known=known)
    assert [p.id for p in said.posts] == ["v1", "v2", "v3"]
    assert said.gone == [Gone("post", "gone")]


def test_nothing_is_gone_by_an_answer_that_was_not_understood() -> None:
    said = talk(Scripted(videos=a_list({"id": "v1"})), known=[Known("post", "v1")])
    assert said.gone == []
    assert said.unread["posts"].partial


@pytest.mark.parametrize(
    ("before", "now", "threads"), [(3, "3", 0), (3, "4", 1), (3, "2", 1), (3, None, 0)]
)
def test_comments_are_read_again_when_their_count_changed(
    before: int, now: str | None, threads: int
) -> None:
    statistics = {} if now is None else {"commentCount": now}
    site = Scripted(
        videos=a_list(a_video("v1", statistics=statistics)),
        commentThreads=a_list(a_thread("t1"), a_thread("t2", BEFORE)),
    )
    said = talk(site, known=[Known("post", "v1", comment_count=before)])
    assert said.asked["commentThreads"] == threads
    assert len(said.comments) == 2 * threads
    assert [p.comment_count for p in said.posts] == ([int(now)] if threads and now else [])
    assert said.asked["captions"] == 0


def test_comments_that_were_turned_off_are_no_fault() -> None:
    site = Scripted(
        videos=a_list(a_video("v1", statistics={"commentCount": "0"})),
        commentThreads=error(403, "commentsDisabled", "The video has disabled comments."),
    )
    said = talk(site, known=[Known("post", "v1", comment_count=3)])
    assert (said.error, said.unread, said.comments) == (None, {}, [])


def test_a_quota_that_ends_among_captions_is_a_rate_limit() -> None:
    site = YouTubeSite(TOWN, NOW)
    said = talk(site, Fault("rate_limited", "/captions", after=3), handle="@littlesnoring")
    assert isinstance(said.error, RateLimited)
    assert len(said.media) == 3


def test_a_video_that_is_listed_twice_is_one_post() -> None:
    site = Scripted(
        playlistItems=a_list(an_entry("v1"), an_entry("v1")),
        videos=Answer(a_list(a_video("v1"), a_video("v1"))),
    )
    said = talk(site)
    assert [p.published_at.isoformat() for p in said.posts] == [IN_WINDOW.replace("Z", "+00:00")]
    assert said.asked["captions"] == 1


def test_one_video_whose_tracks_are_refused_does_not_cost_those_of_the_others() -> None:
    def captions(request: Request) -> Any:
        if request.query["videoId"] == "v1":
            return error(403, "forbidden", "no")
        return a_list(a_track("standard"))

    names = ("v1", "v2")
    site = Scripted(
        playlistItems=a_list(*map(an_entry, names)),
        videos=a_list(*map(a_video, names)),
        captions=captions,
    )
    said = talk(site)
    assert [m.captions for m in said.media] == [None, Captions.STANDARD]
    assert said.unread["media.captions"].partial
