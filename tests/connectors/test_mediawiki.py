from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.mediawiki import CONNECTOR, MediaWiki
from connectors.transport import Unlimited
from demo.mediawiki import MediaWikiSite
from demo.server import Answer, LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
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
    Setting,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from demo.server import Request
    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
GENERAL = {
    "mainpage": "Main Page",
    "sitename": "Snoring Wiki",
    "articlepath": "/wiki/$1",
    "scriptpath": "/w",
    "script": "/w/index.php",
    "server": "//wiki.example.gov.uk",
    "time": "2026-09-08T05:00:00Z",
}
GROUPS = [
    {"name": "*", "rights": ["read", "edit", "createtalk"]},
    {"name": "user", "rights": ["edit", "createpage"]},
]
SPACES = {
    "-1": {"id": -1, "*": "Spezial", "canonical": "Special"},
    "0": {"id": 0, "*": ""},
    "1": {"id": 1, "*": "Diskussion", "canonical": "Talk"},
    "2": {"id": 2, "*": "Benutzer", "canonical": "User"},
    "3": {"id": 3, "*": "Benutzer Diskussion", "canonical": "User talk"},
}
SIGNED = "[[Benutzer:Ann|Ann]] ([[Benutzer Diskussion:Ann|Diskussion]]) 10:15, 3. Sep. 2026 (CEST)"
PAGE = '<p>Bins go out on Monday. <a href="/wiki/Bins_2">Days</a></p>'


def an_edit(**told: Any) -> dict[str, Any]:
    return {
        "type": "edit", "ns": 0, "title": "Bins", "pageid": 7, "revid": 70, "old_revid": 60,
        "user": "Clerk", "timestamp": "2026-09-03T10:00:00Z", "tags": [], **told,
    }  # fmt: skip


def a_revision(number: int, text: str | None, parent: int = 0, **told: Any) -> dict[str, Any]:
    main = {"texthidden": ""} if text is None else {"contentmodel": "wikitext", "*": text}
    return {
        "revid": number,
        "parentid": parent,
        "user": "Ann",
        "timestamp": "2026-09-03T10:00:00Z",
        "slots": {"main": main},
        **told,
    }


def talking(*revisions: dict[str, Any], **told: Any) -> dict[str, Any]:
    """A talk page with its newest revisions, as asked for by their numbers."""
    page = {
        "pageid": 8, "ns": 1, "title": "Diskussion:Bins", "subjectid": 7,
        "lastrevid": revisions[-1]["revid"], "revisions": list(revisions), **told,
    }  # fmt: skip
    return {"query": {"pages": {"8": page}}}


def a_talk_edit(number: int, parent: int = 0, **told: Any) -> dict[str, Any]:
    page = {"ns": 1, "title": "Diskussion:Bins", "pageid": 8, "user": "Ann"}
    at = {"timestamp": f"2026-09-03T10:{number % 60:02}:00Z"}
    return an_edit(**{**page, **at, "revid": number, "old_revid": parent, **told})


@dataclass
class Wiki:
    """A wiki of fixed answers, by what was asked for."""

    edits: list[Any] = field(default_factory=list)
    revisions: Any = None
    text: Any = PAGE
    info: dict[str, Any] = field(default_factory=dict)
    general: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] = field(default_factory=dict)
    api: str = "/w/api.php"
    pages: Mapping[str, Answer] = field(default_factory=dict)
    instead: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        asked = {**request.query, **request.form}
        if request.path != self.api:
            return self.pages.get(
                request.path, Answer("<html>none</html>", 404, content_type="text/html")
            )
        for part, answer in self.instead.items():
            if part in asked.values() or part in asked:
                return answer if isinstance(answer, Answer) else Answer(answer)
        return Answer(self._told(asked))

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError

    def _told(self, asked: Mapping[str, str]) -> Any:
        if asked.get("action") == "parse":
            shown = self.text if asked.get("page") != "Main Page" else "<p>Welcome</p>"
            return {"parse": {"title": "x", "pageid": 1, "revid": 1, "text": shown}}
        if "revids" in asked:
            return self.revisions
        if "pageids" in asked:
            ids = asked["pageids"].split("|")
            return {"query": {"pages": {i: {"pageid": int(i), **self.info} for i in ids}}}
        site = {
            "general": {**GENERAL, **self.general},
            "namespaces": SPACES,
            "namespacealiases": [],
            "usergroups": GROUPS,
            "allusers": [{"userid": 1, "name": "Clerk"}],
            **self.site,
        }
        return {"query": {**site, "recentchanges": self.edits}}


@dataclass
class Told:
    readings: list[Any] = field(default_factory=list)
    error: PlatformError | None = None
    log: list[Request] = field(default_factory=list)

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    @property
    def unread(self) -> list[tuple[str, str]]:
        return [(u.fact, u.reason) for u in self.of(Unread)]


def the_week(wiki: MediaWiki) -> Iterable[Reading]:
    return wiki.read(SINCE, UNTIL)


def read(
    site: Any,
    *asks: Callable[[MediaWiki], Iterable[Reading]],
    handle: str = "https://wiki.example.gov.uk/",
    cache: MutableMapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Told:
    """Ask a connector of its own for each of ``asks``; what the last one told."""
    told, kept = Told(), {} if cache is None else cache
    with LoopbackServer(site) as server:
        for ask in asks or (the_week,):
            wiki = MediaWiki(
                Access(
                    account="wiki",
                    handle=handle,
                    kind=AccountKind.COUNCIL,
                    limiter=Unlimited(),
                    base_url=server.url,
                    cache=kept,
                    secrets=secrets or {},
                    salt=b"salt",
                )
            )
            before = len(server.log)
            told.readings = []
            try:
                for reading in ask(wiki):
                    told.readings.append(reading)
            except PlatformError as fault:
                told.error = fault
            finally:
                wiki.close()
            told.log = server.log[before:]
    return told


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is MediaWiki


def test_a_page_that_changed_is_a_post_as_readers_see_it() -> None:
    told = read(Wiki([an_edit()], info={"canonicalurl": "https://wiki.example.gov.uk/wiki/Bins"}))
    post = told.one(Post)
    assert (post.id, post.title, post.text) == (
        "wiki.example.gov.uk#7",
        "Bins",
        "Bins go out on Monday. Days",
    )
    assert post.permalink == "https://wiki.example.gov.uk/wiki/Bins"
    assert post.audience is Audience.PUBLIC
    assert (post.published_at, post.edited_at) == (post.published_at, post.published_at)


def test_a_page_that_changed_often_is_one_post() -> None:
    edits = [an_edit(revid=n, timestamp=f"2026-09-03T1{n % 10}:00:00Z") for n in range(70, 75)]
    told = read(Wiki(edits))
    assert told.one(Post).published_at.hour == 14


def test_answers_of_the_newer_form_are_read_too() -> None:
    edits = [an_edit(minor=False, bot=False, new=False, redirect=False)]
    spaces = {n: {**told, "name": told.get("*", "")} for n, told in SPACES.items()}
    told = read(Wiki(edits, text=PAGE, site={"namespaces": spaces}))
    assert told.one(Post).text == "Bins go out on Monday. Days"
    assert told.unread == []


def test_a_wiki_says_who_may_write() -> None:
    told = {s.name: s.value for s in read(Wiki()).of(Setting)}
    assert (told["all-edit"], told["all-createpage"], told["user-createpage"]) == (
        "true",
        "false",
        "true",
    )


def test_a_wiki_that_does_not_say_who_may_write_leaves_it_unread() -> None:
    told = read(Wiki(site={"usergroups": None}))
    assert [fact for fact, _ in told.unread] == ["settings"]
    assert "all-edit" not in {s.name for s in told.of(Setting)}


def test_the_first_page_introduces_the_wiki_and_is_read_again_only_when_it_changed() -> None:
    cache: dict[str, str] = {}
    first = read(Wiki(), cache=cache)
    pages = {"1": {"pageid": 1, "title": "Main Page", "lastrevid": 1}}
    again = read(Wiki(site={"pages": pages}), cache=cache)
    changed = read(Wiki(site={"pages": {"1": {**pages["1"], "lastrevid": 2}}}), cache=cache)
    assert [t.one(Account).description for t in (first, again, changed)] == ["Welcome"] * 3
    assert [len(t.log) for t in (first, again, changed)] == [2, 1, 2]


@pytest.mark.parametrize("kept", ["", "[]", "{}", "null", '{"text": 1, "links": []}'])
def test_an_introduction_that_was_kept_and_makes_no_sense_is_read_anew(kept: str) -> None:
    told = read(Wiki(), cache={"mediawiki:home": kept})
    assert told.one(Account).description == "Welcome"


@pytest.mark.parametrize(
    ("shown", "alt", "automatic"),
    [
        ('<img alt="" src="/w/images/a/ab/Bus_stop.png">', "", None),
        ('<img src="/w/images/thumb/a/ab/Bus_stop.png/220px-Bus_stop.png">', "", None),
        ('<img alt="Bus stop.png" src="/w/images/a/ab/Bus_stop.png">', "", "Bus stop.png"),
        ('<img alt="Datei:Bus stop.png" src="/w/thumb.php?f=Bus_stop.png&amp;width=80">', "Datei:Bus stop.png", None),
        ('<img alt="A bus in the rain" src="/w/images/a/ab/Bus_stop.png">', "A bus in the rain", None),
    ],
)  # fmt: skip
def test_a_picture_is_described_by_people_alone(
    shown: str, alt: str, automatic: str | None
) -> None:
    medium = read(Wiki([an_edit()], text=shown)).one(Media)
    assert (medium.id, medium.alt_text, medium.automatic_alt_text) == (
        "wiki.example.gov.uk#7/Bus_stop.png",
        alt,
        automatic,
    )


def test_a_picture_that_is_shown_twice_is_described_when_both_are() -> None:
    both = '<img alt="A bus" src="/w/images/a/ab/B.png"><img alt="" src="/w/images/thumb/a/ab/B.png/9px-B.png">'
    assert read(Wiki([an_edit()], text=both)).one(Media).alt_text == ""


@pytest.mark.parametrize(
    ("track", "captions"),
    [("", Captions.NONE), ('<track kind="subtitles" src="/t" srclang="en">', Captions.STANDARD)],
)
def test_a_film_has_the_subtitles_that_stand_beside_it(track: str, captions: Captions) -> None:
    shown = f'<video><source src="/w/images/a/ab/Mayor.webm">{track}</video>'
    medium = read(Wiki([an_edit()], text=shown)).one(Media)
    assert (medium.kind, medium.captions) == (MediaKind.VIDEO, captions)


@pytest.mark.parametrize("space", [2, 8, 10, 828, -1])
def test_what_readers_are_not_shown_is_no_post(space: int) -> None:
    assert read(Wiki([an_edit(ns=space)])).of(Post) == []


def test_a_redirect_and_a_page_that_is_gone_are_no_posts() -> None:
    assert read(Wiki([an_edit(redirect="")])).of(Post) == []
    assert read(Wiki([an_edit()], info={"missing": ""})).of(Post) == []


def test_an_edit_that_the_wiki_hides_names_nobody() -> None:
    told = read(Wiki([an_edit(userhidden="", user="Ann")]))
    assert "Ann" not in json.dumps(told.one(Post).payload)


def test_who_edited_stands_in_no_payload() -> None:
    edits = [an_edit(user="192.0.2.7", comment="Ann rang 01263"), a_talk_edit(81)]
    told = read(Wiki(edits, talking(a_revision(81, f"== Q ==\nWhen? {SIGNED}"))))
    kept = json.dumps([r.payload for r in told.of(Post) + told.of(Comment)])
    assert not {"Ann", "192.0.2.7"} & set(kept.replace('"', " ").split())


def test_an_edit_of_a_talk_page_is_a_comment_with_what_it_added() -> None:
    before = f"== Bins ==\nWhen? {SIGNED}"
    after = f"{before}\n:On '''Monday''', see [https://x.example the days]. {SIGNED.replace('Ann', 'Clerk')}"
    revisions = talking(a_revision(81, before), a_revision(82, after, 81))
    edits = [a_talk_edit(82, 81, user="Clerk"), a_talk_edit(81)]
    question, answer = read(Wiki(edits, revisions)).of(Comment)
    assert (question.text, question.own, question.kind) == (
        "Bins\nWhen?",
        False,
        CommentKind.COMMENT,
    )
    assert (answer.text, answer.own, answer.parent) == (
        "On Monday, see the days.",
        True,
        question.key,
    )
    assert question.post == "mediawiki:wiki.example.gov.uk#7"
    assert question.state is CommentState.PUBLISHED


def test_a_hidden_edit_is_a_hidden_comment_without_words() -> None:
    revisions = talking(a_revision(81, None), a_revision(82, "", 81))
    comment = read(Wiki([a_talk_edit(82, 81), a_talk_edit(81)], revisions)).of(Comment)[0]
    assert (comment.text, comment.state) == (None, CommentState.HIDDEN)


def test_what_no_longer_stands_on_the_talk_page_is_hidden() -> None:
    revisions = talking(a_revision(81, "== A ==\nRude words"), a_revision(82, "", 81))
    comment = read(Wiki([a_talk_edit(82, 81, user="Clerk"), a_talk_edit(81)], revisions)).one(
        Comment
    )
    assert (comment.text, comment.state) == ("A\nRude words", CommentState.HIDDEN)


@pytest.mark.parametrize(
    "told", [{"bot": ""}, {"tags": ["mw-undo"]}, {"tags": ["mw-rollback"]}, {"bot": True}]
)
def test_what_a_program_writes_or_somebody_puts_back_is_no_comment(told: dict[str, Any]) -> None:
    revisions = talking(a_revision(81, "== A ==\nWelcome"))
    assert read(Wiki([a_talk_edit(81, **told)], revisions)).of(Comment) == []


def test_texts_of_wikis_before_1_32_are_read() -> None:
    old = a_revision(81, None)
    del old["slots"]
    revisions = talking({**old, "contentformat": "text/x-wiki", "*": "== A ==\nWhen?"})
    assert read(Wiki([a_talk_edit(81)], revisions)).one(Comment).text == "A\nWhen?"


def test_who_looks_after_the_wiki_is_unknown_where_it_does_not_say() -> None:
    revisions = talking(a_revision(81, "When?"))
    told = read(Wiki([a_talk_edit(81)], revisions, site={"allusers": None}))
    assert told.one(Comment).own is None


def test_talk_pages_that_may_not_be_read_cost_the_comments_alone() -> None:
    refused = {"error": {"code": "permissiondenied", "info": "No."}}
    told = read(Wiki([an_edit(), a_talk_edit(81)], instead={"revids": refused}))
    assert (len(told.of(Post)), [fact for fact, _ in told.unread]) == (1, ["comments"])


@pytest.mark.parametrize(
    "edit",
    [
        None,
        "edit",
        7,
        {},
        an_edit(timestamp="soon"),
        an_edit(timestamp=None),
        an_edit(pageid="seven"),
        an_edit(revid=None),
        an_edit(ns="main"),
    ],
)
def test_an_edit_that_makes_no_sense_costs_no_other(edit: Any) -> None:
    told = read(Wiki([edit, an_edit()]))
    assert len(told.of(Post)) == 1
    assert told.unread == [("posts", "1 of 2 edits could not be understood")]


@pytest.mark.parametrize("kind", ["log", "categorize", "external"])
def test_what_is_no_edit_is_passed_over(kind: str) -> None:
    told = read(Wiki([{"type": kind, "timestamp": "soon"}, an_edit()]))
    assert (len(told.of(Post)), told.unread) == (1, [])


def test_a_wiki_that_passes_over_the_dates_is_read_for_the_week_alone() -> None:
    edits = [an_edit(), an_edit(pageid=9, timestamp="2026-08-20T10:00:00Z")]
    assert len(read(Wiki(edits)).of(Post)) == 1


@pytest.mark.parametrize("text", [None, 7, {}, {"*": None}, []])
def test_a_page_without_text_is_counted_and_costs_no_other(text: Any) -> None:
    told = read(Wiki([an_edit()], text=text))
    assert (told.error, told.of(Post)) == (None, [])
    assert told.unread == [("posts", "1 of 1 pages could not be read")]


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"query": []},
        {"query": None},
        {"query": {"general": []}},
        "null",
        "7",
        '"x"',
        "[" * 9000,
    ],
)
def test_an_answer_of_no_shape_is_said_to_be_none(answer: Any) -> None:
    told = read(Wiki(instead={"query": answer}))
    assert isinstance(told.error, Malformed | Unreachable)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("readapidenied", Forbidden),
        ("permissiondenied", Forbidden),
        ("blocked", Forbidden),
        ("ratelimited", RateLimited),
        ("maxlag", RateLimited),
        ("readonly", Unreachable),
        ("internal_api_error_DBQueryError", Unreachable),
        ("internal_api_error_TypeError", Unreachable),
        ("assertuserfailed", Unauthorized),
        ("something-new", Malformed),
        (None, Malformed),
    ],
)
def test_a_fault_inside_a_good_status_is_the_fault_it_is(code: str | None, error: type) -> None:
    told = read(Wiki(instead={"query": {"error": {"code": code, "info": "Words."}}}))
    assert type(told.error) is error


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (503, {"Retry-After": "5", "X-Database-Lag": "7"}, RateLimited),
        (503, {"X-Database-Lag": "7"}, RateLimited),
        (503, {"Retry-After": "5"}, RateLimited),
        (503, {}, Unreachable),
        (429, {}, RateLimited),
        (401, {}, Unauthorized),
        (403, {}, Forbidden),
        (418, {}, Unreachable),
    ],
)
def test_a_bad_status_is_never_waited_for(
    status: int, headers: dict[str, str], error: type
) -> None:
    told = read(Wiki(instead={"query": Answer("<html>", status, headers, "text/html")}))
    assert type(told.error) is error
    assert len(told.log) == 1


def test_a_fault_with_a_bad_status_is_told_by_its_code() -> None:
    body = {"error": {"code": "readonly", "info": "The wiki is being repaired."}}
    refused = Answer(body, 503, {"MediaWiki-API-Error": "readonly", "Retry-After": "9"})
    told = read(Wiki(instead={"query": refused}))
    assert isinstance(told.error, Unreachable)
    assert "being repaired" in str(told.error)


@pytest.mark.parametrize(
    "api", ["/w/api.php", "/api.php", "/mediawiki/api.php", "/wiki/deep/api.php"]
)
def test_the_api_is_found_where_a_page_says_it_is(api: str) -> None:
    link = f'<link rel="EditURI" type="application/rsd+xml" href="//elsewhere.example{api}?action=rsd"/>'
    cache: dict[str, str] = {}
    pages = {"/": Answer(f"<html><head>{link}", content_type="text/html")}
    told = read(Wiki(api=api, pages=pages), the_week, the_week, cache=cache)
    assert told.error is None
    assert {r.path for r in told.log} == {api}
    assert cache["mediawiki:api"].endswith(api)


def test_the_api_is_found_beside_a_page_that_does_not_say_so() -> None:
    assert read(Wiki(api="/api.php")).error is None


def test_a_site_that_is_no_wiki_is_not_found() -> None:
    told = read(Wiki(api="/nowhere"))
    assert isinstance(told.error, NotFound)
    assert len(told.log) == 3


def test_a_wiki_is_told_who_asks() -> None:
    agents = {r.headers["user-agent"] for r in read(Wiki()).log}
    assert [("socialaudit" in a, "python-requests" in a) for a in agents] == [(True, False)]


CLERK, PASSWORD = "Clerk", "planted-bot-password-1234"
TOWN = TownAccount(
    platform="mediawiki",
    handle="https://wiki.example.gov.uk/",
    name="Snoring Wiki",
    description="The town council’s wiki",
    created_at=datetime(2015, 1, 1, tzinfo=UTC),
    post=(
        TownPost(
            id="bins",
            at=datetime(2026, 9, 3, 10, tzinfo=UTC),
            title="Bins",
            text="Bins go out on Monday.",
            media=(TownMedia(id="bin"), TownMedia(id="film", kind="video", captions="standard")),
            comment=(
                TownComment(id="q", at=datetime(2026, 9, 4, tzinfo=UTC), by="Ann Example", text="When?"),
                TownComment(
                    id="a", at=datetime(2026, 9, 5, tzinfo=UTC), by="council", text="At 7.", reply_to="q"
                ),
            ),
        ),
    ),
)  # fmt: skip


def a_site(*, private: bool = False) -> MediaWikiSite:
    return MediaWikiSite(TOWN, UNTIL, PASSWORD, private=private)


def test_a_closed_wiki_is_read_with_a_bot_password() -> None:
    secrets = {"user": "Clerk@audit", "password": PASSWORD}
    told = read(a_site(private=True), secrets=secrets)
    assert (told.error, len(told.of(Post))) == (None, 1)
    assert isinstance(read(a_site(private=True)).error, Forbidden)


@pytest.mark.parametrize(
    "secrets",
    [{"user": "Clerk@audit", "password": "wrong"}, {"user": "Clerk@audit"}, {"password": PASSWORD}],
)
@pytest.mark.parametrize("private", [True, False])
def test_a_wrong_password_is_never_an_open_wiki(
    secrets: Mapping[str, str],
    private: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    told = read(a_site(private=private), secrets=secrets)
    assert (type(told.error), told.readings) == (Unauthorized, [])


@pytest.mark.parametrize(
    ("login", "error"),
    [
        ({"result": "WrongPass"}, Unauthorized),
        ({"result": "Failed", "reason": {"code": "x", "text": "Wrong"}}, Unauthorized),
        ({"result": "NeedToken", "token": "again"}, Unauthorized),
        ({"result": "Throttled", "wait": 300}, RateLimited),
        ({}, Unauthorized),
        (None, Unauthorized),
    ],
)
def test_a_login_that_does_not_succeed_ends(login: Any, error: type) -> None:
    tokens = {"query": {"tokens": {"logintoken": "x"}}}
    wiki = Wiki(instead={"tokens": tokens, "login": {"login": login}})
    told = read(wiki, secrets={"user": "Clerk@audit", "password": PASSWORD})
    assert type(told.error) is error
    assert len(told.log) <= 3


def test_a_week_costs_what_is_documented() -> None:
    cache: dict[str, str] = {}
    told = read(a_site(), the_week, cache=cache)
    # what changed, the first page, about the page that changed, that page, the talk page's edits
    assert len(told.log) == 5
    later = read(a_site(), lambda w: w.read(UNTIL, UNTIL + timedelta(days=7)), cache=cache)
    assert [r.path for r in later.log] == ["/w/api.php"]


def test_a_page_known_only_for_its_comments_costs_no_request() -> None:
    known = Known("post", "wiki.example.gov.uk#7", comment_count=0)
    assert read(a_site(), lambda w: w.reread([known])).log == []


@pytest.mark.parametrize("native", ["x", "x#", "x#rr", "x#-1", "x#²", "#" * 9, "x#" + "9" * 40])
def test_an_id_that_is_none_of_ours_is_gone(native: str) -> None:
    known = [Known("post", native), Known("comment", native), Known("media", native)]
    told = read(a_site(), lambda w: w.reread(known[:2]))
    assert set(told.of(Gone)) == {Gone("post", native), Gone("comment", native)}


@pytest.mark.parametrize(
    "handle",
    [
        "https://wiki.example.gov.uk/wiki/User:Clerk",
        "https://wiki.example.gov.uk/w/index.php?title=User:Clerk",
        "https://wiki.example.gov.uk/wiki/Special:Contributions/Clerk",
        "https://wiki.example.gov.uk/wiki/User_talk:Clerk",
        "User:Clerk",
        "Clerk",
    ],
)
def test_a_person_is_read_by_what_they_changed(handle: str) -> None:
    told = read(a_site(), handle=handle)
    assert told.one(Account).name == "Clerk"
    assert [p.title for p in told.of(Post)] == ["Bins"]
    assert [(c.own, c.text) for c in told.of(Comment)] == [(True, "At 7.")]


@pytest.mark.parametrize("handle", ["https://wiki.example.gov.uk/wiki/Bins", "Bins", "bins"])
def test_a_page_is_read_with_its_talk_page(handle: str) -> None:
    told = read(a_site(), handle=handle)
    assert told.one(Account).name == "Bins"
    assert [p.title for p in told.of(Post)] == ["Bins"]
    assert [c.text for c in told.of(Comment)] == ["Thread q\nWhen?", "At 7."]


@pytest.mark.parametrize(
    "handle",
    [
        "wiki.example.gov.uk",
        "https://wiki.example.gov.uk/wiki/Main_Page",
        "https://wiki.example.gov.uk/w/index.php",
        "https://wiki.example.gov.uk/w/api.php",
        "https://wiki.example.gov.uk/wiki/Special:RecentChanges",
        "Snoring Wiki",
    ],
)
def test_any_address_of_the_whole_wiki_will_do(handle: str) -> None:
    told = read(a_site(), handle=handle)
    assert (told.one(Account).name, len(told.of(Post))) == ("Snoring Wiki", 1)


@pytest.mark.parametrize("handle", ["https://wiki.example.gov.uk/wiki/Nope", "User:Nobody", "Nope"])
def test_who_or_what_is_not_there_is_not_found(handle: str) -> None:
    assert isinstance(read(a_site(), handle=handle).error, NotFound)


@pytest.mark.parametrize(
    "handle", ["https://", "", "https://a:b@c/", "ftp://x/", "https://[", "http://192.168.0.7/"]
)
def test_an_address_that_leads_nowhere_is_refused_unasked(handle: str) -> None:
    access = Access(account="w", handle=handle, kind=AccountKind.COUNCIL, limiter=Unlimited())
    wiki = MediaWiki(access)
    with pytest.raises((NotFound, Forbidden)):
        list(wiki.read(SINCE, UNTIL))
    assert wiki.usage.requests == 0


def test_an_older_week_is_read_from_the_histories() -> None:
    page = {"pageid": 7, "ns": 0, "title": "Bins", "revisions": [a_revision(70, None)]}
    histories = {"query": {"allrevisions": [page]}}
    wiki = Wiki(general={"time": "2027-01-01T00:00:00Z"}, instead={"allrevisions": histories})
    assert read(wiki).one(Post).title == "Bins"


def test_what_else_others_write_is_read_again_with_the_accounts_own_answers() -> None:
    first = read(a_site())
    question = next(c for c in first.of(Comment) if not c.own)
    again = read(a_site(), lambda w: w.reread([Known("comment", question.id, "x")]))
    assert [c.text for c in again.of(Comment)] == ["Thread q\nWhen?", "At 7."]


def test_two_wikis_of_one_council_share_no_key() -> None:
    other = replace(TOWN, handle="https://other.example.gov.uk/")
    one = read(a_site(), handle=TOWN.handle)
    two = read(MediaWikiSite(other, UNTIL), handle=other.handle)
    keys = [{r.key for r in t.readings if hasattr(r, "key")} for t in (one, two)]
    assert keys[0] & keys[1] == set()
