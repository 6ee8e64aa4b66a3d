"""Blogs and newspapers that run WordPress, through its REST API.

Documentation: https://developer.wordpress.org/rest-api/reference/
Credentials: none are needed for what everybody may read: posts, their pictures and films, and
comments that were approved. With ``USER`` (a user's login name) and ``PASSWORD`` (an application
password: in WordPress choose Users, Profile, Application Passwords) also comments that are held,
spam or in the trash, and private posts. The smallest role for that is Editor; the site's settings
are shown to an Administrator alone. An application password can be revoked at any time and cannot
sign in to the dashboard. It is asked for whether it is right before anything else: WordPress treats
a wrong one as an anonymous reader. It needs an https address.
Price and limits: none in WordPress; hosts and firewalls may have some. A quiet week costs three
requests without a password (the site, posts, comments), and seven as an Editor.

**Cannot see**: pages and what a site keeps in other kinds of content (events, minutes), comments
under them aside; whether a comment waits for approval, by its settings: WordPress shows
``default_comment_status`` and ``default_ping_status`` and no other setting of comments; without a
password, comments that wait and posts that are private; whether a signed-in commenter without posts
of their own belongs to the council; captions of films that are shown from YouTube or Vimeo, which
these sites alone know; how a theme shows pictures.

The description (alt text) of a picture is that in the post, which readers get, not that in the media
library; the picture above a post has that of the library. A film's captions count when the file of
its ``<track>`` answers, can be parsed and holds words.

Where the REST API is closed the site's feeds are read instead: its posts as far back as the feed has
pages, and its newest comments, of which the feed does not tell who wrote them for the council.
The address is the ``handle`` (``www.example.gov.uk/news``); the API is found behind it, also on sites
without readable addresses (``/?rest_route=/``). Tested against WordPress itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from connectors import Usage
from connectors import wordpress_wire as wire
from connectors.wordpress_again import Again
from connectors.wordpress_api import CLOSED, Api
from connectors.wordpress_desk import Desk, authors, counts
from connectors.wordpress_feed import SiteFeeds
from connectors.wordpress_lists import GRAVE, REFUSED, Lists
from connectors.wordpress_media import Tracks
from socialaudit.errors import Unauthorized
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.wordpress_lists import Gathered
    from socialaudit.models import Known, Reading

_UNTOLD = "without an Administrator's application password WordPress shows no settings"


class WordPress:
    """Reads one site.

    Requests of a read, with P pages of 100 posts and C of 100 comments (at least one each), U of
    users where a user signed in and wrote a comment who wrote no post that was read, and T files of
    subtitles that were not yet seen to be good: ``1 + P + C + U + T`` without a password. With one
    ``2 + P + C + U + T``, where C counts pages of each of four states if the user may moderate, and
    one more if the user may manage settings. A reread: one for each 100 posts, one for each 100
    comments under known posts, two for each 100 comments; one for each that these do not give.
    Where the API is not at ``/wp-json/``, finding it costs two or three more.
    """

    name: ClassVar[str] = "wordpress"
    title: ClassVar[str] = "WordPress"
    secrets: ClassVar[tuple[str, ...]] = ("USER", "PASSWORD")
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; raise ``Unauthorized`` where one half of the credential is missing."""
        lacking = [n for n in self.secrets if access.secrets and not access.secrets.get(n.lower())]
        if lacking:
            raise Unauthorized(
                f"the credential has no {lacking[0]}",
                "Set both: the user's login name and the application password.",
            )
        self.usage = Usage()
        self._access = access
        self._api = Api(access, self.usage)
        self._lists = Lists(self._api)
        self._tracks = Tracks(access, self._api.home, self.usage)
        self._desk = Desk(access, self._api.home, self._lists, self._tracks)
        self._feeds: SiteFeeds | None = None

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The site, and what was published on it in [since, until)."""
        try:
            site = self._lists.open()
            posts = self._lists.posts(since, until)
        except CLOSED as closed:
            if self._api.signed_in:
                raise
            self._feeds = SiteFeeds(self._access, self._api.home, self.usage, self._api.feeds)
            yield from self._feeds.read(since, until, closed)
            return
        account = wire.account(site, self._access, self._api.home)
        self._tracks.hosts |= _hosts(account.permalink, self._access.handle, site.get("url"))
        yield account
        talk = self._lists.comments(since, until) if not _ended(posts) else None
        yield from self._posts(posts, talk, since, until)
        if talk is not None:
            for comment in self._desk.comments(talk.items, authors(posts.items)):
                if isinstance(comment, Unread) or since <= comment.published_at < until:
                    yield comment
            yield from talk.missing("comments")
        for gathered in (posts, talk):
            if gathered is not None and gathered.fault is not None and _ended(gathered):
                raise gathered.fault
        yield from self._settings()

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """What is known as it is now. Of what only the feeds show, what they no longer hold need not be gone."""
        if self._feeds is not None:
            for native in dict.fromkeys((k.post or k.id).partition("#")[0] for k in known):
                if found := self._feeds.posts.get(native):
                    yield found[0]
                    yield from found[1]
            return
        if known:
            self._lists.open()
            yield from Again(self._api, self._lists, self._desk).read(known)
            yield from self._tracks.unread()

    def close(self) -> None:
        """Close connections."""
        self._api.close()
        self._tracks.close()
        if self._feeds is not None:
            self._feeds.close()

    def _posts(
        self, posts: Gathered, talk: Gathered | None, since: datetime, until: datetime
    ) -> Iterator[Reading]:
        read = (
            talk is not None and talk.whole and not any(u.fact == "comments" for u in talk.unread)
        )
        now = counts(talk.items) if talk is not None and read else None
        for told in self._desk.posts(posts.items):
            if isinstance(told, Unread):
                yield told
            elif since <= told[0].published_at < until:
                yield from self._desk.told(*told, None if now is None else now[told[0].id])
        yield from posts.missing("posts")
        yield from self._tracks.unread()

    def _settings(self) -> Iterator[Reading]:
        if not self._lists.may("manage_options"):
            yield Unread("settings", _UNTOLD, permanent=True)
            return
        try:
            told = self._api.get("settings")
        except REFUSED as fault:
            yield Unread("settings", fault.message, fault.remedy)
            return
        yield from wire.settings(told if isinstance(told, dict) else {}, self._access)


def _ended(gathered: Gathered) -> bool:
    """Whether a fault ended a list after which nothing more should be asked for now."""
    return isinstance(gathered.fault, GRAVE)


def _hosts(*addresses: object) -> set[str]:
    """The hosts of addresses, without ``www.``."""
    written = [str(address) for address in addresses if address]
    whole = [one if "://" in one else f"https://{one}" for one in written]
    return {(urlsplit(one).hostname or "").removeprefix("www.") for one in whole} - {""}


CONNECTOR = WordPress
