from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

from connectors import Access
from connectors.bluesky import CONNECTOR, Bluesky
from connectors.bluesky_wire import actor
from connectors.transport import Unlimited
from demo.bluesky import SESSION, BlueskySite
from demo.server import Answer, LoopbackServer
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    PlatformError,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Captions,
    Comment,
    CommentKind,
    CommentState,
    Gone,
    Known,
    Media,
    MediaKind,
    Post,
    PostKind,
    Setting,
    Unread,
)
from tests.connectors.case import NOW, a_town
from tests.connectors.case import SINCE as WEEK
from tests.connectors.case import UNTIL as END

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from demo.server import Request
    from socialaudit.models import Reading

SINCE, UNTIL = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 8, tzinfo=UTC)
DID, ANN, BEN = "did:plc:council", "did:plc:ann", "did:plc:ben"
PROFILE, FEED = "app.bsky.actor.getProfile", "app.bsky.feed.getAuthorFeed"
THREAD, POSTS = "app.bsky.feed.getPostThread", "app.bsky.feed.getPosts"
NOTES, SIGN_IN = "app.bsky.notification.listNotifications", "com.atproto.server.createSession"
GOOD = "WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n"
PASSWORD = "abcd-efgh-ijkl-mnop"


def at(local: str, whose: str = DID) -> str:
    return f"at://{whose}/app.bsky.feed.post/{local}"


def a_profile(**facts: Any) -> dict[str, Any]:
    return {"did": DID, "handle": "snoring.example.org", "labels": [], **facts}


def a_view(
    local: str, whose: str = DID, when: str = "2026-09-03T10:00:00.000Z", **facts: Any
) -> Any:
    record = {"$type": "app.bsky.feed.post", "text": local, "createdAt": when}
    view = {
        "uri": at(local, whose),
        "cid": "bafy",
        "author": {"did": whose, "handle": "somebody.example.org", "displayName": "Somebody Real"},
        "record": record | facts.pop("record", {}),
        "replyCount": 0,
        "indexedAt": when,
        "labels": [],
    }
    return view | facts


def a_reply(
    local: str, whose: str = ANN, root: str = at("a"), parent: str = "", **facts: Any
) -> Any:
    to = {"root": {"uri": root}, "parent": {"uri": parent or root}}
    return a_view(local, whose, record={"reply": to}, **facts)


def a_feed(*views: Any, **more: Any) -> dict[str, Any]:
    return {"feed": [{"post": view} for view in views], **more}


def a_tree(view: Any, *replies: Any) -> dict[str, Any]:
    return {"post": view, "replies": list(replies)}


def with_embed(kind: str, shown: Any, written: Any) -> Any:
    name = f"app.bsky.embed.{kind}"
    return a_view(
        "a", embed={"$type": f"{name}#view", **shown}, record={"embed": {"$type": name, **written}}
    )


def a_film(*captions: Any, **shown: Any) -> Any:
    return with_embed(
        "video",
        {"cid": "bafyfilm", "playlist": "https://video.bsky.app/playlist.m3u8", **shown},
        {"video": {"$type": "blob", "size": 9}, "captions": list(captions)},
    )


def a_track(cid: str = "bafyvtt", size: int = 60, lang: str = "en") -> dict[str, Any]:
    return {"lang": lang, "file": {"$type": "blob", "ref": {"$link": cid}, "size": size}}


@dataclass
class Recorded:
    """A server of fixed answers by method or path; a list is answered one after the other.

    It ignores every parameter, but for an address or cursor by which an answer is filed.
    """

    answers: dict[str, Any]
    _given: dict[str, int] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        name = request.path.removeprefix("/xrpc/")
        by = request.query.get("uri") or request.query.get("cursor") or ""
        name = f"{name} {by}" if f"{name} {by}" in self.answers else name
        found = self.answers.get(name)
        if isinstance(found, list):
            turn = self._given.get(name, 0)
            self._given[name] = turn + 1
            found = found[min(turn, len(found) - 1)]
        if found is None:
            return Answer({"error": "MethodNotImplemented", "message": "Not Implemented"}, 501)
        return found if isinstance(found, Answer) else Answer(found)

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None
    log: list[Request] = field(default_factory=list)
    requests: int = 0

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    @property
    def unread(self) -> list[tuple[str, str]]:
        return [(u.fact, u.reason) for u in self.of(Unread) if not u.permanent]

    @property
    def asked(self) -> list[str]:
        return [r.path.removeprefix("/xrpc/") for r in self.log]


def the_week(bluesky: Bluesky) -> Iterable[Reading]:
    return bluesky.read(SINCE, UNTIL)


def talk(
    site: Any,
    ask: Callable[[Bluesky], Iterable[Reading]] = the_week,
    cache: MutableMapping[str, str] | None = None,
    **secrets: str,
) -> Told:
    told = Told()
    with LoopbackServer(site) as server:
        handle = site.town.handle if isinstance(site, BlueskySite) else "snoring.example.org"
        access = Access(
            account="bluesky",
            handle=handle,
            kind=AccountKind.COUNCIL,
            limiter=Unlimited(),
            base_url=server.url,
            secrets=secrets,
            salt=b"salt",
            cache={} if cache is None else cache,
        )
        bluesky = Bluesky(access)
        try:
            for reading in ask(bluesky):
                told.readings.append(reading)
        except PlatformError as fault:
            told.error = fault
        finally:
            bluesky.close()
        told.log, told.requests = server.log, bluesky.usage.requests
    return told


def read(*views: Any, profile: Any = None, **answers: Any) -> Told:
    """The week of an account with these posts; further answers by the last word of their method."""
    names = {"thread": THREAD, "feed": FEED}
    given = {PROFILE: profile or a_profile(), FEED: a_feed(*views)}
    return talk(Recorded(given | {names.get(k, k): v for k, v in answers.items()}))


def reread(answers: dict[str, Any], *known: Known) -> Told:
    return talk(Recorded({PROFILE: a_profile(), **answers}), lambda b: b.reread(known))


def refused(name: str, words: str = "", status: int = 400, **headers: str) -> Answer:
    return Answer({"error": name, "message": words}, status, headers)


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Bluesky


@pytest.mark.parametrize(
    "written",
    [
        "snoring.example.org",
        "@Snoring.Example.org",
        " https://bsky.app/profile/snoring.example.org ",
        "bsky.app/profile/snoring.example.org/post/3k?ref=x",
        "https://snoring.example.org/",
        "\u202asnoring.example.org\u202c",
        "\uff20snoring.example.org",
        "@@snoring.example.org.",
    ],
)
def test_a_name_is_understood_however_it_is_written(written: str) -> None:
    assert actor(written) == "snoring.example.org"


@pytest.mark.parametrize(
    "did", ["did:plc:abc", "did:web:example.org", "at://did:plc:abc", "DID:plc:abc"]
)
def test_a_permanent_identifier_is_one(did: str) -> None:
    assert actor(did) == did.removeprefix("at://").lower()


@pytest.mark.parametrize("written", ["", "@", "https://", "//", "?"])
def test_what_is_no_name_is_not_asked_for_as_one(written: str) -> None:
    assert actor(written) == ""


def test_the_profile_says_what_it_says() -> None:
    told = read(
        profile=a_profile(
            displayName="Snoring",
            description="Ring 01263. See https://www.example.gov.uk/rules.",
            website="https://www.example.gov.uk",
            verification={"verifiedStatus": "valid", "trustedVerifierStatus": "none"},
            associated={"chat": {"allowIncoming": "none"}},
            createdAt="2024-01-01T00:00:00Z",
        )
    )
    account = told.one(Account)
    assert (account.id, account.handle, account.name) == (DID, "snoring.example.org", "Snoring")
    assert account.links == ("https://www.example.gov.uk", "https://www.example.gov.uk/rules")
    assert (account.verified, account.protected, account.contact) == (True, False, "")
    assert {s.name: s.value for s in told.of(Setting)} == {
        "allowIncoming": '"none"',
        "labels": "[]",
        "no-unauthenticated": "false",
        "verifiedStatus": '"valid"',
    }


def test_an_account_for_members_only_is_told_as_such() -> None:
    label = {"val": "!no-unauthenticated", "src": DID}
    told = read(a_view("a"), profile=a_profile(labels=[label]))
    assert told.one(Account).protected is True
    assert told.one(Post).audience is Audience.FOLLOWERS
    assert {s.name: s.value for s in told.of(Setting)}["no-unauthenticated"] == "true"


def test_a_label_that_was_taken_back_does_not_count() -> None:
    labels = [{"val": "!no-unauthenticated", "src": DID, "neg": neg} for neg in (False, True)]
    assert read(profile=a_profile(labels=labels)).one(Account).protected is False


def test_an_older_profile_without_labels_leaves_open_what_it_does_not_tell() -> None:
    told = read(a_view("a"), profile={"did": DID, "handle": "snoring.example.org"})
    account = told.one(Account)
    assert (account.verified, account.protected, account.created_at) == (None, None, None)
    assert (account.name, account.description) == ("", "")
    assert told.of(Setting) == []
    assert told.one(Post).audience is Audience.PUBLIC


def test_a_post_is_read_with_its_links_in_full() -> None:
    facet = {"features": [{"$type": "#link", "uri": "https://www.example.gov.uk/a/long/one"}]}
    card = {"external": {"uri": "https://www.example.gov.uk/card", "title": "", "description": ""}}
    view = with_embed("external", card, card)
    view["record"] |= {"text": "See example.gov.uk/a/lo...", "facets": [facet, None, "x"]}
    told = read(view)
    post = told.one(Post)
    assert post.links == (
        "https://www.example.gov.uk/a/long/one",
        "https://www.example.gov.uk/card",
    )
    assert post.permalink == "https://bsky.app/profile/snoring.example.org/post/a"
    assert (post.kind, post.comment_count, post.hidden) == (PostKind.POST, 0, False)
    assert told.of(Media) == []


@pytest.mark.parametrize(
    ("gate", "words"),
    [
        (None, "everyone"),
        ({"record": {}}, "everyone"),
        ({"record": {"allow": []}}, "nobody"),
        ({"record": {"allow": [{"$type": "app.bsky.feed.threadgate#mentionRule"}]}}, "mentionRule"),
        ({"uri": "at://x"}, None),
    ],
)
def test_who_may_reply_is_told_in_the_words_of_the_rules(gate: Any, words: str | None) -> None:
    assert read(a_view("a", threadgate=gate)).one(Post).replies_from == words


def test_pictures_come_with_their_descriptions_in_both_sorts_of_embed() -> None:
    items = [{"alt": "A bin", "fullsize": "https://cdn.bsky.app/1"}, {"alt": ""}, {"alt": None}]
    for kind, name in (("images", "images"), ("gallery", "items")):
        told = read(with_embed(kind, {name: items}, {}))
        assert [m.alt_text for m in told.of(Media)] == ["A bin", "", ""]
        assert {m.kind for m in told.of(Media)} == {MediaKind.IMAGE}
        assert told.unread == []


def test_pictures_beside_a_quoted_post_are_read() -> None:
    inner = {
        "$type": "app.bsky.embed.images#view",
        "images": [{"alt": "", "fullsize": "https://c/1"}],
    }
    quoted = {"record": {"record": {"$type": "app.bsky.embed.record#viewDetached"}}}
    told = read(with_embed("recordWithMedia", {"media": inner, **quoted}, {"media": {}}))
    assert told.one(Media).alt_text == ""


@pytest.mark.parametrize("sort", ["viewRecord", "viewNotFound", "viewBlocked", "viewDetached"])
def test_a_quoted_post_alone_is_no_medium(sort: str) -> None:
    told = read(with_embed("record", {"record": {"$type": f"app.bsky.embed.record#{sort}"}}, {}))
    assert told.of(Media) == []
    assert told.unread == []


def test_pictures_that_only_the_record_tells_of_are_read() -> None:
    image = {"image": {"$type": "blob"}, "alt": "A bin"}
    told = read(
        a_view("a", record={"embed": {"$type": "app.bsky.embed.images", "images": [image]}})
    )
    assert told.one(Media).alt_text == "A bin"


def test_an_attachment_that_we_do_not_know_is_not_passed_over() -> None:
    told = read(with_embed("hologram", {"shape": "cube"}, {}))
    assert told.of(Media) == []
    assert told.unread == [("media", "1 attachments are of a kind that we do not know")]


@pytest.mark.parametrize(
    ("said", "alt", "guess"),
    [
        ("Alt: Waving", "Waving", ""),
        ("ALT: a cat", "", "a cat"),
        ("a cat", "", "a cat"),
        (None, "", ""),
    ],
)
def test_a_gif_is_described_only_where_a_person_did(said: Any, alt: str, guess: str) -> None:
    card = {"external": {"uri": "https://media.tenor.com/x/wave.gif", "description": said}}
    gif = read(with_embed("external", card, card)).one(Media)
    assert (gif.kind, gif.alt_text, gif.automatic_alt_text) == (MediaKind.ANIMATION, alt, guess)


def test_a_film_that_loops_like_a_gif_is_one() -> None:
    medium = read(a_film(presentation="gif", alt="Waving")).one(Media)
    assert (medium.kind, medium.alt_text) == (MediaKind.ANIMATION, "Waving")
    assert medium.captions is None


def test_a_film_without_captions_has_none() -> None:
    film = read(a_film()).one(Media)
    assert (film.captions, film.caption_languages) == (Captions.NONE, ())


@pytest.mark.parametrize(
    ("answer", "captions"),
    [
        (Answer(GOOD, content_type="text/vtt"), Captions.STANDARD),
        (
            Answer("WEBVTT\n\nNOTE automatically generated captions\n" + GOOD[8:]),
            Captions.AUTOMATIC,
        ),
        (Answer("WEBVTT\n\n", content_type="text/vtt"), Captions.NONE),
        (Answer("<!DOCTYPE html><p>Sorry", content_type="text/html"), Captions.NONE),
        (refused("NotFoundError", "Blob not found", 404), Captions.NONE),
        (Answer("", 302, {"Location": "http://127.0.0.2:9/"}), Captions.STANDARD),
        (None, Captions.STANDARD),
    ],
)
def test_captions_count_by_what_their_file_holds(answer: Any, captions: Captions) -> None:
    told = read(a_film(a_track()), **{f"/blob/{DID}/bafyvtt": answer})
    assert told.one(Media).captions is captions
    assert told.one(Media).caption_languages == ("en",)
    assert told.unread == []


def test_captions_whose_file_does_not_answer_are_unknown() -> None:
    told = read(a_film(a_track()), **{f"/blob/{DID}/bafyvtt": refused("UpstreamFailure", "", 502)})
    assert told.one(Media).captions is None
    assert told.unread == [("media.captions", "films whose caption file did not answer: 1")]


def test_a_caption_file_too_small_for_words_is_none_where_it_cannot_be_had() -> None:
    assert read(a_film(a_track(size=8))).one(Media).captions is Captions.NONE


def test_a_good_caption_file_is_looked_at_once() -> None:
    site: dict[str, Any] = {PROFILE: a_profile(), FEED: a_feed(a_film(a_track()))}
    site[f"/blob/{DID}/bafyvtt"] = Answer(GOOD, content_type="text/vtt")
    cache: dict[str, str] = {}
    first, second = (talk(Recorded(site), cache=cache) for _ in range(2))
    assert (first.requests, second.requests) == (3, 2)
    assert second.one(Media).captions is Captions.STANDARD


def test_a_film_without_its_record_leaves_captions_open() -> None:
    view = a_film()
    del view["record"]["embed"]
    assert read(view).one(Media).captions is None


def test_a_repost_is_nobodys_post_of_ours() -> None:
    by = {"$type": "app.bsky.feed.defs#reasonRepost", "by": {"did": DID}}
    reason = by | {"indexedAt": "2026-09-04T10:00:00Z", "uri": f"at://{DID}/app.bsky.feed.repost/r"}
    item = {"post": a_view("theirs", ANN, "2020-01-01T00:00:00Z", replyCount=9), "reason": reason}
    told = read(feed={"feed": [item]})
    post = told.one(Post)
    assert (post.kind, post.published_at.day) == (PostKind.REPOST, 4)
    assert told.asked == [PROFILE, FEED]
    assert "Somebody Real" not in json.dumps(post.payload)


def test_a_pinned_post_of_long_ago_does_not_end_the_list() -> None:
    pinned = {"post": a_view("old", when="2024-01-01T00:00:00Z")}
    pinned["reason"] = {"$type": "app.bsky.feed.defs#reasonPin"}
    told = read(feed=[{"feed": [pinned], "cursor": "1"}, a_feed(a_view("a"))])
    assert [p.text for p in told.of(Post)] == ["a"]


def test_an_empty_page_is_not_the_end() -> None:
    told = read(feed=[{"feed": [], "cursor": "1"}, a_feed(a_view("a"))])
    assert [p.text for p in told.of(Post)] == ["a"]
    assert told.unread == []


def test_a_server_that_ignores_the_cursor_is_left() -> None:
    pages = [a_feed(a_view("a"), cursor=str(n)) for n in range(50)]
    told = read(feed=pages)
    assert [p.text for p in told.of(Post)] == ["a"]
    assert len(told.log) < 10
    assert ("posts", "5 pages of Bluesky's list held nothing new") in told.unread


def test_the_list_is_read_only_as_far_as_the_window_goes() -> None:
    old = a_view("old", when="2026-08-01T10:00:00Z")
    told = read(feed=[a_feed(a_view("a"), old, cursor="1"), a_feed(a_view("older"))])
    assert told.asked == [PROFILE, FEED]


def test_a_post_that_says_it_is_old_does_not_end_a_list_that_is_out_of_order() -> None:
    backdated = a_view("backdated", when="2019-01-01T00:00:00Z", indexedAt="2026-09-05T10:00:00Z")
    page = a_feed(backdated, a_view("a"), a_view("b", when="2026-09-02T10:00:00Z"), cursor="1")
    told = read(feed=[page, a_feed(a_view("c", when="2026-09-01T10:00:00Z"))])
    assert [p.text for p in told.of(Post)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("written", "seen", "day"),
    [
        ("2026-09-03T23:30:00+01:00", "2026-09-03T22:31:00Z", 3),
        ("soon", "2026-09-03T10:00:00Z", 3),
        (None, "2026-09-03T10:00:00Z", 3),
        ("2031-01-01T00:00:00Z", "2026-09-03T10:00:00Z", 3),
        ("2026-09-03T10:00:00.123456789Z", None, 3),
    ],
)
def test_a_post_is_dated_by_its_author_but_never_after_it_was_seen(
    written: Any, seen: Any, day: int
) -> None:
    told = read(a_view("a", record={"createdAt": written}, indexedAt=seen))
    assert told.one(Post).published_at.day == day


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "text",
        {},
        {"post": None},
        {"post": {"uri": "https://bsky.app"}},
        {"post": {"uri": at("x")}},
        {"post": {"uri": at("x"), "record": []}},
        {"post": {"uri": at("x"), "record": {"text": 5}}},
        {"post": a_view("x"), "reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
    ],
)
def test_an_odd_item_costs_no_other(odd: Any) -> None:
    told = read(feed={"feed": [odd, {"post": a_view("a")}]})
    assert [p.text for p in told.of(Post)] == ["a"]
    assert told.unread == [("posts", "1 of 2 posts could not be understood")]


def test_an_item_of_somebody_else_is_not_ours() -> None:
    told = read(a_view("theirs", ANN), a_view("a"))
    assert [p.text for p in told.of(Post)] == ["a"]
    assert told.unread == []


def test_odd_facts_of_a_post_are_passed_over() -> None:
    view = a_view("a", replyCount="3", labels="x", embed=["x"], threadgate=[], viewer=7)
    view["record"] |= {"facets": "x", "entities": [3], "langs": 5, "reply": "x", "embed": 5}
    told = read(view, thread={"thread": a_tree(view)})
    post = told.one(Post)
    assert (post.comment_count, post.hidden, post.links) == (None, None, ())
    assert told.error is None


def test_half_a_letter_costs_no_page() -> None:
    feed = json.dumps(a_feed(a_view("a"))).replace('"a"', '"a\\ud83d"')
    told = read(feed=Answer(feed))
    assert told.one(Post).text == "a\ufffd"


def test_what_the_moderation_service_hides_is_hidden() -> None:
    label = {"val": "!hide", "src": "did:plc:service"}
    assert read(a_view("a", labels=[label])).one(Post).hidden is True
    assert read(a_view("a", labels=[label | {"src": DID}])).one(Post).hidden is False


def a_thread(*replies: Any, gate: Any = None) -> Told:
    root = a_view("a", replyCount=len(replies))
    answer = {"thread": a_tree(root, *replies)} | ({"threadgate": gate} if gate else {})
    return read(root, thread=answer)


def test_replies_are_comments_and_nobody_is_named() -> None:
    told = a_thread(a_tree(a_reply("q")))
    comment = told.one(Comment)
    assert (comment.kind, comment.post, comment.parent) == (
        CommentKind.COMMENT,
        f"bluesky:{at('a')}",
        None,
    )
    assert (comment.own, comment.state) == (False, CommentState.PUBLISHED)
    assert comment.permalink == f"https://bsky.app/profile/{ANN}/post/q"
    assert "omebody" not in json.dumps(comment.payload) + repr(comment)


def test_an_answer_of_ours_is_a_post_and_a_comment() -> None:
    question = a_reply("q", replyCount=1)
    answer = a_reply("answer", DID, parent=at("q", ANN))
    root = a_view("a", replyCount=1)
    tree = {"thread": a_tree(root, a_tree(question, a_tree(answer)))}
    told = read(root, answer, thread=tree)
    said = {c.text: c for c in told.of(Comment)}
    assert (said["answer"].own, said["answer"].parent) == (True, said["q"].key)
    assert {p.text: p.kind for p in told.of(Post)}["answer"] is PostKind.REPLY
    assert len({r.key for r in told.readings if not isinstance(r, Unread)}) == len(
        [r for r in told.readings if not isinstance(r, Unread)]
    )
    assert told.asked.count(THREAD) == 1


def test_what_only_continues_our_own_thread_is_no_comment() -> None:
    assert a_thread(a_tree(a_reply("more", DID))).of(Comment) == []


def test_a_reply_that_we_hid_is_hidden() -> None:
    gate = {"record": {"hiddenReplies": [at("q", ANN)]}}
    told = a_thread(a_tree(a_reply("q")), a_tree(a_reply("r", BEN)), gate=gate)
    assert {c.text: c.state for c in told.of(Comment)} == {
        "q": CommentState.HIDDEN,
        "r": CommentState.PUBLISHED,
    }


def test_a_gate_without_its_record_leaves_open_what_is_hidden() -> None:
    assert a_thread(a_tree(a_reply("q")), gate={"uri": "at://x"}).one(Comment).state is None


def test_blocked_and_missing_replies_are_passed_over_and_odd_ones_counted() -> None:
    blocked = {"$type": "app.bsky.feed.defs#blockedPost", "blocked": True, "uri": at("x", BEN)}
    missing = {"$type": "app.bsky.feed.defs#notFoundPost", "notFound": True, "uri": at("y", BEN)}
    told = a_thread(blocked, missing, a_tree(a_reply("q")), "odd", {"post": {"uri": at("z", BEN)}})
    assert [c.text for c in told.of(Comment)] == ["q"]
    assert told.unread == [("comments", "2 of 3 replies could not be understood")]


def test_a_thread_that_was_cut_is_followed() -> None:
    root, cut = a_view("a", replyCount=1), a_reply("q", replyCount=1)
    deeper = a_reply("deep", BEN, parent=at("q", ANN))
    answers = {
        f"{THREAD} {at('a')}": {"thread": {"post": root, "replies": [{"post": cut}]}},
        f"{THREAD} {at('q', ANN)}": {"thread": a_tree(cut, a_tree(deeper))},
    }
    told = read(root, **answers)
    assert {c.text: c.kind for c in told.of(Comment)} == {
        "q": CommentKind.COMMENT,
        "deep": CommentKind.REPLY,
    }


def test_a_thread_that_is_cut_without_end_is_left() -> None:
    def branch(n: int) -> Any:
        return {"thread": a_tree(a_view("a"), {"post": a_reply(f"r{n}", replyCount=1)})}

    told = read(a_view("a", replyCount=1), thread=[branch(n) for n in range(90)])
    assert told.asked.count(THREAD) == 50
    assert [fact for fact, _ in told.unread] == ["comments"]


def test_a_very_deep_thread_is_read_without_falling_over() -> None:
    node = a_tree(a_reply("r200"))
    for n in range(200):
        node = a_tree(a_reply(f"r{n}"), node)
    told = a_thread(node)
    assert len(told.of(Comment)) == 201


def test_a_thread_that_vanished_costs_only_itself() -> None:
    answers = {
        f"{THREAD} {at('a')}": refused("NotFound", "Post not found"),
        f"{THREAD} {at('b')}": {"thread": a_tree(a_view("b"), a_tree(a_reply("q", root=at("b"))))},
    }
    told = read(a_view("a", replyCount=1), a_view("b", replyCount=1), **answers)
    assert [c.text for c in told.of(Comment)] == ["q"]
    ((fact, reason),) = told.unread
    assert (fact, reason[:39]) == ("comments", "replies under 1 of 2 posts could not be")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refused("InvalidRequest", "Profile not found"), NotFound),
        (refused("InvalidRequest", 'Invalid params: Invalid AT identifier (got "x")'), NotFound),
        (refused("AccountTakedown", "Account has been suspended"), NotFound),
        (refused("AccountDeactivated", "Account is deactivated"), NotFound),
        (refused("ExpiredToken", "Token has expired"), Unauthorized),
        (refused("AuthMissing", "Authentication Required", 401), Unauthorized),
        (refused("BlockedByActor", "blocked"), Forbidden),
        (refused("MethodNotImplemented", "", 501), Forbidden),
        (refused("InvalidRequest", "no idea"), Malformed),
        (refused("InternalServerError", "oh", 500), Unreachable),
        (refused("UpstreamFailure", "oh", 502), Unreachable),
        (refused("NotEnoughResources", "oh", 503), Unreachable),
        (Answer(["odd"], 500), Unreachable),
        (Answer({"error": {"odd": 1}, "message": [2]}, 500), Unreachable),
        (Answer('"odd"', 403), Forbidden),
        (Answer("<html>", 403, content_type="text/html"), Forbidden),
        (Answer("", 302, {"Location": "http://127.0.0.2:9/"}), Unreachable),
        (Answer("", 200), Malformed),
        (Answer("[]", 200), Malformed),
        (Answer({"handle": "x"}, 200), Malformed),
        (Answer("{'odd'", 200), Malformed),
        (Answer("<p>", 200, content_type="text/html"), Unreachable),
    ],
)
def test_every_refusal_has_its_meaning(answer: Answer, error: type[PlatformError]) -> None:
    told = talk(Recorded({PROFILE: answer}))
    assert isinstance(told.error, error)
    assert len(told.log) == 1


def test_a_limit_ends_by_the_servers_own_clock() -> None:
    headers = {"ratelimit-reset": "1788739500", "Date": "Mon, 07 Sep 2026 00:00:00 GMT"}
    told = talk(Recorded({PROFILE: refused("RateLimitExceeded", "", 429, **headers)}))
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at is not None
    left = told.error.retry_at - datetime.now(UTC)
    assert timedelta(minutes=4) < left <= timedelta(minutes=5)


def test_a_page_as_text_is_read_all_the_same() -> None:
    feed = Answer(json.dumps(a_feed(a_view("a"))), content_type="text/plain")
    assert read(feed=feed).one(Post).text == "a"


def test_a_base_address_may_end_as_the_protocol_does() -> None:
    site = Recorded({PROFILE: a_profile(), FEED: a_feed()})
    with LoopbackServer(site) as server:
        access = Access(
            account="bluesky",
            handle="snoring.example.org",
            kind=AccountKind.COUNCIL,
            limiter=Unlimited(),
            base_url=f"{server.url}/xrpc/",
        )
        bluesky = Bluesky(access)
        list(bluesky.read(SINCE, UNTIL))
        bluesky.close()
        assert [r.path for r in server.log] == [f"/xrpc/{PROFILE}", f"/xrpc/{FEED}"]


def test_known_records_are_asked_for_in_batches() -> None:
    known = [Known("post", at(f"p{n}"), comment_count=0) for n in range(60)]
    views = [a_view(f"p{n}") for n in range(60)]
    batches = [{"posts": views[n : n + 25]} for n in (0, 25, 50)]
    told = reread({POSTS: batches}, *known)
    assert told.asked == [PROFILE, POSTS, POSTS, POSTS]
    assert [len(parse_qs(r.asked)["uris"]) for r in told.log[1:]] == [25, 25, 10]
    assert told.readings == []


def test_only_a_post_that_has_more_replies_is_read_with_its_thread() -> None:
    quiet, busy = a_view("quiet", replyCount=2), a_view("busy", replyCount=3)
    tree = {"thread": a_tree(busy, a_tree(a_reply("q", root=at("busy"))))}
    known = [Known("post", at(name), comment_count=2) for name in ("quiet", "busy")]
    told = reread({POSTS: {"posts": [quiet, busy]}, THREAD: tree}, *known)
    assert told.one(Post).text == "busy"
    assert told.one(Comment).text == "q"
    assert told.asked.count(THREAD) == 1


def test_a_known_medium_comes_with_its_post() -> None:
    view = with_embed("images", {"images": [{"alt": "Now"}]}, {})
    told = reread({POSTS: {"posts": [view]}}, Known("media", f"{at('a')}/media/1"))
    assert (told.one(Post).id, told.one(Media).alt_text) == (at("a"), "Now")


def test_a_known_comment_is_read_with_what_hides_it_and_what_answers_it() -> None:
    gate = {"record": {"hiddenReplies": [at("q", ANN)]}}
    root, question = a_view("a", threadgate=gate), a_reply("q", replyCount=1)
    answer = a_reply("answer", DID, parent=at("q", ANN))
    told = reread(
        {POSTS: {"posts": [question, root]}, THREAD: {"thread": a_tree(question, a_tree(answer))}},
        Known("comment", at("q", ANN), at("a")),
    )
    said = {c.text: c for c in told.of(Comment)}
    assert (said["q"].state, said["answer"].own) == (CommentState.HIDDEN, True)


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        (refused("NotFound", "Post not found"), True),
        ({"thread": {"$type": "app.bsky.feed.defs#notFoundPost", "notFound": True}}, True),
        ({"thread": {"$type": "app.bsky.feed.defs#blockedPost", "blocked": True}}, True),
        ({"thread": a_tree(a_view("a"))}, False),
        ({"thread": {}}, False),
        (refused("Forbidden", "", 403), False),
    ],
)
def test_a_post_is_gone_only_where_bluesky_says_so(answer: Any, *, gone: bool) -> None:
    told = reread({POSTS: {"posts": []}, THREAD: answer}, Known("post", at("a")))
    assert told.of(Gone) == ([Gone("post", at("a"))] if gone else [])
    assert told.error is None


def test_what_is_no_address_is_not_asked_for() -> None:
    told = reread({}, Known("post", "1"), Known("comment", "x", "y"), Known("media", "z"))
    assert told.asked == [PROFILE]
    assert told.readings == []


def a_note(local: str, reason: str, whose: str = ANN, **facts: Any) -> Any:
    return {**a_view(local, whose, **facts), "reason": reason, "isRead": True}


def test_signed_in_mentions_and_quotes_are_read_and_a_reply_is_not_told_twice() -> None:
    root, question = a_view("a", replyCount=1), a_reply("q")
    notes = [
        a_note("named", "mention"),
        a_note("quoted", "quote", BEN),
        question | {"reason": "reply"},
        a_note("liked", "like"),
        a_reply("elsewhere", BEN, root=at("b")) | {"reason": "reply"},
        {"reason": "mention"},
    ]
    answers = {
        SIGN_IN: {"accessJwt": "token-of-the-session", "refreshJwt": "refresh"},
        PROFILE: a_profile(),
        FEED: a_feed(root),
        THREAD: {"thread": a_tree(root, a_tree(question))},
        NOTES: {"notifications": notes},
    }
    told = talk(Recorded(answers), password=PASSWORD)
    assert {c.text: c.kind for c in told.of(Comment)} == {
        "q": CommentKind.COMMENT,
        "named": CommentKind.MENTION,
        "quoted": CommentKind.MENTION,
        "elsewhere": CommentKind.COMMENT,
    }
    assert len(told.of(Comment)) == 4
    assert told.unread == [("comments.visitor", "1 of 5 mentions could not be understood")]
    assert {r.headers.get("authorization") for r in told.log[1:]} == {"Bearer token-of-the-session"}
    assert told.asked.count(SIGN_IN) == 1


def test_without_a_password_mentions_are_said_to_be_out_of_sight() -> None:
    told = read()
    (unread,) = told.of(Unread)
    assert (unread.fact, unread.permanent) == ("comments.visitor", True)


@pytest.mark.parametrize(
    "answer",
    [
        refused("AuthenticationRequired", "Invalid identifier or password", 401),
        refused("AuthFactorTokenRequired", "A sign in code has been sent", 401),
    ],
)
def test_a_wrong_password_is_never_a_quiet_public_account(answer: Answer) -> None:
    answers = {SIGN_IN: answer, PROFILE: a_profile(), FEED: a_feed(a_view("a"))}
    told = talk(Recorded(answers), password=PASSWORD)
    assert isinstance(told.error, Unauthorized)
    assert (told.of(Post), told.asked) == ([], [SIGN_IN])


def test_a_name_without_a_password_is_refused_at_once() -> None:
    with pytest.raises(Unauthorized):
        talk(Recorded({}), identifier="snoring.example.org")


@pytest.mark.parametrize("token", [None, 5, "", "new\nline", "caf\u00e9"])
def test_a_session_that_is_none_is_malformed(token: Any) -> None:
    told = talk(Recorded({SIGN_IN: {"accessJwt": token}}), password=PASSWORD)
    assert isinstance(told.error, Malformed)


def test_no_password_and_no_session_is_ever_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answers = {
        SIGN_IN: {"accessJwt": SESSION, "refreshJwt": "refresh-of-it"},
        PROFILE: refused("InvalidRequest", f"odd: {SESSION} refresh-of-it {PASSWORD}"),
    }
    told = talk(Recorded(answers), password=PASSWORD)
    said = f"{caplog.text} {told.error!r} {told.error} {told.readings}"
    assert [secret for secret in (SESSION, "refresh-of-it", PASSWORD) if secret in said] == []


def test_a_quiet_week_costs_two_requests() -> None:
    town = a_town("bluesky", handle="snoring.example.org", posts=1, comments=0)
    site = BlueskySite(town, NOW)
    told = talk(site, lambda b: b.read(WEEK - timedelta(days=70), WEEK - timedelta(days=63)))
    assert told.requests == 2


def test_a_busy_week_costs_what_the_formula_says() -> None:
    town = a_town("bluesky", handle="snoring.example.org", posts=130, comments=60)
    told = talk(BlueskySite(town, NOW), lambda b: b.read(WEEK, END))
    assert told.asked.count(FEED) == 2
    assert told.requests == 1 + 2 + 1
    assert {r.query["depth"] for r in told.log if r.path.endswith(THREAD)} == {"80"}


def test_a_list_of_notifications_that_repeats_itself_is_left() -> None:
    notes = [{"notifications": [a_note("named", "mention")], "cursor": str(n)} for n in range(50)]
    answers = {
        SIGN_IN: {"accessJwt": "token-of-the-session"},
        PROFILE: a_profile(),
        FEED: a_feed(),
        NOTES: notes,
    }
    told = talk(Recorded(answers), password=PASSWORD)
    assert [c.text for c in told.of(Comment)] == ["named"]
    assert told.asked.count(NOTES) == len(("first", "repeated"))
    assert [fact for fact, _ in told.unread] == ["comments.visitor"]


def test_the_library_is_loaded_only_when_something_is_sent() -> None:
    code = (
        "import sys, connectors; connectors.card('bluesky'); connectors.connector('bluesky');"
        "print(sorted(m for m in sys.modules if m.startswith('atproto')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == "[]"
