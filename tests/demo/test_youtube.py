from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft4Validator

from connectors import Access
from connectors.transport import Unlimited
from connectors.youtube import YouTube
from demo.server import FAULTS, Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost, load
from demo.youtube import YouTubeSite
from demo.youtube_resources import channel_id, uploads_id, video_id
from socialaudit.models import AccountKind, Comment, Known, Post
from tests.connectors.case import NOW, SINCE, UNTIL, a_town

DOCUMENT = "discovery_cache/documents/youtube.v3.json"
RESPONSES = {
    "channels": "ChannelListResponse",
    "playlistItems": "PlaylistItemListResponse",
    "videos": "VideoListResponse",
    "captions": "CaptionListResponse",
    "commentThreads": "CommentThreadListResponse",
    "comments": "CommentListResponse",
}
ERROR = {
    "type": "object",
    "required": ["error"],
    "additionalProperties": False,
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "errors"],
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "errors": {
                    "type": "array",
                    "minItems": 1,
                    "items": {"required": ["message", "domain", "reason"]},
                },
            },
        }
    },
}
VIDEO = TownMedia(id="m", kind="video", captions="automatic", seconds=95)


class Recording(YouTubeSite):
    """The site, keeping what it answers."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.said: list[tuple[Request, Answer]] = []

    def answer(self, request: Request) -> Answer:
        answer = super().answer(request)
        self.said.append((request, deepcopy(answer)))
        return answer


@cache
def schema(response: str) -> Draft4Validator:
    """A response of the discovery document inside the client package, as JSON Schema.

    Its ``$ref``, ``required: true`` and ``type: any`` are not JSON Schema; ``trackKind`` was
    recorded as ``asr`` where the document says ``ASR``.
    """
    document = json.loads(files("googleapiclient").joinpath(DOCUMENT).read_text("utf-8"))
    definitions = {name: _strict(found) for name, found in document["schemas"].items()}
    definitions["CaptionSnippet"]["properties"]["trackKind"]["enum"].append("asr")
    return Draft4Validator({"definitions": definitions, "$ref": f"#/definitions/{response}"})


def _strict(found: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in found:
        return {"$ref": f"#/definitions/{found['$ref']}"}
    kept = {k: v for k, v in found.items() if k in {"type", "enum"} and v != "any"}
    if "properties" in found:
        kept["properties"] = {k: _strict(v) for k, v in found["properties"].items()}
        kept["additionalProperties"] = False
    if "items" in found:
        kept["items"] = _strict(found["items"])
    if isinstance(found.get("additionalProperties"), dict):
        kept["additionalProperties"] = _strict(found["additionalProperties"])
    return kept


def wrong_with(request: Request, answer: Answer) -> list[str]:
    """What in an answer is not as the document says."""
    name = request.path.rpartition("/")[2]
    if name == "token":
        return []
    validator = schema(RESPONSES[name]) if answer.status == 200 else Draft4Validator(ERROR)
    return [f"{name}: {fault.message}" for fault in validator.iter_errors(answer.body)]


def a_post(name: str = "film", **told: Any) -> TownPost:
    return TownPost(
        **{"id": name, "at": SINCE, "title": name, "text": name, "media": (VIDEO,), **told}
    )


def a_site(*posts: TownPost, **named: Any) -> Recording:
    town = a_town("youtube", handle="@littlesnoring", posts=1, comments=0, media_kind="video")
    return Recording(replace(town, post=posts), NOW, **named)


def get(site: YouTubeSite, name: str, **query: str) -> Answer:
    """What the owner is told."""
    headers = {"authorization": f"Bearer {site.token}"}
    return site.answer(Request("GET", f"/youtube/v3/{name}", query, headers, {}))


def get_public(site: YouTubeSite, name: str, **query: str) -> Answer:
    """What anybody is told."""
    headers = {"x-goog-api-key": site.key}
    return site.answer(Request("GET", f"/youtube/v3/{name}", query, headers, {}))


def names(answer: Answer) -> list[str]:
    return [item["id"] for item in answer.body["items"]]


def every_kind_of_post() -> tuple[TownPost, ...]:
    hour = timedelta(hours=1)
    states = ("published", "held", "spam", "hidden")
    said = [
        TownComment(id=f"c-{s}", at=SINCE + hour, by="Ann <b>", text="Hi & <i>\n", state=s)
        for s in states
    ]
    own = TownComment(id="own", at=SINCE + 2 * hour, by="council", text="Hello")
    late = [
        TownComment(id=f"r{n}", at=SINCE + 3 * hour, by="Bob", text="Re", reply_to="own")
        for n in range(7)
    ]
    held = replace(late[0], id="rh", state="held")
    live = [
        a_post(f"live-{kind}", media=(replace(VIDEO, live=kind, captions="standard"),))
        for kind in ("upcoming", "now", "recorded")
    ]
    return (
        a_post("talked", comment=(*said, own, *late, held)),
        a_post("off", comments_off=True),
        a_post("unlisted", audience="unlisted"),
        a_post("private", audience="private"),
        a_post("waiting", scheduled_for=NOW + hour),
        a_post("no-film", media=()),
        *live,
    )


@pytest.mark.parametrize("town", ["ours", "the demo's"])
def test_every_answer_of_a_read_is_as_the_discovery_document_says(town: str) -> None:
    site = a_site(*every_kind_of_post()) if town == "ours" else Recording(load("youtube"), NOW)
    for secrets in ({"token": site.token}, {"key": site.key}):
        with LoopbackServer(site) as server:
            handle = site.town.handle
            access = Access(
                "a", handle, AccountKind.COUNCIL, Unlimited(), server.url, secrets, b"salt"
            )
            connector = YouTube(access)
            read = list(connector.read(SINCE - timedelta(days=3000), NOW))
            known = [Known("post", r.id, comment_count=999) for r in read if isinstance(r, Post)]
            known += [Known("comment", r.id) for r in read if isinstance(r, Comment)]
            list(connector.reread([*known, Known("post", "gone"), Known("comment", "gone")]))
            connector.close()
    assert {r.path.rpartition("/")[2] for r, _ in site.said} >= set(RESPONSES) - {"comments"}
    assert [fault for said in site.said for fault in wrong_with(*said)] == []


def test_the_discovery_document_refuses_what_it_does_not_know() -> None:
    site = a_site(a_post())
    answer = get(site, "videos", id=video_id("film"), part="snippet")
    answer.body["items"][0]["snippet"]["colour"] = "red"
    request = Request("GET", "/youtube/v3/videos", {}, {}, {})
    assert len(wrong_with(request, answer)) == 1


@pytest.mark.parametrize("fault", sorted(set(FAULTS) - {"html", "cut", "truncated", "slow"}))
@pytest.mark.parametrize("name", ["channels", "playlistItems", "captions", "commentThreads"])
def test_every_fault_has_youtubes_shape(fault: str, name: str) -> None:
    site = a_site(*every_kind_of_post())
    asked = {
        "channels": {"mine": "true"},
        "playlistItems": {"playlistId": uploads_id(site.town)},
        "captions": {"videoId": video_id("talked")},
        "commentThreads": {"allThreadsRelatedToChannelId": channel_id(site.town)},
    }[name]
    headers = {"authorization": f"Bearer {site.token}"}
    request = Request("GET", f"/youtube/v3/{name}", {"part": "snippet", **asked}, headers, {})
    answer = site.fault(fault, request)
    if fault == "malformed":
        assert answer.body["items"][0]["id"] is None
    else:
        answer.body.pop("nextPageToken", None)
        assert wrong_with(request, answer) == []


def test_only_the_parts_that_were_asked_for_are_told() -> None:
    video = get(a_site(a_post()), "videos", id=video_id("film"), part="status").body["items"][0]
    assert set(video) == {"kind", "etag", "id", "status"}


def test_a_list_is_paged_by_cursors_that_fit_it_alone() -> None:
    site = a_site(*(a_post(f"p{n}") for n in range(7)))
    asked = {"playlistId": uploads_id(site.town), "part": "contentDetails"}
    first = get(site, "playlistItems", **asked)
    cursor = first.body["nextPageToken"]
    second = get(site, "playlistItems", pageToken=cursor, **asked)
    other = get(site, "playlistItems", pageToken=cursor, maxResults="2", **asked)
    assert (len(names(first)), len(names(second))) == (5, 2)
    assert set(names(first)).isdisjoint(names(second))
    assert "nextPageToken" not in second.body
    assert (other.status, other.body["error"]["errors"][0]["reason"]) == (400, "invalidPageToken")


@pytest.mark.parametrize(
    ("name", "query", "reason"),
    [
        ("videos", {"id": "x"}, "missingRequiredParameter"),
        ("videos", {"part": "snippet"}, "missingRequiredParameter"),
        ("videos", {"part": "nonsense", "id": "x"}, "unknownPart"),
        ("videos", {"part": "snippet", "id": "x", "colour": "red"}, "badRequest"),
        ("videos", {"part": "snippet", "id": ",".join("x" * 51)}, "invalidFilters"),
        ("playlistItems", {"part": "snippet", "playlistId": "UUx"}, "playlistNotFound"),
        (
            "commentThreads",
            {"part": "snippet", "id": "x", "moderationStatus": "published"},
            "operationNotSupported",
        ),
        ("commentThreads", {"part": "snippet", "videoId": "x"}, "videoNotFound"),
        (
            "commentThreads",
            {"part": "snippet", "allThreadsRelatedToChannelId": "x"},
            "channelNotFound",
        ),
        ("comments", {"part": "snippet", "parentId": "x"}, "commentNotFound"),
        ("captions", {"part": "snippet", "videoId": "x"}, "videoNotFound"),
        ("search", {"part": "snippet"}, "notFound"),
    ],
)
def test_a_wrong_request_is_refused_for_its_reason(
    name: str, query: dict[str, str], reason: str
) -> None:
    answer = get(a_site(a_post()), name, **query)
    assert answer.status >= 400
    assert answer.body["error"]["errors"][0]["reason"] == reason


@pytest.mark.parametrize("size", ["0", "101", "many", "-1"])
def test_a_page_larger_than_the_limit_is_refused(size: str) -> None:
    site = a_site(a_post())
    asked = {"allThreadsRelatedToChannelId": channel_id(site.town), "part": "snippet"}
    assert get(site, "commentThreads", maxResults=size, **asked).status == 400


def test_who_is_not_known_is_refused() -> None:
    site = a_site(a_post())
    asked = {"part": "snippet", "mine": "true"}
    wrong = [{}, {"authorization": "Bearer x"}, {"x-goog-api-key": "x"}]
    answers = [site.answer(Request("GET", "/youtube/v3/channels", asked, h, {})) for h in wrong]
    assert [answer.status for answer in answers] == [403, 401, 400]


def test_nothing_can_be_written() -> None:
    site = a_site(a_post())
    headers = {"authorization": f"Bearer {site.token}"}
    request = Request("POST", "/youtube/v3/comments", {"part": "snippet"}, headers, {})
    assert site.answer(request).status == 404


def test_a_refresh_token_is_good_for_an_access_token() -> None:
    site = a_site()
    form = {"client_id": "demo-client", "client_secret": "demo-client-secret"}
    good, bad = (
        site.answer(Request("POST", "/token", {}, {}, {**form, "refresh_token": token}))
        for token in (site.refresh_token, "other")
    )
    assert good.body["access_token"] == site.token
    assert (bad.status, bad.body["error"]) == (400, "invalid_grant")


def test_the_public_sees_public_videos_and_unlisted_ones_by_id_only() -> None:
    site = a_site(*every_kind_of_post())
    ids = [video_id(n) for n in ("talked", "unlisted", "private", "waiting")]
    listed = get_public(
        site,
        "playlistItems",
        playlistId=uploads_id(site.town),
        part="contentDetails",
        maxResults="50",
    ).body["items"]
    found = get_public(site, "videos", id=",".join(ids), part="status")
    owned = get(site, "videos", id=",".join(ids), part="status")
    assert {i["contentDetails"]["videoId"] for i in listed}.isdisjoint(ids[1:])
    assert names(found) == ids[:2]
    assert names(owned) == ids


def test_a_scheduled_video_tells_the_owner_when_it_will_be_published() -> None:
    site = a_site(a_post("waiting", scheduled_for=NOW + timedelta(hours=1)))
    status = get(site, "videos", id=video_id("waiting"), part="status").body["items"][0]["status"]
    assert (status["privacyStatus"], status["publishAt"]) == ("private", "2026-09-07T06:00:00Z")


def test_captions_made_later_appear_when_they_are_made() -> None:
    site = a_site(a_post(media=(replace(VIDEO, captions_at=NOW + timedelta(hours=1)),)))
    asked = {"videoId": video_id("film"), "part": "snippet"}
    before = [t["snippet"]["trackKind"] for t in get(site, "captions", **asked).body["items"]]
    site.now = NOW + timedelta(hours=2)
    after = [t["snippet"]["trackKind"] for t in get(site, "captions", **asked).body["items"]]
    assert (before, after) == (["asr"], ["asr", "standard"])


def test_comments_appear_and_vanish_with_the_clock() -> None:
    comment = TownComment(id="c", at=SINCE, by="Ann", text="Hi", removed_at=UNTIL)
    site = a_site(a_post(comment=(comment,)))
    asked = {"videoId": video_id("film"), "part": "snippet"}
    counts = []
    for site.now in (SINCE - timedelta(hours=1), SINCE, UNTIL):
        answer = get(site, "commentThreads", **asked)
        counts.append(len(answer.body["items"]) if answer.status == 200 else answer.status)
    assert counts == [404, 1, 0]


def test_text_is_html_unless_plain_text_is_asked_for() -> None:
    site = a_site(*every_kind_of_post())
    asked = {"videoId": video_id("talked"), "part": "snippet"}
    shown = [
        thread["snippet"]["topLevelComment"]["snippet"]["textDisplay"]
        for told in ({}, {"textFormat": "plainText"})
        for thread in get(site, "commentThreads", **asked, **told).body["items"][-1:]
    ]
    assert shown == ["Hi &amp; &lt;i&gt;<br>", "Hi & <i>\n"]


def test_only_the_owner_sees_what_waits() -> None:
    site = a_site(*every_kind_of_post())
    asked = {"allThreadsRelatedToChannelId": channel_id(site.town), "part": "snippet,replies"}
    public = get_public(site, "commentThreads", moderationStatus="heldForReview", **asked)
    held = get(site, "commentThreads", moderationStatus="heldForReview", **asked).body["items"]
    assert public.status == 403
    assert [len(t.get("replies", {}).get("comments", [])) for t in held] == [1, 0]


def test_a_thread_shows_five_replies_and_lists_the_rest() -> None:
    site = a_site(*every_kind_of_post())
    asked = {"videoId": video_id("talked"), "part": "snippet,replies"}
    thread = get(site, "commentThreads", **asked).body["items"][0]
    replies = get(site, "comments", parentId=thread["id"], part="snippet")
    assert thread["snippet"]["totalReplyCount"] == 7
    assert len(thread["replies"]["comments"]) == 5
    assert len(names(replies)) == 7


def test_comments_that_are_off_are_said_to_be() -> None:
    site = a_site(*every_kind_of_post())
    answer = get(site, "commentThreads", videoId=video_id("off"), part="snippet")
    assert answer.body["error"]["errors"][0]["reason"] == "commentsDisabled"


def test_a_channel_that_is_not_there_leaves_no_list() -> None:
    site = a_site()
    assert "items" not in get(site, "channels", forHandle="@nobody", part="id").body


def test_the_demo_town_is_there() -> None:
    town: TownAccount = load("youtube")
    site = Recording(town, NOW)
    found = get(site, "channels", forHandle=town.handle, part="snippet").body["items"]
    assert [channel["snippet"]["title"] for channel in found] == [town.name]
