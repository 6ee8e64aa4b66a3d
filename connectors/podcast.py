"""Podcasts, through the RSS feed that every player reads.

Documentation: https://www.rssboard.org/rss-specification,
https://github.com/Podcastindex-org/podcast-namespace
Credentials: none; the feed is public. Its address is the account's ``handle``: the podcast's host
shows it as "RSS feed".
Price and limits: none. A week costs one request for each page of the feed, and one for each
transcript that was not yet seen to be good. An unchanged feed costs one small request (``ETag``,
``Last-Modified``), unless one of its episodes is in the week or is a thing to do: these are read
again, for one request more.

**Cannot see**: a live broadcast (``podcast:liveItem``) before it stands in the feed as an episode; comments and ratings, which are kept by each player's own shop; who listens; episodes
that were taken down; transcripts that a shop makes itself (Apple) or that stand only on a website
and are not linked from the episode; whether a person or a machine wrote a transcript, unless it
says so; words that are spoken.

A transcript counts when it answers, can be parsed (WebVTT, SubRip, JSON, a web page, plain text) and
holds words. Of each, the first 300 kB are read. One that does not answer for now, or that is in a
form which we do not read, leaves its recording *not assessed*.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from connectors import Usage, feed_memory, podcast_wire
from connectors.feed_memory import Kept
from connectors.feed_pages import Pages, Tally, address_of, is_damaged
from connectors.hypertext import web_address
from connectors.podcast_transcripts import BEGINNING, captions
from connectors.safe_fetch import Fetcher
from socialaudit.errors import Malformed, NotFound, PlatformError
from socialaudit.models import Captions, MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from connectors import Access
    from connectors.podcast_wire import Episode, Transcript
    from connectors.safe_fetch import Document, Validators
    from socialaudit.models import Account, Known, Media, Reading

KEPT = "podcast:feed"
"""Where the cache keeps the feed's validators, its newest time and the podcast's introduction."""
LIMITS = (
    Unread("comments", "a podcast's feed shows no comments", permanent=True),
    Unread("settings", "a podcast's feed shows no settings", permanent=True),
)
_EVER = datetime.min.replace(tzinfo=UTC)


class Podcast:
    """Reads one podcast.

    Requests of a read, with P pages until one reaches back before the window and T transcripts
    that the episodes in it name and that were not yet seen to be good: ``P + T``, and 1 where
    nothing has changed and nothing in the feed is as young as the window. A reread adds the pages
    that it needs and were not read, and its own T. Each redirect is a request.
    """

    name: ClassVar[str] = "podcast"
    title: ClassVar[str] = "Podcast"
    secrets: ClassVar[tuple[str, ...]] = ()
    hosts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, access: Access) -> None:
        """Keep the access; nothing is sent."""
        self.usage = Usage()
        self._access = access
        self._address = address_of(access)
        self._fetcher = Fetcher(self._address, access.limiter, self.usage)
        self._seen: dict[str, Episode] = {}
        self._all = False

    def read(self, since: datetime, until: datetime) -> Iterator[Reading]:
        """The podcast, and the episodes published in [since, until)."""
        self._seen.clear()
        self._all = False
        kept = self._kept()
        asked = kept.validators if kept and kept.newest < since else None
        first = self._fetcher.fetch(self._address, asked)
        yield from LIMITS
        if kept and first.unchanged:
            yield kept.account
        else:
            yield from self._read(first, since, until)

    def reread(self, known: Sequence[Known]) -> Iterator[Reading]:
        """The known episodes that the feed still holds. What it no longer holds need not be gone.

        One whose comments alone are asked for has none, and costs no request.
        """
        asked = [one for one in known if one.comment_count is None]
        wanted = dict.fromkeys(one.post if one.kind == "media" else one.id for one in asked)
        if not self._all and wanted.keys() - self._seen.keys():
            pages = Pages(self._fetcher, self._address)
            for page, document in pages.read():
                self._take_in(page, document, Tally())
                if not wanted.keys() - self._seen.keys():
                    break
        doubt = Doubt()
        for native in wanted:
            if native in self._seen:
                yield from self._told(self._seen[native], doubt)
        yield from doubt.unread()

    def close(self) -> None:
        """Close connections."""
        self._fetcher.close()

    def _read(self, first: Document, since: datetime, until: datetime) -> Iterator[Reading]:
        tally, doubt, oldest = Tally(), Doubt(), None
        account, fresh, reached = None, [], False
        pages = Pages(self._fetcher, self._address)
        self._access.cache.pop(KEPT, None)
        for page, document in pages.read(first):
            if account is None:
                account = podcast_wire.account(page.feed, self._access, self._address)
                yield account
            fresh = self._take_in(page, document, tally)
            for episode in fresh:
                if since <= episode.post.published_at < until:
                    yield from self._told(episode, doubt)
            oldest = min([e.post.published_at for e in fresh], default=oldest)
            reached = oldest is not None and oldest < since
            if not fresh or reached:
                break
        self._all = not reached and not pages.cut and (bool(fresh) or oldest is None)
        if oldest and not (reached or self._all):
            reason = f"the feed could be read back only to {oldest:%d.%m.%Y}"
            yield Unread("posts", reason, "Let the feed hold more episodes.", partial=True)
        yield from doubt.unread()
        yield from tally.unread()
        if account and (reached or self._all) and not tally.odd and not tally.damaged:
            self._keep(first.validators, account)

    def _take_in(self, page: Any, document: Document, tally: Tally) -> list[Episode]:
        """The entries of a page that were not seen before."""
        fresh = []
        site = web_address(page.feed.get("link"), self._address) or self._address
        named = podcast_wire.transcripts(document.content, document.url, len(page.entries))
        for entry, transcripts in zip(page.entries, named, strict=True):
            tally.items += 1
            try:
                episode = self._episode(entry, site, transcripts)
            except Malformed:
                tally.odd += 1
                continue
            if episode.post.id not in self._seen:
                self._seen[episode.post.id] = episode
                fresh.append(episode)
        tally.damaged = tally.damaged or is_damaged(page)
        return fresh

    def _episode(self, entry: Any, site: str, named: tuple[Transcript, ...] | None) -> Episode:
        """An entry, under a name of its own: some hosts give the same id to all."""
        episode = podcast_wire.episode(entry, self._access.account, site, named)
        before = self._seen.get(episode.post.id, episode).post
        if (before.permalink, before.title) == (episode.post.permalink, episode.post.title):
            return episode
        return podcast_wire.episode(entry, self._access.account, site, named, shared=True)

    def _told(self, episode: Episode, doubt: Doubt) -> Iterator[Reading]:
        yield episode.post
        if episode.recording is not None:
            found = self._captions(episode)
            doubt.recordings += found is None and episode.recording.kind is MediaKind.AUDIO
            yield _with(episode.recording, found)

    def _captions(self, episode: Episode) -> Captions | None:
        """The best of the transcripts that an episode names; ``None`` where that cannot be told."""
        if episode.transcripts is None:
            return None
        best: Captions | None = Captions.NONE
        for transcript in episode.transcripts:
            found = self._look_at(transcript)
            if found is Captions.STANDARD:
                return found
            if found is Captions.AUTOMATIC or (found is None and best is Captions.NONE):
                best = found
        return best

    def _look_at(self, transcript: Transcript) -> Captions | None:
        key = f"transcript:{hashlib.sha256(transcript.address.encode()).hexdigest()}"
        if self._access.cache.get(key) == Captions.STANDARD.value:
            return Captions.STANDARD
        try:
            document = self._fetcher.fetch(transcript.address, beginning=BEGINNING)
        except NotFound:
            return Captions.NONE
        except PlatformError:
            return None
        found = captions(document, transcript.kind)
        if found is Captions.STANDARD:
            self._access.cache[key] = found.value
        return found

    def _kept(self) -> Kept | None:
        """What the last reading kept of an unchanged feed; ``None`` for none that can be used."""
        blank = podcast_wire.account({}, self._access, self._address)
        return feed_memory.recall(self._access.cache, KEPT, self._address, blank)

    def _keep(self, validators: Validators, account: Account) -> None:
        newest = max((e.post.published_at for e in self._seen.values()), default=_EVER)
        kept = Kept(validators, newest, account)
        feed_memory.keep(self._access.cache, KEPT, self._address, kept)


@dataclass(slots=True)
class Doubt:
    """How many recordings have a transcript of which we could not tell whether it is one."""

    recordings: int = 0

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.recordings:
            reason = f"recordings whose transcript could not be read: {self.recordings}"
            yield Unread("media.captions", reason, partial=True)


def _with(recording: Media, found: Captions | None) -> Media:
    """A recording with what was found; a film may hold captions of its own that no feed names."""
    silent = recording.kind is MediaKind.VIDEO and found is Captions.NONE
    return replace(recording, captions=None if silent else found)


CONNECTOR = Podcast
