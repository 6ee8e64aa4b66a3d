from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors.comments import CONNECTOR, Comments
from connectors.comments_page import Engine, engine
from demo.disqus import KEY, TOKEN, DisqusSite, comment_id
from demo.server import Answer, Fault, LoopbackServer
from demo.town import TownAccount, TownComment, TownPost
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
    Comment,
    CommentKind,
    CommentState,
    Gone,
    Known,
    Setting,
    Unread,
)
from tests.connectors.feeds import Shown, Told, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
THURSDAY = datetime(2026, 9, 3, 10, tzinfo=UTC)
KEYS = {"key": KEY}
MODERATOR = {"key": KEY, "token": TOKEN}


def said(
    local: str, text: str, by: str = "Ann Example", hours: int = 1, **more: Any
) -> TownComment:
    at = THURSDAY + timedelta(hours=hours)
    return TownComment(id=local, at=at, by=by, text=text, **more)


def a_site(*comments: TownComment) -> TownAccount:
    return TownAccount(
        platform="disqus",
        handle="disqus:snoring",
        name="News",
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
        post=(
            TownPost(id="bins", at=THURSDAY, title="Bins", comment=comments),
            TownPost(id="road", at=THURSDAY, title="Road", comment=(said("r", "Elsewhere"),)),
        ),
    )


def disqus(
    *comments: TownComment,
    handle: str = "disqus:snoring#The Council",
    secrets: Mapping[str, str] | None = None,
    faults: Iterable[Fault] = (),
    asked: Callable[[Comments], Iterable[Reading]] = lambda c: c.read(SINCE, UNTIL),
) -> Told:
    with LoopbackServer(DisqusSite(a_site(*comments), UNTIL)) as server:
        server.faults.extend(faults)
        return ask(server, Comments, handle, asked, secrets=KEYS if secrets is None else secrets)


def paths(told: Told) -> list[str]:
    return [request.path for request in told.log]


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Comments


def test_the_comments_of_a_disqus_forum_are_read() -> None:
    told = disqus(said("a", "When?"), said("b", "On Monday.", "council", 2, reply_to="a"))
    by_text = {c.text: c for c in told.of(Comment)}
    asked, answered = by_text["When?"], by_text["On Monday."]
    assert (asked.own, answered.own) == (False, True)
    assert (answered.parent, answered.kind) == (asked.key, CommentKind.REPLY)
    assert asked.post == answered.post != by_text["Elsewhere"].post
    assert str(asked.permalink).startswith("https://www.example.gov.uk/news/bins#comment-")
    assert len(told.log) == 1
    assert told.unread() == []
    assert len(told.of(Account)) == 1


def test_nobody_s_name_or_address_is_kept() -> None:
    comments = disqus(said("a", "When?")).of(Comment)
    kept = repr(comments) + json.dumps([c.payload for c in comments])
    assert not any(word in kept for word in ("Ann", "example.com", "192.0.2.7"))


def test_every_page_of_a_forum_is_followed_and_only_the_window_is_read() -> None:
    many = [said(f"c{n}", f"Comment {n}", hours=n % 90) for n in range(250)]
    told = disqus(*many, said("old", "Old", hours=-24 * 20), said("new", "New", hours=24 * 6))
    assert len(told.of(Comment)) == 251
    assert len(told.log) == 3


def test_what_waits_or_was_set_aside_is_read_with_a_moderator_s_token() -> None:
    held, spam = said("h", "Held", state="held"), said("s", "Spam", state="spam")
    told = disqus(held, spam, secrets=MODERATOR)
    states = {c.text: c.state for c in told.of(Comment)}
    assert (states["Held"], states["Spam"]) == (CommentState.HELD, CommentState.SPAM)
    assert not any(u.fact == "comments.state" for u in told.of(Unread))
    public = disqus(held, spam)
    assert {c.text for c in public.of(Comment)} == {"Elsewhere"}
    assert any(u.fact == "comments.state" and u.permanent for u in public.of(Unread))


def test_without_a_name_nobody_knows_what_the_council_wrote() -> None:
    told = disqus(said("a", "When?", "council"), handle="disqus:snoring")
    assert {c.own for c in told.of(Comment)} == {None}


def test_disqus_without_a_key_is_unauthorized_and_nothing_is_sent() -> None:
    with pytest.raises(Unauthorized, match="key"):
        disqus(secrets={})


@pytest.mark.parametrize("secrets", [{"key": "w" * 40}, {"key": KEY, "token": "w" * 40}])
def test_a_wrong_key_is_said_to_be_wrong_and_never_told(
    secrets: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = disqus(secrets=secrets)
    assert isinstance(told.error, Unauthorized)
    assert "w" * 40 not in caplog.text + repr(told.error) + repr(told.readings)


def test_a_key_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = disqus(said("a", "x"), secrets=MODERATOR)
    texts = caplog.text + "".join(str(record.args) for record in caplog.records)
    assert not any(secret in texts + repr(told.readings) for secret in MODERATOR.values())


REFUSED: dict[str, type[PlatformError]] = {
    "rate_limited": RateLimited,
    "rate_limited_no_header": RateLimited,
    "server_error": Unreachable,
    "expired_token": Unauthorized,
    "forbidden": Forbidden,
    "not_found": NotFound,
    "html": Unreachable,
    "cut": Unreachable,
    "truncated": Malformed,
    "repeated_cursor": Malformed,
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_refusal_is_the_error_for_it(fault: str) -> None:
    told = disqus(said("a", "x"), faults=[Fault(fault)])
    assert type(told.error) is REFUSED[fault]
    assert len(told.log) <= 2


def test_a_limit_says_until_when() -> None:
    told = disqus(faults=[Fault("rate_limited")])
    assert isinstance(told.error, RateLimited)
    assert told.error.retry_at
    assert timedelta(minutes=14) < told.error.retry_at - datetime.now(UTC) <= timedelta(minutes=15)


def test_a_comment_that_cannot_be_understood_costs_no_other() -> None:
    told = disqus(said("a", "x"), said("b", "y", hours=2), faults=[Fault("malformed")])
    assert [u.reason for u in told.unread()] == ["1 of 3 comments could not be understood"]
    assert {c.text for c in told.of(Comment)} == {"x", "Elsewhere"}


def test_a_known_comment_comes_with_the_answers_of_the_council_or_is_gone() -> None:
    first, second = said("a", "When?"), said("b", "On Monday.", "council", 2, reply_to="a")
    post = a_site(first).post[0]
    known = [Known("comment", comment_id(post, first)), Known("comment", "404")]
    told = disqus(first, second, asked=lambda c: c.reread(known))
    assert {c.text for c in told.of(Comment)} == {"When?", "On Monday."}
    assert told.of(Gone) == [Gone("comment", "404")]


@pytest.mark.parametrize("code", [1, 3, 6, 7, 10, 99, -1])
def test_a_code_that_we_cannot_help_is_malformed(code: int) -> None:
    body = json.dumps({"code": code, "response": f"No. api_key={KEY}"})
    site = Shown({"/api/3.0/posts/list.json": Answer(body, 400)})
    with LoopbackServer(site) as server:
        told = ask(server, Comments, "disqus:x", lambda c: c.read(SINCE, UNTIL), secrets=KEYS)
    assert isinstance(told.error, Malformed)
    assert KEY not in str(told.error)


ISSO_INFO = json.dumps({"version": "0.14.0", "host": "x", "origin": "y", "moderation": False})
AT = THURSDAY.timestamp()
THREAD: dict[str, Any] = {
    "id": None,
    "total_replies": 3,
    "replies": [
        {
            "id": 1,
            "parent": None,
            "text": "<p>When?</p>",
            "author": "Ann Example",
            "mode": 1,
            "created": AT,
            "modified": None,
            "replies": [
                {
                    "id": 2,
                    "parent": 1,
                    "text": "<p>Soon</p>",
                    "author": "The Council",
                    "mode": 1,
                    "created": AT + 60,
                    "modified": AT + 90,
                },
            ],
        },
        {"id": 3, "parent": None, "text": "", "author": None, "mode": 4, "created": AT},
        {"id": 4, "parent": None, "text": "<p>Old</p>", "mode": 1, "created": 1_500_000_000.5},
    ],
}


def isso(
    handle: str = "isso:https://c.example.org/?uri=/news#The Council",
    asked: Callable[[Comments], Iterable[Reading]] = lambda c: c.read(SINCE, UNTIL),
    thread: str = json.dumps(THREAD),
    **bodies: Any,
) -> Told:
    told = {"/info": ISSO_INFO, "/": thread, **{f"/{k}": v for k, v in bodies.items()}}
    with LoopbackServer(Shown(told, "application/json")) as server:
        return ask(server, Comments, handle, asked)


def test_the_comments_of_an_isso_thread_are_read() -> None:
    told = isso()
    asked, answered = told.of(Comment)
    assert (asked.text, asked.own, answered.own) == ("When?", False, True)
    assert (answered.parent, answered.kind) == (asked.key, CommentKind.REPLY)
    assert answered.edited_at == THURSDAY + timedelta(seconds=90)
    assert told.one(Setting).value == "false"
    assert "Example" not in repr(told.of(Comment)) + json.dumps(
        [c.payload for c in told.of(Comment)]
    )
    assert len(told.log) == 2


def test_the_latest_comments_of_a_server_are_read_where_it_lists_them() -> None:
    listed = [{**THREAD["replies"][0], "uri": "/news"}]
    told = isso("isso:https://c.example.org", latest=json.dumps(listed))
    assert told.one(Comment).post == "comments:acc/thread-/news"
    silent = isso("isso:https://c.example.org")
    assert isinstance(silent.error, NotFound)
    assert "latest-enabled" in silent.error.remedy


def test_a_comment_of_isso_that_its_page_no_longer_shows_is_gone() -> None:
    known = [Known("comment", n, post="acc/thread-/news") for n in ("1", "3", "77")]
    told = isso(asked=lambda c: c.reread(known))
    assert {c.id for c in told.of(Comment)} == {"1", "2"}
    assert set(told.of(Gone)) == {Gone("comment", "3"), Gone("comment", "77")}


@pytest.mark.parametrize("body", ["{}", "[]", '{"hello": 1}'])
def test_a_server_that_is_no_isso_is_malformed(body: str) -> None:
    assert isinstance(isso(info=body).error, Malformed)


def test_an_old_isso_that_knows_no_info_is_read() -> None:
    assert len(isso(info=Answer("", 404)).of(Comment)) == 2


@pytest.mark.parametrize("odd", [{"created": None}, {"created": "soon"}, {"id": None}])
def test_an_odd_comment_of_isso_costs_no_other(odd: dict[str, Any]) -> None:
    replies = [{**THREAD["replies"][0], **odd, "replies": []}, THREAD["replies"][0]]
    body = json.dumps({**THREAD, "replies": replies})
    told = isso(thread=body)
    assert len(told.of(Comment)) == 2
    assert [u.fact for u in told.unread()] == ["comments"]


def test_comments_that_a_server_keeps_back_are_said_to_be_missing() -> None:
    answered = {**THREAD["replies"][0], "hidden_replies": 2}
    body = json.dumps({**THREAD, "hidden_replies": 3, "replies": [answered]})
    told = isso(thread=body)
    assert [(u.fact, u.partial) for u in told.unread()] == [("comments", True)]
    assert "5" in told.unread()[0].reason


@pytest.mark.parametrize(
    "odd", [{"hidden_replies": 1}, {"replies": [{"id": 77, "created": "soon"}]}]
)
def test_no_comment_is_gone_where_not_all_could_be_read(odd: dict[str, Any]) -> None:
    known = [Known("comment", "77", post="acc/thread-/news")]
    told = isso(asked=lambda c: c.reread(known), thread=json.dumps({**THREAD, **odd}))
    assert told.error is None
    assert told.of(Gone) == []


@pytest.mark.parametrize("start", ["", "https://", "http://"])
def test_a_comment_on_a_page_has_a_link_however_the_page_is_written(start: str) -> None:
    page = (
        '<section id="isso-thread" data-isso-id="/news"></section><script data-isso="/"></script>'
    )
    told = isso(f"{start}www.example.gov.uk/news#The Council", news=page)
    links = {c.permalink for c in told.of(Comment)}
    assert f"{start or 'https://'}www.example.gov.uk/news#isso-1" in links


PAGES = {
    '<script>var disqus_shortname = "snoring";</script>': Engine(
        "disqus", "snoring", "https://x.example/p"
    ),
    '<script>s.src = "https://snoring.disqus.com/embed.js";</script>': Engine(
        "disqus", "snoring", "https://x.example/p"
    ),
    "<script>s.src = '//snoring-news.disqus.com/count.js'</script>": Engine(
        "disqus", "snoring-news", "https://x.example/p"
    ),
    '<script data-isso="//c.example/isso/" src="//c.example/isso/js/embed.min.js"></script>': Engine(
        "isso", "https://c.example/isso", "/p"
    ),
    '<script src="https://c.example/js/embed.min.js"></script><section id="isso-thread"'
    ' data-isso-id="/other">': Engine("isso", "https://c.example", "/other"),
    '<form action="/wp-comments-post.php" id="commentform">': Engine("wordpress"),
    '<script src="https://cdn.viafoura.net/entry/index.js"></script>': Engine("Viafoura"),
    '<script src="https://launcher.spot.im/spot/sp_1"></script>': Engine("OpenWeb"),
    "<script>Coral.createStreamEmbed({})</script>": Engine("Coral"),
    '<div class="fb-comments" data-href="x"></div>': Engine("Facebook"),
    "<p>No comments here.</p>": None,
}


@pytest.mark.parametrize(("html", "found"), PAGES.items())
def test_a_page_tells_its_comment_system(html: str, found: Engine | None) -> None:
    assert engine(html, "https://x.example/p") == found


def page(html: str, **more: Any) -> Told:
    with LoopbackServer(Shown({"/p": html}, "text/html")) as server:
        return ask(server, Comments, "{}/p", lambda c: c.read(SINCE, UNTIL), base=False, **more)


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ('<script src="https://cdn.viafoura.net/e.js"></script>', "Viafoura"),
        ("<p>None</p>", "no comment system"),
    ],
)
def test_a_system_that_lets_nobody_read_is_for_a_person_to_look_at(html: str, word: str) -> None:
    told = page(html)
    unread = next(u for u in told.of(Unread) if u.fact == "comments")
    assert unread.permanent
    assert word in unread.reason
    assert "person" in unread.remedy
    assert told.error is None


def test_wordpress_s_own_comments_are_left_to_their_connector() -> None:
    (unread,) = page('<form id="commentform">').unread()
    assert 'platform = "wordpress"' in unread.remedy


def test_a_page_cannot_lead_into_our_network() -> None:
    html = '<script data-isso="http://10.0.0.1/" src="http://10.0.0.1/js/embed.min.js"></script>'
    assert isinstance(page(html).error, Forbidden)


def test_a_page_that_is_not_there_is_not_found() -> None:
    with LoopbackServer(Shown()) as server:
        told = ask(server, Comments, "{}/p", lambda c: c.read(SINCE, UNTIL), base=False)
    assert isinstance(told.error, NotFound)
