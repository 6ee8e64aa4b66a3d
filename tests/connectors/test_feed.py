from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from connectors import Access
from connectors.feed import CONNECTOR, Feed
from connectors.feed_pages import address_of
from connectors.transport import Unlimited
from demo.server import Answer, LoopbackServer
from socialaudit.errors import Malformed, NotFound, PlatformError, Unreachable
from socialaudit.models import (
    Account,
    AccountKind,
    Audience,
    Known,
    Media,
    MediaKind,
    Post,
    PostKind,
    Unread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from demo.server import Request
    from socialaudit.models import Reading

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
UNTIL = datetime(2026, 9, 8, tzinfo=UTC)
ITEM = """<item><title>Road closed</title><link>https://www.example.gov.uk/road/</link>
<guid isPermaLink="false">road-1</guid><pubDate>Thu, 03 Sep 2026 10:00:00 +0000</pubDate>
<description>Castle Ditch is closed.</description></item>"""
OLD = """<item><title>Old</title><guid>old-1</guid>
<pubDate>Sat, 01 Aug 2026 10:00:00 +0000</pubDate></item>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>tag:example.gov.uk,2026:1</id><title type="html">Bins &amp;amp; &lt;b&gt;boxes&lt;/b&gt;</title>
<link href="https://www.example.gov.uk/bins"/><published>2026-09-03T10:00:00+01:00</published>
<updated>2026-09-04T10:00:00+01:00</updated>
<content type="html">&lt;p&gt;Put out &lt;a href="/bins.pdf"&gt;both&lt;/a&gt;.&lt;/p&gt;</content></entry></feed>"""


def rss(*items: str, head: str = "", declared: str = '<?xml version="1.0"?>') -> str:
    title = "<title>Little Snoring</title><link>https://www.example.gov.uk</link>"
    return f"""{declared}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:atom="http://www.w3.org/2005/Atom"><channel>{title}{head}{"".join(items)}</channel></rss>"""


def html(content: str) -> str:
    return ITEM.replace("Castle Ditch is closed.", f"<![CDATA[{content}]]>")


@dataclass
class Fixed:
    """A site that gives the same answers in turn, whatever is asked, and the last ever after."""

    answers: tuple[Answer, ...]
    turn: int = -1

    def answer(self, _: Request) -> Answer:
        self.turn += 1
        return self.answers[min(self.turn, len(self.answers) - 1)]

    def fault(self, name: str, request: Request) -> Answer:
        raise NotImplementedError


@dataclass
class Told:
    readings: list[Any]
    error: PlatformError | None
    log: list[Request]

    def of(self, kind: type[Any]) -> list[Any]:
        return [r for r in self.readings if isinstance(r, kind)]

    def one(self, kind: type[Any]) -> Any:
        (found,) = self.of(kind)
        return found


def an_access(handle: str, base_url: str | None = None) -> Access:
    return Access(
        account="website",
        handle=handle,
        kind=AccountKind.COUNCIL,
        limiter=Unlimited(),
        base_url=base_url,
    )


def read(
    *bodies: str | bytes | Answer,
    ask: Callable[[Feed], Iterable[Reading]] = lambda feed: feed.read(SINCE, UNTIL),
    content_type: str = "application/rss+xml",
) -> Told:
    answers = tuple(
        b if isinstance(b, Answer) else Answer(b, content_type=content_type) for b in bodies
    )
    readings: list[Reading] = []
    error = None
    with LoopbackServer(Fixed(answers)) as server:
        feed = Feed(an_access(f"{server.url}/feed/"))
        try:
            readings.extend(ask(feed))
        except PlatformError as fault:
            error = fault
        finally:
            feed.close()
    return Told(readings, error, server.log)


def test_the_module_names_its_connector() -> None:
    assert CONNECTOR is Feed


def test_an_entry_is_a_notice() -> None:
    told = read(rss(ITEM, OLD))
    post = told.one(Post)
    assert (post.kind, post.audience) == (PostKind.NOTICE, Audience.PUBLIC)
    assert (post.id, post.title, post.text) == ("road-1", "Road closed", "Castle Ditch is closed.")
    assert post.permalink == "https://www.example.gov.uk/road/"
    assert post.published_at == datetime(2026, 9, 3, 10, tzinfo=UTC)
    assert post.edited_at is None
    assert told.one(Account).name == "Little Snoring"
    assert told.of(Unread) == []


def test_atom_tells_when_an_entry_was_changed() -> None:
    post = read(ATOM).one(Post)
    assert (post.title, post.text) == ("Bins & boxes", "Put out both.")
    assert post.published_at == datetime(2026, 9, 3, 9, tzinfo=UTC)
    assert post.edited_at == datetime(2026, 9, 4, 9, tzinfo=UTC)
    assert post.links == ("https://www.example.gov.uk/bins.pdf",)


def test_the_markup_of_an_entry_is_left_out() -> None:
    content = (
        "<style>p {}</style><script>alert(1)</script><h2>Road</h2><p>Castle &amp; Ditch</p>"
        '<p>is <b>closed</b><br>today</p><a href="javascript:alert(1)">x</a> <![odd]>'
    )
    assert read(rss(html(content), OLD)).one(Post).text.splitlines()[:4] == [
        "Road",
        "Castle & Ditch",
        "is closed",
        "today",
    ]


def test_pictures_come_with_their_description_or_none() -> None:
    content = (
        '<img src="/a.jpg" alt="A bin"><img src="b.jpg"><img src="c.jpg" alt="">'
        '<img src="https://stats.example.org/p.gif" width="1" height="1">'
        '<img src="javascript:alert(1)">'
    )
    told = read(rss(html(content), OLD))
    assert [m.alt_text for m in told.of(Media)] == ["A bin", "", ""]
    assert {(m.kind, m.post) for m in told.of(Media)} == {(MediaKind.IMAGE, "feed:road-1")}
    assert told.of(Media)[0].payload["src"] == "https://www.example.gov.uk/a.jpg"


def test_what_is_enclosed_is_a_link_and_a_medium_of_its_kind() -> None:
    enclosed = '<enclosure url="https://www.example.gov.uk/{}" type="{}" length="1"/></item>'
    item = ITEM.replace("</item>", enclosed.format("a.mp3", "audio/mpeg"))
    item = item.replace("</item>", enclosed.format("a.pdf", "application/pdf"))
    told = read(rss(item, OLD))
    assert [(m.kind, m.alt_text) for m in told.of(Media)] == [(MediaKind.AUDIO, None)]
    assert told.one(Post).links == (
        "https://www.example.gov.uk/a.mp3",
        "https://www.example.gov.uk/a.pdf",
    )


def test_the_longer_of_summary_and_content_is_read() -> None:
    item = ITEM.replace(
        "</item>",
        "<content:encoded><![CDATA[<p>All of it, at length.</p>]]></content:encoded></item>",
    )
    assert read(rss(item, OLD)).one(Post).text == "All of it, at length."


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "big5hkscs", "mac-roman"])
def test_a_feed_may_be_in_any_encoding(encoding: str) -> None:
    source = rss(
        ITEM.replace("Road", "Café"), OLD, declared=f'<?xml version="1.0" encoding="{encoding}"?>'
    )
    told = read(source.encode(encoding), content_type="application/rss+xml")
    assert told.one(Post).title == "Café closed"


def test_a_feed_called_a_web_page_is_read_as_the_feed_it_is() -> None:
    assert len(read(rss(ITEM, OLD), content_type="text/html").of(Post)) == 1


def test_a_feed_that_does_not_reach_back_says_so() -> None:
    told = read(rss(ITEM))
    assert (told.one(Unread).fact, told.one(Unread).partial) == ("posts", True)
    assert "03.09.2026" in told.one(Unread).reason


def test_an_empty_feed_is_empty() -> None:
    told = read(rss())
    assert len(told.of(Account)) == 1
    assert told.of(Post) + told.of(Unread) == []


@pytest.mark.parametrize(
    "item",
    [
        "<item><title>No date</title><guid>1</guid></item>",
        "<item><pubDate>Thu, 03 Sep 2026 10:00:00 GMT</pubDate></item>",
        ITEM.replace("Thu, 03 Sep 2026 10:00:00 +0000", "soon"),
    ],
)
def test_an_entry_that_cannot_be_understood_is_counted(item: str) -> None:
    told = read(rss(item, ITEM.replace("road-1", "road-2"), OLD))
    assert [p.id for p in told.of(Post)] == ["road-2"]
    assert told.one(Unread).reason == "1 of 3 entries could not be understood"


def test_a_feed_of_which_nothing_can_be_understood_is_no_quiet_one() -> None:
    told = read(rss("<item><title>No date</title></item>", "<item><title>Nor here</title></item>"))
    assert isinstance(told.error, Malformed)
    assert "none of the feed's 2 entries" in told.error.message
    assert "an entry without a time" in told.error.message
    assert told.of(Account) == []


def test_entries_that_share_an_id_are_all_read() -> None:
    items = [ITEM.replace("/road/", f"/road/{n}") for n in range(3)]
    told = read(rss(*items, items[0], OLD))
    assert [(p.permalink or "")[-1] for p in told.of(Post)] == ["0", "1", "2"]
    assert len({p.key for p in told.of(Post)}) == 3


def test_an_entry_without_an_id_or_a_link_is_known_by_what_it_says() -> None:
    bare = "<item><title>{}</title><pubDate>Thu, 03 Sep 2026 10:00:00 GMT</pubDate></item>"
    told = read(rss(bare.format("Road closed"), bare.format("Road open"), OLD))
    assert [p.title for p in told.of(Post)] == ["Road closed", "Road open"]
    assert [p.permalink for p in told.of(Post)] == [None, None]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Thu, 03 Sep 2026 10:00:00 BST", 9),
        ("Thu, 03 Sept 2026 10:00:00 GMT", 10),
        ("03/09/2026 10:00", 10),
        ("3/9/2026, 10:00:00", 10),
        ("03/09/2026", 0),
        ("2026-09-03 10:00:00", 10),
    ],
)
def test_a_time_may_be_written_as_the_british_do(written: str, hour: int) -> None:
    told = read(rss(ITEM.replace("Thu, 03 Sep 2026 10:00:00 +0000", written), OLD))
    assert told.one(Post).published_at == datetime(2026, 9, 3, hour, tzinfo=UTC)


@pytest.mark.parametrize("written", ["1788429600", "31/09/2026", "03/13/2026", "Wed, 01 Jan 1800"])
def test_a_time_that_cannot_be_is_none_and_ends_nothing(written: str) -> None:
    odd = ITEM.replace("Thu, 03 Sep 2026 10:00:00 +0000", written)
    told = read(rss(odd, ITEM.replace("road-1", "road-2")))
    assert [p.id for p in told.of(Post)] == ["road-2"]
    assert [u.reason for u in told.of(Unread)] == [
        "the feed reaches back only to 03.09.2026",
        "1 of 2 entries could not be understood",
    ]


def test_what_media_rss_adds_is_a_medium_once() -> None:
    def content(name: str, more: str) -> str:
        return f'<media:content url="https://example.org/{name}" {more}/>'

    space = 'xmlns:media="http://search.yahoo.com/mrss/"'
    added = content("1.jpg", 'medium="image"') + content("1.jpg", 'type="image/jpeg"')
    grouped = "<media:group>" + content("2.mp4", 'type="video/mp4"') + "</media:group>"
    enclosed = '<enclosure url="https://example.org/1.jpg" type="image/jpeg" length="1"/>'
    item = ITEM.replace("</item>", f"{added}{grouped}{enclosed}</item>")
    told = read(rss(item, OLD).replace("<rss ", f"<rss {space} "))
    assert {m.payload["src"][-5:]: m.kind for m in told.of(Media)} == {
        "1.jpg": MediaKind.IMAGE,
        "2.mp4": MediaKind.VIDEO,
    }
    assert len(told.of(Media)) == 2


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    told = read(rss(OLD, ITEM, ITEM.replace("road-1", "road-2"))[:-120])
    assert "road-1" in {p.id for p in told.of(Post)}
    assert any("damaged" in u.reason for u in told.of(Unread))


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "http://127.0.0.2/">%a;]>',
    ],
)
def test_a_feed_with_entities_of_its_own_is_refused(body: str) -> None:
    told = read(rss(ITEM.replace("Road", "&b;"), declared=f'<?xml version="1.0"?>{body}'))
    assert isinstance(told.error, Malformed)


def test_an_old_feed_with_the_doctype_of_its_time_is_read() -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "rss.dtd">'
    assert len(read(rss(ITEM, OLD, declared=doctype)).of(Post)) == 1


@pytest.mark.parametrize("odd", ["&#10;", "&#x7f;", "x" * 300])
def test_an_id_that_no_store_could_keep_gets_a_plain_one(odd: str) -> None:
    (post,) = read(rss(ITEM.replace("road-1", f"road{odd}1"))).of(Post)
    assert re.fullmatch("feed:[0-9a-f]{64}", post.key)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("<!DOCTYPE html><title>Sorry</title>", Unreachable),
        ("\n <html><body>Sorry</body></html>", Unreachable),
        ("", Malformed),
        ("nothing of the kind", Malformed),
        ("/etc/passwd", Malformed),
        ('{"items": []}', Malformed),
        ("<opml></opml>", Malformed),
        (b"\x00\xff\xfe", Malformed),
    ],
)
def test_what_is_no_feed_is_an_error(body: Any, error: type[PlatformError]) -> None:
    told = read(body)
    assert type(told.error) is error
    assert told.readings == []


@pytest.mark.parametrize("encoding", ["big5hkscs", "euc-kr"])
def test_a_feed_with_entities_of_its_own_is_refused_in_any_encoding(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE rss [<!ENTITY a "aaaa">]>'
    told = read(rss(ITEM, declared=declared).encode(encoding))
    assert isinstance(told.error, Malformed)
    assert "entities" in told.error.message


@pytest.mark.parametrize(
    "start",
    ["\ufeff<!DOCTYPE html>", '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "">', "<!-- a -->"],
)
def test_a_page_in_place_of_a_feed_says_where_the_feed_is(start: str) -> None:
    links = (
        '<link rel="stylesheet" href="a.css">'
        '<link rel="alternate" type="application/rss+xml" href="/news/feed/?a=1&amp;b=2">'
    )
    told = read(f"{start}<html><head>{links}</head></html>")
    assert isinstance(told.error, Malformed)
    assert "/news/feed/?a=1&b=2" in told.error.remedy
    assert isinstance(read(f"{start}<html><p>Back soon.</p></html>").error, Unreachable)


@pytest.mark.parametrize("start", ["feed://", "feed:https://", "pcast://", "//", "https://", ""])
def test_an_address_may_begin_as_programs_write_it(start: str) -> None:
    access = an_access(f"{start}www.example.gov.uk/feed/")
    assert address_of(access) == "https://www.example.gov.uk/feed/"


def test_the_pages_of_wordpress_are_followed_until_before_the_window() -> None:
    wordpress = "<generator>https://wordpress.org/?v=6.8</generator>"
    told = read(rss(ITEM, head=wordpress), rss(OLD, head=wordpress), rss(OLD, head=wordpress))
    assert [r.query for r in told.log] == [{}, {"paged": "2"}]
    assert told.of(Unread) == []


def test_the_end_of_wordpress_is_where_there_is_no_page() -> None:
    wordpress = "<generator>https://wordpress.org/?v=6.8</generator>"
    told = read(rss(ITEM, head=wordpress), Answer("", 404))
    assert (len(told.of(Post)), told.of(Unread)) == (1, [])


def test_a_site_that_ignores_the_page_it_is_asked_for_is_left() -> None:
    wordpress = "<generator>https://wordpress.org/?v=6.8</generator>"
    told = read(rss(ITEM, head=wordpress))
    assert (len(told.log), len(told.of(Post)), len(told.of(Unread))) == (2, 1, 1)


def test_a_next_page_that_the_feed_links_to_is_read() -> None:
    link = '<atom:link rel="next" href="/feed/2"/>'
    told = read(rss(ITEM, head=link), rss(OLD))
    assert [r.path for r in told.log] == ["/feed/", "/feed/2"]


def test_known_notices_are_read_again_and_those_not_there_are_not_called_gone() -> None:
    known = [Known("post", "road-1"), Known("post", "other"), Known("media", "x", post="road-1")]
    told = read(rss(html('<img src="a.jpg">'), OLD), ask=lambda feed: feed.reread(known))
    assert [type(r) for r in told.readings] == [Post, Media]
    assert len(told.log) == 1


def test_what_was_just_read_is_not_fetched_again() -> None:
    def both(feed: Feed) -> list[Reading]:
        return [*feed.read(SINCE, UNTIL), *feed.reread([Known("post", "road-1")])]

    told = read(rss(ITEM, OLD), ask=both)
    assert (len(told.log), len(told.of(Post))) == (1, 2)


def test_the_feed_may_be_named_by_its_address_on_a_base() -> None:
    with LoopbackServer(Fixed((Answer(rss(ITEM, OLD)),))) as server:
        for handle in (
            "https://www.example.gov.uk/news/feed/?a=b",
            "www.example.gov.uk/news/feed/",
        ):
            feed = Feed(an_access(handle, server.url))
            assert len(list(feed.read(SINCE, UNTIL))) == 2
            feed.close()
    assert {r.path for r in server.log} == {"/news/feed/"}


def test_a_handle_that_is_no_address_is_not_found() -> None:
    with pytest.raises(NotFound):
        Feed(an_access("https://user:secret@www.example.gov.uk/feed"))


def test_a_long_id_is_kept_short() -> None:
    post = read(rss(ITEM.replace("road-1", "x" * 5000), OLD)).one(Post)
    assert len(post.id) == 64
