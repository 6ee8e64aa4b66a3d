from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connectors.forum import CONNECTOR, Forum
from demo.forum import ForumSite
from demo.server import LoopbackServer
from demo.town import TownAccount, TownComment, TownMedia, TownPost
from socialaudit.models import (
    Account,
    Comment,
    CommentKind,
    Known,
    Media,
    Post,
    PostKind,
    Unread,
)
from tests.connectors.feeds import Shown, Told, ask

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
LATER = datetime(2026, 9, 15, tzinfo=UTC)
THURSDAY = datetime(2026, 9, 3, 10, tzinfo=UTC)
HANDLE = "https://board.example.org/feed.php#The Council"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Board</title>{}
<item><title>Old</title><guid>old</guid><dc:creator>Zoe</dc:creator>
<pubDate>Sat, 01 Aug 2026 10:00:00 GMT</pubDate></item></channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link><guid>{guid}</guid>
<dc:creator>{by}</dc:creator><description><![CDATA[{html}]]></description>
<pubDate>Thu, 03 Sep 2026 {hour}:00:00 GMT</pubDate></item>"""


def a_post(local: str, text: str, *comments: TownComment, **more: Any) -> TownPost:
    return TownPost(
        id=local, at=THURSDAY, title=f"About {local}", text=text, comment=comments, **more
    )


def said(local: str, text: str, by: str, hours: int = 1) -> TownComment:
    return TownComment(id=local, at=THURSDAY + timedelta(hours=hours), by=by, text=text)


def a_board(*posts: TownPost) -> TownAccount:
    old = TownPost(id="old", at=THURSDAY - timedelta(days=40), title="Old", text="Old", by="Zoe")
    return TownAccount(
        platform="forum",
        handle=HANDLE,
        name="Town talk",
        created_at=datetime(2015, 1, 1, tzinfo=UTC),
        post=(*posts, old),
    )


def read(town: TownAccount, handle: str = HANDLE) -> Told:
    with LoopbackServer(ForumSite(town, UNTIL)) as server:
        return ask(server, Forum, handle, lambda f: f.read(SINCE, UNTIL))


def shown(*items: str, handle: str = "{}/feed.rss#The Council", head: str = "") -> Told:
    site = Shown({"/feed.rss": RSS.format(head + "".join(items))})
    with LoopbackServer(site) as server:
        return ask(server, Forum, handle, lambda f: f.read(SINCE, UNTIL), base=False)


def an_item(title: str, by: str, hour: int = 10, html: str = "Words", **more: str) -> str:
    told = {"link": "", "guid": f"{title} {by} {hour}", **more}
    return ITEM.format(title=title, by=by, hour=hour, html=html, **told)


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Forum


def test_what_the_council_wrote_is_a_post_and_what_others_wrote_a_comment() -> None:
    mine = a_post("bins", "Put them out.", said("c", "When?", "Ann"), media=(TownMedia(id="m"),))
    theirs = a_post("road", "The road is broken.", said("d", "Mine too.", "Bob"), by="Cy")
    told = read(a_board(mine, theirs))
    post = told.one(Post)
    assert (post.kind, post.title, post.text) == (PostKind.POST, "About bins", "Put them out.")
    assert (told.one(Media).post, told.one(Media).alt_text) == (post.key, "")
    by_text = {c.text: c for c in told.of(Comment)}
    when, road = by_text["When?"], by_text["About road\nThe road is broken."]
    assert (when.kind, when.post, when.own) == (CommentKind.COMMENT, post.key, False)
    assert (road.kind, road.post, road.parent) == (CommentKind.VISITOR_POST, None, None)
    assert (by_text["Mine too."].parent, by_text["Mine too."].kind) == (
        road.key,
        CommentKind.REPLY,
    )
    assert len(told.log) == 1


def test_the_council_s_answer_in_its_own_topic_is_a_comment_of_its_own() -> None:
    answers = said("c", "When?", "Ann"), said("d", "On Monday.", "council", 2)
    told = read(a_board(a_post("bins", "Put them out.", *answers)))
    answered = next(c for c in told.of(Comment) if c.own)
    assert (answered.text, answered.post) == ("On Monday.", told.one(Post).key)


def test_the_council_s_answer_in_another_s_topic_is_a_post_that_answers() -> None:
    told = read(a_board(a_post("road", "Broken.", said("c", "We know.", "council"), by="Cy")))
    post, visit = told.one(Post), told.one(Comment)
    assert (post.kind, post.reply_to) == (PostKind.REPLY, visit.id)


def test_no_name_of_a_writer_is_kept() -> None:
    theirs = a_post("road", "Broken.", said("d", "Mine.", "Bob Builder"), by="Cyril Example")
    comments = read(a_board(theirs)).of(Comment)
    kept = repr(comments) + str([c.payload for c in comments])
    assert "Builder" not in kept
    assert "Cyril" not in kept


def test_without_a_name_nothing_is_the_council_s_and_the_report_says_so() -> None:
    told = read(a_board(a_post("bins", "Put them out.")), HANDLE.partition("#")[0])
    assert told.of(Post) == []
    assert [c.own for c in told.of(Comment)] == [None]
    assert [(u.fact, u.partial) for u in told.unread()] == [("posts", True)]
    assert "#" in told.unread()[0].remedy


@pytest.mark.parametrize(
    "name", ["the council", "The%20Council", "Clerk, The Council", " The Council "]
)
def test_a_name_may_be_written_in_several_ways(name: str) -> None:
    assert (
        len(read(a_board(a_post("bins", "x")), f"{HANDLE.partition('#')[0]}#{name}").of(Post)) == 1
    )


def test_an_unchanged_board_costs_one_small_request() -> None:
    site = ForumSite(a_board(a_post("bins", "x", said("c", "When?", "Ann"))), UNTIL)
    cache: dict[str, str] = {}
    with LoopbackServer(site) as server:
        first = ask(server, Forum, HANDLE, lambda f: f.read(SINCE, UNTIL), cache=cache)
        probe = [Known("post", first.one(Post).id, comment_count=0)]
        again = ask(
            server,
            Forum,
            HANDLE,
            lambda f: [*f.read(UNTIL, LATER), *f.reread(probe)],
            cache=cache,
        )
    assert len(again.log) == 1
    assert again.one(Account).name == "Town talk"
    assert again.of(Post) + again.of(Comment) == []


def test_a_known_comment_comes_with_what_the_council_answered() -> None:
    answers = said("c", "When?", "Ann"), said("d", "On Monday.", "council", 2)
    with LoopbackServer(ForumSite(a_board(a_post("bins", "x", *answers)), UNTIL)) as server:
        first = ask(server, Forum, HANDLE, lambda f: f.read(SINCE, UNTIL))
        asked = next(c for c in first.of(Comment) if not c.own)
        known = [Known("comment", asked.id, post=asked.post.partition(":")[2])]
        told = ask(server, Forum, HANDLE, lambda f: f.reread(known))
    assert {r.text for r in told.readings} == {"x", "When?", "On Monday."}


def test_nodebb_says_in_the_title_that_an_entry_is_an_answer() -> None:
    told = shown(
        an_item("Reply to Bins on Thu, 03 Sep 2026 11:00:00 GMT", "ann", 11, link="/post/2"),
        an_item("Bins", "the council", link="/topic/1/bins"),
    )
    assert told.one(Post).kind is PostKind.POST
    assert told.one(Comment).kind in {CommentKind.COMMENT, CommentKind.VISITOR_POST}


def test_topics_are_told_by_their_address() -> None:
    told = shown(
        an_item("Re: Bins", "ann", 11, link="/showthread.php?t=5&p=2"),
        an_item("Bins!", "the council", link="/showthread.php?t=5"),
        an_item("Bins!", "cy", link="/showthread.php?t=6"),
    )
    kinds = {c.kind: c.post for c in told.of(Comment)}
    assert kinds == {CommentKind.COMMENT: told.one(Post).key, CommentKind.VISITOR_POST: None}


REDDIT = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>r/town</title>
<entry><author><name>/u/TheCouncil</name><uri>https://www.reddit.com/user/TheCouncil</uri></author>
<id>t3_1</id><link href="https://www.reddit.com/r/town/comments/1/bins/"/><title>Bins</title>
<updated>2026-09-03T10:00:00+00:00</updated><published>2026-09-03T10:00:00+00:00</published>
<content type="html">&lt;div class="md"&gt;&lt;p&gt;Put them out&lt;/p&gt;&lt;/div&gt; &amp;#32; submitted by &amp;#32;
&lt;a href="https://www.reddit.com/user/TheCouncil"&gt; /u/TheCouncil &lt;/a&gt; &lt;br/&gt;</content></entry>
<entry><author><name>/u/ann</name></author><id>t1_2</id>
<link href="https://www.reddit.com/r/town/comments/1/bins/2/"/><title>/u/ann on Bins</title>
<updated>2026-09-03T11:00:00+00:00</updated>
<content type="html">&lt;p&gt;When?&lt;/p&gt;</content></entry></feed>"""


def test_a_community_of_reddit_is_read_by_its_feed() -> None:
    with LoopbackServer(Shown({"/r/town/.rss": REDDIT})) as server:
        told = ask(
            server,
            Forum,
            "https://www.reddit.com/r/town#thecouncil",
            lambda f: f.read(SINCE, UNTIL),
        )
    assert told.one(Post).text == "Put them out"
    assert (told.one(Comment).text, told.one(Comment).post) == ("When?", told.one(Post).key)
    assert "ann" not in str(told.one(Comment).payload)


def test_an_entry_without_a_writer_is_nobody_s() -> None:
    told = shown(an_item("Bins", ""))
    assert (told.one(Comment).own, told.one(Comment).author) == (None, None)


@pytest.mark.parametrize(
    "by", ["The Council", "clerk@example.gov.uk (The Council)", "@the council"]
)
def test_a_writer_may_be_named_in_several_ways(by: str) -> None:
    assert len(shown(an_item("Bins", by)).of(Post)) == 1


def test_pictures_of_emoji_are_text() -> None:
    html = 'Good <img class="smilies" src="/s.gif" alt=":)" width="15" height="17"> news'
    told = shown(an_item("Bins", "The Council", html=html))
    assert told.one(Post).text == "Good :) news"
    assert told.of(Media) == []


def test_a_board_whose_entries_all_say_that_they_answer_is_read() -> None:
    told = shown(an_item("Re: Bins", "The Council"), an_item("Re: Bins", "Ann", 11))
    assert told.one(Post).kind is PostKind.REPLY
    assert told.one(Comment).kind is CommentKind.VISITOR_POST


def test_a_busy_board_says_how_far_it_could_be_read() -> None:
    body = RSS.format(an_item("Bins", "The Council"))
    body = body[: body.index("<item><title>Old")] + "</channel></rss>"
    with LoopbackServer(Shown({"/feed.rss": body})) as server:
        told = ask(server, Forum, "{}/feed.rss#x", lambda f: f.read(SINCE, UNTIL), base=False)
    assert [(u.fact, u.partial) for u in told.of(Unread) if not u.permanent] == [("posts", True)]
