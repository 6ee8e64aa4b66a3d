from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from connectors.x import CONNECTOR, X
from demo.server import Answer, LoopbackServer
from demo.x import XSite
from demo.x_posts import account_id
from socialaudit.errors import Forbidden, NotFound, Unreachable
from socialaudit.models import Account, Comment, Gone, Known, Media, Post, Setting, Unread
from tests.connectors.case import NOW, a_town
from tests.connectors.case import SINCE as WEEK
from tests.connectors.case import UNTIL as END
from tests.connectors.x_answers import (
    DATE,
    OTHER,
    SINCE,
    TOKEN,
    UID,
    UNTIL,
    Recorded,
    Told,
    a_page,
    a_post,
    a_problem,
    a_reply,
    a_user,
    an_access,
    read,
    talk,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.server import Request

HANDLE = "LittleSnoringTC"
TIMELINE = f"/2/users/{account_id(HANDLE)}/tweets"
PROTECTED = {"errors": [a_problem("not-authorized-for-resource", UID)]}


def reread(recorded: Recorded, known: Sequence[Known]) -> Told:
    return talk(recorded, lambda x: x.reread(known))


def a_lookup(*items: Any, gone: Sequence[str] = (), **more: Any) -> dict[str, Any]:
    errors = [a_problem("resource-not-found", native) for native in gone]
    return {"data": list(items), "errors": errors, "includes": {"users": [a_user()]}, **more}


def paths(cache: dict[str, str], site: XSite, handle: str = HANDLE) -> list[str]:
    with LoopbackServer(site) as server:
        x = X(an_access(server.url, handle=handle, cache=cache))
        list(x.read(WEEK, END))
        x.close()
    return [request.path for request in server.log]


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is X


@pytest.mark.parametrize(("posts", "timeline"), [(1, 1), (100, 1), (101, 2), (200, 2), (201, 3)])
def test_a_week_takes_no_more_requests_than_it_has_pages(posts: int, timeline: int) -> None:
    site = XSite(a_town("x", handle=HANDLE, posts=posts, comments=101), NOW, TOKEN)
    cache: dict[str, str] = {}
    first, later = paths(cache, site), paths(cache, site)
    assert first == ["/2/users/by/username/LittleSnoringTC", *later]
    assert later == [TIMELINE] * timeline + ["/2/tweets/search/all"]


def test_a_later_week_of_an_account_without_posts_takes_three_requests() -> None:
    site = XSite(replace(a_town("x", handle=HANDLE, posts=1, comments=0), post=()), NOW, TOKEN)
    cache: dict[str, str] = {}
    paths(cache, site)
    profile = f"/2/users/{account_id(HANDLE)}"
    assert paths(cache, site) == [TIMELINE, profile, "/2/tweets/search/all"]


def test_days_that_the_recent_search_reaches_are_searched_there() -> None:
    site = XSite(a_town("x", handle=HANDLE, posts=3, comments=230), NOW, TOKEN)
    with LoopbackServer(site) as server:
        x = X(an_access(server.url, handle=HANDLE))
        comments = [
            r for r in x.read(WEEK.replace(day=WEEK.day + 1), END) if isinstance(r, Comment)
        ]
        x.close()
    searches = [r.path for r in server.log if "search" in r.path]
    assert searches == ["/2/tweets/search/recent"] * (-(-len(comments) // 100))


def test_an_app_without_the_archive_reads_the_last_seven_days_and_says_so() -> None:
    site = XSite(a_town("x", handle=HANDLE, posts=3, comments=20), NOW, TOKEN, archive=False)
    with LoopbackServer(site) as server:
        x = X(an_access(server.url, handle=HANDLE))
        readings = list(x.read(WEEK, END))
        x.close()
    (unread,) = [r for r in readings if isinstance(r, Unread) and not r.permanent]
    assert (unread.fact, unread.partial) == ("comments", True)
    assert len([r for r in readings if isinstance(r, Comment)]) == 20


def test_what_x_never_tells_is_said_each_time() -> None:
    told = read()
    assert {u.fact for u in told.of(Unread) if u.permanent} == {"media.captions", "comments.state"}


@pytest.mark.parametrize(
    "handle",
    [
        HANDLE,
        f"@{HANDLE}",
        f" {HANDLE} ",
        f"https://x.com/{HANDLE}",
        f"twitter.com/{HANDLE}/",
        f"https://x.com/@{HANDLE}?lang=en",
        f"https://www.twitter.com/#!/{HANDLE}",
        f"https://mobile.twitter.com/{HANDLE}/with_replies",
        f"https://x.com/{HANDLE}/status/20?s=20",
    ],
)
def test_a_handle_may_be_written_in_many_ways(handle: str) -> None:
    recorded = Recorded(users={"data": a_user()}, posts=a_page(), archive=a_page())
    assert talk(recorded, handle=handle).paths()[0] == f"/2/users/by/username/{HANDLE}"


@pytest.mark.parametrize("handle", [UID, f"https://x.com/i/user/{UID}", f"{UID} "])
def test_a_handle_may_be_the_id(handle: str) -> None:
    recorded = Recorded(posts=a_page(a_post()), archive=a_page())
    assert talk(recorded, handle=handle).paths()[0] == f"/2/users/{UID}/tweets"


@pytest.mark.parametrize("handle", ["", "Little Snoring", "..%2Fme", "a" * 30, "ünïcode"])
def test_a_handle_that_x_cannot_have_is_not_asked_for(handle: str) -> None:
    told = talk(Recorded(), handle=handle)
    assert isinstance(told.error, NotFound)
    assert told.log == []


def test_an_account_that_is_not_there_is_not_found() -> None:
    recorded = Recorded(users={"errors": [a_problem("resource-not-found", HANDLE)]})
    assert isinstance(talk(recorded, handle=HANDLE).error, NotFound)


@pytest.mark.parametrize("known", ["", "x y", "12", "12 name with spaces", "../.. name"])
def test_an_odd_entry_in_the_cache_is_ignored(known: str) -> None:
    recorded = Recorded(users={"data": a_user()}, posts=a_page(), archive=a_page())
    told = talk(recorded, handle=HANDLE, cache={f"x:user:{HANDLE.lower()}": known})
    assert told.paths()[0] == f"/2/users/by/username/{HANDLE}"


@pytest.mark.parametrize("user", [{}, {"id": "me"}, {"id": UID, "username": "a/../b"}, []])
def test_a_profile_without_an_id_or_a_name_ends_the_reading(user: Any) -> None:
    told = talk(Recorded(users={"data": user}), handle=HANDLE)
    assert told.error is not None
    assert told.of(Account) == []


def test_a_protected_account_is_read_as_far_as_it_shows() -> None:
    user = a_user(protected=True)
    told = talk(Recorded(users={"data": user}, posts=PROTECTED, archive=a_page(a_reply("5", "4"))))
    assert told.error is None
    assert told.one(Account).protected
    assert [s.value for s in told.of(Setting)] == ["true"]
    assert [c.id for c in told.of(Comment)] == ["5"]
    unread = told.unread()
    assert {fact: u.partial for fact, u in unread.items()} == {
        "posts": False,
        "media": False,
        "comments": True,
    }
    assert "nobody can tell what was answered" in unread["comments"].reason
    assert "follower" in unread["posts"].remedy


def test_an_account_whose_profile_alone_is_missing_is_still_read() -> None:
    page = a_page(a_post())
    del page["includes"]
    told = talk(Recorded(posts=page, archive=a_page(a_reply("2000", "1000"))))
    assert (len(told.of(Post)), len(told.of(Comment))) == (1, 1)
    assert set(told.unread()) == {"account", "settings"}


def test_an_account_of_which_nothing_is_there_is_not_found() -> None:
    gone = {"errors": [a_problem("resource-not-found", UID)]}
    assert isinstance(talk(Recorded(users=gone, posts=gone)).error, NotFound)


def test_a_refused_search_costs_the_comments_only() -> None:
    told = read(a_page(a_post()), Answer(a_problem("client-forbidden"), 403, DATE))
    assert [p.id for p in told.of(Post)] == ["1000"]
    assert not told.unread()["comments"].partial
    assert told.unread()["comments"].cause == "NotFound"


def test_a_search_that_breaks_off_leaves_the_comments_read_in_part() -> None:
    pages = (a_page(a_reply("2001", "1000"), token="t"), Answer(a_problem("x"), 400, DATE))
    told = read(a_page(a_post("1000")), pages)
    assert [c.id for c in told.of(Comment)] == ["2001"]
    assert told.unread()["comments"].partial


def test_a_server_that_fails_half_way_keeps_what_was_read() -> None:
    told = read((a_page(a_post(), token="t"), Answer("", 503, DATE)))
    assert isinstance(told.error, Unreachable)
    assert [p.id for p in told.of(Post)] == ["1000"]


def test_a_timeline_that_goes_on_before_the_window_is_left_there() -> None:
    old = a_post("1", created_at="2026-08-01T00:00:00.000Z")
    told = read((a_page(a_post(), token="a"), a_page(old, token="b"), a_page(token="c")))
    assert told.paths().count(f"/2/users/{UID}/tweets") == 2


def test_a_page_that_reaches_back_before_the_window_is_the_last() -> None:
    old = a_post("1", created_at="2026-08-01T00:00:00.000Z")
    told = read((a_page(a_post(), old, token="a"), Answer("", 404, DATE)))
    assert told.paths().count(f"/2/users/{UID}/tweets") == 1
    assert "posts" not in told.unread()


def test_an_old_post_among_newer_ones_is_not_the_end() -> None:
    old = a_post("1", created_at="2026-08-01T00:00:00.000Z")
    told = read((a_page(old, a_post("1000"), token="a"), a_page(a_post("999"))))
    assert [p.id for p in told.of(Post)] == ["1000", "999"]


def test_pages_that_overlap_give_each_post_once() -> None:
    told = read((a_page(a_post("1002"), a_post("1001"), token="a"), a_page(a_post("1001"))))
    assert [p.id for p in told.of(Post)] == ["1002", "1001"]


def test_a_comment_is_given_once_though_read_and_read_again() -> None:
    reply = a_reply("2000", "1000")
    grown = a_post("1000", public_metrics={"reply_count": 2})
    recorded = Recorded(
        posts=a_page(a_post()), archive=a_page(reply), recent=a_page(reply), lookup=a_lookup(grown)
    )
    known = [Known("post", "1000", comment_count=1)]
    told = talk(recorded, lambda x: [*x.read(SINCE, UNTIL), *x.reread(known)])
    assert [c.id for c in told.of(Comment)] == ["2000"]


def test_a_connector_can_read_twice() -> None:
    recorded = Recorded(posts=a_page(a_post()), archive=a_page(a_reply("2000", "1000")))

    def twice(x: X) -> list[Any]:
        first = list(x.read(SINCE, UNTIL))
        assert list(x.read(SINCE, UNTIL)) == first
        return first

    assert len(talk(recorded, twice).of(Account)) == 1


def test_nothing_known_asks_nothing() -> None:
    assert reread(Recorded(), []).log == []


def test_known_records_are_read_again_in_batches_of_a_hundred() -> None:
    def found(request: Request) -> Any:
        return a_lookup(*(a_post(native) for native in request.query["ids"].split(",")))

    told = reread(Recorded(lookup=found), [Known("post", str(1000 + n)) for n in range(250)])
    assert len(told.of(Post)) == 250
    assert [len(r.query["ids"].split(",")) for r in told.log] == [100, 100, 50]


def test_an_id_that_x_cannot_have_is_not_asked_for() -> None:
    assert reread(Recorded(), [Known("post", "../1"), Known("media", "3_1")]).log == []


def test_what_x_no_longer_has_is_gone_and_what_it_hides_is_not() -> None:
    hidden = a_problem("not-authorized-for-resource", "1002")
    answer = a_lookup(gone=["1000", "1001"])
    answer["errors"].append(hidden)
    known = [
        Known("post", "1000"),
        Known("media", "3_9", post="1000"),
        Known("comment", "1001", "1000"),
        Known("post", "1002"),
        Known("post", "1003"),
    ]
    told = reread(Recorded(lookup=answer), known)
    assert told.readings == [Gone("post", "1000"), Gone("media", "3_9"), Gone("comment", "1001")]


def test_an_answer_of_errors_alone_says_what_is_gone() -> None:
    answer = {"errors": [a_problem("resource-not-found", "1000")]}
    told = reread(Recorded(lookup=answer), [Known("post", "1000")])
    assert told.readings == [Gone("post", "1000")]


def test_an_edited_post_is_read_again_under_its_new_id() -> None:
    versions = {"edit_history_tweet_ids": ["1000", "1001"]}
    answer = a_lookup(a_post("1000", **versions))
    answer["includes"]["tweets"] = [a_post("1001", text="New", **versions)]
    told = reread(Recorded(lookup=answer), [Known("post", "1000")])
    assert told.of(Gone) == [Gone("post", "1000")]
    assert [(p.id, p.text) for p in told.of(Post)] == [("1001", "New")]


def test_a_known_medium_comes_with_its_post_or_is_gone() -> None:
    media = [{"media_key": "3_1", "type": "photo", "url": "https://example.org/1", "alt_text": "B"}]
    answer = a_lookup(a_post("1000", attachments={"media_keys": ["3_1"]}))
    answer["includes"]["media"] = media
    known = [Known("media", "3_1", post="1000"), Known("media", "3_2", post="1000")]
    told = reread(Recorded(lookup=answer), known)
    assert [m.alt_text for m in told.of(Media)] == ["B"]
    assert told.of(Gone) == [Gone("media", "3_2")]


def test_a_post_whose_replies_grew_is_read_with_them_and_no_other() -> None:
    posts = [a_post(n, public_metrics={"reply_count": 3}) for n in ("1000", "1001")]
    known = [Known("post", "1000", comment_count=3), Known("post", "1001", comment_count=1)]
    found = a_page(a_reply("2000", "1001"), a_post("1001"))
    told = reread(Recorded(lookup=a_lookup(*posts), recent=found), known)
    assert [p.id for p in told.of(Post)] == ["1001"]
    assert [c.id for c in told.of(Comment)] == ["2000"]
    assert told.log[-1].query["query"] == "conversation_id:1001"


def test_conversations_are_searched_thirteen_at_a_time() -> None:
    natives = [str(1_900_000_000_000_000_000 + n) for n in range(27)]
    posts = [a_post(n, public_metrics={"reply_count": 3}) for n in natives]
    known = [Known("post", n, comment_count=1) for n in natives]
    told = reread(Recorded(lookup=a_lookup(*posts), recent=a_page()), known)
    queries = [r.query["query"] for r in told.log[1:]]
    assert [q.count("conversation_id:") for q in queries] == [13, 13, 1]
    assert max(len(q) for q in queries) <= 512


def test_a_known_comment_comes_with_the_accounts_answers_under_it() -> None:
    comment = a_reply("2000", "1000")
    answer = a_reply("3000", "2000", root="1000", author_id=UID, in_reply_to_user_id=OTHER)
    recorded = Recorded(lookup=a_lookup(comment), recent=a_page(answer))
    told = reread(recorded, [Known("comment", "2000", "1000")])
    assert [(c.id, c.own, c.parent) for c in told.of(Comment)] == [
        ("2000", False, None),
        ("3000", True, "x:2000"),
    ]
    assert told.log[-1].query["query"] == f"from:{HANDLE} (conversation_id:1000)"


def test_a_search_refused_while_reading_again_is_said() -> None:
    recorded = Recorded(lookup=a_lookup(a_reply("2000", "1000")))
    told = reread(recorded, [Known("comment", "2000", "1000")])
    assert [c.id for c in told.of(Comment)] == ["2000"]
    assert told.unread()["comments"].partial


def test_a_known_record_that_cannot_be_understood_is_not_read_again() -> None:
    recorded = Recorded(lookup=a_lookup({"id": "12", "text": "?"}, a_post("1000")))
    told = reread(recorded, [Known("post", "12"), Known("post", "1000")])
    assert [p.id for p in told.of(Post)] == ["1000"]


def test_reading_again_may_be_forbidden() -> None:
    refused = Answer(a_problem("client-forbidden"), 403, DATE)
    assert isinstance(reread(Recorded(lookup=refused), [Known("post", "1000")]).error, Forbidden)


def test_a_read_again_by_name_looks_the_account_up_first() -> None:
    recorded = Recorded(users={"data": a_user()}, lookup=a_lookup(a_post("1000")))
    told = talk(recorded, lambda x: x.reread([Known("post", "1000")]), handle=HANDLE)
    assert told.paths() == [f"/2/users/by/username/{HANDLE}", "/2/tweets"]
