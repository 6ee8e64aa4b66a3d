"""A message board on loopback: its feed of new posts, as phpBB 3.3 writes it.

Sources: phpBB's ``feed.php`` and its Atom template. phpBB's feed is one page; the pages here are
those of boards that link them as ``next`` (RFC 5005).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC
from html import escape
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as xml

from demo.server import Answer
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount, TownMedia, TownPost

PER_PAGE = 15
ATOM = "application/atom+xml; charset=UTF-8"
_STATUS = {
    "rate_limited": 429,
    "rate_limited_no_header": 429,
    "server_error": 500,
    "expired_token": 401,
    "forbidden": 403,
    "not_found": 404,
}


@dataclass(frozen=True)
class _Entry:
    native: str
    title: str
    by: str
    at: datetime
    html: str


class ForumSite:
    """A board as of ``now``: ``/feed.php``. It asks for no token; the council writes as ``council``."""

    def __init__(self, town: TownAccount, now: datetime, council: str = "The Council") -> None:
        self.town = town
        self.now = now
        self.council = council

    def answer(self, request: Request) -> Answer:
        """A page of the feed."""
        if request.path != "/feed.php":
            return _page(404)
        paged = request.query.get("page", "1")
        body = self._feed(int(paged) if paged.isdigit() else 1)
        tag = f'"{hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Answer("", 304, {"ETag": tag}, ATOM)
        return Answer(body, headers={"ETag": tag}, content_type=ATOM)

    def fault(self, name: str, request: Request) -> Answer:
        """What a board does when it fails; a page of HTML, mostly."""
        if name in _STATUS:
            headers = {"Retry-After": "900"} if name == "rate_limited" else {}
            return _page(_STATUS[name], headers)
        body = str(self.answer(request).body)
        if name == "malformed":
            start, end = body.find("<updated>", body.find("<entry>")), body.find("</published>")
            return Answer(body[:start] + body[end + 12 :], content_type=ATOM)
        following = "/feed.php" if name == "repeated_cursor" else "http://127.0.0.2:9/feed.php"
        kept = "\n".join(line for line in body.splitlines() if 'rel="next"' not in line)
        link = f'<link rel="next" href="{following}"/></feed>'
        return Answer(kept.replace("</feed>", link), content_type=ATOM)

    def _entries(self) -> list[_Entry]:
        found = []
        for post in self.town.posts_as_of(self.now):
            if post.audience == "public":
                found.append(self._beginning(post))
                found += [
                    _Entry(
                        post_id(post.id, comment.id),
                        f"Re: {post.title}",
                        self.council if comment.by == "council" else comment.by,
                        comment.at,
                        escape(comment.text, quote=False),
                    )
                    for comment in post.comments_as_of(self.now)
                    if comment.state_as_of(self.now) == "published"
                ]
        return sorted(found, key=lambda entry: entry.at, reverse=True)

    def _beginning(self, post: TownPost) -> _Entry:
        pictures = "".join(_picture(medium, self.now) for medium in post.media)
        by = self.council if post.by == "council" else post.by
        html = escape(post.text, quote=False) + pictures
        return _Entry(post_id(post.id), post.title, by, post.at, html)

    def _feed(self, page: int) -> str:
        everything = self._entries()
        shown = everything[(page - 1) * PER_PAGE : page * PER_PAGE]
        home = self.town.handle.partition("/feed.php")[0]
        more = len(everything) > page * PER_PAGE
        following = f'<link rel="next" href="/feed.php?page={page + 1}"/>' if more else ""
        entries = "".join(_entry(entry, home) for entry in shown)
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb">
<link rel="self" type="application/atom+xml" href="{xml(home)}/feed.php" />
{following}
<title>{xml(self.town.name)}</title>
<subtitle>{xml(self.town.description)}</subtitle>
<link href="{xml(home)}/index.php" />
<updated>{(shown[0].at if shown else self.town.created_at).astimezone(UTC).isoformat()}</updated>
<author><name><![CDATA[{_cdata(self.town.name)}]]></name></author>
<id>{xml(home)}/feed.php</id>
{entries}</feed>
"""


def post_id(*local: str) -> str:
    """The number that the board gave to what was written."""
    return number("forum", *local, digits=6)


def _entry(entry: _Entry, home: str) -> str:
    link = xml(f"{home}/viewtopic.php?p={entry.native}#p{entry.native}")
    at = entry.at.astimezone(UTC).isoformat()
    profile = f'<a href="{home}/memberlist.php?mode=viewprofile&amp;u=2">{escape(entry.by)}</a>'
    signed = f"<p>Statistics: Posted by {profile} — {entry.at:%a %b %d, %Y %I:%M %p}</p><hr />"
    return f"""<entry>
<author><name><![CDATA[{_cdata(entry.by)}]]></name></author>
<updated>{at}</updated>
<published>{at}</published>
<id>{link}</id>
<link href="{link}"/>
<title type="html"><![CDATA[Town talk • {_cdata(escape(entry.title, quote=False))}]]></title>
<category term="Town talk" scheme="{xml(home)}/viewforum.php?f=2" label="Town talk"/>
<content type="html" xml:base="{link}"><![CDATA[
{_cdata(entry.html)}{_cdata(signed)}
]]></content>
</entry>
"""


def _picture(medium: TownMedia, now: datetime) -> str:
    return f'<br /><img src="./files/{medium.id}.jpg" alt="{escape(medium.alt_as_of(now))}" />'


def _cdata(html: str) -> str:
    return html.replace("]]>", "]]&gt;")


def _page(status: int, headers: dict[str, str] | None = None) -> Answer:
    body = "<!DOCTYPE html><html lang=en-gb><title>Information</title><h1>Information</h1></html>"
    return Answer(body, status, headers or {}, "text/html; charset=UTF-8")
