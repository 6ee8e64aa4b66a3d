from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.mastodon import Mastodon
from connectors.mastodon_client import whose
from demo.server import Answer, LoopbackServer
from socialaudit.errors import (
    Forbidden,
    Malformed,
    NotFound,
    RateLimited,
    Unauthorized,
    Unreachable,
)
from socialaudit.models import (
    Account,
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
)
from tests.connectors.mastodon_answers import (
    ACCOUNT,
    LATER,
    ME,
    OLD,
    SINCE,
    UNTIL,
    Recorded,
    a_reply,
    a_status,
    an_access,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from demo.server import Request
    from socialaudit.models import Reading


def statuses(*items: Any) -> dict[str, Any]:
    return {"/statuses": [*items, OLD]}


def only_post(**changes: Any) -> Post:
    (post,) = told(statuses(a_status(**changes))).of(Post)
    assert isinstance(post, Post)
    return post


def attached(*items: dict[str, Any]) -> list[Media]:
    return told(statuses(a_status(media_attachments=list(items)))).of(Media)


def conversation(*replies: Any, count: int | None = None, **changes: Any) -> dict[str, Any]:
    root = a_status("1", replies_count=len(replies) if count is None else count, **changes)
    return {**statuses(root), "/1/context": {"ancestors": [], "descendants": list(replies)}}


def comments(*replies: Any) -> list[Comment]:
    return told(conversation(*replies)).of(Comment)


@pytest.mark.parametrize(
    "handle",
    [
        "@council@mastodon.example",
        "council@mastodon.example",
        "acct:council@mastodon.example",
        "https://mastodon.example/@council",
        "https://mastodon.example/@council/109300",
        "https://mastodon.example/users/council",
        "https://mastodon.example/web/@council",
        "https://mastodon.example/council/",
        "mastodon.example/@council",
        " https://elsewhere.example/@council@mastodon.example ",
        "https://elsewhere.example/deck/@council@mastodon.example",
        "https://mastodon.example/#/@council",
        "https://mastodon.example/ap/users/council",
        "https://mastodon.example/i/web/profile/council",
        "@council@mastodon.example/",
        "@council @mastodon.example",
        "\u200e\uff20council@mastodon.example",
        "mailto:council@mastodon.example",
    ],
)
def test_a_handle_may_be_written_in_many_ways(handle: str) -> None:
    found = whose(an_access(None, handle))
    assert (found.server, found.name) == ("https://mastodon.example", "council")


def test_a_server_may_live_in_a_folder_of_its_host() -> None:
    with LoopbackServer(Recorded()) as server:
        found = told(at=server, base_url=f"{server.url}/social")
        assert {r.path.partition("/api/")[0] for r in server.log} == {"/social"}
    assert len(found.of(Post)) == 1


def test_a_name_needs_a_server() -> None:
    with pytest.raises(NotFound, match="does not name its server"):
        whose(an_access(None, "council"))
    assert whose(an_access("https://m.example/", "council")).server == "https://m.example"


@pytest.mark.parametrize(
    "handle", ["", "@", "https://", "https://[::1", "a@b c", "@x@host/../y", "@x@ho\nst", "//[/x"]
)
def test_what_is_no_handle_is_said_to_be_none(handle: str) -> None:
    with pytest.raises(NotFound):
        whose(an_access(None, handle))


def test_a_profile_is_told_with_its_table_and_links() -> None:
    (account,) = told().of(Account)
    assert account.description == "The town council. Website\nEmail: clerk@example.gov.uk"
    assert account.links == ("https://www.example.gov.uk",)
    assert (account.handle, account.contact, account.verified) == ("council", "", False)


def test_settings_are_those_that_the_server_states() -> None:
    given = {**ACCOUNT, "discoverable": None, "noindex": True}
    rules = {"/instance/rules": [{"id": "1", "text": "Be civil"}]}
    found = told({"/accounts/lookup": given, **rules}).of(Setting)
    assert {s.name: json.loads(s.value) for s in found} == {
        "locked": False,
        "bot": False,
        "discoverable": None,
        "noindex": True,
        "rules": ["Be civil"],
    }


def test_text_is_readable_and_links_are_whole() -> None:
    html = (
        '<p>See <a href="https://www.example.gov.uk/a/very/long/way/to/say" rel="nofollow">'
        '<span class="invisible">https://www.</span><span class="ellipsis">example.gov.uk/a/very/long</span>'
        '<span class="invisible">/way/to/say</span></a> &amp; ask <span class="h-card">'
        '<a href="https://mastodon.example/@mayor" class="u-url mention">@<span>mayor</span></a></span><br>'
        '<a href="https://mastodon.example/tags/Bins" class="mention hashtag" rel="tag">#<span>Bins</span></a>'
        "</p>"
    )
    post = only_post(text=html)
    whole = "https://www.example.gov.uk/a/very/long/way/to/say"
    assert post.text == f"See {whole} & ask @mayor\n#Bins"
    assert post.links == (whole,)


def test_a_warning_is_the_title_and_a_poll_s_answers_are_words_of_the_post() -> None:
    poll = {"options": [{"title": "Yes"}, {"title": "No", "votes_count": None}, "odd"]}
    post = only_post(spoiler_text="Election", poll=poll)
    assert (post.title, post.text) == ("Election", "Hello\nYes\nNo")


def test_a_quote_is_a_post_of_its_own_with_a_link_to_what_it_quotes() -> None:
    html = '<p class="quote-inline">RE: <a href="https://far.example/9">far</a></p><p>Indeed</p>'
    quoted = {"state": "accepted", "quoted_status": {"url": "https://far.example/@a/9"}}
    post = only_post(text=html, quote=quoted)
    assert (post.kind, post.text) == (PostKind.POST, "Indeed")
    assert post.links == ("https://far.example/@a/9",)


@pytest.mark.parametrize("state", ["pending", "revoked", "something new"])
def test_a_quote_that_may_not_be_shown_is_no_fault(state: str) -> None:
    assert only_post(quote={"state": state, "quoted_status": None}).text == "Hello"


def test_a_boost_passes_on_the_words_and_no_pictures_of_somebody_else() -> None:
    inner = a_reply("5", "", "<p>Theirs</p>", media_attachments=[{"id": "9", "type": "image"}])
    found = told(statuses(a_status("2", "", reblog=inner)))
    (post,) = found.of(Post)
    assert (post.kind, post.text, found.of(Media)) == (PostKind.REPOST, "Theirs", [])
    assert "annexample" not in json.dumps(post.payload)


@pytest.mark.parametrize(
    ("visibility", "audience"),
    [
        ("public", Audience.PUBLIC),
        ("unlisted", Audience.UNLISTED),
        ("private", Audience.FOLLOWERS),
        ("direct", Audience.PRIVATE),
        ("local", Audience.FOLLOWERS),
        ("mutuals_only", Audience.FOLLOWERS),
        ("something new", None),
        (None, None),
    ],
)
def test_visibility_is_the_audience(visibility: str | None, audience: Audience | None) -> None:
    assert only_post(visibility=visibility).audience is audience


def test_private_messages_are_left_unread() -> None:
    message = a_status("3", visibility="direct", mentions=[{"id": "77"}], replies_count=1)
    found = told(statuses(message))
    assert (found.of(Post), found.asked[-1]) == ([], "/instance/rules")


def test_an_edit_has_its_time_and_an_answer_names_what_it_answers() -> None:
    post = only_post(
        edited_at="2026-09-03T11:00:00Z", in_reply_to_id="8", in_reply_to_account_id="77"
    )
    assert post.edited_at is not None
    assert (post.kind, post.reply_to) == (PostKind.REPLY, "8")


def test_going_on_with_an_own_thread_is_a_post() -> None:
    assert only_post(in_reply_to_id="8", in_reply_to_account_id=ME).kind is PostKind.POST


@pytest.mark.parametrize(
    ("described", "alt"),
    [({"description": None}, ""), ({"description": ""}, ""), ({"description": "A bin"}, "A bin")],
)
def test_a_missing_description_is_none_or_empty(described: dict[str, Any], alt: str) -> None:
    (medium,) = attached({"id": "9", "type": "image", **described})
    assert (medium.kind, medium.alt_text) == (MediaKind.IMAGE, alt)


def test_a_description_of_which_nothing_is_told_is_unknown() -> None:
    (medium,) = attached({"id": "9", "type": "image"})
    assert medium.alt_text is None


def test_captions_of_films_are_unknown_and_a_sound_without_words_has_no_transcript() -> None:
    film, loop, bare, described = attached(
        {"id": "1", "type": "video", "meta": {"original": {"duration": 12.5}}},
        {"id": "2", "type": "gifv", "description": None},
        {"id": "3", "type": "audio", "description": None, "meta": {"duration": 60}},
        {"id": "4", "type": "audio", "description": "Good morning, this is the mayor"},
    )
    assert (film.captions, film.duration, loop.kind) == (None, 12.5, MediaKind.ANIMATION)
    assert (bare.captions, bare.duration, described.captions) == (Captions.NONE, 60.0, None)


def test_a_medium_of_an_unknown_type_is_told_by_its_address_or_counted() -> None:
    pleroma = {"id": "1", "type": "unknown", "pleroma": {"mime_type": "image/png"}}
    by_address = {"id": "2", "type": "unknown", "url": "https://m.example/a/b.MP3?x=1"}
    found = told(statuses(a_status(media_attachments=[pleroma, by_address, {"id": "3"}, "odd"])))
    assert [m.kind for m in found.of(Media)] == [MediaKind.IMAGE, MediaKind.AUDIO]
    assert [fact for fact, _ in found.unread()] == ["media"]


def test_replies_are_comments_by_pseudonyms_and_own_answers_are_both() -> None:
    answer = a_status("3", "<p>Monday</p>", in_reply_to_id="2", in_reply_to_account_id="77") | {
        "created_at": "2026-09-03T13:00:00Z"
    }
    found = told(conversation(a_reply("2", "1"), answer))
    question, ours = found.of(Comment)
    assert (question.kind, question.post, question.parent, question.own) == (
        CommentKind.COMMENT,
        "mastodon:1",
        None,
        False,
    )
    assert (ours.key, ours.parent, ours.own) == ("mastodon:3:answer", "mastodon:2", True)
    assert question.state is CommentState.PUBLISHED
    assert question.permalink == "https://mastodon.example/@council/1#2"
    assert "annexample" not in repr([question, question.payload])


def test_a_reply_under_an_own_thread_stands_under_the_nearest_post() -> None:
    second = a_status("2", in_reply_to_id="1", in_reply_to_account_id=ME, replies_count=1)
    first = a_status("1", created_at="2026-09-03T09:00:00Z", replies_count=1)
    below = {"descendants": [second, a_reply("3", "2"), a_reply("4", "3")]}
    found = told({**statuses(second, first), "/1/context": below})
    assert [(c.id, c.post, c.parent) for c in found.of(Comment)] == [
        ("3", "mastodon:2", None),
        ("4", "mastodon:2", "mastodon:3"),
    ]
    assert [path for path in found.asked if "context" in path] == ["/statuses/1/context"]


def test_a_reply_stands_under_what_it_answers_whichever_conversation_shows_it() -> None:
    two = a_status("2", replies_count=1), a_status("1", replies_count=1)
    found = told({**statuses(*two), "/context": {"descendants": [a_reply("3", "2")]}})
    assert [(c.id, c.post, c.parent) for c in found.of(Comment)] == [("3", "mastodon:2", None)]


def test_what_a_server_adds_to_a_reply_is_nobodys_words() -> None:
    html = (
        "<p>When?</p><div class='gts-system-message gts-placeholder-attachments'><hr>"
        "<p>Note: 1 attachment was not downloaded.</p><ul><li>a.svg</li></ul></div>"
    )
    (comment,) = comments(a_reply("2", "1", html))
    assert comment.text == "When?"


def test_a_reply_to_an_own_answer_stands_under_the_post_that_was_answered() -> None:
    root = a_status("1", created_at="2026-08-20T10:00:00Z", replies_count=1)
    question = a_reply("2", "1", replies_count=1)
    answer = a_status("3", in_reply_to_id="2", in_reply_to_account_id="77", replies_count=1)
    below = {"ancestors": [root, question], "descendants": [a_reply("4", "3"), a_reply("5", "4")]}
    found = told({**statuses(answer, root), "/3/context": below})
    assert [(c.id, c.post, c.parent) for c in found.of(Comment)] == [
        ("4", "mastodon:1", "mastodon:3:answer"),
        ("5", "mastodon:1", "mastodon:4"),
    ]


def test_a_reply_to_what_the_account_said_elsewhere_stands_under_that() -> None:
    answer = a_status("3", in_reply_to_id="2", in_reply_to_account_id="77", replies_count=1)
    below = {"ancestors": [a_reply("2", "")], "descendants": [a_reply("4", "3")]}
    found = told({**statuses(answer), "/3/context": below})
    assert [(c.id, c.post, c.parent) for c in found.of(Comment)] == [("4", "mastodon:3", None)]


def test_replies_that_wait_for_approval_leave_moderation_unknown() -> None:
    policy = {"can_reply": {"always": ["followers"], "with_approval": ["public"]}}
    found = told(statuses(a_status(interaction_policy=policy)))
    assert [fact for fact, _ in found.unread()] == ["comments.state"]


def test_pictures_in_the_text_of_a_longer_post_are_media() -> None:
    html = (
        '<p>Look <img class="emoji" alt=":bin:" src="/e.png"> <img src="/a.png" alt="A bin">'
        '<img src="https://cdn.example/b.png"></p>'
    )
    found = told(statuses(a_status(text=html)))
    assert [(m.id, m.alt_text) for m in found.of(Media)] == [
        ("1-inline-0", "A bin"),
        ("1-inline-1", ""),
    ]
    assert found.of(Post)[0].text == "Look :bin:"


def test_replies_outside_the_window_and_private_ones_are_left() -> None:
    late = a_reply("2", "1", created_at="2026-09-09T12:00:00Z")
    private = a_reply("3", "1", visibility="direct", mentions=[{"id": ME}])
    assert comments(late, private, a_reply("4", "1"))[0].id == "4"


def test_without_a_token_a_long_conversation_is_known_to_be_cut() -> None:
    many = [a_reply(str(n), "1") for n in range(2, 62)]
    found = told(conversation(*many, count=70))
    assert len(found.of(Comment)) == 60
    assert [fact for fact, _ in found.unread()] == ["comments"]
    assert "beginning of a long conversation" in found.unread()[0][1]


def test_a_server_that_still_fetches_replies_is_read_in_part() -> None:
    body = {"ancestors": [], "descendants": [a_reply("2", "1")]}
    answer = Answer(body, headers={"Mastodon-Async-Refresh": 'id="x", retry=3, result_count=1'})
    found = told({**statuses(a_status("1", replies_count=1)), "/1/context": answer})
    assert len(found.of(Comment)) == 1
    assert "still fetching" in found.unread()[0][1]


def test_replies_that_are_counted_and_not_shown_are_missing() -> None:
    assert "counts replies" in told(conversation(count=2)).unread()[0][1]


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"error": "Record not found"}, 404),
        Answer({"error": "This action is not allowed"}, 403),
        Answer([]),
        Answer({"descendants": None}),
        Answer({"ancestors": []}),
    ],
)
def test_a_conversation_that_cannot_be_read_costs_no_other(answer: Answer) -> None:
    two = [a_status("1", replies_count=1), a_status("2", replies_count=1)]
    good = {"descendants": [a_reply("3", "2")]}
    found = told({**statuses(*two), "/1/context": answer, "/2/context": good})
    assert [c.id for c in found.of(Comment)] == ["3"]
    assert [fact for fact, _ in found.unread()] == ["comments"]


def test_a_server_that_hides_replies_from_the_public_is_asked_once_and_its_posts_are_read() -> None:
    two = [a_status("1", replies_count=1), a_status("2", replies_count=1)]
    closed = Answer({"error": "Unauthorized: token not supplied"}, 401)
    found = told({**statuses(*two), "/context": closed})
    assert (found.error, len(found.of(Post))) == (None, 2)
    assert found.unread() == [("comments", "the server shows replies only with a token (2)")]
    assert sum("context" in path for path in found.asked) == 1


def test_odd_replies_are_counted_and_the_rest_read() -> None:
    odd = [None, 7, {"content": "x"}, a_reply("3", "1", created_at="soon")]
    found = told(conversation(*odd, a_reply("2", "1"), a_reply("2", "1")))
    assert [c.id for c in found.of(Comment)] == ["2"]
    assert found.unread() == [("comments", "replies that could not be understood (4)")]


def test_replies_that_answer_each_other_in_a_ring_end() -> None:
    ring = [a_reply("2", "3"), a_reply("3", "2"), a_reply("4", "missing")]
    assert {c.post for c in comments(*ring, a_reply("5", "1"))} == {"mastodon:1"}


def test_a_count_that_is_not_told_is_asked_for() -> None:
    root = a_status("1")
    del root["replies_count"]
    found = told({**statuses(root), "/1/context": {"descendants": [a_reply("2", "1")]}})
    assert (len(found.of(Comment)), found.of(Post)[0].comment_count) == (1, None)


def test_pages_are_asked_for_by_the_last_id() -> None:
    pages = {"": [a_status("9")], "9": [a_status("8")], "8": []}
    found = told({"/statuses": lambda r: Answer(pages[r.query.get("max_id", "")])})
    assert ([p.id for p in found.of(Post)], found.unread()) == (["9", "8"], [])


def test_a_link_that_names_no_next_page_ends_a_short_list() -> None:
    link = {"Link": '<https://m.example/x?min_id=9>; rel="prev"'}
    found = told({"/statuses": Answer([a_status("9")], headers=link)})
    assert found.asked.count(f"/accounts/{ME}/statuses") == 1
    assert found.unread() == []


def test_a_server_that_ignores_the_page_marker_is_whole_only_if_it_gave_all() -> None:
    page = [a_status("9", account={**ACCOUNT, "statuses_count": 1})]
    assert told({"/statuses": page}).unread() == []
    assert [fact for fact, _ in told({"/statuses": [a_status("9")]}).unread()] == ["posts"]


def test_an_old_pinned_post_on_top_does_not_end_the_list() -> None:
    pages = {
        "": [OLD, a_status("9")],
        "9": [a_status("8"), a_status("00", created_at="2026-08-02")],
    }
    found = told({"/statuses": lambda r: Answer(pages[r.query.get("max_id", "")])})
    assert [p.id for p in found.of(Post)] == ["9", "8"]


def test_odd_statuses_are_counted_and_the_rest_read() -> None:
    odd: list[Any] = [
        None,
        [],
        {"id": "4"},
        a_status("5", created_at=None),
        a_status("6", media_attachments=7),
    ]
    found = told(statuses(*odd, a_status("7", account=None, content=None, url=None, poll=[])))
    assert [p.id for p in found.of(Post)] == ["6", "7"]
    assert found.unread() == [("posts", "4 of 7 posts could not be understood")]


@pytest.mark.parametrize(
    "odd", [None, "", 0, True, [], {}, [None], {"id": {}}, [{"id": []}], "\ud800", "https://[x"]
)
@pytest.mark.parametrize("kept", [{"id", "created_at"}, {"id", "created_at", "account"}])
def test_fields_of_any_other_type_never_end_the_reading(odd: Any, kept: set[str]) -> None:
    whole = a_status("1", poll={}, quote={}, interaction_policy={}, replies_count=1)
    spoilt = {name: value if name in kept else odd for name, value in whole.items()}
    answers = {**statuses(spoilt), "/1/context": {"descendants": [{**spoilt, "id": "2"}]}}
    found = told(answers, lambda m: [*m.read(SINCE, UNTIL), *m.reread([Known("comment", "1")])])
    assert found.error is None
    assert {p.id for p in found.of(Post)} <= {"1"}


def test_ids_need_not_be_numbers() -> None:
    me, native = "01F8MH1H7YV1Z7D2C8K2730QBF", "01F8MHAMCHF6Y650WCRSCP4WMY"
    author = {**ACCOUNT, "id": me}
    status = a_status(native, account=author, replies_count=1, edited_at=None)
    status["interaction_policy"] = {"can_reply": {"always": ["followers", "me"]}}
    reply = a_reply("01FVW7JHQFSFK166WWKR8CBA6M", native, in_reply_to_account_id=me)
    found = told(
        {
            "/accounts/lookup": author,
            f"/{me}/statuses": [status, {**OLD, "account": author}],
            f"/{native}/context": {"ancestors": [], "descendants": [reply]},
        }
    )
    (post,) = found.of(Post)
    assert (post.key, post.replies_from) == (f"mastodon:{native}", "followers,me")
    assert [c.own for c in found.of(Comment)] == [False]
    assert found.error is None


def test_pleroma_is_read_as_it_answers() -> None:
    me = "9hEkA5JsvAdlSrocam"
    author = {
        "id": me,
        "acct": "council",
        "username": "council",
        "display_name": "Council :town:",
        "note": "Hello<br/>World",
        "url": "https://pleroma.example.org/users/council",
        "fields": [],
        "locked": False,
        "bot": False,
        "pleroma": {"is_admin": False, "hide_followers": True},
        "source": {
            "fields": [],
            "note": "",
            "pleroma": {"discoverable": False},
            "sensitive": False,
        },
    }
    status = {
        "account": author,
        "application": {"name": "Web", "website": None},
        "card": None,
        "content": 'Open day<br/><a class="hashtag" data-tag="fair" href="https://pleroma.example.org/tag/fair" rel="tag ugc">#fair</a>',
        "created_at": "2026-09-03T14:18:51.000Z",
        "emojis": [],
        "id": "A2xvLMMFLmqUQiZSqG",
        "in_reply_to_account_id": None,
        "in_reply_to_id": None,
        "language": None,
        "media_attachments": [
            {
                "description": "",
                "id": "1155",
                "pleroma": {"mime_type": "image/jpeg"},
                "type": "image",
                "url": "https://pleroma.example.org/media/a.jpg",
            }
        ],
        "mentions": [],
        "pinned": False,
        "pleroma": {
            "content": {"text/plain": "Open day"},
            "conversation_id": 7,
            "emoji_reactions": [{"name": "x", "accounts": [{"acct": "annexample"}]}],
            "in_reply_to_account_acct": "annexample",
        },
        "poll": None,
        "reblog": None,
        "replies_count": 1,
        "sensitive": False,
        "spoiler_text": "",
        "text": None,
        "uri": "https://pleroma.example.org/objects/8fe7611a",
        "url": "https://pleroma.example.org/notice/A2xvLMMFLmqUQiZSqG",
        "visibility": "local",
    }
    reply = a_reply("A3", "A2xvLMMFLmqUQiZSqG", in_reply_to_account_id=me)
    found = told(
        {
            "/accounts/lookup": Answer({"error": "Not implemented"}, 404),
            "/accounts/council": author,
            f"/{me}/statuses": [
                status,
                {**status, "id": "A1", "created_at": "2026-08-01T00:00:00Z"},
            ],
            "/A2xvLMMFLmqUQiZSqG/context": {"ancestors": [], "descendants": [reply]},
            "/instance/rules": Answer({"error": "Not found"}, 404),
        }
    )
    (post,) = found.of(Post)
    assert (post.text, post.links, post.title) == ("Open day\n#fair", (), "")
    assert (post.audience, post.permalink) == (Audience.FOLLOWERS, status["url"])
    assert [m.alt_text for m in found.of(Media)] == [""]
    assert [c.text for c in found.of(Comment)] == ["When?"]
    assert "annexample" not in json.dumps([r.payload for r in found.of(Post)])
    assert {s.name for s in found.of(Setting)} == {"locked", "bot", "sensitive"}
    assert (found.error, found.unread()) == (None, [])


def test_numbers_for_ids_and_missing_fields_will_do() -> None:
    bare = {"id": 7, "created_at": "2026-09-03T10:00:00Z", "content": "Plain &amp; short"}
    found = told(
        {
            "/accounts/lookup": {"id": 3, "username": "council"},
            "/3/statuses": [bare, {"id": 6, "created_at": "2026-08-01"}],
            "/accounts/3": {"id": 3, "username": "council"},
            "/7/context": {"descendants": []},
        }
    )
    (post,) = found.of(Post)
    assert (post.id, post.text, post.audience, post.permalink) == ("7", "Plain & short", None, None)
    (account,) = found.of(Account)
    assert (account.description, account.links, account.contact) == (None, None, None)


def test_a_server_without_a_look_up_takes_the_name_for_an_id() -> None:
    found = told({"/accounts/lookup": Answer("<html>no</html>", 404), "/accounts/council": ACCOUNT})
    assert (found.error, len(found.of(Post))) == (None, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({"error": "This API requires an authenticated user"}, 401), Unauthorized),
        (Answer({"error": "This method requires an authenticated user"}, 422), Unauthorized),
        (Answer({"error": "Gone"}, 410), NotFound),
        (Answer("", 451), Forbidden),
        (Answer({"error": "Validation failed"}, 422), Malformed),
        (Answer("<html>Making sure you are not a bot</html>", 200), Unreachable),
        (Answer("<html>403</html>", 403), Forbidden),
        (Answer("", 200), Malformed),
        (Answer("[" * 100_000, 200), Malformed),
        (Answer("[" * 100_000, 400), Malformed),
        (Answer({"error": "Record not found"}, 200), NotFound),
        (Answer({"statuses": []}, 200), Malformed),
        (Answer("", 302, {"Location": "http://10.0.0.1/"}), Unreachable),
    ],
)
def test_refusals_become_our_errors(answer: Answer, error: type[Exception]) -> None:
    found = told({"/statuses": answer})
    assert type(found.error) is error
    assert len(found.asked) == 2


def test_a_server_that_shows_nothing_to_the_public_says_what_to_do() -> None:
    found = told({"/statuses": Answer({"error": "This API requires an authenticated user"}, 401)})
    assert isinstance(found.error, Unauthorized)
    assert "without a token" in found.error.message
    assert "Development, New application" in found.error.remedy


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"X-RateLimit-Reset": "2026-09-08T00:05:00.000000Z"}, 5),
        ({"X-RateLimit-Reset": "1788825900"}, 5),
        ({"X-RateLimit-Reset": "1788825900", "Retry-After": "60"}, 1),
        ({"X-RateLimit-Reset": "soon"}, None),
    ],
)
def test_a_limit_says_until_when_in_any_of_its_spellings(
    headers: dict[str, str], minutes: int | None
) -> None:
    given = {"Date": "Tue, 08 Sep 2026 00:00:00 GMT", **headers}
    found = told({"/statuses": Answer({"error": "Too many requests"}, 429, given)})
    assert isinstance(found.error, RateLimited)
    if minutes is None:
        assert found.error.retry_at is None
    else:
        assert found.error.retry_at is not None
        left = found.error.retry_at - datetime.now(UTC)
        assert timedelta(minutes=minutes - 1) < left <= timedelta(minutes=minutes)


def test_a_suspended_account_is_not_found_and_a_moved_one_is_read_with_a_word() -> None:
    gone = {**ACCOUNT, "suspended": True}
    found = told({"/statuses": [], "/accounts/lookup": gone, f"/accounts/{ME}": gone})
    assert isinstance(found.error, NotFound)
    moved = {**ACCOUNT, "moved": {"acct": "council@new.example", "url": "https://new.example/@c"}}
    found = told({**statuses(a_status(account=moved)), "/accounts/lookup": moved})
    assert [fact for fact, _ in found.unread()] == ["posts"]
    assert "https://new.example/@c" in found.unread()[0][1]


def test_an_unchanged_week_costs_one_request() -> None:
    cache: dict[str, str] = {}
    with LoopbackServer(Recorded()) as server:
        first = told(at=server, cache=cache)
        later = told(ask=lambda m: m.read(UNTIL, LATER), at=server, cache=cache)
        end = LATER + timedelta(days=28)
        month = told(ask=lambda m: m.read(LATER, end), at=server, cache=cache)
    assert len(first.asked) == 3
    assert later.asked == [f"/accounts/{ME}/statuses"]
    assert (len(later.of(Account)), later.of(Post), later.unread()) == (1, [], [])
    assert month.asked[-1] == "/instance/rules"


@pytest.mark.parametrize("written", ["", "7", "{}", '{"asked": "soon", "rules": []}'])
def test_a_damaged_memory_of_the_rules_is_none(written: str) -> None:
    with LoopbackServer(Recorded()) as server:
        found = told(at=server, cache={f"mastodon:rules:{server.url}": written})
    assert found.asked[-1] == "/instance/rules"


def test_rules_that_cannot_be_had_cost_nothing_else() -> None:
    found = told({"/instance/rules": Answer("<html>", 502)})
    assert (found.error, found.unread(), len(found.of(Post))) == (None, [], 1)


def test_a_handle_never_leads_into_a_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(*_: object, **__: object) -> list[Any]:
        return [(2, 1, 6, "", ("10.0.0.7", 443))]

    monkeypatch.setattr("socket.getaddrinfo", inside)
    monkeypatch.setattr("connectors.mastodon_client.get_environ_proxies", lambda _: {})
    reader = Mastodon(an_access(None, "@council@inside.example"))
    with pytest.raises(Forbidden, match="private network"):
        list(reader.read(SINCE, UNTIL))
    reader.close()
    assert reader.usage.requests == 0


def test_an_id_that_the_server_has_forgotten_is_looked_up_again() -> None:
    cache: dict[str, str] = {}
    again = {**ACCOUNT, "id": "2"}
    with LoopbackServer(Recorded()) as server:
        told(at=server, cache=cache)
        server.site = Recorded(
            {
                "/accounts/lookup": again,
                f"/{ME}/statuses": Answer({"error": "Record not found"}, 404),
                "/2/statuses": [a_status(account=again), OLD],
            }
        )
        found = told(at=server, cache=cache)
    assert (found.error, [a.id for a in found.of(Account)]) == (None, ["2"])


def test_requests_are_one_for_each_forty_statuses_and_each_conversation() -> None:
    def page(request: Request) -> Answer:
        last = int(request.query.get("max_id", 101))
        ids = range(last - 1, max(last - 41, 0), -1)
        return Answer([a_status(str(n), replies_count=int(n % 50 == 0)) for n in ids])

    below = {"descendants": [a_reply("900", "50")]}
    found = told({"/statuses": page, "/50/context": below, "/100/context": {"descendants": []}})
    paths = [path.rpartition("/")[2] for path in found.asked]
    assert {p: paths.count(p) for p in paths} == {
        "lookup": 1,
        "statuses": 4,  # 100 posts, and a page that shows the end: none is older than the window
        "rules": 1,
        "context": 2,
    }
    assert len(found.of(Post)) == 100


def reread(*known: Known, before: bool = False) -> Any:
    def ask(reader: Mastodon) -> Iterable[Reading]:
        if before:
            list(reader.read(SINCE, UNTIL))
        return reader.reread(known)

    return ask


def test_what_the_timeline_showed_is_not_asked_for_again() -> None:
    found = told(ask=reread(Known("post", "1"), Known("post", "0", comment_count=0), before=True))
    assert [p.id for p in found.of(Post)] == ["1"]
    assert len(found.asked) == 3


def test_known_statuses_are_asked_for_together() -> None:
    asked = reread(Known("post", "1"), Known("post", "0"))
    found = told({"/api/v1/statuses": [a_status("1"), OLD]}, asked)
    assert {p.id for p in found.of(Post)} == {"0", "1"}
    assert found.asked == ["/accounts/lookup", "/statuses"]


@pytest.mark.parametrize(
    "together",
    [
        Answer({"error": "Not found"}, 404),
        Answer("<html>", 404),
        Answer({"error": "missing parameter"}, 400),
        Answer({"error": "This method requires an authenticated user"}, 422),
        Answer([]),
        Answer([a_status("55")]),
        Answer({"id": "1"}),
        Answer([None]),
    ],
)
def test_servers_that_do_not_give_many_at_once_are_asked_one_by_one(together: Answer) -> None:
    answers = {"/api/v1/statuses": together, "/statuses/1": a_status("1"), "/statuses/0": OLD}
    found = told(answers, reread(Known("post", "1"), Known("post", "0"), Known("post", "5")))
    assert {p.id for p in found.of(Post)} == {"0", "1"}
    assert found.of(Gone) == [Gone("post", "5")]


def test_what_comes_in_place_of_another_was_not_read_again() -> None:
    found = told({"/statuses/5": a_status("6")}, reread(Known("post", "5")))
    assert (found.of(Post), found.of(Gone)) == ([], [])


def test_a_hostile_id_is_never_a_path() -> None:
    known = [
        Known("post", "../../x"),
        Known("post", ".."),
        Known("post", "a?b#c"),
        Known("post", "a/b"),
    ]
    found = told(ask=reread(*known))
    assert [p for p in found.asked if p not in {"/accounts/lookup", "/statuses"}] == []


def test_a_medium_is_read_with_its_post_and_a_removed_one_is_gone() -> None:
    status = a_status("1", media_attachments=[{"id": "9", "type": "image", "description": "Now"}])
    known = [Known("media", "9", post="1"), Known("media", "8", post="1")]
    found = told({"/statuses/1": status}, reread(*known))
    assert [m.alt_text for m in found.of(Media)] == ["Now"]
    assert found.of(Gone) == [Gone("media", "8")]


def test_a_comment_comes_with_the_account_s_answer_and_as_it_was_first_told() -> None:
    question = a_reply("2", "1", replies_count=1)
    answer = a_status("3", in_reply_to_id="2", in_reply_to_account_id="77")
    (first, *_) = comments(question, answer)
    answers = {
        "/api/v1/statuses": [question, a_status("1", replies_count=1)],
        "/2/context": {"ancestors": [], "descendants": [answer]},
    }
    again, ours = told(answers, reread(Known("comment", "2", post="1"))).of(Comment)
    assert again == first
    assert (ours.key, ours.parent, ours.post) == ("mastodon:3:answer", "mastodon:2", "mastodon:1")


def token(**answers: Any) -> dict[str, Any]:
    source = {"privacy": "private", "sensitive": False, "follow_requests_count": 2}
    return {
        "/verify_credentials": {**ACCOUNT, "source": source},
        "/v2/filters": [{"title": "Rude", "keywords": [{"keyword": "oaf"}]}],
        "/notifications": [],
        **answers,
    }


SECRET = {"token": "Sec-ret_Token123"}


def test_a_token_shows_the_account_s_own_settings_and_mentions() -> None:
    named = a_reply("40", "", in_reply_to_id=None, in_reply_to_account_id=None)
    mention = {"id": "4", "type": "mention", "status": named}
    other = {"id": "3", "type": "favourite", "status": a_reply("41", "1")}
    private = a_reply("42", "", visibility="direct", mentions=[{"id": ME}])
    message = {"id": "2", "type": "mention", "status": private}
    odd = [
        None,
        {"id": "1", "type": "mention"},
        {"id": "0", "type": "mention", "status": {"id": 1}},
    ]
    given = [mention, other, message, *odd]
    found = told(token(**{"/notifications": given}), secrets=SECRET)
    settings = {s.name: json.loads(s.value) for s in found.of(Setting)}
    assert (settings["privacy"], settings["follow_requests_count"]) == ("private", 2)
    assert settings["filters"][0]["keywords"] == [{"keyword": "oaf"}]
    assert [(c.id, c.kind, c.post) for c in found.of(Comment)] == [
        ("40", CommentKind.MENTION, None)
    ]
    assert set(found.headers) == {f"Bearer {SECRET['token']}"}
    assert SECRET["token"] not in repr(found.readings)


def test_a_wrong_token_is_an_error_though_all_is_public() -> None:
    refused = Answer({"error": f"The access token {SECRET['token']} is invalid"}, 401)
    found = told({"/verify_credentials": refused}, secrets=SECRET)
    assert isinstance(found.error, Unauthorized)
    assert "wrong, expired or revoked" in found.error.message
    assert SECRET["token"] not in found.error.message


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"error": "Too many requests"}, 429),
        Answer("<html>", 502),
        Answer("{", 200),
        Answer("", 302, {"Location": "https://elsewhere.example/"}),
        Answer({**ACCOUNT, "note": f"my token is {SECRET['token']}", "access_token": "x"}),
    ],
)
def test_a_token_is_never_logged_or_told(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found = told(token(**{"/verify_credentials": answer}), secrets=SECRET)
    said = [caplog.text, *(str(r.args) for r in caplog.records), repr(found.error)]
    assert [text for text in said if SECRET["token"] in text] == []


def test_a_token_that_is_the_name_of_a_file_is_not_read_from_it(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("other", "utf-8")
    found = told(token(), secrets={"token": str(file)})
    assert set(found.headers) == {f"Bearer {file}"}


def test_a_token_of_another_account_reads_what_is_public_and_says_so() -> None:
    other = {**ACCOUNT, "id": "5", "username": "clerk", "acct": "clerk", "source": {"privacy": "x"}}
    found = told(token(**{"/verify_credentials": other}), secrets=SECRET)
    assert [a.id for a in found.of(Account)] == [ME]
    assert [fact for fact, _ in found.unread()] == ["settings"]
    assert "privacy" not in {s.name for s in found.of(Setting)}


def test_a_token_without_a_scope_costs_that_fact_only() -> None:
    outside = Answer({"error": "This action is outside the authorized scopes"}, 403)
    found = told(token(**{"/v2/filters": outside, "/notifications": outside}), secrets=SECRET)
    assert [fact for fact, _ in found.unread()] == ["comments", "settings"]
    assert (found.error, len(found.of(Post))) == (None, 1)
    assert "locked" in {s.name for s in found.of(Setting)}


def test_a_list_of_mentions_that_repeats_itself_ends() -> None:
    mention = {"id": "4", "type": "mention", "status": a_reply("40", "1")}
    found = told(token(**{"/notifications": [mention]}), secrets=SECRET)
    assert found.asked.count("/notifications") == 2


@pytest.mark.parametrize("odd", ["two words", "línea", "a\nb", "tab\there"])
def test_a_token_that_cannot_be_one_is_never_sent(odd: str) -> None:
    with pytest.raises(Unauthorized) as fault:
        told(secrets={"token": odd})
    assert odd not in str(fault.value)


@pytest.mark.parametrize(("stated", "reasons"), [(500, 1), (0, 0), (None, 0)])
def test_posts_that_are_counted_and_not_shown_are_no_quiet_week(
    stated: int | None, reasons: int
) -> None:
    profile = {**ACCOUNT, "statuses_count": stated}
    found = told({"/statuses": [], "/accounts/lookup": profile})
    posts = [one for one in found.unread() if one[0] == "posts"]
    assert len(posts) == reasons
    assert all("counts 500 posts" in reason for _, reason in posts)
