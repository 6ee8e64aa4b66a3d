"""One reading of an Instagram account: raw nodes in, records out, and what was not understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectors import instagram_fields as ask
from connectors import instagram_wire as wire
from connectors.graph_fields import honoured
from connectors.graph_paging import items
from socialaudit.errors import Forbidden, Malformed, NotFound
from socialaudit.models import MediaKind, Unread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from connectors import Access
    from connectors.graph import Graph
    from connectors.graph_values import Raw
    from socialaudit.errors import PlatformError
    from socialaudit.models import Post, Reading

REFUSED = (Forbidden, NotFound, Malformed)
"""Faults that cost one fact; every other ends the reading."""
DEEPEST = 3
"""Levels of replies; Instagram has two."""


@dataclass(frozen=True, kw_only=True)
class Pull:
    """Turns nodes into readings, each record once. Without ``since`` and ``until``, everything.

    ``own`` is the account's node; ``withheld`` are fields that the token may not ask for.
    """

    access: Access
    graph: Graph
    own: Raw
    since: datetime | None = None
    until: datetime | None = None
    withheld: set[str] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    met: Counter[str] = field(default_factory=Counter)

    def covers(self, moment: datetime) -> bool:
        """Whether a record of that time belongs to the reading."""
        return self.since is None or self.until is None or self.since <= moment < self.until

    def posts(self, page: Sequence[Any], *, stories: bool = False) -> Iterator[Reading]:
        """A page of posts with their media and comments."""
        nodes = [one for one in page if isinstance(one, dict)]
        parts = [part for one in nodes for part in _children(one) or () if isinstance(part, dict)]
        told = any("alt_text" in one for one in (*nodes, *parts))
        for raw in page:
            yield from self._post(raw, story=stories or _is_story(raw), told=told)

    def mention(self, raw: Any) -> Iterator[Reading]:
        """Another's post in which the account is tagged."""
        try:
            found = wire.mention(self.access, self.own, raw)
        except Malformed:
            self.met["mentions not understood"] += 1
            return
        self.met["mentions"] += 1
        if self.covers(found.published_at) and not found.own and self._first("comment", found.id):
            yield found

    def comment(
        self, raw: Any, post: str, link: str | None, *, parent: str | None = None, depth: int = 0
    ) -> Iterator[Reading]:
        """A comment with its replies: as nested in it, and from their edge where there are more."""
        try:
            found = wire.comment(self.access, self.own, raw, post=post, link=link, parent=parent)
        except Malformed:
            self.met["comments not understood"] += 1
            return
        self.met["comments"] += 1
        self.met["comments of known author"] += found.own is not None
        if self.covers(found.published_at) and self._first("comment", found.id):
            yield found
        nested = raw.get("replies")
        if isinstance(nested, dict) and isinstance(nested.get("data"), list) and depth < DEEPEST:
            arguments = {"limit": ask.AT_ONCE}
            try:
                for some in self.graph.pages(f"{found.id}/replies", ask.REPLY, arguments, nested):
                    for one in some:
                        yield from self.comment(one, post, link, parent=found.id, depth=depth + 1)
            except REFUSED as fault:
                yield from self._refused(fault)

    def shortfall(self) -> Iterator[Unread]:
        """What the answers leave in doubt, at the end of a reading."""
        for what, fact in (
            ("posts", "posts"),
            ("mentions", "comments.visitor"),
            ("comments", "comments"),
            ("parts of albums", "media"),
        ):
            bad = self.met[f"{what} not understood"]
            if bad:
                reason = f"{bad} of {bad + self.met[what]} {what} could not be understood"
                yield Unread(fact, reason, partial=True)
        if self.met["comments stated"] and not self.met["comments"]:
            stated = self.met["comments stated"]
            reason = f"Instagram states {stated} comments but shows none of them"
            yield Unread("comments", reason, _MANAGE_COMMENTS, partial=True)
        if self.met["comments"] and not self.met["comments of known author"]:
            reason = "Instagram does not say who wrote the comments"
            yield Unread("comments", reason, _MANAGE_COMMENTS, partial=True)
        if self.met["pictures untold"]:
            reason = "Instagram did not say which pictures have a description"
            some = self.met["pictures untold"] < self.met["pictures"]
            yield Unread("media.alt_text", reason, partial=some)

    def _post(self, raw: Any, *, story: bool, told: bool) -> Iterator[Reading]:
        try:
            found = wire.post(self.access.account, raw)
        except Malformed:
            self.met["posts not understood"] += 1
            return
        self.met["posts"] += 1
        inside = self.covers(found.published_at)
        if inside and self._first("post", found.id):
            yield found
            yield from self._media(found, raw, story=story, told=told)
        if not story:
            yield from self._comments(found, raw, follow=inside)

    def _media(self, post: Post, raw: Raw, *, story: bool, told: bool) -> Iterator[Reading]:
        parts: list[Any] = [raw]
        fields: Sequence[str] = ask.STORY if story else ask.MEDIA
        if str(raw.get("media_type")).upper() == "CAROUSEL_ALBUM":
            parts, fields = self._album(post, raw), ask.CHILD
        known = "alt_text" not in self.graph.unknown and not story and bool(parts)
        for one in parts or [{"id": post.id}]:
            try:
                told_all = told or _is_whole(one, fields)
                medium = wire.medium(post, one, told=known and told_all)
            except Malformed:
                self.met["parts of albums not understood"] += 1
                continue
            self.met["parts of albums"] += 1
            if medium.kind is MediaKind.IMAGE and not story:
                self.met["pictures"] += 1
                self.met["pictures untold"] += medium.alt_text is None
            if self._first("media", medium.id):
                yield medium

    def _album(self, post: Post, raw: Raw) -> list[Any]:
        """The parts of an album; none where they cannot be had."""
        nested = _children(raw) or []
        if nested and all(isinstance(one, dict) and "media_type" in one for one in nested):
            return nested
        try:
            edge = self.graph.pages(f"{post.id}/children", ask.CHILD, {"limit": ask.AT_ONCE})
            return [one for some in edge for one in some] or nested
        except REFUSED:
            self.met["parts of albums not understood"] += 1
            return nested

    def _comments(self, post: Post, raw: Raw, *, follow: bool) -> Iterator[Reading]:
        nested = raw.get("comments")
        told = isinstance(nested, dict) and isinstance(nested.get("data"), list)
        asked = "comments" in self.withheld or honoured(raw, ask.MEDIA)
        if follow and post.comment_count and "comments" not in self.withheld:
            self.met["comments stated"] += post.comment_count
        if not told and (asked or not follow or not post.comment_count):
            return
        edge = self.graph.pages(
            f"{post.id}/comments", ask.COMMENT, {"limit": ask.AT_ONCE}, nested if told else None
        )
        try:
            for some in edge:
                for one in some:
                    yield from self.comment(one, post.id, post.permalink)
                if not follow:
                    return
        except REFUSED as fault:
            yield from self._refused(fault)

    def _refused(self, fault: PlatformError) -> Iterator[Unread]:
        if self._first("refused", "comments"):
            yield Unread("comments", fault.message, fault.remedy, partial=True)

    def _first(self, kind: str, native: str) -> bool:
        new = (kind, native) not in self.seen
        self.seen.add((kind, native))
        return new


_MANAGE_COMMENTS = "Give the token the permission instagram_manage_comments."


def _children(raw: Raw) -> list[Any] | None:
    """An album's parts as nested in its node; None where they are not."""
    try:
        return items(raw["children"])
    except (KeyError, Malformed):
        return None


def _is_whole(raw: Any, fields: Sequence[str]) -> bool:
    """Whether a node was made for our field list, so that what it lacks is empty."""
    return isinstance(raw, dict) and "media_type" in raw and honoured(raw, fields)


def _is_story(raw: Any) -> bool:
    return isinstance(raw, dict) and wire.is_story(raw)
