"""A feed as an account: a blog or a newspaper, with the comments that its entries name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.feed import Feed
from connectors.transport import Unlimited
from demo.server import Answer, Fault, LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from demo.website import WebsiteSite, post_number
from socialaudit.models import (
    WEBSITE,
    Account,
    AccountKind,
    Comment,
    CommentKind,
    CommentState,
    Known,
    Media,
    Post,
    PostKind,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from demo.server import Request, Site
    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
LATER = datetime(2026, 9, 15, tzinfo=UTC)
THURSDAY = datetime(2026, 9, 3, 10, tzinfo=UTC)


def a_comment(local: str, text: str, by: str = "Ann Example", **more: Any) -> TownComment:
    return TownComment(
        id=local, at=THURSDAY + timedelta(hours=len(local)), by=by, text=text, **more
    )


ASKED = a_comment("1", "When is it open?")
ANSWERED = a_comment("22", "On Monday.", by="council", reply_to="1")


def a_blog(*comments: TownComment, **more: Any) -> TownAccount:
    return TownAccount(
        platform="website",
        handle="https://blog.example.org/feed/",
        name="Little Snoring news",
        website="https://blog.example.org",
        created_at=datetime(2015, 1, 1, tzinfo=UTC),
        post=(
            TownPost(
                id="road",
                at=THURSDAY,
                title="Road closed",
                text="Castle Ditch is closed.",
                media=(TownMedia(id="ditch"),),
                comment=comments,
                **more,
            ),
            TownPost(id="old", at=THURSDAY - timedelta(days=60), text="Old"),
        ),
    )


@dataclass
class Shown:
    """A site that answers by path, whatever else is asked."""

    bodies: dict[str, str] = field(default_factory=dict)

    def answer(self, request: Request) -> Answer:
        body = self.bodies.get(request.path)
        status = 404 if body is None else 200
        return Answer(body or "", status, content_type="application/xml")

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    readings: list[Any]
    log: list[Request]

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found

    def unread(self) -> list[Unread]:
        return [u for u in self.of(Unread) if not u.permanent]


def ask(
    site: Site,
    asked: Callable[[Feed], Iterable[Reading]] = lambda feed: feed.read(SINCE, UNTIL),
    *faults: Fault,
    cache: MutableMapping[str, str] | None = None,
    account: str = "blog",
    rebased: bool = True,
) -> Told:
    with LoopbackServer(site) as server:
        server.faults.extend(faults)
        return on(server, asked, cache=cache, account=account, rebased=rebased)


def on(
    server: LoopbackServer,
    asked: Callable[[Feed], Iterable[Reading]],
    *,
    cache: MutableMapping[str, str] | None = None,
    account: str = "blog",
    rebased: bool = True,
) -> Told:
    """What a new connector is told by a server, and the requests that it sent."""
    before = len(server.log)
    access = Access(
        account=account,
        handle="https://blog.example.org/feed/" if rebased else f"{server.url}/feed/",
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        base_url=server.url if rebased else None,
        salt=b"salt",
        cache={} if cache is None else cache,
    )
    feed = Feed(access)
    readings = list(asked(feed))
    feed.close()
    log = server.log[before:]
    assert feed.usage.requests == len(log)
    return Told(readings, log)


def read(town: TownAccount, *faults: Fault, **more: Any) -> Told:
    return ask(WebsiteSite(town, UNTIL), lambda feed: feed.read(SINCE, UNTIL), *faults, **more)


def test_an_entry_of_a_blog_is_a_post() -> None:
    told = read(a_blog())
    post = told.one(Post)
    assert (post.kind, post.title, post.comment_count) == (PostKind.POST, "Road closed", 0)
    assert told.one(Media).post == post.key
    assert [r.path for r in told.log] == ["/feed/"]


def test_the_council_s_website_and_a_blog_may_show_the_same_entry() -> None:
    told = read(a_blog(), account=WEBSITE)
    assert told.one(Post).kind is PostKind.NOTICE
    notices = {r.key for r in told.readings if isinstance(r, Post | Media)}
    ours = {r.key for r in read(a_blog()).readings if isinstance(r, Post | Media)}
    assert ours.isdisjoint(notices)


def test_the_website_s_comments_are_not_read() -> None:
    told = ask(
        WebsiteSite(a_blog(ASKED), UNTIL),
        lambda feed: [*feed.read(SINCE, UNTIL), *feed.reread([Known("post", "x", None, 3)])],
        account=WEBSITE,
    )
    assert told.of(Comment) + told.of(Unread) == []
    assert len(told.log) == 1


def test_comments_that_an_entry_names_are_read() -> None:
    told = read(a_blog(ASKED, ANSWERED))
    by_text = {c.text: c for c in told.of(Comment)}
    asked, answered = by_text["When is it open?"], by_text["On Monday."]
    assert {c.post for c in by_text.values()} == {told.one(Post).key}
    assert (asked.own, answered.own) == (False, True)
    assert (answered.parent, answered.kind) == (asked.key, CommentKind.REPLY)
    assert {c.state for c in by_text.values()} == {CommentState.PUBLISHED}
    assert told.one(Post).comment_count == 2
    assert len(told.log) == 2


def test_no_name_of_a_commenter_is_kept() -> None:
    assert "Example" not in repr(read(a_blog(ASKED, ANSWERED)).of(Comment))
    assert "Example" not in str([c.payload for c in read(a_blog(ASKED, ANSWERED)).of(Comment)])


def test_comments_that_the_site_no_longer_shows_are_said_to_be_missing() -> None:
    many = [a_comment("x" * n, f"Comment {n}") for n in range(1, 15)]
    told = read(a_blog(*many))
    assert len(told.of(Comment)) == 10
    (unread,) = told.unread()
    assert (unread.fact, unread.partial) == ("comments", True)
    assert "4" in unread.reason


@pytest.mark.parametrize("fault", ["not_found", "forbidden", "html"])
def test_comments_that_are_refused_cost_no_more(fault: str) -> None:
    told = read(a_blog(ASKED), Fault(fault, f"/{post_number(a_blog().post[0])}/feed/"))
    assert [p.title for p in told.of(Post)] == ["Road closed"]
    assert [(u.fact, u.partial) for u in told.unread()] == [("comments", True)]


def test_a_site_that_names_no_comments_says_so_for_good() -> None:
    told = read(a_blog(comments_off=True))
    facts = {u.fact for u in told.of(Unread) if u.permanent}
    # the older entry of the blog still has comments
    assert "settings" in facts
    silent = a_blog(comments_off=True)
    told = read(replace(silent, post=silent.post[:1]))
    assert {u.fact for u in told.of(Unread) if u.permanent} == {
        "settings",
        "comments",
        "comments.state",
    }


def a_week_later(
    before: TownAccount, after: TownAccount, cache: MutableMapping[str, str]
) -> tuple[Told, Told]:
    """One week, and the next with what the first found to be probed for comments."""
    site = WebsiteSite(before, UNTIL)
    with LoopbackServer(site) as server:
        first = on(server, lambda feed: feed.read(SINCE, UNTIL), cache=cache)
        post = first.one(Post)
        known = [Known("post", post.id, comment_count=post.comment_count or 0)]
        site.town, site.now = after, LATER
        again = on(
            server, lambda feed: [*feed.read(UNTIL, LATER), *feed.reread(known)], cache=cache
        )
    return first, again


def test_an_unchanged_feed_without_comments_costs_one_small_request() -> None:
    cache: dict[str, str] = {}
    blog = a_blog(comments_off=True)
    town = replace(blog, post=tuple(replace(p, comments_off=True) for p in blog.post))
    _, again = a_week_later(town, town, cache)
    assert len(again.log) == 1
    assert "if-none-match" in again.log[0].headers
    assert again.one(Account).name == "Little Snoring news"
    assert again.of(Post) == []
    assert not any("Castle" in text for text in cache.values())


def test_an_unchanged_feed_is_asked_for_once_more_where_comments_may_have_come() -> None:
    late = replace(ANSWERED, at=UNTIL + timedelta(days=1))
    _, same = a_week_later(a_blog(ASKED), a_blog(ASKED), {})
    _, grown = a_week_later(a_blog(ASKED), a_blog(ASKED, late), {})
    assert (len(same.log), same.of(Comment)) == (2, [])
    assert len(grown.log) == 3
    assert {c.text for c in grown.of(Comment)} == {"When is it open?", "On Monday."}


def test_a_changed_feed_is_read() -> None:
    town = a_blog()
    fresh = TownPost(id="new", at=UNTIL + timedelta(days=1), title="New", text="New")
    _, again = a_week_later(town, replace(town, post=(fresh, *town.post)), {})
    assert [p.title for p in again.of(Post)] == ["New"]


def test_a_known_comment_is_read_again_with_the_answers_to_it() -> None:
    first = read(a_blog(ASKED, ANSWERED))
    asked = next(c for c in first.of(Comment) if not c.own)
    known = [Known("comment", asked.id, post=asked.post.partition(":")[2])]
    told = ask(WebsiteSite(a_blog(ASKED, ANSWERED), UNTIL), lambda feed: feed.reread(known))
    assert {c.text for c in told.of(Comment)} == {"When is it open?", "On Monday."}
    assert told.of(Post) == []


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"
xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Blog</title>{}</feed>"""
POST = """<entry><id>tag:1</id><title>Bins</title><author><name>The Clerk</name></author>
<published>2026-09-03T10:00:00Z</published><updated>2026-09-03T10:00:00Z</updated>
<link rel="replies" type="text/html" href="/1.html#comments"/>
<link rel="replies" type="application/atom+xml" href="/1/comments" thr:count="2"/>
<content type="html">Bins</content></entry>
<entry><id>tag:0</id><title>Old</title><updated>2026-08-01T10:00:00Z</updated></entry>"""
SAID = """<entry><id>tag:c{n}</id><title>c</title>{by}<updated>2026-09-04T1{n}:00:00Z</updated>
<thr:in-reply-to ref="{ref}"/><content type="html">Said {n}</content></entry>"""
ANN, CLERK = "<author><name>Ann</name></author>", "<author><name>the clerk</name></author>"


def test_comments_of_atom_are_read() -> None:
    said = SAID.format(n=1, by=ANN, ref="tag:1") + SAID.format(n=2, by=CLERK, ref="tag:c1")
    site = Shown({"/feed/": ATOM.format(POST), "/1/comments": ATOM.format(said)})
    told = ask(site)
    one, two = told.of(Comment)
    assert (one.own, two.own, one.parent, two.parent) == (False, True, None, one.key)
    assert told.one(Post).comment_count == 2
    assert told.unread() == []


def test_a_comment_without_an_author_is_nobody_s() -> None:
    said = SAID.format(n=1, by="", ref="") + SAID.format(n=2, by=ANN, ref="tag:c2")
    told = ask(Shown({"/feed/": ATOM.format(POST), "/1/comments": ATOM.format(said)}))
    one, two = told.of(Comment)
    assert (one.own, one.author, two.parent) == (None, None, None)


def test_comments_on_another_host_are_not_asked_for() -> None:
    away = POST.replace('"/1/comments"', '"https://comments.example.net/1"')
    told = ask(Shown({"/feed/": ATOM.format(away)}), rebased=False)
    assert [(u.fact, u.reason[:8]) for u in told.unread()] == [("comments", "entries ")]
    assert len(told.log) == 1


def test_comments_that_lead_in_a_circle_are_left() -> None:
    around = '<link rel="next" href="/1/comments"/>' + SAID.format(n=1, by=ANN, ref="")
    told = ask(Shown({"/feed/": ATOM.format(POST), "/1/comments": ATOM.format(around)}))
    assert len(told.log) == 2


def test_a_cache_that_makes_no_sense_is_read_past() -> None:
    for odd in ("{", "[]", '{"address": 1}', '{"address": "x", "tag": 1}'):
        assert len(read(a_blog(), cache={"feed:feed": odd}).of(Post)) == 1
