"""Videos of a YouTube channel, each with the kind of captions it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectors import youtube_wire as wire
from connectors.youtube_lists import Tally, as_far_as_told
from socialaudit.errors import Forbidden, Malformed, NotFound, PlatformError, Unauthorized
from socialaudit.models import Captions, Gone, Live, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from connectors import Access
    from connectors.youtube_comments import Comments
    from connectors.youtube_lists import Lists
    from socialaudit.models import Known, Media, Post, Reading

UPLOADS = {"part": "snippet,contentDetails,status", "maxResults": 50}
BY_ID = {"part": "snippet,contentDetails,status,statistics,liveStreamingDetails"}

REFUSALS = 3
"""So many videos in a row whose caption tracks are refused are enough: each costs 50 units."""


class Videos:
    """Reads videos. Asks for a video's caption tracks (50 units) unless good ones are in the cache."""

    def __init__(self, lists: Lists, access: Access) -> None:
        self._lists = lists
        self._access = access
        self._tally = Tally("media.captions", "lists of caption tracks")
        self._refused: PlatformError | None = None
        self._refusals = 0

    def published(self, channel: Any, since: datetime, until: datetime) -> Iterator[Reading]:
        """Posts and media of the window."""
        tally = Tally("posts", "videos")
        seen: set[str] = set()
        uploads = {"playlistId": wire.uploads(channel), **UPLOADS}
        try:
            for page in self._lists.newest("playlistItems", since, wire.listed_at, **uploads):
                for item in self._shown(page, since, until, tally):
                    post = tally.take(wire.post, item, self._access.account)
                    if post and post.id not in seen and since <= post.published_at < until:
                        seen.add(post.id)
                        yield post
                        yield self._medium(item)
        except NotFound:  # how YouTube answers for the uploads of a channel that has none
            if not wire.is_bare(channel):
                raise
        yield from tally.unread()

    def _shown(
        self, page: list[Any], since: datetime, until: datetime, tally: Tally
    ) -> Iterator[Any]:
        """The videos of a page of the uploads; of one not shown, what its entry tells of it."""
        entries = {e: item for item in page if (e := tally.take(wire.entry, item))}
        listed = {i: item for (i, at), item in entries.items() if at is None or since <= at < until}
        for item in self._lists.by_id("videos", listed, **BY_ID):
            listed.pop(str(item.get("id")) if isinstance(item, dict) else "", None)
            yield item
        yield from filter(None, map(wire.as_listed, listed.values()))

    def again(self, wanted: dict[str, list[Known]], comments: Comments) -> Iterator[Reading]:
        """The videos known by these ids, as they are now; comments where their count changed."""
        tally = Tally("posts", "videos")
        gone = dict(wanted)
        for item in self._lists.by_id("videos", wanted, **BY_ID):
            post = tally.take(wire.post, item, self._access.account)
            known = gone.pop(post.id, None) if post else None
            if post and known:
                yield from self._again(item, post, known, comments)
        yield from tally.unread()
        if not tally.odd:
            yield from (Gone(k.kind, video) for video, known in gone.items() for k in known)

    def captions_unread(self) -> Iterator[Unread]:
        """What could not be read of the captions so far."""
        yield from self._tally.unread()
        if self._refused:
            some = self._tally.taken > 0
            yield Unread("media.captions", self._refused.message, self._refused.remedy, some)

    def _again(
        self, item: Any, post: Post, known: list[Known], comments: Comments
    ) -> Iterator[Reading]:
        before = {k.comment_count for k in known if k.comment_count is not None}
        changed = post.comment_count is not None and before - {post.comment_count}
        if any(k.comment_count is None for k in known):
            yield post
            yield self._medium(item)
        elif changed:
            yield post
        if changed:
            yield from as_far_as_told(comments.under(post.id), "comments")

    def _medium(self, item: Any) -> Media:
        captions, languages = self._captions(wire.identity(item), wire.live(item))
        return wire.media(item, self._access.account, captions, languages)

    def _captions(self, video: str, live: Live | None) -> wire.Tracks:
        """From the cache, or asked for; unknown while live, and after ``REFUSALS`` in a row."""
        cached = self._access.cache.get(f"captions:{video}")
        if cached is not None:
            return Captions.STANDARD, tuple(filter(None, cached.split(",")))
        if self._refusals >= REFUSALS or live in {Live.UPCOMING, Live.NOW}:
            return None, None
        try:
            tracks = next(self._lists.pages("captions", part="snippet", videoId=video))
        except NotFound:
            return None, None
        except Malformed:
            self._tally.odd += 1
            return None, None
        except (Forbidden, Unauthorized) as fault:
            if isinstance(fault, Unauthorized) and self._lists.owner:
                raise
            self._refused = fault
            self._refusals += REFUSALS if isinstance(fault, Unauthorized) else 1
            return None, None
        self._refusals = 0
        captions, languages = self._tally.take(wire.captions, tracks, video) or (None, None)
        if captions is Captions.STANDARD:
            self._access.cache[f"captions:{video}"] = ",".join(languages or ())
        return captions, languages
