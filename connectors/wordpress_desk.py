"""What was listed of a WordPress site, told as readings; what cannot be understood is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from connectors import wordpress_wire as wire
from socialaudit.errors import Malformed
from socialaudit.models import Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from connectors import Access
    from connectors.wordpress_lists import Lists
    from connectors.wordpress_media import Shown, Tracks
    from socialaudit.models import Comment, Post, Reading


class Desk:
    """Tells posts with their media, and comments, of one site read at ``home``."""

    def __init__(self, access: Access, home: str, lists: Lists, tracks: Tracks) -> None:
        self._access = access
        self._home = home
        self._lists = lists
        self._tracks = tracks

    def posts(self, items: Iterable[Any]) -> Iterator[tuple[Post, list[Shown]] | Unread]:
        """Each post and what it shows, and how many could not be understood."""
        total = odd = 0
        for item in items:
            total += 1
            try:
                yield wire.post(item, self._access, self._home, self._lists.where)
            except Malformed:
                odd += not wire.is_undated(item)
        if odd:
            yield _not_understood("posts", odd, total)

    def told(self, post: Post, shown: Iterable[Shown], count: int | None) -> Iterator[Reading]:
        """A post with the number of its comments, and its media."""
        yield replace(post, comment_count=count)
        for one in shown:
            yield self._tracks.captioned(one)

    def comments(self, items: list[Any], authors: Iterable[Any]) -> Iterator[Comment | Unread]:
        """Each comment; ``authors`` are the numbers of those who wrote posts."""
        dicts = [item for item in items if isinstance(item, dict)]
        writers = self._lists.writers(dicts, authors)
        odd = 0
        for item in items:
            try:
                yield wire.comment(item, self._access, self._lists.where, writers)
            except Malformed:
                odd += 1
        if odd:
            yield _not_understood("comments", odd, len(items))


def counts(items: Iterable[Any]) -> Counter[str]:
    """How many of these comments are approved, by the number of the post."""
    approved = [
        str(wire.number(item.get("post")))
        for item in items
        if isinstance(item, dict) and str(item.get("status", "approved")) in wire.APPROVED
    ]
    return Counter(approved)


def authors(items: Iterable[Any]) -> set[Any]:
    """The users who wrote these posts."""
    return {wire.number(item.get("author")) for item in items if isinstance(item, dict)}


def _not_understood(fact: str, odd: int, total: int) -> Unread:
    return Unread(fact, f"{odd} of {total} {fact} could not be understood", partial=True)
