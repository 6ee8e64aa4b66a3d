"""The entries of one feed as far back as they are wanted, each under a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from connectors import feed_wire
from connectors.feed_pages import Pages, Tally, is_damaged
from connectors.hypertext import web_address
from connectors.safe_fetch import Validators
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from connectors.safe_fetch import Document, Fetcher
    from socialaudit.models import Media, Post

EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a post with its media, and as feedparser gave it (``raw``)."""

    post: Post
    media: list[Media]
    raw: Any


class Entries:
    """Reads the entries of a feed; ``seen`` holds them by id.

    ``feed`` is what the feed says of itself (``None`` before it was read), ``whole`` whether all
    of it that was wanted could be read and understood.
    """

    def __init__(self, fetcher: Fetcher, address: str, account: str) -> None:
        self.seen: dict[str, Entry] = {}
        self.feed: Any = None
        self.validators = Validators()
        self._address = address
        self._account = account
        self._fetcher = fetcher
        self._tally = Tally()
        self._short: datetime | None = None
        self._ended = False

    def read(self, since: datetime, first: Document | None = None) -> Iterator[list[Entry]]:
        """The entries of each page, until one reaches back before ``since``.

        ``first`` is the first page, where it is here already. Raises the ``PlatformError`` that
        fits what came instead of a feed, or ``Malformed`` where no entry can be understood.
        """
        self.seen.clear()
        self._tally, self._short, self._ended = Tally(), None, False
        oldest: datetime | None = None
        pages = Pages(self._fetcher, self._address)
        for number, (page, document) in enumerate(pages.read(first)):
            if not number:
                self.feed, self.validators = page.feed, document.validators
            fresh = self._take_in(page)
            if not number and page.entries and self._tally.odd == len(page.entries):
                why = f"{self._tally.odd} entries can be understood; the last is {self._tally.why}"
                raise Malformed(f"none of the feed's {why}")
            yield fresh
            oldest = min([entry.post.published_at for entry in fresh], default=oldest)
            if not fresh or (oldest and oldest < since):
                break
        else:
            self._ended = not pages.cut
        if not pages.whole and oldest and oldest >= since:
            self._short = oldest

    def find(self, ids: Collection[str]) -> None:
        """See to it that ``seen`` holds these, as far as the feed does; asks only where it must."""
        if not self._ended and set(ids) - self.seen.keys():
            for _ in self.read(EVER):
                if not set(ids) - self.seen.keys():
                    return

    @property
    def whole(self) -> bool:
        """Whether everything that was wanted was there and could be understood."""
        return not (self._short or self._tally.odd or self._tally.damaged)

    @property
    def newest(self) -> datetime:
        """The time of the youngest entry."""
        return max((entry.post.published_at for entry in self.seen.values()), default=EVER)

    def unread(self) -> Iterator[Unread]:
        """What to say of entries that the feed does not hold, or that could not be understood."""
        if self._short:
            reason = f"the feed reaches back only to {self._short:%d.%m.%Y}"
            yield Unread("posts", reason, "Let the feed hold more entries.", partial=True)
        yield from self._tally.unread()

    def _take_in(self, page: Any) -> list[Entry]:
        """The entries of a page that were not seen before."""
        fresh = []
        site = web_address(page.feed.get("link"), self._address) or self._address
        for raw in page.entries:
            self._tally.items += 1
            try:
                entry = self._entry(raw, site)
            except Malformed as fault:
                self._tally.odd += 1
                self._tally.why = fault.message
                continue
            if entry.post.id not in self.seen:
                self.seen[entry.post.id] = entry
                fresh.append(entry)
        self._tally.damaged = self._tally.damaged or is_damaged(page)
        return fresh

    def _entry(self, raw: Any, site: str) -> Entry:
        """An entry, under a name of its own: some sites give the same id to all."""
        post, media = feed_wire.notice(raw, self._account, site)
        before = self.seen[post.id].post if post.id in self.seen else post
        if (before.permalink, before.title) == (post.permalink, post.title):
            return Entry(post, media, raw)
        return Entry(*feed_wire.notice(raw, self._account, site, shared=True), raw)
