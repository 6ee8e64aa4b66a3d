from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree

from demo.server import Answer, Request
from demo.town import TownAccount, TownMedia, TownPost, load
from demo.website import WebsiteSite, post_id

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
ITEM = ["title", "link", "creator", "pubDate", "category", "guid", "description", "encoded"]
DISCUSSED = ["commentRss", "comments"]


def ask(site: WebsiteSite, path: str = "/feed/", **query: str) -> Answer:
    headers = {"if-none-match": query.pop("tag")} if "tag" in query else {}
    return site.answer(Request("GET", path, query, headers, {}))


def items(answer: Answer) -> list[Element]:
    return list(ElementTree.fromstring(str(answer.body)).iter("item"))


def a_town(*posts: TownPost) -> TownAccount:
    return TownAccount(
        platform="website",
        handle="https://www.example.org/feed/",
        name="Little & Snoring",
        website="https://www.example.org",
        created_at=NOW,
        post=posts,
    )


def posts(count: int) -> tuple[TownPost, ...]:
    return tuple(
        TownPost(id=f"p{n}", at=NOW - timedelta(hours=n + 1), title=f"Notice {n}", text="Text")
        for n in range(count)
    )


def test_every_item_has_what_wordpress_gives_it() -> None:
    for item in items(ask(WebsiteSite(load("website"), NOW))):
        assert [child.tag.rpartition("}")[2] for child in item] == ITEM + DISCUSSED


def test_a_page_holds_ten_and_the_last_is_followed_by_nothing() -> None:
    site = WebsiteSite(a_town(*posts(12)), NOW)
    assert [len(items(ask(site, paged=str(n)))) for n in (1, 2)] == [10, 2]
    assert ask(site, paged="3").status == 404


def test_an_item_is_named_by_the_number_of_its_post() -> None:
    town = a_town(*posts(1))
    (item,) = items(ask(WebsiteSite(town, NOW)))
    assert item.findtext("guid") == post_id(town, town.post[0])


def test_texts_are_escaped_for_the_page_and_for_the_feed() -> None:
    post = TownPost(
        id="odd",
        at=NOW - timedelta(days=1),
        title="A & B <i>",
        text="1 < 2 ]]> \x0b\x00 end",
        media=(TownMedia(id="m", alt='say "cheese"'),),
    )
    (item,) = items(ask(WebsiteSite(a_town(post), NOW)))
    assert item.findtext("title") == "A &amp; B &lt;i&gt;"
    shown = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert "<p>1 &lt; 2 ]]&gt;" in shown
    assert 'alt="say &quot;cheese&quot;"' in shown


def test_what_has_not_changed_is_not_sent_again() -> None:
    site = WebsiteSite(a_town(*posts(1)), NOW)
    tag = ask(site).headers["ETag"]
    assert ask(site, tag=tag).status == 304


def test_a_post_is_there_only_from_its_time_on() -> None:
    site = WebsiteSite(a_town(*posts(3)), NOW - timedelta(hours=2))
    assert len(items(ask(site))) == 2


@pytest.mark.parametrize("path", ["/news/", "/wp-json/", "/feed/atom/"])
def test_there_is_nothing_but_the_home_page_and_the_feeds(path: str) -> None:
    assert ask(WebsiteSite(a_town(), NOW), path).status == 404


def test_the_home_page_links_to_profiles_by_icons_with_a_label() -> None:
    site = WebsiteSite(a_town(), NOW)
    site.profiles = (("https://x.com/a?b=1&c=2", 'Say "X"'),)
    page = str(ask(site, "/").body)
    assert (
        '<a href="https://x.com/a?b=1&amp;c=2"><img src="/icon.svg" alt="Say &quot;X&quot;">'
        in page
    )
