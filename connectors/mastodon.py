"""Mastodon, and other servers of its API, through Mastodon.py.

Documentation: https://docs.joinmastodon.org/client/intro/. Pleroma, Akkoma, GoToSocial, Pixelfed,
Friendica and snac speak the same API with gaps; they are read as far as they answer. GoToSocial
answers only with a token.
Credentials: none; public posts are read without. ``handle`` is ``@name@server`` or the address of
the profile; where the server has another address than the handle, ``base_url`` gives it. A
``TOKEN`` adds posts for followers only, whole conversations, mentions elsewhere and the account's
own settings; a server that shows nothing to the public needs one. In Mastodon choose Preferences,
Development, New application; tick ``read:accounts``, ``read:statuses``, ``read:notifications`` and
``read:filters``; nothing that writes.
Price and limits: none; 300 requests in 5 minutes. A quiet week costs one request, and a week in
which people replied one more for each post with replies.

**Cannot see**: subtitles of films, which the API does not know (a transcript in the description is
kept, and not judged); replies that the server hides from others, or that wait for approval
(GoToSocial); without a token more than 60 replies to one post, and mentions of the account
elsewhere; private messages, which are left unread; replies to other people's replies that are
written after the week; posts that were deleted; who reported what to the server's moderators.

Tested against a real server of the API (mastodon_mock), and against answers as Mastodon, Pleroma
and GoToSocial document or test them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from connectors import Usage
from connectors import mastodon_wire as wire
from connectors.mastodon_client import Client, whose
from connectors.mastodon_home import Home
from connectors.mastodon_lists import Again, Mentions, Timeline
from connectors.mastodon_threads import Threads
from socialaudit.errors import NotFound
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from socialaudit.models import Known, Reading

NEVER_TOLD = Unread(
    "media.captions",
    "Mastodon offers no way to add or read the subtitles of a film",
    permanent=True,
)
HELD = Unread(
    "comments.state",
    "some replies wait for the account's approval, and we cannot see those",
    "Look at the requests for interaction in the account's own settings.",
    partial=True,
)


class Mastodon:
    """Reads one account.

    Requests, with P statuses back to the beginning of the window and R of those in it with replies
    (an own thread counts once): ``ceil(P/40) + R``. One more on the first run, to look up the name;
    one more every 28 days for the server's rules; one more where there are no statuses at all, or
    none older than the window and a server that does not say that its list has ended. A token adds
    one to check it, one for the filters and one for each 40 mentions.
    A reread takes none for what the timeline just showed, ``ceil(K/20)`` for other known statuses
    (K on servers older than Mastodon 4.3), one more for each that is missing, and one for each
    conversation whose count changed or that holds a known comment with replies.
    """

    name: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon"
    secrets: ClassVar[tuple[str, ...]] = ("TOKEN",)
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Raise ``NotFound`` for a handle that names no server, ``Unauthorized`` for an odd token."""
        self.usage = Usage()
        named = whose(access)
        self._client = Client(access, self.usage, named.server)
        self._home = Home(access, self._client, named)
        self._timeline: Timeline | None = None

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Profile, settings, statuses, media; the replies to them, and with a token the mentions."""
        yield NEVER_TOLD
        timeline = self._first_page()
        self._timeline = timeline
        yield from self._home.readings()
        roots = []
        for raw in timeline.within(since, until):
            yield from timeline.told(raw, self._home.owner)
            if not raw.get("reblog"):
                roots.append(raw)
        yield from timeline.unread(self._home.stated)
        if any(wire.holds_replies(raw) for raw in roots):
            yield HELD
        threads = Threads(self._client, self._home.owner)
        yield from threads.below(roots, since, until)
        if self._home.has_own_token:
            mentions = Mentions(self._client, self._home.owner, threads, timeline.seen)
            yield from mentions.within(since, until)
        yield from threads.unread()
        yield from self._home.extras(until)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Known statuses and media as they are now; see the class for what it takes."""
        if not known:
            return
        if not self._home.owner.id:
            self._home.find()
        seen = self._timeline.seen if self._timeline else {}
        threads = Threads(self._client, self._home.owner)
        yield from Again(self._client, self._home.owner, threads, seen).readings(known)
        yield from threads.unread()

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def _first_page(self) -> Timeline:
        """The newest statuses, and with them the profile; an id from the cache may have died."""
        remembered = self._home.find()
        timeline = Timeline(self._client, self._home.owner.id)
        try:
            timeline.turn()
        except NotFound:
            if not remembered:
                raise
            self._home.forget()
            self._home.find()
            timeline = Timeline(self._client, self._home.owner.id)
            timeline.turn()
        for raw in timeline.seen.values():
            self._home.learn(raw)
        return timeline


CONNECTOR = Mastodon
