from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from connectors import Access
from connectors.transport import Unlimited
from connectors.x import X
from demo.server import Answer, LoopbackServer, Request
from demo.town import TownAccount, TownComment, TownMedia, TownPost, load
from demo.x import XSite
from demo.x_posts import account_id
from socialaudit.models import AccountKind, Comment, Known, Media, Post

if TYPE_CHECKING:
    from collections.abc import Iterable

    from socialaudit.models import Reading

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
UNTIL = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
TOKEN = "demo-x-token"
SCHEMAS = json.loads((Path(__file__).parents[1] / "schemas" / "x.json").read_text("utf-8"))
GENERATIONS = ("tweet", "post")


@dataclass
class Watched:
    """A site whose answers are kept."""

    site: XSite
    answers: list[Answer] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        self.answers.append(self.site.answer(request))
        return self.answers[-1]

    def fault(self, name: str, request: Request) -> Answer:
        return self.site.fault(name, request)


def a_town(**changes: Any) -> TownAccount:
    post = TownPost(
        id="bins",
        at=NOW - timedelta(days=2),
        text="Bins & <boxes> https://www.example.org/bins",
        media=(TownMedia(id="pic", alt="A bin"), TownMedia(id="bare")),
        comment=(
            TownComment(id="q", at=NOW - timedelta(days=1), by="Ann Example", text="When?"),
            TownComment(
                id="a", at=NOW - timedelta(hours=20), by="council", text="Monday", reply_to="q"
            ),
        ),
    )
    whole: dict[str, Any] = {
        "platform": "x",
        "handle": "LittleSnoringTC",
        "name": "Little Snoring",
        "created_at": datetime(2015, 1, 1, tzinfo=UTC),
        "post": (post,),
    }
    return TownAccount(**(whole | changes))


def a_request(path: str, token: str = TOKEN, **query: str) -> Request:
    named = {name.replace("__", "."): value for name, value in query.items()}
    return Request("GET", path, named, {"authorization": f"Bearer {token}"}, {})


def ask(path: str, *, site: XSite | None = None, **query: str) -> Answer:
    return (site or XSite(a_town(), NOW)).answer(a_request(path, **query))


def a_reader(url: str) -> X:
    return X(
        Access(
            account="x",
            handle="MarchwardineTC",
            kind=AccountKind.COUNCIL,
            limiter=Unlimited(),
            base_url=url,
            secrets={"token": TOKEN},
            salt=b"salt",
        )
    )


def every_known(readings: Iterable[Reading]) -> list[Known]:
    known = [Known("post", "1"), Known("comment", "2", "1")]
    for r in readings:
        if isinstance(r, Post):
            known += [Known("post", r.id), Known("post", r.id, comment_count=99)]
        if isinstance(r, Comment):
            known.append(Known("comment", r.id, r.post and r.post.partition(":")[2]))
        if isinstance(r, Media):
            known.append(Known("media", r.id, r.post.partition(":")[2]))
    return known


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_answer_of_a_full_read_is_as_specified(generation: str) -> None:
    watched = Watched(XSite(load("x"), NOW, generation=generation))
    valid = Draft202012Validator({**SCHEMAS, "$ref": f"#/$defs/{generation}"})
    problem = Draft202012Validator({**SCHEMAS, "$ref": "#/$defs/Problem"})
    with LoopbackServer(watched) as server:
        reader = a_reader(server.url)
        readings = list(reader.read(UNTIL - timedelta(days=56), UNTIL))
        list(reader.reread(every_known(readings)))
        reader.close()
    assert len(watched.answers) > 4
    for answer in watched.answers:
        schema = valid if answer.status == 200 else problem
        assert [e.message for e in schema.iter_errors(answer.body)] == []


@pytest.mark.parametrize(
    "fault", ["rate_limited", "server_error", "expired_token", "forbidden", "not_found"]
)
def test_every_fault_is_a_problem_as_specified(fault: str) -> None:
    answer = XSite(a_town(), NOW).fault(fault, a_request("/2/tweets", ids="1"))
    schema = Draft202012Validator({**SCHEMAS, "$ref": "#/$defs/Problem"})
    assert [e.message for e in schema.iter_errors(answer.body)] == []


def test_a_post_that_nothing_is_asked_of_has_an_id_a_text_and_versions() -> None:
    body = ask(f"/2/users/{account_id('LittleSnoringTC')}/tweets").body
    assert {frozenset(post) for post in body["data"]} == {
        frozenset({"id", "text", "edit_history_tweet_ids"})
    }


def test_the_later_generation_refuses_the_old_names() -> None:
    site = XSite(a_town(), NOW, generation="post")
    answer = ask("/2/tweets", site=site, ids="1", tweet__fields="created_at")
    assert answer.status == 400
    assert "tweet.fields" in answer.body["errors"][0]["message"]


def test_the_later_generation_gives_the_author_only_as_an_expansion() -> None:
    site = XSite(a_town(), NOW, generation="post")
    path = f"/2/users/{account_id('LittleSnoringTC')}/tweets"
    refused = ask(path, site=site, post__fields="author_id")
    given = ask(path, site=site, expansions="author_id,edit_history_post_ids")
    assert refused.status == 400
    assert {"author_id", "edit_history_post_ids"} < given.body["data"][0].keys()


def test_texts_are_escaped_and_links_shortened() -> None:
    post = XSite(a_town(), NOW).stored.current()[-1]
    assert post["text"].startswith("Bins &amp; &lt;boxes&gt; https://t.co/")
    assert post["entities"]["urls"][0]["expanded_url"] == "https://www.example.org/bins"


def test_the_description_of_a_picture_is_left_out_where_there_is_none() -> None:
    path = f"/2/users/{account_id('LittleSnoringTC')}/tweets"
    asked = "attachments.media_keys"
    media = ask(path, expansions=asked, media__fields="alt_text").body["includes"]["media"]
    assert [m.get("alt_text") for m in media] == ["A bin", None]


def test_pages_follow_one_another_until_there_is_no_token() -> None:
    posts = tuple(
        TownPost(id=f"p{n}", at=NOW - timedelta(hours=n + 1), text=f"{n}") for n in range(12)
    )
    site = XSite(a_town(post=posts), NOW)
    path = f"/2/users/{account_id('LittleSnoringTC')}/tweets"
    first = ask(path, site=site, max_results="5").body
    second = ask(
        path, site=site, max_results="5", pagination_token=first["meta"]["next_token"]
    ).body
    third = ask(
        path, site=site, max_results="5", pagination_token=second["meta"]["next_token"]
    ).body
    assert [len(page["data"]) for page in (first, second, third)] == [5, 5, 2]
    assert "next_token" not in third["meta"]


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/2/tweets", {"ids": ",".join(str(n) for n in range(101))}),
        ("/2/tweets", {"ids": "one"}),
        ("/2/tweets/search/recent", {"query": "to:a", "max_results": "101"}),
        ("/2/tweets/search/recent", {"query": "to:a", "max_results": "9"}),
        ("/2/tweets/search/recent", {"query": "x" * 513}),
        ("/2/tweets/search/recent", {"query": "(to:a"}),
        ("/2/tweets/search/recent", {"query": "to:a", "start_time": "2026-11-09T05:59:00Z"}),
        ("/2/tweets/search/recent", {"query": "to:a", "end_time": "2026-11-16T06:00:00Z"}),
        ("/2/tweets/search/recent", {"query": "to:a", "next_token": "http://127.0.0.2/"}),
        ("/2/tweets", {"ids": "1", "comments": "yes"}),
        ("/2/tweets", {"ids": "1", "tweet__fields": "is_hidden"}),
    ],
)
def test_what_x_would_refuse_is_refused(path: str, query: dict[str, str]) -> None:
    answer = XSite(a_town(), NOW).answer(a_request(path, **query))
    assert answer.status == 400
    assert answer.body["type"].endswith("/invalid-request")


def test_a_wrong_token_is_unauthorized() -> None:
    assert XSite(a_town(), NOW).answer(a_request("/2/tweets", "wrong", ids="1")).status == 401


def test_an_app_without_the_archive_may_not_search_it() -> None:
    site = XSite(a_town(), NOW, archive=False)
    assert ask("/2/tweets/search/all", site=site, query="to:a").status == 403


def test_a_protected_account_is_shown_but_not_its_posts() -> None:
    site = XSite(a_town(protected=True), NOW)
    native = account_id("LittleSnoringTC")
    profile = ask(f"/2/users/{native}", site=site, user__fields="protected").body
    posts = ask(f"/2/users/{native}/tweets", site=site)
    assert profile["data"]["protected"] is True
    assert (posts.status, list(posts.body)) == (200, ["errors"])


def test_what_is_not_there_is_an_error_in_a_good_answer() -> None:
    answer = ask("/2/users/by/username/nobody")
    assert answer.status == 200
    assert answer.body["errors"][0]["type"].endswith("/resource-not-found")


def test_nothing_can_be_written() -> None:
    request = Request("DELETE", "/2/tweets", {}, {"authorization": f"Bearer {TOKEN}"}, {})
    assert XSite(a_town(), NOW).answer(request).status == 403


def test_a_search_finds_the_replies_to_an_account_and_those_in_a_conversation() -> None:
    site = XSite(a_town(), NOW)
    local = site.stored.local
    to_council = ask("/2/tweets/search/recent", site=site, query="to:littlesnoringtc").body
    in_thread = ask(
        "/2/tweets/search/recent",
        site=site,
        query=f"from:LittleSnoringTC (conversation_id:{local['bins']} OR conversation_id:1)",
    ).body
    assert [p["id"] for p in to_council["data"]] == [local["q"]]
    assert [p["id"] for p in in_thread["data"]] == [local["a"], local["bins"]]


def test_a_post_is_as_it_was_at_the_time() -> None:
    edited = TownPost(
        id="e",
        at=NOW - timedelta(days=1),
        text="Tuesday",
        text_before_edit="Monday",
        edited_at=NOW - timedelta(hours=23),
    )
    site = XSite(a_town(post=(edited,)), NOW - timedelta(hours=23, minutes=30))
    before = [p["text"] for p in site.stored.current()]
    site.now = NOW
    assert (before, [p["text"] for p in site.stored.current()]) == (["Monday"], ["Tuesday"])
