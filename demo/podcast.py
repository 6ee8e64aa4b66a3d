"""A podcast's host on loopback: its feed, and the transcripts that its episodes name.

Sources: RSS 2.0, Apple's podcast tags, the podcast namespace's own example.xml, and RFC 5005 as
Podlove pages a feed: ten episodes a page, the next as ``atom:link``, validators on every answer.
"""

from __future__ import annotations

import hashlib
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from demo.server import Answer
from demo.town import number

if TYPE_CHECKING:
    from datetime import datetime

    from demo.server import Request
    from demo.town import TownAccount, TownMedia, TownPost

PER_PAGE = 10
RSS = "application/rss+xml; charset=utf-8"
_STATUS = {
    "rate_limited": 429,
    "rate_limited_no_header": 429,
    "server_error": 500,
    "expired_token": 401,
    "forbidden": 403,
    "not_found": 404,
}
_NAMESPACES = """xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom\""""


class PodcastSite:
    """A host as of ``now``: ``/feed.xml`` and ``/transcripts/``. It asks for no token."""

    def __init__(self, town: TownAccount, now: datetime) -> None:
        self.town = town
        self.now = now

    def answer(self, request: Request) -> Answer:
        """A page of the feed, or a transcript."""
        folder, _, name = request.path.strip("/").partition("/")
        if folder == "transcripts":
            return self._transcript(name)
        if folder != "feed.xml":
            return _page(404)
        paged = request.query.get("page", "1")
        body = self._feed(int(paged) if paged.isdigit() else 1, request.headers.get("host", ""))
        tag = f'"{hashlib.md5(body.encode(), usedforsecurity=False).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            return Answer("", 304, {"ETag": tag}, RSS)
        return Answer(body, headers={"ETag": tag}, content_type=RSS)

    def fault(self, name: str, request: Request) -> Answer:
        """What such a host does when it fails."""
        if name in _STATUS:
            headers = {"Retry-After": "900"} if name == "rate_limited" else {}
            return _page(_STATUS[name], headers)
        body = str(self.answer(request).body)
        if name == "malformed":
            start, end = body.find("<pubDate>"), body.find("</pubDate>")
            return Answer(body[:start] + "<pubDate>soon" + body[end:], content_type=RSS)
        following = "/feed.xml" if name == "repeated_cursor" else "http://127.0.0.2:9/feed.xml"
        link = f'<channel><atom:link rel="next" href="{following}"/>'
        kept = "\n".join(line for line in body.splitlines() if 'rel="next"' not in line)
        return Answer(kept.replace("<channel>", link), content_type=RSS)

    def _transcript(self, name: str) -> Answer:
        for post in self.town.posts_as_of(self.now):
            for medium in post.media:
                if name == f"{medium.id}.vtt" and medium.captions_as_of(self.now) != "none":
                    return Answer(_vtt(medium, self.now), content_type="text/vtt; charset=utf-8")
        return _page(404)

    def _feed(self, page: int, host: str) -> str:
        posts = [p for p in self.town.posts_as_of(self.now) if p.audience == "public"]
        shown = posts[(page - 1) * PER_PAGE : page * PER_PAGE]
        more = len(posts) > page * PER_PAGE
        following = f'<atom:link rel="next" href="http://{host}/feed.xml?page={page + 1}"/>'
        items = "".join(self._item(post, host) for post in shown)
        return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {_NAMESPACES}>
<channel>
<title>{escape(self.town.name)}</title>
<link>{escape(self.town.website)}</link>
<description>{escape(self.town.description)}</description>
<language>en-gb</language>
<itunes:author>{escape(self.town.name)}</itunes:author>
<itunes:explicit>false</itunes:explicit>
{following if more else ""}
{items}</channel>
</rss>
"""

    def _item(self, post: TownPost, host: str) -> str:
        medium = next(iter(post.media), None)
        return f"""<item>
<title>{escape(post.title or post.text[:60])}</title>
<link>{escape(self.town.website)}/episodes/{post.id}</link>
<guid isPermaLink="false">{post_id(post)}</guid>
<pubDate>{format_datetime(post.at.astimezone(UTC))}</pubDate>
<description>{escape(escape(post.text))}</description>
{_recording(medium, host, self.now) if medium else ""}</item>
"""


def post_id(post: TownPost) -> str:
    """The id that the host gave to an episode: its guid."""
    return f"episode-{number('podcast', post.id, digits=12)}"


def _recording(medium: TownMedia, host: str, now: datetime) -> str:
    base = f"http://{host}"
    named = quoteattr(f"{base}/transcripts/{medium.id}.vtt")
    attached = f'<podcast:transcript url={named} type="text/vtt" language="en-GB"/>\n'
    has = medium.captions_as_of(now) != "none"
    video = medium.kind == "video"
    return f"""<enclosure url="{base}/files/{medium.id}.{"mp4" if video else "mp3"}" length="{medium.seconds * 16000}"
 type="{"video/mp4" if video else "audio/mpeg"}"/>
<itunes:duration>{medium.seconds}</itunes:duration>
{attached if has else ""}"""


def _vtt(medium: TownMedia, now: datetime) -> str:
    machine = medium.captions_as_of(now) == "automatic"
    note = "NOTE This transcript was automatically generated.\n\n" if machine else ""
    return (
        f"WEBVTT\n\n{note}00:00:00.000 --> 00:00:04.000\n<v Clerk>Welcome to the council's podcast."
        "\n\n00:00:04.500 --> 00:00:08.000\n<v Mayor>Good morning, everybody.\n"
    )


def _page(status: int, headers: dict[str, str] | None = None) -> Answer:
    body = "<!DOCTYPE html><html lang=en><title>Sorry</title><h1>Something went wrong</h1></html>"
    return Answer(body, status, headers or {}, "text/html; charset=utf-8")
