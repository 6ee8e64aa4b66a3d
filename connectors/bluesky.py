"""Bluesky, through the AT Protocol's own library.

Documentation: https://docs.bsky.app/docs/category/http-reference, https://atproto.com/specs/lexicon
Credentials: none are needed for what is public. ``PASSWORD``, an app password (Settings, Privacy and
security, App passwords), also shows who mentions the account; ``IDENTIFIER`` is the name to sign in
with where it is not the account's. The smallest there is: leave "Allow access to your direct
messages" off. A ``base_url`` is another AppView, or, with a password, the account's own server.
Price and limits: none. 3,000 requests in 5 minutes for each address; 30 sign-ins in 5 minutes and
300 in a day. A week costs two requests, one for each post that was answered, and one for each caption
file that was not yet seen to be good.

**Cannot see**: without a password, mentions; replies that were deleted, and those of people who block,
or are blocked by, whom they answer; mute words, blocks and reports; app passwords and two-step
sign-in; direct messages; burnt-in captions; likes by name. Bluesky gives a post no other address than
one that holds its author's public identifier (DID): it is kept in the record's id and link, the name
and handle are not.

Captions count when their file answers and holds words. Where a server does not hand such files out,
what the post's record says of them counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from connectors import Usage
from connectors import bluesky_media as media
from connectors import bluesky_wire as wire
from connectors.bluesky_captions import CaptionFiles
from connectors.bluesky_client import Client, pages
from connectors.bluesky_feed import Tally, has_passed
from connectors.bluesky_mentions import mentions
from connectors.bluesky_reread import Reread
from connectors.bluesky_threads import Threads
from connectors.bluesky_wire import Owner
from socialaudit.errors import Forbidden, Malformed, NotFound, Unauthorized
from socialaudit.models import PostKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.bluesky_client import Raw
    from socialaudit.models import Known, Post, Reading

PAGE = 100
_OF_A_PART = (Forbidden, NotFound, Malformed)
_MENTIONS = Unread(
    "comments.visitor",
    "Bluesky tells who mentions an account only to that account",
    "Store an app password to have mentions read.",
    permanent=True,
)


class Bluesky:
    """Reads one account of Bluesky.

    Requests of a read, with P posts, replies and reposts until one is older than the window, A posts
    in it that were answered and T caption files that were not yet looked at: ``1 + max(1, ceil(P/100))
    + A + T``, and 2 for a week without posts. A thread that the server cuts takes one more for each
    branch. With a password: one to sign in, and one for every 100 notifications. A reread takes
    ``ceil(K/25)`` for K known posts and comments (with the posts that these stand under), one for each
    post whose number of replies changed, one for each known comment that was answered, and one for each
    record that is missing, to hear whether it is gone.
    """

    name: ClassVar[str] = "bluesky"
    title: ClassVar[str] = "Bluesky"
    secrets: ClassVar[tuple[str, ...]] = ("IDENTIFIER", "PASSWORD")
    hosts: ClassVar[tuple[str, ...]] = ("bsky.app",)

    def __init__(self, access: Access) -> None:
        """Raise ``Unauthorized`` for a name to sign in with that has no password."""
        if access.secrets and not access.secrets.get("password"):
            raise Unauthorized(
                "the credentials for Bluesky hold no password", "Set the credential's PASSWORD."
            )
        self.usage = Usage()
        self._access = access
        self._actor = wire.actor(access.handle)
        self._owner = Owner(access.account, "", self._actor, access.salt)
        self._met = False
        self._client = Client(access, self.usage, self._actor)
        self._captions = CaptionFiles(self._client, access.cache)

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """Profile, settings, posts and reposts with their media, and the replies in the window."""
        if not self._client.signed_in:
            yield _MENTIONS
        yield from self._profile()
        threads = Threads(self._client, self._owner)
        answered: dict[str, Raw] = {}
        yield from self._timeline(since, until, answered)
        yield from self._captions.unread()
        try:
            for anchor, view in answered.items():
                for comment in threads.under(anchor, view):
                    if since <= comment.published_at < until:
                        yield comment
        except Forbidden:  # the others will be refused too; ``threads`` tells why
            pass
        yield from threads.unread()
        if self._client.signed_in:
            yield from mentions(self._client, threads, since, until)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """Known posts, media and comments as they are now; see the class for what it takes."""
        if known and not self._met:
            self._meet(self._ask_profile())
        yield from Reread(self._client, self._owner, self._with_media).read(known)
        yield from self._captions.unread()

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def _ask_profile(self) -> Raw:
        if not self._actor:
            raise NotFound("no name of an account", "Correct the handle in the council file.")
        return self._client.ask("app.bsky.actor.getProfile", actor=self._actor)

    def _meet(self, raw: Raw) -> None:
        did, handle = raw.get("did"), raw.get("handle")
        if not isinstance(did, str) or not did.startswith("did:"):
            raise Malformed("Bluesky's answer is not a profile")
        name = handle if isinstance(handle, str) else self._owner.handle
        told = wire.members_only(raw)
        self._owner = replace(self._owner, did=did, handle=name, members_only=told)
        self._met = True

    def _profile(self) -> Iterator[Reading]:
        raw = self._ask_profile()
        self._meet(raw)
        yield wire.account(raw, self._owner, self._access.kind)
        yield from wire.settings(raw, self._owner)

    def _timeline(
        self, since: datetime, until: datetime, answered: dict[str, Raw]
    ) -> Iterator[Reading]:
        """Posts, newest first but for a pinned one; adds those whose replies are to be read."""
        seen: set[str] = set()
        tally = Tally()
        feed = pages(
            self._client,
            "app.bsky.feed.getAuthorFeed",
            "feed",
            actor=self._owner.did,
            filter="posts_with_replies",
            limit=PAGE,
        )
        try:
            for page in feed:
                items = [item for one in page if (item := tally.item(one, self._owner))]
                fresh = [item for item in items if item.post.key not in seen]
                seen.update(item.post.key for item in fresh)
                for item in {item.post.key: item for item in fresh}.values():
                    if since <= item.post.published_at < until:
                        yield from self._with_media(item.post, item.view, tally)
                        self._note(item.post, item.view, answered)
                if has_passed(since, items):
                    break
                tally.note_progress(made=bool(fresh))
        except _OF_A_PART as fault:
            for fact in ("posts", "media", "comments"):
                yield Unread(fact, fault.message, fault.remedy, partial=bool(tally.items))
        yield from tally.unread()

    def _note(self, post: Post, view: Raw, answered: dict[str, Raw]) -> None:
        """Have the replies to a post read: with the whole of its thread where that is ours."""
        if post.kind is PostKind.REPOST:
            return
        root = wire.reply(view.get("record"), "root")
        if not self._owner.has(root):
            if post.comment_count != 0:
                answered[post.id] = view
        elif post.comment_count != 0 or not self._owner.has(post.reply_to):
            answered.setdefault(root, {})

    def _with_media(self, post: Post, view: Raw, tally: Tally | None = None) -> Iterator[Reading]:
        yield post
        if post.kind is PostKind.REPOST:
            return
        found = media.found(view, post)
        for attached in found.attached:
            yield self._captions.looked_at(attached, self._owner.did)
        if tally is not None:
            tally.strange += found.odd


CONNECTOR = Bluesky
