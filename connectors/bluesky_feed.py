"""A page of an account's own feed: its items, what of them we do not understand, and where to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors import bluesky_wire as wire
from connectors.bluesky_media import mapping
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors.bluesky_client import Raw
    from connectors.bluesky_wire import Owner
    from socialaudit.models import Post

MOST_BARREN = 5
"""Pages without anything new, after which a list is left: an empty page need not be the last."""


@dataclass(frozen=True, slots=True)
class Item:
    """A post or repost and its view. A ``pinned`` one stands first, whatever its age."""

    post: Post
    view: Raw
    pinned: bool


@dataclass(slots=True)
class Tally:
    """What of a feed could not be understood: posts (``odd``) and attachments (``strange``)."""

    items: int = 0
    odd: int = 0
    strange: int = 0
    _barren: int = 0

    def item(self, raw: Any, owner: Owner) -> Item | None:
        """An item of the feed; ``None`` for what is not the account's or cannot be understood."""
        self.items += 1
        item = mapping(raw)
        view, reason = mapping(item.get("post")), mapping(item.get("reason"))
        kind = str(reason.get("$type") or "").rpartition("#")[2]
        try:
            native = wire.address(view)
            if kind == "reasonRepost" or "by" in reason:
                return Item(wire.repost(item, owner), view, pinned=False)
            if owner.has(native):
                return Item(wire.post(view, owner), view, kind == "reasonPin")
        except Malformed:
            self.odd += 1
        return None

    def note_progress(self, *, made: bool) -> None:
        """Note whether a page held anything new. Raises ``Malformed`` for a list that leads nowhere."""
        self._barren = 0 if made else self._barren + 1
        if self._barren >= MOST_BARREN:
            raise Malformed(f"{MOST_BARREN} pages of Bluesky's list held nothing new")

    def unread(self) -> Iterator[Unread]:
        """What to say of it."""
        if self.odd:
            reason = f"{self.odd} of {self.items} posts could not be understood"
            yield Unread("posts", reason, partial=True)
        if self.strange:
            reason = f"{self.strange} attachments are of a kind that we do not know"
            yield Unread("media", reason, partial=True)


def has_passed(since: datetime, items: Sequence[Item]) -> bool:
    """Whether a page reaches back before a moment, so that no later one is of interest.

    A post that claims to be older than it is stands out of order on some servers; there every
    post's later time has to be before the moment.
    """
    plain = [item for item in items if not item.pinned]
    times = [item.post.published_at for item in plain]
    if times == sorted(times, reverse=True):
        return bool(times) and times[-1] < since
    return all(max(wire.times(i.view), default=i.post.published_at) < since for i in plain)
