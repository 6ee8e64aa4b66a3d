"""The council's own website on loopback, its home page and its feeds: RSS 2.0 in the shape of WordPress.

Sources: the RSS 2.0 specification, and recorded feeds of WordPress 6: ten items a page, ``paged``
for the next, 404 behind the last, validators on every answer. A post's own feed holds its ten newest
comments and has no further page; the validators of the news feed are those of its posts alone.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as xml

from demo.server import Answer
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount, TownComment, TownMedia, TownPost

PER_PAGE = 10
RSS = "application/rss+xml; charset=UTF-8"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold; WordPress drops them too."""
_NAMESPACES = """xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/\""""


class WebsiteSite:
    """A WordPress site as of ``now``: ``/feed/``, and ``/NUMBER/feed/`` for the comments of a post.

    The home page ``/`` links to ``profiles``, each an address and its label. It asks for no token.
    """

    def __init__(self, town: TownAccount, now: datetime) -> None:
        self.town = town
        self.now = now
        self.profiles: tuple[tuple[str, str], ...] = ()

    def answer(self, request: Request) -> Answer:
        """The feed or a page of it, or the comments of a post."""
        of = next((p for p in self._public() if request.path == f"/{post_number(p)}/feed/"), None)
        if of is not None:
            return Answer(self._comments(of), headers=self._headers(), content_type=RSS)
        if request.path == "/":
            return self._home()
        if request.path.rstrip("/") != "/feed":
            return self._page(404, "Page not found")
        paged = request.query.get("paged", "1")
        page = int(paged) if paged.isdigit() else 1
        posts = self._public()
        shown = posts[(page - 1) * PER_PAGE : page * PER_PAGE]
        if not shown and page > 1:
            return self._page(404, "Page not found")
        body = _NOT_XML.sub("", self._feed(shown))
        changed = " ".join(f"{p.id} {p.edited_at or p.at}" for p in posts)
        tag = f'"{hashlib.md5(changed.encode(), usedforsecurity=False).hexdigest()}"'
        headers = {**self._headers(), "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Answer("", 304, headers, RSS)
        return Answer(body, headers=headers, content_type=RSS)

    def fault(self, name: str, request: Request) -> Answer:
        """What such a site does when it fails; a page of HTML, mostly."""
        if name in {"malformed", "repeated_cursor", "hostile_next"}:
            answer = self.answer(request)
            body = str(answer.body)
            if name == "malformed":
                start, end = body.find("<pubDate>"), body.find("</pubDate>")
                return Answer(
                    body[:start] + "<pubDate>soon" + body[end:], content_type=answer.content_type
                )
            following = "/feed/" if name == "repeated_cursor" else "http://127.0.0.2:9/feed/"
            link = f'<atom:link rel="next" href="{following}"/></channel>'
            return Answer(body.replace("</channel>", link), content_type=answer.content_type)
        status = {
            "rate_limited": 429,
            "rate_limited_no_header": 429,
            "server_error": 500,
            "expired_token": 401,
            "forbidden": 403,
            "not_found": 404,
        }[name]
        answer = self._page(status, "Something went wrong")
        if name == "rate_limited":
            return Answer(
                answer.body, status, {**answer.headers, "Retry-After": "900"}, answer.content_type
            )
        return answer

    def _public(self) -> list[TownPost]:
        return [p for p in self.town.posts_as_of(self.now) if p.audience == "public"]

    def _headers(self) -> dict[str, str]:
        return {"Date": format_datetime(self.now.astimezone(UTC), usegmt=True)}

    def _home(self) -> Answer:
        links = "".join(
            f'<li><a href="{escape(address)}"><img src="/icon.svg" alt="{escape(label)}"></a></li>'
            for address, label in self.profiles
        )
        name = escape(self.town.name)
        page = f"<!DOCTYPE html><html lang=en-GB><title>{name}</title><footer><ul>{links}</ul></footer>"
        return Answer(page, 200, self._headers(), "text/html; charset=UTF-8")

    def _page(self, status: int, title: str) -> Answer:
        body = f"<!DOCTYPE html><html lang=en-GB><title>{title}</title><h1>{title}</h1></html>"
        return Answer(body, status, self._headers(), "text/html; charset=UTF-8")

    def _feed(self, posts: list[TownPost]) -> str:
        home = self.town.website or "https://www.example.org"
        built = max((p.edited_at or p.at for p in posts), default=self.now)
        items = "".join(self._item(home, post) for post in posts)
        return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 {_NAMESPACES}>
<channel>
<title>{xml(self.town.name)}</title>
<atom:link href="{xml(home)}/feed/" rel="self" type="application/rss+xml" />
<link>{xml(home)}</link>
<description>{xml(self.town.description)}</description>
<lastBuildDate>{_rfc822(built)}</lastBuildDate>
<language>en-GB</language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<sy:updateFrequency>1</sy:updateFrequency>
<generator>https://wordpress.org/?v=6.8.3</generator>
{items}</channel>
</rss>
"""

    def _comments(self, post: TownPost) -> str:
        home = self.town.website or "https://www.example.org"
        shown = [c for c in post.comments_as_of(self.now) if c.state_as_of(self.now) == "published"]
        newest = sorted(shown, key=lambda c: c.at, reverse=True)[:PER_PAGE]
        items = "".join(_comment(home, post, comment) for comment in newest)
        return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 {_NAMESPACES}>
<channel>
<title>Comments on: {xml(escape(post.title or post.text[:60], quote=False))}</title>
<link>{xml(home)}/{post_number(post)}/</link>
<generator>https://wordpress.org/?v=6.8.3</generator>
{items}</channel>
</rss>
"""

    def _item(self, home: str, post: TownPost) -> str:
        native = post_number(post)
        html = "".join(f"<p>{_linked(line)}</p>\n" for line in post.text.split("\n") if line)
        html += "".join(_figure(home, medium, self.now) for medium in post.media)
        return f"""<item>
<title>{xml(escape(post.title or post.text[:60], quote=False))}</title>
<link>{xml(home)}/{native}/</link>
<dc:creator><![CDATA[Clerk]]></dc:creator>
<pubDate>{_rfc822(post.at)}</pubDate>
<category><![CDATA[News]]></category>
<guid isPermaLink="false">{xml(home)}/?p={native}</guid>
<description><![CDATA[<p>{_cdata(escape(post.text[:300], quote=False))} [&#8230;]</p>]]></description>
<content:encoded><![CDATA[{_cdata(html)}]]></content:encoded>
{"" if post.comments_off else self._discussion(home, post)}</item>
"""

    def _discussion(self, home: str, post: TownPost) -> str:
        there = post.comments_as_of(self.now)
        shown = sum(c.state_as_of(self.now) == "published" for c in there)
        return f"""<wfw:commentRss>{xml(home)}/{post_number(post)}/feed/</wfw:commentRss>
<slash:comments>{shown}</slash:comments>
"""


def post_number(post: TownPost) -> str:
    """The number that WordPress gave to a post."""
    return number("website", post.id, digits=5)


def post_id(town: TownAccount, post: TownPost) -> str:
    """The native id of a post in the feed: its guid."""
    return f"{town.website or 'https://www.example.org'}/?p={post_number(post)}"


def _comment(home: str, post: TownPost, comment: TownComment) -> str:
    """A comment; WordPress names before an answer whom it answers."""
    native, of = number("website", comment.id, digits=4), post_number(post)
    above = next((c for c in post.comment if c.id == comment.reply_to), None)
    link = f"{home}/{of}/#comment-"
    said = f"<p>{escape(comment.text, quote=False)}</p>"
    if above:
        parent = f"{link}{number('website', above.id, digits=4)}"
        said = f'In reply to <a href="{parent}">{escape(_named(above.by))}</a>.\n\n{said}'
    return f"""<item>
<title>By: {xml(escape(_named(comment.by), quote=False))}</title>
<link>{xml(link)}{native}</link>
<dc:creator><![CDATA[{_cdata(_named(comment.by))}]]></dc:creator>
<pubDate>{_rfc822(comment.at)}</pubDate>
<guid isPermaLink="false">{xml(home)}/?p={of}#comment-{native}</guid>
<description><![CDATA[{_cdata(said)}]]></description>
<content:encoded><![CDATA[{_cdata(said)}]]></content:encoded>
</item>
"""


def _named(by: str) -> str:
    return "Clerk" if by == "council" else by


def _linked(line: str) -> str:
    words = [
        f'<a href="{escape(word)}">{escape(word, quote=False)}</a>'
        if word.startswith(("https://", "http://"))
        else escape(word, quote=False)
        for word in line.split(" ")
    ]
    return " ".join(words)


def _figure(home: str, medium: TownMedia, now: datetime) -> str:
    alt = escape(medium.alt_as_of(now))
    source = f"{escape(home)}/wp-content/uploads/{medium.id}.jpg"
    return (
        f'<figure class="wp-block-image"><img src="{source}" alt="{alt}" width="1024"/></figure>\n'
    )


def _cdata(html: str) -> str:
    return html.replace("]]>", "]]&gt;")


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC))
